"""Day One's journals in, records out: local time, text, rich text, photos, places."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from darak.importers.notes.dayone.dayone import DayOneImporter

DAY_ONE = DayOneImporter()


def entry(number: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "uuid": f"UUID{number}",
        "creationDate": "2024-03-01T22:30:00Z",
        "timeZone": "Asia/Seoul",
        "starred": False,
        "text": "words",
        **more,
    }


def journal(path: Path, *entries: dict[str, Any], files: dict[str, bytes] | None = None) -> Path:
    document = {"metadata": {"version": "1.0"}, "entries": list(entries)}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("일기.json", json.dumps(document, indent=1))
        for name, data in (files or {}).items():
            archive.writestr(name, data)
    return path


def test_an_entry_stands_on_the_clock_of_its_place(tmp_path, read):
    (record,) = read(DAY_ONE, journal(tmp_path / "a.zip", entry())).records
    assert (record.native_id, record.thread, record.kind) == ("UUID1", "일기", "note")
    assert (record.time.local.isoformat(), record.time.zone) == ("2024-03-02T07:30:00", "Asia/Seoul")


@pytest.mark.parametrize(
    ("fields", "iso", "zone"),
    [
        ({"isAllDay": True}, "2024-03-02", "Asia/Seoul"),
        ({"timeZone": "GMT+0900"}, "2024-03-02T07:30:00+09:00", "+09:00"),
        ({"timeZone": "Nowhere/Land"}, "2024-03-01T22:30:00Z", "UTC"),
        ({"creationDate": "2024-03-01T10:00:00"}, "2024-03-01T10:00:00", None),
    ],
)
def test_days_and_zones(tmp_path, read, fields, iso, zone):
    (record,) = read(DAY_ONE, journal(tmp_path / "a.zip", entry(**fields))).records
    assert (record.time.iso(), record.time.zone) == (iso, zone)


def test_text_is_freed_of_escapes_and_marks_of_pictures(tmp_path, read):
    text = "# Tea \\.\\. started\n\n![](dayone-moment://AB12)\n\nGood\\!"
    (record,) = read(DAY_ONE, journal(tmp_path / "a.zip", entry(text=text))).records
    assert (record.title, record.text) == ("Tea .. started", "# Tea .. started\n\nGood!")


def test_an_entry_of_rich_text_alone_is_read(tmp_path, read):
    contents = [
        {"attributes": {"line": {"header": 1}}, "text": "제목\n"},
        {"embeddedObjects": [{"type": "photo", "identifier": "X"}]},
        {"attributes": {"line": {"listStyle": "checkbox", "checked": True}}, "text": "우유\n"},
        {"text": "끝"},
    ]
    fields = entry(richText=json.dumps({"contents": contents, "meta": {"version": 1}}))
    del fields["text"]
    (record,) = read(DAY_ONE, journal(tmp_path / "a.zip", fields)).records
    assert (record.title, record.text) == ("제목", "# 제목\n- [x] 우유\n끝")


def test_photos_are_found_by_their_md5(tmp_path, read):
    data = b"\xff\xd8picture"
    md5 = hashlib.md5(data).hexdigest()
    fields = entry(photos=[{"identifier": "X", "md5": md5, "type": "jpeg"}, {"identifier": "Y", "md5": "gone"}])
    (record,) = read(DAY_ONE, journal(tmp_path / "a.zip", fields, files={f"photos/{md5}.jpeg": data})).records
    assert [blob.data for blob in record.blobs] == [data]
    assert record.extra["missing"] == ["gone"]


def test_place_weather_and_tags_are_kept(tmp_path, read):
    location = {"placeName": "Café", "localityName": "Seoul", "country": "Korea", "latitude": 37.5, "longitude": 127}
    weather = {"conditionsDescription": "Rain", "temperatureCelsius": 9.5}
    fields = entry(location=location, weather=weather, tags=["비"], starred=True)
    (record,) = read(DAY_ONE, journal(tmp_path / "a.zip", fields)).records
    assert (record.place.name, record.place.lat, record.place.lon) == ("Café, Seoul, Korea", 37.5, 127.0)
    assert record.extra == {"tags": ["비"], "starred": True, "weather": "Rain", "temperature_celsius": 9.5}


def test_a_cut_journal_gives_the_entries_before_and_one_bad_row(tmp_path, read):
    document = json.dumps({"metadata": {"version": "1.0"}, "entries": [entry(number) for number in range(5)]})
    path = tmp_path / "Journal.json"
    path.write_text(document[:-60])
    reading = read(DAY_ONE, path)
    assert [record.native_id for record in reading.records] == ["UUID0", "UUID1", "UUID2", "UUID3"]
    assert len(reading.bad) == 1


def test_other_json_is_not_claimed(tmp_path, read):
    path = tmp_path / "Journal.json"
    path.write_text('{"entries": [{"date": "2024-03-01", "text": "x"}]}')
    assert read(DAY_ONE, path).matches == []
