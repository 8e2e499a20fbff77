"""Google Timeline in: four layouts, their times and positions, damage, and resuming."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from darak.importers.places.google.google_timeline import GoogleTimelineImporter
from darak.importers.places.google.positions import degrees, e7, time_of
from darak.records.record import Sample

TIMELINE = GoogleTimelineImporter()


def write(tmp_path: Path, name: str, data: Any, indent: int | None = 2) -> Path:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=indent, ensure_ascii=False), "utf-8")
    return path


def location(minute: int, **other: Any) -> dict[str, Any]:
    stamp = f"2022-01-01T00:{minute:02d}:00Z"
    return {"latitudeE7": 375665000 + minute, "longitudeE7": 1269780000, "accuracy": 20, "timestamp": stamp} | other


VISIT = {
    "placeVisit": {
        "location": {
            "latitudeE7": 375665000, "longitudeE7": 1269780000, "placeId": "ChIJtown", "name": "구청 앞 찻집",
            "address": "12 Tree Street\nSeoul", "semanticType": "TYPE_SEARCHED_ADDRESS",
        },
        "duration": {"startTimestamp": "2022-01-03T00:00:00Z", "endTimestamp": "2022-01-03T03:00:00.5Z"},
        "childVisits": [
            {
                "location": {"latitudeE7": 375665100, "longitudeE7": 1269780100, "placeId": "ChIJa", "name": "Room 2"},
                "duration": {"startTimestampMs": "1641171600000", "endTimestampMs": "1641175200000"},
            }
        ],
    }
}  # fmt: skip
SEGMENT = {
    "activitySegment": {
        "startLocation": {"latitudeE7": 375000000, "longitudeE7": 1270000000},
        "endLocation": {"latitudeE7": 376000000, "longitudeE7": 1270000000},
        "duration": {"startTimestamp": "2022-01-03T03:00:00Z", "endTimestamp": "2022-01-03T03:30:00Z"},
        "distance": 12000, "activityType": "IN_SUBWAY",
        "transitPath": {"name": "Line 2", "transitStops": [{"name": "First"}, {"name": "Last"}]},
        "simplifiedRawPath": {
            "points": [{"latE7": 375500000, "lngE7": 1270000000, "timestamp": "2022-01-03T03:10:00Z"}]
        },
    }
}  # fmt: skip


def phone_segment(**part: Any) -> dict[str, Any]:
    return {
        "startTime": "2024-06-01T08:00:00.000+02:00", "endTime": "2024-06-01T10:00:00.000+02:00",
        "startTimeTimezoneUtcOffsetMinutes": 540, "endTimeTimezoneUtcOffsetMinutes": 540,
    } | part  # fmt: skip


ANDROID = {
    "semanticSegments": [
        phone_segment(
            visit={
                "hierarchyLevel": 0, "probability": 0.9,
                "topCandidate": {
                    "placeId": "ChIJhome", "semanticType": "INFERRED_HOME",
                    "placeLocation": {"latLng": "37.5665°, -126.978°"},
                },
            }
        ),
        phone_segment(
            activity={
                "start": {"latLng": "37.5°, 127.0°"}, "end": {"latLng": "37.6°, 127.0°"}, "distanceMeters": 8000.5,
                "topCandidate": {"type": "IN_BUS", "probability": 0.5},
            }
        ),
        phone_segment(timelinePath=[{"point": "37.56°, 126.97°", "time": "2024-06-01T08:05:00.000+02:00"}]),
        phone_segment(timelineMemory={"trip": {"distanceFromOriginKms": 90}}),
    ],
    "rawSignals": [
        {"position": {"LatLng": "37.5°, 127.0°", "altitudeMeters": 30.5, "timestamp": "2024-06-01T10:05:00.000+09:00"}},
        {"wifiScan": {"deliveryTime": "2024-06-01T10:05:00.000+09:00", "devicesRecords": []}},
    ],
    "userLocationProfile": {
        "frequentPlaces": [{"placeId": "ChIJhome", "placeLocation": "37.5665°, 126.978°", "label": "HOME"}]
    },
}  # fmt: skip
IOS = [
    {
        "endTime": "2024-06-01T10:00:00.000+09:00", "startTime": "2024-06-01T08:00:00.000+09:00",
        "visit": {
            "hierarchyLevel": "0", "probability": "0.9",
            "topCandidate": {"semanticType": "Work", "placeID": "ChIJdesk", "placeLocation": "geo:37.5665,126.978"},
        },
    },
    {
        "endTime": "2024-06-01T10:30:00.000+09:00", "startTime": "2024-06-01T10:00:00.000+09:00",
        "activity": {
            "start": "geo:37.5,127.0", "end": "geo:37.6,127.0", "distanceMeters": "8000.25",
            "topCandidate": {"type": "in passenger vehicle", "probability": "0.4"},
        },
    },
    {
        "endTime": "2024-06-01T12:00:00.000+09:00", "startTime": "2024-06-01T10:00:00.000+09:00",
        "timelinePath": [{"point": "geo:37.56,126.97", "durationMinutesOffsetFromStartTime": "12"}],
    },
]  # fmt: skip


def test_raw_positions_are_samples(tmp_path: Path, read: Callable) -> None:
    old = {"timestampMs": "1422461249107", "latitudeE7": 299533810, "longitudeE7": -901717920, "altitude": 14}
    reading = read(TIMELINE, write(tmp_path, "Records.json", {"locations": [location(1, deviceTag=7), old]}))
    assert [(s.metric, s.value, s.unit, s.time.iso(), s.device) for s in reading.of(Sample)] == [
        ("latitude", 37.5665001, "deg", "2022-01-01T00:01:00Z", "7"),
        ("longitude", 126.978, "deg", "2022-01-01T00:01:00Z", "7"),
        ("latitude", 29.953381, "deg", "2015-01-28T16:07:29.107Z", ""),
        ("longitude", -90.171792, "deg", "2015-01-28T16:07:29.107Z", ""),
        ("altitude", 14.0, "m", "2015-01-28T16:07:29.107Z", ""),
    ]


def test_a_location_without_a_position_is_ignored_and_one_without_a_time_is_bad(tmp_path: Path, read: Callable) -> None:
    scan = {"timestamp": "2022-01-01T00:00:00Z", "activity": [], "wifiScan": {"accessPoints": []}}
    late = location(1) | {"timestamp": "never"}
    reading = read(TIMELINE, write(tmp_path, "Records.json", {"locations": [location(0), scan, late]}))
    assert reading.ignored == 1 and [row.code for row in reading.bad] == ["bad-entry"]


def test_a_visit_of_takeout_has_its_place(tmp_path: Path, read: Callable) -> None:
    visit, child = read(TIMELINE, write(tmp_path, "2022_JANUARY.json", {"timelineObjects": [VISIT]})).records
    assert (visit.kind, visit.title, visit.text) == ("visit", "구청 앞 찻집", "12 Tree Street, Seoul")
    assert (visit.place.name, visit.place.lat, visit.place.lon) == ("구청 앞 찻집", 37.5665, 126.978)
    assert (visit.time.iso(), visit.end.iso()) == ("2022-01-03T00:00:00Z", "2022-01-03T03:00:00.500Z")
    assert visit.extra["duration_min"] == 180.0 and visit.url.endswith("place_id:ChIJtown")
    assert (child.title, child.time.iso()) == ("Room 2", "2022-01-03T01:00:00Z")


def test_a_way_of_takeout_is_a_record_and_no_workout(tmp_path: Path, read: Callable) -> None:
    reading = read(TIMELINE, write(tmp_path, "2022_JANUARY.json", {"timelineObjects": [SEGMENT]}))
    (way,) = reading.records
    assert (way.kind, way.title, way.text) == ("other", "By subway (지하철)", "30 min, 12.0 km")
    assert way.extra["line"] == "Line 2" and way.extra["stops"] == ["First", "Last"]
    assert "distance_km" not in way.extra and "activity" not in way.extra
    assert [s.value for s in reading.of(Sample)] == [37.55, 127.0]


def test_androids_timeline_is_on_the_clock_of_the_place(tmp_path: Path, read: Callable) -> None:
    reading = read(TIMELINE, write(tmp_path, "Timeline.json", ANDROID))
    visit, bus, home = reading.records
    assert (visit.title, visit.time.iso(), visit.place.lon) == ("Home (집)", "2024-06-01T15:00:00.000+09:00", -126.978)
    assert (bus.title, bus.text) == ("By bus (버스)", "120 min, 8.0 km")
    assert (home.kind, home.place.name) == ("place", "Home (집)")
    assert [(s.metric, s.value) for s in reading.of(Sample)] == [
        ("latitude", 37.56), ("longitude", 126.97), ("latitude", 37.5), ("longitude", 127.0), ("altitude", 30.5),
    ]  # fmt: skip
    assert reading.ignored == 2


def test_ids_do_not_depend_on_the_zone_that_the_phone_was_in_at_the_export(tmp_path: Path, read: Callable) -> None:
    here = read(TIMELINE, write(tmp_path, "a.json", ANDROID)).records
    moved = json.loads(json.dumps(ANDROID).replace("T08:00:00.000+02:00", "T15:00:00.000+09:00"))
    there = read(TIMELINE, write(tmp_path, "a.json", moved)).records
    assert [r.native_id for r in here] == [r.native_id for r in there]


def test_the_iphones_timeline(tmp_path: Path, read: Callable) -> None:
    reading = read(TIMELINE, write(tmp_path, "location-history.json", IOS))
    work, car = reading.records
    assert (work.title, work.time.iso(), work.place.lat) == ("Work (직장)", "2024-06-01T08:00:00.000+09:00", 37.5665)
    assert (car.title, car.text) == ("By car (자동차)", "30 min, 8.0 km")
    lat, lon = reading.of(Sample)
    assert (lat.value, lon.value, lat.time.iso()) == (37.56, 126.97, "2024-06-01T10:12:00.000+09:00")


def test_files_of_one_takeout_are_one_export(tmp_path: Path, read: Callable) -> None:
    folder = "Takeout/위치 기록"
    write(tmp_path, f"{folder}/Records.json", {"locations": [location(1)]})
    write(tmp_path, f"{folder}/Semantic Location History/2022/2022_JANUARY.json", {"timelineObjects": [VISIT]})
    write(tmp_path, f"{folder}/Settings.json", {"createdTime": "2022-01-01T00:00:00Z"})
    reading = read(TIMELINE, tmp_path)
    assert [len(match.members) for match in reading.matches] == [3] and reading.ignored == 1


@pytest.mark.parametrize("name", ["Records.json", "semantic.json", "Timeline.json", "ios.json"])
def test_origins_lead_back_to_the_element(name: str, tmp_path: Path, read: Callable) -> None:
    data = {
        "Records.json": {"locations": [location(1), location(2)]},
        "semantic.json": {"timelineObjects": [VISIT, SEGMENT]},
        "Timeline.json": ANDROID,
        "ios.json": IOS,
    }[name]
    path = write(tmp_path, name, data)
    raw = path.read_bytes()
    reading = read(TIMELINE, path)
    assert reading.of(Sample)
    for item in (*reading.of(Sample), *reading.records):
        start, end = map(int, item.origin.locator.removeprefix("bytes ").split("-"))
        assert isinstance(json.loads(raw[start:end]), dict)


@pytest.mark.parametrize("data", [{"locations": [location(n) for n in range(30)]}, ANDROID, IOS])
def test_a_cut_file_keeps_what_stands_before_the_cut(data: Any, tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, "a.json", data)
    raw = path.read_bytes()
    whole = read(TIMELINE, path)
    for cut in range(900, len(raw) - 2, 61):
        path.write_bytes(raw[:cut])
        reading = read(TIMELINE, path)
        ends = [int(s.origin.locator.rpartition("-")[2]) for s in whole.of(Sample)]
        assert len(reading.of(Sample)) >= sum(end <= cut for end in ends)
        assert [row.code for row in reading.bad] == ["cut-off"]


def test_reading_goes_on_from_every_checkpoint(tmp_path: Path, read: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("darak.importers.places.google.google_timeline._CHECKPOINT_EVERY", 7)
    write(tmp_path, "Takeout/Records.json", {"locations": [location(n) for n in range(40)]})
    write(tmp_path, "Takeout/Semantic Location History/2022/a.json", {"timelineObjects": [VISIT, SEGMENT] * 8})
    whole = read(TIMELINE, tmp_path)
    assert len(whole.checkpoints) >= 6
    places = [(s.origin, s.value) for s in whole.of(Sample)]
    for position in whole.checkpoints:
        rest = [(s.origin, s.value) for s in read(TIMELINE, tmp_path, position).of(Sample)]
        assert len(rest) < len(places) and rest == places[len(places) - len(rest) :]


@given(
    minutes=st.lists(st.integers(0, 59), min_size=1, max_size=20),
    indent=st.sampled_from([None, 0, 2]),
    at=st.integers(0, 10**6),
    byte=st.integers(0, 255),
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_wrong_byte_costs_at_most_its_position(
    minutes: list[int], indent: int | None, at: int, byte: int, tmp_path: Path, read: Callable
) -> None:
    path = write(tmp_path, "Records.json", {"locations": [location(n) for n in minutes]}, indent)
    raw = path.read_bytes()
    whole = read(TIMELINE, path)
    assert len(whole.of(Sample)) == 2 * len(minutes)
    at = 30 + at % max(1, len(raw) - 30)
    path.write_bytes(raw[:at] + bytes([byte]) + raw[at + 1 :])
    reading = read(TIMELINE, path)
    assert len(reading.bad) <= 1


def test_positions_are_read_from_every_writing() -> None:
    assert (
        degrees("48.85°, -2.35°") == (48.85, -2.35) == degrees("geo:48.85,-2.35") == degrees({"latLng": "48.85,-2.35"})
    )
    assert degrees("geo:148,2") is None and degrees("here") is None and degrees(None) is None
    assert e7({"latitudeE7": 4294967296 - 10, "longitudeE7": 4294967296 - 20}) == (-1e-06, -2e-06)
    assert e7({"latitudeE7": 1}) is None


def test_times_are_read_from_every_writing() -> None:
    assert time_of("1641171600000").iso() == "2022-01-03T01:00:00Z"
    assert time_of("2022-01-03T01:00:00Z", 540).iso() == "2022-01-03T10:00:00+09:00"
    assert time_of("soon") is None and time_of(None) is None


@pytest.mark.parametrize("data", [{"locations": "x"}, [{"id": 1, "title": "geo"}], {"chats": []}])
def test_other_json_is_left_alone(data: Any, tmp_path: Path, read: Callable) -> None:
    assert not read(TIMELINE, write(tmp_path, "a.json", data)).matches
