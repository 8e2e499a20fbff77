"""Two moves of house, after looking at others."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from datetime import date, datetime, timedelta

from darak.sample import gold
from darak.sample.grammar import Both
from darak.sample.life import Life
from darak.sample.model import Evidence
from darak.sample.person import Person
from darak.sample.places import Place
from darak.sample.teller import Teller

MOVERS = (("다람쥐이사", "move@daram.example"), ("든든익스프레스", "book@deundeun.example"), ("한걸음이사", "hello@hangeoreum.example"))
REASONS = (
    Both("전세 계약이 끝나서", "the lease was up"), Both("윗집이 너무 시끄러워서", "the upstairs neighbours were too loud"),
    Both("출퇴근이 너무 멀어서", "the commute was too long"), Both("곰팡이 때문에", "of the mould"),
)  # fmt: skip


def tell(life: Life) -> None:
    t = Teller(life, "moving")
    homes = life.course.homes
    looked = [place for place in life.course.city.neighbourhoods if place not in [home.place for home in homes]]
    t.values |= {"reason1": t.pick(REASONS), "never": looked[-1]}
    first = _move(t, homes[0].place, homes[1].place, homes[1].since, life.cast.hometown_friend, looked[:1])
    second = _move(t, homes[1].place, homes[2].place, homes[2].since, life.cast.hiking_friend, looked)
    contract, rent, deposit = _contract(t, homes[2].place, homes[2].since)
    _ask(t, first, second)
    t.values |= {"place": homes[2].place}
    t.ask("lookup", [gold.money(rent)], [contract],
          ko=("{place} 집 월세가 얼마로 계약됐지?", "지금 사는 {place} 집 다달이 내는 돈이 얼마야?"),
          en=("What monthly rent did I sign for in {place}?", "How much is the rent of my place in {place}?"))
    t.ask("lookup", [(gold.number(deposit), f"{deposit // 10000:,}만", f"{deposit // 10000}만")], [contract], ko=("{place} 집 보증금 얼마였지?", "{place} 집 들어올 때 보증금으로 얼마 걸었어?"))
    t.ask_nothing("when", ko=("내가 {never}{으로} 이사한 게 언제였지?", "{never}에 살기 시작한 날이 언제야?"), en="When did I move to {never}?")
    t.ask_nothing("how_long_between", ko="{never}에서 산 기간이 얼마나 돼?", en="How long did I live in {never}?")


def _move(t: Teller, old: Place, new: Place, day: date, helper: Person, looked: list[Place]) -> tuple[date, list[Evidence], list[Evidence], list[Evidence]]:
    """Viewings, the mover's mail, the day itself. Returns the day, its evidence, who helped, and the viewings."""
    mover = t.pick(MOVERS)
    t.values |= {"old": old, "new": new, "helper": helper, "mover": mover[0], "mover_day": f"{day.month}월 {day.day}일"}
    viewings: list[Evidence] = []
    for number, place in enumerate([*looked, new]):
        when = datetime.combine(day - timedelta(days=60 - 6 * number), datetime.min.time()).replace(hour=18, minute=30)
        viewings.append(t.event("{seen} 집 보기", when, place="{seen} 부동산 앞", fill={"seen": place}))
        t.talk("best", when + timedelta(hours=2), (
            ("me", "{seen} 집 보고 왔는데 {채광이 별로야|너무 좁아|언덕이 심해|주인이 까다로워 보여}" if place is not new
             else "{seen} 집 보고 왔어. {창이 커서|조용해서|볕이 좋아서} 마음에 쏙 들어"),
            ("best_friend", "{급하게 정하지 마|사진 있어?|계약서 잘 보고}"),
        ), seen=place)  # fmt: skip
    _, booking = t.mail(
        t.at(day - timedelta(days=12), 10, 16), mover, "[{mover}] 이사 예약 확인",
        "{me.full} 고객님, 예약이 확정되었습니다.\n\n이사일: {mover_day} 오전 8시\n출발지: {old}\n도착지: {new}\n계약금 10만원은 입금 확인되었습니다.",
        labels=("받은편지함",), charset="ks_c_5601-1987",
    )  # fmt: skip
    entry = t.event("이사 ({old} → {new})", day)
    helped = t.talk("best", t.at(day, 20), (
        ("me", "짐 다 옮겼다 {드디어|휴} 오늘부터 {new} 주민이야"),
        ("best_friend", "{고생했어|축하해} 혼자 다 했어?"),
        ("me", "아니 {helper.called}{이} 와서 {냉장고까지 들어줬어|하루 종일 같이 날랐어} 진짜 고마웠지"),
    ))  # fmt: skip
    diary = t.diary(day, "Moving day: left {old} and slept in {new} for the first time. {helper.full} {carried half of the boxes|drove the van and refused any money}. {Everything smells of cardboard|The kettle was the first thing I unpacked}.")
    t.diary(day + timedelta(days=1), "Boxes everywhere in {new}. {Found the forks|Still no curtains|The light in the morning is good}.")
    return day, [helped[0], diary, entry, booking], [helped[2], diary], viewings


