"""Browser history that was exported: Chrome's in Google Takeout, and browserexport's JSON or JSON Lines.

Structural signs: an object with an array `Browser History` of objects with `url` and `time_usec`; or objects with
`url`, `dt` and `metadata`, in an array or one a line. Locators are "bytes A-B", the object. Times are UTC. A visit of
Takeout has the same native id as in Chrome's own database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from darak.importers.browsers.schemas import UNIX
from darak.importers.browsers.visit import web_visit
from darak.importers.formats.json_element import array_shape
from darak.importers.formats.json_items import object_items
from darak.importers.formats.json_values import as_dict, as_text
from darak.importers.importer import Item, Match
from darak.importers.tree import Tree
from darak.records.record import Origin, Record

_TAKEOUT = "Browser History"
_TAKEOUT_HEAD = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*\{(?:[^\[]{0,400}?"Browser History"\s*:\s*\[|.*?\]\s*,\s*"Browser History")', re.DOTALL
)
_TAKEOUT_UNIT = re.compile(rb'(?<!\\)"time_usec"\s*:')
_MERGED_UNIT = re.compile(rb'(?<!\\)"dt"\s*:\s*[\d."]')
_MERGED_LINE = re.compile(rb'\s*\{"url": ?".*"dt": ?.*"metadata": ?.*\}\s*\n?')
_MERGED_KEYS = (b'"url"', b'"dt"', b'"metadata"')


class ExportedHistoryImporter:
    """Browser history in Google Takeout (Chrome) and in browserexport's JSON"""

    name = "browser-export"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        matches: list[Match] = []
        for member in tree.members():
            head = tree.head(member.name)
            if _is_takeout(head):
                matches.append(Match(self.name, (member.name,), 0.95, "Chrome's history of Takeout: time_usec, url"))
            elif _is_merged(head):
                matches.append(Match(self.name, (member.name,), 0.8, "visits of browserexport: url, dt, metadata"))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        (member,) = match.members
        if _is_takeout(tree.head(member)):
            yield from object_items(tree, member, _from_takeout, _TAKEOUT_UNIT, (_TAKEOUT,))
        else:
            yield from object_items(tree, member, _from_merged, _MERGED_UNIT)


def _is_takeout(head: bytes) -> bool:
    return b'"time_usec"' in head and b'"url"' in head and _TAKEOUT_HEAD.match(head) is not None


def _is_merged(head: bytes) -> bool:
    if not all(key in head for key in _MERGED_KEYS):
        return False
    return array_shape(head) is not None or _MERGED_LINE.match(head) is not None


def _from_takeout(entry: dict[str, Any], origin: Origin) -> Record | str:
    url, time = as_text(entry.get("url")), entry.get("time_usec")
    moment = UNIX.moment(time) if isinstance(time, int) else None
    if not url or moment is None:
        return "a visit without a page or a time"
    extra = {"transition": as_text(entry.get("page_transition")).lower()}
    return web_visit("chrome", moment, str(time), url, as_text(entry.get("title")), origin, extra)


def _from_merged(entry: dict[str, Any], origin: Origin) -> Record | str:
    url, time, more = as_text(entry.get("url")), entry.get("dt"), as_dict(entry.get("metadata"))
    moment = _moment(time)
    if not url or moment is None:
        return "a visit without a page or a time"
    seconds = more.get("duration")
    extra = {
        "seconds": int(seconds) if isinstance(seconds, (int, float)) else 0,
        "description": as_text(more.get("description")),
    }
    source = as_text(entry.get("browser")).lower() or "browserexport"
    return web_visit(source, moment, str(time), url, as_text(more.get("title")), origin, extra)


def _moment(time: Any) -> datetime | None:
    """browserexport writes seconds since 1970; older versions ISO 8601."""
    if isinstance(time, (int, float)) and not isinstance(time, bool):
        return UNIX.moment(time)
    try:
        moment = datetime.fromisoformat(as_text(time))
    except ValueError:
        return None
    offset = moment.utcoffset()
    return moment.replace(tzinfo=None) - offset if offset else moment.replace(tzinfo=None)
