"""Strava in: the table of activities in its languages, the files it names, damage."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from darak.importers.health.strava.columns import moment
from darak.importers.health.strava.strava import StravaImporter
from darak.records.record import Sample

STRAVA = StravaImporter()
HEADER = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Max Heart Rate,"
    "Filename,Elapsed Time,Moving Time,Distance,Average Heart Rate,Calories\n"
)
RUN = (
    '901,"Jan 2, 2026, 9:15:00 PM","강변, easy",Run,"Two lines\nof notes",3600,10.01,175,activities/901.gpx.gz,'
    "3600.0,3500.0,10010.5,150.4,612.0\n"
)
GYM = '902,"Jan 3, 2026, 9:15:00 PM",Gym,Weight Training,,1800,0,,,1800.0,1800.0,0,,\n'
GPX = (
    '<gpx creator="x"><trk><type>run</type><trkseg><trkpt lat="37.5" lon="127"><time>2026-01-02T21:15:00Z</time>'
    "</trkpt></trkseg></trk></gpx>"
)


def write(tmp_path: Path, text: str, *files: str) -> Path:
    (tmp_path / "activities.csv").write_text(text, "utf-8")
    (tmp_path / "activities").mkdir(exist_ok=True)
    for name in files:
        data = GPX.encode()
        (tmp_path / "activities" / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return tmp_path


def test_a_row_is_a_record_in_si_units(tmp_path: Path, read: Callable) -> None:
    run, gym = read(STRAVA, write(tmp_path, HEADER + RUN + GYM)).records
    assert (run.title, run.native_id) == ("강변, easy", "901")
    assert run.text == "Running (달리기), 60 min, 10.01 km, 612 kcal\nTwo lines\nof notes"
    assert (run.time.iso(), run.end.iso()) == ("2026-01-02T21:15:00Z", "2026-01-02T22:15:00Z")
    assert run.extra == {
        "activity": "running", "duration_min": 60.0, "distance_km": 10.011, "energy_kcal": 612.0, "heart_rate": 150.4,
        "max_heart_rate": 175.0, "moving_min": 58.33, "file": "activities/901.gpx.gz",
    }  # fmt: skip
    assert gym.extra["activity"] == "traditional_strength_training" and "distance_km" not in gym.extra


def test_the_file_of_a_row_gives_samples_and_no_second_record(tmp_path: Path, read: Callable) -> None:
    reading = read(STRAVA, write(tmp_path, HEADER + RUN, "901.gpx.gz"))
    assert [s.source for s in reading.of(Sample)] == ["strava"] * 2
    assert len(reading.records) == 1 and reading.ignored == 1


def test_a_file_that_no_row_names_gives_its_own_record(tmp_path: Path, read: Callable) -> None:
    assert len(read(STRAVA, write(tmp_path, HEADER + GYM, "999.gpx")).records) == 2


def test_a_german_account(tmp_path: Path, read: Callable) -> None:
    text = (
        "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,Verstrichene Zeit,"
        "Distanz,Verstrichene Zeit,Distanz,Höhenzunahme,Dateiname\n"
        '903,"21.07.2026, 15:09:27",Runde,Lauf,,1390,"2,81",1390,"2811,0","12,5",activities/903.fit.gz\n'
    )
    (run,) = read(STRAVA, write(tmp_path, text)).records
    assert run.time.iso() == "2026-07-21T15:09:27Z"
    assert run.extra["activity"] == "running" and run.extra["distance_km"] == 2.811 and run.extra["ascent_m"] == 12.5


def test_an_account_in_another_language_is_known_by_its_files(tmp_path: Path, read: Callable) -> None:
    names = "활동 ID,날짜,이름,종류,설명,시간,거리,심박,파일,시간,거리,고도\n"
    text = names + '904,"2026. 1. 2. 오후 9:15:00",저녁,달리기,,60,1,,activities/904.gpx,60,1000,5\n'
    (run,) = read(STRAVA, write(tmp_path, text)).records
    assert (run.title, run.extra["activity"], run.time.iso()) == ("저녁", "running", "2026-01-02T21:15:00Z")
    assert run.extra["file"] == "activities/904.gpx"


def test_time_and_distance_are_known_in_any_language(tmp_path: Path, read: Callable) -> None:
    names = "활동 ID,날짜,이름,종류,설명,경과,거리,심박,파일,체중,경과,이동,거리,속도,고도\n"
    row = '905,"2026. 1. 2. 오후 9:15:00",아침,Run,,1800,"5,01",,activities/7.gpx,70,1800.0,1750.0,"5012,3",4.1,30\n'
    (run,) = read(STRAVA, write(tmp_path, names + row)).records
    assert run.text == "Running (달리기), 30 min, 5.01 km"
    assert (run.extra["moving_min"], run.extra["distance_km"]) == (29.17, 5.012)


@pytest.mark.parametrize(
    "written",
    [
        "Jan 2, 2026, 9:15:00 PM",
        "2 Jan 2026, 21:15:00",
        "2 janv. 2026, 21:15:00",
        "2 de jan. de 2026, 21:15:00",
        "02.01.2026, 21:15:00",
        "2026-01-02 21:15:00",
        "2026/01/02 21:15:00",
        "2026. 1. 2. 오후 9:15:00",
    ],
)
def test_dates_of_many_languages(written: str) -> None:
    assert moment(written) == datetime(2026, 1, 2, 21, 15)


@pytest.mark.parametrize("written", ["02/01/2026, 21:15:00", "", "32.01.2026, 21:15:00", "Foo 2, 2026, 9:15:00 PM"])
def test_what_cannot_be_known_is_no_date(written: str) -> None:
    assert moment(written) is None


def test_midnight_and_noon() -> None:
    assert moment("Jan 2, 2026, 12:00:01 AM") == datetime(2026, 1, 2, 0, 0, 1)
    assert moment("Jan 2, 2026, 12:00:01 PM") == datetime(2026, 1, 2, 12, 0, 1)


def test_bad_rows_are_told(tmp_path: Path, read: Callable) -> None:
    reading = read(STRAVA, write(tmp_path, HEADER + RUN.replace("Jan 2", "soon 2") + "902,x\n" + GYM))
    assert [row.code for row in reading.bad] == ["bad-time", "damaged-row"]
    assert [r.title for r in reading.records] == ["Gym"]


def test_other_tables_are_left_alone(tmp_path: Path, read: Callable) -> None:
    (tmp_path / "activities.csv").write_text("Activity,Date\nRun,2026\n")
    assert not read(STRAVA, tmp_path).matches
