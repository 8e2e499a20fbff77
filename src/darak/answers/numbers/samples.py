"""The samples of the vault as values of days, each day's told once though several devices measured it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from darak.answers.numbers.clock import offset_sql
from darak.answers.numbers.metrics import Metric
from darak.records.time import day_number, day_of
from darak.records.vault import Vault

_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Value:
    """One value: of a day, a measurement or a record (`n` is then its number). `count` is how many are in it."""

    day: date
    value: float
    count: int = 1
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Samples:
    """The samples of one metric on the days from `since` to before `until`, any day where these are None.

    A day is the owner's own. What lasts, as a night does, is of the day it ends.
    """

    vault: Vault
    metric: Metric
    since: date | None = None
    until: date | None = None

    def days(self) -> list[Value]:
        """One value for each day that has samples, in the unit that is shown: their total or their mean."""
        if self.metric.daily == "mean":
            rows = self.select("day, avg(value), count(*)", "GROUP BY day ORDER BY day")
            return [Value(day_of(day), mean * self.metric.scale, count) for day, mean, count in rows]
        by_day: dict[int, list[_Stretch]] = defaultdict(list)
        for day, start, end, series, value in self.select("day, start, start + max(duration, 0), series, value", ""):
            by_day[day].append((start, end, series, value))
        return [Value(day_of(day), _total(by_day[day]) * self.metric.scale, len(by_day[day])) for day in sorted(by_day)]

    def select(self, columns: str, rest: str) -> list[tuple[Any, ...]]:
        """A query over the samples. `columns` and `rest` may use `clock`, seconds east of UTC on the owner's clock, and
        `day`, the number of the owner's day since 1970."""
        low = 0 if self.since is None else day_number(self.since)
        high = 10_000_000 if self.until is None else day_number(self.until)
        numbers = self.series()
        if not numbers:
            return []
        day = f"(start + max(duration, 0) + clock * 1000) / {_DAY_MS}"
        return self.vault.rows(
            f"SELECT {columns} FROM (SELECT *, {day} AS day FROM (SELECT *, {offset_sql(self.vault, numbers)} AS clock"
            f" FROM sample WHERE series IN ({','.join('?' * len(numbers))}) AND start BETWEEN ? AND ?))"
            f" WHERE day >= ? AND day < ? {rest}",
            (*numbers, (low - 3) * _DAY_MS, (high + 2) * _DAY_MS, low, high),
        )

    def series(self) -> list[int]:
        """The numbers of the series that hold the metric, or a part of it."""
        names = (self.metric.name, *self.metric.also)
        marks = ",".join("?" * len(names))
        return [number for (number,) in self.vault.rows(f"SELECT id FROM series WHERE metric IN ({marks})", names)]


def known_metrics(vault: Vault) -> dict[str, str]:
    """The metrics of which there are samples, with their unit."""
    return dict(vault.rows("SELECT metric, unit FROM series"))


_Stretch = tuple[int, int, int, float]
"""Start and end in milliseconds, series, value."""


def _total(samples: Sequence[_Stretch]) -> float:
    """The sum of a day. Where devices measured the same minutes, the one that measured most of the day counts."""
    by_series: dict[int, list[_Stretch]] = defaultdict(list)
    for one in samples:
        by_series[one[2]].append(one)
    most, *others = sorted(by_series.values(), key=lambda some: -sum(one[3] for one in some))
    total = sum(one[3] for one in most)
    taken = _Taken((start, end) for start, end, _, _ in most)
    for mine in others:
        total += sum(value * taken.free(start, end) for start, end, _, value in mine)
        taken = _Taken((*taken.stretches, *((start, end) for start, end, _, _ in mine)))
    return total


class _Taken:
    """Stretches of time that were measured already, as few as hold them all, in order."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        merged: list[tuple[int, int]] = []
        for start, end in sorted(stretches):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        self.stretches = merged
        self._starts = [start for start, _ in merged]

    def free(self, start: int, end: int) -> float:
        """The share of a stretch, or of a moment, that is not taken."""
        at = max(0, bisect_right(self._starts, start) - 1)
        if end <= start:
            return 0.0 if any(a <= start < b or a == start for a, b in self.stretches[at : at + 1]) else 1.0
        covered = 0
        for a, b in self.stretches[at:]:
            if a >= end:
                break
            covered += max(0, min(end, b) - max(start, a))
        return max(0.0, 1.0 - covered / (end - start))
