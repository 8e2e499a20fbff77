"""Fitbit's CSV files: which columns a table has, what they measure, and whose clock their times are of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from darak.importers.health.fitbit.times import iso, iso_day
from darak.importers.health.table import Measure
from darak.records.time import Time


@dataclass(frozen=True, slots=True)
class Table:
    """A table known by `columns`, the names that its header begins with, and by a word of the file's name where
    several have the same. `time` reads the first column of `columns` that is a time, `at`."""

    columns: tuple[str, ...]
    measures: tuple[Measure, ...]
    time: Callable[[str], Time | None] = iso
    at: str = "timestamp"
    end: str = ""
    named: str = ""


_RMSSD = "heart_rate_variability_rmssd"
TABLES: tuple[Table, ...] = (
    # Physical Activity_GoogleData and its successors: instants in UTC, the device in the last column.
    Table(
        ("timestamp", "beats per minute"),
        (Measure("beats per minute", "resting_heart_rate", "count/min", positive=True),),
        iso_day,
        named="resting",
    ),
    Table(("timestamp", "beats per minute"), (Measure("beats per minute", "heart_rate", "count/min", positive=True),)),
    Table(("timestamp", "steps"), (Measure("steps", "steps", "count"),)),
    Table(("timestamp", "distance"), (Measure("distance", "distance_walking_running", "km", 0.001),)),
    Table(("timestamp", "calories"), (Measure("calories", "total_energy", "kcal"),)),
    Table(("timestamp", "floors"), (Measure("floors", "flights_climbed", "count"),)),
    Table(("timestamp", "weight grams"), (Measure("weight grams", "body_mass", "kg", 0.001),)),
    Table(("timestamp", "height millimeters"), (Measure("height millimeters", "height", "cm", 0.1),)),
    Table(("timestamp", "body fat percentage"), (Measure("body fat percentage", "body_fat", "%"),)),
    Table(
        ("timestamp", "oxygen saturation percentage"),
        (Measure("oxygen saturation percentage", "oxygen_saturation", "%", positive=True),),
    ),
    Table(
        ("timestamp", "average percentage"),
        (Measure("average percentage", "oxygen_saturation", "%", positive=True),),
        iso_day,
    ),
    Table(
        ("timestamp", "breaths per minute"), (Measure("breaths per minute", "respiratory_rate", "count/min"),), iso_day
    ),
    Table(
        ("timestamp", "average heart rate variability milliseconds"),
        (Measure("average heart rate variability milliseconds", _RMSSD, "ms"),),
        iso_day,
    ),
    Table(
        ("timestamp", "root mean square of successive differences milliseconds"),
        (
            Measure("root mean square of successive differences milliseconds", _RMSSD, "ms"),
            Measure("standard deviation milliseconds", "heart_rate_variability", "ms"),
        ),
    ),
    # The older tables: days and nights on the owner's clock.
    Table(("timestamp", "rmssd", "nremhr"), (Measure("rmssd", _RMSSD, "ms"),), iso_day),
    Table(("timestamp", "rmssd", "coverage"), (Measure("rmssd", _RMSSD, "ms"),)),
    Table(
        ("timestamp", "daily_respiratory_rate"),
        (Measure("daily_respiratory_rate", "respiratory_rate", "count/min"),),
        iso_day,
    ),
    Table(
        ("timestamp", "average_value", "lower_bound"),
        (Measure("average_value", "oxygen_saturation", "%", positive=True),),
        iso_day,
    ),
    Table(("timestamp", "value"), (Measure("value", "oxygen_saturation", "%", positive=True),), named="spo2"),
    Table(("sleep_log_entry_id", "timestamp", "overall_score"), (Measure("overall_score", "sleep_score", "count"),)),
    Table(
        ("DATE", "UPDATED_AT", "STRESS_SCORE"),
        (Measure("STRESS_SCORE", "stress_management_score", "count", positive=True),),
        iso_day,
        at="DATE",
    ),
    Table(
        ("date", "readiness_score_value"),
        (Measure("readiness_score_value", "readiness_score", "count"),),
        iso_day,
        at="date",
    ),
    Table(
        ("date_time", "heart_zone_id", "total_minutes"),
        (Measure("total_minutes", "active_zone_minutes", "min"),),
        at="date_time",
    ),
    Table(
        ("type", "sleep_start", "sleep_end", "temperature_samples", "nightly_temperature"),
        (Measure("nightly_temperature", "wrist_temperature", "degC"),),
        at="sleep_start",
        end="sleep_end",
    ),
)

SLEEPS = ("sleep_id", "sleep_type", "minutes_in_sleep_period")
STAGES = ("sleep_id", "sleep_stage_id", "sleep_stage_type")
EXERCISES = ("exercise_id", "exercise_start", "exercise_end", "utc_offset")
STAGE_METRICS = {"LIGHT": "sleep_core", "DEEP": "sleep_deep", "REM": "sleep_rem", "AWAKE": "sleep_awake",
                 "WAKE": "sleep_awake", "ASLEEP": "sleep_asleep", "RESTLESS": "sleep_awake"}  # fmt: skip


def table_of(header: tuple[str, ...], name: str) -> Table | None:
    """The table whose columns a header begins with."""
    for table in TABLES:
        if header[: len(table.columns)] == table.columns and table.named in name.lower():
            return table
    return None
