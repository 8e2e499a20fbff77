"""The values that flow from importers into the vault: Record, Sample and what they are made of.

They are structs of msgspec: frozen like dataclasses, but made four times as fast, which an import of millions feels.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from msgspec import Struct
from msgspec import field as struct_field

from darak.records.time import Time

Kind = Literal[
    "message",
    "mail",
    "note",
    "document",
    "event",
    "call",
    "photo",
    "place",
    "purchase",
    "play",
    "visit",
    "post",
    "contact",
    "chat",
    "notification",
    "other",
]
KINDS: tuple[Kind, ...] = get_args(Kind)


class Identity(Struct, frozen=True, gc=False):
    """One handle of a human in one source: an address, a number, a nickname; `name` is how it is displayed."""

    handle: str
    name: str | None = None

    @property
    def display(self) -> str:
        return self.name or self.handle


OWNER_ROLE = "user"
MACHINE_ROLES = ("assistant", "tool", "system")
"""Handles without a name by which a talk with an AI tells who speaks: its owner and machines, no other people."""


class Place(Struct, frozen=True, gc=False):
    name: str | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Blob:
    """An attached file, known by the SHA-256 of its bytes; `data` travels only from the importer to the vault."""

    hash: str
    name: str | None
    mime: str | None
    size: int
    data: bytes | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, data: bytes, name: str | None = None, mime: str | None = None) -> Blob:
        return cls(hashlib.sha256(data).hexdigest(), name, mime, len(data), data)


class Origin(Struct, frozen=True, gc=False):
    """The exact place a record was read from.

    `member` is the path inside the imported tree ("" when the import was that one file), `locator` the place in
    it ("line 12", "bytes 100-250", "$[3].mapping.x"); `file` is the SHA-256 of the member, filled in by the runner.
    """

    member: str
    locator: str
    file: str = ""


class Record(Struct, frozen=True, gc=False):
    """One thing that was said, written, done, seen or bought. Immutable; made by the names of its fields.

    `also` are the native ids under which exports that tell less, also of the account, know the same thing.
    """

    source: str
    kind: str
    time: Time
    origin: Origin
    account: str = ""
    native_id: str | None = None
    end: Time | None = None
    author: Identity | None = None
    people: tuple[Identity, ...] = ()
    thread: str | None = None
    parent: str | None = None
    title: str | None = None
    text: str = ""
    place: Place | None = None
    url: str | None = None
    blobs: tuple[Blob, ...] = ()
    extra: Mapping[str, Any] = struct_field(default_factory=dict[str, Any])
    also: tuple[str, ...] = ()


class Sample(Struct, frozen=True, kw_only=True, gc=False):
    """One measured number; `value` is in `unit`, over [`time`, `end`) when there is an end."""

    source: str
    metric: str
    value: float
    unit: str
    time: Time
    origin: Origin
    account: str = ""
    end: Time | None = None
    device: str = ""


def nfc(text: str) -> str:
    return text if text.isascii() or unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def mend(text: str) -> str:
    """The text with halves of surrogate pairs joined, or marked as U+FFFD where the other half is missing."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def record_id(record: Record, copy: int = 0) -> bytes:
    """The 16-byte id of a record, the same in every re-export of its source.

    With a native id: a hash of source, account and that id. Without: a hash of what the source says of it,
    where `copy` numbers identical rows, so that two equal rows of one export stay two and a re-export adds none.
    The zone is no part of it: correcting a zone changes no id.
    """
    if record.native_id is not None:
        return _hash("id", record.source, record.account, record.native_id)
    author = nfc(record.author.handle) if record.author else ""
    said = (record.time.written, author, nfc(record.title or ""), nfc(record.text), str(copy))
    return _hash("row", record.source, record.account, nfc(record.thread or ""), *said)


def lesser_ids(record: Record) -> tuple[bytes, ...]:
    """The ids that the same thing has in exports that tell less of it."""
    own = None if record.account else record.native_id
    return tuple([_hash("id", record.source, "", native) for native in record.also if native != own])


def _hash(*parts: str) -> bytes:
    try:
        known = "\x1f".join(parts).encode()
    except UnicodeEncodeError:
        known = "\x1f".join(map(mend, parts)).encode()
    return hashlib.blake2b(known, digest_size=16).digest()
