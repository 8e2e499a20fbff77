"""Google Fit in: sessions, nights, data points, tables of days and quarters, damage."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from darak.importers.health.google_fit.google_fit import GoogleFitImporter
from darak.records.record import Sample

FIT = GoogleFitImporter()
RUN = {
    "fitnessActivity": "running", "startTime": "2021-04-19T20:57:39.686Z", "endTime": "2021-04-19T21:08:53.872Z",
    "duration": "674.186s", "segment": [],
    "aggregate": [
        {"metricName": "com.google.calories.expended", "floatValue": 144.38},
        {"metricName": "com.google.step_count.delta", "intValue": 1800},
        {"metricName": "com.google.distance.delta", "floatValue": 1900.5},
    ],
}  # fmt: skip
NIGHT = {
    "fitnessActivity": "sleep", "startTime": "2026-09-09T17:00:00Z", "endTime": "2026-09-10T00:30:00Z",
    "segment": [
        {"fitnessActivity": "sleep", "startTime": "2026-09-09T17:00:00Z", "endTime": "2026-09-09T23:00:00Z"},
        {"fitnessActivity": "sleep.awake", "startTime": "2026-09-09T23:00:00Z", "endTime": "2026-09-09T23:30:00Z"},
    ],
}  # fmt: skip


def write(tmp_path: Path, name: str, data: Any) -> Path:
    path = tmp_path / "Takeout" / "Fit" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(data if isinstance(data, str) else json.dumps(data, indent=2), "utf-8")
    return tmp_path


def point(kind: str, *values: dict[str, Any], start: int = 1480316400, seconds: int = 60) -> dict[str, Any]:
    return {
        "fitValue": [{"value": value} for value in values], "originDataSourceId": "raw:watch",
        "endTimeNanos": (start + seconds) * 10**9, "dataTypeName": f"com.google.{kind}",
        "startTimeNanos": start * 10**9, "modifiedTimeMillis": 1, "rawTimestampNanos": 0,
    }  # fmt: skip


def found(reading: Any) -> list[tuple[str, float, str]]:
    return [(s.metric, s.value, s.unit) for s in reading.of(Sample)]


def test_a_session_is_a_record(tmp_path: Path, read: Callable) -> None:
    (run,) = read(FIT, write(tmp_path, "All Sessions/a.json", RUN)).records
    assert (run.title, run.text) == ("Running (달리기)", "11 min, 1.90 km, 144 kcal")
    assert run.extra == {
        "activity": "running", "duration_min": 11.24, "energy_kcal": 144.4, "steps": 1800.0, "distance_km": 1.901,
    }  # fmt: skip
    assert (run.time.iso(), run.end.iso()) == ("2021-04-19T20:57:39.686Z", "2021-04-19T21:08:53.872Z")


def test_a_night_is_told_by_its_stretches(tmp_path: Path, read: Callable) -> None:
    reading = read(FIT, write(tmp_path, "All Sessions/n.json", NIGHT))
    assert found(reading) == [("sleep_asleep", 360, "min"), ("sleep_awake", 30, "min")]


def test_standing_still_is_no_activity(tmp_path: Path, read: Callable) -> None:
    reading = read(FIT, write(tmp_path, "All Sessions/s.json", RUN | {"fitnessActivity": "still"}))
    assert not reading.records and reading.ignored == 1


POINTS = [
    (point("step_count.delta", {"intVal": 12}), [("steps", 12, "count")]),
    (point("distance.delta", {"fpVal": 120.5}), [("distance_walking_running", 0.1205, "km")]),
    (point("height", {"fpVal": 1.725}), [("height", 172.5, "cm")]),
    (point("sleep.segment", {"intVal": 5}, seconds=1800), [("sleep_deep", 30, "min")]),
    (
        point("blood_pressure", {"fpVal": 121}, {"fpVal": 78}, {"intVal": 1}),
        [("blood_pressure_systolic", 121, "mmHg"), ("blood_pressure_diastolic", 78, "mmHg")],
    ),
    (point("activity.segment", {"intVal": 7}), []),
]


@pytest.mark.parametrize(("entry", "expected"), POINTS)
def test_data_points_have_darak_names_and_units(
    entry: dict[str, Any], expected: list[Any], tmp_path: Path, read: Callable
) -> None:
    data = {"Data Source": "derived:x", "Data Points": [entry]}
    reading = read(FIT, write(tmp_path, "All Data/a.json", data))
    assert found(reading) == expected and not reading.bad
    if expected:
        sample = reading.of(Sample)[0]
        assert (sample.time.iso(), sample.device) == ("2016-11-28T07:00:00Z", "raw:watch")


@pytest.mark.parametrize(
    "header",
    [
        "Date,Move Minutes count,Calories (kcal),Distance (m),Step count,Average weight (kg)",
        "날짜,x,칼로리(kcal),거리(m),걸음 수,평균 몸무게(kg)",
    ],
)
def test_the_table_of_days(header: str, tmp_path: Path, read: Callable) -> None:
    text = f"{header}\n2026-03-01,,2100,6400,9123,81.4\n2026-03-02,,0,0,0,\n"
    reading = read(FIT, write(tmp_path, "Daily activity metrics/Daily activity metrics.csv", text))
    assert sorted(found(reading)[:4]) == [
        ("body_mass", 81.4, "kg"), ("distance_walking_running", 6.4, "km"), ("steps", 9123, "count"),
        ("total_energy", 2100, "kcal"),
    ]  # fmt: skip
    first = reading.of(Sample)[0]
    assert (first.time.iso(), first.end.iso()) == ("2026-03-01", "2026-03-01T23:59:59")


def test_the_table_of_a_day_has_its_date_in_its_name(tmp_path: Path, read: Callable) -> None:
    text = "시작 시간,종료 시간,거리(m),걸음 수\n23:45:00.000-07:00,00:00:00.000-07:00,100,321\n"
    reading = read(FIT, write(tmp_path, "일일 활동 측정항목/2016-11-03.csv", text))
    steps, _ = reading.of(Sample)
    assert (steps.value, steps.time.iso(), steps.end.iso()) == (
        321, "2016-11-03T23:45:00-07:00", "2016-11-04T00:00:00-07:00",
    )  # fmt: skip


def test_the_track_of_a_session_gives_no_second_record(tmp_path: Path, read: Callable) -> None:
    write(tmp_path, "All Sessions/a.json", RUN)
    tcx = (
        '<TrainingCenterDatabase><Activities><Activity Sport="Running"><Id>2021-04-19T20:57:39.686Z</Id><Lap><Track>'
        "<Trackpoint><Time>2021-04-19T20:57:39Z</Time><HeartRateBpm><Value>120</Value></HeartRateBpm></Trackpoint>"
        "</Track></Lap></Activity></Activities></TrainingCenterDatabase>"
    )
    reading = read(FIT, write(tmp_path, "Activities/a.tcx", tcx))
    assert len(reading.records) == 1 and found(reading) == [("heart_rate", 120, "count/min")]


def test_damage_is_told(tmp_path: Path, read: Callable) -> None:
    write(tmp_path, "All Sessions/a.json", json.dumps(RUN)[:-30])
    write(tmp_path, "All Data/b.json", {"Data Source": "x", "Data Points": [point("weight", {"fpVal": 70})]})
    write(tmp_path, "Daily activity metrics/c.csv", "Date,Step count,Distance (m)\n2026-13-01,5,5\n2026-03-01,many,5\n")
    reading = read(FIT, tmp_path)
    assert sorted(row.code for row in reading.bad) == ["bad-session", "bad-time", "no-number"]
    assert found(reading) == [("body_mass", 70, "kg")]


def test_other_files_are_left_alone(tmp_path: Path, read: Callable) -> None:
    write(tmp_path, "a.json", {"activity": "x"})
    assert not read(FIT, write(tmp_path, "b.csv", "Date,Amount\n2026-01-01,3\n")).matches
