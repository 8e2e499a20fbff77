"""What may leave this machine, what stays home whatever model is used, and what did leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel, Field

from darak.answers.written.written import Author
from darak.models.model import Model
from darak.models.privacy import outgoing, rule_names
from darak.models.settings import Settings
from darak.models.wire import Draft as Sending
from darak.models.wire import named_host
from darak.server.caller import Owner
from darak.server.house import House
from darak.server.routes.models import ModelName, backends_of
from darak.server.shapes import Asked, Names, Shape

router = APIRouter(prefix="/api/leaving", tags=["leaving"])


class Leaving(BaseModel):
    """The hosts that text may leave to, and the sources, kinds and topics ("health", "money") that stay home;
    `rules` are the names that a rule may have."""

    allowed: list[str]
    home: list[str]
    rules: list[str]


class Host(Shape):
    """A host such as api.openai.com, or a URL at it."""

    host: Annotated[str, Field(min_length=1, max_length=300)]


class Rules(Shape):
    names: Names = Field(min_length=1)


class Outgoing(BaseModel):
    """A request that left: when (UTC), where to, to which model and what for, and the bytes of its body."""

    time: str
    host: str
    model: str
    purpose: str
    bytes: int


class Draft(BaseModel):
    """What would be sent: whether it `leaves` this machine, to which `host`, whether that is `allowed`; and the exact
    text, without the key. On this machine there is nothing to show."""

    host: str
    leaves: bool
    allowed: bool
    text: str | None


AT_HOME = Draft(host="localhost", leaves=False, allowed=True, text=None)


class Asking(Shape):
    """A question, and the whole name of the model that would be asked."""

    model: ModelName
    question: Asked


@router.get("")
def leaving(request: Request, caller: Owner) -> Leaving:
    """What may leave, and what stays home."""
    house: House = request.app.state.house
    with house.read() as view:
        names = rule_names(view.vault)
    return _told(backends_of(request).models.settings, names)


@router.post("/allow")
def allow(request: Request, caller: Owner, asked: Host) -> Leaving:
    """The owner's yes: questions, and what is found for them, may leave to this host."""
    backends_of(request).models.allow(_host(asked))
    return leaving(request, caller)


@router.post("/forbid")
def forbid(request: Request, caller: Owner, asked: Host) -> Leaving:
    """Takes the yes back."""
    backends_of(request).models.forbid(_host(asked))
    return leaving(request, caller)


@router.post("/keep")
def keep(request: Request, caller: Owner, asked: Rules) -> Leaving:
    """Records of these sources, kinds and topics never leave, whatever model is used."""
    now = leaving(request, caller)
    if unknown := [name for name in asked.names if name not in now.rules]:
        raise HTTPException(422, f"{unknown[0]!r} is no source, kind or topic")
    backends_of(request).models.keep_home(asked.names)
    return leaving(request, caller)


@router.post("/share")
def share(request: Request, caller: Owner, asked: Rules) -> Leaving:
    """Takes such rules back."""
    backends_of(request).models.share(asked.names)
    return leaving(request, caller)


@router.post("/draft")
def draft(request: Request, caller: Owner, asked: Asking) -> Draft:
    """What asking a model this question would send first, with the records found for it. Nothing is sent."""
    house: House = request.app.state.house
    models = backends_of(request).models
    model = models.model(asked.model)
    with house.read() as view:
        author = Author(view.memory, models, view.asker)
        now = house.clock(view.vault.zone)
        return draft_of(request, model, lambda: author.draft(asked.question, now, model))


def draft_of(request: Request, model: Model, written: Callable[[], Sending]) -> Draft:
    """A draft as it is told; for a model of this machine it is not even written."""
    if model.here:
        return AT_HOME
    allowed = model.host in backends_of(request).models.settings.allowed
    return Draft(host=model.host, leaves=True, allowed=allowed, text=written().text())


@router.get("/sent")
def sent(
    request: Request,
    caller: Owner,
    offset: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
) -> list[Outgoing]:
    """What left this machine, the latest first."""
    house: House = request.app.state.house
    with house.read() as view:
        return [
            Outgoing(time=one.time, host=one.host, model=one.model, purpose=one.purpose, bytes=one.bytes)
            for one in outgoing(view.vault, limit, offset)
        ]


def _host(asked: Host) -> str:
    host = named_host(asked.host.strip())
    if not host:
        raise HTTPException(422, f"{asked.host!r} is no host; write one such as api.openai.com")
    return host


def _told(settings: Settings, names: tuple[str, ...]) -> Leaving:
    return Leaving(allowed=sorted(settings.allowed), home=sorted(settings.home), rules=list(names))
