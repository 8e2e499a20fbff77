"""Points of an activity: each as samples, all of them as the figures of the activity's record."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, isfinite, radians, sin, sqrt
from typing import Any

from darak.records.record import Origin, Place, Sample
from darak.records.time import Time

_EARTH_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class Point:
    """Where one was, and what was measured there: degrees, metres, beats and turns a minute, watts."""

    time: Time | None
    lat: float | None = None
    lon: float | None = None
    altitude: float | None = None
    heart_rate: float | None = None
    cadence: float | None = None
    power: float | None = None

    def measures(self) -> list[tuple[str, float, str]]:
        """(metric, value, unit) of what is known; a position is two of them."""
        found = [
            ("latitude", self.lat, "deg"),
            ("longitude", self.lon, "deg"),
            ("altitude", self.altitude, "m"),
            ("heart_rate", self.heart_rate, "count/min"),
            ("cadence", self.cadence, "count/min"),
            ("power", self.power, "W"),
        ]
        return [(metric, value, unit) for metric, value, unit in found if value is not None]


def samples(point: Point, source: str, origin: Origin, device: str) -> list[Sample]:
    """The samples of a point that has a time."""
    assert point.time is not None
    return [
        Sample(source=source, metric=metric, value=value, unit=unit, time=point.time, origin=origin, device=device)
        for metric, value, unit in point.measures()
    ]


def number(text: object) -> float | None:
    """The finite number that a text or a number is; None for anything else."""
    if isinstance(text, bool) or not isinstance(text, (str, int, float)):
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None


def on_earth(lat: float | None, lon: float | None) -> bool:
    return lat is not None and lon is not None and abs(lat) <= 90 and abs(lon) <= 180


def kilometres(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """The great-circle distance of two positions in degrees (haversine)."""
    north, east = radians(lat2 - lat) / 2, radians(lon2 - lon) / 2
    part = sin(north) ** 2 + cos(radians(lat)) * cos(radians(lat2)) * sin(east) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(part)))


class Trail:
    """Sums up the points of one activity in the order of the file."""

    def __init__(self) -> None:
        self.start: Time | None = None
        self.end: Time | None = None
        self.place: Place | None = None
        self.points = 0
        self._km = 0.0
        self._last: tuple[float, float] | None = None
        self._beats, self._pulses = 0.0, 0

    def add(self, point: Point) -> None:
        self.points += 1
        if point.time is not None:
            self.start = self.start or point.time
            self.end = point.time
        if point.lat is not None and point.lon is not None:
            if self._last is None:
                self.place = Place(None, point.lat, point.lon)
            else:
                self._km += kilometres(*self._last, point.lat, point.lon)
            self._last = (point.lat, point.lon)
        if point.heart_rate:
            self._beats += point.heart_rate
            self._pulses += 1

    def leap(self) -> None:
        """The next point does not follow the last one on foot: a new segment begins."""
        self._last = None

    def extra(self) -> dict[str, Any]:
        """duration_min, distance_km and heart_rate, as far as the points tell them."""
        found: dict[str, Any] = {}
        if self.start is not None and self.end is not None and self.start != self.end:
            found["duration_min"] = round(
                ((self.end.instant("UTC") or 0) - (self.start.instant("UTC") or 0)) / 60000, 2
            )
        if self._km:
            found["distance_km"] = round(self._km, 3)
        if self._pulses:
            found["heart_rate"] = round(self._beats / self._pulses, 1)
        return found


def instant_id(time: Time | None) -> str:
    """The instant of a time as a part of a native id: the same on whichever clock it was written."""
    return "" if time is None else str(time.instant("UTC"))
