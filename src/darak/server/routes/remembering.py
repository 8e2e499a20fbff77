"""What the owner has Darak remember, by themselves or through a program."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Request
from pydantic import Field

from darak.sdk.notes import keep_note
from darak.sdk.results import Problem
from darak.server.caller import Writes
from darak.server.house import House
from darak.server.shapes import RecordShape, Shape

router = APIRouter(prefix="/api", tags=["remembering"])


class Note(Shape):
    """The words of a note; `via` names the program that took it down, where it was not the owner."""

    text: Annotated[str, Field(max_length=100_000)]
    title: Annotated[str, Field(max_length=500)] = ""
    via: Annotated[str, Field(max_length=100)] = ""


@router.post("/remember", status_code=201)
def remember(request: Request, caller: Writes, asked: Note) -> RecordShape:
    """Keeps a note of this moment: a record of source "darak" whose origin names the program, by its key.

    It is in the vault when this is answered, and found by searching at once, or soon while an import runs.
    """
    house: House = request.app.state.house
    via = " ".join(f"{caller.key or ''} {asked.via}".split())
    try:
        stored = house.write(
            lambda vault: keep_note(vault, asked.text, house.clock(vault.zone), asked.title or None, via or None)
        )
    except Problem as problem:
        raise HTTPException(422, str(problem)) from problem
    house.index_soon()
    return RecordShape.of(stored.id, stored.record, whole=True)
