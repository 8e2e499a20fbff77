"""Times of Fitbit's files: "07/04/26 08:00:00" (US order, always), ISO texts with and without a zone, days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache

from darak.importers.health.table import day_time
from darak.records.time import Precision, Time, ZoneSource, from_datetime, parse_iso

_SIZE = len("07/04/26 08:00:00")


def us_utc(written: str) -> Time | None:
    """The instant of "07/04/26 08:00:00", which is in UTC."""
    day = _day(written[:8])
    if day is None or len(written) != _SIZE:
        return None
    try:
        local = datetime.combine(day, time.fromisoformat(written[9:]))
    except ValueError:
        return None
    return Time(written, local, Precision.SECOND, "UTC", ZoneSource.UTC)


def us_local(day: str, clock: str) -> Time | None:
    """The time of "07/04/26" and "07:10:00", on the owner's clock."""
    found = _day(day)
    if found is None:
        return None
    try:
        moment = datetime.combine(found, time.fromisoformat(clock))
    except ValueError:
        return None
    return from_datetime(moment, f"{day} {clock}")


def us_day(written: str) -> date | None:
    """The day of "07/04/26" or "07/04/26 00:00:00"."""
    return _day(written[:8])


@lru_cache(maxsize=4096)
def _day(written: str) -> date | None:
    try:
        return datetime.strptime(written, "%m/%d/%y").date()
    except ValueError:
        return None


def iso(written: str, offset: str = "") -> Time | None:
    """The time of an ISO text; with the offset of the place ("+09:00"), an instant is put on that clock."""
    try:
        found = parse_iso(written.strip())
        if not offset or found.local is None or found.zone is None:
            return found
        moment = datetime.fromisoformat(written.strip())
        place = datetime.fromisoformat(f"2000-01-01T00:00{offset}").tzinfo
    except ValueError:
        return None
    return from_datetime(moment.astimezone(place or UTC), written, found.precision)


def iso_day(written: str) -> Time | None:
    """The day that an ISO text names, whatever clock it adds."""
    try:
        return day_time(date.fromisoformat(written.strip()[:10]), written)
    except ValueError:
        return None
