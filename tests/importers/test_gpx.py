"""GPX in: tracks as records and samples, routes with their points, places, and damage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from darak.importers.health.gpx import GpxImporter
from darak.records.record import Sample

GPX = GpxImporter()
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="손목 시계"'
    ' xmlns="http://www.topografix.com/GPX/1/1" xmlns:tpx="http://example.org/tpx">\n<metadata><name>file</name></metadata>\n'
)


def point(lat: float, lon: float, time: str = "", inner: str = "") -> str:
    stamp = f"<time>{time}</time>" if time else ""
    return f'<trkpt lat="{lat}" lon="{lon}">{stamp}{inner}</trkpt>\n'


def track(*points: str, name: str = "Along the river", kind: str = "run") -> str:
    said = f"<name>{escape(name)}</name><type>{kind}</type>" if name else ""
    return f"<trk>{said}<trkseg>\n{''.join(points)}</trkseg></trk>\n"


RUN = track(
    point(37.50, 127.0, "2025-03-01T06:00:00Z", "<ele>12.5</ele>"),
    point(
        37.51, 127.0, "2025-03-01T06:10:00Z",
        "<extensions><tpx:TrackPointExtension><tpx:hr>150</tpx:hr><tpx:cad>80</tpx:cad></tpx:TrackPointExtension></extensions>",
    ),
)  # fmt: skip


def write(tmp_path: Path, *parts: str) -> Path:
    path = tmp_path / "아침.gpx"
    path.write_text(HEAD + "".join(parts) + "</gpx>\n", "utf-8")
    return path


def test_a_track_is_a_record_with_its_figures(tmp_path: Path, read: Callable) -> None:
    (run,) = read(GPX, write(tmp_path, RUN)).records
    assert (run.kind, run.title, run.text) == ("other", "Along the river", "Running (달리기), 10 min, 1.11 km")
    assert run.extra == {
        "activity": "running", "duration_min": 10.0, "distance_km": 1.112, "heart_rate": 150.0,
        "device": "손목 시계", "points": 2, "type": "run",
    }  # fmt: skip
    assert (run.time.iso(), run.end.iso()) == ("2025-03-01T06:00:00Z", "2025-03-01T06:10:00Z")
    assert (run.place.lat, run.place.lon) == (37.5, 127.0)


def test_timed_points_are_samples(tmp_path: Path, read: Callable) -> None:
    found = read(GPX, write(tmp_path, RUN)).of(Sample)
    assert [(s.metric, s.value, s.unit) for s in found] == [
        ("latitude", 37.5, "deg"), ("longitude", 127.0, "deg"), ("altitude", 12.5, "m"),
        ("latitude", 37.51, "deg"), ("longitude", 127.0, "deg"), ("heart_rate", 150, "count/min"),
        ("cadence", 80, "count/min"),
    ]  # fmt: skip
    assert {s.device for s in found} == {"손목 시계"}


def test_elements_may_have_a_prefix(tmp_path: Path, read: Callable) -> None:
    path = tmp_path / "a.gpx"
    text = '<g:trkpt lat="37.5" lon="127"><g:time>2025-03-01T06:00:00Z</g:time></g:trkpt>'
    path.write_text(
        f'\n<g:gpx xmlns:g="http://www.topografix.com/GPX/1/1"><g:trk><g:name>산책</g:name><g:trkseg>{text}</g:trkseg>'
        "</g:trk></g:gpx>",
        "utf-8",
    )
    reading = read(GPX, path)
    assert [record.title for record in reading.records] == ["산책"] and len(reading.of(Sample)) == 2


def test_a_route_without_times_keeps_its_points_as_a_file(tmp_path: Path, read: Callable) -> None:
    route = '<rte><name>Plan</name><rtept lat="1" lon="2"/><rtept lat="1.5" lon="2"></rtept></rte>'
    reading = read(GPX, write(tmp_path, route))
    (plan,) = reading.records
    assert (plan.title, plan.text) == ("Plan", "Route (경로), 55.60 km")
    assert reading.ignored == 2
    assert route.encode() in plan.blobs[0].data and plan.blobs[0].name == "Plan.gpx"


def test_a_waypoint_is_a_place(tmp_path: Path, read: Callable) -> None:
    text = '<wpt lat="37.1" lon="127.2"><name>샘터</name><desc>Cold water</desc><sym>Fountain</sym></wpt>'
    (place,) = read(GPX, write(tmp_path, text)).records
    assert (place.kind, place.title, place.text, place.place.lat) == ("place", "샘터", "Cold water", 37.1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (point(97, 1, "2025-03-01T06:00:00Z"), "no-position"),
        (point(37, 1, "yesterday"), "bad-time"),
        (point(37, 1, "2025-03-01T06:00:00Z").replace("</trkpt>", "</trkqt>"), "damaged-element"),
        (point(37, 1, "2025-03-01T06:00:00Z").replace("<trkpt", "<trxpt"), "damaged-element"),
        (point(37, 1, "2025-03-01T06:00:00Z").replace("<time>", "<tine>"), "damaged-element"),
    ],
)
def test_a_bad_point_is_one_bad_row(text: str, code: str, tmp_path: Path, read: Callable) -> None:
    others = [point(37, 1, "2025-03-01T05:00:00Z"), point(37, 2, "2025-03-01T07:00:00Z")]
    reading = read(GPX, write(tmp_path, track(others[0], text, others[1])))
    assert [row.code for row in reading.bad] == [code]
    assert len(reading.of(Sample)) == 4 and len(reading.records) == 1


def test_a_time_before_gps_is_none(tmp_path: Path, read: Callable) -> None:
    reading = read(GPX, write(tmp_path, track(point(37, 1, "1901-12-13T20:45:52.2073437Z"))))
    assert not reading.of(Sample) and reading.records[0].time.local is None and reading.records[0].blobs


def test_a_cut_file_keeps_the_points_before_the_cut(tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, RUN, track(point(1, 1, "2025-03-02T06:00:00Z"), name="second"))
    data = path.read_bytes()
    whole = read(GPX, path)
    for cut in range(len(HEAD.encode()), len(data) - 8, 7):
        path.write_bytes(data[:cut])
        reading = read(GPX, path)
        expected = [s for s in whole.of(Sample) if int(s.origin.locator.rpartition("-")[2]) <= cut]
        assert reading.of(Sample) == expected
        assert [row.code for row in reading.bad][-1:] == ["cut-off"]
        assert {r.native_id for r in reading.records} <= {r.native_id for r in whole.records}


def test_origins_lead_back_to_the_element(tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, RUN)
    data = path.read_bytes()
    reading = read(GPX, path)
    for item in (*reading.of(Sample), *reading.records):
        start, end = map(int, item.origin.locator.removeprefix("bytes ").split("-"))
        assert data[start:end].startswith((b"<trkpt", b"<trk>")) and data[start:end].endswith((b"</trkpt>", b"</trk>"))


@given(
    points=st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180), st.integers(0, 2**31)), max_size=8),
    name=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
    chunk=st.integers(1, 300),
)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read_back(
    points: list[tuple[float, float, int]], name: str, chunk: int, tmp_path: Path, read: Callable
) -> None:
    stamps = [datetime.fromtimestamp(1e9 + at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for _, _, at in points]
    text = track(*(point(lat, lon, stamp) for (lat, lon, _), stamp in zip(points, stamps, strict=True)), name=name)
    path = write(tmp_path, text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("darak.importers.formats.xml_pieces.CHUNK", chunk)
        reading = read(GPX, path)
    pairs = [(s.value, s.time.iso()) for s in reading.of(Sample)]
    expected = zip(points, stamps, strict=True)
    assert pairs == [(value, stamp) for (lat, lon, _), stamp in expected for value in (lat, lon)]
    assert reading.records[0].title == (name.strip() or "Track (경로)")


def test_other_xml_is_left_alone(tmp_path: Path, read: Callable) -> None:
    path = tmp_path / "page.gpx"
    path.write_text("<html><body>gpx</body></html>")
    assert not read(GPX, path).matches


def test_the_tracks_of_a_folder_are_one_export(tmp_path: Path, read: Callable) -> None:
    for name in ("a/1.gpx", "a/2.gpx", "b/3.gpx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(HEAD + RUN + "</gpx>\n", "utf-8")
    reading = read(GPX, tmp_path)
    assert sorted(len(match.members) for match in reading.matches) == [1, 2] and len(reading.records) == 3


def test_a_point_that_is_not_closed_does_not_swallow_the_next_track(tmp_path: Path, read: Callable) -> None:
    broken = RUN[::-1].replace("</trkpt>"[::-1], "</trkqt>"[::-1], 1)[::-1]
    reading = read(GPX, write(tmp_path, broken, RUN.replace("2025-03-01", "2025-03-02")))
    assert [row.code for row in reading.bad] == ["damaged-element"] and len(reading.records) == 2


@pytest.mark.parametrize("chunk", [7, 60, 1 << 20])
def test_what_is_commented_out_is_not_read(
    chunk: int, tmp_path: Path, read: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("darak.importers.formats.xml_pieces.CHUNK", chunk)
    hidden = f"<!-- {RUN} <wpt lat='1' lon='2'/> -->"
    inside = RUN.replace("<ele>", f"<!-- {point(1, 2)} --><ele>")
    reading = read(GPX, write(tmp_path, hidden, inside, hidden))
    assert len(reading.records) == 1 and len(reading.of(Sample)) == 7 and not reading.bad


def test_the_type_of_a_link_is_not_the_tracks(tmp_path: Path, read: Callable) -> None:
    linked = RUN.replace("<type>", '<link href="http://example.org"><text>x</text><type>text/html</type></link><type>')
    (run,) = read(GPX, write(tmp_path, linked)).records
    assert (run.extra["activity"], run.url) == ("running", "http://example.org")
