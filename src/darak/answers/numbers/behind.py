"""What a number rests on: the series of its samples, or the one sample that it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

from darak.answers.numbers.samples import Samples
from darak.records.record import Origin
from darak.records.time import EPOCH, Precision, Time, day_of, offset_name

Pick = Literal["max", "min", "first", "last"]

_ORDERS: dict[Pick, str] = {
    "max": "value DESC, start", "min": "value, start", "first": "start", "last": "start DESC"
}  # fmt: skip
_SERIES = 5
"""Series that are cited at most, those with the most samples."""
_SAME = 3
"""Samples of the same extreme value that are told at most."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One sample: its time on the owner's clock (ISO 8601), its value as it was read, and where it was read."""

    time: str
    value: float
    path: str
    origin: Origin

    @property
    def place(self) -> str:
        """The file and the place in it."""
        return ", ".join(part for part in (self.origin.member or Path(self.path).name, self.origin.locator) if part)


@dataclass(frozen=True, slots=True)
class Measured:
    """The `n` samples of one series, from `first` to `last`, that a number rests on; `reading` is set when it is one.

    `unit` is that of the series.
    """

    source: str
    metric: str
    unit: str
    device: str
    n: int
    first: date
    last: date
    reading: Reading | None = None

    @property
    def time(self) -> str:
        """The time of the one sample, else the first and last day: 2024-05-01/2024-05-31."""
        if self.reading is not None:
            return self.reading.time
        return f"{self.first}" if self.first == self.last else f"{self.first}/{self.last}"

    def json(self) -> dict[str, Any]:
        """The second form of a citation: that of a record, with the series beside."""
        one = self.reading
        series = {"metric": self.metric, "unit": self.unit, "device": self.device or None, "n": self.n}
        json = {"id": None, "native_id": None, "source": self.source, "time": self.time}
        json |= {"text": self.line(), "series": series}
        if one is not None:
            where = one.origin
            origin = {"path": one.path, "file": where.file, "member": where.member, "locator": where.locator}
            json |= {"value": one.value, "origin": origin}
        return json

    def line(self) -> str:
        """`body_mass 61.4 kg`, or `steps (count), 31 samples of Watch`."""
        if self.reading is not None:
            return f"{self.metric} {self.reading.value:g} {self.unit}".strip()
        unit = f" ({self.unit})" if self.unit else ""
        device = f" of {self.device}" if self.device else ""
        return f"{self.metric}{unit}, {self.n:,} sample{'s' * (self.n != 1)}{device}"


def behind(samples: Samples) -> tuple[Measured, ...]:
    """The series that these samples are of, those with the most first."""
    rows = samples.select(
        "series, count(*), min(day), max(day)", f"GROUP BY series ORDER BY count(*) DESC, series LIMIT {_SERIES}"
    )
    return tuple(_measured(samples, series, n, first, last) for series, n, first, last in rows)


def readings(samples: Samples, pick: Pick) -> tuple[Measured, ...]:
    """The first, last, greatest or least sample; of several that are the greatest or least, the first few."""
    columns = "series, day, start, clock, zoned, precision, value, file, locator"
    rows: list[Any] = samples.select(columns, f"ORDER BY {_ORDERS[pick]} LIMIT {_SAME}")
    alike = rows[:1] if pick in ("first", "last") else [row for row in rows if row[6] == rows[0][6]]
    return tuple(_measured(samples, series, 1, day, day, _reading(samples, *told)) for series, day, *told in alike)


def _measured(samples: Samples, series: int, n: int, first: int, last: int, reading: Reading | None = None) -> Measured:
    sql = "SELECT s.name, r.metric, r.unit, r.device FROM series r JOIN source s ON s.id=r.source WHERE r.id=?"
    source, metric, unit, device = samples.vault.rows(sql, (series,))[0]
    return Measured(source, metric, unit, device, n, day_of(first), day_of(last), reading)


def _reading(
    samples: Samples, start: int, clock: int, zoned: int, precision: str, value: float, file: int, locator: str
) -> Reading:
    local = EPOCH + timedelta(milliseconds=start, seconds=clock)
    zone = offset_name(timedelta(seconds=clock)) if zoned else None
    file_hash, member, path = samples.vault.rows("SELECT hash, member, path FROM file WHERE id=?", (file,))[0]
    return Reading(Time("", local, Precision(precision), zone).iso(), value, path, Origin(member, locator, file_hash))
