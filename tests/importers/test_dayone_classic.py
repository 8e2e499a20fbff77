"""Day One Classic's folders in, records out."""

from __future__ import annotations

import plistlib
from datetime import datetime
from pathlib import Path
from typing import Any

from darak.importers.notes.dayone.classic import DayOneClassicImporter

CLASSIC = DayOneClassicImporter()


def put(folder: Path, number: int = 1, **more: Any) -> Path:
    entry = {
        "UUID": f"UUID{number}",
        "Entry Text": "# 산책\n강가 \\* 걸었다",
        "Creation Date": datetime(2014, 10, 23, 15, 36, 33),
        "Time Zone": "Asia/Seoul",
        **more,
    }
    path = folder / "Journal.dayone" / "entries" / f"UUID{number}.doentry"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(plistlib.dumps(entry))
    return folder


def test_an_entry_has_its_local_time_text_place_and_tags(tmp_path, read):
    place = {"Place Name": "망원시장", "Country": "대한민국", "Latitude": 37.5, "Longitude": 126.9}
    (record,) = read(CLASSIC, put(tmp_path, Location=place, Tags=["봄"], Starred=True)).records
    assert (record.source, record.native_id, record.title) == ("day-one", "UUID1", "산책")
    assert (record.time.local.isoformat(), record.time.zone) == ("2014-10-24T00:36:33", "Asia/Seoul")
    assert (record.place.name, record.place.lat) == ("망원시장, 대한민국", 37.5)
    assert record.text == "# 산책\n강가 \\* 걸었다"
    assert record.extra == {"tags": ["봄"], "starred": True}


def test_the_photo_is_named_by_the_entry(tmp_path, read):
    photo = put(tmp_path) / "Journal.dayone" / "photos" / "UUID1.jpg"
    photo.parent.mkdir()
    photo.write_bytes(b"\xff\xd8")
    (record,) = read(CLASSIC, tmp_path).records
    assert [blob.data for blob in record.blobs] == [b"\xff\xd8"]


def test_a_damaged_entry_is_one_bad_row(tmp_path, read):
    put(tmp_path, 2)
    path = put(tmp_path) / "Journal.dayone" / "entries" / "UUID1.doentry"
    path.write_bytes(path.read_bytes().replace(b"</dict>", b""))
    reading = read(CLASSIC, tmp_path)
    assert [record.native_id for record in reading.records] == ["UUID2"]
    assert [row.code for row in reading.bad] == ["damaged-entry"]


def test_other_property_lists_are_not_claimed(tmp_path, read):
    (tmp_path / "a.plist").write_bytes(plistlib.dumps({"Entry Text": "x"}))
    assert read(CLASSIC, tmp_path).matches == []
