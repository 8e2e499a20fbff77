"""The people of a memory and the owner's word on them, in the vault itself or at the server that has it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from darak.memory.people import Handle, Known, list_people
from darak.memory.proposals import Proposal, propose
from darak.records import people as table
from darak.records.vault import Vault

if TYPE_CHECKING:
    from darak.sdk.wire import Wire

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Merge:
    """Somebody called `name` who went over into the person who is called `kept`."""

    number: int
    name: str
    kept: str
    why: str


class People(ABC):
    """Everybody, and what the owner says of them; people, identities and merges go by their numbers."""

    @abstractmethod
    def everybody(self) -> list[Known]:
        """Those with most records first."""

    @abstractmethod
    def proposals(self, people: Sequence[Known]) -> list[Proposal]:
        """Who of them may be the same human, surest first."""

    @abstractmethod
    def merge(self, people: Sequence[int]) -> list[int]:
        """Makes them one, who keeps the first one's name; the merges with which it can be taken back."""

    @abstractmethod
    def split(self, identity: int) -> int:
        """Makes one handle a person of its own, whose number is returned."""

    @abstractmethod
    def apart(self, one: int, other: int) -> None:
        """Keeps two people two."""

    @abstractmethod
    def rename(self, person: int, name: str) -> None:
        """Changes the name that is shown."""

    @abstractmethod
    def merges(self) -> list[Merge]:
        """What was merged, the earliest first."""

    @abstractmethod
    def undo(self, merge: int) -> int:
        """Takes a merge back; the number of the person that it brings back."""


class PeopleHere(People):
    """Of a vault that this process has open."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def everybody(self) -> list[Known]:
        return list_people(self._vault)

    def proposals(self, people: Sequence[Known]) -> list[Proposal]:
        return propose(self._vault, people)

    def merge(self, people: Sequence[int]) -> list[int]:
        kept, *others = people
        with self._vault.transaction():
            return [table.merge(self._vault.db, kept, other, table.BY_OWNER) for other in others]

    def split(self, identity: int) -> int:
        with self._vault.transaction():
            return table.split(self._vault.db, identity)

    def apart(self, one: int, other: int) -> None:
        with self._vault.transaction():
            table.keep_apart(self._vault.db, one, other)

    def rename(self, person: int, name: str) -> None:
        with self._vault.transaction():
            table.rename(self._vault.db, person, name)

    def merges(self) -> list[Merge]:
        sql = "SELECT m.id, m.name, p.name, m.why FROM merge m JOIN person p ON p.id=m.kept ORDER BY m.id"
        return [Merge(*row) for row in self._vault.rows(sql)]

    def undo(self, merge: int) -> int:
        with self._vault.transaction():
            return table.undo(self._vault.db, merge)


class PeopleThere(People):
    """Of the vault that a running server has."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def everybody(self) -> list[Known]:
        return [_known(told) for told in self._all()]

    def proposals(self, people: Sequence[Known]) -> list[Proposal]:
        told = self._wire.get("/api/people/proposals", limit=_PAGE)
        return [Proposal(_known(one["people"][0]), _known(one["people"][1]), one["score"], one["why"]) for one in told]

    def merge(self, people: Sequence[int]) -> list[int]:
        return self._wire.post("/api/people/merge", {"people": list(people)})["merges"]

    def split(self, identity: int) -> int:
        return self._wire.post("/api/people/split", {"identity": identity})["person"]

    def apart(self, one: int, other: int) -> None:
        self._wire.post("/api/people/apart", {"people": [one, other]})

    def rename(self, person: int, name: str) -> None:
        self._wire.post("/api/people/rename", {"person": person, "name": name})

    def merges(self) -> list[Merge]:
        told = self._wire.get("/api/people/merges")
        return [Merge(one["merge"], one["name"], one["kept_name"], one["why"]) for one in reversed(told)]

    def undo(self, merge: int) -> int:
        return self._wire.post("/api/people/undo", {"merge": merge})["person"]

    def _all(self) -> Iterator[dict[str, Any]]:
        offset, total = 0, 1
        while offset < total:
            page = self._wire.get("/api/people", offset=offset, limit=_PAGE)
            yield from page["people"]
            offset, total = offset + _PAGE, page["total"]


def _known(told: dict[str, Any]) -> Known:
    handles = tuple(Handle(one["identity"], one["source"], one["handle"], one["name"]) for one in told["handles"])
    last = date.fromisoformat(told["last"]) if told["last"] else None
    return Known(told["person"], told["name"], told["named"], handles, told["records"], last)
