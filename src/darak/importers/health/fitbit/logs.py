"""Fitbit's JSON files (Global Export Data): series of measurements, and logs of sleep, weight and exercise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_text
from darak.importers.health.activities import activity_record
from darak.importers.health.fitbit.times import iso, us_day, us_local, us_utc
from darak.importers.health.table import day_end, day_time
from darak.importers.health.trail import number
from darak.importers.importer import Ignored, Item
from darak.records.record import Origin, Sample
from darak.records.time import Precision, Time, from_datetime

SOURCE = "fitbit"
POUND = 0.45359237
_STAGES = {
    "light": "sleep_core", "deep": "sleep_deep", "rem": "sleep_rem", "wake": "sleep_awake",
    "asleep": "sleep_asleep", "restless": "sleep_awake", "awake": "sleep_awake",
}  # fmt: skip
_KILOMETRES = {"kilometer": 1.0, "mile": 1.609344, "meter": 0.001, "yard": 0.0009144}


@dataclass(frozen=True, slots=True)
class Series:
    """What the values of a file measure: a number itself or at `path` in an object; `daily` for one a day."""

    metric: str
    unit: str
    path: str = ""
    factor: float = 1.0
    daily: bool = False
    total: bool = False
    local: bool = False
    """Whether the minutes are on the owner's clock; those of the others are in UTC."""


SERIES: dict[str, Series] = {
    "heart_rate": Series("heart_rate", "count/min", "bpm"),
    "resting_heart_rate": Series("resting_heart_rate", "count/min", "value", daily=True),
    "steps": Series("steps", "count"),
    "distance": Series("distance_walking_running", "km", factor=0.00001),
    "calories": Series("total_energy", "kcal", local=True),
    "sedentary_minutes": Series("sedentary_time", "min", daily=True, total=True),
    "lightly_active_minutes": Series("lightly_active_time", "min", daily=True, total=True),
    "moderately_active_minutes": Series("moderately_active_time", "min", daily=True, total=True),
    "very_active_minutes": Series("very_active_time", "min", daily=True, total=True),
    "demographic_vo2_max": Series("vo2_max", "mL/min·kg", "filteredDemographicVO2Max", daily=True),
    "run_vo2_max": Series("vo2_max", "mL/min·kg", "filteredRunVO2Max", daily=True),
}
"""By the name that the file begins with: the files themselves do not tell steps from calories. Distances of the
minutes are in centimetres."""
_WHOLE_DAY = 1440.0
"""What is written for days on which the device was not worn, and for days to come."""
ENTRY = re.compile(rb'"dateTime"\s*:')
LOG = re.compile(rb'"logId"\s*:')


def series_sample(series: Series, value: Json, origin: Origin) -> Sequence[Item] | str:
    """The sample of one entry of a series. Values of 0 of what is measured once a day were not measured."""
    written, inner = as_text(value.get("dateTime")), value.get("value")
    found = number(as_dict(inner).get(series.path) if series.path else inner)
    if found is None:
        return "an entry without a number"
    end: Time | None = None
    if series.daily:
        if (not found and not series.total) or (series.metric == "sedentary_time" and found == _WHOLE_DAY):
            return [Ignored("not-measured", origin)]
        day = us_day(as_text(as_dict(inner).get("date")) or written)
        time = day and day_time(day, written)
        end = day_end(day) if day and series.total else None
    else:
        time = us_local(written[:8], written[9:]) if series.local else us_utc(written)
    if time is None:
        return "an entry whose time is none"
    return [sample(series.metric, round(found * series.factor, 6), series.unit, time, origin, end)]


def sample(metric: str, value: float, unit: str, time: Time, origin: Origin, end: Time | None = None) -> Sample:
    return Sample(source=SOURCE, metric=metric, value=value, unit=unit, time=time, end=end, origin=origin)


