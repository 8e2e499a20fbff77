"""Who answers a request: the memory, or one of the owner's models; and the way from there to whoever reads."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import replace
from typing import TypeVar

from fastapi import Request as HttpRequest

from darak.models.model import Model
from darak.models.models import Models
from darak.models.problems import ModelProblem
from darak.models.request import Reply, Request, Rung, Shape, Switched
from darak.models.wire import Cancel
from darak.server.aloud import aloud, unless_gone
from darak.server.caller import Caller
from darak.server.house import House
from darak.server.openai import own
from darak.server.openai.asked import Asked
from darak.server.openai.errors import Refusal
from darak.server.openai.said import Said, Whole

_HELD: tuple[Rung, ...] = ("grammar", "schema")
"""How a reply can be held to a schema while it streams."""

T = TypeVar("T")


def speak(http: HttpRequest, caller: Caller, asked: Asked) -> AsyncGenerator[Said, None]:
    """What is said, as it is said. Refusal, ModelProblem or Busy, mostly before anything is."""
    house: House = http.app.state.house
    models: Models = http.app.state.backends.models
    base = str(http.base_url).rstrip("/")

    def work(tell: Callable[[Said], None], cancel: Cancel) -> None:
        if asked.model == own.NAME:
            own.answer(http.app.state.answering, caller, asked, base, tell, cancel)
            return
        model = model_called(models, asked.model)
        for piece in model.stream(_as_it_can(asked.request, model, caller), cancel):
            if isinstance(piece, Reply):
                tell(Whole(piece.text, piece.calls, piece.usage, piece.stop))
            elif not isinstance(piece, Switched):
                tell(piece)

    return aloud(work, house.closing)


def model_called(models: Models, name: str) -> Model:
    """The owner's model of this name, whole or in part. Refusal when there is none, or several may be meant."""
    place = name.partition("/")[0]
    try:
        known = any(server.name in (place, name) for server in models.servers())
        return models.model(name if known else models.resolve(name))
    except ModelProblem as problem:
        raise Refusal(404, str(problem), param="model", code="model_not_found") from problem


async def whole(http: HttpRequest, saying: AsyncGenerator[Said, None]) -> Whole:
    """All of what is said at once. It is broken off when the client goes away."""

    async def last() -> Whole:
        async with aclosing(saying):
            async for piece in saying:
                if isinstance(piece, Whole):
                    return piece
        raise stopping()

    return await unless_gone(http, last())


async def begun(http: HttpRequest, saying: AsyncGenerator[Said, None]) -> AsyncGenerator[Said, None]:
    """The same pieces, of which the first has been waited for, so that what goes wrong before it has a status."""

    async def one() -> Said:
        async for piece in saying:
            return piece
        raise stopping()

    first = await unless_gone(http, one())

    async def all_of_it() -> AsyncGenerator[Said, None]:
        async with aclosing(saying):
            yield first
            async for piece in saying:
                yield piece

    return all_of_it()


def _as_it_can(request: Request, model: Model, caller: Caller) -> Request:
    """The request for this model: the surest way to its shape, and who asks, for the log of what leaves."""
    purpose = f"{request.purpose}: {caller.key}" if caller.key else request.purpose
    if request.shape is None:
        return replace(request, purpose=purpose)
    rung: Rung | None = next((one for one in model.abilities.rungs if one in _HELD), None)
    if rung is None:
        raise Refusal(400, f"{model.name} cannot be held to a schema.", param="response_format")
    return replace(request, purpose=purpose, shape=Shape(request.shape.name, request.shape.schema, rung))


def stopping() -> Refusal:
    return Refusal(503, "Darak is being stopped.", headers={"retry-after": "5"})
