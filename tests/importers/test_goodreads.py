"""Goodreads: a book is one record, on the day it was read or put on a shelf."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from darak.importers.media.goodreads import GoodreadsImporter

GOODREADS = GoodreadsImporter()
HEADER = (
    "Book Id,Title,Author,Author l-f,Additional Authors,ISBN,ISBN13,My Rating,Average Rating,Publisher,Binding,"
    "Number of Pages,Year Published,Original Publication Year,Date Read,Date Added,Bookshelves,"
    "Bookshelves with positions,Exclusive Shelf,My Review,Spoiler,Private Notes,Read Count,Owned Copies\n"
)


def row(rating: str = "0", read: str = "", shelf: str = "to-read", review: str = "") -> str:
    return (
        f'7,"Dune (Dune, #1)",Frank Herbert,"Herbert, Frank",,"=""0441172717""","=""9780441172719""",{rating},4.27,Ace,'
        f'Paperback,604,1990,1965,{read},2025/12/31,sf,sf (#1),{shelf},"{review}",,,1,0\n'
    )


def write(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "a.csv"
    path.write_text(HEADER + "".join(rows), "utf-8")
    return path


def test_a_book_that_was_read(tmp_path: Path, read: Callable) -> None:
    book = row("4", "2026/01/02", "read", "Sand.<br/><br/>더 많은 모래.")
    (record,) = read(GOODREADS, write(tmp_path, book)).records
    assert (record.kind, record.time.iso(), record.native_id) == ("play", "2026-01-02", "7")
    assert record.text == "Dune (Dune, #1) – Frank Herbert – ★ 4\nSand.\n더 많은 모래."
    assert record.extra["isbn"] == "9780441172719" and record.extra["added"] == "2025/12/31"


def test_a_book_to_read_has_no_rating_and_the_day_of_its_shelf(tmp_path: Path, read: Callable) -> None:
    (record,) = read(GOODREADS, write(tmp_path, row())).records
    assert (record.kind, record.time.iso()) == ("other", "2025-12-31")
    assert "rating" not in record.extra and record.extra["shelf"] == "to-read"


def test_a_torn_last_row_is_told(tmp_path: Path, read: Callable) -> None:
    reading = read(GOODREADS, write(tmp_path, row(), row()[:60]))
    assert len(reading.records) == 1 and [bad.code for bad in reading.bad] == ["cut-off"]
