"""Takeout's location history: raw positions (Records.json, Location History.json) and monthly semantic files."""

from __future__ import annotations

import re
from collections.abc import Iterable

from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_text
from darak.importers.importer import Ignored, Item
from darak.importers.places.google.positions import e7, position_samples, time_of
from darak.importers.places.google.stays import move, stay
from darak.records.record import Origin
from darak.records.time import Time

LOCATION = re.compile(rb'"latitudeE7"\s*:')
TIMELINE_OBJECT = re.compile(rb'"(?:placeVisit|activitySegment)"\s*:\s*\{')


def location(value: Json, origin: Origin) -> list[Item] | str:
    """The samples of one raw location, or what is wrong with it."""
    position = e7(value)
    if position is None:
        # Scans of networks that were never resolved to a place.
        return [Ignored("no-position", origin)]
    time = time_of(value.get("timestamp", value.get("timestampMs")))
    if time is None:
        return "a position without a time"
    return [*position_samples(position, time, origin, str(value.get("deviceTag", "")), value.get("altitude"))]


def timeline_object(value: Json, origin: Origin) -> list[Item] | str:
    """The record of a stay or a move, with the positions on the way, or what is wrong with it."""
    if visit := as_dict(value.get("placeVisit")):
        return _visit(visit, origin, "placeVisit")
    if segment := as_dict(value.get("activitySegment")):
        return _segment(segment, origin)
    return [Ignored("timeline-object", origin)]


def _span(value: Json) -> tuple[Time | None, Time | None]:
    duration = as_dict(value.get("duration"))
    start = time_of(duration.get("startTimestamp", duration.get("startTimestampMs")))
    return start, time_of(duration.get("endTimestamp", duration.get("endTimestampMs")))


def _visit(value: Json, origin: Origin, key: str) -> list[Item] | str:
    start, end = _span(value)
    if start is None:
        return "a visit without a time"
    spot = as_dict(value.get("location"))
    identifier = as_text(spot.get("placeId"))
    found: list[Item] = [
        stay(
            key=key,
            start=start,
            end=end,
            origin=origin,
            position=e7(spot) or e7(value, "centerLatE7", "centerLngE7"),
            name=as_text(spot.get("name")),
            address=", ".join(as_text(spot.get("address")).split("\n")),
            sort=as_text(spot.get("semanticType")),
            identifier=identifier,
            extra={"place_id": identifier, "confidence": value.get("visitConfidence")},
        )
    ]
    for child in as_dicts(value.get("childVisits")):
        within = _visit(child, origin, f"childVisit/{as_text(as_dict(child.get('location')).get('placeId'))}")
        found += within if isinstance(within, list) else [Ignored("no-time", origin)]
    return found + _path(value, origin)


def _segment(value: Json, origin: Origin) -> list[Item] | str:
    start, end = _span(value)
    if start is None:
        return "a way without a time"
    distance = value.get("distance")
    transit = as_dict(value.get("transitPath"))
    stops = [as_text(stop.get("name")) for stop in as_dicts(transit.get("transitStops"))]
    found: list[Item] = [
        move(
            key="activitySegment",
            start=start,
            end=end,
            origin=origin,
            mode=as_text(value.get("activityType")),
            metres=float(distance) if isinstance(distance, (int, float)) else None,
            from_=e7(as_dict(value.get("startLocation"))),
            to=e7(as_dict(value.get("endLocation"))),
            extra={
                "line": as_text(transit.get("name")),
                "stops": [stop for stop in stops if stop] or None,
                "confidence": value.get("confidence"),
            },
        )
    ]
    return found + _path(value, origin)


def _path(value: Json, origin: Origin) -> list[Item]:
    """The positions on a way of which the times are known."""
    found: list[Item] = []
    points: Iterable[Json] = as_dicts(as_dict(value.get("simplifiedRawPath")).get("points"))
    for point in points:
        position, time = e7(point, "latE7", "lngE7"), time_of(point.get("timestamp", point.get("timestampMs")))
        if position is not None and time is not None:
            found += position_samples(position, time, origin)
    return found
