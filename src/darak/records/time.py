"""Time as a record knows it: the words of the source, their precision, and the zone they were said in.

A record's own wall clock is the truth; the instant in UTC follows from it once a zone is known. When the
source names no zone, the owner's zone is *assumed* and can be corrected later without changing the record's id.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

EPOCH = datetime(1970, 1, 1)
_EPOCH_ORDINAL = EPOCH.toordinal()
_MILLISECOND = timedelta(milliseconds=1)


class Precision(StrEnum):
    UNKNOWN = "unknown"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"
    MILLISECOND = "millisecond"


class ZoneSource(StrEnum):
    """Where the zone of a time came from."""

    EXPLICIT = "explicit"
    UTC = "utc"
    OWNER = "owner"
    GEO = "geo"
    ASSUMED = "assumed"


class Time(Struct, frozen=True, gc=False):
    """A point or a unit of time on the record's own clock.

    `local` is the naive wall clock at the start of the unit that `precision` names (None when unknown);
    `zone` is "UTC", an offset such as "+09:00", an IANA name, or None when the source gave none.
    """

    written: str
    local: datetime | None
    precision: Precision
    zone: str | None = None
    zone_source: ZoneSource = ZoneSource.ASSUMED

    @property
    def day(self) -> date | None:
        return None if self.local is None else self.local.date()

    def instant(self, owner_zone: str) -> int | None:
        """Milliseconds since 1970 in UTC; a time without a zone is taken in `owner_zone`."""
        if self.local is None:
            return None
        return utc_ms(self.local, self.zone or owner_zone)

    def on_owner_clock(self, owner_zone: str) -> Time:
        """The time on the clock that the owner lived by: a bare instant in UTC tells no clock, so it is shown there."""
        if self.local is None or self.zone_source is not ZoneSource.UTC or self.precision in _DATES:
            return self
        local = self.local.replace(tzinfo=UTC).astimezone(zone_info(owner_zone))
        zone = offset_name(local.utcoffset() or timedelta())
        return Time(self.written, local.replace(tzinfo=None), self.precision, zone, ZoneSource.OWNER)

    def iso(self) -> str:
        """ISO 8601 of the wall clock, only as precise as is known, with the offset when there is one."""
        local, precision = self.local, self.precision
        if local is None:
            return ""
        if precision is _SECOND and not local.microsecond:
            text = local.isoformat()  # first, and without a timespec, because it is by far the most frequent
        elif precision in _DATES:
            return local.isoformat()[: _DATES[precision]]
        else:
            text = local.isoformat(timespec=_TIMESPEC[precision])
        if self.zone is None or not is_offset(self.zone):
            return text
        return text + ("Z" if self.zone == "UTC" else self.zone)


UNKNOWN_TIME = Time("", None, Precision.UNKNOWN)

_SECOND = Precision.SECOND
_TO_SECOND = len("2025-01-03T07:15:30")
_DATES = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}
_TIMESPEC = {Precision.MINUTE: "minutes", Precision.SECOND: "seconds", Precision.MILLISECOND: "milliseconds"}


def is_offset(zone: str) -> bool:
    return zone == "UTC" or zone[0] in "+-"


@lru_cache(maxsize=1024)
def zone_info(zone: str) -> tzinfo:
    """The tzinfo of "UTC", an offset or an IANA name; ValueError for anything else."""
    if zone == "UTC":
        return UTC
    if zone[:1] in ("+", "-"):
        parts = zone[1:].split(":")
        delta = timedelta(hours=int(parts[0]), minutes=int(parts[1]), seconds=int([*parts, "0"][2]))
        return timezone(-delta if zone[0] == "-" else delta)
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(f"unknown time zone {zone!r}") from error


def utc_ms(local: datetime, zone: str) -> int:
    """Milliseconds since 1970 of the wall clock `local` in `zone`."""
    offset = zone_info(zone).utcoffset(local) or timedelta()
    return (local - EPOCH - offset) // _MILLISECOND


def local_seconds(local: datetime) -> int:
    """The wall clock as seconds since 1970-01-01T00:00 on the same clock: sorts and filters by local day."""
    return (local - EPOCH) // timedelta(seconds=1)


def day_number(day: date) -> int:
    """Days since 1970: how the index and the samples count days."""
    return day.toordinal() - _EPOCH_ORDINAL


def day_of(number: int) -> date:
    """The day of a number of days since 1970."""
    return date.fromordinal(_EPOCH_ORDINAL + number)


def offset_name(offset: timedelta) -> str:
    """ "+09:00" for nine hours east; seconds only where history needs them."""
    seconds = round(offset.total_seconds())
    sign = "-" if seconds < 0 else "+"
    hours, rest = divmod(abs(seconds), 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{sign}{hours:02d}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")


def parse_iso(text: str, zone: str | None = None, zone_source: ZoneSource = ZoneSource.OWNER) -> Time:
    """The Time of an ISO 8601 text, from "2025" to "2025-01-03T07:15:30.123+08:00".

    `zone` is used when the text itself has no offset. ValueError when it is no ISO time.
    """
    size = len(text)
    if size <= 10:
        if size == 10:
            local, precision = datetime.fromisoformat(text), Precision.DAY
        elif size == 7 and text[4] == "-":
            local, precision = datetime(int(text[:4]), int(text[5:]), 1), Precision.MONTH
        elif size == 4:
            local, precision = datetime(int(text), 1, 1), Precision.YEAR
        else:
            raise ValueError(f"not an ISO time: {text!r}")
        if zone is None:
            return Time(text, local, precision)
        zone_info(zone)
        return Time(text, local, precision, zone, zone_source)
    moment = datetime.fromisoformat(text)
    precision = _SECOND if size == _TO_SECOND and text[16] == ":" else _clock_precision(moment, text)
    if moment.tzinfo is not None:
        offset = moment.utcoffset() or timedelta()
        name = "UTC" if text[-1] in "Zz" else offset_name(offset)
        source = ZoneSource.UTC if name == "UTC" else ZoneSource.EXPLICIT
        return Time(text, moment.replace(tzinfo=None), precision, name, source)
    if zone is None:
        return Time(text, moment, precision)
    zone_info(zone)
    return Time(text, moment, precision, zone, zone_source)


def _clock_precision(moment: datetime, text: str) -> Precision:
    """How precise the clock in an ISO time is written."""
    clock = text[11:]
    if moment.microsecond or "." in clock:
        return Precision.MILLISECOND
    to_minute = clock.count(":") == 0 or (len(text) >= 16 and (len(text) == 16 or text[16] != ":"))
    return Precision.MINUTE if to_minute else _SECOND


def from_datetime(
    moment: datetime,
    written: str,
    precision: Precision = Precision.SECOND,
    zone: str | None = None,
    zone_source: ZoneSource = ZoneSource.EXPLICIT,
) -> Time:
    """The Time of a datetime from a source; an aware one brings its own offset unless `zone` names it."""
    if moment.tzinfo is not None and zone is None:
        zone = "UTC" if moment.tzinfo is UTC else offset_name(moment.utcoffset() or timedelta())
        zone_source = ZoneSource.UTC if zone == "UTC" else zone_source
    if zone is None:
        zone_source = ZoneSource.ASSUMED
    return Time(written, moment.replace(tzinfo=None), precision, zone, zone_source)


def from_epoch(seconds: float, written: str | None = None, precision: Precision = Precision.SECOND) -> Time:
    """The Time of seconds since 1970 in UTC; `written` is the number as the source wrote it."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    text = str(seconds) if written is None else written
    return Time(text, moment.replace(tzinfo=None), precision, "UTC", ZoneSource.UTC)
