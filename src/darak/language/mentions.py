"""Mentions of dates in a text, and how the named groups of a pattern become what is said.

A language brings a `Vocabulary` and patterns whose groups have these names, all optional: year, year2 (two
digits), year_word, years_ago, years_ahead; month, month_word, months_ago, months_ahead; run (a season, half or
quarter); part; nth; week_word, weeks_ago, weeks_ahead; day, day_word, days_ago, days_ahead; weekday; holiday;
pick (last, this, next); hours_ago, hours_ahead, minutes_ago, minutes_ahead; and for a stretch of time that ends
or begins now: stretch (last, next), count, unit.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from darak.language.numbers import FEW
from darak.language.periods import Part, Pick, Unit, When

Groups = Mapping[str, str | None]
T = TypeVar("T")

_UNITS: tuple[Unit, ...] = ("year", "month", "week", "day", "hour", "minute")


@dataclass(frozen=True, slots=True)
class Mention:
    """A date expression as it stands in a text, not yet resolved against a now."""

    start: int
    end: int
    when: When
    ahead: bool = False  # only where the future is spoken of: "in two weeks" is else a duration
    last: When | None = None  # the end of a range: 3~5월, March 4-6


def fold(word: str) -> str:
    """The form in which words are compared: `New Year's` and `new years`, `지난 주` and `지난주` are one."""
    return re.sub(r"[\s'’.]", "", word.lower())


def folded(table: Mapping[str, T]) -> dict[str, T]:
    """A table with folded keys; a key may hold several words, divided by commas."""
    return {fold(word): value for words, value in table.items() for word in words.split(",")}


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of these words (divided by commas), the longest first; spaces in them may vary."""
    every = sorted((word.strip() for group in words for word in group.split(",")), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s*").replace("'", "['’]?") for word in every)


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language for the groups of its patterns, with `folded` keys."""

    number: Callable[[str], int | None]
    years: Mapping[str, int]
    months: Mapping[str, int]
    month_shifts: Mapping[str, int]
    runs: Mapping[str, tuple[int, int]]
    parts: Mapping[str, Part]
    ordinals: Mapping[str, int]
    weeks: Mapping[str, int]
    days: Mapping[str, int]
    weekdays: Mapping[str, int]
    picks: Mapping[str, Pick]
    units: Mapping[str, Unit]
    holidays: Mapping[str, str]

    def read(self, groups: Groups) -> When | None:
        """What the groups say together; None when they name no time."""
        if groups.get("unit"):
            return self._stretch(groups)
        shifts: dict[Unit, int] = {}
        for unit in _UNITS:
            if (counted := self._counted(groups, unit)) is None:
                continue
            count, sign = counted
            if count is None:
                return None
            if count == FEW:
                return When(stretch=(-6, -2, unit) if sign < 0 else (2, 6, unit), vague=True)
            shifts[unit] = sign * count
            if unit in ("hour", "minute"):
                return When(stretch=(shifts[unit], shifts[unit], unit))
        month, day, year, year2 = (groups.get(name) for name in ("month", "day", "year", "year2"))
        day_shift = _first(_look_up(self.days, groups, "day_word"), shifts.get("day"))
        week_shift = _first(_look_up(self.weeks, groups, "week_word"), shifts.get("week"))
        weekday = _look_up(self.weekdays, groups, "weekday")
        if groups.get("weeks_ahead") and weekday is None and week_shift is not None:
            # What is promised in two weeks is due on a day; what was two weeks ago was in that week.
            day_shift, week_shift = 7 * week_shift, None
        return When(
            year=int(year) if year else 2000 + int(year2) if year2 else None,
            year_shift=_first(_look_up(self.years, groups, "year_word"), shifts.get("year")),
            months=(self.months[fold(month)], 1) if month else _look_up(self.runs, groups, "run"),
            month_shift=_first(_look_up(self.month_shifts, groups, "month_word"), shifts.get("month")),
            part=_look_up(self.parts, groups, "part"),
            nth_week=_look_up(self.ordinals, groups, "nth"),
            week_shift=week_shift,
            holiday=_look_up(self.holidays, groups, "holiday"),
            day=int(day) if day else None,
            day_shift=day_shift,
            weekday=weekday,
            pick=_look_up(self.picks, groups, "pick"),
        )

    def _counted(self, groups: Groups, unit: Unit) -> tuple[int | None, int] | None:
        """The count of units from now, None when it is no number, with its direction; None when none is said."""
        for direction, sign in (("ago", -1), ("ahead", 1)):
            if count := groups.get(f"{unit}s_{direction}"):
                return self.number(count), sign
        return None

    def _stretch(self, groups: Groups) -> When | None:
        unit, count = self.units[fold(groups["unit"] or "")], self.number(groups.get("count") or "1")
        if count is None or unit in ("hour", "minute"):
            return None
        count = count or 5  # a few
        ahead = _look_up(self.picks, groups, "stretch") in ("next", "coming")
        return When(stretch=(0, count, unit) if ahead else (-count, 0, unit))


def _look_up(table: Mapping[str, T], groups: Groups, name: str) -> T | None:
    word = groups.get(name)
    return table[fold(word)] if word else None


def _first(*values: int | None) -> int | None:
    return next((value for value in values if value is not None), None)
