"""The files in which browsers keep bookmarks: Chrome's and its kin's `Bookmarks`, and the backups of Firefox. JSON.

Structural signs: an object with `roots` and in it `bookmark_bar`; an object of the type text/x-moz-place-container.
Locators are "bytes A-B", the bookmark's object. Times are microseconds in UTC; the native id is the bookmark's GUID.
Every bookmark is read by itself, so that damage costs what it stands in; the folders are known while the whole file
can be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from darak.importers.archive import READ_ERRORS
from darak.importers.browsers.schemas import CHROMIUM, UNIX, Clock
from darak.importers.browsers.visit import readable
from darak.importers.formats.json_element import load_object
from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_int, as_text
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Match, Units
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import UNKNOWN_TIME, Precision, Time, ZoneSource

_LARGEST = 64 << 20
_BOM = b"\xef\xbb\xbf"
# No string goes over lines: one that lost its quote does not draw in the next bookmark.
_STRING = rb'"(?:[^"\\\n]|\\.)*+"'
_ANNOTATIONS = rb'"annos"\s*+:\s*+\[(?:[^\[\]"]++|' + _STRING + rb")*+\]"
_OBJECT = re.compile(
    rb'\{(?:[^{}"\[\]]++|' + _ANNOTATIONS + rb"|" + _STRING + rb"|\{(?:[^{}\"]++|" + _STRING + rb")*+\})*+\}",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Layout:
    """What a kind of file calls a bookmark's parts; `unit` is found once in each bookmark."""

    title: str
    unit: re.Pattern[bytes]
    sort: str
    url: str
    name: str
    added: str
    clock: Clock


_CHROMIUM = _Layout(
    "Chrome and its kin: roots, bookmark_bar",
    re.compile(rb'(?<!\\)"type"\s*:\s*"url"'),
    "url",
    "url",
    "name",
    "date_added",
    CHROMIUM,
)
_FIREFOX = _Layout(
    "Firefox: text/x-moz-place-container",
    re.compile(rb'(?<!\\)"type"\s*:\s*"text/x-moz-place"'),
    "text/x-moz-place",
    "uri",
    "title",
    "dateAdded",
    UNIX,
)
_NO_PAGE = "place:"
"""How the addresses of Firefox's saved searches begin."""


class StoredBookmarksImporter:
    """Bookmarks: the file of Chrome, Edge, Brave, Vivaldi, Opera and Whale, and a backup of Firefox (JSON)"""

    name = "stored-bookmarks"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        return [
            Match(self.name, (member.name,), 0.95, f"bookmarks of {layout.title}")
            for member in tree.members()
            if (layout := _layout_of(tree.head(member.name)))
        ]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        (member,) = match.members
        layout = _layout_of(tree.head(member))
        if layout is None:
            return
        try:
            with tree.open(member) as stream:
                data = stream.read(_LARGEST)
        except READ_ERRORS as error:
            yield Units(1)
            yield BadRow("unreadable", Origin(member, "bytes 0-"), f"the file cannot be read: {error}")
            return
        counted = len(layout.unit.findall(data))
        folders = _folders(data, layout)
        end = told = bad = 0
        for found in _OBJECT.finditer(data):
            if layout.unit.search(found[0]):
                end, told = found.end(), told + 1
                for item in _items(found[0], layout, folders or {}, Origin(member, f"bytes {found.start()}-{end}")):
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


def _layout_of(head: bytes) -> _Layout | None:
    if not head.removeprefix(_BOM).lstrip().startswith(b"{"):
        return None
    if b'"bookmark_bar"' in head and (b'"roots"' in head or b'"checksum"' in head):
        return _CHROMIUM
    return _FIREFOX if b'"text/x-moz-place-container"' in head and b'"guid"' in head else None


def _items(raw: bytes, layout: _Layout, folders: dict[str, str], origin: Origin) -> Iterator[Item]:
    value, repaired = load_object(raw)
    bookmark = as_dict(value)
    url, title = as_text(bookmark.get(layout.url)), as_text(bookmark.get(layout.name))
    if not url:
        yield BadRow("bad-bookmark", origin, "a bookmark whose address cannot be read", raw[:4096])
        return
    if url.startswith(_NO_PAGE):
        yield Ignored("saved-search", origin)
        return
    key, added = as_text(bookmark.get("guid")), as_int(bookmark.get(layout.added))
    folder = folders.get(key or url, "")
    extra: dict[str, Any] = {"activity": "bookmark", "folder": folder, "tags": as_text(bookmark.get("tags"))}
    yield Record(
        source="bookmarks",
        kind="other",
        native_id=key or f"{added or ''} {url}",
        time=_time(added, layout.clock),
        origin=origin,
        title=title or readable(url),
        text="\n".join(dict.fromkeys(part for part in (title, readable(url), folder) if part)),
        url=url,
        extra={name: kept for name, kept in extra.items() if kept},
    )
    if repaired:
        yield Flaw("undecodable-text", origin, "some of its bytes could not be decoded")


def _folders(data: bytes, layout: _Layout) -> dict[str, str] | None:
    """The path of folders of each bookmark by its GUID or address; None when the file is not whole."""
    try:
        whole = as_dict(orjson.loads(data.removeprefix(_BOM)))
    except orjson.JSONDecodeError:
        return None
    found: dict[str, str] = {}
    roots = as_dict(whole.get("roots")).values() if layout is _CHROMIUM else as_dicts(whole.get("children"))
    waiting: list[tuple[Json, str]] = [(as_dict(root), "") for root in roots]
    while waiting:
        node, path = waiting.pop()
        if node.get("type") == layout.sort:
            found[as_text(node.get("guid")) or as_text(node.get(layout.url))] = path
        below = "/".join(part for part in (path, as_text(node.get(layout.name))) if part)
        waiting += [(child, below) for child in as_dicts(node.get("children"))]
    return found


def _time(added: int | None, clock: Clock) -> Time:
    moment = clock.moment(added) if added is not None else None
    if moment is None:
        return UNKNOWN_TIME
    return Time(str(added), moment.replace(microsecond=0), Precision.SECOND, "UTC", ZoneSource.UTC)
