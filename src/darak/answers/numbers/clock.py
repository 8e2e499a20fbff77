"""The owner's clock for samples that were stamped in bare UTC, which tells no clock of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from darak.records.time import EPOCH, zone_info
from darak.records.vault import Vault

_STEP = timedelta(days=7)
_MINUTE = timedelta(minutes=1)


def offset_sql(vault: Vault, series: Sequence[int]) -> str:
    """Seconds east of UTC of a row of table `sample`, in SQL: the offset it brought, else that of the owner's zone.

    A sample of offset 0 is a bare instant: apps that write in UTC do so wherever their owner is.
    """
    zone, marks = vault.zone, ",".join("?" * len(series))
    sql = f"SELECT min(start), max(start) FROM sample WHERE series IN ({marks}) AND offset=0 AND zoned=1"
    low, high = vault.rows(sql, series)[0]
    if low is None or zone == "UTC":
        return "offset"
    *changes, last = _offsets(zone, _moment(low), _moment(high))
    cases = "".join(f" WHEN start < {until} THEN {seconds}" for until, seconds in changes)
    here = f"CASE{cases} ELSE {last[1]} END" if cases else str(last[1])
    return f"CASE WHEN offset=0 AND zoned=1 THEN {here} ELSE offset END"


def _offsets(zone: str, low: datetime, high: datetime) -> Iterator[tuple[int, int]]:
    """The zone's offsets from one instant to another: until when (milliseconds since 1970), and seconds east."""

    def seconds(at: datetime) -> int:
        offset = at.replace(tzinfo=UTC).astimezone(zone_info(zone)).utcoffset()
        return int((offset or timedelta()).total_seconds())

    at = low
    while at < high:
        after = min(at + _STEP, high)
        if seconds(after) != seconds(at):
            before, changed = at, after
            while changed - before > _MINUTE:
                middle = before + (changed - before) / 2
                before, changed = (middle, changed) if seconds(middle) == seconds(at) else (before, middle)
            yield (changed.replace(second=0, microsecond=0) - EPOCH) // timedelta(milliseconds=1), seconds(at)
        at = after
    yield 0, seconds(high)


def _moment(milliseconds: int) -> datetime:
    return EPOCH + timedelta(milliseconds=milliseconds)
