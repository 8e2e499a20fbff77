"""Forgetting: first what would go, then, with the preview's token, for good; and a receipt that can be checked."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Request
from pydantic import BaseModel, Field

from darak.memory.forgetting import forget
from darak.memory.memory import Memory
from darak.memory.to_forget import CannotForget, Changed, Going, Shown, ToForget
from darak.records.receipt import Receipt
from darak.server.caller import Owner
from darak.server.house import House
from darak.server.imports import Imports
from darak.server.shapes import Day, Kind, Name, Names, RecordId, RecordShape, Shape, shapes

router = APIRouter(prefix="/api/forget", tags=["forgetting"])
_SHOWN, _IDS = 20, 10_000


class ForgetRequest(Shape):
    """What is to be forgotten: all that fits every part that is given, or everything. People are meant by their whole
    names. `records` are ids; `search` words that are all said, with any endings, or in quotation marks by their very
    characters, also inside longer words; `metrics` names of samples, which have no words or people. `keep` are ids of
    records that stay."""

    records: list[RecordId] = Field(default_factory=list[str], max_length=1_000)
    search: Annotated[str, Field(max_length=1_000)] = ""
    since: Day | None = None
    until: Day | None = None
    sources: Names = Field(default_factory=list[str])
    kinds: list[Kind] = Field(default_factory=list[Kind], max_length=16)
    people: Names = Field(default_factory=list[str])
    threads: Names = Field(default_factory=list[str])
    metrics: list[Name] = Field(default_factory=list[str], max_length=50)
    everything: bool = False
    keep: list[RecordId] = Field(default_factory=list[str], max_length=10_000)

    def asked(self) -> ToForget:
        return ToForget(
            records=tuple(self.records),
            words=self.search,
            people=tuple(self.people),
            threads=tuple(self.threads),
            sources=tuple(self.sources),
            kinds=tuple(self.kinds),
            metrics=tuple(self.metrics),
            since=self.since,
            until=self.until,
            everything=self.everything,
            keep=tuple(self.keep),
        )


class Preview(BaseModel):
    """What would go: how much by source, from which to which day, whose, how many attached files and turns of
    conversations; the ids (at most
    10,000) and the first few records. `token` confirms exactly this within 15 minutes."""

    token: str
    records: int
    samples: int
    unreadable_rows: int
    turns: int
    attachments: int
    by_source: dict[str, int]
    first: str | None
    last: str | None
    people: dict[str, int]
    ids: list[str]
    shown: list[RecordShape]


class Confirmation(Shape):
    """The preview's token, and the ids of shown records that are to stay after all."""

    token: Annotated[str, Field(max_length=100)]
    keep: list[RecordId] = Field(default_factory=list[str], max_length=10_000)


class ReceiptShape(BaseModel):
    """What was forgotten, and the receipt as `darak forget --verify` checks it. `files` outside the vault still hold
    it."""

    records: int
    samples: int
    unreadable_rows: int
    turns: int
    files: list[str]
    name: str
    receipt: dict[str, Any]


@router.post("/preview")
def preview(request: Request, caller: Owner, given: ForgetRequest) -> Preview:
    """Shows what would be forgotten, and changes nothing."""
    house: House = request.app.state.house
    _check(request)
    with house.read() as view:
        try:
            asked = given.asked()
            selection = asked.select(view.memory)
        except CannotForget as error:
            raise HTTPException(422, str(error)) from error
        going = Going.of(view.vault, selection)
        if not going:
            raise HTTPException(404, "nothing in this memory fits")
        return Preview(
            token=request.app.state.previews.put(asked, selection),
            records=going.records.total(),
            samples=going.samples.total(),
            unreadable_rows=going.unreadable_rows,
            turns=going.turns,
            attachments=going.attachments,
            by_source=going.by_source(),
            first=going.first or None,
            last=going.last or None,
            people=going.people,
            ids=going.ids(view.vault, _IDS),
            shown=shapes(view.vault.get(going.ns[:_SHOWN]).values()),
        )


@router.post("")
def confirm(request: Request, caller: Owner, given: Confirmation) -> ReceiptShape:
    """Erases what a preview has shown, everywhere and for good. It waits for nobody who reads longer than a minute."""
    house: House = request.app.state.house
    try:
        shown: Shown = request.app.state.previews.take(given.token)
        _check(request)
        receipt = house.later(lambda: _forget(house, shown, given.keep)).result()
    except CannotForget as error:
        raise HTTPException(409 if isinstance(error, Changed) else 422, str(error)) from error
    request.app.state.talking.forget_passing()
    request.app.state.imports.forget_ended()
    return ReceiptShape(
        records=receipt.records,
        samples=receipt.samples,
        unreadable_rows=receipt.bad_rows,
        turns=receipt.turns,
        files=[*receipt.members],
        name=receipt.name,
        receipt=receipt.json(),
    )


def _check(request: Request) -> None:
    imports: Imports = request.app.state.imports
    if imports.running:
        raise HTTPException(409, "an import is running; forget when it has ended")


def _forget(house: House, shown: Shown, keep: list[str]) -> Receipt:
    """The erasing itself, in the writing thread, while nobody reads."""
    memory: Memory = house.memory
    memory.follow()
    asked, selection = shown.again(memory, keep)
    with house.alone():
        return forget(memory, selection, asked.request(house.vault), house.clock(house.vault.zone))
