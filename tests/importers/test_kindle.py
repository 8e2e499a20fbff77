"""Kindle's clippings: highlights, notes and bookmarks in the languages of the device, and what is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from darak.importers.media.kindle import KindleImporter


@pytest.fixture
def read_text(tmp_path: Path, read):
    def read_text(text: str, encoding: str = "utf-8"):
        path = tmp_path / "My Clippings.txt"
        path.write_text(text, encoding, newline="")
        return read(KindleImporter(), path)

    return read_text


def clipping(about: str, text: str = "새는 난다", book: str = "Birds (of Korea) (Lee, Gaon)") -> str:
    return f"\ufeff{book}\r\n- {about}\r\n\r\n{text}\r\n==========\r\n"


ENGLISH = "Your Highlight on page 162 | location 1880-1881 | Added on Monday, 1 May 2023 19:56:58"


def test_a_highlight_names_its_book_and_where_it_stands(read_text) -> None:
    (record,) = read_text(clipping(ENGLISH, "first\r\nsecond")).records
    assert (record.title, record.thread, record.text) == ("Birds (of Korea)", "Birds (of Korea)", "first\nsecond")
    assert record.time.iso() == "2023-05-01T19:56:58"
    assert record.extra == {
        "activity": "highlight",
        "author": "Lee, Gaon",
        "where": "Your Highlight on page 162 | location 1880-1881",
    }


@pytest.mark.parametrize(
    ("about", "activity", "iso"),
    [
        ("您在第 8 页（位置 #575）的笔记 | 添加于 2016年6月16日星期四 下午4:31:44", "note", "2016-06-16T16:31:44"),
        ("您在位置 #345-347的标注 | 添加于 2016年6月16日星期四 上午12:47:27", "highlight", "2016-06-16T00:47:27"),
        (
            "Deine Markierung bei Position 6470-6471 | Hinzugefügt am Montag, 25. September 2023 22:42:15",
            "highlight",
            "2023-09-25T22:42:15",
        ),
        (
            "Tu nota en la página 3 | Añadido el lunes, 30 de diciembre de 2024 14:46:33",
            "note",
            "2024-12-30T14:46:33",
        ),
        ("Your Note on page 9 | Added on Friday, January 17, 2020 9:29:28 PM", "note", "2020-01-17T21:29:28"),
    ],
)
def test_clippings_in_other_languages(read_text, about: str, activity: str, iso: str) -> None:
    reading = read_text(clipping(about))
    assert [(r.extra["activity"], r.time.iso()) for r in reading.records] == [(activity, iso)] and reading.bad == []


def test_bookmarks_say_nothing(read_text) -> None:
    bookmark = clipping("Your Bookmark on page 153 | location 1795 | Added on Monday, 1 May 2023 18:26:53", "")
    reading = read_text(bookmark + clipping(ENGLISH))
    assert len(reading.records) == 1 and reading.ignored == 1


def test_what_divides_two_clippings_may_be_damaged_and_the_end_cut_off(read_text) -> None:
    three = clipping(ENGLISH, "one") + clipping(ENGLISH, "two") + clipping(ENGLISH, "three")
    reading = read_text(three.replace("==========", "=====x====", 1))
    assert [record.text for record in reading.records] == ["three"]
    assert [bad.code for bad in reading.bad] == ["damaged-clipping"]
    cut = read_text(three[: three.rindex("three") + 2])
    assert [record.text for record in cut.records] == ["one", "two"] and [bad.code for bad in cut.bad] == ["cut-off"]


def test_other_texts_are_left_alone(read_text) -> None:
    assert read_text("Title\n==========\n- a | list\n").matches == [] == read_text("words\n").matches
