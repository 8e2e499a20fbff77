"""The timeline that a phone exports: Android's Timeline.json (2024 on), and the list of iOS."""

from __future__ import annotations

import re
from datetime import timedelta

from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_text
from darak.importers.health.trail import number
from darak.importers.importer import Ignored, Item
from darak.importers.places.google.positions import (
    SOURCE,
    degrees,
    place,
    place_url,
    position_samples,
    time_of,
)
from darak.importers.places.google.stays import move, stay
from darak.records.record import Origin, Record
from darak.records.time import UNKNOWN_TIME, Time

SEGMENT = re.compile(rb'"(?:visit|activity|timelinePath|timelineMemory)"\s*:\s*[\[{]')
SIGNAL = re.compile(rb'"(?:position|activityRecord|wifiScan)"\s*:\s*\{')
FREQUENT_PLACE = re.compile(rb'"placeLocation"\s*:')


def segment(value: Json, origin: Origin) -> list[Item] | str:
    """The record or the samples of one stretch of time, or what is wrong with it."""
    offset = value.get("startTimeTimezoneUtcOffsetMinutes")
    start = time_of(value.get("startTime"), offset)
    end = time_of(value.get("endTime"), value.get("endTimeTimezoneUtcOffsetMinutes"))
    if start is None:
        return "a stretch of the timeline without a time"
    if visit := as_dict(value.get("visit")):
        return [_visit(visit, start, end, origin)]
    if activity := as_dict(value.get("activity")):
        return [_activity(activity, start, end, origin)]
    if "timelinePath" in value:
        found: list[Item] = []
        for point in as_dicts(value["timelinePath"]):
            position, time = degrees(point.get("point")), _time(point, start, offset)
            if position is not None and time is not None:
                found += position_samples(position, time, origin)
        return found or [Ignored("empty-path", origin)]
    return [Ignored("timeline-memory" if "timelineMemory" in value else "empty-segment", origin)]


def signal(value: Json, origin: Origin) -> list[Item] | str:
    """The samples of a raw position; scans of networks and guesses of movement are ignored."""
    spot = as_dict(value.get("position"))
    if not spot:
        return [Ignored("signal", origin)]
    position, time = degrees(spot), time_of(spot.get("timestamp"))
    if position is None or time is None:
        return "a raw position without a place or a time"
    return [*position_samples(position, time, origin, altitude=spot.get("altitudeMeters"))]


def frequent_place(value: Json, origin: Origin) -> list[Item] | str:
    """A place that Google found to be visited often."""
    position, label = degrees(value.get("placeLocation")), as_text(value.get("label"))
    if position is None:
        return "a frequent place without a position"
    where = f"{position[0]:.5f}, {position[1]:.5f}"
    name = {"HOME": "Home (집)", "WORK": "Work (직장)"}.get(label, "")
    return [
        Record(
            source=SOURCE,
            kind="place",
            time=UNKNOWN_TIME,
            origin=origin,
            native_id=f"frequentPlace/{as_text(value.get('placeId')) or where}",
            title=name or "Frequent place (자주 가는 곳)",
            text=where,
            place=place(position, name),
            url=place_url(value.get("placeId")),
        )
    ]


def _visit(visit: Json, start: Time, end: Time | None, origin: Origin) -> Record:
    best = as_dict(visit.get("topCandidate"))
    identifier = as_text(best.get("placeId", best.get("placeID")))
    level = str(visit.get("hierarchyLevel", "0"))
    return stay(
        key=f"visit/{level}",
        start=start,
        end=end,
        origin=origin,
        position=degrees(best.get("placeLocation")),
        sort=as_text(best.get("semanticType")),
        identifier=identifier,
        extra={"place_id": identifier, "probability": number(visit.get("probability")), "level": number(level) or None},
    )


def _activity(activity: Json, start: Time, end: Time | None, origin: Origin) -> Record:
    return move(
        key="activity",
        start=start,
        end=end,
        origin=origin,
        mode=as_text(as_dict(activity.get("topCandidate")).get("type")),
        metres=number(activity.get("distanceMeters")),
        from_=degrees(activity.get("start")),
        to=degrees(activity.get("end")),
        extra={"probability": number(activity.get("probability"))},
    )


def _time(point: Json, start: Time, offset: object) -> Time | None:
    """When a point of a path was passed: a time of its own, or minutes after the path's start."""
    if "time" in point:
        return time_of(point["time"], offset)
    minutes = number(point.get("durationMinutesOffsetFromStartTime"))
    if minutes is None or start.local is None or abs(minutes) > 1e6:
        return None
    local = start.local + timedelta(minutes=minutes)
    return Time(local.isoformat(timespec="minutes"), local, start.precision, start.zone, start.zone_source)
