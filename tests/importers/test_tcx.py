"""TCX in: laps summed up, points as samples, courses left out, damage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from darak.importers.health.tcx import TcxImporter
from darak.records.record import Sample

TCX = TcxImporter()
ROOT = (
    '\n<?xml version="1.0" encoding="UTF-8"?>\n<TrainingCenterDatabase'
    ' xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">\n'
)


def point(minute: int, lat: float | None = 37.5, pulse: int = 140) -> str:
    place = f"<Position><LatitudeDegrees>{lat}</LatitudeDegrees><LongitudeDegrees>127.0</LongitudeDegrees></Position>"
    return (
        f"<Trackpoint><Time>2025-03-01T06:{minute:02d}:00.000Z</Time>{place if lat else ''}"
        f"<HeartRateBpm><Value>{pulse}</Value></HeartRateBpm><Cadence>80</Cadence>"
        '<Extensions><ns3:TPX xmlns:ns3="x"><ns3:Watts>210</ns3:Watts></ns3:TPX></Extensions></Trackpoint>\n'
    )


def lap(seconds: float, metres: float, calories: int, pulse: int, *points: str) -> str:
    return (
        f'<Lap StartTime="2025-03-01T06:00:00Z"><TotalTimeSeconds>{seconds}</TotalTimeSeconds>'
        f"<DistanceMeters>{metres}</DistanceMeters><Calories>{calories}</Calories>"
        f"<AverageHeartRateBpm><Value>{pulse}</Value></AverageHeartRateBpm>"
        f"<MaximumHeartRateBpm><Value>{pulse + 20}</Value></MaximumHeartRateBpm>"
        f"<Track>\n{''.join(points)}</Track></Lap>\n"
    )


RIDE = (
    '<Activity Sport="Biking"><Id>2025-03-01T06:00:00.000Z</Id>\n'
    + lap(600, 3000, 100, 130, point(0), point(10, 37.52))
    + lap(1200, 5000, 150, 160, point(10), point(30, None))
    + "<Notes>To the bridge &amp; back</Notes><Creator><Name>Edge 530</Name></Creator></Activity>\n"
)


def write(tmp_path: Path, *activities: str) -> Path:
    path = tmp_path / "ride.tcx"
    path.write_text(ROOT + f"<Activities>{''.join(activities)}</Activities></TrainingCenterDatabase>\n")
    return path


def test_an_activity_sums_up_its_laps(tmp_path: Path, read: Callable) -> None:
    (ride,) = read(TCX, write(tmp_path, RIDE)).records
    assert (ride.title, ride.text) == ("Cycling (자전거)", "30 min, 8.00 km, 250 kcal\nTo the bridge & back")
    assert ride.extra == {
        "activity": "cycling", "duration_min": 30.0, "distance_km": 8.0, "energy_kcal": 250.0, "heart_rate": 150.0,
        "max_heart_rate": 180.0, "moving_min": 30.0, "device": "Edge 530",
    }  # fmt: skip
    assert (ride.time.iso(), ride.end.iso()) == ("2025-03-01T06:00:00.000Z", "2025-03-01T06:30:00.000Z")


def test_points_are_samples(tmp_path: Path, read: Callable) -> None:
    found = read(TCX, write(tmp_path, RIDE)).of(Sample)
    assert [(s.metric, s.value) for s in found[:5]] == [
        ("latitude", 37.5), ("longitude", 127.0), ("heart_rate", 140), ("cadence", 80), ("power", 210),
    ]  # fmt: skip
    assert len(found) == 3 * 5 + 3


def test_an_activity_without_points_has_its_laps(tmp_path: Path, read: Callable) -> None:
    text = '<Activity Sport="Other"><Id>2025-03-01T06:00:00Z</Id>' + lap(600, 0, 80, 100) + "</Activity>"
    (other,) = read(TCX, write(tmp_path, text)).records
    assert (other.text, other.time.iso()) == ("10 min, 80 kcal", "2025-03-01T06:00:00Z")


def test_a_course_is_nothing_that_was_done(tmp_path: Path, read: Callable) -> None:
    reading = read(TCX, write(tmp_path, f"<Courses><Course><Name>Plan</Name>{point(1)}</Course></Courses>"))
    assert not reading.records and not reading.of(Sample) and reading.ignored == 2


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("<Trackpoint>", "<Trackpoinz>", "damaged-element"),
        ("<Time>2025-03-01T06:10:00.000Z", "<Time>tomorrow", "bad-time"),
        ("</HeartRateBpm>", "</HeartRateBpn>", "damaged-element"),
    ],
)
def test_a_bad_point_is_one_bad_row(before: str, after: str, code: str, tmp_path: Path, read: Callable) -> None:
    reading = read(TCX, write(tmp_path, RIDE.replace(before, after, 1)))
    assert [row.code for row in reading.bad] == [code]
    assert len(reading.records) == 1 and len(reading.of(Sample)) == 13


def test_a_cut_file_keeps_the_points_before_the_cut(tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, RIDE, RIDE.replace("2025-03-01", "2025-03-02"))
    data = path.read_bytes()
    whole = read(TCX, path)
    for cut in range(len(ROOT), len(data) - 8, 11):
        path.write_bytes(data[:cut])
        reading = read(TCX, path)
        expected = [s for s in whole.of(Sample) if int(s.origin.locator.rpartition("-")[2]) <= cut]
        assert reading.of(Sample) == expected
        assert [row.code for row in reading.bad] == ["cut-off"]
        assert {r.native_id for r in reading.records} <= {r.native_id for r in whole.records}


def test_other_xml_is_left_alone(tmp_path: Path, read: Callable) -> None:
    path = tmp_path / "a.tcx"
    path.write_text("<gpx/>")
    assert not read(TCX, path).matches
