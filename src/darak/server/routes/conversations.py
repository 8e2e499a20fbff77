"""Conversations that were held with Darak: listed, searched, read and erased; a key sees those it held itself."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Request
from msgspec import to_builtins
from pydantic import BaseModel
from starlette.responses import Response

from darak.language.saying import all_said, sayings
from darak.records.conversations import (
    Conversation,
    KeptTurn,
    Summary,
    delete_conversations,
    keeps_conversations,
    list_conversations,
    set_keeping,
)
from darak.records.vault import Vault
from darak.server.answered import CitationShape, SampleSeries, Series
from darak.server.caller import Asks, Caller, Owner
from darak.server.house import House
from darak.server.shapes import ConversationId, Shape
from darak.server.talking import Talking

router = APIRouter(prefix="/api/conversations", tags=["conversations"])
_SHOWN = 300
"""Characters of a cited record."""
Which = Annotated[ConversationId, Path()]


class ConversationHead(BaseModel):
    """A conversation in a list: its first question, when it began and was last gone on with, how many turns it has, and
    the name of the key it was held with, null for the owner's own."""

    id: str
    title: str
    began: str
    last: str
    turns: int
    key: str | None

    @classmethod
    def of(cls, one: Summary) -> ConversationHead:
        return cls(id=one.id, title=one.title, began=one.began, last=one.last, turns=one.turns, key=one.key or None)


class Conversations(BaseModel):
    """Conversations, the latest first; `keeping` says whether new ones are kept."""

    conversations: list[ConversationHead]
    keeping: bool


class TurnShape(BaseModel):
    """A question, what was answered at `time`, and what that rested on, as far as it is still there."""

    time: str
    question: str
    answer: str
    status: str
    model: str | None
    citations: list[CitationShape]
    series: list[Series]


class ConversationShape(BaseModel):
    """A whole conversation."""

    id: str
    key: str | None
    turns: list[TurnShape]


class Keeping(Shape):
    """Whether conversations are kept from now on. Those that are kept already stay until they are erased."""

    keep: bool


@router.get("")
def list_all(
    request: Request,
    caller: Asks,
    search: Annotated[str, Query(max_length=1_000)] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Conversations:
    """The conversations, or those in which all the words of `search` were asked or answered."""
    house: House = request.app.state.house
    asked = sayings(search)
    with house.read() as view:
        found = list_conversations(view.vault, limit, offset, partial(all_said, asked) if asked else None, caller.key)
        return Conversations(
            conversations=[ConversationHead.of(one) for one in found], keeping=keeps_conversations(view.vault)
        )


@router.put("/keeping")
def choose_keeping(request: Request, caller: Owner, chosen: Keeping) -> Keeping:
    """Has conversations kept from now on, or not."""
    house: House = request.app.state.house
    house.write(lambda vault: set_keeping(vault, chosen.keep))
    return chosen


@router.get("/{conversation}")
def read_one(request: Request, caller: Asks, conversation: Which) -> ConversationShape:
    """One conversation."""
    found = _found(request, caller, conversation)
    house: House = request.app.state.house
    with house.read(caller.limits) as view:
        return _shape(view.vault, found)


@router.delete("/{conversation}", status_code=204)
def delete_one(request: Request, caller: Asks, conversation: Which) -> Response:
    """Erases one conversation."""
    _found(request, caller, conversation)
    talking: Talking = request.app.state.talking
    house: House = request.app.state.house
    if not talking.forget_passing(conversation):
        house.write(lambda vault: delete_conversations(vault, [conversation]))
    return Response(status_code=204)


@router.delete("", status_code=204)
def delete_all(request: Request, caller: Owner) -> Response:
    """Erases all conversations."""
    talking: Talking = request.app.state.talking
    house: House = request.app.state.house
    talking.forget_passing()
    house.write(delete_conversations)
    return Response(status_code=204)


def _found(request: Request, caller: Caller, conversation: str) -> Conversation:
    talking: Talking = request.app.state.talking
    found = talking.read(conversation)
    if found is None or (caller.key is not None and caller.key != found.key):
        raise HTTPException(404, "there is no such conversation")
    return found


def _shape(vault: Vault, found: Conversation) -> ConversationShape:
    return ConversationShape(id=found.id, key=found.key or None, turns=[_turn(vault, turn) for turn in found.turns])


def _turn(vault: Vault, turn: KeptTurn) -> TurnShape:
    return TurnShape(
        time=turn.time,
        question=turn.question,
        answer=turn.answer,
        status=turn.status,
        model=turn.model,
        citations=_citations(vault, turn),
        series=[Series.model_validate(to_builtins(one)) for one in turn.series],
    )


def _citations(vault: Vault, turn: KeptTurn) -> list[CitationShape]:
    found: list[CitationShape] = []
    for one in turn.cited:
        n = vault.number(one.record) if one.record else None
        stored = vault.get([n]).get(n) if n is not None else None
        if stored is not None:
            record = stored.record
            found.append(
                CitationShape(
                    number=one.number,
                    id=stored.id,
                    native_id=record.native_id,
                    source=record.source,
                    kind=record.kind,
                    time=record.time.iso() or None,
                    author=record.author.display if record.author else None,
                    thread=record.thread,
                    title=record.title,
                    text=record.text[:_SHOWN] or record.title or "",
                )
            )
        elif one.metric is not None:
            series = SampleSeries(metric=one.metric, unit="", device=None, n=0)
            found.append(
                CitationShape(
                    number=one.number,
                    id=None,
                    native_id=None,
                    source="",
                    kind="sample",
                    time=None,
                    author=None,
                    thread=None,
                    title=None,
                    text=one.metric.replace("_", " "),
                    series=series,
                )
            )
    return found
