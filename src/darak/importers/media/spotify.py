"""Spotify: the streaming history of the account data (a year) and of the extended history (all of it).

Structural signs: a JSON array of objects with `msPlayed` and `endTime` (before 2020 `time`), or with `ms_played`
and `ts`. Locators are "bytes A-B", the object. Spotify notes the end of each play, in UTC: the record's time is that
end less what was played. Both exports tell of the same plays, one by the minute and one by the second; a play of the
extended one is also known by what they share (minute of the end, who, what, how long), so that having both doubles
nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from darak.importers.formats.json_element import array_shape
from darak.importers.formats.json_items import object_items
from darak.importers.importer import Item, Match
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import Precision, Time, ZoneSource, parse_iso


@dataclass(frozen=True, slots=True)
class _Form:
    """The keys of one kind of export; `what` are those of (maker, title), the first pair that is filled counts."""

    name: str
    end: str
    played: str
    what: tuple[tuple[str, str], ...]
    kept: tuple[tuple[str, str], ...] = ()

    def fits(self, head: bytes) -> bool:
        return all(f'"{key}"'.encode() in head for key in (self.end, self.played)) and any(
            f'"{title}"'.encode() in head for _, title in self.what
        )


_EXTENDED = (
    ("master_metadata_album_artist_name", "master_metadata_track_name"),
    ("episode_show_name", "episode_name"),
    ("audiobook_title", "audiobook_chapter_title"),
)
_ACCOUNT = (
    ("artistName", "trackName"),
    ("podcastName", "episodeName"),
    ("audiobookName", "chapterName"),
    ("authorName", "audiobookName"),
)
_KEPT = (
    ("album", "master_metadata_album_album_name"),
    ("platform", "platform"),
    ("country", "conn_country"),
    ("started_by", "reason_start"),
    ("ended_by", "reason_end"),
    ("shuffle", "shuffle"),
    ("skipped", "skipped"),
    ("offline", "offline"),
    ("incognito", "incognito_mode"),
)
_FORMS = (
    _Form("extended streaming history", "ts", "ms_played", _EXTENDED, _KEPT),
    _Form("account data", "endTime", "msPlayed", _ACCOUNT),
    _Form("account data before 2020", "time", "msPlayed", _ACCOUNT),
)
_KINDS = ("song", "podcast", "audiobook", "audiobook")
_URIS = ("spotify_track_uri", "spotify_episode_uri", "audiobook_chapter_uri", "audiobook_uri")
_URI = re.compile(r"spotify:(track|episode|show|chapter|audiobook):(\w+)")
_PLAYED = re.compile(rb'(?<!\\)"(?:msPlayed|ms_played)"\s*:')


class SpotifyImporter:
    """Spotify: streaming history of the account data and the extended one"""

    name = "spotify"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        found: dict[str, list[str]] = {}
        for member in tree.members():
            if form := _form_of(tree.head(member.name)):
                found.setdefault(form.name, []).append(member.name)
        # Each form is a match of its own: identical plays are numbered within one export.
        return [Match(self.name, tuple(names), 0.95, f"plays of Spotify: {form}") for form, names in found.items()]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        plays = _Plays()
        for member in match.members:
            if form := _form_of(tree.head(member)):
                yield from object_items(tree, member, partial(plays.record, form), _PLAYED)


def _form_of(head: bytes) -> _Form | None:
    return next((form for form in _FORMS if form.fits(head)), None) if array_shape(head) else None


class _Plays:
    """Makes records of plays, and numbers those that are identical."""

    def __init__(self) -> None:
        self._seen: Counter[int] = Counter()

    def record(self, form: _Form, play: dict[str, Any], origin: Origin) -> Record | str:
        played, written = play.get(form.played), play.get(form.end)
        if not isinstance(played, int) or isinstance(played, bool) or not isinstance(written, str):
            return "a play without an end or a length"
        end = _time(written)
        if end is None:
            return "the end of the play is no time"
        maker, title, which = _what(form, play)
        minute = end.local.isoformat(" ", "minutes") if end.local else written
        same = f"{minute}|{maker}|{title}|{played}"
        number = self._seen[hash(same)]
        self._seen[hash(same)] += 1
        uri = next((play[key] for key in _URIS if isinstance(play.get(key), str)), "")
        found = _URI.fullmatch(uri)
        extra = {name: play[key] for name, key in form.kept if play.get(key) not in (None, "", False)}
        if which:
            extra["type"] = _KINDS[which]
        if which == 2:
            extra["book"] = maker
        known = f"{same}|{number}" if number else same
        return Record(
            source="spotify",
            kind="play",
            native_id=f"{written}|{known}" if form.kept else known,
            time=_before(end, played),
            end=end,
            origin=origin,
            title=title or "(not named)",
            text=" – ".join(part for part in (maker, title, extra.get("album")) if part),
            url=f"https://open.spotify.com/{found[1]}/{found[2]}" if found else None,
            extra={**extra, **({"artist": maker} if maker else {}), "seconds": round(played / 1000)},
            also=(known,) if form.kept else (),
        )


def _what(form: _Form, play: dict[str, Any]) -> tuple[str, str, int]:
    """(artist, show or author; title; which kind of thing). A local file has neither."""
    for which, (maker, title) in enumerate(form.what):
        if isinstance(play.get(title), str) and play[title]:
            return str(play.get(maker) or ""), play[title], which
    return "", "", 0


def _time(written: str) -> Time | None:
    """The documented clock of both exports is UTC; the older forms do not write it."""
    try:
        time = parse_iso(written.removesuffix(" UTC"), "UTC", ZoneSource.UTC)
    except ValueError:
        return None
    return Time(written, time.local, time.precision, "UTC", ZoneSource.UTC)


def _before(end: Time, milliseconds: int) -> Time:
    """The start of what ended then, as written at the end."""
    if end.local is None or end.precision is Precision.DAY:
        return end
    try:
        start = end.local - timedelta(milliseconds=milliseconds)
    except OverflowError:
        return end
    start = start.replace(microsecond=0, second=0 if end.precision is Precision.MINUTE else start.second)
    return Time(end.written, start, end.precision, end.zone, end.zone_source)
