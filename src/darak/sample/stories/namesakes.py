"""Two people of one given name: the college friend who married and the dentist; and a third with nearly that name."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from datetime import date, timedelta

from darak.sample import gold
from darak.sample.grammar import Both
from darak.sample.life import Life
from darak.sample.model import Evidence
from darak.sample.teller import Teller

HALLS = (
    Both("해오름웨딩홀", "Haeoreum Hall"), Both("라온하우스", "Raon House"), Both("숲속예식장", "Forest Wedding Hall"),
    Both("성심성당", "Seongsim Church"),
)  # fmt: skip
TEETH = (
    Both("왼쪽 아래 사랑니", "the lower left wisdom tooth"), Both("오른쪽 위 어금니", "the upper right molar"),
    Both("오른쪽 아래 사랑니", "the lower right wisdom tooth"),
)  # fmt: skip
ADVICE = (
    Both("치간칫솔을 쓰라", "use an interdental brush"), Both("얼음을 씹지 말라", "stop chewing ice"),
    Both("잘 때 마우스피스를 끼라", "wear a mouthguard at night"),
)  # fmt: skip


def tell(life: Life) -> None:
    t = Teller(life, "namesakes")
    t.draw(hall=HALLS, tooth=TEETH, advice=ADVICE)
    _wedding(t)
    _dentist(t)
    _soundalike(t)
    t.ask_nothing("when", ko="치과 {namesake.full} 원장님 결혼식이 언제였지?", en="When was the wedding of {namesake.full}, my dentist?")
    t.ask_nothing("when", ko="{soundalike.full} 결혼식 날짜가 언제였어?", en="When did {soundalike.full} get married?")


def _wedding(t: Teller) -> None:
    day = t.day(5.4, 60, "5")
    amount = t.pick((100_000, 150_000, 200_000))
    t.values |= {"wedding": f"{day.month}월 {day.day}일", "amount": f"{amount // 10000}만원"}
    invited = t.talk("college", t.at(day - timedelta(days=40), 21), (
        ("college_friend", "얘들아 나 결혼한다 {wedding}{ 토요일|} 낮 12시, {hall}{이야}"),
        ("soundalike", "{대박 축하해|와 드디어}"),
        ("me", "{college_friend}{아} 축하해!! {그날 비워둔다|무조건 간다}"),
    ))  # fmt: skip
    entry = t.event("{college_friend.full} 결혼식", t.at(day, 12).replace(minute=0), hours=2, place="{hall}")
    after = t.talk("best", t.at(day, 18), (
        ("me", "{college_friend.called} 결혼식 다녀왔어. 축의금 {amount} 했는데 {적당했나|괜찮겠지}"),
        ("best_friend", "{적당해|무난하지} 나도 그만큼 했어. {축가 좋더라|뷔페 맛있었다}"),
    ))  # fmt: skip
    diary = t.diary(day, "{college_friend.full}'s wedding at {hall}. {The speeches were short|Two fathers cried}. I gave {amount_en} won as is custom.", amount_en=f"{amount:,}")
    told = [invited[0], entry, after[0], diary]
    t.ask("when", [gold.day(day)], told,
          ko=("대학 친구 {college_friend.called} 결혼식이 언제였지?", "{college_friend.full}{이} 결혼한 날이 언제야?"),
          en=("When did my college friend {college_friend} get married?", "What was the date of {college_friend.full}'s wedding?"), both=True)
    t.ask("where", [t.forms("hall")], [invited[0], entry, diary],
          ko=("{college_friend.called} 결혼식 어디서 했지?", "{college_friend.full} 예식장이 어디였어?"),
          en=("Where was {college_friend.full}'s wedding held?", "In which hall did {college_friend.full} get married?"))
    t.ask("lookup", [(f"{amount // 10000}만", gold.number(amount))], [after[0], diary],
          ko=("{college_friend.called} 결혼할 때 축의금 얼마 냈더라?", "{college_friend.full} 결혼식 부조 얼마 했지?"),
          en="How much wedding money did I give {college_friend.full}?")


def _dentist(t: Teller) -> None:
    days = sorted(t.day(years, 45, "0123") for years in (3.6, 2.9, 2.2, 1.7, 1.5, 0.8))
    visits = [t.event("치과 ({namesake.full} 원장님)", t.at(day, 17), place="하얀이치과") for day in days]
    pulled = days[2]
    _, letter = t.mail(
        t.at(pulled, 18, 19), t.life.cast.namesake, "[하얀이치과] 진료 안내",
        "{me.full}님, 오늘 {tooth}{을} 발치하셨습니다. 이틀 동안 빨대를 쓰지 마시고 찬 음식을 드세요.\n\n그리고 말씀드린 대로 {advice}고 다시 한번 권해드립니다.\n\n하얀이치과 원장 {namesake.full}",
        labels=("받은편지함", "병원"), fill={"advice": _plain(t)},
    )  # fmt: skip
    told = t.talk("expat", t.at(pulled, 20), (
        ("me", "dentist day. {namesake.full} took out {tooth} and told me to {advice}. {my face is a balloon|soup for a week}"),
        ("expat_friend", "{poor you|ouch}. {want company?|ice cream is medicine}"),
    ))  # fmt: skip
    record = [letter, told[0]]
    t.ask("lookup", [_advice_forms(t)], record,
          ko=("치과 {namesake} 원장님이 나한테 권한 게 뭐였지?", "{namesake.full} 원장님이 이 때문에 하라고 한 게 뭐야?"),
          en=("What did my dentist {namesake.full} tell me to do?", "What advice did the dentist {namesake} give me?"))
    t.ask("when", [gold.day(pulled)], [*record, visits[2]],
          ko=("{tooth} 뽑은 게 언제였지?", "{namesake.full} 원장님한테 이 뽑은 날이 언제야?"),
          en=("When did I have {tooth} taken out?", "When did the dentist pull my tooth?"))
    _ask_visits(t, days, visits)


def _plain(t: Teller) -> str:
    value = t.values["advice"]
    return value.ko if isinstance(value, Both) else ""


def _advice_forms(t: Teller) -> gold.Group:
    return (*t.forms("advice"), _plain(t)[:-1])


def _ask_visits(t: Teller, days: list[date], visits: list[Evidence]) -> None:
    year = max({day.year for day in days}, key=lambda year: sum(day.year == year for day in days))
    within = [visit for day, visit in zip(days, visits, strict=True) if day.year == year]
    t.ask("count", [(gold.number(len(within)),)], within, ko=("{year}년에 치과 {namesake.full} 원장님한테 몇 번 갔어?", "{namesake.full} 원장님 치과에 {year}년에 간 횟수가 어떻게 돼?"), year=str(year))
    t.ask("last", [gold.day(days[-1])], [visits[-1]],
          ko=("마지막으로 {namesake.full} 원장님 치과에 간 게 언제지?", "치과에 제일 최근에 간 날이 언제야?"))
    t.ask("first", [gold.day(days[0])], [visits[0]], ko=("{namesake.full} 원장님 치과에 처음 간 날은?", "{namesake.full} 원장님한테 처음 진료받은 게 언제지?"))


def _soundalike(t: Teller) -> None:
    """The third, whose name is easily confused, went abroad."""
    day = t.day(3.1, 40)
    place = t.pick((Both("밴쿠버", "Vancouver"), Both("시드니", "Sydney"), Both("베를린", "Berlin"), Both("하노이", "Hanoi")))
    t.values["abroad"] = place
    told = t.talk("college", t.at(day, 20), (
        ("soundalike", "나 {다음 달에|곧} {abroad}{으로} 발령 났어 {2년|3년} 있을 것 같아"),
        ("college_friend", "헐 {송별회 하자|언제 가는데}"),
        ("me", "{abroad}?? {부럽다|놀러 갈게}"),
    ))  # fmt: skip
    t.ask("who", [gold.who(t.life.cast.soundalike)], [told[0]], ko=("동아리 사람 중에 {abroad}{으로} 발령 난 게 누구였지?", "{abroad}{으로} 간 대학 친구가 누구야?"))
    t.ask("where", [gold.words(place)], [told[0]], ko=("{soundalike.called}{이} 어디로 발령 났다고 했지?", "{soundalike.full}{은} 어느 도시로 가게 됐어?"))
