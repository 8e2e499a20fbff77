"""Conversations of Messenger and Instagram as pages of HTML, the form that Meta exports by default.

A message is an element of the class `_a6-g` with a sender (`_a6-h`), a body (`_a6-p`) and a time (`_a6-o`), in this
order; until 2021 the classes were others. Times name no zone: Facebook's are on the clock of the account, Instagram's
eight hours behind UTC, summer and winter. Unlike the JSON form its texts are proper UTF-8.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO

from msgspec import structs

from darak.importers.archive import READ_ERRORS
from darak.importers.chats.meta import Context
from darak.importers.formats.html_text import text_of_html
from darak.importers.formats.outcomes import unreadable
from darak.importers.formats.written_time import written_time
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Units
from darak.importers.tree import Tree
from darak.records.record import Identity, Origin, Record, nfc
from darak.records.time import Precision, Time, ZoneSource


def _element(token: str) -> str:
    return rf'<(?P<tag>\w+)\b[^>]*\bclass="(?:[^"]*\s)?{token}(?:\s[^"]*)?"[^>]*>'


SIGN = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*<(?:!doctype[^>]*>\s*<)?html"
    rb"(?:(?=.*\b_a6-g\b)(?=.*\b_a6-h\b)(?=.*\b_a6-o\b)|(?=.*\b_2lej\b)(?=.*\b_2lel\b)(?=.*\b_2lem\b))",
    re.I | re.S,
)
_BEGIN = re.compile(_element("(?:_a6-g|_2lej)").encode())
_PAGE_END = re.compile(rb"</html\s*>\s*\Z", re.IGNORECASE)
HEADING = re.compile(_element("(?:_a6-h|_2lel)") + r"(.*?)</(?P=tag)>", re.DOTALL)
TIME = re.compile(_element("(?:_a6-o|_2lem)") + r"(.*?)</(?:div|footer|section)>", re.DOTALL)
_REACTIONS = re.compile(_element("(?:_a6-q|_tqp)") + r"(.*?)</(?P=tag)>", re.DOTALL)
_REACTION = re.compile(r"<li\b[^>]*>(.*?)</li>", re.DOTALL)
_FOOT = b"_3-94"
"""A class that stands beside that of every time."""
_LINK = re.compile(r'\b(?:src|href)="((?:\.\./|\./)*[^":?#]+\.\w+)"')
_WEB = re.compile(r'\bhref="(https?://[^"]+)"')
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
PLAYED = re.compile(r"<(video|audio)\b.*?</\1>", re.DOTALL)
"""A film or a recording, with words for browsers that play none."""
_CHUNK = 1 << 20
_LONGEST = 8 << 20
_OVERLAP = 1 << 12
_LONGEST_RAW = 1 << 16


PageBuild = Callable[[bytes, bool, Context, Origin], Iterator[Item]]
"""The items of one element of the class `_a6-g`: its bytes, and whether they are all of it."""


def page_items(tree: Tree, member: str, context: Context, build: PageBuild) -> Iterator[Item]:
    """The items of what stands on one page."""
    title = _TITLE.search(tree.head(member).decode("utf-8", "replace"))
    context = replace(context, title=text_of_html(title[1]) if title else "")
    position = 0
    try:
        with tree.open(member) as stream:
            for start, raw, whole in _pieces(stream):
                position = start + len(raw)
                origin = Origin(member, f"bytes {start}-{position}")
                yield Units(1)
                yield from build(raw, whole, context, origin)
    except READ_ERRORS as error:
        yield from unreadable(member, position, error)


def _pieces(stream: BinaryIO) -> Iterator[tuple[int, bytes, bool]]:
    """(first byte, bytes, whether it is whole) from the beginning of one message to that of the next."""
    buffer = bytearray()
    base, searched, begun = 0, 0, False
    while chunk := stream.read(_CHUNK):
        buffer += chunk
        while found := _BEGIN.search(buffer, searched):
            if begun:
                yield base, bytes(buffer[: found.start()]), True
            del buffer[: found.start()]
            base, searched, begun = base + found.start(), found.end() - found.start(), True
        if begun and len(buffer) > _LONGEST:
            yield base, bytes(buffer[:_LONGEST_RAW]), False
            begun = False
        if not begun:
            dropped = max(0, len(buffer) - _OVERLAP)
            del buffer[:dropped]
            base += dropped
            searched = 0
        else:
            searched = max(searched, len(buffer) - _OVERLAP)
    ended = _PAGE_END.search(buffer) is not None
    if begun:
        yield base, bytes(buffer), ended
    elif not ended:
        yield base + len(buffer), b"", False


def page_message(raw: bytes, whole: bool, context: Context, origin: Origin) -> Iterator[Item]:
    """The items of one message."""
    text = raw.decode("utf-8", "replace")
    senders, times = list(HEADING.finditer(text)), list(TIME.finditer(text))
    if not whole and not times:
        yield BadRow("cut-off", origin, "the page ends within a message; export it again", raw[:_LONGEST_RAW])
        return
    if not times and (not senders or _FOOT not in raw):  # who takes part, the picture of a group
        yield Ignored("no-message", origin)
        return
    if len(senders) != 1 or len(times) != 1 or senders[0].end() > times[0].start():
        yield BadRow("damaged", origin, "a message is damaged and cannot be read", raw[:_LONGEST_RAW])
        return
    body = text[senders[0].end() : times[0].start()]
    reactions = [_words(one) for listed in _REACTIONS.finditer(body) for one in _REACTION.findall(listed[2])]
    body = _REACTIONS.sub("", body)
    uris = files_in(body)
    links = [html.unescape(link) for link in _WEB.findall(body)]
    names = [uri.rpartition("/")[2] for uri in uris]
    said = text_of_html(PLAYED.sub("", body)) or "\n".join(names)
    if not said:
        yield Ignored("empty-message", origin)
        return
    time = page_time(times[0][2], context)
    author = Identity(nfc(name)) if (name := _words(senders[0][2])) else None
    native = context.page_ids("html", author, time, said)
    extra = {
        key: value for key, value in (("chat", context.title), ("files", names), ("reactions", reactions)) if value
    }
    yield Record(
        source=context.source,
        kind="message",
        time=time,
        origin=origin,
        native_id=native[0] if native else None,
        author=author,
        thread=context.thread or context.title or None,
        text=said,
        url=links[0] if links else None,
        blobs=tuple(blob for uri in uris if (blob := context.files.blob(uri))),
        extra=extra,
    )
    yield from page_flaws(time, said, origin)


def page_time(source: str, context: Context) -> Time:
    """The Time of a date as a page writes it, on the clock of the service's pages; unknown when it cannot be read."""
    written = _words(source)
    time = written_time(written) or Time(written, None, Precision.UNKNOWN)
    if time.local and time.zone is None and context.page_zone:
        return structs.replace(time, zone=context.page_zone, zone_source=ZoneSource.EXPLICIT)
    return time


def page_flaws(time: Time, text: str, origin: Origin) -> Iterator[Item]:
    """What is told of a record whose time or text could not be read in full."""
    if time.local is None:
        yield Flaw("unread-time", origin, f"its time is written in a way that is not known: {time.written!r}")
    elif "\ufffd" in text:
        yield Flaw("undecodable", origin, "some bytes of the text cannot be decoded")


def unread(raw: bytes, whole: bool, origin: Origin) -> BadRow:
    """What is told of a post or comment that has no time."""
    if whole:
        return BadRow("damaged", origin, "a post or comment is damaged and cannot be read", raw[:_LONGEST_RAW])
    return BadRow("cut-off", origin, "the page ends within a post; export it again", raw[:_LONGEST_RAW])


def files_in(body: str) -> list[str]:
    """The files of the export that a part of a page shows, each once."""
    return list(dict.fromkeys(html.unescape(uri).lstrip("./") for uri in _LINK.findall(body)))


def _words(source: str) -> str:
    return " ".join(text_of_html(source).split())
