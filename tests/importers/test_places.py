"""KML, GeoJSON and OwnTracks: places, and the ways between them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from darak.importers.places.geojson import GeoJsonImporter
from darak.importers.places.kml import KmlImporter
from darak.importers.places.owntracks import OwnTracksImporter
from darak.records.record import Sample

KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>
<name>제주</name><Folder><name>카페 &amp; 밥</name>
%s
</Folder></Document></kml>
"""
VISIT = """<Placemark><name>해녀의 부엌</name><address>구좌읍</address>
<description><![CDATA[<b>예약</b> 필수<br>점심]]></description>
<ExtendedData><Data name="Category"><value>Restaurant</value></Data></ExtendedData>
<TimeSpan><begin>2019-05-04T03:00:00Z</begin><end>2019-05-04T04:30:00Z</end></TimeSpan>
<Point><coordinates>126.9,33.5,0</coordinates></Point></Placemark>"""
TRACK = """<Placemark><name>오름</name><gx:MultiTrack><gx:Track>
<when>2019-05-04T05:00:00Z</when><when>2019-05-04T05:10:00Z</when>
<gx:coord>126.90 33.50 12</gx:coord><gx:coord>126.91 33.51 40</gx:coord></gx:Track></gx:MultiTrack></Placemark>"""
SHAPE = """<Placemark><name>숲길</name><LineString><coordinates>126.9,33.5,0 126.91,33.51,0</coordinates></LineString>
</Placemark>"""


def features(*found: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(found)}, ensure_ascii=False).encode()


def feature(shape: str, coordinates: Any, **said: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": shape, "coordinates": coordinates}, "properties": said}


def written(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_a_placemark_is_read_with_all_that_is_said_of_it(read: Callable, tmp_path: Path) -> None:
    (record,) = read(KmlImporter(), written(tmp_path, "a.xml", KML % VISIT)).records
    assert (record.kind, record.title, record.text) == ("visit", "해녀의 부엌", "예약 필수\n점심\n구좌읍")
    assert (record.place.lat, record.place.lon, record.place.name) == (33.5, 126.9, "해녀의 부엌")
    assert (record.time.iso(), record.end.iso()) == ("2019-05-04T03:00:00Z", "2019-05-04T04:30:00Z")
    assert record.extra == {"folder": "제주 / 카페 & 밥", "address": "구좌읍", "Category": "Restaurant"}


def test_a_track_gives_its_figures_and_its_points(read: Callable, tmp_path: Path) -> None:
    reading = read(KmlImporter(), written(tmp_path, "a.kml", KML % TRACK))
    (record,) = reading.records
    assert record.title == "오름" and record.extra["duration_min"] == 10 and 1.4 < record.extra["distance_km"] < 1.5
    assert [s.value for s in reading.of(Sample) if s.metric == "altitude"] == [12, 40]


def test_a_shape_is_kept_as_it_is_drawn(read: Callable, tmp_path: Path) -> None:
    (record,) = read(KmlImporter(), written(tmp_path, "a.kml", KML % SHAPE)).records
    assert record.extra["shape"] == "LineString" and b"126.91,33.51,0" in record.blobs[0].data
    assert (record.place.lat, record.place.lon) == (33.5, 126.9)


def test_a_kmz_is_a_zip(read: Callable, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.kmz", "w") as archive:
        archive.writestr("doc.kml", KML % (VISIT + TRACK))
    assert len(read(KmlImporter(), tmp_path / "a.kmz").records) == 2


def test_places_of_google_maps_are_known_by_their_address(read: Callable, tmp_path: Path) -> None:
    starred = feature("Point", [0, 0], date="2023-01-02T03:04:05Z", google_maps_url="http://maps.google.com/?cid=7")
    starred["properties"]["location"] = {"name": "물떼새 서점", "address": "통의동"}
    review = feature(
        "Point", [127.0, 37.5], date="2023-05-06T07:08:09Z", google_maps_url="http://maps.google.com/?cid=8"
    )
    review["properties"] |= {
        "five_star_rating_published": 4,
        "review_text_published": "조용하다",
        "location": {"name": "찻집"},
    }
    first, second = read(GeoJsonImporter(), written(tmp_path, "x.json", features(starred, review))).records
    assert (first.source, first.kind, first.title, first.text) == ("google-maps", "place", "물떼새 서점", "통의동")
    assert first.place.lat is None and first.time.iso() == "2023-01-02T03:04:05Z"
    assert (second.kind, second.text, second.extra["rating"]) == ("post", "조용하다", 4)
    assert second.native_id == "post/http://maps.google.com/?cid=8"


def test_a_line_with_times_is_a_way_and_one_without_a_shape(read: Callable, tmp_path: Path) -> None:
    line = [[127.0, 37.5, 30], [127.01, 37.51, 31]]
    way = feature("LineString", line, name="강변", coordTimes=["2024-01-01T00:00:00Z", "2024-01-01T00:20:00Z"])
    area = feature("Polygon", [[[127.0, 37.5], [127.1, 37.5], [127.1, 37.6], [127.0, 37.5]]], name="숲")
    reading = read(GeoJsonImporter(), written(tmp_path, "x.geojson", features(way, area)))
    first, second = reading.records
    assert first.extra["duration_min"] == 20 and len(reading.of(Sample)) == 6
    assert second.extra == {"shape": "Polygon"} and json.loads(second.blobs[0].data)["properties"]["name"] == "숲"


def test_a_feature_in_no_place_is_told(read: Callable, tmp_path: Path) -> None:
    data = features(
        feature("Point", [500, 37], name="없는 곳"), {"type": "Feature", "geometry": None, "properties": {}}
    )
    reading = read(GeoJsonImporter(), written(tmp_path, "x.json", data))
    assert not reading.records and len(reading.bad) == 2


@pytest.mark.parametrize("form", ["rec", "lines", "array"])
def test_owntracks_tells_positions_arrivals_and_places(read: Callable, tmp_path: Path, form: str) -> None:
    around = {"lat": 37.5, "lon": 127.0, "topic": "owntracks/mira/phone", "tid": "mp"}
    objects = [
        {"_type": "location", "tst": 1704067200, "alt": 31, **around},
        {"_type": "lwt", "tst": 1704067201, "topic": "owntracks/mira/phone"},
        {"_type": "transition", "event": "enter", "desc": "집", "tst": 1704067260, **around},
        {"_type": "waypoint", "desc": "도서관", "rad": 100, "tst": 1704067320, **around},
        {"_type": "encrypted", "data": "abc"},
    ]
    lines = [json.dumps(one, ensure_ascii=False) for one in objects]
    if form == "rec":
        lines = [f"2024-01-01T00:00:00Z\t*      \t{line}" for line in lines]
    data = f"[{','.join(lines)}]" if form == "array" else "\n".join(lines) + "\n"
    reading = read(OwnTracksImporter(), written(tmp_path, "x", data))
    assert [(s.metric, s.device) for s in reading.of(Sample)] == [
        ("latitude", "phone"),
        ("longitude", "phone"),
        ("altitude", "phone"),
    ]
    arrival, place = reading.records
    assert (arrival.kind, arrival.title, arrival.account) == ("visit", "집 · Arrived (도착)", "mira")
    assert (place.kind, place.title, place.extra["radius_m"]) == ("place", "도서관", 100)
    assert reading.ignored == 1 and len(reading.bad) == 1
