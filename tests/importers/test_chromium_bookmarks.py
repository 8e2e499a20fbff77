"""The file Bookmarks of Chrome: bookmarks with their folders, each readable by itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from darak.importers.browsers.chromium_bookmarks import ChromiumBookmarksImporter

BOOKMARKS = ChromiumBookmarksImporter()


def bookmark(number: int, **other: Any) -> dict[str, Any]:
    return {
        "date_added": "13411862100000000",
        "guid": f"g{number}",
        "id": str(number),
        "name": f'Page {number} {{하나}} "x"',
        "type": "url",
        "url": f"https://www.example.org/{number}",
    } | other


def write(tmp_path: Path, *children: dict[str, Any]) -> Path:
    folder = {"children": list(children), "name": "읽을 것", "type": "folder"}
    bar = {"children": [folder, bookmark(9)], "name": "Bar", "type": "folder"}
    path = tmp_path / "Bookmarks"
    path.write_text(
        json.dumps({"checksum": "x", "roots": {"bookmark_bar": bar}}, ensure_ascii=False, indent=3), "utf-8"
    )
    return path


def test_a_bookmark_has_address_title_folder_and_time(tmp_path: Path, read: Callable) -> None:
    one, nine = read(BOOKMARKS, write(tmp_path, bookmark(1, meta_info={"last_visited": "{"}))).records
    assert (one.title, one.url, one.native_id) == ('Page 1 {하나} "x"', "https://www.example.org/1", "g1")
    assert one.extra["folder"] == "Bar/읽을 것" and nine.extra["folder"] == "Bar"
    assert one.time.iso() == "2026-01-02T21:15:00Z"


def test_a_mark_of_utf_8_before_it_changes_nothing(tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, bookmark(1))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    reading = read(BOOKMARKS, path)
    assert [record.extra["folder"] for record in reading.records] == ["Bar/읽을 것", "Bar"] and not reading.bad


def test_damage_costs_one_bookmark(tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, bookmark(1), bookmark(2), bookmark(3))
    path.write_text(
        path.read_text("utf-8").replace('"url": "https://www.example.org/2"', '"url": "https://www.example.org/2')
    )
    reading = read(BOOKMARKS, path)
    assert {"g1", "g3", "g9"} <= {record.native_id for record in reading.records} and len(reading.bad) <= 1


def test_a_torn_file_gives_what_was_whole(tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, bookmark(1), bookmark(2))
    text = path.read_text("utf-8")
    path.write_text(text[: text.index('"id": "2"')], "utf-8")
    reading = read(BOOKMARKS, path)
    assert [record.native_id for record in reading.records] == ["g1"] and [bad.code for bad in reading.bad] == [
        "damaged"
    ]
