"""The days that a question means by those of the one before it: then, the year before, and in winter."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from darak.answers.plan import Language, Span
from darak.answers.question.spans import read_spans
from darak.language.periods import Grain

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_SEASONS = {3: ("봄", "spring"), 6: ("여름", "summer"), 9: ("가을", "autumn"), 12: ("겨울", "winter")}
_UNITS: dict[str, Grain] = {
    **dict.fromkeys(("year", "해", "년", "년도"), "year"),
    **dict.fromkeys(("month", "달", "개월"), "month"),
    **dict.fromkeys(("week", "주", "주일"), "week"),
    **dict.fromkeys(("day", "날", "일"), "day"),
    **dict.fromkeys(("summer", "winter", "spring", "autumn", "fall", "여름", "겨울", "봄", "가을"), "season"),
}
_COUNTS = {
    **dict.fromkeys(("a", "an", "one", "한", "일"), 1),
    **dict.fromkeys(("two", "두", "이"), 2),
    **dict.fromkeys(("three", "세", "삼"), 3),
    **dict.fromkeys(("four", "네"), 4),
    "five": 5,
}
_NAMES_YEAR = re.compile(
    r"(?<!\d)\d{4}(?!\d)|년|year|작년|올해|재작년|내년|last|this|next|지난|이번|다음|ago|전", re.IGNORECASE
)
_BARE_DAY = re.compile(r"(?<![\d월])\s*(?P<day>[1-9]|[12]\d|3[01])일(?!간|\s*동안)")
_LENGTHS: dict[str, int] = {"day": 1, "week": 7, "month": 31, "season": 92, "year": 366}


def grain_of(unit: str) -> Grain:
    return _UNITS[unit.lower()]


def count_of(text: str | None) -> int:
    """How many a number word means; 1 without one."""
    if text is None:
        return 1
    return int(text) if text.isdigit() else _COUNTS[text.lower()]


def around(day: date, grain: Grain) -> Span:
    """The year, season, month, week or day in which a day lies."""
    if grain == "year":
        since, until = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    elif grain == "month":
        since = day.replace(day=1)
        until = _months_on(since, 1)
    elif grain == "season":
        since = _months_on(day.replace(day=1), -(day.month % 3))
        until = _months_on(since, 3)
    elif grain == "week":
        since = day - timedelta(days=day.weekday())
        until = since + timedelta(days=7)
    else:
        since, until = day, day + timedelta(days=1)
    return Span("", since, until, grain)


def shifted(span: Span, grain: Grain, count: int) -> Span | None:
    """The same days so many years, months, weeks or days on; None where the period is open, or longer than that."""
    length = (span.until - span.since).days
    if span.since == date.min or span.until == date.max or length > _LENGTHS[grain]:
        return None
    if grain in ("year", "season", "month"):
        months = count * (12 if grain in ("year", "season") else 1)
        since = _months_on(span.since, months)
        if span.grain in ("year", "season", "month"):
            return replace(span, surface="", since=since, until=_months_on(span.until, months))
        return replace(span, surface="", since=since, until=since + timedelta(days=length))
    days = timedelta(days=count * (7 if grain == "week" else 1))
    return replace(span, surface="", since=span.since + days, until=span.until + days)


def beside(text: str, base: Span | None, now: datetime) -> list[tuple[Span, tuple[int, int]]]:
    """The days that a text names, as one says them after having spoken of `base`: and in winter, 5일은."""
    if base is None or base.since == date.min or base.until == date.max:
        return read_spans(text, now)
    long = (base.until - base.since).days
    if long <= 31 and (match := _BARE_DAY.search(text)) and "월" not in text:
        day = _day_in(base, int(match["day"]))
        if day is not None:
            start, end = match.span()
            return [(around(day, "day"), (start + len(match[0]) - len(match[0].lstrip()), end))]
    if long <= 7 and (found := _weekday_beside(text, base, now)):
        return found
    found = read_spans(text, now)
    return [(_in_years_of(span, base, now), place) for span, place in found]


def words(span: Span, language: Language) -> str:
    """The days as a question names them: in June 2024, 2024년 6월."""
    since, last = span.since, span.until - timedelta(days=1)
    korean = language == "ko"
    if since == date.min:
        return f"{_day(span.until, korean)} 전" if korean else f"before {_day(span.until, korean)}"
    if span.until == date.max:
        return f"{_day(since, korean)} 이후" if korean else f"after {_day(since - timedelta(days=1), korean)}"
    for grain in ("day", "month", "year"):
        whole = around(since, grain)
        if (whole.since, whole.until) == (since, span.until):
            return _named(since, grain, korean)
    if span.grain == "season" and since.month in _SEASONS and since.day == 1 and span.until == _months_on(since, 3):
        korean_name, name = _SEASONS[since.month]
        return f"{since.year}년 {korean_name}" if korean else f"in {name} {since.year}"
    if korean:
        return f"{_day(since, korean)}부터 {_day(last, korean)}까지"
    return f"from {_day(since, korean)} to {_day(last, korean)}"


def _named(since: date, grain: str, korean: bool) -> str:
    if grain == "year":
        return f"{since.year}년" if korean else f"in {since.year}"
    if grain == "month":
        return f"{since.year}년 {since.month}월" if korean else f"in {_MONTHS[since.month - 1]} {since.year}"
    return _day(since, korean) if korean else f"on {_day(since, korean)}"


def _day(day: date, korean: bool) -> str:
    if korean:
        return f"{day.year}년 {day.month}월 {day.day}일"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _day_in(base: Span, number: int) -> date | None:
    """The day of that number in the month, or around the days, that were spoken of."""
    month = around(base.since, "month").since
    try:
        return month.replace(day=number)
    except ValueError:
        return None


def _weekday_beside(text: str, base: Span, now: datetime) -> list[tuple[Span, tuple[int, int]]]:
    """A weekday of the week that was spoken of."""
    plain = read_spans(text, now)
    if len(plain) != 1 or plain[0][0].grain != "day" or _NAMES_YEAR.search(plain[0][0].surface):
        return []
    span, place = plain[0]
    if re.search(r"\d", span.surface) or not re.search(r"요일|day", span.surface):
        return []
    monday = base.since - timedelta(days=base.since.weekday())
    return [(around(monday + timedelta(days=span.since.weekday()), "day"), place)]


def _in_years_of(span: Span, base: Span, now: datetime) -> Span:
    """A month, season or day that names no year, in the year that was spoken of."""
    if span.grain not in ("month", "season", "day") or _NAMES_YEAR.search(span.surface) or span.since == date.min:
        return span
    if not re.search(r"월|겨울|여름|봄|가을|winter|summer|spring|autumn|fall|" + "|".join(_MONTHS), span.surface, re.I):
        return span
    moved = shifted(span, "year", base.since.year - span.since.year)
    if moved is not None and moved.since > now.date():
        moved = shifted(moved, "year", -1)
    return moved or span


def _months_on(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def first_day(text: str, now: datetime) -> date | None:
    """The first single day that a text names with its year."""
    for span, _ in read_spans(text, now):
        if span.grain in ("day", "hour") and (span.until - span.since).days == 1 and re.search(r"\d{4}", span.surface):
            return span.since
    return None
