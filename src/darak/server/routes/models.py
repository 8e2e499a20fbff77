"""Language models: which are there, which the owner chose, adding a server, and testing what one really honours."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from dataclasses import asdict
from typing import Annotated, get_args

from fastapi import APIRouter, HTTPException, Request
from pydantic import BaseModel, Field
from starlette.responses import Response, StreamingResponse

from darak.models.dialects.dialect import Kind
from darak.models.models import Found
from darak.models.probe import Probe
from darak.models.problems import Cancelled, ModelProblem, NotAllowed
from darak.models.settings import Settings
from darak.models.wire import Cancel, host_of, is_here
from darak.server.aloud import aloud
from darak.server.backends import Backends
from darak.server.caller import Owner
from darak.server.house import House
from darak.server.routes.knowing import EVENTS, event
from darak.server.shapes import Shape

router = APIRouter(prefix="/api/models", tags=["models"])
KINDS: tuple[Kind, ...] = get_args(Kind)
ModelName = Annotated[str, Field(min_length=1, max_length=300)]


class Tested(BaseModel):
    """What a test found: how a reply is held to a shape, the surest first; whether tools are called; the window."""

    rungs: list[str]
    tools: bool
    context: int | None


class ModelShape(BaseModel):
    """A model; `place` in the owner's order from 1, None when it is not used. `host` is where it really runs, and
    `allowed` whether text may leave to there, always true on this machine. `context` is its window in tokens; `chats`
    is false for one that writes no text, such as one that only makes vectors."""

    name: str
    host: str
    here: bool
    allowed: bool
    place: int | None
    context: int | None
    chats: bool
    tested: Tested | None


class ServerShape(BaseModel):
    """A server with its models; `added` by the owner, else found by itself; `problem` says why it lists none."""

    name: str
    kind: str
    url: str
    host: str
    here: bool
    allowed: bool
    added: bool
    models: list[ModelShape]
    problem: str | None


class Order(BaseModel):
    """The models that are used, the first one first, then no model; and those used before, to go back to."""

    order: list[str]
    earlier: list[str] | None


class Choice(Order):
    """What is used and what is there; `missing` are used but not there now."""

    servers: list[ServerShape]
    missing: list[str]


class Use(Shape):
    models: list[ModelName] = Field(max_length=20)


class NewServer(Shape):
    """A server by its URL, or a GGUF file by its path on this machine; its key is kept outside the vault, and is
    never told again."""

    url: Annotated[str, Field(min_length=1, max_length=2_000)]
    kind: Kind | None = None
    name: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    key: Annotated[str, Field(max_length=2_000)] | None = None


class ServerName(Shape):
    server: ModelName


class NewKey(ServerName):
    key: Annotated[str, Field(min_length=1, max_length=2_000)]


class Test(Shape):
    model: ModelName


class CheckShape(BaseModel):
    """One question to the server: whether it did what was asked, what was seen, and how long it took."""

    what: str
    honoured: bool
    seen: str
    seconds: float


class Failure(BaseModel):
    """What went wrong with a model: its kind, such as "Unreachable", one sentence, and the host that needs the owner's
    yes where that is what is missing."""

    kind: str
    detail: str
    host: str | None

    @classmethod
    def of(cls, problem: ModelProblem) -> Failure:
        host = problem.host if isinstance(problem, NotAllowed) else None
        return cls(kind=type(problem).__name__, detail=str(problem), host=host)


@router.get("")
def models(request: Request, caller: Owner) -> Choice:
    """What is there and what is used. Models of another host are asked for at most once an hour."""
    backends = backends_of(request)
    settings = backends.models.settings
    servers = [_server(one, settings) for one in backends.found()]
    there = {model.name for server in servers for model in server.models}
    return Choice(
        **_order(settings).model_dump(), servers=servers, missing=[n for n in settings.order if n not in there]
    )


@router.post("/use")
def use(request: Request, caller: Owner, asked: Use) -> Order:
    """Takes these models in this order, by their whole names; none for no model."""
    models = backends_of(request).models
    models.choose(asked.models)
    return _order(models.settings)


@router.post("/back")
def back(request: Request, caller: Owner) -> Order:
    """Returns to the order before; nothing changes when there is none."""
    models = backends_of(request).models
    models.back()
    return _order(models.settings)


@router.post("/servers", status_code=201)
def add(request: Request, caller: Owner, asked: NewServer) -> ServerShape:
    """Adds a server, or changes the one of that name. Nothing is sent to another host before the owner's yes."""
    models = backends_of(request).models
    server = models.add(asked.url.strip(), asked.kind, asked.name)
    if asked.key and asked.key.strip():
        models.keep_key(server.name, asked.key)
    return _server(Found(server), models.settings)


