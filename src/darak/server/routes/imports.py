"""Sources: what can be read, uploads, and imports with their progress and reports."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, HTTPException, Path, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response, StreamingResponse

from darak.importers.importer import Importer
from darak.records.time import zone_info
from darak.records.vault import Vault
from darak.server.caller import Caller, Reads, Writes
from darak.server.house import House
from darak.server.imports import ENDED, Imports, Job, State
from darak.server.routes.knowing import EVENTS, event
from darak.server.shapes import path_told
from darak.server.uploaded import UploadRefused

router = APIRouter(prefix="/api", tags=["sources"])
_EVERY, _ALIVE = 0.2, 15.0
"""Seconds between two looks at an import, and between two signs of life."""


class ProposalShape(BaseModel):
    """What the columns of a bank's statement seem to hold; its first row as it would be read. Nothing of it is imported
    before the file is sent again with these `columns`, or others. `dates` is empty when it must be said whether the
    day comes first (`dates=DMY`) or the month (`dates=MDY`)."""

    member: str
    columns: str
    example: str
    dates: str


class Importing(BaseModel):
    """An import: bytes of the current source `done` of `total`, items so far; its reports when it has ended."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    size: int
    at: str
    state: State
    source: str
    done: int
    total: int
    items: int
    problem: str | None
    reports: list[dict[str, Any]]
    proposals: list[ProposalShape]

    @classmethod
    def of(cls, job: Job) -> Importing:
        return cls.model_validate(job)


class PastImport(BaseModel):
    """An import that the vault remembers, with what it could not read and why."""

    importer: str
    path: str
    state: str
    started: str
    finished: str | None
    reports: list[dict[str, Any]]


class ImporterShape(BaseModel):
    name: str
    reads: str


@router.get("/importers")
def importers(request: Request, caller: Reads) -> list[ImporterShape]:
    """What can be read."""
    imports: Imports = request.app.state.imports
    return [ImporterShape(name=name, reads=_summary(one)) for name, one in sorted(imports.importers().items())]


def _summary(importer: Importer) -> str:
    summary = importer.__class__.__doc__ or sys.modules[type(importer).__module__].__doc__ or ""
    return summary.strip().partition("\n")[0]


@router.get("/sources")
def past_imports(request: Request, caller: Reads, limit: Annotated[int, Query(ge=1, le=500)] = 100) -> list[PastImport]:
    """The imports that the vault remembers, the latest first."""
    house: House = request.app.state.house
    with house.read(caller.limits) as view:
        return _past(view.vault, limit, caller)


def _past(vault: Vault, limit: int, caller: Caller) -> list[PastImport]:
    rows = vault.rows(
        "SELECT importer, path, state, started, finished, counts FROM import ORDER BY id DESC LIMIT ?", (limit,)
    )
    zone = zone_info(vault.zone)

    def local(moment: str | None) -> str | None:
        return moment and datetime.fromisoformat(moment).astimezone(zone).isoformat(timespec="seconds")

    found: list[PastImport] = []
    for importer, path, state, started, finished, counts in rows:
        books: dict[str, Any] = orjson.loads(counts) if counts else {"rest": None, "sources": []}
        reports = books["sources"] or [books["rest"]]
        told = [report for report in reports if report]
        found.append(
            PastImport(
                importer=importer,
                path=path_told(path, vault.home, caller),
                state=state,
                started=local(started) or "",
                finished=local(finished),
                reports=told,
            )
        )
    return found


@router.post(
    "/imports",
    status_code=202,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def upload(
    request: Request,
    caller: Writes,
    name: Annotated[str, Query(min_length=1, max_length=500)],
    columns: Annotated[str | None, Query(max_length=1_000)] = None,
) -> Importing:
    """Takes a file or an archive, the bytes of the body, and imports it in the background. `columns` says what those
    of a bank's statement hold: "yes", as proposed, or as in "date=Day,amount=Sum"."""
    imports: Imports = request.app.state.imports
    length = request.headers.get("content-length")
    size = int(length) if length is not None else None
    try:
        return Importing.of(await imports.receive(name, size, request.stream(), caller.key, columns))
    except UploadRefused as refused:
        raise HTTPException(refused.status, str(refused)) from refused


@router.get("/imports")
def list_imports(request: Request, caller: Reads) -> list[Importing]:
    """The imports since the server started, the latest first; through a key, those that were sent through it."""
    imports: Imports = request.app.state.imports
    return [Importing.of(job) for job in imports.list() if _sees(caller, job)]


JobId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]


@router.get("/imports/{job_id}")
def get_import(request: Request, caller: Reads, job_id: JobId) -> Importing:
    """How far an import is."""
    return Importing.of(_job(request, caller, job_id))


@router.delete("/imports/{job_id}", status_code=204)
def stop_import(request: Request, caller: Writes, job_id: JobId) -> Response:
    """Ends an import at its next step; what it has read stays, and the same file again goes on from there."""
    request.app.state.imports.cancel(_job(request, caller, job_id))
    return Response(status_code=204)


@router.get("/imports/{job_id}/events", response_class=StreamingResponse, responses=EVENTS)
def follow_import(request: Request, caller: Reads, job_id: JobId) -> StreamingResponse:
    """The same as server-sent events, `progress` and at last `end`."""
    house: House = request.app.state.house
    return StreamingResponse(_events(house, _job(request, caller, job_id)), media_type="text/event-stream")


async def _events(house: House, job: Job) -> AsyncIterator[bytes]:
    told, silent = -1, 0.0
    while True:
        version, ended = job.version, job.state in ENDED
        if ended:
            yield event("end", Importing.of(job).model_dump())
            return
        if version != told:
            told, silent = version, 0.0
            yield event("progress", Importing.of(job).model_dump())
        elif silent >= _ALIVE:
            silent = 0.0
            yield b": still here\n\n"
        if house.closing.is_set():
            return
        await asyncio.sleep(_EVERY)
        silent += _EVERY


def _sees(caller: Caller, job: Job) -> bool:
    return caller.key is None or caller.key == job.by


def _job(request: Request, caller: Caller, job_id: str) -> Job:
    imports: Imports = request.app.state.imports
    job = imports.get(job_id)
    if job is None or not _sees(caller, job):
        raise HTTPException(404, "there is no such import")
    return job
