"""Cases of places and of the ways between them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.importers.acceptance.case import Case

_BEGIN = datetime(2024, 3, 4, 9, 0, tzinfo=UTC)


def moment(number: int) -> datetime:
    return _BEGIN + timedelta(hours=12 * number, minutes=number % 7)


def zulu(number: int) -> str:
    return f"{moment(number):%Y-%m-%dT%H:%M:%SZ}"


def word(number: int) -> str:
    return f"curlew{number:03d}"


def figure(number: int) -> str:
    """A number that no other item has, nor has it in it."""
    return f"{37 + number / 1000:.3f}1"


def write_placemarks(folder: Path, numbers: Sequence[int]) -> Path:
    marks = (
        f"<Placemark><name>{word(n)} 바위</name><TimeStamp><when>{zulu(n)}</when></TimeStamp>"
        "<Point><coordinates>127.0,37.5,0</coordinates></Point></Placemark>\n"
        for n in numbers
    )
    return _kml(folder / "places.kml", "".join(marks))


def write_kml_tracks(folder: Path, numbers: Sequence[int]) -> Path:
    marks = (
        f"<Placemark><name>{figure(n)} 길</name><gx:Track><when>{zulu(n)}</when>"
        f"<gx:coord>127.0 {figure(n)} 0</gx:coord></gx:Track></Placemark>\n"
        for n in numbers
    )
    return _kml(folder / "tracks.kml", "".join(marks))


def _kml(path: Path, marks: str) -> Path:
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2" '
        f'xmlns:gx="http://www.google.com/kml/ext/2.2"><Document><name>여행</name>\n{marks}</Document></kml>\n',
        "utf-8",
    )
    return path


def write_features(folder: Path, numbers: Sequence[int]) -> Path:
    features = [
        {
            "type": "Feature",
            "geometry": {"coordinates": [127.0, 37.5], "type": "Point"},
            "properties": {
                "date": zulu(n),
                "google_maps_url": f"http://maps.google.com/?cid={n}",
                "location": {"address": "서울", "country_code": "KR", "name": f"{word(n)} 카페"},
            },
        }
        for n in numbers
    ]
    path = folder / "Saved Places.json"
    path.write_text(
        json.dumps({"type": "FeatureCollection", "features": features}, indent=2, ensure_ascii=False), "utf-8"
    )
    return path


def position(number: int) -> dict[str, object]:
    return {
        "_type": "location",
        "tid": "me",
        "lat": float(figure(number)),
        "lon": 127.0,
        "tst": int(moment(number).timestamp()),
        "topic": "owntracks/mira/phone",
    }


def write_recorded(folder: Path, numbers: Sequence[int]) -> Path:
    path = folder / "2024-03.rec"
    path.write_text("".join(f"{zulu(n)}\t*                 \t{json.dumps(position(n))}\n" for n in numbers))
    return path


def write_answer(folder: Path, numbers: Sequence[int]) -> Path:
    path = folder / "locations.json"
    path.write_text(json.dumps({"count": len(numbers), "data": [position(n) for n in numbers]}, indent=1))
    return path


CASES = [
    Case(importer="kml", id="places", write=write_placemarks, text=word),
    Case(importer="kml", id="tracks", write=write_kml_tracks, text=figure, per_item=4),
    Case(importer="geojson", write=write_features, text=word),
    Case(importer="owntracks", id="recorder", write=write_recorded, text=figure, per_item=2),
    Case(importer="owntracks", id="answer", write=write_answer, text=figure, per_item=2),
]