@router.post("/servers/remove", status_code=204)
def remove(request: Request, caller: Owner, asked: ServerName) -> Response:
    """Takes an added server away, with its key and its models."""
    backends_of(request).models.remove(asked.server)
    return Response(status_code=204)


@router.post("/servers/key", status_code=204)
def keep_key(request: Request, caller: Owner, asked: NewKey) -> Response:
    """Keeps the key of an added server."""
    models = backends_of(request).models
    if asked.server not in {one.name for one in models.settings.servers}:
        raise HTTPException(404, f"no server {asked.server!r} was added")
    models.keep_key(asked.server, asked.key)
    return Response(status_code=204)


@router.post("/test", response_class=StreamingResponse, responses=EVENTS)
def test_aloud(request: Request, caller: Owner, asked: Test) -> StreamingResponse:
    """Asks a model a few small things, as server-sent events: a `check` for each, then `end` with what to build on,
    or an `error`. What it honours is remembered."""
    backends, house = backends_of(request), house_of(request)
    backends.models.model(asked.model)

    async def events() -> AsyncGenerator[bytes, None]:
        def work(tell: Callable[[bytes], None], cancel: Cancel) -> None:
            try:
                ended = test(backends, asked.model, lambda check: tell(event("check", check.model_dump())), cancel)
            except Cancelled:
                raise
            except ModelProblem as problem:
                tell(event("error", Failure.of(problem).model_dump()))
            else:
                tell(event("end", ended.model_dump()))

        async for one in aloud(work, house.closing):
            yield one

    return StreamingResponse(events(), media_type="text/event-stream")


def test(backends: Backends, name: str, tell: Callable[[CheckShape], None], cancel: Cancel | None = None) -> Tested:
    """Tests a model, tells each check, and remembers what it honours. ModelProblem when it gives no plain reply."""
    probe = Probe(backends.ready(name), cancel)
    first: CheckShape | None = None
    for check in probe.run():
        shape = CheckShape(**asdict(check))
        first = first or shape
        tell(shape)
    if first is None or not first.honoured:
        raise ModelProblem(first.seen if first else f"{name} was asked nothing.")
    backends.models.learnt(name, probe.abilities)
    return _tested(probe.abilities.rungs, probe.abilities.tools, probe.abilities.context)


def backends_of(request: Request) -> Backends:
    return request.app.state.backends


def house_of(request: Request) -> House:
    return request.app.state.house


def _order(settings: Settings) -> Order:
    return Order(order=list(settings.order), earlier=list(settings.earlier[-1]) if settings.earlier else None)


def _server(found: Found, settings: Settings) -> ServerShape:
    server = found.server
    host = "localhost" if server.kind == "gguf" else host_of(server.url)
    models: list[ModelShape] = []
    for name, listed in zip(found.names(), found.models, strict=True):
        runs_at, tested, known = listed.host or host, settings.abilities.get(name), settings.known(name)
        models.append(
            ModelShape(
                name=name,
                host=runs_at,
                here=is_here(runs_at),
                allowed=is_here(runs_at) or runs_at in settings.allowed,
                place=settings.order.index(name) + 1 if name in settings.order else None,
                context=(known and known.context) or listed.context,
                chats=listed.chats,
                tested=tested and _tested(tested.rungs, tested.tools, tested.context),
            )
        )
    return ServerShape(
        name=server.name,
        kind=server.kind,
        url=server.url,
        host=host,
        here=is_here(host),
        allowed=is_here(host) or host in settings.allowed,
        added=server.name in {one.name for one in settings.servers},
        models=models,
        problem=found.problem,
    )


def _tested(rungs: tuple[str, ...], tools: bool, context: int | None) -> Tested:
    return Tested(rungs=list(rungs), tools=tools, context=context)
