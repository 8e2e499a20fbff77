"""Date expressions in Korean and English text, resolved against a moment."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from darak.language.dates_english import english_mentions
from darak.language.dates_korean import korean_mentions
from darak.language.dates_numeric import numeric_mentions
from darak.language.mentions import Mention
from darak.language.nearby import just_before
from darak.language.periods import WEEKEND, Grain, Hours, Period, Prefer, When, resolve, widened
from darak.language.roles import Role, role_beside
from darak.language.times import time_beside

_between = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
_from = re.compile(r"\bfrom\s+(?:the\s+)?$", re.IGNORECASE)
_to = re.compile(r"\s*(?:[-–—~]|to|until|till|through|thru|up\s+to|부터|에서)\s*(?:the\s+)?", re.IGNORECASE)
_and = re.compile(r"\s*(?:and|&|과|와|하고|이랑|랑|에서|부터)\s*(?:the\s+)?", re.IGNORECASE)
_in_between = re.compile(r"\s*(?:의\s*)?사이(?:에)?")
_months = "jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec"
# What no pattern of dates reads, because there is none such.
_impossible = re.compile(
    r"\byear\s+(?:0+|\d{5,})\b|(?<![\d,.])(?:0+|\d{5,})\s*년(?=에|도|의|은|,|\s+\d|\s+무슨)|(?<![\d,.])(?:0+|1[3-9]|[2-9]\d)\s?월(?![급세간드])"
    r"|\d{1,2}\s?월\s?(?:0+|3[2-9]|[4-9]\d)\s?일"
    rf"|\b(?:0|3[2-9]|[4-9]\d)(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_months})[a-z]*\b"
    rf"|\b(?:{_months})[a-z]*\s+(?:0|3[2-9]|[4-9]\d)(?:st|nd|rd|th)?\b(?!\s*(?:%|\w*s\b))",
    re.IGNORECASE,
)
_begins = re.compile(r"\d|[가-힣]|[A-Za-z]{3}")


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date as said in a text and the days it means: `since` is the first, `until` the day after the last.

    The role tells how the words use the date, and the days already follow it: "before 2019" ends with 2018 and
    begins with `date.min`; "since 2020" runs up to and with today, or to `date.max` when it begins in the future;
    "until Friday" begins today when that Friday is to come; "around" has slack added on both sides.
    `since_time` is a time on the first day, `until_time` on the last (None: its end).
    """

    surface: str
    span: tuple[int, int]
    since: date
    until: date
    grain: Grain
    role: Role
    relative: bool
    since_time: time | None = None
    until_time: time | None = None


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A mention with its surroundings; `last` is the end of a range."""

    start: int
    end: int
    when: When
    role: Role
    last: When | None


def find_periods(text: str, now: datetime, prefer: Prefer = "past") -> list[DateExpression]:
    """The date expressions of a text, in order.

    `now` is the moment at which the text was said: of asking for a question, its own time for a record.
    `prefer` tells which one a bare month, day or weekday means: the latest that has begun, the next to come, or
    the nearest. A duration ahead ("in two weeks") is a date only where the past is not preferred.
    """
    phrases = _ranges(text, [_in_phrase(text, mention) for mention in _mentions(text, prefer)])
    found = (_expression(text, phrase, now, prefer) for phrase in phrases)
    return [expression for expression in found if expression]


def impossible_days(text: str, now: datetime) -> tuple[str, ...]:
    """The days, months and years that a text names and no calendar has: 30 February, 4월 31일, 13월, year 0."""
    named = [text[m.start : m.end] for m in _mentions(text, "past") if _is_impossible(m, now)]
    return tuple(named or (match[0] for match in _impossible.finditer(text)))


def _is_impossible(mention: Mention, now: datetime) -> bool:
    named = (when for when in (mention.when, mention.last) if when and when.day is not None)
    return any(resolve(when, now, "nearest") is None for when in named)


def _mentions(text: str, prefer: Prefer) -> list[Mention]:
    """What a text says about time, as far as it is meant as a date."""
    if not _begins.search(text):
        return []
    mentions = [m for read in (english_mentions, korean_mentions, numeric_mentions) for m in read(text)]
    return _apart(m for m in mentions if not (m.ahead and prefer == "past"))


def _apart(mentions: Iterable[Mention]) -> list[Mention]:
    """The longest mentions that do not overlap, in order."""
    chosen: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        if all(mention.end <= other.start or other.end <= mention.start for other in chosen):
            chosen.append(mention)
    return sorted(chosen, key=lambda m: m.start)


def _in_phrase(text: str, mention: Mention) -> _Phrase:
    """A mention with the time of day and the role that stand beside it."""
    start, end, when = mention.start, mention.end, mention.when
    days = (when.day, when.day_shift, when.holiday, when.weekday if when.weekday != WEEKEND else None)
    if when.hours is None and any(day is not None for day in days) and (beside := time_beside(text, start, end)):
        hours, start, end = beside
        when = replace(when, hours=hours)
    role, start, end = role_beside(text, start, end)
    if role in ("until", "before") and when.hours and (when.hours.point or role == "before"):
        when = replace(when, hours=Hours(time(), when.hours.since))
    if when.vague and role == "in":
        role = "around"
    return _Phrase(start, end, when, role, mention.last)


def _ranges(text: str, phrases: list[_Phrase]) -> list[_Phrase]:
    """Two dates that are said as one range become one: `from March to May`, `3월부터 5월까지`."""
    joined: list[_Phrase] = []
    for phrase in phrases:
        if joined and phrase.start < joined[-1].end:  # a time of day between two dates is the first one's
            phrase = replace(phrase, start=joined[-1].end)
        if joined and not joined[-1].last and not phrase.last and (pair := _range(text, joined[-1], phrase)):
            joined[-1] = pair
        else:
            joined.append(phrase)
    return joined


def _range(text: str, first: _Phrase, last: _Phrase) -> _Phrase | None:
    gap, start, end = text[first.end : last.start], first.start, last.end
    opened = just_before(_from, text, start)
    if (between := just_before(_between, text, start)) and _and.fullmatch(gap):
        start = between.start()
    elif _and.fullmatch(gap) and (closed := _in_between.match(text, end)):
        end = closed.end()
    elif first.role in ("in", "since") and (
        (_to.fullmatch(gap) and last.role in ("in", "until"))
        or (not gap.strip() and last.role == "until" and (first.role == "since" or opened))
    ):
        start = opened.start() if opened else start
    else:
        return None
    return _Phrase(start, end, first.when, "in", last.when)


def _expression(text: str, phrase: _Phrase, now: datetime, prefer: Prefer) -> DateExpression | None:
    period = _resolved(phrase, now, prefer)
    if period is None or period.since >= period.until:
        return None
    return DateExpression(
        surface=text[phrase.start : phrase.end],
        span=(phrase.start, phrase.end),
        since=period.since,
        until=period.until,
        grain=period.grain,
        role=phrase.role,
        relative=phrase.when.relative,
        since_time=period.since_time,
        until_time=period.until_time,
    )


def _resolved(phrase: _Phrase, now: datetime, prefer: Prefer) -> Period | None:
    if phrase.last:
        return _resolved_range(phrase.when, phrase.last, now, prefer)
    period = resolve(phrase.when, now, prefer)
    if period is None or (phrase.when.vague and phrase.role == "around"):
        return period
    return _in_role(period, phrase.role, now.date())


def _resolved_range(first: When, last: When, now: datetime, prefer: Prefer) -> Period | None:
    """From the first day of the first to the last day of the last; each lends the other what is said once."""
    year_of_last = (last.year, last.year_shift)
    if first.year is None and first.year_shift is None and year_of_last != (None, None) and not first.relative:
        first = replace(first, year=last.year, year_shift=last.year_shift)
    elif year_of_last == (None, None) and not last.relative:
        last = replace(last, year=first.year, year_shift=first.year_shift)
    if last.day is not None and not (last.months or last.month_shift is not None):
        last = replace(last, months=first.months, month_shift=first.month_shift)
    if last.weekday is not None and last.week_shift is None and first.week_shift is not None:
        last = replace(last, week_shift=first.week_shift)
    begin = resolve(first, now, prefer)
    if begin is None:
        return None
    named_after_first = not last.relative and last.year is None
    base = datetime.combine(begin.since, time()) if named_after_first else now
    end = resolve(last, base, "future" if named_after_first else prefer)
    if end and end.until <= begin.since and first.year is not None and first.year == last.year:
        end = resolve(replace(last, year=first.year + 1), now, prefer)
    if end is None or end.until <= begin.since:
        return None
    return Period(begin.since, end.until, end.grain, begin.since_time, end.until_time)


def _in_role(period: Period, role: Role, today: date) -> Period:
    open_end = today + timedelta(days=1)
    if role == "since":
        until = open_end if period.since <= today else date.max
        return replace(period, until=until, until_time=None)
    if role == "after":
        until = open_end if period.until <= today else date.max
        return replace(period, since=period.until, until=until, since_time=period.until_time, until_time=None)
    if role in ("until", "before"):
        until = period.until if role == "until" or period.until_time else period.since
        since = today if today < min(period.since, until) else date.min
        return replace(period, since=since, until=until, since_time=None)
    return widened(period) if role == "around" else period
