"""The files in which browsers keep bookmarks: with their folders, each readable by itself."""

from __future__ import annotations

import json
import plistlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from darak.importers.browsers.safari_bookmarks import SafariBookmarksImporter
from darak.importers.browsers.stored_bookmarks import StoredBookmarksImporter

BOOKMARKS = StoredBookmarksImporter()


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


def test_a_backup_of_firefox_is_read_with_its_folders_and_tags(tmp_path: Path, read: Callable) -> None:
    place = {
        "guid": "a1",
        "title": "물떼새",
        "type": "text/x-moz-place",
        "dateAdded": 1767388500000000,
        "tags": "새,강",
    }
    noted = place | {
        "uri": "https://example.org/새",
        "annos": [{"name": "bookmarkProperties/description", "value": "{"}],
    }
    query = place | {"guid": "q1", "uri": "place:sort=8"}
    menu = {"guid": "menu________", "title": "menu", "type": "text/x-moz-place-container", "children": [noted, query]}
    root = {"guid": "root________", "title": "", "type": "text/x-moz-place-container", "children": [menu]}
    (tmp_path / "bookmarks.json").write_text(json.dumps(root, ensure_ascii=False), "utf-8")
    reading = read(BOOKMARKS, tmp_path)
    (record,) = reading.records
    assert (record.title, record.url, record.native_id) == ("물떼새", "https://example.org/새", "a1")
    assert record.extra == {"activity": "bookmark", "folder": "menu", "tags": "새,강"}
    assert record.time.iso() == "2026-01-02T21:15:00Z" and reading.ignored == 1


@pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_safaris_bookmarks_and_reading_list_are_read(
    tmp_path: Path, read: Callable, form: plistlib.PlistFormat
) -> None:
    leaf = {"WebBookmarkType": "WebBookmarkTypeLeaf", "URLString": "https://example.org/a", "WebBookmarkUUID": "U1"}
    later = leaf | {"WebBookmarkUUID": "U2", "URIDictionary": {"title": "나중에"}}
    later["ReadingList"] = {"DateAdded": datetime(2026, 1, 2, 21, 15), "PreviewText": "갯벌의 새"}
    kinds = {"WebBookmarkType": "WebBookmarkTypeList"}
    folders = [
        kinds | {"Title": "새", "Children": [leaf]},
        kinds | {"Title": "com.apple.ReadingList", "Children": [later]},
    ]
    data = plistlib.dumps(kinds | {"Title": "", "Children": folders}, fmt=form)
    (tmp_path / "Bookmarks.plist").write_bytes(data)
    first, second = read(SafariBookmarksImporter(), tmp_path).records
    assert (first.title, first.native_id, first.extra["folder"]) == ("example.org/a", "U1", "새")
    assert first.origin.locator == "entry 0 0" and first.time.local is None
    assert (second.title, second.extra) == ("나중에", {"activity": "reading list"})
    assert second.time.iso() == "2026-01-02T21:15:00Z" and "갯벌의 새" in second.text
