"""The owner's alone: keys for programs, the log of their use, and everything as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response, StreamingResponse

from darak.memory.named import day_after, first_day
from darak.records.exchange import Exporter
from darak.server.caller import Owner, Scope
from darak.server.house import House
from darak.server.keys import Key, Keys, read_log
from darak.server.limits import Limits
from darak.server.shapes import Day, Kind, Name, Shape

router = APIRouter(prefix="/api", tags=["keeping"])
_CHUNK = 1 << 16


class KeyShape(BaseModel):
    """A key without its secret. What is None is not limited; `until` is the first day that is not seen."""

    id: int
    name: str
    scopes: list[str]
    sources: list[str] | None
    kinds: list[str] | None
    since: str | None
    until: str | None
    made: str


class NewKey(KeyShape):
    """A key as it is made: the only time that its secret is told."""

    secret: str


class KeyRequest(Shape):
    """What a program may do, and of what: "sample" among the kinds stands for measured numbers. A limited key may not
    write."""

    name: Name
    scopes: list[Scope] = Field(min_length=1, max_length=3)
    sources: list[Name] | None = Field(None, min_length=1, max_length=100)
    kinds: list[Kind | Annotated[str, Field(pattern="^sample$")]] | None = Field(None, min_length=1, max_length=20)
    since: Day | None = None
    until: Day | None = None


@router.get("/keys")
def list_keys(request: Request, caller: Owner) -> list[KeyShape]:
    """All keys."""
    keys: Keys = request.app.state.keys
    return [KeyShape(**_told(key)) for key in keys.list()]


@router.post("/keys", status_code=201)
def make_key(request: Request, caller: Owner, asked: KeyRequest) -> NewKey:
    """Makes a key for a program."""
    keys: Keys = request.app.state.keys
    limits = Limits(
        None if asked.sources is None else tuple(sorted(set(asked.sources))),
        None if asked.kinds is None else tuple(sorted(set(asked.kinds))),
        None if asked.since is None else first_day(asked.since),
        None if asked.until is None else day_after(asked.until),
    )
    if limits != Limits() and "write" in asked.scopes:
        raise HTTPException(422, "a key that sees a part of the memory may not change it")
    try:
        key, secret = keys.make(asked.name, sorted(set(asked.scopes)), limits)
    except ValueError as error:
        raise HTTPException(409, str(error)) from error
    return NewKey(**_told(key), secret=secret)


@router.delete("/keys/{number}", status_code=204)
def revoke_key(request: Request, caller: Owner, number: Annotated[int, Path(ge=1, le=(1 << 63) - 1)]) -> Response:
    """Makes a key worthless at once; the log keeps its name."""
    if not request.app.state.keys.revoke(number):
        raise HTTPException(404, "there is no such key")
    return Response(status_code=204)


def _told(key: Key) -> dict[str, Any]:
    limits = key.limits
    return {
        "id": key.id,
        "name": key.name,
        "scopes": list(key.scopes),
        "sources": None if limits.sources is None else list(limits.sources),
        "kinds": None if limits.kinds is None else list(limits.kinds),
        "since": limits.since and limits.since.isoformat(),
        "until": limits.until and limits.until.isoformat(),
        "made": key.made,
    }


class Entry(BaseModel):
    """One request through a key: when (UTC), which route, and the status of the response."""

    number: int
    time: str
    key: str
    route: str
    status: int


@router.get("/audit")
def audit(
    request: Request,
    caller: Owner,
    before: Annotated[int | None, Query(ge=0, le=(1 << 63) - 1)] = None,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
) -> list[Entry]:
    """What was asked through which key, the latest first. The questions themselves are not kept."""
    house: House = request.app.state.house
    with house.read() as view:
        return [
            Entry(number=number, time=use.time, key=use.key, route=use.route, status=use.status)
            for number, use in read_log(view.vault, before, limit)
        ]


@router.get("/export", response_class=StreamingResponse, responses={200: {"content": {"application/x-ndjson": {}}}})
def export(request: Request, caller: Owner) -> StreamingResponse:
    """Every record, sample and attached file, as lines of the exchange format, all of one moment. Not encrypted."""
    house: House = request.app.state.house
    day = house.clock("UTC").date().isoformat()
    return StreamingResponse(
        _lines(house),
        media_type="application/x-ndjson",
        headers={"content-disposition": f'attachment; filename="darak-{day}.jsonl"'},
    )


def _lines(house: House) -> Iterator[bytes]:
    with house.read() as view, view.vault.as_of_now():
        chunk: list[bytes] = []
        size = 0
        for line in Exporter(view.vault).lines():
            chunk.append(line)
            size += len(line)
            if size >= _CHUNK:
                yield b"".join(chunk)
                chunk, size = [], 0
            if house.closing.is_set():
                raise ConnectionAbortedError("the server is stopping; the export is not whole")
        yield b"".join(chunk)
