"""One WhatsApp chat: what must be known of the whole file before its first message is read, and a message in it."""

from __future__ import annotations

import mimetypes
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from darak.importers.chats.whatsapp.stamps import MARKS, DateOrder, Dialect, Triple, date_order, plain
from darak.importers.chats.whatsapp.words import (
    ATTACHED,
    ENCRYPTION,
    is_name,
    room_in,
    stands_for,
    without_edited,
)
from darak.importers.formats.lines import Line
from darak.records.record import Blob, Identity, Origin, Place, Record, nfc
from darak.records.time import Time

SOURCE = "whatsapp"
_COPY = re.compile(r" ?\(\d+\)$")
_MAP = re.compile(r"https?://(?:www\.)?maps\.google\.com/\S{0,99}?[?&]q=(-?\d+\.\d+),(-?\d+\.\d+)")
_LRM = "\u200e"
_CLOSING = (")", ">")
_MEDIA = frozenset(("media", "photo", "video", "voice", "emoticon", "gif", "document", "contact"))
"""What words may stand for in a chat that is exported without its media."""
_GENERIC = re.compile(r"_?chat|whatsapp.?chat|export|messages?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Survey:
    """`order` is that of the dates, `stamped` the count of lines that begin a message or a notice, `noticed_in` the
    room that WhatsApp names as the writer of its first notice."""

    order: DateOrder
    stamped: int
    authors: frozenset[str]
    noticed_in: str | None


def survey(lines: Iterable[Line], dialect: Dialect) -> Survey:
    stamped, half = 0, ""
    days: dict[Triple, None] = {}
    authors: set[str] = set()
    noticed_in: str | None = None
    for line in lines:
        match = dialect.line.match(line.text)
        if match is None:
            continue
        stamped += 1
        groups = match.groupdict()
        half = half or groups.get("before") or groups.get("after") or ""
        days[groups["a"], groups["b"], groups["c"]] = None
        name, text = said(line.text[match.end() :])
        if name is None:
            continue
        if noticed_in is None and (stamped == 1 or text.startswith(_LRM)) and ENCRYPTION.search(text):
            noticed_in = name
        elif not text.startswith(_LRM) or stands_for(text) or ATTACHED.search(text):
            authors.add(name)
    return Survey(date_order(days, dialect.form, half), stamped, frozenset(authors), noticed_in)


def said(rest: str) -> tuple[str | None, str]:
    """(writer, text) of what follows a stamp; the writer is None for what WhatsApp itself says."""
    words, separator, text = rest.partition(": ")
    if not separator and rest.endswith(":"):
        words, separator = rest[:-1], ":"
    name = _writer(words) if separator else None
    return (name, text) if name else (None, rest)


@lru_cache(maxsize=4096)
def _writer(words: str) -> str | None:
    """The name in what stands before a colon; WhatsApp marks with "~" who is not in the contacts."""
    name = plain(words).strip().removeprefix("~").strip()
    return name if name and is_name(name) else None


def room_of(member: str, whole: str, found: Survey) -> str:
    """The chat's name: from the file's name or that of the archive or folder around it, else as WhatsApp names it
    in the first notice, else from those who write. `whole` is the name of the file or folder that is imported."""
    parts = [PurePosixPath(part) for part in (*re.split("[!/]", member)[::-1], whole)]
    for part in parts:
        for stem in (part.name, part.name.removesuffix(part.suffix)):
            if room := room_in(_COPY.sub("", stem).strip()):
                return nfc(_COPY.sub("", room.removesuffix(".txt").removesuffix(".zip")).strip())
    if found.noticed_in:
        return nfc(found.noticed_in)
    stem = _COPY.sub("", parts[0].name.removesuffix(parts[0].suffix))
    # The two of a talk stay the same from export to export; a file's name that a person gave may not.
    pair = len(found.authors) == 2 or (found.authors and _GENERIC.fullmatch(stem))
    return nfc(", ".join(sorted(found.authors)) if pair else stem)


@dataclass(frozen=True, slots=True)
class Chat:
    """What all messages of a file share. `media` gives the file of a name that came with the chat."""

    member: str
    room: str
    partner: Identity | None
    media: Callable[[str], bytes | None]
    sent: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    """How many media were sent so far, by moment and writer."""

    def message(self, author: str, written: str, time: Time, origin: Origin) -> Record:
        """The record of a message; what WhatsApp says in a person's name, and is no word for a thing, is `other`."""
        text, edited = without_edited(written)
        placeholder = stands_for(text)
        names = (
            [match["android"] or match["ios"] or match["older"] for match in ATTACHED.finditer(text)]
            if text.endswith(_CLOSING) or "\n" in text
            else []
        )
        # Polls and places begin with a mark, too, but as a word and a colon; what is left tells of the chat itself.
        by_itself = text.startswith(_LRM) and not placeholder and not names and ":" not in text
        identity = Identity(nfc(author))
        # With and without its media a chat has other words for them, so they are known by their place in it.
        known = self._number(time.written, identity.handle) if names or placeholder in _MEDIA else None
        extra: dict[str, Any] = {}
        if placeholder:
            extra["placeholder"] = placeholder
        if names:
            extra["files"] = names
        if edited:
            extra["edited"] = True
        return Record(
            source=SOURCE,
            kind="call" if placeholder == "call" else "other" if by_itself else "message",
            time=time,
            origin=origin,
            native_id=None if names else known,
            author=identity,
            people=(self.partner,) if self.partner and identity != self.partner else (),
            thread=self.room,
            title=self.room,
            text=text.strip(MARKS),
            place=_place(text),
            blobs=tuple(blob for name in names if (blob := self._blob(name))),
            extra=extra,
            also=(known,) if names and known else (),
        )

    def _number(self, written: str, author: str) -> str:
        self.sent[written, author] += 1
        return "\x1f".join((self.room, written, author, "media", str(self.sent[written, author])))

    def _blob(self, name: str) -> Blob | None:
        data = self.media(name)
        return Blob.of(data, name, mimetypes.guess_type(name)[0]) if data is not None else None


def _place(text: str) -> Place | None:
    match = _MAP.search(text)
    return Place(None, float(match[1]), float(match[2])) if match else None
