"""Bookmarks that browsers export: address, title, folder and the day they were set."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from darak.importers.browsers.bookmarks import BookmarksImporter

BOOKMARKS = BookmarksImporter()
FILE = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<DL><p>
    <DT><H3 ADD_DATE="1">읽을 것</H3>
    <DL><p>
        <DT><H3>Attic</H3>
        <DL><p>
            <DT><A HREF="https://example.org/?a=1&amp;b=2" ADD_DATE="1767388500" TAGS="a,b">One &amp; 하나</A>
        </DL><p>
        <DT><A HREF="https://example.org/two" ADD_DATE="1767388500000000">Two</A>
    </DL><p>
    <DT><A HREF="https://www.example.org/three"></A>
</DL><p>
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "b.html"
    path.write_text(text, "utf-8")
    return path


def test_a_bookmark_has_address_title_folder_and_time(tmp_path: Path, read: Callable) -> None:
    one, two, three = read(BOOKMARKS, write(tmp_path, FILE)).records
    assert (one.url, one.title, one.time.iso()) == (
        "https://example.org/?a=1&b=2",
        "One & 하나",
        "2026-01-02T21:15:00Z",
    )
    assert one.extra == {"activity": "bookmark", "folder": "읽을 것/Attic", "tags": "a,b"}
    assert two.extra["folder"] == "읽을 것" and two.time.iso() == "2026-01-02T21:15:00Z"
    assert three.title == "example.org/three" and three.time.local is None and "folder" not in three.extra


def test_a_file_that_ends_in_a_folder_is_told(tmp_path: Path, read: Callable) -> None:
    reading = read(BOOKMARKS, write(tmp_path, FILE[: FILE.index('<DT><A HREF="https://www')]))
    assert len(reading.records) == 2 and [bad.code for bad in reading.bad] == ["cut-off"]


def test_a_bookmark_that_cannot_be_read_is_a_bad_row(tmp_path: Path, read: Callable) -> None:
    reading = read(BOOKMARKS, write(tmp_path, FILE.replace("Two</A>", "Two</B>")))
    assert len(reading.records) == 2 and [bad.code for bad in reading.bad] == ["bad-bookmark"]
