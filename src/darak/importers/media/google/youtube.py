"""YouTube in Google Takeout beside the history: comments, live chats, playlists, subscriptions.

Structural signs: tables with the columns in `_TABLES` (Google translates some of them). Locators are "bytes A-B",
the row. Times are UTC. The text of a comment is a series of JSON segments, in an object until 2024.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from darak.importers.formats.csv_items import Build, Values, header_of, row_items
from darak.importers.formats.json_values import as_dicts, as_text
from darak.importers.importer import Item, Match
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import UNKNOWN_TIME, Time, ZoneSource, parse_iso

_WATCH = "https://www.youtube.com/watch?v="
_CHANNEL = "https://www.youtube.com/channel/"


@dataclass(frozen=True, slots=True)
class _Table:
    """One kind of table by the columns it has, in small letters; each line of `columns` is one language's."""

    name: str
    columns: tuple[tuple[str, ...], ...]
    record: Callable[[Values, tuple[str, ...], Origin], Record | str]

    def fits(self, header: tuple[str, ...]) -> tuple[str, ...] | None:
        return next((columns for columns in self.columns if set(columns) <= set(header)), None)


class YouTubeImporter:
    """YouTube: comments, live chats, playlists and subscriptions in Google Takeout"""

    name = "youtube"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        return [
            Match(self.name, (member.name,), 0.9, f"YouTube's table of {found[0].name}: {', '.join(found[1])}")
            for member in tree.members()
            if (found := _table_of(tree.head(member.name)))
        ]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        (member,) = match.members
        found = _table_of(tree.head(member))
        if found is not None:
            yield from row_items(tree, member, _builder(*found))


def _builder(table: _Table, columns: tuple[str, ...]) -> Build:
    return lambda row, origin: table.record(row, columns, origin)


def _comment(row: Values, columns: tuple[str, ...], origin: Origin) -> Record | str:
    key, when, video, written = (row[column].strip() for column in columns)
    time, text = _time(when), _said(written)
    if time is None or not text:
        return "a comment without a text or a time"
    post = row.get("post id", "").strip()
    return Record(
        source="youtube",
        kind="post",
        native_id=key,
        time=time,
        origin=origin,
        parent=row.get("parent comment id", "").strip() or None,
        text=text,
        url=_WATCH + video if video else f"https://www.youtube.com/post/{post}" if post else None,
        extra={"activity": "live chat" if "live" in columns[0] else "comment"},
    )


def _saved(row: Values, columns: tuple[str, ...], origin: Origin) -> Record | str:
    video, when = (row[column].strip() for column in columns)
    time = _time(when)
    if time is None or not video:
        return "a playlist's row without a video or a time"
    return Record(
        source="youtube",
        kind="other",
        time=time,
        origin=origin,
        thread=_playlist(origin.member),
        title=video,
        text=f"{_playlist(origin.member)}: {_WATCH}{video}",
        url=_WATCH + video,
        extra={"activity": "saved to a playlist"},
    )


def _subscription(row: Values, columns: tuple[str, ...], origin: Origin) -> Record | str:
    key, title = row[columns[0]].strip(), row[columns[2]].strip()
    if not key:
        return "a subscription without a channel"
    return Record(
        source="youtube",
        kind="other",
        native_id=f"subscription {key}",
        time=UNKNOWN_TIME,
        origin=origin,
        title=title or key,
        text=title or key,
        url=_CHANNEL + key,
        extra={"activity": "subscription"},
    )


_TABLES = (
    _Table("comments", (("comment id", "comment create timestamp", "video id", "comment text"),), _comment),
    _Table("live chats", (("live chat id", "live chat create timestamp", "video id", "live chat text"),), _comment),
    _Table(
        "playlists",
        (
            ("video id", "playlist video creation timestamp"),
            ("동영상 id", "재생목록 동영상 생성 타임스탬프"),
            ("video-id", "zeitstempel der erstellung des playlist-videos"),
        ),
        _saved,
    ),
    _Table(
        "subscriptions",
        (
            ("channel id", "channel url", "channel title"),
            ("채널 id", "채널 url", "채널 제목"),
            ("kanal-id", "kanal-url", "kanaltitel"),
        ),
        _subscription,
    ),
)


def _table_of(head: bytes) -> tuple[_Table, tuple[str, ...]] | None:
    header = header_of(head)
    for table in _TABLES:
        if columns := table.fits(header):
            return table, columns
    return None


def _playlist(member: str) -> str:
    """A playlist's name is that of its file; there is no other place that says it."""
    stem = re.split(r"[/!]", member)[-1].rpartition(".")[0]
    return re.sub(r"(?:[- ]videos?|-동영상)$", "", stem, flags=re.IGNORECASE)


def _said(written: str) -> str:
    """The words of a comment: segments one after the other, since 2024 without brackets around them."""
    try:
        segments = as_dicts(json.loads(f"[{written}]", strict=False))
    except ValueError:
        return written
    if len(segments) == 1 and "takeoutSegments" in segments[0]:
        segments = as_dicts(segments[0]["takeoutSegments"])
    return "".join(as_text(segment.get("text")) for segment in segments).strip()


def _time(written: str) -> Time | None:
    try:
        time = parse_iso(written.removesuffix(" UTC").removesuffix("+00:00").replace(" ", "T"), "UTC", ZoneSource.UTC)
    except ValueError:
        return None
    return Time(written, time.local, time.precision, time.zone, time.zone_source)
