"""Times of Apple Health: "2016-11-14 07:25:41 -0700"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from darak.records.time import Precision, Time, ZoneSource, offset_name, zone_info

_ZONE_KEY = "HKTimeZone"
_SIZE = 25
_OFFSET = re.compile(r" [+-]\d{4}")

Inner = Iterable[tuple[int, str, dict[str, str]]]


def moment(written: str) -> Time | None:
    """The time of a date, a clock and an offset; None for anything else."""
    zone = _zone(written[19:])
    if zone is None or len(written) != _SIZE:
        return None
    try:
        local = datetime.fromisoformat(written[:19])
    except ValueError:
        return None
    # In the first year of the calendar an offset may lead out of it.
    return Time(written, local, Precision.SECOND, zone, ZoneSource.EXPLICIT) if local.year > 1 else None


@lru_cache(maxsize=256)
def _zone(offset: str) -> str | None:
    """ "+09:00" for " +0900"; None when it is no offset."""
    if not _OFFSET.fullmatch(offset):
        return None
    name = f"{offset[1:4]}:{offset[4:]}"
    return name if abs(int(offset[2:4])) < 24 and int(offset[4:]) < 60 else None


def zone_of(inner: Inner) -> str | None:
    """The zone in which an element was measured, when its metadata says so."""
    for _, name, attributes in inner:
        if name == "MetadataEntry" and attributes.get("key") == _ZONE_KEY:
            return attributes.get("value")
    return None


def in_zone(time: Time, zone: str) -> Time:
    """The same instant on the clock of `zone`; Apple writes all times with the offset of the export's day."""
    instant = utc(time)
    try:
        local = instant.replace(tzinfo=UTC).astimezone(zone_info(zone)).replace(tzinfo=None)
        offset = local - instant
    except (ValueError, OverflowError):
        return time
    return Time(time.written, local, time.precision, offset_name(offset), ZoneSource.EXPLICIT)


def utc(time: Time) -> datetime:
    """The naive UTC of a time that `moment` gave."""
    assert time.local is not None and time.zone is not None
    return time.local - (zone_info(time.zone).utcoffset(None) or timedelta())


def span(attributes: dict[str, str], inner: Inner) -> tuple[Time, Time] | None:
    """startDate and endDate on the element's own clock; without an endDate it is the start. None when it is no time."""
    written = attributes.get("startDate", "")
    start = moment(written)
    ended = attributes.get("endDate", written)
    end = start if ended == written else moment(ended)
    if start is None or end is None:
        return None
    zone = zone_of(inner) if inner else None
    return (start, end) if zone is None else (in_zone(start, zone), in_zone(end, zone))


def minutes_between(start: Time, end: Time) -> float:
    return (utc(end) - utc(start)).total_seconds() / 60
