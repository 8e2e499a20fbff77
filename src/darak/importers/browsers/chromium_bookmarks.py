"""The file Bookmarks of Chrome, Edge, Brave and their kin: JSON, one record a bookmark.

Structural signs: an object with `roots` and in it `bookmark_bar`. Locators are "bytes A-B", the bookmark's object.
Times are microseconds since 1601 in UTC; the native id is the bookmark's GUID. Every bookmark is read by itself, so
that damage costs what it stands in; the folders are known while the whole file can be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson

from darak.importers.archive import READ_ERRORS
from darak.importers.browsers.schemas import CHROMIUM
from darak.importers.browsers.visit import readable
from darak.importers.formats.json_element import load_object
from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_text
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Match, Units
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import UNKNOWN_TIME, Precision, Time, ZoneSource

_LARGEST = 64 << 20
_BOM = b"\xef\xbb\xbf"
# No string goes over lines: one that lost its quote does not draw in the next bookmark.
_STRING = rb'"(?:[^"\\\n]|\\.)*+"'
_OBJECT = re.compile(rb'\{(?:[^{}"\[\]]++|' + _STRING + rb"|\{(?:[^{}\"]++|" + _STRING + rb")*+\})*+\}", re.DOTALL)
_IS_BOOKMARK = re.compile(rb'(?<!\\)"type"\s*:\s*"url"')


class ChromiumBookmarksImporter:
    """Bookmarks: the file of Chrome, Edge, Brave, Vivaldi, Opera and Whale"""

    name = "chromium-bookmarks"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        return [
            Match(self.name, (member.name,), 0.95, "bookmarks of Chrome and its kin: roots, bookmark_bar")
            for member in tree.members()
            if _is_bookmarks(tree.head(member.name))
        ]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        (member,) = match.members
        try:
            with tree.open(member) as stream:
                data = stream.read(_LARGEST)
        except READ_ERRORS as error:
            yield Units(1)
            yield BadRow("unreadable", Origin(member, "bytes 0-"), f"the file cannot be read: {error}")
            return
        counted = len(_IS_BOOKMARK.findall(data))
        folders = _folders(data)
        end = told = bad = 0
        for found in _OBJECT.finditer(data):
            if _IS_BOOKMARK.search(found[0]):
                end, told = found.end(), told + 1
                for item in _items(found[0], folders or {}, Origin(member, f"bytes {found.start()}-{end}")):
                    bad += isinstance(item, BadRow)
                    yield item
        yield Units(counted)
        if counted > told or (folders is None and not bad):
            lost = Origin(member, f"bytes {end}-{len(data)}")
            message = "the file is damaged or ends in the middle; copy it again"
            yield Units(int(counted == told))
            yield BadRow("damaged", lost, message, data[end : end + 4096])
            if counted - told > 1:
                yield Ignored("in-damaged-part", lost, counted - told - 1)


def _is_bookmarks(head: bytes) -> bool:
    begins = head.removeprefix(_BOM).lstrip().startswith(b"{")
    return begins and b'"bookmark_bar"' in head and (b'"roots"' in head or b'"checksum"' in head)


def _items(raw: bytes, folders: dict[str, str], origin: Origin) -> Iterator[Item]:
    value, repaired = load_object(raw)
    bookmark = as_dict(value)
    url, title = as_text(bookmark.get("url")), as_text(bookmark.get("name"))
    if not url:
        yield BadRow("bad-bookmark", origin, "a bookmark whose address cannot be read", raw[:4096])
        return
    key, added = as_text(bookmark.get("guid")), as_text(bookmark.get("date_added"))
    folder = folders.get(key or url, "")
    extra: dict[str, Any] = {"activity": "bookmark", "folder": folder}
    yield Record(
        source="bookmarks",
        kind="other",
        native_id=key or f"{added} {url}",
        time=_time(added),
        origin=origin,
        title=title or readable(url),
        text="\n".join(dict.fromkeys(part for part in (title, readable(url), folder) if part)),
        url=url,
        extra={name: kept for name, kept in extra.items() if kept},
    )
    if repaired:
        yield Flaw("undecodable-text", origin, "some of its bytes could not be decoded")


def _folders(data: bytes) -> dict[str, str] | None:
    """The path of folders of each bookmark by its GUID or address; None when the file is not whole."""
    try:
        roots = as_dict(as_dict(orjson.loads(data.removeprefix(_BOM))).get("roots"))
    except orjson.JSONDecodeError:
        return None
    found: dict[str, str] = {}
    waiting: list[tuple[Json, str]] = [(as_dict(root), "") for root in roots.values()]
    while waiting:
        node, path = waiting.pop()
        if node.get("type") == "url":
            found[as_text(node.get("guid")) or as_text(node.get("url"))] = path
        below = "/".join(part for part in (path, as_text(node.get("name"))) if part)
        waiting += [(child, below) for child in as_dicts(node.get("children"))]
    return found


def _time(written: str) -> Time:
    moment = CHROMIUM.moment(int(written)) if written.isdigit() else None
    if moment is None:
        return UNKNOWN_TIME
    return Time(written, moment.replace(microsecond=0), Precision.SECOND, "UTC", ZoneSource.UTC)
