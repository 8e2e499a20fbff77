"""When an event repeats: a rule of RFC 5545 (RRULE), unfolded day by day as far as it is asked for.

A rule may never come true (each 30 February), so every step here is one day, week, month or year nearer to the end
that is asked for. Rules of hours and minutes, of numbered weeks and of days of the year are not read.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Literal, cast

Frequency = Literal["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BY_DAY = re.compile(rf"([+-]?\d{{1,2}})?({'|'.join(_WEEKDAYS)})")
_CLOCK = ("BYHOUR", "BYMINUTE", "BYSECOND")  # say nothing new: the time of day is that of the beginning
_READ = frozenset(("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", *_CLOCK))


@dataclass(frozen=True, slots=True)
class Rule:
    """`weekdays` are (which of them, 0 for each; Monday is 0); negative numbers count from the end. `until` is as
    written: 20240630, 20240630T145959Z."""

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: str | None = None
    weekdays: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0


def read_rule(text: str) -> Rule | None:
    """The rule that is written; None when it is none, or of a kind that is not read."""
    parts = dict(part.strip().upper().split("=", 1) for part in text.split(";") if "=" in part)
    if parts.get("FREQ") not in _FREQUENCIES or not parts.keys() <= _READ:
        return None
    by_day = [_BY_DAY.fullmatch(day.strip()) for day in parts.get("BYDAY", "").split(",") if day.strip()]
    try:
        numbers = {
            key: tuple(int(number) for number in parts[key].split(","))
            for key in ("INTERVAL", "COUNT", "BYMONTHDAY", "BYMONTH", "BYSETPOS")
            if key in parts
        }
        weekdays = tuple((int(day[1] or 0), _WEEKDAYS.index(day[2])) for day in by_day if day)
        week_start = _WEEKDAYS.index(parts.get("WKST", "MO"))
    except ValueError:
        return None
    interval = numbers.get("INTERVAL", (1,))[0]
    if interval < 1 or None in by_day:
        return None
    return Rule(
        cast("Frequency", parts["FREQ"]),
        interval,
        numbers["COUNT"][0] if "COUNT" in numbers else None,
        parts.get("UNTIL"),
        weekdays,
        numbers.get("BYMONTHDAY", ()),
        numbers.get("BYMONTH", ()),
        numbers.get("BYSETPOS", ()),
        week_start,
    )


def days_of(rule: Rule, start: date, until: date) -> Iterator[date]:
    """The days on which something that begins on `start` repeats, itself among them, before `until` and as often as
    the rule's count says. The rule's own `until` is a moment, and the caller's to heed."""
    days = (day for period in _periods(rule, start, until) for day in period if start <= day < until)
    return islice(days, rule.count)


def _periods(rule: Rule, start: date, until: date) -> Iterator[list[date]]:
    """The days of each period that the rule has, in order: one list a day, week, month or year."""
    if rule.frequency == "DAILY":
        for number in range(start.toordinal(), until.toordinal(), rule.interval):
            day = date.fromordinal(number)
            yield [day] if _fits(rule, day) else []
    elif rule.frequency == "WEEKLY":
        monday = start - timedelta((start.weekday() - rule.week_start) % 7)
        wanted = {weekday for _, weekday in rule.weekdays} or {start.weekday()}
        for number in range(monday.toordinal(), until.toordinal(), 7 * rule.interval):
            week = (date.fromordinal(number + at) for at in range(7))
            yield [day for day in week if day.weekday() in wanted and (not rule.months or day.month in rule.months)]
    elif rule.frequency == "MONTHLY":
        for number in range(start.year * 12 + start.month - 1, until.year * 12 + until.month, rule.interval):
            year, month = divmod(number, 12)
            if not rule.months or month + 1 in rule.months:
                yield _chosen(rule, _in_month(rule, year, month + 1, start))
    else:
        for year in range(start.year, until.year + 1, rule.interval):
            yield _chosen(rule, _in_year(rule, year, start))


def _fits(rule: Rule, day: date) -> bool:
    last = monthrange(day.year, day.month)[1]
    return (
        (not rule.months or day.month in rule.months)
        and (not rule.month_days or day.day in rule.month_days or day.day - last - 1 in rule.month_days)
        and (not rule.weekdays or day.weekday() in {weekday for _, weekday in rule.weekdays})
    )


def _in_month(rule: Rule, year: int, month: int, start: date) -> list[date]:
    last = monthrange(year, month)[1]
    days = [date(year, month, day) for day in range(1, last + 1)]
    if rule.month_days:
        days = [day for day in days if day.day in rule.month_days or day.day - last - 1 in rule.month_days]
    if rule.weekdays:
        days = _on_weekdays(days, rule, date(year, month, 1), date(year, month, last))
    elif not rule.month_days:
        days = [day for day in days if day.day == start.day]
    return days


def _in_year(rule: Rule, year: int, start: date) -> list[date]:
    if rule.weekdays and not rule.months and not rule.month_days:
        first, last = date(year, 1, 1), date(year, 12, 31)
        days = [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]
        return _on_weekdays(days, rule, first, last)
    months = rule.months or (tuple(range(1, 13)) if rule.month_days else (start.month,))
    return [day for month in sorted(set(months)) if 1 <= month <= 12 for day in _in_month(rule, year, month, start)]


def _on_weekdays(days: list[date], rule: Rule, first: date, last: date) -> list[date]:
    """Those of the days that are such weekdays: each, or the nth in the month or year from `first` to `last`."""

    def wanted(day: date) -> bool:
        places = (0, (day - first).days // 7 + 1, -((last - day).days // 7) - 1)
        return any(weekday == day.weekday() and nth in places for nth, weekday in rule.weekdays)

    return [day for day in days if wanted(day)]


def _chosen(rule: Rule, days: list[date]) -> list[date]:
    """The days at the rule's positions: the last working day of a month."""
    if not rule.positions:
        return days
    at = {number - 1 if number > 0 else len(days) + number for number in rule.positions}
    return [day for place, day in enumerate(days) if place in at]
