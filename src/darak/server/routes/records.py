"""Single records: in their thread, where they were read from, and the files that are attached to them."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Path, Query, Request
from starlette.responses import Response

from darak.records.cipher import SealBroken
from darak.records.vault import Vault
from darak.server.caller import Reads
from darak.server.house import House
from darak.server.shapes import Origin, RecordId, RecordShape, fields_of, origins, shapes

router = APIRouter(prefix="/api", tags=["records"])
SHOWN_TYPES = (
    *("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"),
    *("audio/mpeg", "audio/mp4", "audio/aac", "audio/ogg", "audio/wav", "audio/webm", "video/mp4", "video/webm"),
    "text/plain",
)
"""Types that a browser shows and never runs; any other file is only saved."""


class WholeRecord(RecordShape):
    """A record with its neighbours in the thread, in the order they happened; `day` is its own day, if it is known,
    and `extra` what its source says besides."""

    extra: dict[str, Any]
    day: str | None
    origins: list[Origin]
    before: list[RecordShape]
    after: list[RecordShape]


@router.get("/records/{record_id}")
def record(
    request: Request,
    caller: Reads,
    record_id: Annotated[RecordId, Path()],
    before: Annotated[int, Query(ge=0, le=100)] = 5,
    after: Annotated[int, Query(ge=0, le=100)] = 5,
) -> WholeRecord:
    """A record, by its id or the beginning of it, with the lines around it."""
    house: House = request.app.state.house
    with house.read(caller.limits) as view:
        n = _number(view.vault, record_id)
        stored = view.vault.get([n])[n]
        earlier, later = view.vault.neighbours(n, before, after)
        day = stored.record.time.day
        return WholeRecord(
            **fields_of(stored.id, stored.record, whole=True),
            extra=dict(stored.record.extra),
            day=day.isoformat() if day else None,
            origins=origins(view.vault, n, caller),
            before=shapes(earlier),
            after=shapes(later),
        )


@router.get("/records/{record_id}/origins")
def record_origins(request: Request, caller: Reads, record_id: Annotated[RecordId, Path()]) -> list[Origin]:
    """Where a record was read from, each time."""
    house: House = request.app.state.house
    with house.read(caller.limits) as view:
        return origins(view.vault, _number(view.vault, record_id), caller)


def _number(vault: Vault, record_id: str) -> int:
    n = vault.number(record_id)
    if n is None:
        raise HTTPException(404, "there is no such record, or more than one begins so")
    return n


@router.get(
    "/blobs/{blob_hash}",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}}},
)
def blob(request: Request, caller: Reads, blob_hash: Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]) -> Response:
    """The bytes of an attached file. What a browser could run is only ever saved."""
    house: House = request.app.state.house
    with house.read(caller.limits) as view:
        name, mime = _described(view.vault, blob_hash)
        try:
            data = view.vault.blobs.get(blob_hash)
        except (FileNotFoundError, SealBroken) as error:
            raise HTTPException(404, "this file is missing from the vault, or damaged") from error
    shown = mime in SHOWN_TYPES
    media = ("text/plain; charset=utf-8" if mime == "text/plain" else mime) if shown else "application/octet-stream"
    kind = "inline" if shown else "attachment"
    headers = {"content-disposition": f"{kind}; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(data, media_type=media, headers=headers)


def _described(vault: Vault, blob_hash: str) -> tuple[str, str]:
    """The name and the type that a record gives its attached file."""
    for (n,) in vault.rows("SELECT n FROM record_blob WHERE hash=? LIMIT 1", (blob_hash,)):
        stored = vault.get([n])
        for one in stored[n].record.blobs if n in stored else ():
            if one.hash == blob_hash:
                return one.name or "file", (one.mime or "").partition(";")[0].strip().lower()
    raise HTTPException(404, "there is no such file")
