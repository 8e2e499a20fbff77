"""Google's activity: the watch and search history of YouTube, and My Activity of every product, as JSON and HTML.

Structural signs: a JSON array of objects with `header`, `title`, `time` and `products`; or a page whose entries
stand in `outer-cell`, `header-cell` and `content-cell`. Locators are "bytes A-B", the entry. JSON times are UTC, the
page's are in the account's zone. The source is the product (`youtube`, `google-search` …). Conversations with Gemini
are left to whoever knows them better.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from darak.importers.formats.html_text import text_of_html
from darak.importers.formats.json_element import Element, array_shape
from darak.importers.formats.json_items import object_items
from darak.importers.formats.json_values import as_dicts, as_list, as_text
from darak.importers.formats.markup import is_markup
from darak.importers.formats.outcomes import Built
from darak.importers.importer import Item, Match
from darak.importers.media.google.activity import Activities, Activity
from darak.importers.media.google.pages import CELL, OUTER, page_items, read_activity, unread_time
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import Precision, parse_iso

_TIME = re.compile(rb'(?<!\\)"time"\s*:\s*"\d{4}-')
_KEYS = (b'"header"', b'"title"', b'"time"')
_MORE_KEYS = (b'"products"', b'"activityControls"', b'"titleUrl"')
_CHATS = re.compile(rb'"(?:header|products)"\s*:\s*\[?\s*"(?:Gemini|Bard)|mdl-typography--title">(?:Gemini|Bard)')
_OTHERS = re.compile(rb'"header"\s*:\s*"(?!Gemini|Bard)|mdl-typography--title">(?!Gemini|Bard)')


class GoogleActivityImporter:
    """Google activity: YouTube watch and search history, My Activity of Search, Maps, Assistant and others"""

    name = "google-activity"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        matches: list[Match] = []
        for member in tree.members():
            head = tree.head(member.name)
            form = "JSON" if _is_json(head) else "HTML" if _is_page(head) else ""
            if form:
                score = 0.4 if _CHATS.search(head) and not _OTHERS.search(head) else 0.9
                matches.append(Match(self.name, (member.name,), score, f"entries of Google's activity ({form})"))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        (member,) = match.members
        activities = Activities()
        if _is_page(tree.head(member)):
            yield from page_items(tree, member, partial(_from_page, activities))
        else:
            yield from object_items(tree, member, partial(_from_json, activities), _TIME)


def _is_json(head: bytes) -> bool:
    return (
        all(key in head for key in _KEYS) and any(key in head for key in _MORE_KEYS) and array_shape(head) is not None
    )


def _is_page(head: bytes) -> bool:
    return is_markup(head) and OUTER in head and CELL in head and b"content-cell" in head


def _from_json(activities: Activities, entry: dict[str, Any], origin: Origin) -> Record | str:
    title, written = as_text(entry.get("title")), as_text(entry.get("time"))
    try:
        time = parse_iso(written)
    except ValueError:
        return "an entry whose time cannot be read"
    if not title or time.precision is Precision.DAY:
        return "an entry without a title or a time"
    responses = [as_text(item.get("html")) for item in as_dicts(entry.get("safeHtmlItem"))]
    names = [as_text(part.get("name")) for part in as_dicts(entry.get("subtitles"))]
    described = [as_text(entry.get("description"))]
    extra = {
        "channel_url": next((as_text(part.get("url")) for part in as_dicts(entry.get("subtitles"))), ""),
        "files": [*as_list(entry.get("audioFiles")), *as_list(entry.get("imageFile"))],
    }
    activity = Activity(
        header=_header(entry, title),
        title=title,
        time=time,
        url=as_text(entry.get("titleUrl")) or None,
        lines=tuple(line for line in (*names, *described, *map(text_of_html, responses)) if line),
        details=tuple(as_text(part.get("name")) for part in as_dicts(entry.get("details"))),
        places=tuple(
            (as_text(part.get("name")), as_text(part.get("url"))) for part in as_dicts(entry.get("locationInfos"))
        ),
        extra=extra,
    )
    return activities.record(activity, origin)


def _header(entry: dict[str, Any], title: str) -> str:
    """Some entries of Chrome before 2021 name no product."""
    named = as_text(entry.get("header")) or next((as_text(name) for name in as_list(entry.get("products"))), "")
    return named or ("Chrome" if title.startswith("Visited view-source:") else "")


def _from_page(activities: Activities, entry: Element, origin: Origin) -> Built:
    activity = read_activity(entry.raw)
    if activity is None:
        return "an entry is damaged and cannot be read"
    return [activities.record(activity, origin), *unread_time(activity.time, origin)]
