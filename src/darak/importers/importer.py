"""What an importer is: it says which files it knows and turns them into a stream of items.

An importer never touches the database and never raises for one bad row: whatever it finds becomes an item.
Every unit of the source (a message, a component, a line) becomes exactly one Record, Sample, BadRow or Ignored;
`Units` is a count of the same units made another way, so that the runner can prove that nothing was dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from darak.importers.tree import Tree
from darak.records.record import Origin, Record, Sample


@dataclass(frozen=True, slots=True)
class Match:
    """Members of a tree that one importer reads together as one export. `score` is 0 to 1; `why` is shown."""

    importer: str
    members: tuple[str, ...]
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class BadRow:
    """A unit that could not be read; its raw bytes are kept in the vault so that a better importer can try."""

    code: str
    origin: Origin
    message: str
    raw: bytes = b""


@dataclass(frozen=True, slots=True)
class Flaw:
    """The record just yielded is kept, but a part of it could not be read: it counts as partial."""

    code: str
    origin: Origin
    message: str


@dataclass(frozen=True, slots=True)
class Hint:
    """The record just yielded is whole, but more could be made of it: what to do for that. It counts as nothing."""

    code: str
    origin: Origin
    message: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """`count` units that are known and deliberately no records (system lines, drafts of an interface)."""

    code: str
    origin: Origin
    count: int = 1


@dataclass(frozen=True, slots=True)
class Units:
    """`count` more units are in the source, by a count that does not depend on parsing them."""

    count: int


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Reading can go on from `position` after an interruption.

    Only sources whose records all have native ids (or are samples) may give one: the numbering of identical rows
    starts again after it.
    """

    position: str


@dataclass(frozen=True, slots=True)
class Restored:
    """A record or a sample from one of Darak's own exports, with what only an export knows of it."""

    record: Record | Sample
    copy: int
    earlier: tuple[bytes, ...]
    origins: tuple[tuple[Origin, str, str, int], ...]
    """Each origin with the path, importer and importer version it was read with."""


@dataclass(frozen=True, slots=True)
class VaultLine:
    """A checked line of an export that is no record: the owner's zone, a part of a blob (its data as bytes), what
    was forgotten."""

    data: dict[str, Any]


Item = Record | Sample | Restored | VaultLine | BadRow | Flaw | Hint | Ignored | Units | Checkpoint


class Importer(Protocol):
    """One kind of source. `version` grows when the same bytes would give other records."""

    name: str
    version: int

    def detect(self, tree: Tree) -> list[Match]:
        """The exports of this kind in the tree, by the structure of the files' heads, never by a file's name."""
        ...

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        """The items of one match; with `resume`, those after that checkpoint's position."""
        ...
