"""Forgetting: first what would go, then, with the preview's token, for good; and a receipt that can be checked."""

from __future__ import annotations

import secrets
import threading
import time
from collections import Counter, OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, HTTPException, Request
from pydantic import BaseModel, Field

from darak.memory.forgetting import Scope, forget, hidden, select
from darak.memory.memory import Memory
from darak.memory.named import named_filter
from darak.records.cipher import keyed_hash
from darak.records.erasure import Request as Order
from darak.records.erasure import Selection
from darak.records.receipt import Receipt
from darak.records.samples import stored_samples
from darak.records.time import EPOCH
from darak.records.vault import Vault
from darak.server.caller import Owner
from darak.server.house import House
from darak.server.imports import Imports
from darak.server.shapes import Day, Kind, Name, Names, RecordId, RecordShape, Shape, shapes

router = APIRouter(prefix="/api/forget", tags=["forgetting"])
_LIVES = 900.0
"""Seconds for which a preview can be confirmed."""
_MOST = 20
_SHOWN, _IDS = 20, 10_000


class ForgetRequest(Shape):
    """What is to be forgotten: all that fits every part that is given. People are meant by their whole names.
    `records` are ids; `search` words that are all said; `metrics` names of samples, which have no words or people."""

    records: list[RecordId] = Field(default_factory=list[str], max_length=1_000)
    search: Annotated[str, Field(max_length=1_000)] = ""
    since: Day | None = None
    until: Day | None = None
    sources: Names = Field(default_factory=list[str])
    kinds: list[Kind] = Field(default_factory=list[Kind], max_length=16)
    people: Names = Field(default_factory=list[str])
    threads: Names = Field(default_factory=list[str])
    metrics: list[Name] = Field(default_factory=list[str], max_length=50)


class Preview(BaseModel):
    """What would go: how much by source, from which to which day, whose; the ids (at most 10,000) and the first few
    records. `token` confirms exactly this within 15 minutes."""

    token: str
    records: int
    samples: int
    unreadable_rows: int
    by_source: dict[str, int]
    first: str | None
    last: str | None
    people: dict[str, int]
    ids: list[str]
    shown: list[RecordShape]


class Confirmation(Shape):
    """The preview's token, and the ids of single records that are to stay after all."""

    token: Annotated[str, Field(max_length=100)]
    keep: list[RecordId] = Field(default_factory=list[str], max_length=10_000)


class ReceiptShape(BaseModel):
    """What was forgotten, and the receipt as `darak forget --verify` checks it. `files` outside the vault still hold
    it."""

    records: int
    samples: int
    unreadable_rows: int
    files: list[str]
    name: str
    receipt: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Waiting:
    asked: ForgetRequest
    selection: Selection
    until: float


