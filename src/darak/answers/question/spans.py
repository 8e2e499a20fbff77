"""The days a question means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from darak.answers.plan import Span
from darak.language.dates import DateExpression, find_periods

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
# What is asked of days to come, so that a day without its year is the next one: what is on, what is planned.
_AHEAD = re.compile(
    r"(?:있어|있지|있나|있니|있을까|있어요)\s*[?？]?\s*$|예정|일정이?\s*(?:뭐|있|알려|보여)"
    r"|\b(?:do\s+(?:i|we)\s+have|am\s+i|are\s+we|will|what['’]?s\s+on|is\s+on|is\s+there|going\s+to|planned|upcoming)\b",
    re.IGNORECASE,
)
# These mean one year of the calendar and no other.
_NAMES_YEAR = re.compile(r"재작년|before\s+last", re.IGNORECASE)
_PARTICLE = re.compile(r"(?:에는|에|엔|은|는)(?=\s|$)")
_SLACK = timedelta(days=200)


_THROUGHOUT = re.compile(r"(?<=[년월주해])\s*(?:동안|내내)(?![가-힣])")
_YEAR_AFTER = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d).{0,24}?(?P<after>이듬해|그?\s*다음\s*해|the\s+(?:following|next)\s+year)",
    re.I,
)


def read_spans(text: str, now: datetime) -> list[tuple[Span, tuple[int, int]]]:
    """The periods that a question names, with where they stand. Open ones reach to the calendar's ends."""
    plain = _THROUGHOUT.sub(lambda match: "에".ljust(len(match[0])), text)
    longer, at = 0, len(plain)
    if match := _YEAR_AFTER.search(plain):
        named = f"{int(match['year']) + 1}년" if "해" in match["after"] else str(int(match["year"]) + 1)
        start, end = match.span("after")
        plain, at, longer = plain[:start] + named + plain[end:], start, len(named) - (end - start)

    def back(position: int) -> int:
        return position if position <= at else max(at, position - longer)

    found = _of_one_year(find_periods(plain, now.replace(tzinfo=None), "future" if _AHEAD.search(plain) else "past"))
    return [(_span(one, now.date()), (back(one.span[0]), _after_particle(text, back(one.span[1])))) for one in found]


def _after_particle(text: str, end: int) -> int:
    """Where a period ends with the particle that stands at it: 재작년엔."""
    particle = _PARTICLE.match(text, end) if end and "가" <= text[end - 1] <= "힣" else None
    return particle.end() if particle else end


def _of_one_year(found: Sequence[DateExpression]) -> list[DateExpression]:
    """Months said with their year once: April or May 2024, 2024년 4월이랑 5월."""
    years = {one.since.year for one in found if _YEAR.search(one.surface)}
    bare = [one for one in found if one.grain == "month" and not one.relative and not _YEAR.search(one.surface)]
    if len(years) != 1 or not bare:
        return list(found)
    (year,) = years
    return [_in_year(one, year) if one in bare else one for one in found]


def _in_year(one: DateExpression, year: int) -> DateExpression:
    shift = year - one.since.year
    until = one.until.replace(year=one.until.year + shift)
    return replace(one, since=one.since.replace(year=year), until=until)


def _span(one: DateExpression, today: date) -> Span:
    """Years counted back from now are seldom counted exactly: "three years ago" may be half a year off."""
    years_back = today.year - one.since.year
    loose = one.relative and one.grain == "year" and one.role in ("in", "around") and years_back >= 2
    loose = loose and (one.until - one.since).days > 300 and not _NAMES_YEAR.search(one.surface)
    if loose:
        middle = date(today.year - years_back, today.month, min(today.day, 28))
        since, until = min(one.since, middle - _SLACK), max(one.until, middle + _SLACK)
        return Span(one.surface, since, until, "year", vague=True, exact=(one.since, one.until))
    return Span(one.surface, one.since, one.until, one.grain, vague=one.role == "around")
