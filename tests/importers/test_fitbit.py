"""Fitbit in: series of JSON, logs of sleep, weight and exercise, tables of Takeout, damage."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from darak.importers.health.fitbit.fitbit import FitbitImporter
from darak.importers.health.fitbit.tables import TABLES
from darak.records.record import Sample

FITBIT = FitbitImporter()
FOLDER = "Takeout/Fitbit/Global Export Data"
SLEEP = {
    "logId": 31, "dateOfSleep": "2026-01-02", "startTime": "2026-01-01T23:30:30.000",
    "endTime": "2026-01-02T07:00:00.000", "duration": 26970000, "minutesAsleep": 400, "type": "stages",
    "levels": {
        "summary": {},
        "data": [
            {"dateTime": "2026-01-01T23:30:30.000", "level": "light", "seconds": 600},
            {"dateTime": "2026-01-01T23:40:30.000", "level": "wake", "seconds": 90},
            {"dateTime": "2026-01-01T23:42:00.000", "level": "deep", "seconds": 3600},
        ],
    },
}  # fmt: skip
EXERCISE = {
    "logId": 41, "activityName": "Outdoor Bike", "activityTypeId": 1071, "averageHeartRate": 118, "calories": 368,
    "duration": 2560000, "activeDuration": 2500000, "logType": "auto_detected", "startTime": "09/27/26 05:22:23",
    "distance": 10.0, "distanceUnit": "Mile",
}  # fmt: skip


def write(tmp_path: Path, name: str, data: Any) -> Path:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(data if isinstance(data, str) else json.dumps(data, indent=1), "utf-8")
    return tmp_path


def found(reading: Any) -> list[tuple[str, float, str, str]]:
    return [(s.metric, s.value, s.unit, s.time.iso()) for s in reading.of(Sample)]


SERIES = [
    ("heart_rate", {"bpm": 70, "confidence": 3}, ("heart_rate", 70, "count/min", "2026-01-02T00:00:02Z")),
    ("steps", "12", ("steps", 12, "count", "2026-01-02T00:00:02Z")),
    ("distance", "230000", ("distance_walking_running", 2.3, "km", "2026-01-02T00:00:02Z")),
    ("calories", "1.25", ("total_energy", 1.25, "kcal", "2026-01-02T00:00:02")),
    ("very_active_minutes", "31", ("very_active_time", 31, "min", "2026-01-02")),
    (
        "resting_heart_rate",
        {"date": "01/02/26", "value": 58.4, "error": 6.7},
        ("resting_heart_rate", 58.4, "count/min", "2026-01-02"),
    ),
]


@pytest.mark.parametrize(("name", "value", "expected"), SERIES)
def test_series_have_darak_names_and_units(
    name: str, value: Any, expected: tuple[Any, ...], tmp_path: Path, read: Callable
) -> None:
    root = write(tmp_path, f"{FOLDER}/{name}-2026-01-02.json", [{"dateTime": "01/02/26 00:00:02", "value": value}])
    assert found(read(FITBIT, root)) == [expected]


def test_what_was_not_measured_on_a_day_is_no_sample(tmp_path: Path, read: Callable) -> None:
    nothing = {"dateTime": "01/02/26 00:00:00", "value": {"date": None, "value": 0.0, "error": 0.0}}
    reading = read(FITBIT, write(tmp_path, f"{FOLDER}/resting_heart_rate-2026-01-01.json", [nothing]))
    assert not reading.of(Sample) and reading.ignored == 1


def test_a_night_is_told_by_its_stages_on_the_owners_clock(tmp_path: Path, read: Callable) -> None:
    assert found(read(FITBIT, write(tmp_path, f"{FOLDER}/sleep-2026-01-01.json", [SLEEP]))) == [
        ("sleep_in_bed", 449.5, "min", "2026-01-01T23:30:30.000"),
        ("sleep_core", 10, "min", "2026-01-01T23:30:30.000"),
        ("sleep_awake", 1.5, "min", "2026-01-01T23:40:30.000"),
        ("sleep_deep", 60, "min", "2026-01-01T23:42:00.000"),
    ]


def test_a_weighing_is_in_pounds(tmp_path: Path, read: Callable) -> None:
    log = {
        "logId": 1,
        "weight": 154.3,
        "bmi": 22.1,
        "fat": 18.5,
        "date": "01/02/26",
        "time": "07:10:00",
        "source": "API",
    }
    assert found(read(FITBIT, write(tmp_path, f"{FOLDER}/weight-2026-01-01.json", [log]))) == [
        ("body_mass", 69.989, "kg", "2026-01-02T07:10:00"),
        ("body_mass_index", 22.1, "count", "2026-01-02T07:10:00"),
        ("body_fat", 18.5, "%", "2026-01-02T07:10:00"),
    ]


@pytest.mark.parametrize(
    ("weight", "bmi", "kilograms"), [(176.3, 24.69, 79.968), (80.0, 24.69, 80.0), (176.3, 0, 79.968)]
)
def test_the_body_mass_index_tells_pounds_from_kilograms(
    weight: float, bmi: float, kilograms: float, tmp_path: Path, read: Callable
) -> None:
    log = {"logId": 1, "weight": weight, "bmi": bmi, "date": "01/02/26", "time": "07:10:00"}
    reading = read(FITBIT, write(tmp_path, f"{FOLDER}/weight-2026-01-01.json", [log]))
    assert found(reading)[0][1] == kilograms


def test_an_exercise_is_a_record(tmp_path: Path, read: Callable) -> None:
    (ride,) = read(FITBIT, write(tmp_path, f"{FOLDER}/exercise-0.json", [EXERCISE])).records
    assert (ride.title, ride.text) == ("Cycling (자전거)", "43 min, 16.09 km, 368 kcal")
    assert (ride.native_id, ride.time.iso(), ride.extra["heart_rate"]) == ("exercise/41", "2026-09-27T05:22:23Z", 118)


CSVS = [
    (
        "heart_rate_2026-01-02.csv",
        "timestamp,beats per minute,data source\n2026-01-02T00:00:03Z,72.0,Charge 5\n",
        ("heart_rate", 72, "count/min", "2026-01-02T00:00:03Z"),
    ),
    (
        "daily_resting_heart_rate.csv",
        "timestamp,beats per minute,data source\n2026-01-02T12:00:00Z,66.8,Fitbit App\n",
        ("resting_heart_rate", 66.8, "count/min", "2026-01-02"),
    ),
    (
        "weight.csv",
        "timestamp,weight grams,data source\n2026-01-02T06:00:00Z,69500,Scale\n",
        ("body_mass", 69.5, "kg", "2026-01-02T06:00:00Z"),
    ),
    (
        "Daily Heart Rate Variability Summary - 2026-01-(2).csv",
        "timestamp,rmssd,nremhr,entropy\n2026-01-02T00:00:00,42.2,60.2,2.3\n",
        ("heart_rate_variability_rmssd", 42.2, "ms", "2026-01-02"),
    ),
    (
        "Daily SpO2 - 2026-01-02.csv",
        "timestamp,average_value,lower_bound,upper_bound\n2026-01-02T00:00:00Z,96.5,93.0,99.9\n",
        ("oxygen_saturation", 96.5, "%", "2026-01-02"),
    ),
    (
        "Minute SpO2 - 2026-01-02.csv",
        "timestamp,value\n2026-01-02T01:00:00Z,95.4\n",
        ("oxygen_saturation", 95.4, "%", "2026-01-02T01:00:00Z"),
    ),
    (
        "sleep_score.csv",
        "sleep_log_entry_id,timestamp,overall_score,composition_score\n1,2026-01-02T08:03:30Z,78,\n",
        ("sleep_score", 78, "count", "2026-01-02T08:03:30Z"),
    ),
    (
        "Stress Score.csv",
        "DATE,UPDATED_AT,STRESS_SCORE,STATUS\n2026-01-02T00:00:00,2026-01-02T09:00:00,81,READY\n",
        ("stress_management_score", 81, "count", "2026-01-02"),
    ),
    (
        "Active Zone Minutes - 2026-01-01.csv",
        "date_time,heart_zone_id,total_minutes\n2026-01-02T08:40,FAT_BURN,1\n",
        ("active_zone_minutes", 1, "min", "2026-01-02T08:40"),
    ),
    (
        "Computed Temperature - 2026-01-01.csv",
        "type,sleep_start,sleep_end,temperature_samples,nightly_temperature\n"
        "SKIN,2026-01-01T23:15,2026-01-02T07:05,530,31.42\n",
        ("wrist_temperature", 31.42, "degC", "2026-01-01T23:15"),
    ),
    (
        "UserSleepStages_2026-01-01.csv",
        "sleep_id,sleep_stage_id,sleep_stage_type,start_utc_offset,sleep_stage_start,end_utc_offset,sleep_stage_end,data_source\n"
        "1,2,REM,+05:30,2026-01-01T20:30:00Z,+05:30,2026-01-01T22:00:00Z,AIR\n",
        ("sleep_rem", 90, "min", "2026-01-02T02:00:00+05:30"),
    ),
]


@pytest.mark.parametrize(("name", "text", "expected"), CSVS, ids=[name for name, _, _ in CSVS])
def test_tables_of_takeout(name: str, text: str, expected: tuple[Any, ...], tmp_path: Path, read: Callable) -> None:
    assert found(read(FITBIT, write(tmp_path, name, text))) == [expected]


def test_the_oxygen_that_could_not_be_measured_is_no_sample(tmp_path: Path, read: Callable) -> None:
    reading = read(FITBIT, write(tmp_path, "Minute SpO2 - a.csv", "timestamp,value\n2026-01-02T01:00:00Z,50.0\n"))
    assert not reading.of(Sample) and reading.ignored == 1


def test_exercises_of_the_table_come_before_those_of_the_log(tmp_path: Path, read: Callable) -> None:
    header = "exercise_id,exercise_start,exercise_end,utc_offset,activity_name,log_type,tracker_total_distance_mm"
    row = "41,2026-09-27T05:22:23Z,2026-09-27T06:05:03Z,+02:00,Outdoor Bike,AUTO_DETECTED,16093440"
    write(tmp_path, "Takeout/Fitbit/Health Fitness Data_GoogleData/UserExercises_a.csv", f"{header}\n{row}\n")
    reading = read(FITBIT, write(tmp_path, f"{FOLDER}/exercise-0.json", [EXERCISE]))
    (ride,) = reading.records
    assert ride.time.iso() == "2026-09-27T07:22:23+02:00" and ride.extra["distance_km"] == 16.093
    assert reading.ignored == 1


def test_what_lies_beside_is_ignored(tmp_path: Path, read: Callable) -> None:
    write(tmp_path, "Takeout/Fitbit/Social/badge.json", '[{"badgeType": "DAILY_STEPS"}]')
    write(tmp_path, "Takeout/Fitbit/Social/README.txt", "about badges")
    write(tmp_path, "Takeout/Other/notes.txt", "other")
    reading = read(FITBIT, write(tmp_path, f"{FOLDER}/exercise-0.json", [EXERCISE]))
    assert len(reading.records) == 1 and reading.ignored == 2
    assert [len(match.members) for match in reading.matches] == [1, 2]


@pytest.mark.parametrize(
    "entry",
    [{"dateTime": "13/02/26 00:00:02", "value": "1"}, {"dateTime": "01/02/26 00:00:02", "value": "many"}],
)
def test_a_bad_entry_is_told(entry: dict[str, Any], tmp_path: Path, read: Callable) -> None:
    entries = [{"dateTime": "01/02/26 00:00:00", "value": "5"}, entry]
    reading = read(FITBIT, write(tmp_path, f"{FOLDER}/steps-2026-01-02.json", entries))
    assert [row.code for row in reading.bad] == ["bad-entry"] and len(reading.of(Sample)) == 1


@given(
    values=st.lists(st.tuples(st.integers(0, 86399), st.integers(0, 300)), min_size=1, max_size=30),
    at=st.integers(0, 10**6),
    byte=st.integers(0, 255),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read_back_and_a_wrong_byte_costs_one_entry(
    values: list[tuple[int, int]], at: int, byte: int, tmp_path: Path, read: Callable
) -> None:
    stamps = [f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}" for second, _ in values]
    entries = [{"dateTime": f"01/02/26 {s}", "value": str(n)} for s, (_, n) in zip(stamps, values, strict=True)]
    name = f"{FOLDER}/steps-2026-01-02.json"
    root = write(tmp_path, name, entries)
    whole = [(s.value, s.time.iso()) for s in read(FITBIT, root).of(Sample)]
    assert whole == [(n, f"2026-01-02T{s}Z") for s, (_, n) in zip(stamps, values, strict=True)]
    raw = (root / name).read_bytes()
    at = 60 + at % max(1, len(raw) - 60)
    if at < len(raw):
        (root / name).write_bytes(raw[:at] + bytes([byte]) + raw[at + 1 :])
        assert len(read(FITBIT, root).bad) <= 1


def test_one_metric_has_one_unit() -> None:
    units: dict[str, set[str]] = {}
    for table in TABLES:
        for measure in table.measures:
            units.setdefault(measure.metric, set()).add(measure.unit)
    assert all(len(found) == 1 for found in units.values())


@pytest.mark.parametrize("text", ["[]", '[{"dateTime": "2026-01-02", "value": 1}]', "timestamp,message\n1,hi\n"])
def test_other_files_are_left_alone(text: str, tmp_path: Path, read: Callable) -> None:
    assert not read(FITBIT, write(tmp_path, "steps.json", text)).matches
