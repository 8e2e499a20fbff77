"""The pages (`messages.html`, `messages2.html`, …) that Telegram Desktop writes of a chat for people to read.

Each message is a `div` with an id and the moment in a title (`04.03.2024 21:15:00 UTC+09:00`, older ones without the
zone); one that is `joined` is of the same writer as the one before it, also across pages. Days and notices are
`service` ones. There is no id of the chat: messages are known by its name and their number.
"""

from __future__ import annotations

import html
import mimetypes
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import PurePosixPath

from darak.importers.archive import READ_ERRORS
from darak.importers.chats.telegram_message import SOURCE, page_id
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Units
from darak.importers.tree import Tree
from darak.records.record import Blob, Identity, Origin, Place, Record, nfc
from darak.records.time import Precision, Time, ZoneSource

PAGE = re.compile(rb'<div class="page_header">.*?<div class="history">', re.DOTALL)
_BLOCK = re.compile(
    rb'<div class="message (?:(?P<service>service)|default clearfix(?P<joined> joined)?)"'
    rb'(?: id="message(?P<id>-?\d+)")?'
)
_MOMENT = re.compile(
    r'class="pull_right date details"'
    r' title="(?P<day>\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d)(?: (?P<utc>UTC)(?P<zone>[+-]\d\d:\d\d)?)?"'
)
_ANY_MOMENT = re.compile(rb'"pull_right date details"')
_NAME = re.compile(r'<div class="from_name">(.*?)</div>', re.DOTALL)
_TITLE = re.compile(r'<div class="text bold">(.*?)</div>', re.DOTALL)
_TEXT = re.compile(r'<div class="text">(.*?)</div>', re.DOTALL)
_CALL = 'class="media clearfix pull_left media_call'
_FORWARDED = '<div class="forwarded body">'
_MEDIA = re.compile(
    r'<div class="(?:title bold|status details|description|question bold|answer)">(.*?)</div>', re.DOTALL
)
_PLACE = re.compile(r'href="https?://maps\.google\.com/maps\?q=(-?\d+\.\d+),(-?\d+\.\d+)')
_FILE = re.compile(r'<a class="(?:photo|video_file|sticker|animated|media)[^"]*wrap[^"]*" href="([^"#:]+)"|'
                   r'<a class="media clearfix[^"]*" href="([^"#:]+)"')  # fmt: skip
