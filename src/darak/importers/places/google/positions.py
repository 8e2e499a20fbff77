"""Positions and times as Google's location files write them.

Sources: the JSON schemas of locationhistoryformat.com for Takeout, exports of Android (2024 on) and iOS for the rest.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from darak.importers.formats.epochs import from_milliseconds
from darak.importers.formats.json_values import Json, as_dict, as_int, as_text
from darak.records.record import Origin, Place, Sample
from darak.records.time import Time, ZoneSource, offset_name, parse_iso, zone_info

SOURCE = "google-timeline"
_DEGREES = re.compile(r"(?:geo:)?\s*(-?\d+(?:\.\d+)?)\s*°?\s*,\s*(-?\d+(?:\.\d+)?)\s*°?\s*")
_WRAPPED = 2**32
"""Some of Google's own exports wrote negative degrees as unsigned numbers."""
_SHORTEST = 10**11
"""Milliseconds that are seconds if they are fewer: no phone noted where it was before 1973."""

Position = tuple[float, float]


def degrees(value: object) -> Position | None:
    """Latitude and longitude of "48.85°, 2.35°", "geo:48.85,2.35" or an object that holds one under latLng."""
    if isinstance(value, dict):
        holder = as_dict(value)
        return degrees(holder.get("latLng", holder.get("LatLng")))
    found = _DEGREES.fullmatch(value) if isinstance(value, str) else None
    return _on_earth(float(found[1]), float(found[2])) if found else None


def e7(place: Json, lat: str = "latitudeE7", lon: str = "longitudeE7") -> Position | None:
    """Latitude and longitude of an object in ten-millionths of degrees."""
    north, east = place.get(lat), place.get(lon)
    if north.__class__ is not int or east.__class__ is not int:
        north, east = as_int(north), as_int(east)
    if north is None or east is None:
        return None
    north -= _WRAPPED if north > 900_000_000 else 0
    east -= _WRAPPED if east > 1_800_000_000 else 0
    return _on_earth(north / 1e7, east / 1e7)


def _on_earth(lat: float, lon: float) -> Position | None:
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def time_of(value: object, offset_minutes: object = None) -> Time | None:
    """The time of an ISO text or of milliseconds since 1970; None for anything else.

    With the offset of the place in minutes the time is on the clock of that place.
    """
    text = as_text(value)
    try:
        time = parse_iso(text) if "-" in text[1:] else _from_number(int(text), text)
    except ValueError:
        return None
    if offset_minutes is None:
        return time
    minutes = as_int(offset_minutes)
    if time is None or time.local is None or minutes is None or abs(minutes) > 14 * 60 or time.zone is None:
        return time
    utc = time.local - (zone_info(time.zone).utcoffset(time.local) or timedelta())
    offset = timedelta(minutes=minutes)
    return Time(time.written, utc + offset, time.precision, offset_name(offset), ZoneSource.EXPLICIT)


def _from_number(number: int, text: str) -> Time | None:
    """The time of milliseconds since 1970, or of seconds, which some files hold under the same name."""
    return from_milliseconds(number if abs(number) >= _SHORTEST else number * 1000, text)


def instant(time: Time) -> str:
    return str(time.instant("UTC"))


def minutes_between(start: Time, end: Time | None) -> float | None:
    """The length in minutes; None without an end."""
    if end is None:
        return None
    return round(((end.instant("UTC") or 0) - (start.instant("UTC") or 0)) / 60_000, 1)


def place(position: Position | None, name: str = "") -> Place | None:
    if position is None:
        return Place(name) if name else None
    return Place(name or None, *position)


def place_url(identifier: object) -> str | None:
    """The page of Google Maps that shows a place by its id."""
    return f"https://www.google.com/maps/place/?q=place_id:{identifier}" if as_text(identifier) else None


def position_samples(
    position: Position, time: Time, origin: Origin, device: str = "", altitude: object = None
) -> list[Sample]:
    """A position as samples: latitude, longitude and, where it is known, altitude."""
    found: list[tuple[str, Any, str]] = [("latitude", position[0], "deg"), ("longitude", position[1], "deg")]
    if isinstance(altitude, (int, float)) and not isinstance(altitude, bool):
        found.append(("altitude", float(altitude), "m"))
    return [
        Sample(source=SOURCE, metric=metric, value=value, unit=unit, time=time, origin=origin, device=device)
        for metric, value, unit in found
    ]
