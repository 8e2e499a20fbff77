"""A workout as a record: what was done, how long, how far, and the energy it took."""

from __future__ import annotations

from typing import Any

from darak.importers.formats.xml_parser import Child
from darak.importers.health.apple.metrics import convert, short_type, snake_case
from darak.importers.health.apple.times import in_zone, minutes_between, moment, span, utc, zone_of
from darak.importers.health.trail import Point, number, on_earth, samples
from darak.records.record import Origin, Record, Sample

SOURCE = "apple-health"

KOREAN = {
    "walking": "걷기", "running": "달리기", "cycling": "자전거", "swimming": "수영", "hiking": "등산", "yoga": "요가",
    "pilates": "필라테스", "elliptical": "일립티컬", "rowing": "로잉", "stair_climbing": "계단 오르기",
    "stairs": "계단",
    "traditional_strength_training": "근력 운동", "functional_strength_training": "기능성 근력 운동",
    "core_training": "코어 운동", "high_intensity_interval_training": "고강도 인터벌 운동", "jump_rope": "줄넘기",
    "dance": "춤", "social_dance": "춤", "cardio_dance": "춤", "badminton": "배드민턴", "tennis": "테니스",
    "table_tennis": "탁구", "soccer": "축구", "basketball": "농구", "baseball": "야구", "volleyball": "배구",
    "golf": "골프", "bowling": "볼링", "climbing": "클라이밍", "boxing": "복싱", "martial_arts": "무술",
    "downhill_skiing": "스키", "cross_country_skiing": "크로스컨트리 스키", "snowboarding": "스노보드",
    "skating_sports": "스케이트", "surfing_sports": "서핑", "cooldown": "마무리 운동", "other": "기타 운동",
}  # fmt: skip
"""Korean names of activities, so that a workout is found in both languages."""
_STATISTICS = (("Distance", "distance_km", "km"), ("ActiveEnergyBurned", "energy_kcal", "kcal"))
_HEART_RATE = "HeartRate"


def workout(child: Child, origin: Origin) -> Record | None:
    """The record of a Workout element; None when its times are none.

    HealthKit's own id is not exported: activity, instants and device make the native id, whatever the export's zone.
    """
    attributes = child.attributes
    times = span(attributes, child.inner)
    if times is None:
        return None
    start, end = times
    name = short_type(attributes.get("workoutActivityType") or "Other")
    activity = snake_case(name)
    device = attributes.get("sourceName", "").replace("\xa0", " ")
    extra: dict[str, Any] = {"activity": activity, "duration_min": _duration(attributes, minutes_between(start, end))}
    extra |= _measures(child)
    if device:
        extra["device"] = device
    if zone := zone_of(child.inner):
        extra["zone"] = zone
    if routes := [found["path"] for _, kind, found in child.inner if kind == "FileReference" and "path" in found]:
        extra["routes"] = routes
    title = activity.replace("_", " ").capitalize()
    return Record(
        source=SOURCE,
        kind="other",
        time=start,
        end=end,
        origin=origin,
        native_id=f"{activity}/{utc(start).isoformat()}Z/{utc(end).isoformat()}Z/{device}",
        title=f"{title} ({KOREAN[activity]})" if activity in KOREAN else title,
        text=_text(extra),
        extra=extra,
    )


def route(child: Child, origin: Origin) -> list[Sample]:
    """The positions within a Workout element, as exports before 2018 have them."""
    device = child.attributes.get("sourceName", "").replace("\xa0", " ")
    zone = zone_of(child.inner)
    found: list[Sample] = []
    for _, kind, at in child.inner:
        if kind != "Location":
            continue
        time, lat, lon = moment(at.get("date", "")), number(at.get("latitude")), number(at.get("longitude"))
        if time is not None and on_earth(lat, lon):
            point = Point(in_zone(time, zone) if zone else time, lat, lon, altitude=number(at.get("altitude")))
            found += samples(point, SOURCE, origin, device)
    return found


def _duration(attributes: dict[str, str], otherwise: float) -> float:
    value = _convert(attributes.get("duration"), attributes.get("durationUnit", "min"), "min")
    return round(otherwise if value is None else value, 2)


def _measures(child: Child) -> dict[str, float]:
    """Distance and energy from the attributes (to iOS 15) or the statistics (since), and the mean heart rate."""
    found: dict[str, float] = {}
    attributes = child.attributes
    for key, value, unit, wanted in (
        ("distance_km", "totalDistance", "totalDistanceUnit", "km"),
        ("energy_kcal", "totalEnergyBurned", "totalEnergyBurnedUnit", "kcal"),
    ):
        measure = _convert(attributes.get(value), attributes.get(unit, wanted), wanted)
        if measure:
            found[key] = round(measure, 3)
    for depth, kind, statistics in child.inner:
        if kind != "WorkoutStatistics" or depth != 1:
            continue
        short, unit = short_type(statistics.get("type", "")), statistics.get("unit", "")
        for prefix, key, wanted in _STATISTICS:
            measure = _convert(statistics.get("sum"), unit, wanted)
            if short.startswith(prefix) and measure and key not in found:
                found[key] = round(measure, 3)
        if short == _HEART_RATE and (measure := _convert(statistics.get("average"), unit, "count/min")):
            found["heart_rate"] = round(measure, 1)
    return found


def _convert(value: str | None, unit: str, wanted: str) -> float | None:
    try:
        return None if value is None else convert(float(value), unit, wanted)
    except ValueError:
        return None


def _text(extra: dict[str, Any]) -> str:
    parts = [f"{extra['duration_min']:.0f} min"]
    if "distance_km" in extra:
        parts.append(f"{extra['distance_km']:.2f} km")
    if "energy_kcal" in extra:
        parts.append(f"{extra['energy_kcal']:.0f} kcal")
    return ", ".join(parts)
