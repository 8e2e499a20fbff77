"""Skype's export of chat history (`messages.json`, in a tar or alone).

Sign: JSON with `userId`, `conversations` and in them `MessageList`. Locators are "bytes A-B", the message. Times are
UTC; ids are Skype's, one for each talk and message. Who came and went is ignored; calls are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from darak.importers.formats.html_text import text_of_html
from darak.importers.formats.json_element import Element
from darak.importers.formats.json_items import element_items, elements_of
from darak.importers.formats.json_values import as_dict, as_text
from darak.importers.importer import Ignored, Item, Match
from darak.importers.tree import Tree
from darak.records.record import Identity, Origin, Record
from darak.records.time import Time, parse_iso

_SIGN = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"userId"\s*:\s*"')
_SAID = ("Text", "RichText")
_QUOTE = re.compile(r"<legacyquote>.*?</legacyquote>", re.DOTALL | re.IGNORECASE)
_FILE = re.compile(r"""<OriginalName\s+v=["']([^"']+)["']""")
_NUMBERS = re.compile(r"^(?:\d+:)+")


class SkypeImporter:
    """Skype: the chats and calls of its export"""

    name = "skype"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        return [
            Match(self.name, (member.name,), 0.95, "conversations with MessageList")
            for member in tree.members()
            if _SIGN.match(head := tree.head(member.name)) and b'"conversations"' in head and b'"MessageList"' in head
        ]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        (member,) = match.members
        found = elements_of(tree, member, ("conversations", "*", "MessageList"))
        yield from element_items(found, member, _message)


def _message(element: Element, origin: Origin) -> Record | Ignored | str:
    message = as_dict(element.value)
    key, talk = str(message.get("id") or ""), as_text(message.get("conversationid"))
    time = _time(as_text(message.get("originalarrivaltime")))
    if not key or time is None:
        return "a message without an id or a time"
    kind, content = as_text(message.get("messagetype")), as_text(message.get("content"))
    call = kind == "Event/Call"
    if not call and kind.partition("/")[0] not in _SAID:
        return Ignored("system-line", origin)
    file = _FILE.search(content)
    text = "" if call else unescape(file[1]) if file else text_of_html(_QUOTE.sub("", content)).strip()
    if not text and not call:
        return Ignored("empty-message", origin)
    author = _person(as_text(message.get("from")), as_text(message.get("displayName")))
    other = _person(talk, as_text(element.around.get("displayName")))
    owner = _person(as_text(element.around.get("userId")), "")
    private = other is not None and "@" not in talk
    room = as_text(element.around.get("displayName")) or (other.handle if other else "")
    extra: dict[str, Any] = {"files": [text]} if file else {}
    return Record(
        source=SkypeImporter.name,
        kind="call" if call else "message",
        time=time,
        origin=origin,
        native_id=f"{talk} {key}",
        author=author,
        people=(other,) if private and other and author and owner and author.handle == owner.handle else (),
        thread=room or None,
        title=room or None,
        text=text,
        extra=extra,
    )


def _person(written: str, name: str) -> Identity | None:
    """Who an address is, such as "8:live:mira" or "https://…/contacts/8:live:mira"."""
    handle = _NUMBERS.sub("", written.rpartition("/")[2]).removeprefix("live:")
    return Identity(handle, name if name and name != handle else None) if handle else None


def _time(written: str) -> Time | None:
    try:
        return parse_iso(written) if written else None
    except ValueError:
        return None
