"""Goodreads: the CSV of a library, one record a book, on the day it was read, else the day it was put on a shelf.

Structural signs: a header with `Book Id`, `Exclusive Shelf`, `My Rating` and `Date Added`. Locators are "bytes A-B",
the row. A rating of 0 means none; ISBNs are written as formulas (`="0441172717"`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from darak.importers.formats.csv_items import Values, header_of, row_items
from darak.importers.formats.html_text import text_of_html
from darak.importers.importer import Item, Match
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import UNKNOWN_TIME, Time, parse_iso

_SIGNS = frozenset(("book id", "title", "author", "my rating", "exclusive shelf", "date added"))
_DATE = re.compile(r"(\d{4})(?:[/-](\d{1,2})(?:[/-](\d{1,2}))?)?")
_COPIES = re.compile(r"\d+")
_KEPT = {
    "author": "author",
    "more_authors": "additional authors",
    "publisher": "publisher",
    "published": "original publication year",
    "pages": "number of pages",
    "binding": "binding",
    "shelf": "exclusive shelf",
    "shelves": "bookshelves",
    "notes": "private notes",
}


class GoodreadsImporter:
    """Goodreads: the books of a library, with shelves, ratings and reviews"""

    name = "goodreads"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        return [
            Match(self.name, (member.name,), 0.95, "books with Book Id, Exclusive Shelf, My Rating")
            for member in tree.members()
            if frozenset(header_of(tree.head(member.name))) >= _SIGNS
        ]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        (member,) = match.members
        yield from row_items(tree, member, _book, last=_COPIES)


def _book(row: Values, origin: Origin) -> Record | str:
    key, title = row["book id"].strip(), row["title"].strip()
    if not key.isdigit() or not title:
        return "a row without a book"
    read, added = _time(row.get("date read", "")), _time(row["date added"])
    rating = row["my rating"].strip()
    isbn = next((digits for column in ("isbn13", "isbn") if (digits := row.get(column, "").strip('="'))), None)
    extra: dict[str, Any] = {
        "activity": "read" if row["exclusive shelf"].strip() == "read" else "shelved",
        **{name: row[column].strip() for name, column in _KEPT.items() if row.get(column)},
        "rating": int(rating) if rating in ("1", "2", "3", "4", "5") else None,
        "isbn": isbn,
        "added": row["date added"].strip() if read else None,
    }
    stars = f"★ {rating}" if extra["rating"] else ""
    about = " – ".join(part for part in (title, row["author"].strip(), stars) if part)
    review = text_of_html(row.get("my review", ""))
    return Record(
        source="goodreads",
        kind="play" if extra["activity"] == "read" else "other",
        native_id=key,
        time=read or added or UNKNOWN_TIME,
        origin=origin,
        title=title,
        text="\n".join(part for part in (about, review) if part),
        url=f"https://www.goodreads.com/book/show/{key}",
        extra={name: value for name, value in extra.items() if value},
    )


def _time(written: str) -> Time | None:
    found = _DATE.fullmatch(written.strip())
    if found is None:
        return None
    try:
        time = parse_iso("-".join(part.zfill(2) for part in found.groups() if part))
    except ValueError:
        return None
    return Time(written.strip(), time.local, time.precision)
