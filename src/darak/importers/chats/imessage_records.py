"""One row of Apple's table `message` as an item."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from darak.importers.chats.imessage_apps import drawn_of
from darak.importers.chats.imessage_chats import Attachments, Chats
from darak.importers.chats.imessage_text import history, shown, text_of_body
from darak.importers.formats.epochs import APPLE, from_milliseconds
from darak.importers.importer import Flaw, Ignored, Item
from darak.records.record import Identity, Origin, Record
from darak.records.time import UNKNOWN_TIME, Time

SOURCE = "imessage"
ME = Identity("me")
_TAPBACKS = {
    2000: ("loved", "❤️"),
    2001: ("liked", "👍"),
    2002: ("disliked", "👎"),
    2003: ("laughed", "😂"),
    2004: ("emphasized", "‼️"),
    2005: ("questioned", "❓"),
    2006: ("reacted", ""),
    2007: ("sticker", "sticker"),
}
_REMOVED = range(3000, 3008)
_LEAST_NANOSECONDS = 10**12
"""Larger dates are nanoseconds: as seconds they would lie 30,000 years ahead."""


def item_of(row: sqlite3.Row, chats: Chats, attachments: Attachments, origin: Origin) -> Iterator[Item]:
    """The record or the ignored unit of a message, with a flaw when its text cannot be read."""
    kind = _int(row["associated_message_type"])
    if _int(row["item_type"]):
        yield Ignored("group-change", origin)
        return
    if kind in _REMOVED:
        yield Ignored("reaction-removed", origin)
        return
    summary = row["message_summary_info"]
    earlier, unsent = history(summary) if isinstance(summary, bytes) else ([], False)
    text, readable = _text(row)
    # The column is missing from old databases, and then every message may have files.
    names, blobs = attachments.of(row["rowid"]) if row["cache_has_attachments"] != 0 else ([], [])
    extra: dict[str, Any] = {}
    if kind in _TAPBACKS:
        extra["reaction"], sign = _TAPBACKS[kind]
        text = str(row["associated_message_emoji"] or sign or text)
    text = "\n".join(part for part in (row["subject"], text) if part) or "\n".join(names)
    if drawn := drawn_of(row["payload_data"]):
        extra |= {"app": drawn.app} if drawn.app else {"preview": drawn.words} if text else {}
        text = text or "\n".join(filter(None, (drawn.words or drawn.app, "" if drawn.app else drawn.url)))
    if not text and readable:
        unsent = unsent or bool(_int(row["date_retracted"]))
        yield Ignored("unsent-message" if unsent else "app-message" if row["balloon_bundle_id"] else "empty", origin)
        return
    chat = chats.of(row["chat"])
    author = ME if _int(row["is_from_me"]) else Identity(str(row["handle"] or chat.identifier or "unknown"))
    if row["service"] and row["service"] != "iMessage":
        extra["service"] = row["service"]
    if names:
        extra["files"] = names
    if earlier:
        extra["earlier"] = earlier
    target = row["associated_message_guid"] or row["thread_originator_guid"]
    yield Record(
        source=SOURCE,
        kind="message",
        time=_time(row["date"]),
        origin=origin,
        native_id=row["guid"],
        author=author,
        people=tuple(one for one in chat.members if one != author),
        thread=chat.identifier or None,
        parent=str(target).rpartition("/")[2].removeprefix("bp:") if target else None,
        title=chat.name,
        text=text,
        url=drawn.url if drawn else None,
        blobs=tuple(blobs),
        extra=extra,
    )
    if not readable:
        yield Flaw("unreadable-text", origin, "the text of the message is in a form that cannot be read")
    elif "\ufffd" in text:
        yield Flaw("undecodable", origin, "some bytes of the text cannot be decoded")


def _text(row: sqlite3.Row) -> tuple[str, bool]:
    """(what the message says, whether it could be read): the text, or where that is empty the attributed one."""
    if row["text"]:
        return shown(str(row["text"])), True
    body = row["attributedBody"]
    if not isinstance(body, bytes) or not body:
        return "", True
    text = text_of_body(body)
    return shown(text or ""), text is not None


def _time(date: Any) -> Time:
    number = _int(date)
    if not number:
        return UNKNOWN_TIME
    milliseconds = number // 10**6 if abs(number) >= _LEAST_NANOSECONDS else number * 1000
    return from_milliseconds(milliseconds, str(number), APPLE) or UNKNOWN_TIME


def _int(value: Any) -> int:
    return value if isinstance(value, int) else int(value) if isinstance(value, float) else 0
