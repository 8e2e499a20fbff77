"""Safari's Bookmarks.plist, binary or XML: bookmarks and the reading list. One record each.

Structural signs: a property list with a `WebBookmarkType`. Locators are "entry N N N", the place in `Children` and
theirs. Safari keeps no times but those of the reading list. The native id is `WebBookmarkUUID`.
"""

from __future__ import annotations

import plistlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from xml.parsers.expat import ExpatError

from darak.importers.browsers.visit import readable
from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_text
from darak.importers.formats.markup import is_markup
from darak.importers.formats.members import whole_file
from darak.importers.importer import BadRow, Ignored, Item, Match, Units
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import UNKNOWN_TIME, from_datetime

_LARGEST = 64 << 20
_SIGN = b"WebBookmarkType"
_LIST = "com.apple.ReadingList"
_DAMAGE = (plistlib.InvalidFileException, ExpatError, ValueError, IndexError, KeyError, OverflowError, RecursionError)
"""What plistlib raises for a file that is no property list any more."""


class SafariBookmarksImporter:
    """Bookmarks: Safari's Bookmarks.plist, with the reading list"""

    name = "safari-bookmarks"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        return [
            Match(self.name, (member.name,), 0.95, "a property list with WebBookmarkType")
            for member in tree.members()
            if _is_bookmarks(tree.head(member.name))
        ]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        (member,) = match.members
        data = yield from whole_file(tree, member, _LARGEST)
        if data is None:
            yield Units(1)
            return
        try:
            whole = as_dict(plistlib.loads(data))
        except _DAMAGE as error:
            yield Units(1)
            yield BadRow("damaged", Origin(member, ""), f"the property list cannot be read: {error!r}", data[:4096])
            return
        found = list(_leaves(whole, (), ()))
        yield Units(len(found))
        for entry, place, folders in found:
            yield _item(entry, folders, Origin(member, "entry " + " ".join(map(str, place))))


def _is_bookmarks(head: bytes) -> bool:
    return _SIGN in head and (head.startswith(b"bplist00") or (is_markup(head) and b"<plist" in head))


def _leaves(
    node: Json, place: tuple[int, ...], folders: tuple[str, ...]
) -> Iterator[tuple[Json, tuple[int, ...], tuple[str, ...]]]:
    for number, child in enumerate(as_dicts(node.get("Children"))):
        if child.get("WebBookmarkType") == "WebBookmarkTypeLeaf":
            yield child, (*place, number), folders
        else:
            yield from _leaves(child, (*place, number), (*folders, as_text(child.get("Title"))))


def _item(entry: Json, folders: tuple[str, ...], origin: Origin) -> Record | BadRow | Ignored:
    url = as_text(entry.get("URLString"))
    if not url:
        return BadRow("bad-bookmark", origin, "a bookmark without an address")
    about, reading = as_dict(entry.get("URIDictionary")), as_dict(entry.get("ReadingList"))
    title = as_text(about.get("title"))
    added = reading.get("DateAdded")
    folder = "/".join(name for name in folders if name and name != _LIST)
    parts = (title, readable(url), as_text(reading.get("PreviewText")), folder)
    extra: dict[str, Any] = {"activity": "reading list" if _LIST in folders else "bookmark", "folder": folder}
    return Record(
        source="bookmarks",
        kind="other",
        native_id=as_text(entry.get("WebBookmarkUUID")) or url,
        time=from_datetime(added.replace(tzinfo=UTC), added.isoformat())
        if isinstance(added, datetime)
        else UNKNOWN_TIME,
        origin=origin,
        title=title or readable(url),
        text="\n".join(dict.fromkeys(part for part in parts if part)),
        url=url,
        extra={name: kept for name, kept in extra.items() if kept},
    )