def sleep(value: Json, origin: Origin) -> Sequence[Item] | str:
    """A night as stretches: in bed, and each stage. Its clock is the owner's, without a zone."""
    start, end = iso(as_text(value.get("startTime"))), iso(as_text(value.get("endTime")))
    if start is None or end is None or start.local is None or end.local is None:
        return "a sleep without its times"
    found: list[Item] = [sample("sleep_in_bed", _minutes(start, end), "min", start, origin, end)]
    stages = as_dicts(as_dict(value.get("levels")).get("data"))
    for stage in stages:
        begin, seconds = iso(as_text(stage.get("dateTime"))), number(stage.get("seconds"))
        level = as_text(stage.get("level"))
        if begin is None or begin.local is None or not seconds or not level:
            return "a stage of sleep without its time or length"
        metric = _STAGES.get(level, f"sleep_{level}")
        found.append(sample(metric, round(seconds / 60, 2), "min", begin, origin, _later(begin, seconds)))
    asleep = number(value.get("minutesAsleep"))
    if not stages and asleep:
        found.append(sample("sleep_asleep", asleep, "min", start, origin, end))
    return found


def weight(value: Json, origin: Origin) -> Sequence[Item] | str:
    """A weighing. The file does not name the unit, which is mostly pounds; the height that follows from the body-mass
    index tells it."""
    time = us_local(as_text(value.get("date")), as_text(value.get("time")) or "00:00:00")
    mass, index = number(value.get("weight")), number(value.get("bmi"))
    if time is None or mass is None:
        return "a weighing without a time or a weight"
    in_kilograms = index is not None and _is_height(mass, index) and not _is_height(mass * POUND, index)
    found: list[Item] = [sample("body_mass", round(mass if in_kilograms else mass * POUND, 3), "kg", time, origin)]
    if index:
        found.append(sample("body_mass_index", index, "count", time, origin))
    if fat := number(value.get("fat")):
        found.append(sample("body_fat", fat, "%", time, origin))
    return found


def exercise(value: Json, origin: Origin) -> Sequence[Item] | str:
    """A logged or detected exercise."""
    written = as_text(value.get("startTime"))
    start = us_utc(written) or iso(written)
    if start is None:
        return "an exercise without a time"
    length = number(value.get("duration")) or number(value.get("activeDuration"))
    active = number(value.get("activeDuration"))
    distance = number(value.get("distance"))
    factor = _KILOMETRES.get(as_text(value.get("distanceUnit")).lower())
    extra: dict[str, Any] = {
        "duration_min": round(length / 60_000, 2) if length else None,
        "distance_km": round(distance * factor, 3) if distance and factor else None,
        "energy_kcal": number(value.get("calories")) or None,
        "heart_rate": number(value.get("averageHeartRate")) or None,
        "moving_min": round(active / 60_000, 2) if active else None,
        "steps": number(value.get("steps")) or None,
        "log": as_text(value.get("logType")),
        "device": as_text(as_dict(value.get("source")).get("name")),
    }
    return [
        activity_record(
            source=SOURCE,
            origin=origin,
            start=start,
            end=_later(start, length / 1000) if length else None,
            activity=as_text(value.get("activityName")),
            native_id=f"exercise/{value['logId']}" if value.get("logId") else None,
            extra=extra,
        )
    ]


def _is_height(kilograms: float, index: float) -> bool:
    """Whether someone of this mass and body-mass index would be as tall as people are."""
    return index > 0 and kilograms > 0 and 1.35 <= (kilograms / index) ** 0.5 <= 2.2


def _minutes(start: Time, end: Time) -> float:
    assert start.local is not None and end.local is not None
    return round((end.local - start.local).total_seconds() / 60, 2)


def _later(start: Time, seconds: float) -> Time | None:
    if start.local is None or abs(seconds) > 1e9:
        return None
    local = start.local + timedelta(seconds=round(seconds))
    return from_datetime(local, local.isoformat(), Precision.SECOND, start.zone, start.zone_source)
