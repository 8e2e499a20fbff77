"""The times of a FIT file on the clock of its owner."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from darak.records.time import Precision, Time, from_datetime, offset_name

_LARGEST_OFFSET = timedelta(hours=14)


class Clock:
    """Brings times of a device to the owner's clock, which an activity's message tells beside the instant."""

    def __init__(self) -> None:
        self._offset: timedelta | None = None
        self._since: tuple[int, datetime] | None = None

    def learn(self, values: dict[str, Any]) -> None:
        stamp, local = values.get("timestamp"), values.get("local_timestamp")
        if not isinstance(local, datetime):
            return
        local = local.replace(tzinfo=None)
        if isinstance(stamp, int):
            self._since = (stamp, local)
        elif isinstance(stamp, datetime):
            quarters = round((local - stamp.replace(tzinfo=None)) / timedelta(minutes=15))
            offset = quarters * timedelta(minutes=15)
            if abs(offset) <= _LARGEST_OFFSET:
                self._offset = offset

    def time(self, stamp: object, seconds: float = 0) -> Time | None:
        """The time `seconds` after a field's; a device that never knew the date counts from its start."""
        precision = Precision.SECOND
        if isinstance(stamp, datetime):
            moment = stamp + timedelta(seconds=round(seconds))
            written = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
            if self._offset is None:
                return from_datetime(moment.astimezone(UTC), written, precision)
            return from_datetime(
                moment.replace(tzinfo=None) + self._offset, written, precision, offset_name(self._offset)
            )
        if isinstance(stamp, int) and self._since is not None:
            start, local = self._since
            moment = local + timedelta(seconds=round(stamp - start + seconds))
            return from_datetime(moment, moment.isoformat(), precision)
        return None
