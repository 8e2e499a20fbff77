"""The samples of the vault as values of days, each day's told once though several devices measured it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from darak.answers.numbers.metrics import Metric
from darak.records.vault import Vault

_EPOCH = date(1970, 1, 1)
_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Value:
    """One value: of a day, a measurement or a record (`n` is then its number). `count` is how many are in it."""

    day: date
    value: float
    count: int = 1
    n: int | None = None


def known_metrics(vault: Vault) -> dict[str, str]:
    """The metrics of which there are samples, with their unit."""
    return dict(vault.rows("SELECT metric, unit FROM series"))


def measurements(vault: Vault, metric: Metric, since: date | None, until: date | None) -> list[Value]:
    """Every measurement by itself, in the order of time, in the unit that is shown."""
    rows = _rows(vault, (metric.name, *metric.also), since, until)
    return [Value(_day(day), value * metric.scale) for day, _, _, _, value in rows]


def days(vault: Vault, metric: Metric, since: date | None, until: date | None) -> list[Value]:
    """One value for each day that has samples: their total or their mean, as fits the metric."""
    by_day: dict[int, list[tuple[int, int, int, float]]] = defaultdict(list)
    for day, start, end, series, value in _rows(vault, (metric.name, *metric.also), since, until):
        by_day[day].append((start, end, series, value))
    found: list[Value] = []
    for day in sorted(by_day):
        samples = by_day[day]
        mean = sum(sample[3] for sample in samples) / len(samples)
        value = _total(samples) if metric.daily == "total" else mean
        found.append(Value(_day(day), value * metric.scale, len(samples)))
    return found


def _rows(
    vault: Vault, metrics: Sequence[str], since: date | None, until: date | None
) -> Iterable[tuple[int, int, int, int, float]]:
    """Local day, start, end, series and value of the samples. What lasts, as a night does, is of the day it ends."""
    low = 0 if since is None else (since - _EPOCH).days
    high = 10_000_000 if until is None else (until - _EPOCH).days
    names = ",".join("?" * len(metrics))
    numbers = [number for (number,) in vault.rows(f"SELECT id FROM series WHERE metric IN ({names})", metrics)]
    if not numbers:
        return []
    marks = ",".join("?" * len(numbers))
    day = f"(start + max(duration, 0) + offset * 1000) / {_DAY_MS}"
    return vault.rows(
        f"SELECT {day} AS day, start, start + max(duration, 0), series, value FROM sample WHERE series IN ({marks})"
        " AND start BETWEEN ? AND ? AND day >= ? AND day < ? ORDER BY start",
        (*numbers, (low - 3) * _DAY_MS, (high + 2) * _DAY_MS, low, high),
    )


def _total(samples: list[tuple[int, int, int, float]]) -> float:
    """The sum of a day. Where devices measured the same minutes, the one that measured most of the day counts."""
    if len({series for _, _, series, _ in samples}) == 1:
        return sum(value for _, _, _, value in samples)
    sums: dict[int, float] = defaultdict(float)
    for _, _, series, value in samples:
        sums[series] += value
    taken: list[tuple[int, int]] = []
    total = 0.0
    for series in sorted(sums, key=lambda one: -sums[one]):
        mine = [(start, end) for start, end, other, _ in samples if other == series]
        for start, end, other, value in samples:
            if other == series:
                total += value * _free(start, end, taken)
        taken += mine
    return total


def _free(start: int, end: int, taken: list[tuple[int, int]]) -> float:
    """The share of a stretch of time that no stretch in `taken` covers; these may touch but hardly overlap."""
    if end <= start:
        return 0.0 if any(a <= start < b or a == start for a, b in taken) else 1.0
    covered = sum(max(0, min(end, b) - max(start, a)) for a, b in taken)
    return max(0.0, 1.0 - covered / (end - start))


def _day(number: int) -> date:
    return _EPOCH + timedelta(days=number)