def _contract(t: Teller, place: Place, day: date) -> tuple[Evidence, int, int]:
    rent, deposit = t.rng.randrange(450_000, 950_000, 50_000), t.rng.randrange(10, 60, 5) * 1_000_000
    fill = {"rent": rent, "deposit": f"{deposit // 10000:,}만", "place": place}
    _, evidence = t.mail(
        t.at(day - timedelta(days=35), 11, 15), t.life.cast.landlord, "{place} 집 계약 내용 정리",
        "안녕하세요, {place} 집주인 {landlord.full}입니다.\n\n어제 말씀 나눈 대로 보증금 {deposit}원에 월세 {rent}원, 계약 기간은 2년입니다. 월세는 매달 말일에 부탁드려요.\n\n입주 전에 도배는 새로 해두겠습니다.",
        labels=("받은편지함", "중요"), fill=fill,
    )  # fmt: skip
    return evidence, rent, deposit


def _ask(t: Teller, first: tuple[date, list[Evidence], list[Evidence], list[Evidence]], second: tuple[date, list[Evidence], list[Evidence], list[Evidence]]) -> None:
    homes, cast = t.life.course.homes, t.life.cast
    for number, (day, moved, helped, _) in enumerate((first, second), 1):
        place, person = homes[number].place, (cast.hometown_friend, cast.hiking_friend)[number - 1]
        t.ask("when", [gold.day(day)], moved,
              ko=("{place}{으로} 이사한 날이 언제야?", "내가 {place}에 살기 시작한 게 언제부터지?", "{place}{으로} 집 옮긴 날짜 알려줘"),
              en=("When did I move to {place}?", "On what date did I start living in {place}?"), both=number == 2, place=place)
        t.ask("who", [gold.who(person)], helped,
              ko=("{place}{으로} 이사할 때 도와준 사람이 누구였지?", "{place} 이삿날 짐 날라준 친구가 누구야?"),
              en=("Who helped me on moving day to {place}?", "Who gave me a hand when I moved to {place}?"), place=place)
    t.ask("how_long_between", [gold.span(first[0], second[0])], [*first[1], *second[1]],
          ko=("{place}에서 얼마나 오래 살았어?", "{place}에 산 기간이 얼마나 되지?"),
          en=("How long did I live in {place}?", "For how long was {place} my home?"), place=homes[1].place)
    viewings = second[3]
    t.ask("count", [(gold.number(len(viewings)),)], viewings,
          ko=("{place}{으로} 이사하기 전 두 달 동안 집을 몇 군데 보러 다녔어?", "{place} 집 구할 때 두 달 사이에 집을 몇 번이나 보러 갔지?"), place=homes[2].place)
    t.ask("list", [gold.words(home.place.name) for home in homes], [first[1][3], second[1][3], first[1][1], second[1][1]],
          ko=("내가 살았던 동네를 다 말해줘", "지금까지 어느 동네들에서 살았지?"), en=("Which neighbourhoods have I lived in?", "Name all the neighbourhoods I have called home."))
