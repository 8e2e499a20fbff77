"""A series of an answer as a drawing: bars for few values, a line for many. Only geometry; the template draws it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import floor, log10
from typing import Any

from darak.language.dates import find_periods

_MOST_BARS = 24
_NAMES_YEAR = re.compile(r"\d{4}")
WIDTH, HEIGHT = 1000, 240
"""The line's own units; it is stretched to the room there is."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One value as a row: `length` from 0 to 100; `path` leads to its days, where its label names such."""

    label: str
    value: float
    length: float
    path: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars that begin at the value `start`, or the points of a line; the least and the greatest value with labels."""

    bars: tuple[Bar, ...]
    start: float
    line: str
    low: tuple[str, float]
    high: tuple[str, float]
    first: str
    last: str
    digits: int
    """Decimals with which all its values are written: two digits of what they differ by."""


def chart(points: Sequence[Mapping[str, Any]]) -> Chart | None:
    """The drawing of points with `label` and `value`; None of fewer than two.

    Bars begin at 0, or a little below the least value where the values differ little.
    """
    if len(points) < 2:
        return None
    values = [float(point["value"]) for point in points]
    low, high = min(values), max(values)
    start = min(0.0, low) if low < 0 or high <= 0 or (high - low) > 0.25 * high else low - (high - low or high) * 0.5
    reach = high - start or 1.0
    bars: tuple[Bar, ...] = ()
    line = ""
    if len(points) <= _MOST_BARS:
        bars = tuple(
            Bar(str(point["label"]), value, round(100 * (value - start) / reach, 1), path_of(str(point["label"])))
            for point, value in zip(points, values, strict=True)
        )
    else:
        step = WIDTH / (len(points) - 1)
        span = high - low or 1.0
        line = " ".join(
            f"{place * step:.1f},{HEIGHT - 8 - (HEIGHT - 16) * (value - low) / span:.1f}"
            for place, value in enumerate(values)
        )
    labels = [str(point["label"]) for point in points]
    return Chart(
        bars=bars,
        start=start,
        line=line,
        low=(labels[values.index(low)], low),
        high=(labels[values.index(high)], high),
        first=labels[0],
        last=labels[-1],
        digits=_digits(high - low),
    )


def _digits(spread: float) -> int:
    return max(0, min(2, 1 - floor(log10(spread)))) if spread > 0 else 2


def path_of(label: str) -> str:
    """Where the records of the year, month or day lie that a label names, as 2024, May 2024; empty for others."""
    found = find_periods(label, datetime(2000, 1, 1))
    if len(found) != 1 or not _NAMES_YEAR.search(label):
        return ""
    since, until = found[0].since, found[0].until
    for parts, length in ((1, 365), (2, 28), (3, 1)):
        if since.timetuple()[parts:3] == (1,) * (3 - parts) and length <= (until - since).days <= length * 1.11:
            return "/timeline/" + "/".join(map(str, since.timetuple()[:parts]))
    return ""
