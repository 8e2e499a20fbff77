"""Cases of health, sport and places."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.importers import fit_writer as fit
from tests.importers.acceptance.case import Case

_BEGIN = datetime(2024, 3, 4, 9, 0)


def moment(number: int) -> datetime:
    """When item `number` was: half a day after the one before."""
    return _BEGIN + timedelta(hours=12 * number, minutes=number % 7)


def word(number: int) -> str:
    return f"plover{number:03d}"


def figure(number: int) -> str:
    """A number that no other item has, nor has it in it."""
    return f"{37 + number / 1000:.3f}1"


def zulu(time: datetime) -> str:
    return f"{time:%Y-%m-%dT%H:%M:%SZ}"


def write_json(path: Path, data: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=2, ensure_ascii=False), "utf-8")
    return path


def write_waypoints(folder: Path, numbers: Sequence[int]) -> Path:
    points = (
        f'<wpt lat="37.5" lon="127.0"><time>{zulu(moment(n))}</time><name>{word(n)} 바위</name></wpt>\n'
        for n in numbers
    )
    path = folder / "places.gpx"
    path.write_text(f'<?xml version="1.0"?>\n<gpx version="1.1" creator="map">\n{"".join(points)}</gpx>\n', "utf-8")
    return path


def write_tracks(folder: Path, numbers: Sequence[int]) -> Path:
    tracks = (
        f"<trk><name>{figure(n)} 길</name><type>running</type><trkseg>\n"
        f'<trkpt lat="{figure(n)}" lon="127.0"><time>{zulu(moment(n))}</time></trkpt>\n</trkseg></trk>\n'
        for n in numbers
    )
    path = folder / "tracks.gpx"
    path.write_text(f'<?xml version="1.0"?>\n<gpx version="1.1" creator="watch">\n{"".join(tracks)}</gpx>\n', "utf-8")
    return path


def write_tcx(folder: Path, numbers: Sequence[int]) -> Path:
    activities = (
        f'<Activity Sport="Biking"><Id>{zulu(moment(n))}</Id><Lap><TotalTimeSeconds>600</TotalTimeSeconds><Track>\n'
        f"<Trackpoint><Time>{zulu(moment(n))}</Time><AltitudeMeters>{figure(n)}</AltitudeMeters></Trackpoint>\n"
        f"</Track></Lap><Notes>{figure(n)}</Notes></Activity>\n"
        for n in numbers
    )
    path = folder / "rides.tcx"
    path.write_text(
        '<?xml version="1.0"?>\n<TrainingCenterDatabase><Activities>\n'
        f"{''.join(activities)}</Activities></TrainingCenterDatabase>\n"
    )
    return path


def write_fit(folder: Path, numbers: Sequence[int]) -> Path:
    path = folder / "scale.fit"
    path.write_bytes(fit.fit_file([fit.file_id(), *(fit.weighing(moment(n), 70 + n / 100) for n in numbers)]))
    return path


def weighed(path: Path, member: str, locator: str) -> str:
    first, last = map(int, locator.removeprefix("bytes ").split("-"))
    (hundredths,) = struct.unpack("<H", path.read_bytes()[first:last][-2:])
    return f"{hundredths / 100:.2f}"


def write_strava(folder: Path, numbers: Sequence[int]) -> Path:
    header = (
        "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Filename\n"
    )
    rows = (f'{9000 + n},"{moment(n):%b %d, %Y, %I:%M:%S %p}",{word(n)} 아침,Run,,600,2.5,\n' for n in numbers)
    path = folder / "activities.csv"
    path.write_text(header + "".join(rows), "utf-8")
    return folder


def write_samsung(folder: Path, numbers: Sequence[int]) -> Path:
    rows = (f"{moment(n):%Y-%m-%d %H:%M:%S}.000,UTC+0900,{figure(n)},uuid-{n},\n" for n in numbers)
    path = folder / "com.samsung.health.weight.20240501101010.csv"
    head = "\ufeffcom.samsung.health.weight,6002006,3\nstart_time,time_offset,weight,datauuid\n"
    path.write_text(head + "".join(rows), "utf-8")
    return folder


def write_samsung_exercise(folder: Path, numbers: Sequence[int]) -> Path:
    rows = (f"{word(n)} 뒷산,{moment(n):%Y-%m-%d %H:%M:%S}.000,UTC+0900,13001,5400000,u-{n},\n" for n in numbers)
    path = folder / "com.samsung.shealth.exercise.20240501101010.csv"
    head = "com.samsung.shealth.exercise,6002006,3\ntitle,start_time,time_offset,exercise_type,duration,datauuid\n"
    path.write_text(head + "".join(rows), "utf-8")
    return path


def write_fitbit(folder: Path, numbers: Sequence[int]) -> Path:
    entries = [{"dateTime": f"{moment(n):%m/%d/%y %H:%M:%S}", "value": str(1000 + n)} for n in numbers]
    return write_json(folder / "steps-2024-03-04.json", entries)


def write_fitbit_table(folder: Path, numbers: Sequence[int]) -> Path:
    rows = (f"{zulu(moment(n))},{1000 + n},Scale\n" for n in numbers)
    path = folder / "weight.csv"
    path.write_text("timestamp,weight grams,data source\n" + "".join(rows))
    return path


def write_fit_points(folder: Path, numbers: Sequence[int]) -> Path:
    points = [
        {
            "fitValue": [{"value": {"fpVal": float(figure(n))}}],
            "originDataSourceId": "raw:scale",
            "endTimeNanos": int(moment(n).timestamp()) * 10**9,
            "dataTypeName": "com.google.weight",
            "startTimeNanos": int(moment(n).timestamp()) * 10**9,
        }
        for n in numbers
    ]
    return write_json(folder / "derived_weight.json", {"Data Source": "derived:weight", "Data Points": points})


def write_fit_sessions(folder: Path, numbers: Sequence[int]) -> Path:
    for n in numbers:
        session = {
            "fitnessActivity": "walking",
            "startTime": zulu(moment(n)),
            "endTime": zulu(moment(n) + timedelta(minutes=20)),
            "duration": "1200s",
            "aggregate": [{"metricName": "com.google.step_count.delta", "intValue": 4100 + n}],
        }
        write_json(folder / f"{n}_WALKING.json", session)
    return folder


def write_fit_days(folder: Path, numbers: Sequence[int]) -> Path:
    rows = (f"{_BEGIN + timedelta(days=n):%Y-%m-%d},{4100 + n},\n" for n in numbers)
    path = folder / "Daily activity metrics.csv"
    path.write_text("Date,Step count,Distance (m)\n" + "".join(rows))
    return path


def write_locations(folder: Path, numbers: Sequence[int]) -> Path:
    locations = [
        {"latitudeE7": 375000000 + n, "longitudeE7": 1270000000, "accuracy": 20, "timestamp": zulu(moment(n))}
        for n in numbers
    ]
    return write_json(folder / "Records.json", {"locations": locations})


def write_place_visits(folder: Path, numbers: Sequence[int]) -> Path:
    visits = [
        {
            "placeVisit": {
                "location": {"latitudeE7": 375000000, "longitudeE7": 1270000000, "name": f"{word(n)} 찻집"},
                "duration": {
                    "startTimestamp": zulu(moment(n)),
                    "endTimestamp": zulu(moment(n) + timedelta(hours=1)),
                },
            }
        }
        for n in numbers
    ]
    return write_json(folder / "2024_MARCH.json", {"timelineObjects": visits})


def phone_visit(number: int, location: Any, key: str) -> dict[str, Any]:
    return {
        "startTime": f"{moment(number):%Y-%m-%dT%H:%M:%S}.000+09:00",
        "endTime": f"{moment(number) + timedelta(hours=1):%Y-%m-%dT%H:%M:%S}.000+09:00",
        "visit": {"hierarchyLevel": 0, "topCandidate": {key: f"ChIJ{word(number)}", "placeLocation": location}},
    }


def write_android(folder: Path, numbers: Sequence[int]) -> Path:
    segments = [phone_visit(n, {"latLng": "37.5665°, 126.978°"}, "placeId") for n in numbers]
    return write_json(folder / "Timeline.json", {"semanticSegments": segments, "rawSignals": []})


def write_ios(folder: Path, numbers: Sequence[int]) -> Path:
    return write_json(
        folder / "location-history.json", [phone_visit(n, "geo:37.5665,126.978", "placeID") for n in numbers]
    )


CASES = [
    Case(importer="gpx", id="waypoints", write=write_waypoints, text=word),
    Case(importer="gpx", id="tracks", write=write_tracks, text=figure, per_item=3),
    Case(importer="tcx", write=write_tcx, text=figure, per_item=2),
    Case(
        importer="fit",
        write=write_fit,
        text=lambda number: f"{70 + number / 100:.2f}",
        find=weighed,
        streams=False,
    ),
    Case(importer="strava", write=write_strava, text=word),
    Case(importer="samsung-health", id="weight", write=write_samsung, text=figure),
    Case(importer="samsung-health", id="exercise", write=write_samsung_exercise, text=word),
    Case(importer="fitbit", id="series", write=write_fitbit, text=lambda number: f'"{1000 + number}"'),
    Case(importer="fitbit", id="table", write=write_fitbit_table, text=lambda number: f",{1000 + number},"),
    Case(importer="google-fit", id="points", write=write_fit_points, text=figure),
    Case(importer="google-fit", id="sessions", write=write_fit_sessions, text=lambda number: str(4100 + number)),
    Case(importer="google-fit", id="days", write=write_fit_days, text=lambda number: str(4100 + number)),
    Case(
        importer="google-timeline",
        id="records",
        write=write_locations,
        text=lambda number: f'"latitudeE7": {375000000 + number}',
        per_item=2,
    ),
    Case(importer="google-timeline", id="semantic", write=write_place_visits, text=word),
    Case(importer="google-timeline", id="Android", write=write_android, text=word),
    Case(importer="google-timeline", id="iOS", write=write_ios, text=word),
]
