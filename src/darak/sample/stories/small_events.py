"""Single events, and questions for what happened on, around and within a time."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from datetime import date, timedelta

from darak.sample import gold
from darak.sample.korean import date_en, date_ko
from darak.sample.life import Life
from darak.sample.model import Evidence
from darak.sample.teller import Teller
from darak.sample.wording.small_events import SMALL_EVENTS, SmallEvent

_TOLD, _ACROSS, _DAYS = 12, 5, 2
_REPLIES = {
    "friends_ko": ("헐 {대박|진짜?}", "{와|오} {laugh}", "별일이 다 있네"), "family_ko": ("{아이고|어머나|그래} {조심해라|밥은 먹었고}", "{아이고|어머나}"),
    "friends_en": ("{no way|wow|what}", "{haha|oh dear}", "only you"),
}
_DAY_QUESTIONS = {
    "on_day": {"ko": ("{on}에 무슨 일이 있었어?", "{on}에 나 뭐 했지?"), "en": ("What happened on {on}?", "What did I do on {on}?")},
    "around": {"ko": ("{on}쯤에 무슨 일이 있었지?", "{on} 즈음에 뭐 했더라?"), "en": ("What was going on around {on}?",)},
}
_SOON_AFTER = (
    (1, "어제 무슨 일이 있었지?", "What happened yesterday?"), (2, "그저께 뭐 했더라?", "What did I do the day before yesterday?"),
    (3, "사흘 전에 무슨 일이 있었어?", "What happened three days ago?"),
)  # fmt: skip
SUMMERS = (("바다 앞 민박에서 일주일 지내면서 서핑을 배웠다", "서핑"), ("옥상에 평상을 놓고 밤마다 수박을 먹었다", "수박"), ("시골 할머니 댁에서 옥수수를 땄다", "옥수수"))
SUMMERS_EN = (("Spent the week fixing a wooden boat with a stranger called Pete.", "boat"), ("Took a pottery course by the lake and made eleven wonky bowls.", "pottery"), ("Worked at the film festival as a volunteer usher.", "festival"))


def tell(life: Life) -> None:
    t = Teller(life, "small_events")
    chosen = t.rng.sample(SMALL_EVENTS, _TOLD)
    told: list[tuple[date, SmallEvent, Evidence]] = []
    for number, event in enumerate(chosen):
        day = _in_months(t, t.day(0.4 + number * 0.48, 40), event.months)
        told.append((day, event, _plant(t, day, event)))
    for day, event, evidence in told:
        kind, answer, wordings = t.pick(event.asked)
        target = gold.day(day) if answer == "day" else gold.words(answer)
        _ask_in(t, event.language, kind, target, evidence, wordings)
    for day, event, evidence in t.rng.sample(told, _ACROSS):
        other = "en" if event.language == "ko" else "ko"
        _ask_in(t, other, event.across[0], gold.day(day), evidence, event.across[2])
    for day, event, evidence in t.rng.sample(told, _DAYS):
        words = [answer for _, answer, _ in event.asked if answer != "day"] or [event.text.split()[2]]
        _ask_day(t, day, event.language, words[0], evidence)
    _yesterday(t, told)
    _summer(t)


def _in_months(t: Teller, day: date, months: tuple[int, ...]) -> date:
    """The day itself, or one of the last fitting month before it."""
    while day.month not in months:
        day = day.replace(day=1) - timedelta(days=t.rng.randint(1, 27))
    return day


def _plant(t: Teller, day: date, event: SmallEvent) -> Evidence:
    if event.room == "diary":
        return t.diary(day, event.text)
    room = t.life.course.rooms[event.room]
    return t.talk(event.room, t.at(day, 12, 21), (("me", event.text), (room.members[0], t.pick(_REPLIES[room.wording]))))[0]


def _ask_day(t: Teller, day: date, language: str, word: str, evidence: Evidence) -> None:
    kind = t.pick(("on_day", "around"))
    on = date_ko(day) if language == "ko" else date_en(day)
    _ask_in(t, language, kind, (word,), evidence, _DAY_QUESTIONS[kind][language], on)


def _ask_in(t: Teller, language: str, kind: str, group: gold.Group, evidence: Evidence, pool: tuple[str, ...], on: str = "") -> None:
    if language == "ko":
        t.ask(kind, [group], [evidence], ko=pool, on=on)
    else:
        t.ask(kind, [group], [evidence], en=pool, on=on)


def _yesterday(t: Teller, told: list[tuple[date, SmallEvent, Evidence]]) -> None:
    """Questions asked in the days after, whose relative times count from then."""
    for index, (days, ko, en) in enumerate(_SOON_AFTER):
        day, event, evidence = told[index * 3 + 1]
        words = [answer for _, answer, _ in event.asked if answer != "day"] or [event.text.split()[2]]
        now = t.at(day + timedelta(days=days), 9)
        if event.language == "ko":
            t.ask("on_day", [(words[0],)], [evidence], ko=ko, now=now)
        else:
            t.ask("on_day", [(words[0],)], [evidence], en=en, now=now)


def _summer(t: Teller) -> None:
    year = t.life.until.year if t.life.until.month > 8 else t.life.until.year - 1
    ko, en = t.pick(SUMMERS), t.pick(SUMMERS_EN)
    last = t.diary(date(year, 8, t.rng.randint(2, 25)), f"올여름에는 {ko[0]}. 오래 기억날 것 같다.")
    before = t.diary(date(year - 1, 7, t.rng.randint(5, 27)), f"{en[0]} This was my summer, all of it.")
    t.ask("around", [(ko[1],)], [last], ko=("지난여름에 뭐 하면서 지냈지?", "지난여름에 뭐 했는지 알려줘"))
    t.ask("around", [(en[1],)], [before], en=("How did I spend the summer of {year}?", "What did I do in summer {year}?"), year=str(year - 1))
