"""Answers in Korean, in 해요체."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from darak.answers.numbers.metrics import metric_of
from darak.answers.numbers.statistics import season
from darak.answers.plan import Group, Kind, Measure, Span
from darak.answers.wording.wording import MISSING, SAME_CALENDAR, Quote, Row, Wording, shorten

_WEEKDAYS = "월화수목금토일"
_SEASONS = ("겨울", "봄", "여름", "가을")
_DIGIT_OPEN = frozenset("2459")
_READ_OUT = ("km", "cm", "mm", " m", "kcal", "ml")
"""Units that are read as the words that they are short for, which end in a vowel."""
_LETTER_CLOSED = frozenset("lmnbkpt")
_AMOUNTS = {"amount": "지출", "call_minutes": "통화 시간", "distance_km": "거리"}
_ACTIVITIES = {"running": "달린 거리", "cycling": "자전거 거리", "swimming": "수영 거리", "hiking": "등산 거리"}
_UNITS = {"amount": "", "call_minutes": "분", "distance_km": "km"}

_HEADS: dict[Kind, str] = {
    "sum": "합계는",
    "average": "평균은",
    "max": "최고는",
    "min": "최저는",
    "last": "마지막 값은",
    "first": "첫 값은",
}


def closed(text: str) -> bool:
    """Whether the last sound of a text is a consonant, which decides the particle after it."""
    if text.endswith(_READ_OUT):
        return False
    last = next((char for char in reversed(text) if char.isalnum()), "")
    if "가" <= last <= "힣":
        return (ord(last) - 0xAC00) % 28 != 0
    if last.isdigit():
        return last not in _DIGIT_OPEN
    return last.lower() in _LETTER_CLOSED


def particle(text: str, after_consonant: str, after_vowel: str) -> str:
    """The text with the particle that fits it: 김민수가, 박지훈이."""
    return text + (after_consonant if closed(text) else after_vowel)


def _is(text: str) -> str:
    return particle(text, "이에요", "예요")


class Korean(Wording):
    def date(self, day: date, clock: time | None = None) -> str:
        text = _day(day)
        if day.year >= SAME_CALENDAR:
            text += f" ({_WEEKDAYS[day.weekday()]})"
        return f"{text} {clock:%H:%M}" if clock else text

    def month(self, day: date) -> str:
        return f"{day.year}년 {day.month}월"

    def days(self, since: date, until: date) -> str:
        if since == date.min:
            return f"{_day(until)} 전"
        last = date.fromordinal(until.toordinal() - 1)
        if since == last:
            return self.date(since)
        if (since.day, until.day) != (1, 1):
            return f"{_day(since)}부터 {_day(last)}까지"
        if (since.month, until.month, until.year) == (1, 1, since.year + 1):
            return f"{since.year}년"
        if (until.year * 12 + until.month) - (since.year * 12 + since.month) == 1:
            return self.month(since)
        return f"{self.month(since)}부터 {self.month(last)}까지"

    def period(self, span: Span) -> str:
        days = self.days(span.since, span.until)
        return f"{self.label(season(span.since), 'season')}({days})" if span.grain == "season" else days

    def duration(self, first: date, last: date) -> str:
        years, months, days = _parts(first, last)
        parts = [f"{years}년"] * bool(years) + [f"{months}개월"] * bool(months)
        if not years and not months:
            return f"{days}일"
        return " ".join(parts)

    def number(self, value: float, digits: int, unit: str) -> str:
        text = f"{value:,.{digits}f}"
        tight = unit in ("원", "걸음", "분", "시간", "%", "층")
        return f"{text}{unit}" if tight else f"{text} {unit}".strip()

    def unit(self, measure: Measure) -> str:
        return metric_of(measure.metrics[0]).unit_korean if measure.metrics else _UNITS[measure.amount or "amount"]

    def title(self, measure: Measure, about: Sequence[str] = ()) -> str:
        if measure.metrics:
            return metric_of(measure.metrics[0]).korean
        title = _ACTIVITIES.get(measure.activity or "") or _AMOUNTS[measure.amount or "amount"]
        return " ".join((*about, title))

    def label(self, key: Sequence[int], group: Group) -> str:
        if group == "season":
            return f"{key[0]}년 {_SEASONS[key[1]]}"
        if group == "weekday":
            return f"{_WEEKDAYS[key[0]]}요일"
        if group == "week":
            return f"{key[0]}년 {key[1]}주"
        return "".join(f"{part}{unit} " for part, unit in zip(key, "년월일", strict=False)).strip()

    def season(self, number: int) -> str:
        return _SEASONS[number]

    def monthly(self, what: str) -> str:
        return f"한 달 {what}"

    def daily(self, what: str) -> str:
        return f"하루 {what}"

    def quoted(self, text: str) -> str:
        return f"“{shorten(text)}”"

    def is_date(self, day: str, quote: str, marks: str) -> str:
        return f"{_is(day)}. {self.quoted(quote)} {marks}"

    def birthday(self, month: int, day: int, born: int | None, quote: str, marks: str) -> str:
        year = f" ({born}년생)" if born else ""
        return f"{month}월 {day}일이에요{year}. {self.quoted(quote)} {marks}"

    def coming(self, day: str, days: int) -> str:
        left = "오늘이에요" if days == 0 else "내일이에요" if days == 1 else f"{days:,}일 남았어요"
        return f"다음은 {day}, {left}." if day else f"{left}."

    def is_fact(self, fact: str, quote: str, marks: str) -> str:
        return f"{_is(fact)}. {self.quoted(quote)} {marks}"

    def says(self, quotes: Sequence[Quote], marks: str) -> str:
        told = [f"{day or '날짜 없는'} 기록 {self.quoted(text)}" for day, text in quotes]
        return f"이렇게 남아 있어요: {', '.join(told)} {marks}"

    def is_people(self, names: Sequence[str], quote: str, marks: str) -> str:
        together = ", ".join(names)
        return f"{_is(together)}. {self.quoted(quote)} {marks}"

    def known(self, name: str, n: int, sources: Sequence[str], days: Sequence[str], quote: str, marks: str) -> str:
        span = f" ({days[0]}부터 {days[1]}까지)" if len(set(days)) > 1 else ""
        return f"{name}: {', '.join(sources)}에 기록이 {n:,}건 있어요{span}. {self.quoted(quote)} {marks}"

    def since(self, duration: str, day: str, days: int, marks: str) -> str:
        exact = f" ({days:,}일)" if not duration.endswith("일") else ""
        return f"{duration}{exact} 됐어요. {day}부터예요. {marks}"

    def between(self, duration: str, first: str, last: str, days: int, marks: str) -> str:
        exact = f" ({days:,}일)" if not duration.endswith("일") else ""
        return f"{_is(duration + exact)}. {first}부터 {last}까지예요. {marks}"

    def count(self, n: int, period: str, first: str, last: str, marks: str) -> str:
        when = f"{period} " if period else ""
        span = f" 처음은 {first}, 마지막은 {particle(last, '이에요', '예요')}." if n > 1 and first else ""
        return f"{when}{n:,}번이에요.{span} {marks}"

    def often(self, gap_days: float, n: int, first: str, last: str, marks: str) -> str:
        return f"평균 {gap_days:.1f}일에 한 번이에요 ({first}부터 {last}까지 {n:,}번). {marks}"

    def rate(self, times: float, group: Group) -> str:
        unit = {"day": "하루에", "week": "한 주에", "month": "한 달에"}.get(group, "한 해에")
        return f"{unit} {times:,.2g}번꼴이에요." if times < 10 else f"{unit} {times:,.0f}번꼴이에요."

    def usual(self, clock: time, low: time, high: time, n: int, marks: str) -> str:
        return f"보통 {clock:%H:%M}쯤이에요. {n:,}번 중 절반이 {low:%H:%M}에서 {high:%H:%M} 사이예요. {marks}"

    def clocks(self, clocks: Sequence[str], marks: str) -> str:
        return f"{', '.join(clocks)}이에요. {marks}"

    def most(self, name: str, n: int, of: int, marks: str) -> str:
        return f"{_is(name)} ({of:,}번 중 {n:,}번). {marks}"

    def company(self, n: int, period: str, most: Sequence[tuple[str, int]]) -> str:
        when = f"{period}에 " if period else ""
        names = ", ".join(f"{name} {times:,}번 [{number}]" for number, (name, times) in enumerate(most, 1))
        return f"{when}{n:,}명이에요. 가장 잦은 사람: {names}."

    def read_unknown(self) -> str:
        return "기록에는 읽었는지 안 읽었는지가 남아 있지 않아요. 메일이나 메시지 앱에서만 알 수 있어요."

    def none_unread(self, n: int) -> str:
        return f"없어요. 읽었는지가 남아 있는 메일 {n:,}통은 모두 읽은 것이에요."

    def times(self, n: int) -> str:
        return f"{n:,}번"

    def listing(self, n: int, items: Sequence[str], more: int) -> str:
        rest = f" 외 {more}건" if more else ""
        return f"{n}건이 있어요: " + "; ".join(items) + rest

    def day_told(self, period: str, items: Sequence[str], more: int) -> str:
        rest = f" 그 밖에 {more:,}건이 더 있어요." if more else ""
        return f"{period}의 기록이에요: " + " ".join(items) + rest

    def statistic(self, kind: Kind, what: str, value: str, period: str, n: int, *, daily: bool, when: str) -> str:
        at = f" ({when})" if when else ""
        every = "하루 " if daily and kind in ("average", "max", "min") else ""
        during = f"{period} " if kind not in ("first", "last") else ""
        return f"{during}{what} {every}{_HEADS[kind]} {_is(value + at)} (n={n:,})."

    def compared(
        self, measure: Measure, what: str, rows: Sequence[Row], higher: str | None, change: str, rising: bool
    ) -> str:
        values = ", ".join(f"{label} {value}" for label, value in rows)
        if higher is None:
            return f"차이가 거의 없어요. {what}: {values}."
        more = "높아요" if _is_level(measure) else "많아요"
        return f"{higher}에 더 {more}. {what}: {values}, {change} {_course(measure, rising)}."

    def weekday_names(self, days: Sequence[int]) -> str:
        if len(days) == 6:
            return "다른 요일"
        if len(days) == 1:
            return f"{_WEEKDAYS[days[0]]}요일"
        return "주말" if days[0] == 5 else "평일"

    def contrasted(
        self, measure: Measure, what: str, rows: Sequence[Row], higher: str | None, apart: str, n: int
    ) -> str:
        values = ", ".join(f"{label} {value}" for label, value in rows)
        if higher is None:
            return f"뚜렷한 차이가 없어요. {what}: {values} (n={n:,})."
        more = "높아요" if _is_level(measure) else "많아요"
        return f"{higher}에 {apart} 더 {more}. {what}: {values} (n={n:,})."

    def course(
        self, measure: Measure, what: str, period: str, direction: int, ends: tuple[Row, Row], per_year: str
    ) -> str:
        values = " → ".join(f"{label} {value}" for label, value in ends)
        about = f"{period} {particle(what, '은', '는')}"
        rate = f", 한 해에 {per_year}씩" if per_year else ""
        if not direction:
            return f"{about} 뚜렷한 변화가 없어요 ({values})."
        return f"{about} {_course(measure, direction > 0)} ({values}{rate})."

    def seasonal(self, what: str, season: int, years: int, of: int, mean: str, other: str) -> str:
        name = _SEASONS[season]
        means = f"{name} 평균 {mean}, 나머지 {other}"
        return f"해마다 {name}에 {particle(what, '이', '가')} 올라가요: {of}년 중 {years}년, {means}."

    def changed(self, before: str, after: str) -> str:
        return f"처음에는 {before}였다가 {particle(after, '으로', '로')} 바뀌었어요."

    def nothing(self, nearest: str, missing: Sequence[str]) -> str:
        words = ", ".join(f"‘{word}’" for word in missing[:MISSING])
        text = f"{words}에 대한 기록이 없어요." if missing else "그런 기록이 없어요."
        return f"{text} 가장 가까운 기록은 {nearest}" if nearest else text

    def respelt(self, words: Sequence[tuple[str, str]]) -> str:
        return " ".join(f"‘{typed}’에 대한 기록은 없어서 ‘{meant}’로 찾았어요." for typed, meant in words)

    def no_more(self) -> str:
        return "이게 전부예요."

    def weekdays(self, what: str, most: Row, least: Row, n: int) -> str:
        return f"{what}: {most[0]}에 가장 많고({most[1]}) {least[0]}에 가장 적어요({least[1]}) (n={n:,})."

    def spent_most(self, place: str, amount: str, of: str, marks: str) -> str:
        return f"{_is(place)} ({of} 중 {amount}). {marks}"

    def greeting(self) -> str:
        return (
            "내 기록에 대해 물어보세요. 언제였는지, 누가 말했는지, 몇 번이나 얼마나 했는지, 그날 무슨 일이 있었는지."
            " 기록에 있는 것만, 어디에 있는지와 함께 알려 드려요."
        )

    def today(self, day: str) -> str:
        return f"오늘은 {_is(day)}."

    def no_such_day(self, day: str) -> str:
        return f"{particle(day, '은', '는')} 없는 날짜예요."

    def unsure(self, text: str) -> str:
        return f"확실하지는 않지만, {text}"

    def by_rules(self, why: str) -> str:
        return f"언어 모델이 답하지 못해 규칙으로 찾은 답이에요: {why}"

    def ends(self, source: str, day: str) -> str:
        return f"{source} 기록은 {day}까지만"

    def begins(self, source: str, day: str) -> str:
        return f"{source} 기록은 {day}부터"

    def not_reached(self, sources: Sequence[str], more: int) -> str:
        rest = f" 그 밖에 {more:,}곳의 기록도 모자라요." if more else ""
        return f"{', '.join(sources)} 있어요.{rest}"


def _day(day: date) -> str:
    """A day without its weekday, in a range."""
    return f"{day.year}년 {day.month}월 {day.day}일"


def _is_level(measure: Measure) -> bool:
    """Whether it is rather high or low than much or little."""
    return bool(measure.metrics) and metric_of(measure.metrics[0]).daily == "mean" and measure.metrics != ("body_mass",)


def _course(measure: Measure, rising: bool) -> str:
    return ("올랐어요" if rising else "내렸어요") if _is_level(measure) else ("늘었어요" if rising else "줄었어요")


def _parts(first: date, last: date) -> tuple[int, int, int]:
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    return months // 12, months % 12, (last - first).days


KOREAN = Korean()