class Previews:
    """The previews that wait for a yes, the last few."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, _Waiting] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, asked: ForgetRequest, selection: Selection) -> str:
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._waiting[token] = _Waiting(asked, selection, time.monotonic() + _LIVES)
            while len(self._waiting) > _MOST:
                self._waiting.popitem(last=False)
        return token

    def take(self, token: str) -> _Waiting | None:
        with self._lock:
            waiting = self._waiting.pop(token, None)
        return waiting if waiting is not None and waiting.until > time.monotonic() else None


@router.post("/preview")
def preview(request: Request, caller: Owner, asked: ForgetRequest) -> Preview:
    """Shows what would be forgotten, and changes nothing."""
    house: House = request.app.state.house
    _check(request, asked)
    with house.read() as view:
        selection = select(view.memory, _scope(view.vault, asked))
        if not selection.ns and not selection.bad_rows and not _samples(view.vault, selection):
            raise HTTPException(404, "nothing in this memory fits")
        token = request.app.state.previews.put(asked, selection)
        return _preview(view.vault, selection, token)


@router.post("")
def confirm(request: Request, caller: Owner, given: Confirmation) -> ReceiptShape:
    """Erases what a preview has shown, everywhere and for good. It waits for nobody who reads longer than a minute."""
    house: House = request.app.state.house
    waiting: _Waiting | None = request.app.state.previews.take(given.token)
    if waiting is None:
        raise HTTPException(409, "this preview is too old, or was confirmed before; look again")
    _check(request, waiting.asked)
    receipt = house.later(lambda: _forget(house, waiting, given.keep)).result()
    return ReceiptShape(
        records=receipt.records,
        samples=receipt.samples,
        unreadable_rows=receipt.bad_rows,
        files=[file.path for file in receipt.files],
        name=receipt.name,
        receipt=receipt.json(),
    )


def _check(request: Request, asked: ForgetRequest) -> None:
    imports: Imports = request.app.state.imports
    if imports.running:
        raise HTTPException(409, "an import is running; forget when it has ended")
    if not asked.model_dump(exclude_defaults=True):
        raise HTTPException(422, "say what to forget")
    if asked.metrics and any((asked.records, asked.search, asked.people, asked.threads, asked.kinds)):
        raise HTTPException(422, "a metric has no words, people, threads or kinds; forget these apart")


def _scope(vault: Vault, asked: ForgetRequest) -> Scope:
    chosen = named_filter(
        vault,
        since=asked.since,
        until=asked.until,
        sources=asked.sources,
        kinds=asked.kinds,
        people=asked.people,
        threads=asked.threads,
        exact=True,
    )
    numbers = tuple(_number(vault, record_id) for record_id in asked.records) if asked.records else None
    return Scope(chosen, numbers, asked.search or None, tuple(asked.metrics))


def _number(vault: Vault, record_id: str) -> int:
    n = vault.number(record_id)
    if n is None:
        raise HTTPException(404, f"no record, or more than one, has an id that begins with {record_id}")
    return n


def _preview(vault: Vault, selection: Selection, token: str) -> Preview:
    by_source: Counter[str] = Counter()
    days: set[str] = set()
    ids: list[str] = []
    for n in selection.ns:
        for record_id, source, local in vault.rows(
            "SELECT r.id, s.name, r.local FROM record r JOIN source s ON s.id=r.source WHERE r.n=?", (n,)
        ):
            by_source[source] += 1
            if local is not None:
                days.add((EPOCH + timedelta(seconds=local)).date().isoformat())
            if len(ids) < _IDS:
                ids.append(record_id.hex())
    samples = 0
    for sample in stored_samples(vault.db, selection.samples) if selection.samples is not None else ():
        samples += 1
        by_source[sample.source] += 1
        days.add(sample.day())
    return Preview(
        token=token,
        records=len(selection.ns),
        samples=samples,
        unreadable_rows=len(selection.bad_rows),
        by_source=dict(by_source),
        first=min(days, default=None),
        last=max(days, default=None),
        people=_people(vault, selection),
        ids=ids,
        shown=shapes(vault.get(selection.ns[:_SHOWN]).values()),
    )


def _people(vault: Vault, selection: Selection) -> dict[str, int]:
    """The people of the records that would go, the ten with most of them."""
    people: Counter[str] = Counter()
    sql = (
        "SELECT DISTINCT q.name FROM record_person p JOIN identity i ON i.id=p.identity JOIN person q ON q.id=i.person"
        " WHERE p.n=?"
    )
    for n in selection.ns:
        people.update(name for (name,) in vault.rows(sql, (n,)))
    return dict(people.most_common(10))


def _samples(vault: Vault, selection: Selection) -> bool:
    return selection.samples is not None and next(iter(stored_samples(vault.db, selection.samples)), None) is not None


def _forget(house: House, waiting: _Waiting, keep: list[str]) -> Receipt:
    """The erasing itself, in the writing thread, while nobody reads."""
    memory: Memory = house.memory
    memory.follow()
    selection = select(memory, _scope(house.vault, waiting.asked))
    if selection != waiting.selection:
        raise HTTPException(409, "the memory has changed since; look again at what would go")
    kept = {_number(house.vault, record_id) for record_id in keep}
    if not kept <= set(selection.ns):
        raise HTTPException(422, "only records of the preview can be left out")
    chosen = Selection(tuple(n for n in selection.ns if n not in kept), selection.samples, selection.bad_rows)
    with house.alone():
        return forget(memory, chosen, _order(house.vault, waiting.asked, keep), house.clock(house.vault.zone))


def _order(vault: Vault, asked: ForgetRequest, keep: list[str]) -> Order:
    """What is asked for, in words that tell nothing of what they find."""
    words = ["samples" if asked.metrics else "everything"]
    if asked.records:
        words.append(f"with {len(asked.records)} given ids")
    if asked.search:
        words.append("that says " + " ".join(hidden(vault, word) for word in asked.search.split()))
    for some, said in ((asked.people, "of"), (asked.threads, "in thread")):
        if some:
            words.append(f"{said} " + " or ".join(hidden(vault, name) for name in some))
    for some, said in ((asked.sources, "from"), (asked.kinds, "of kind"), (asked.metrics, "of metric")):
        if some:
            words.append(f"{said} " + " or ".join(some))
    words += [f"{name} {day}" for name, day in (("since", asked.since), ("until", asked.until)) if day]
    if keep:
        words.append(f"but for {len(keep)} records")
    known = orjson.dumps(asked.model_dump() | {"keep": sorted(keep)}, option=orjson.OPT_SORT_KEYS)
    return Order(" ".join(words), keyed_hash(vault.key, b"forget\0" + known).hex())
