"""Last.fm: scrobbles as the well-known tools save them, and answers of its programming interface.

Structural signs (CSV): a header with `uts`, `artist` and `track` (ghan.nl), one with `Artist;…;Track;Date#name`
(lastfmstats), or no header and rows of artist, album, track and `02 Jan 2026 21:15` (lastfm-to-csv); JSON: objects
with `name`, `artist` and `date.uts` (user.getRecentTracks, alone or in pages), or `scrobbles` with `date` in ms.
Locators are "bytes A-B", the row or the object. Times are UTC.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from darak.importers.formats.csv_items import Values, header_of, row_items
from darak.importers.formats.epochs import from_milliseconds, from_seconds
from darak.importers.formats.json_items import object_items
from darak.importers.formats.json_values import as_dict, as_int, as_text
from darak.importers.formats.lines import may_be_text
from darak.importers.importer import Ignored, Item, Match
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import Precision, Time, ZoneSource

_DATE = re.compile(r"(\d{1,2} [A-Z][a-z]{2} \d{4}),? (\d\d:\d\d)")
_DATE_AT_END = re.compile(r',"?\d{1,2} [A-Z][a-z]{2} \d{4},? \d\d:\d\d"?\Z')
_BARE = ("artist", "album", "track", "date")
_TRACK = re.compile(rb'"date"\s*:\s*\{[^{}]*"uts"')
_PATHS = (
    (re.compile(rb'\s*\{\s*"recenttracks"\s*:'), ("recenttracks", "track")),
    (re.compile(rb'\s*\[\s*\{\s*"recenttracks"\s*:'), ("*", "recenttracks", "track")),
    (re.compile(rb'\s*\[\s*\{\s*"(?:track|@attr)"\s*:\s*[\[{]'), ("*", "track")),
    (re.compile(rb'\s*\{\s*"(?:track|@attr)"\s*:\s*[\[{]'), ("track",)),
)
"""Where the tracks are in a document that begins so."""
_STATS = re.compile(rb'\s*\{.{0,200}?"scrobbles"\s*:\s*\[', re.DOTALL)
_STATS_UNIT = re.compile(rb'(?<!\\)"date"\s*:\s*"?\d')


class LastfmImporter:
    """Last.fm: scrobbles as CSV or JSON"""

    name = "lastfm"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        return [
            Match(self.name, (member.name,), 0.9, f"scrobbles of Last.fm: {form}")
            for member in tree.members()
            if (form := _form_of(tree.head(member.name)))
        ]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        (member,) = match.members
        head = tree.head(member)
        form = _form_of(head)
        if form == "ghan.nl":
            yield from row_items(tree, member, _from_uts)
        elif form == "lastfmstats (CSV)":
            yield from row_items(tree, member, _from_stats_row, delimiter=";", last=re.compile(r"\d{13}"))
        elif form == "lastfm-to-csv":
            yield from row_items(tree, member, _from_bare, header=_BARE, last=_DATE)
        elif form == "lastfmstats (JSON)":
            yield from object_items(tree, member, _from_stats, _STATS_UNIT, ("scrobbles",))
        else:
            path = next((path for pattern, path in _PATHS if pattern.match(head)), ())
            yield from object_items(tree, member, _from_api, _TRACK, path)


def _form_of(head: bytes) -> str:
    if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"["):
        if _STATS.match(head) and b'"track"' in head and b'"artist"' in head:
            return "lastfmstats (JSON)"
        return "getRecentTracks" if _TRACK.search(head) and b'"artist"' in head and b'"name"' in head else ""
    if not may_be_text(head):
        return ""
    header = header_of(head)
    if {"uts", "artist", "track"} <= set(header):
        return "ghan.nl"
    if header_of(head, ";")[:1] == ("artist",) and "date#" in header_of(head, ";")[-1]:
        return "lastfmstats (CSV)"
    lines = [line for line in head.decode("utf-8", "replace").splitlines()[:20] if line.strip()]
    lines = lines if len(head) < 65536 else lines[:-1]
    dated = sum(line.count(",") >= 3 and _DATE_AT_END.search(line[-24:]) is not None for line in lines)
    return "lastfm-to-csv" if dated > len(lines) / 2 else ""


def _scrobble(time: Time | None, artist: str, track: str, album: str, url: str, origin: Origin) -> Record | str:
    if time is None or time.local is None or not track:
        return "a scrobble without a track or a time"
    extra = {"artist": artist, "album": album}
    minute = time.local.replace(second=0, microsecond=0)
    return Record(
        source="lastfm",
        kind="play",
        native_id=f"{time.local.isoformat()} {artist} {track}",
        time=time,
        origin=origin,
        title=track,
        text=" – ".join(part for part in (artist, track, album) if part),
        url=url or None,
        extra={key: value for key, value in extra.items() if value},
        # One of the forms tells minutes alone.
        also=() if time.precision is Precision.MINUTE else (f"{minute.isoformat()} {artist} {track}",),
    )


def _from_uts(row: Values, origin: Origin) -> Record | str:
    time = from_seconds(as_int(row["uts"]))
    return _scrobble(time, row["artist"], row["track"], row.get("album", ""), "", origin)


def _from_stats_row(row: Values, origin: Origin) -> Record | str:
    time = from_milliseconds(as_int(next(value for name, value in row.items() if name.startswith("date#"))))
    return _scrobble(time, row["artist"], row.get("track", ""), row.get("album", ""), "", origin)


def _from_bare(row: Values, origin: Origin) -> Record | str:
    found = _DATE.fullmatch(row["date"].strip())
    try:
        local = datetime.strptime(f"{found[1]} {found[2]}", "%d %b %Y %H:%M") if found else None
    except ValueError:
        local = None
    time = Time(row["date"].strip(), local, Precision.MINUTE, "UTC", ZoneSource.UTC)
    return _scrobble(time, row["artist"], row["track"], row["album"], "", origin)


def _from_stats(entry: dict[str, Any], origin: Origin) -> Record | str:
    time = from_milliseconds(as_int(entry.get("date")))
    album = as_text(entry.get("album"))
    return _scrobble(time, as_text(entry.get("artist")), as_text(entry.get("track")), album, "", origin)


def _from_api(entry: dict[str, Any], origin: Origin) -> Record | Ignored | str:
    if as_dict(entry.get("@attr")).get("nowplaying") and not entry.get("date"):
        return Ignored("now-playing", origin)
    artist, album = as_dict(entry.get("artist")), as_dict(entry.get("album"))
    time = from_seconds(as_int(as_dict(entry.get("date")).get("uts")))
    by = as_text(artist.get("#text")) or as_text(artist.get("name"))
    return _scrobble(
        time, by, as_text(entry.get("name")), as_text(album.get("#text")), as_text(entry.get("url")), origin
    )
