"""For the owner's programs on this machine, which have the token that lies in the vault's folder: files where they are.

No browser and no API key reaches these: nobody who is let in from elsewhere can have files of this machine read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from pydantic import BaseModel, Field

from darak.server.caller import Caller, Owner
from darak.server.house import House
from darak.server.imports import Imports
from darak.server.routes.imports import Importing
from darak.server.shapes import Shape

router = APIRouter(prefix="/api/here", tags=["here"])
Count = Annotated[int, Field(ge=0, lt=1 << 63)]


def _here(request: Request, caller: Owner) -> Caller:
    if request.scope["darak.session"] is not None:
        raise HTTPException(403, "only this machine's command line may do this")
    return caller


Here = Annotated[Caller, Depends(_here)]


class Vault(BaseModel):
    """Whose server this is: the vault's folder, and the owner's zone."""

    home: str
    zone: str


class Place(Shape):
    """A file or a folder, by its whole path. `watched` (files, bytes, time of change) says how a watched folder's file
    was found, so that it is known the next time; `columns` as for an upload."""

    path: Annotated[str, Field(pattern=r"^/[^\x00]*$", max_length=4_000)]
    columns: Annotated[str | None, Field(max_length=1_000)] = None
    watched: tuple[Count, Count, Count] | None = None


class Watched(BaseModel):
    """What was taken in from a watched folder, as it was then."""

    path: str
    signature: tuple[int, int, int]


@router.get("")
def whose(request: Request, caller: Here) -> Vault:
    """Which vault this server has open."""
    house: House = request.app.state.house
    with house.read() as view:
        return Vault(home=str(house.home), zone=view.vault.zone)


@router.post("/imports", status_code=202)
def import_here(request: Request, caller: Here, asked: Place) -> Importing:
    """Imports a file, a folder or an archive where it lies, in the background."""
    imports: Imports = request.app.state.imports
    return Importing.of(imports.take(Path(asked.path), asked.columns, asked.watched))


@router.get("/watched")
def watched(request: Request, caller: Here) -> list[Watched]:
    """What was taken in from watched folders, or could not be."""
    house: House = request.app.state.house
    with house.read() as view:
        rows = view.vault.rows("SELECT path, files, size, changed FROM watched")
    return [Watched(path=path, signature=(files, size, changed)) for path, files, size, changed in rows]
