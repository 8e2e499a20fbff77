"""Promises with relative dates, which count from the day on which they were made."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from datetime import date, timedelta

from darak.sample import gold
from darak.sample.grammar import Both
from darak.sample.life import Life
from darak.sample.teller import Teller

PAPERS = ("거래처 설문 원본", "작년 매출 정리표", "교육 영상 대본", "창고 재고 목록", "행사 사진 원본")
LOANS = (38_000, 45_000, 62_000, 74_000, 86_000)
BORROWED = ("캠핑 의자", "전동 드릴", "삼각대", "보드게임 상자", "등산 스틱")
DRAFTS = ("the pricing memo", "the partner brochure", "the data retention note", "the hiring plan", "the holiday rota")
ERRANDS = (
    Both("공연표", "the concert tickets"), Both("케이크", "the cake"), Both("여벌 열쇠", "the spare keys"),
    Both("텐트", "the tent"), Both("인쇄한 지도", "the printed maps"),
)  # fmt: skip


def tell(life: Life) -> None:
    t = Teller(life, "promises")
    t.draw(paper=PAPERS, borrowed=BORROWED, draft=DRAFTS, errand=ERRANDS)
    _to_the_lead(t)
    _loan(t)
    _borrowed(t)
    _draft(t)
    _errand(t)


def _friday_next_week(day: date) -> date:
    return day + timedelta(days=7 - day.weekday() + 4)


def _to_the_lead(t: Teller) -> None:
    day = t.day(5.9, 60, "0123")
    due = _friday_next_week(day)
    said = t.talk("first_team", t.at(day, 14), (
        ("first_lead", "{me.full}님 {paper} {아직인가요|언제쯤 받을 수 있을까요}?"),
        ("me", "죄송합니다 {paper}{은} 다음 주 금요일까지 보내드리겠습니다"),
        ("first_lead", "네 {그때까지 부탁해요|알겠습니다}"),
    ))  # fmt: skip
    t.ask("when", [gold.day(due)], [said[1]],
          ko=("팀장님께 {paper}{을} 언제까지 드린다고 약속했지? 날짜로 알려줘", "{paper} 보내기로 한 마감이 며칠이었어?"))


def _loan(t: Teller) -> None:
    day = t.day(2.3, 60)
    due = day + timedelta(days=14)
    amount = t.pick(LOANS)
    said = t.talk("hikers", t.at(day, 19), (
        ("travel_friend", "{ugh, forgot my wallet again|my card was declined}, could you cover my {dinner|share} today? it's {amount} won"),
        ("me", "done, don't worry"),
        ("travel_friend", "you're a star. I'll pay you back in two weeks"),
    ), amount=amount)  # fmt: skip
    t.ask("when", [gold.day(due)], [said[2]],
          en=("By what date did {travel_friend.full} promise to pay me back?", "When was {travel_friend}'s money due back to me?"))
    t.ask("lookup", [gold.money(amount)], [said[0]], en=("How much did {travel_friend} owe me?", "How much money did I lend {travel_friend}?"))
    t.ask_nothing("when", ko="{college_friend.full}{이} 나한테 빌린 돈을 갚기로 한 날이 언제지?", en="When did {hiking_friend.full} promise to pay me back?")


def _borrowed(t: Teller) -> None:
    day = t.day(1.2, 50, "012345")
    said = t.talk("best", t.at(day, 20), (
        ("me", "{best_friend}{아} 지난번에 빌려간 {borrowed} 언제 줄 거야 {laugh}"),
        ("best_friend", "아 미안미안 모레 갖다줄게 {진짜로|약속}"),
    ))  # fmt: skip
    t.ask("when", [gold.day(day + timedelta(days=2))], [said[1]],
          ko=("{best_friend.called}{이} {borrowed} 돌려주겠다고 한 날이 며칠이야?", "{borrowed}{을} 언제 돌려받기로 했지?"))
    t.ask("who", [gold.who(t.life.cast.best_friend)], [said[0], said[1]], ko=("내 {borrowed} 빌려간 사람이 누구더라?", "{borrowed} 지금 누가 가지고 있지?"))


def _draft(t: Teller) -> None:
    day = t.day(1.7, 60, "0123")
    _, mail = t.mail(
        t.at(day, 15), t.life.cast.owner, "Re: {draft}",
        "Hi {second_manager},\n\nsorry for the delay. You will have {draft} by Friday of next week.\n\nBest,\n{me}",
        to=t.life.cast.second_manager, labels=("보낸편지함",),
    )  # fmt: skip
    t.ask("when", [gold.day(_friday_next_week(day))], [mail],
          en=("By which date did I promise {draft} to {second_manager}?", "What was the deadline I gave {second_manager} for {draft}?"))


def _errand(t: Teller) -> None:
    day = t.day(0.7, 40)
    said = t.talk("hikers", t.at(day, 12), (
        ("expat_friend", "who is {picking up|getting} {errand}?"),
        ("hiking_friend", "me! I'll fetch {errand} in three days"),
        ("me", "thank you {hiking_friend}, you save us"),
    ))  # fmt: skip
    due = day + timedelta(days=3)
    t.ask("when", [gold.day(due)], [said[1]], en=("On which date was {hiking_friend} going to pick up {errand}?", "What day did {hiking_friend} say {errand} would be picked up?"))
    t.ask("who", [gold.who(t.life.cast.hiking_friend)], [said[1]],
          ko="{errand}{을} 찾아오겠다고 한 사람이 누구였지?", en=("Who offered to get {errand}?", "Who volunteered to collect {errand}?"))

