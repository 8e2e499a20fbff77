"""The times that cameras, phones and messengers write into the names of pictures. A weaker source than the picture."""

from __future__ import annotations

import re
from datetime import datetime

from darak.records.time import Precision, Time, ZoneSource, from_epoch

_DATE = r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_.]?(?P<month>[01]\d)[-_.]?(?P<day>[0-3]\d)"
_CLOCK = (
    r"(?:[-_. T]|,? at |[ _-](?P<half>오전|오후) ?)"
    r"(?P<hour>\d{1,2})[-_.:시h]? ?(?P<minute>[0-5]\d)[-_.:분m]? ?(?P<second>[0-5]\d)(?P<rest>\d{3})?(?!\d)"
    r"(?:\s?(?P<meridiem>[AaPp])[Mm])?"
)
_NAMED = (
    re.compile(_DATE + _CLOCK),
    re.compile(_DATE + r"(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?P<second>[0-5]\d)(?!\d)"),
)
_DAY = re.compile(_DATE + r"(?!\d)")
_EPOCH = re.compile(r"(?<!\d)(1[0-9]{12})(?!\d)")
"""Milliseconds since 1970, from 2001 on: downloads of Facebook, KakaoTalk and many apps."""


def time_in_name(name: str) -> Time | None:
    """ "IMG_20240102_030405.jpg", "스크린샷 2024-01-02 오후 3.04.05.png", "IMG-20240102-WA0001.jpg" …; None without."""
    for form in _NAMED:
        for match in form.finditer(name):
            if time := _clock_time(match, "UTC" if name.startswith("PXL_") else None):
                return time
    for match in _DAY.finditer(name):
        try:
            day = datetime(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            continue
        return Time(match[0], day, Precision.DAY)
    if epoch := _EPOCH.search(name):
        return from_epoch(int(epoch[1]) / 1000, epoch[1], Precision.MILLISECOND)
    return None


def _clock_time(match: re.Match[str], zone: str | None) -> Time | None:
    """Pixel phones write UTC into their names."""
    said = match.groupdict()
    hour, half = int(match["hour"]), (said.get("half") or said.get("meridiem") or "").lower()
    if half:
        hour = hour % 12 + (12 if half in ("오후", "p") else 0)
    try:
        day = (int(match["year"]), int(match["month"]), int(match["day"]))
        local = datetime(*day, hour, int(match["minute"]), int(match["second"]), int(said.get("rest") or 0) * 1000)
    except ValueError:
        return None
    precision = Precision.MILLISECOND if said.get("rest") else Precision.SECOND
    return Time(match[0], local, precision, zone, ZoneSource.UTC if zone else ZoneSource.ASSUMED)
