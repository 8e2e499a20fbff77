"""Letterboxd: diary, reviews, ratings, watched films, watchlist, likes, lists and comments of its export.

Structural signs: a header with `Letterboxd URI` (or `Date,Content,Comment`), or `Letterboxd list export` on top. The
tables of watched, wanted and liked films have the same columns: their file or folder tells them apart. Locators are
"bytes A-B", the row. A diary's day is the day on which the film was watched, not the one on which that was noted; in
the other files the day is that of the note. A list gives a record for itself and one for each of its films.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.csv_items import Build, Values, header_of, row_items
from darak.importers.formats.csv_rows import read_rows
from darak.importers.formats.html_text import text_of_html
from darak.importers.importer import BadRow, Ignored, Item, Match, Units
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import UNKNOWN_TIME, Time, parse_iso

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FILM = frozenset(("date", "name", "year", "letterboxd uri"))


@dataclass(frozen=True, slots=True)
class _File:
    """One file of the export: the columns that it has beyond a film's, and what its rows are."""

    name: str
    columns: frozenset[str]
    kind: str = "other"
    of_path: str = ""

    def fits(self, header: frozenset[str], path: str) -> bool:
        return header >= _FILM | self.columns and self.of_path in path.lower()


_FILES = (
    _File("review", frozenset(("review", "watched date")), "post"),
    _File("diary", frozenset(("rewatch", "watched date")), "play"),
    _File("rating", frozenset(("rating",))),
    _File("watchlist", frozenset(), of_path="watchlist"),
    _File("like", frozenset(), of_path="likes/"),
    _File("watched", frozenset()),
)
"""The first that fits counts."""
_COMMENTS = ("date", "content", "comment")
_LIST = b"Letterboxd list export"
_IN_LIST = ("position", "name", "year", "url")


class LetterboxdImporter:
    """Letterboxd: diary, reviews, ratings, watched films, watchlist, likes, lists, comments"""

    name = "letterboxd"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        members: list[str] = []
        comments: list[str] = []
        for member in tree.members():
            header = header_of(tree.head(member.name))
            if _file_of(header, member.name):
                members.append(member.name)
            elif header == _COMMENTS:
                comments.append(member.name)
            elif _is_list(tree.head(member.name)):
                members.append(member.name)
        if members:
            return [Match(self.name, (*members, *comments), 0.95, "films with their Letterboxd URI")]
        return [Match(self.name, tuple(comments), 0.5, "comments by date and content")] if comments else []

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        for member in match.members:
            if "deleted/" in member.lower():
                yield Units(1)
                yield Ignored("deleted-by-the-owner", Origin(member, ""))
                continue
            if _is_list(tree.head(member)):
                yield from _list_items(tree, member)
                continue
            file = _file_of(header_of(tree.head(member)), member)
            yield from row_items(tree, member, _builder(file) if file else _comment, last=_DAY)


def _file_of(header: tuple[str, ...], path: str) -> _File | None:
    return next((file for file in _FILES if file.fits(frozenset(header), path)), None)


def _builder(file: _File) -> Build:
    return lambda row, origin: _record(file, row, origin)


def _record(file: _File, row: Values, origin: Origin) -> Record | str:
    name, uri = row["name"].strip(), row["letterboxd uri"].strip()
    noted, watched = row["date"].strip(), row.get("watched date", "").strip()
    time = _day(watched or noted)
    if not name or time is None:
        return "a row without a film or a day"
    year, rating = row["year"].strip(), row.get("rating", "").strip()
    film = f"{name} ({year})" if year else name
    extra: dict[str, Any] = {
        "activity": file.name,
        "rating": float(rating) if re.fullmatch(r"[0-5](?:\.\d)?", rating) else None,
        "rewatch": row.get("rewatch", "").strip().lower() == "yes",
        "tags": [tag.strip() for tag in row.get("tags", "").split(",") if tag.strip()],
        "logged": noted if watched and noted != watched else None,
    }
    stars = f"★ {rating}" if extra["rating"] else ""
    return Record(
        source="letterboxd",
        kind=file.kind,
        native_id=" ".join(part for part in (file.name, uri or film, watched) if part),
        time=time,
        origin=origin,
        title=film,
        text="\n".join(part for part in (f"{film} {stars}".strip(), row.get("review", "").strip()) if part),
        url=uri or None,
        extra={key: value for key, value in extra.items() if value},
    )


def _comment(row: Values, origin: Origin) -> Record | str:
    time = _day(row["date"].strip())
    if time is None or not row["comment"].strip():
        return "a comment without a text or a day"
    url = row["content"].strip()
    return Record(
        source="letterboxd",
        kind="post",
        time=time,
        origin=origin,
        text=row["comment"].strip(),
        url=url if url.startswith("http") else None,
        extra={"activity": "comment"},
    )


def _is_list(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").startswith(_LIST)


def _list_items(tree: Tree, member: str) -> Iterator[Item]:
    """What a list is, in the first two rows below its mark, and its films, in those below a second header."""
    try:
        with tree.open(member) as stream:
            rows = [row for row in read_rows(stream, ("utf-8",)) if not _is_list(row.raw)]
    except READ_ERRORS as error:
        yield Units(1)
        yield BadRow("unreadable", Origin(member, "bytes 0-"), f"the list cannot be read: {error}")
        return
    yield Units(len(rows))
    about: dict[str, str] = {}
    names: tuple[str, ...] = ()
    for row in rows:
        origin = Origin(member, f"bytes {row.start}-{row.end}")
        header = tuple(value.strip().lower() for value in row.values)
        if header[:2] in (("date", "name"), _IN_LIST[:2]):
            names = header
            yield Ignored("header", origin)
        elif not names or len(row.values) != len(names):
            yield BadRow("damaged-row", origin, "the row has not the values of its header", row.raw)
        else:
            values = dict(zip(names, row.values, strict=True))
            if "date" in values:
                about = values
            yield _listed(about, values, origin)


def _listed(about: dict[str, str], row: dict[str, str], origin: Origin) -> Item:
    """The record of a list (the row that tells about it) or of a film in it."""
    title, year = row["name"].strip(), row.get("year", "").strip()
    time = _day(about.get("date", "").strip())
    if not title:
        return BadRow("bad-row", origin, "a row without a film")
    name = about.get("name", "").strip() or PurePosixPath(origin.member).stem
    film = f"{title} ({year})" if year else title
    said = text_of_html(row.get("description", ""))
    extra = {"activity": "list", "list": "" if row is about else name, "position": row.get("position", "")}
    return Record(
        source="letterboxd",
        kind="other",
        native_id=f"list {about.get('url') or name} {row.get('url') or film}",
        time=time or UNKNOWN_TIME,
        origin=origin,
        title=film,
        text="\n".join(part for part in (film if row is about else f"{name}: {film}", said) if part),
        url=row.get("url") or None,
        extra={key: value for key, value in extra.items() if value},
    )


def _day(written: str) -> Time | None:
    try:
        return parse_iso(written)
    except ValueError:
        return None
