"""Things done again and again: calls with the grandmother, visits to the pool; and talks with an AI."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from datetime import date, timedelta

from darak.sample import gold
from darak.sample.life import Life
from darak.sample.model import Evidence
from darak.sample.teller import Teller

POOLS = ("물빛수영장", "한마음수영장", "Blue Lane Pool")
# Subject, question, wrong first try, answer, the detail asked for.
TALKS_EN = (
    ("Kombucha ratio", "How much sugar per litre for a first batch of kombucha?", "Use 30 grams.", "For a first batch take 70 grams of sugar per litre and ferment for nine days.", "70 grams", ("How much sugar per litre did the assistant suggest for kombucha?", "What amount of sugar was I told to use for brewing kombucha?")),
    ("Chair height", "How high should a desk chair be for someone of 168 cm?", "About 60 cm.", "A seat height of about 43 cm fits a person of 168 cm.", "43 cm", ("Which seat height did the AI recommend for me?", "How high should my chair be according to the assistant?")),
    ("Film for night shots", "Which film speed should I load for night street photos?", "Anything works.", "Load ISO 1600 and meter for the lights.", "ISO 1600", ("Which film speed did the assistant recommend for night photos?", "What ISO was I advised to use at night?")),
)  # fmt: skip
TALKS_KO = (
    ("장 담그기 소금물", "메주 한 말에 소금물 농도는 어느 정도가 좋아?", "아무 농도나 괜찮습니다.", "염도 18도 정도가 좋고, 달걀을 띄워 동전만큼 떠오르면 맞습니다.", "18도", ("장 담글 때 소금물 염도를 몇 도로 하라고 했지?", "AI가 알려준 장 담그는 소금물 농도가 얼마였어?")),
    ("전기장판 사용", "전기장판 밤새 켜 두면 몇 도가 적당해?", "50도가 좋습니다.", "잠들기 전에는 37도, 잠든 뒤에는 30도 아래로 낮추세요.", "37도", ("잠들기 전 전기장판 온도를 몇 도로 하라고 했더라?", "AI가 말해준 전기장판 적정 온도가 뭐였지?")),
    ("벽에 못 없이 걸기", "3kg 액자를 못 없이 걸려면 뭐가 필요해?", "테이프 하나면 됩니다.", "접착식 벽걸이 네 쌍을 쓰고 하루 뒤에 거세요.", "네 쌍", ("액자 걸 때 접착식 벽걸이를 몇 쌍 쓰라고 했지?", "못 없이 액자 거는 데 벽걸이가 얼마나 필요하댔어?")),
)  # fmt: skip


def tell(life: Life) -> None:
    t = Teller(life, "habits")
    t.draw(pool=POOLS)
    _calls(t)
    _pool(t)
    _talks(t)


def _calls(t: Teller) -> None:
    """A call with the grandmother every second week or so."""
    grandmother = t.life.cast.grandmother
    day, calls = t.day(2.3, 20), list[tuple[date, int, Evidence]]()
    while day < t.life.until - timedelta(days=3):
        seconds = t.rng.randint(70, 1300)
        calls.append((day, seconds, t.call(t.at(day, 11, 19), grandmother, seconds, t.pick(("out", "out", "in")))))
        day += timedelta(days=t.rng.randint(9, 20))
    year = t.life.until.year - 1
    within = [evidence for day, _, evidence in calls if day.year == year]
    t.ask("last", [gold.day(calls[-1][0])], [calls[-1][2]], ko=("할머니랑 마지막으로 통화한 게 언제야?", "할머니하고 제일 최근에 전화한 날은?"))
    t.ask("count", [(gold.number(len(within)),)], within, ko="{year}년에 할머니랑 전화 통화 몇 번 했지?", year=str(year))
    longest = max(calls, key=lambda call: call[1])
    t.ask("max", [gold.day(longest[0])], [longest[2]], ko=("할머니랑 제일 길게 통화한 날이 언제야?",))
    t.ask_nothing("last", ko="{first_lead.full} 팀장님이랑 마지막으로 통화한 게 언제지?", en="When did I last phone {second_manager.full}?")


def _pool(t: Teller) -> None:
    """Swimming every week for a year or so."""
    first = t.day(3.3, 40)
    last = first + timedelta(days=t.rng.randint(300, 520))
    day, visits = first, list[tuple[date, Evidence]]()
    while day <= last:
        visits.append((day, t.visit(t.at(day, 19, 20), str(t.values["pool"]), t.life.course.home(day).place, t.rng.randint(50, 80))))
        day += timedelta(days=t.pick((3, 4, 4, 5, 7)))
    t.ask("first", [gold.day(visits[0][0])], [visits[0][1]], ko="{pool}에 처음 간 날이 언제야?", en="When did I first go to {pool}?")
    t.ask("last", [gold.day(visits[-1][0])], [visits[-1][1]], ko=("{pool}에 마지막으로 간 게 언제지?",), en="When was I last at {pool}?")
    year = max({day.year for day, _ in visits}, key=lambda year: sum(day.year == year for day, _ in visits))
    within = [evidence for day, evidence in visits if day.year == year]
    t.ask("count", [(gold.number(len(within)),)], within, ko=("{year}년에 {pool}에 몇 번 갔어?", "{pool}에 {year}년 동안 간 횟수는?"), en="How many times did I visit {pool} in {year}?", year=str(year))
    span = (visits[-1][0] - visits[0][0]).days / (len(visits) - 1)
    t.ask("how_often", [gold.often(span)], [evidence for _, evidence in visits], ko=("{pool}에 얼마나 자주 다녔어?", "{pool}에 며칠에 한 번꼴로 갔지?"), en=("How often did I go to {pool}?", "How regularly did I swim at {pool}?"))


def _talks(t: Teller) -> None:
    for language, pool, years in (("en", TALKS_EN, 1.6), ("ko", TALKS_KO, 1.1)):
        title, question, wrong, answer, detail, asked = t.pick(pool)
        day = t.day(years, 60)
        said = t.ask_ai(t.at(day, 9, 22), title, (("user", question), ("abandoned", wrong), ("assistant", answer)))
        ko, en = (asked, ()) if language == "ko" else ((), asked)
        t.ask("lookup", [(detail,)], [said[2]], ko=ko, en=en)
        when_ko = "AI한테 ‘{title}’ 관련해서 물어본 날이 언제야?" if language == "ko" else ()
        when_en = "When did I ask the assistant about the {title}?" if language == "en" else ()
        t.ask("when", [gold.day(day)], [said[0], said[2]], ko=when_ko, en=when_en, title=title.lower())
