"""Forgetting in the vault of this process, and by the server that has it: what would go, and the erasing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import orjson

from darak.cli.printing import record_head, shorten
from darak.cli.progress import counting
from darak.cli.session import moment
from darak.memory.forgetting import forget
from darak.memory.memory import Memory
from darak.memory.named import UnknownName
from darak.memory.to_forget import CannotForget, Going, ToForget
from darak.records.erasure import Selection
from darak.records.receipt import Receipt, find_receipt, parse_receipt
from darak.records.vault import Stored, Vault
from darak.sdk.results import Problem
from darak.sdk.wire import Wire, given

_NOT_FOUND = 404
_PATIENCE = 3600.0
"""Seconds: the index and the database are written anew."""


@dataclass(frozen=True, slots=True)
class Told:
    """What would go: amounts, days ("" when there is none), people, ids, and a line for each record, as far as they
    can be shown."""

    records: int
    samples: int
    unreadable_rows: int
    attachments: int
    by_source: Mapping[str, int]
    first: str
    last: str
    people: Mapping[str, int]
    ids: Sequence[str]
    lines: Iterable[str]
    turns: int = 0
    """Turns of conversations with Darak."""

    def __bool__(self) -> bool:
        return bool(self.records or self.samples or self.unreadable_rows or self.turns)

    def json(self) -> dict[str, Any]:
        kept = {name: value for name, value in asdict(replace(self, lines=())).items() if name != "lines"}
        return kept | {"first": self.first or None, "last": self.last or None}


class Forgetting(ABC):
    """One request; first `told`, then, when the owner says yes, `erase`."""

    told: Told

    @abstractmethod
    def erase(self) -> Receipt:
        """Erases what was told, for good."""

    @abstractmethod
    def before(self) -> Receipt | None:
        """The receipt of the same request, carried out earlier."""


class ForgettingHere(Forgetting):
    """UnknownName or CannotForget when it cannot be asked so."""

    def __init__(self, memory: Memory, asked: ToForget) -> None:
        self._memory, vault = memory, memory.vault
        self._request = asked.request(vault)
        try:
            self._selection = asked.select(memory)
        except (CannotForget, UnknownName):
            # Whoever was asked for may be unknown because this very request was carried out and then cut off.
            if self.before() is None:
                raise
            self._selection = Selection((), None)
        going = Going.of(vault, self._selection)
        self.told = Told(
            going.records.total(),
            going.samples.total(),
            going.unreadable_rows,
            going.attachments,
            going.by_source(),
            going.first,
            going.last,
            going.people,
            going.ids(vault, len(going.ns)),
            _lines(vault, going.ns),
            going.turns,
        )

    def erase(self) -> Receipt:
        with counting("Forgetting"):
            return forget(self._memory, self._selection, self._request, moment(None, self._memory.vault.zone))

    def before(self) -> Receipt | None:
        return find_receipt(self._memory.vault.home, self._request.hash)


class ForgettingByServer(Forgetting):
    """Problem when the server refuses."""

    def __init__(self, wire: Wire, asked: ToForget) -> None:
        self._wire = wire.waiting(_PATIENCE)
        body = {
            "records": list(asked.records),
            "search": asked.words,
            "people": list(asked.people),
            "threads": list(asked.threads),
            "sources": list(asked.sources),
            "kinds": list(asked.kinds),
            "metrics": list(asked.metrics),
            "since": asked.since,
            "until": asked.until,
            "everything": asked.everything,
            "keep": list(asked.keep),
        }
        told: dict[str, Any] = {}
        try:
            told = self._wire.post("/api/forget/preview", given(body))
        except Problem as problem:
            if problem.status != _NOT_FOUND:
                raise
        self._token = told.get("token", "")
        self.told = Told(
            told.get("records", 0),
            told.get("samples", 0),
            told.get("unreadable_rows", 0),
            told.get("attachments", 0),
            told.get("by_source", {}),
            told.get("first") or "",
            told.get("last") or "",
            told.get("people", {}),
            told.get("ids", ()),
            map(_line_of, told.get("shown", ())),
            told.get("turns", 0),
        )

    def erase(self) -> Receipt:
        done = self._wire.post("/api/forget", {"token": self._token})
        return parse_receipt(orjson.dumps(done["receipt"]))

    def before(self) -> Receipt | None:
        return None


def _lines(vault: Vault, ns: Sequence[int]) -> Iterable[str]:
    return (_line(stored) for n in ns for stored in vault.get([n]).values())


def _line(stored: Stored) -> str:
    record = stored.record
    return f"{stored.id[:12]}  {record_head(record)}  {shorten(record.text or record.title or '', 60)}"


def _line_of(record: Mapping[str, Any]) -> str:
    time = (record["time"] or "no date").replace("T", " ")[:16]
    author = record["author"]
    parts = [record["id"][:12], f"{time}  {record['source']}/{record['kind']}"]
    parts += [author["name"] or author["handle"]] if author else []
    title = record["title"] or record["thread"]
    parts += [f"“{shorten(title, 50)}”"] if title else []
    return "  ".join((*parts, shorten(record["text"] or record["title"] or "", 60)))
