"""Samsung Health in: tables with their traps, exercise, sleep, the pulse of the minutes, damage."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from darak.importers.health.samsung.samsung_health import SamsungHealthImporter
from darak.importers.health.samsung.tables import ACTIVITIES, TABLES
from darak.records.record import Sample

HEALTH = SamsungHealthImporter()
PULSE = "com.samsung.health.heart_rate."


def write(
    tmp_path: Path, table: str, header: str, *rows: str, prefix: str = "com.samsung.shealth.", end: str = ",\n"
) -> Path:
    folder = tmp_path / "samsunghealth_나_20260105"
    folder.mkdir(exist_ok=True)
    path = folder / f"{prefix}{table}.20260105101010.csv"
    lines = [f"{prefix}{table},6002006,3\n", header + "\n", *(row + end for row in rows)]
    path.write_text("\ufeff" + "".join(lines), "utf-8")
    return tmp_path


def found(reading: object) -> list[tuple[str, float, str]]:
    return [(s.metric, s.value, s.unit) for s in reading.of(Sample)]  # type: ignore[attr-defined]


def test_the_comma_at_the_end_shifts_nothing_and_times_are_on_the_places_clock(tmp_path: Path, read: Callable) -> None:
    header = f"{PULSE}start_time,{PULSE}end_time,{PULSE}time_offset,{PULSE}heart_rate,{PULSE}deviceuuid"
    row = "2026-01-01 14:53:00.000,2026-01-01 14:54:00.000,UTC+0900,61.0,watch"
    (pulse,) = read(HEALTH, write(tmp_path, "tracker.heart_rate", header, row)).of(Sample)
    assert (pulse.metric, pulse.value, pulse.unit, pulse.device) == ("heart_rate", 61, "count/min", "watch")
    assert (pulse.time.iso(), pulse.end.iso()) == ("2026-01-01T23:53:00+09:00", "2026-01-01T23:54:00+09:00")


@pytest.mark.parametrize(
    ("time", "offset", "iso"),
    [
        ("1767279180000", "32400000", "2026-01-01T23:53:00+09:00"),
        ("2026-01-01 14:53:00", "UTC-0330", "2026-01-01T11:23:00-03:30"),
        ("2026-01-01 14:53:00.500", "UTC+28550", "2026-01-01T14:53:00.500Z"),
        ("2026-01-01 14:53:00.000", "", "2026-01-01T14:53:00Z"),
    ],
)
def test_times_of_old_and_new_exports(time: str, offset: str, iso: str, tmp_path: Path, read: Callable) -> None:
    text = write(tmp_path, "height", "start_time,time_offset,height", f"{time},{offset},172.5")
    (height,) = read(HEALTH, text).of(Sample)
    assert height.time.iso() == iso


def test_a_days_steps_are_of_the_local_day_and_know_their_device(tmp_path: Path, read: Callable) -> None:
    header = "source_type,count,distance,calorie,deviceuuid,datauuid,day_time"
    rows = ("-2,8123,6012.5,301.2,VfS0,u1,1767225600000", "0,8000,6000.0,300.0,phone,u2,1767225600000")
    merged, *_ = steps = read(HEALTH, write(tmp_path, "step_daily_trend", header, *rows)).of(Sample)
    assert [(s.metric, s.value, s.device) for s in steps if s.metric == "steps"] == [
        ("steps", 8123, "all devices"), ("steps", 8000, "phone"),
    ]  # fmt: skip
    assert (merged.time.iso(), merged.end.iso()) == ("2026-01-01", "2026-01-01T23:59:59")
    assert ("distance_walking_running", 6.0125, "km") in [(s.metric, s.value, s.unit) for s in steps]


def test_sleep_is_told_by_its_stages_where_there_are_any(tmp_path: Path, read: Callable) -> None:
    prefix = "com.samsung.health.sleep."
    header = f"{prefix}start_time,{prefix}end_time,{prefix}time_offset,sleep_score,sleep_duration"
    night = "2026-01-01 14:00:00.000,2026-01-01 22:00:00.000,UTC+0900,79,450"
    write(tmp_path, "sleep", header, night)
    assert found(read(HEALTH, tmp_path)) == [
        ("sleep_in_bed", 480, "min"), ("sleep_asleep", 450, "min"), ("sleep_score", 79, "count"),
    ]  # fmt: skip
    stages = ("2026-01-01 14:00:00.000,2026-01-01 15:30:00.000,UTC+0900,40003",
              "2026-01-01 15:30:00.000,2026-01-01 15:45:00.000,UTC+0900,40004")  # fmt: skip
    write(tmp_path, "sleep_stage", "start_time,end_time,time_offset,stage", *stages, prefix="com.samsung.health.")
    assert sorted(found(read(HEALTH, tmp_path))) == [
        ("sleep_deep", 90, "min"), ("sleep_in_bed", 480, "min"), ("sleep_rem", 15, "min"), ("sleep_score", 79, "count"),
    ]  # fmt: skip


def test_exercise_is_a_record(tmp_path: Path, read: Callable) -> None:
    names = ("start_time", "end_time", "time_offset", "exercise_type", "duration", "distance", "calorie",
             "mean_heart_rate", "datauuid")  # fmt: skip
    header = ",".join(["title", *(f"com.samsung.health.exercise.{name}" for name in names)])
    row = "뒷산,2026-01-01 01:00:00.000,2026-01-01 02:30:00.000,UTC+0900,13001,5400000,6200.0,480.0,121.0,u-1"
    (hike,) = read(HEALTH, write(tmp_path, "exercise", header, row)).records
    assert (hike.title, hike.text) == ("뒷산", "Hiking (등산), 90 min, 6.20 km, 480 kcal")
    assert hike.native_id == "u-1" and hike.extra["heart_rate"] == 121.0
    assert hike.time.iso() == "2026-01-01T10:00:00+09:00"


def test_what_was_eaten_and_felt_are_records(tmp_path: Path, read: Callable) -> None:
    header = "start_time,time_offset,name,calorie,datauuid"
    write(tmp_path, "food_intake", header, "2026-01-01 03:00:00.000,UTC+0900,된장찌개,320.0,f-1")
    moods = ("2026-01-01 04:00:00.000,UTC+0900,calm", "2026-01-01 05:00:00.000,UTC+0900,")
    write(tmp_path, "mood", "start_time,time_offset,notes", *moods)
    reading = read(HEALTH, tmp_path)
    assert sorted((r.title, r.text) for r in reading.records) == [
        ("Food (음식): 된장찌개", "320.0 kcal"), ("Mood (기분)", "calm"),
    ]  # fmt: skip
    assert reading.ignored == 1


def test_the_pulse_of_the_minutes_lies_beside_the_table(tmp_path: Path, read: Callable) -> None:
    header = f"{PULSE}start_time,{PULSE}time_offset,{PULSE}heart_rate,{PULSE}binning_data"
    row = "2026-01-01 14:00:00.000,UTC+0900,70.0,u1.binning_data.json"
    root = write(tmp_path, "tracker.heart_rate", header, row)
    folder = root / "samsunghealth_나_20260105" / "jsons" / "com.samsung.shealth.tracker.heart_rate" / "u"
    folder.mkdir(parents=True)
    minutes = [{"heart_rate": 70.0 + n, "start_time": 1767276000000 + n * 60000} for n in range(3)]
    (folder / "u1.binning_data.json").write_text(json.dumps(minutes))
    (folder / "u2.binning_data.json").write_text("[]")
    reading = read(HEALTH, root)
    assert [(s.value, s.time.iso()) for s in reading.of(Sample)] == [
        (70.0, "2026-01-01T23:00:00+09:00"), (71.0, "2026-01-01T23:01:00+09:00"), (72.0, "2026-01-01T23:02:00+09:00"),
    ]  # fmt: skip
    assert reading.ignored == 1


def test_tables_that_are_not_read_are_counted(tmp_path: Path, read: Callable) -> None:
    reading = read(HEALTH, write(tmp_path, "badge", "title,start_time", "x,2026-01-01 01:00:00.000", "y,"))
    assert reading.ignored == 2 and not reading.bad


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("yesterday,UTC+0900,70", "bad-time"),
        ("2026-01-01 01:00:00.000,UTC+0900,heavy", "no-number"),
        ("2026-01-01 01:00:00.000", "damaged-row"),
        ("2026-01-01 01:00:00.000,UTC+0900,70,7,7", "damaged-row"),
    ],
)
def test_a_bad_row_is_told(row: str, code: str, tmp_path: Path, read: Callable) -> None:
    good = "2026-01-01 02:00:00.000,UTC+0900,70.5"
    reading = read(HEALTH, write(tmp_path, "weight", "start_time,time_offset,weight", row, good))
    assert [bad.code for bad in reading.bad] == [code]
    assert found(reading) == [("body_mass", 70.5, "kg")]


def test_zero_is_no_weight_and_an_empty_row_is_none(tmp_path: Path, read: Callable) -> None:
    rows = ("2026-01-01 02:00:00.000,UTC+0900,0", ",,")
    reading = read(HEALTH, write(tmp_path, "weight", "start_time,time_offset,weight", *rows))
    assert not reading.of(Sample) and reading.ignored == 2


def test_origins_lead_back_to_the_row(tmp_path: Path, read: Callable) -> None:
    root = write(tmp_path, "weight", "start_time,time_offset,weight", "2026-01-01 02:00:00.000,UTC+0900,70.5")
    (weight,) = read(HEALTH, root).of(Sample)
    start, end = map(int, weight.origin.locator.removeprefix("bytes ").split("-"))
    assert (root / weight.origin.member).read_bytes()[start:end] == b"2026-01-01 02:00:00.000,UTC+0900,70.5,"


def test_every_activity_and_metric_has_a_name() -> None:
    assert all(ACTIVITIES.values())
    units: dict[str, set[str]] = {}
    for measures in TABLES.values():
        for measure in measures:
            units.setdefault(measure.metric, set()).add(measure.unit)
    assert all(len(found) == 1 for found in units.values())


def test_other_tables_are_left_alone(tmp_path: Path, read: Callable) -> None:
    path = tmp_path / "com.samsung.csv"
    path.write_text("date,amount\n2026-01-01,3\n")
    assert not read(HEALTH, path).matches