_REPLY = re.compile(r'href="(?:messages\d*\.html)?#go_to_message(\d+)"')
_SERVICE = re.compile(r'<div class="body details">(.*?)</div>', re.DOTALL)
_LINK = re.compile(r'<a href="(https?://[^"]+)"')
_SPAN = re.compile(r"<span.*?</span>", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>")
_TAG = re.compile(r"<[^<>]*>")
_DIV = re.compile(rb"<div\b|</div>")
_END = b"</html>"
_TAIL = 64
_LARGEST_PAGE = 64 * 1024 * 1024


def page_items(tree: Tree, pages: list[str], media: Callable[[str], bytes | None]) -> Iterator[Item]:
    """The items of all pages of one chat, in the order of the pages; `media` gives a file by its path in the export."""
    writer: Identity | None = None
    for member in pages:
        try:
            with tree.open(member) as stream:
                data = stream.read(_LARGEST_PAGE + 1)
        except READ_ERRORS as error:
            yield Units(1)
            yield BadRow("unreadable", Origin(member, ""), f"cannot be read: {error}")
            continue
        blocks = list(_BLOCK.finditer(data))
        chat = _title_of(data[: blocks[0].start() if blocks else len(data)])
        early = _END not in data[-_TAIL:]
        torn = b""
        ends = [*(block.start() for block in blocks[1:]), len(data)]
        for block, end in zip(blocks, ends, strict=False):
            raw = data[block.start() : end]
            if early and end == len(data) and not _is_closed(raw):
                torn = raw
                break
            for item in _block(member, chat, block, raw, writer, media):
                if isinstance(item, Record):
                    writer = item.author
                elif isinstance(item, BadRow):
                    writer = None  # who goes on to speak is not known
                yield item
        if early:
            yield Units(1)
            origin = Origin(member, f"bytes {len(data) - len(torn)}-{len(data)}")
            yield BadRow("cut-off", origin, "the page ends early; export it again", torn)


def _title_of(head: bytes) -> str:
    """The name of the chat that a page begins with, "" when it tells none."""
    title = _TITLE.search(head.decode("utf-8", "replace"))
    return nfc(_plain(title[1])) if title else ""


def _is_closed(block: bytes) -> bool:
    """Whether the element that the block begins with ends in it."""
    depth = 0
    for tag in _DIV.findall(block):
        depth += -1 if tag.startswith(b"</") else 1
        if depth == 0:
            return True
    return False


def _block(
    member: str,
    chat: str,
    block: re.Match[bytes],
    raw: bytes,
    writer: Identity | None,
    media: Callable[[str], bytes | None],
) -> Iterator[Item]:
    origin = Origin(member, f"bytes {block.start()}-{block.start() + len(raw.rstrip())}")
    text = raw.decode("utf-8", "replace")
    moments = len(_ANY_MOMENT.findall(raw))
    # A message whose beginning is damaged lies in the block of the one before it.
    swallowed = max(0, moments - (0 if block["service"] else 1))
    yield Units(1 + swallowed)
    if block["service"]:
        # Neither a notice nor the beginning of a day, which has a negative number, tells when it was.
        yield Ignored("day" if (block["id"] or b"-").startswith(b"-") else "notice", origin)
    else:
        time = _time(text)
        if time is None or block["id"] is None:
            yield BadRow("damaged", origin, "a message whose time or number cannot be read", raw)
        else:
            yield _record(origin, chat, int(block["id"]), time, text, writer if block["joined"] else None, media)
            if "\ufffd" in text and raw.decode("utf-8", "ignore") != text:
                yield Flaw("undecodable-text", origin, "some of its bytes could not be decoded")
    for _ in range(swallowed):
        yield BadRow("damaged", origin, "a message whose beginning is damaged", raw)


def _time(text: str) -> Time | None:
    match = _MOMENT.search(text)
    if match is None:
        return None
    try:
        moment = datetime.strptime(match["day"], "%d.%m.%Y %H:%M:%S")
    except ValueError:
        return None
    zone = match["zone"] or match["utc"]
    if zone is None:
        return Time(match["day"], moment, Precision.SECOND)
    source = ZoneSource.EXPLICIT if match["zone"] else ZoneSource.UTC
    return Time(f"{match['day']} {zone}", moment, Precision.SECOND, zone, source)


def _record(
    origin: Origin,
    chat: str,
    number: int,
    time: Time,
    text: str,
    writer: Identity | None,
    media: Callable[[str], bytes | None],
) -> Record:
    own, _, forwarded = text.partition(_FORWARDED)
    name = _NAME.search(own)
    said = _TEXT.search(text)
    told = [] if said else [_plain(_SPAN.sub("", one)) for one in _MEDIA.findall(text)]
    files = [html.unescape(one or other) for one, other in _FILE.findall(text)]
    reply, link, place = _REPLY.search(own), _LINK.search(text), _PLACE.search(text)
    extra: dict[str, object] = {"files": files} if files else {}
    if forwarded and (source := _NAME.search(forwarded)):
        extra["forwarded_from"] = _plain(_SPAN.sub("", source[1]))
    words = (
        _plain(said[1]) if said else "\n".join(filter(None, told)) or "".join(PurePosixPath(f).name for f in files[:1])
    )
    blobs = [(path, data) for path in files if (data := media(path)) is not None]
    return Record(
        source=SOURCE,
        kind="call" if _CALL in text else "message",
        time=time,
        origin=origin,
        native_id=page_id(chat, number),
        author=Identity(_plain(name[1])) if name else writer,
        thread=chat or None,
        parent=page_id(chat, reply[1]) if reply else None,
        title=chat or None,
        text=words,
        place=Place(None, float(place[1]), float(place[2])) if place else None,
        url=html.unescape(link[1]) if link else None,
        blobs=tuple(Blob.of(data, PurePosixPath(path).name, mimetypes.guess_type(path)[0]) for path, data in blobs),
        extra=extra,
    )


def _plain(source: str) -> str:
    """The words of a piece of the page; line breaks in it stand for nothing, `<br>` for one."""
    lines = _BREAK.sub("\n", source.replace("\r", "").replace("\n", "")).strip(" ")
    return html.unescape(_TAG.sub("", lines)).strip()
