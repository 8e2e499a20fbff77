"""Sums, means, courses and comparisons of dated values. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, stdev

from darak.answers.numbers.samples import Value
from darak.answers.plan import Group

SEASONS = ("winter", "spring", "summer", "autumn")


@dataclass(frozen=True, slots=True)
class Part:
    """The values of one month, year or season; `key` sorts them, as (2024, 3) for March 2024."""

    key: tuple[int, ...]
    values: tuple[Value, ...]

    @property
    def total(self) -> float:
        return sum(value.value for value in self.values)

    @property
    def mean(self) -> float:
        return fmean(value.value for value in self.values)


def season(day: date) -> tuple[int, int]:
    """The year and number of a day's season; winter is 0 and belongs to the year of its December."""
    number = day.month % 12 // 3
    return (day.year - 1 if day.month < 3 else day.year, number)


_KEYS: dict[Group, Callable[[date], tuple[int, ...]]] = {
    "day": lambda day: (day.year, day.month, day.day),
    "week": lambda day: day.isocalendar()[:2],
    "month": lambda day: (day.year, day.month),
    "year": lambda day: (day.year,),
    "season": season,
    "weekday": lambda day: (day.weekday(),),
}


def grouped(values: Sequence[Value], group: Group) -> list[Part]:
    """The values by month, year, … in their order."""
    parts: dict[tuple[int, ...], list[Value]] = defaultdict(list)
    key = _KEYS[group]
    for value in values:
        parts[key(value.day)].append(value)
    return [Part(k, tuple(parts[k])) for k in sorted(parts)]


def each_day(values: Sequence[Value]) -> list[Value]:
    """The total of each day from the first to the last, 0 where there is none."""
    totals: dict[date, float] = defaultdict(float)
    for value in values:
        totals[value.day] += value.value
    first, last = min(totals).toordinal(), max(totals).toordinal()
    days = (date.fromordinal(day) for day in range(first, last + 1))
    return [Value(day, totals.get(day, 0.0)) for day in days]


def differ(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether the means of two groups differ by more than chance: Welch's t of at least 2."""
    error = (_error(one) + _error(other)) ** 0.5
    apart = abs(fmean(one) - fmean(other))
    return apart >= 2 * error if error else apart > 0


def _error(values: Sequence[float]) -> float:
    return stdev(values) ** 2 / len(values)


_CRITICAL = {3: 12.7, 4: 4.3, 5: 3.2, 6: 2.8}
"""Student's t for few values, two-sided at 95 % with n - 2 degrees of freedom."""


@dataclass(frozen=True, slots=True)
class Trend:
    """A straight line through the values by least squares: its change in a year, and how sure that is.

    `t` is the slope over its standard error, of `n` values; beyond the critical value in either direction the course
    is no accident. `days` are from the first value to the last.
    """

    per_year: float
    t: float
    n: int
    days: int

    @property
    def direction(self) -> int:
        return 0 if abs(self.t) < _CRITICAL.get(self.n, 2.6) else (1 if self.per_year > 0 else -1)


def trend(values: Sequence[Value]) -> Trend | None:
    """The line through at least three values of different days."""
    if len({value.day for value in values}) < 3:
        return None
    xs = [value.day.toordinal() / 365.25 for value in values]
    ys = [value.value for value in values]
    mean_x, mean_y = fmean(xs), fmean(ys)
    spread = sum((x - mean_x) ** 2 for x in xs)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / spread
    rest = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in zip(xs, ys, strict=True))
    error = (rest / (len(xs) - 2) / spread) ** 0.5
    days = round((max(xs) - min(xs)) * 365.25)
    if not error:  # on one line; inf * 0 would be no number
        return Trend(slope, float("inf") * (1 if slope > 0 else -1) if slope else 0.0, len(xs), days)
    return Trend(slope, slope / error, len(xs), days)


@dataclass(frozen=True, slots=True)
class SeasonalRise:
    """The season in which a value is highest year after year: in how many of the years, and by how much."""

    season: int
    years: int
    of: int
    mean: float
    other: float


def seasonal_rise(values: Sequence[Value]) -> SeasonalRise | None:
    """The season whose mean is above the rest of its year in nearly every year; None when there is none.

    A year here runs from winter to autumn and counts when it has values of this season and of two others. The
    difference must be above half of the values' own spread, so that noise makes no season.
    """
    by_year: dict[int, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for value in values:
        year, number = season(value.day)
        by_year[year if number else year + 1][number].append(value.value)
    if len(values) < 8:
        return None
    best: SeasonalRise | None = None
    for number in range(4):
        years = [parts for parts in by_year.values() if number in parts and len(parts) >= 3]
        if len(years) < 2:
            continue
        own = [fmean(parts[number]) for parts in years]
        rest = [fmean([v for other, vs in parts.items() if other != number for v in vs]) for parts in years]
        above = sum(a > b for a, b in zip(own, rest, strict=True))
        rise = SeasonalRise(number, above, len(years), fmean(own), fmean(rest))
        if above >= 0.8 * len(years) and (best is None or rise.mean - rise.other > best.mean - best.other):
            best = rise
    if best is None or best.mean - best.other < 0.5 * stdev(value.value for value in values):
        return None
    return best
