"""The HTML form of Google's activity (Takeout's default): one entry for each header cell, read as it streams by."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from darak.importers.formats.html_text import text_of_html
from darak.importers.formats.json_element import Element
from darak.importers.formats.json_items import element_items, elements_by
from darak.importers.formats.outcomes import Built
from darak.importers.formats.written_time import written_time
from darak.importers.importer import Flaw, Item
from darak.importers.media.google.activity import Activity
from darak.importers.media.google.words import DETAILS, PRODUCTS
from darak.importers.tree import Tree
from darak.records.record import Origin
from darak.records.time import Precision, Time

CELL = b'<div class="header-cell'
_UNIT = re.compile(CELL)
OUTER = b'<div class="outer-cell'
_CHUNK = 1 << 20
_LONGEST = 8 << 20
_END = re.compile(rb"</body\s*>\s*</html\s*>\s*\Z", re.IGNORECASE)
_DIV = re.compile(rb"<div\b")
_CLOSED = re.compile(rb"</div\s*>")
_HEADER = re.compile(r'<p class="mdl-typography--title">(.*?)</p>', re.DOTALL)
_BODY = re.compile(r'<div class="content-cell[^">]*mdl-typography--body-1">(.*?)</div>', re.DOTALL)
_CAPTION = re.compile(r'<div class="content-cell[^">]*mdl-typography--caption">(.*)', re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"', re.IGNORECASE)
_LABEL = re.compile(r"<b>(.*?)</b>", re.DOTALL)


def page_items(tree: Tree, member: str, build: Callable[[Element, Origin], Built]) -> Iterator[Item]:
    """The items of each entry of a page; `build` has its bytes alone. Locators are "bytes A-B", the entry."""
    return element_items(elements_by(read_entries, tree, member), member, build, _UNIT)


def unread_time(time: Time, origin: Origin) -> list[Flaw]:
    """What is told of a time that is not known; nothing where it is."""
    message = f"its time is written in a way that is not known: {time.written!r}"
    return [Flaw("unread-time", origin, message)] if time.local is None else []


def read_entries(stream: BinaryIO) -> Iterator[Element]:
    """The entries, each from its header cell to the next; where one is damaged, a damaged piece beside the entry
    before it.

    The last has the problem "cut-off" when the page is not closed and its entry not whole.
    """
    buffer = bytearray()
    start, searched, begun = 0, 0, False
    while chunk := stream.read(_CHUNK):
        buffer += chunk
        while (at := buffer.find(CELL, searched)) >= 0:
            if begun:
                yield from _split(start, bytes(buffer[:at]))
            del buffer[:at]
            start, searched, begun = start + at, len(CELL), True
        if len(buffer) > _LONGEST:
            if begun:
                yield _entry(start, bytes(buffer[:_CHUNK]), "too-large", len(buffer))
            begun = False
            dropped = len(buffer) - len(CELL)
            del buffer[:dropped]
            start += dropped
        searched = max(len(CELL) if begun else 0, len(buffer) - len(CELL))
    if begun:
        yield from _last(start, bytes(buffer))
    elif not _END.search(buffer):
        yield _entry(start + len(buffer), b"", "cut-off")


def _split(start: int, raw: bytes) -> Iterator[Element]:
    """A piece ends where the next entry's frame begins; a second frame in it means that a header cell was lost."""
    first = raw.find(OUTER)
    end = first if first >= 0 else len(raw)
    yield _entry(start, raw[:end])
    second = raw.find(OUTER, first + 1) if first >= 0 else -1
    if second >= 0:
        yield _entry(start + first, raw[first:second], "damaged")


def _last(start: int, raw: bytes) -> Iterator[Element]:
    if _END.search(raw):
        yield from _split(start, raw[: raw.rfind(b"</body")])
        return
    first = raw.find(OUTER)
    entry = raw[:first] if first >= 0 else raw
    whole = len(_CLOSED.findall(entry)) > len(_DIV.findall(entry))
    if whole:
        yield _entry(start, entry)
    rest = start + len(entry) if whole else start
    yield _entry(rest, raw[rest - start :], "cut-off")


def _entry(start: int, raw: bytes, problem: str = "", size: int = 0) -> Element:
    """The bytes from `start` on, of which there may be more than `raw`."""
    try:
        raw.decode()
    except UnicodeDecodeError:
        repaired = True
    else:
        repaired = False
    return Element(0, start, start + (size or len(raw)), raw, problem=problem, repaired=repaired)


def read_activity(raw: bytes) -> Activity | None:
    """The activity of a whole entry; its time is unknown when it is written in a way that is not known."""
    text = raw.decode("utf-8", "replace")
    header, body = _HEADER.search(text), _BODY.search(text)
    if body is None:
        return None
    rows = [row for row in _BREAK.split(body[1]) if row.strip()]
    words = [_words(row) for row in rows]
    if not words:
        return None
    time = written_time(words[-1])
    link = _LINK.search(rows[0])
    caption = _CAPTION.search(text)
    labels = _labels(caption[1]) if caption else {}
    return Activity(
        header=_words(header[1]) if header else "",
        title=words[0],
        time=time or Time(words[-1] if len(words) > 1 else "", None, Precision.UNKNOWN),
        url=html.unescape(link[1]) if link else None,
        lines=tuple(word for word in words[1:-1] if word),
        details=tuple(_words(row) for name in DETAILS for row in labels.get(name, ()) if _words(row)),
        places=tuple(
            (_words(row).split(": ")[0], html.unescape(found[1]))
            for name, rows in labels.items()
            if name not in (*DETAILS, *PRODUCTS)
            for row in rows
            if (found := _LINK.search(row))
        ),
    )


def _labels(caption: str) -> dict[str, list[str]]:
    parts = _LABEL.split(caption)
    return {
        _words(name).rstrip(":："): _BREAK.split(rest) for name, rest in zip(parts[1::2], parts[2::2], strict=False)
    }


def _words(source: str) -> str:
    return " ".join(text_of_html(source).replace("\u2003", " ").split())
