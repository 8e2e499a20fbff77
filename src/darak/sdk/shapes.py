"""What the API of a server answers, as far as the SDK reads it; whatever else it says is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from darak.sdk.results import Conversation, Handle, Hit, Record, Report


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Conversations:
    """Conversations, the latest first."""

    conversations: tuple[Conversation, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A page of a day's records, of `total` in all."""

    total: int
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """One person."""

    person: int
    name: str
    handles: tuple[Handle, ...]
    records: int
    last: str | None


@dataclass(frozen=True, slots=True)
class People:
    """A page of the people, of `total` in all."""

    total: int
    people: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """An import: bytes of the current source `done` of `total`, items so far; its reports when it has ended."""

    id: str
    state: str
    source: str
    done: int
    total: int
    items: int
    problem: str | None
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be forgotten."""

    token: str
    records: int
    samples: int
    unreadable_rows: int
    first: str | None
    last: str | None
    attachments: int
    by_source: dict[str, int]
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was forgotten, and the receipt."""

    records: int
    samples: int
    unreadable_rows: int
    files: tuple[str, ...]
    receipt: dict[str, Any]
