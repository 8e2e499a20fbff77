"""Roam Research's export in JSON: one record a page, its blocks as an outline.

Detected by an array of pages with a `title` and times as `create-time` or `edit-time`, whose blocks have a `uid` and
a `string`. The native id is the page's uid, in old exports its title; the account is the graph, by the file's name,
because all graphs call a day's page alike. A daily page is of its day, any other of its
creation. References to blocks are replaced by the blocks' words. Pages without blocks, which Roam makes of every
link, are left out. The locator is "bytes A-B", the page's object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.epochs import from_milliseconds
from darak.importers.formats.json_element import Element
from darak.importers.formats.json_items import element_items, elements_by
from darak.importers.formats.json_values import Json, as_dicts, as_int, as_text
from darak.importers.importer import Ignored, Item, Match
from darak.importers.names import short_name
from darak.importers.notes.markdown.dates import written_date
from darak.importers.notes.roam.pages import is_array_of_objects, read_pages
from darak.importers.tree import Tree
from darak.records.record import Identity, Origin, Record
from darak.records.time import UNKNOWN_TIME, Precision, Time

_TIME = re.compile(rb'"(?:create|edit)-time"\s*:')
_BLOCK = (re.compile(rb'"uid"\s*:'), re.compile(rb'"(?:string|title)"\s*:'))
_REFERENCED = re.compile(rb"\(\(([\w-]{2,40})\)\)")
_REFERENCE = re.compile(r"\(\(([\w-]{2,40})\)\)")
_DAY = re.compile(r"(\d{2})-(\d{2})-(\d{4})")
_MARKS = (
    (re.compile(r"\{\{(?:\[\[)?TODO(?:\]\])?\}\}\s*"), "[ ] "),
    (re.compile(r"\{\{(?:\[\[)?DONE(?:\]\])?\}\}\s*"), "[x] "),
    (re.compile(r"\{\{(?:\[\[)?(?:video|audio|pdf|iframe|youtube)(?:\]\])?:\s*([^{}]*)\}\}"), r"\1"),
    (re.compile(r"\{\{(?:\[\[)?embed(?:-path|-children)?(?:\]\])?:\s*([^{}]*)\}\}"), r"\1"),
    (re.compile(r"\^\^([^^]+)\^\^"), r"\1"),
)
_ALIAS = re.compile(r"\[([^\[\]]*)\]\((?:\(\([^()]*\)\)|\[\[[^\[\]]*\]\])\)")
_TAG = re.compile(r"#(?:\[\[([^\[\]]+)\]\]|([\w/\-]+))")
_PAGE = re.compile(r"\[\[([^\[\]]+)\]\]")
_FURNITURE = frozenset(
    ("TODO", "DONE", "table", "embed", "video", "query", "kanban", "diagram", "slider", "pdf", "audio")
)
_COPY = re.compile(r" \(\d+\)$")
"""What a browser adds to the name of a file that was downloaded before."""
_CHUNK = 1 << 20
_OVERLAP = 64


class RoamImporter:
    name = "roam"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        return [
            Match(self.name, (member.name,), 0.93, "an array of Roam's pages with blocks")
            for member in tree.members()
            if _is_graph(tree.head(member.name))
        ]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        for member in match.members:
            blocks = _referenced_blocks(tree, member)
            graph = _COPY.sub("", PurePosixPath(short_name(member)).stem)
            pages = elements_by(read_pages, tree, member)
            yield from element_items(pages, member, partial(_page, blocks, graph))


def _is_graph(head: bytes) -> bool:
    return is_array_of_objects(head) and all(sign.search(head) for sign in (_TIME, *_BLOCK))


def _referenced_blocks(tree: Tree, member: str) -> dict[str, str]:
    """The words of the blocks that others refer to."""
    blocks: dict[str, str] = {}
    try:
        with tree.open(member) as stream:
            wanted: set[str] = set()
            rest = b""
            while chunk := stream.read(_CHUNK):
                wanted |= {found.decode() for found in _REFERENCED.findall(rest + chunk)}
                rest = chunk[-_OVERLAP:]
        if not wanted:
            return {}
        with tree.open(member) as stream:
            for raw in read_pages(stream):
                for _, block in _outline(raw.value or {}):
                    if (uid := as_text(block.get("uid"))) in wanted:
                        blocks[uid] = as_text(block.get("string"))
    except READ_ERRORS:
        pass  # told when the pages themselves are read
    return blocks


def _page(blocks: dict[str, str], graph: str, element: Element, origin: Origin) -> Record | Ignored | str:
    page: Json = element.value
    title = as_text(page.get("title"))
    if not title:
        return "a page has no title"
    outline = list(_outline(page))
    lines = ["    " * depth + "- " + _words(block, blocks, depth) for depth, block in outline]
    if not lines:
        return Ignored("page-without-blocks", origin)
    text = "\n".join(lines)
    author = as_text(page.get("create-email"))
    tags = dict.fromkeys(long or short for long, short in _TAG.findall(text))
    links = dict.fromkeys(name for name in _PAGE.findall(text) if name not in _FURNITURE and name not in tags)
    edited = as_int(page.get("edit-time"))
    extra: dict[str, Any] = {"tags": list(tags), "links": list(links), "edited": edited}
    return Record(
        source="roam",
        kind="note",
        account=graph,
        native_id=as_text(page.get("uid")) or f"title:{title}",
        time=_time(page, title, [block for _, block in outline]),
        origin=origin,
        author=Identity(author) if author else None,
        title=title,
        text=text,
        extra={key: value for key, value in extra.items() if value},
    )


def _outline(page: Json) -> Iterator[tuple[int, Json]]:
    """The blocks below a page in reading order, with their depth."""
    waiting = [(0, block) for block in reversed(as_dicts(page.get("children")))]
    while waiting:
        depth, block = waiting.pop()
        yield depth, block
        waiting += [(depth + 1, below) for below in reversed(as_dicts(block.get("children")))]


def _words(block: Json, blocks: dict[str, str], depth: int) -> str:
    text = _ALIAS.sub(r"\1", as_text(block.get("string")))
    text = _REFERENCE.sub(lambda found: blocks.get(found[1], found[0]), text)
    for mark, shown in _MARKS:
        text = mark.sub(shown, text)
    heading = as_int(block.get("heading")) or 0
    mark = "#" * heading + " " if 1 <= heading <= 6 else ""
    return mark + text.strip().replace("\n", "\n" + "    " * depth + "  ")


def _time(page: Json, title: str, blocks: list[Json]) -> Time:
    if day := _DAY.fullmatch(as_text(page.get("uid"))):
        try:
            local = datetime(int(day[3]), int(day[1]), int(day[2]))
        except ValueError:
            pass
        else:
            return Time(day[0], local, Precision.DAY)
    if day := written_date(title):
        return day
    begun = [number for block in blocks if (number := as_int(block.get("create-time")))]
    created = as_int(page.get("create-time")) or min(begun, default=None) or as_int(page.get("edit-time"))
    return from_milliseconds(created) or UNKNOWN_TIME
