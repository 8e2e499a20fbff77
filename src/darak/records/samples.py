"""Samples as the vault keeps them: reading them back, their times, and what one is known by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, cast

import apsw
from msgspec.structs import replace

from darak.records.record import Origin, Sample
from darak.records.time import EPOCH, Precision, Time, ZoneSource, local_seconds, offset_name, zone_info


class StoredSample(NamedTuple):
    """One row of the vault: `start` and `duration` in milliseconds (duration -1 without an end), `offset` in
    seconds east of UTC, `zoned` 0 when the offset is assumed, `file` and `locator` where it was read."""

    source: str
    account: str
    metric: str
    unit: str
    device: str
    start: int
    duration: int
    value: float
    offset: int
    zoned: int
    precision: str
    file: int
    locator: str

    def day(self) -> str:
        """The day it began, on its own clock."""
        return (EPOCH + timedelta(milliseconds=self.start, seconds=self.offset)).date().isoformat()

    def identity(self) -> bytes:
        return sample_identity(
            self[:5], start=self.start, duration=self.duration, value=self.value, offset=self.offset, zoned=self.zoned
        )

    def value_of(self, owner_zone: str) -> Sample:
        """The sample itself, with its times as exact as they are stored; its origin is only the locator."""
        time, end = self._times(owner_zone)
        return Sample(
            source=self.source,
            account=self.account,
            metric=self.metric,
            value=self.value,
            unit=self.unit,
            time=time,
            end=end,
            device=self.device,
            origin=Origin("", self.locator),
        )

    def _times(self, owner_zone: str) -> tuple[Time, Time | None]:
        local = EPOCH + timedelta(milliseconds=self.start, seconds=self.offset)
        begin = self._time(local, Precision(self.precision))
        if self.duration < 0:
            return begin, None
        instant = EPOCH + timedelta(milliseconds=self.start + self.duration)
        offset = timedelta(seconds=self.offset)
        if not self.zoned:
            here = instant.replace(tzinfo=zone_info("UTC")).astimezone(zone_info(owner_zone))
            offset = here.utcoffset() or timedelta()
        return begin, self._time(instant + offset, Precision.SECOND)

    def _time(self, local: datetime, precision: Precision) -> Time:
        finest = max(_FINENESS.index(precision), _FINENESS.index(_needed(local)))
        offset = timedelta(seconds=self.offset)
        zone = (offset_name(offset) if offset else "UTC") if self.zoned else None
        source = ZoneSource.EXPLICIT if self.zoned else ZoneSource.ASSUMED
        time = Time("", local, _FINENESS[finest], zone, source)
        return replace(time, written=time.iso())


_FINENESS = tuple(precision for precision in Precision if precision is not Precision.UNKNOWN)


def _needed(local: datetime) -> Precision:
    """The least precision that writes this wall clock without loss."""
    if local.microsecond:
        return Precision.MILLISECOND
    if local.second:
        return Precision.SECOND
    if local.hour or local.minute:
        return Precision.MINUTE
    if local.day > 1:
        return Precision.DAY
    return Precision.MONTH if local.month > 1 else Precision.YEAR


def sample_identity(
    series: Sequence[str], *, start: int, duration: int, value: float, offset: int, zoned: int
) -> bytes:
    """What a sample is known by when it is forgotten: everything but the place it was read from.

    `series` is source, account, metric, unit and device. A sample without a zone is known by its wall clock, so that
    a corrected zone does not make it another.
    """
    when = f"{start}" if zoned else f"local {start + offset * 1000}"
    return "\x1f".join(("sample", *series, when, str(duration), repr(float(value)))).encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class SampleScope:
    """Samples of any of these sources and metrics (all when empty) on days, by their own clock, before `until`."""

    sources: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def condition(self) -> tuple[str, list[Any]]:
        """The same as an SQL condition on table `sample`, with its values."""
        parts: list[str] = ["1"]
        values: list[Any] = []
        for column, names in (("s.name", self.sources), ("r.metric", self.metrics)):
            if names:
                marks = ",".join("?" * len(names))
                parts.append(
                    f"series IN (SELECT r.id FROM series r JOIN source s ON s.id=r.source WHERE {column} IN ({marks}))"
                )
                values += names
        for sign, day in ((">=", self.since), ("<", self.until)):
            if day is not None:
                parts.append(f"start + offset*1000 {sign} ?")
                values.append(local_seconds(datetime.combine(day, datetime.min.time())) * 1000)
        return " AND ".join(parts), values


EVERY_SAMPLE = SampleScope()


def stored_samples(db: apsw.Connection, scope: SampleScope = EVERY_SAMPLE) -> Iterator[StoredSample]:
    """The samples of a scope, ordered by series and time."""
    condition, values = scope.condition()
    sql = (
        "SELECT s.name, s.account, r.metric, r.unit, r.device, m.start, m.duration, m.value, m.offset, m.zoned,"
        " m.precision, m.file, m.locator FROM sample m JOIN series r ON r.id=m.series JOIN source s ON s.id=r.source"
        f" WHERE {condition} ORDER BY s.name, s.account, r.metric, r.unit, r.device, m.start, m.duration, m.value"
    )
    for row in db.cursor().execute(sql, values):
        yield StoredSample(*cast(tuple[Any, ...], row))
