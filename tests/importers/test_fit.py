"""FIT in: sessions as records, what was measured as samples, the clock of the owner, damage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.importers import fit_writer as fit

from darak.importers.health.fit import FitImporter
from darak.importers.health.fit_layout import count_messages
from darak.records.record import Sample

FIT = FitImporter()
START = datetime(2025, 3, 1, 6)
POINTS = [fit.record(START + timedelta(minutes=n), 37.5 + n / 100, 127, 140 + n) for n in range(3)]
RUN = fit.fit_file([fit.file_id(), *POINTS, fit.session(START, 1800, 5000), fit.activity(START, 9)])


def write(tmp_path: Path, data: bytes, name: str = "run.fit") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_a_session_is_a_record_on_the_owners_clock(tmp_path: Path, read: Callable) -> None:
    (run,) = read(FIT, write(tmp_path, RUN)).records
    assert (run.title, run.text) == ("Running (달리기)", "30 min, 5.00 km, 300 kcal")
    assert run.extra == {
        "activity": "running", "duration_min": 30.0, "distance_km": 5.0, "energy_kcal": 300.0, "heart_rate": 150.0,
        "moving_min": 30.0, "device": "garmin fr110",
    }  # fmt: skip
    assert (run.time.iso(), run.end.iso()) == ("2025-03-01T15:00:00+09:00", "2025-03-01T15:30:00+09:00")
    assert round(run.place.lat, 5) == 37.5


def test_the_records_of_a_session_are_samples(tmp_path: Path, read: Callable) -> None:
    reading = read(FIT, write(tmp_path, RUN))
    assert [(s.metric, round(s.value, 5)) for s in reading.of(Sample)[3:6]] == [
        ("latitude", 37.51), ("longitude", 127.0), ("heart_rate", 141),
    ]  # fmt: skip
    assert reading.of(Sample)[3].time.iso() == "2025-03-01T15:01:00+09:00"


def test_without_the_owners_clock_times_are_in_utc(tmp_path: Path, read: Callable) -> None:
    data = fit.fit_file([fit.file_id(), *POINTS, fit.session(START, 1800, 5000)])
    (run,) = read(FIT, write(tmp_path, data)).records
    assert run.time.iso() == "2025-03-01T06:00:00Z"


def test_a_point_that_damage_put_years_away_is_told(tmp_path: Path, read: Callable) -> None:
    far = fit.record(START + timedelta(days=20000), 37.5, 127, 140)
    reading = read(FIT, write(tmp_path, fit.fit_file([fit.file_id(), *POINTS, far, fit.session(START, 1800, 5000)])))
    assert [bad.code for bad in reading.bad] == ["impossible-time"]
    assert {sample.time.local.year for sample in reading.of(Sample)} == {2025}


def test_a_weighing_is_a_sample(tmp_path: Path, read: Callable) -> None:
    (weight,) = read(FIT, write(tmp_path, fit.fit_file([fit.file_id(), fit.weighing(START, 70.5)]))).of(Sample)
    assert (weight.metric, weight.value, weight.unit) == ("body_mass", 70.5, "kg")


def test_files_may_be_chained(tmp_path: Path, read: Callable) -> None:
    later = fit.fit_file([fit.file_id(), fit.session(START + timedelta(days=1), 60, 100, sport=2)])
    reading = read(FIT, write(tmp_path, RUN + later))
    assert [r.extra["activity"] for r in reading.records] == ["running", "cycling"]


def test_an_activity_that_was_never_finished_is_made_from_its_points(tmp_path: Path, read: Callable) -> None:
    reading = read(FIT, write(tmp_path, fit.fit_file([fit.file_id(), *POINTS])))
    (run,) = reading.records
    assert run.extra["duration_min"] == 2.0 and run.extra["distance_km"] == 2.224
    assert [flaw.code for flaw in reading.flaws] == ["no-session"]


def test_the_points_of_several_sports_tell_nothing_of_one(tmp_path: Path, read: Callable) -> None:
    ride = fit.session(START + timedelta(hours=1), 60, 0, sport=2)
    reading = read(FIT, write(tmp_path, fit.fit_file([fit.file_id(), *POINTS, fit.session(START, 1800, 5000), ride])))
    assert "distance_km" not in reading.records[1].extra


def test_a_wrong_checksum_is_told_and_the_rest_is_read(tmp_path: Path, read: Callable) -> None:
    at = RUN.index(POINTS[1]) + len(POINTS[1]) - 1
    reading = read(FIT, write(tmp_path, RUN[:at] + b"\x50" + RUN[at + 1 :]))
    assert [row.code for row in reading.bad] == ["bad-checksum"]
    assert len(reading.of(Sample)) == 9 and len(reading.records) == 1


@given(cut=st.integers(14, len(RUN) - 1))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_cut_file_keeps_the_messages_before_the_cut(cut: int, tmp_path: Path, read: Callable) -> None:
    whole = read(FIT, write(tmp_path, RUN))
    reading = read(FIT, write(tmp_path, RUN[:cut]))
    assert [row.code for row in reading.bad] == ["cut-off"]
    found = [(s.metric, s.value, s.time.instant("UTC")) for s in reading.of(Sample)]
    ends = [int(s.origin.locator.rpartition("-")[2]) for s in whole.of(Sample)]
    expected = [(s.metric, s.value, s.time.instant("UTC")) for s in whole.of(Sample)]
    assert found == expected[: sum(end <= cut for end in ends)]


@given(at=st.integers(0, len(RUN) - 1), byte=st.integers(0, 255))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_wrong_byte_leaves_the_accounts_closed(at: int, byte: int, tmp_path: Path, read: Callable) -> None:
    reading = read(FIT, write(tmp_path, RUN[:at] + bytes([byte]) + RUN[at + 1 :]))
    assert len(reading.bad) <= 1


def test_messages_are_counted_by_their_framing() -> None:
    assert count_messages(RUN) == 6 and count_messages(RUN + RUN) == 12 and count_messages(RUN[:-60]) < 6


@pytest.mark.parametrize("data", [b"", b"FIT", b"\x0e" + b"\0" * 20])
def test_other_files_are_left_alone(data: bytes, tmp_path: Path, read: Callable) -> None:
    if data:
        assert not read(FIT, write(tmp_path, data)).matches
