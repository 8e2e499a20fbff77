"""The people of the memory: everyone, who may be the same human, and the owner's word on it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from darak.server.caller import Owner
from darak.server.pages.page import PageRoute, render
from darak.server.routes import people

router = APIRouter(include_in_schema=False, route_class=PageRoute)
_PAGE = 100
_PROPOSED = 6
_MERGES = 20


@router.get("/people")
def people_page(request: Request, caller: Owner, q: str = "", offset: int = 0) -> Response:
    offset = max(0, min(offset, 1_000_000))
    everyone = people.people(request, caller, q[:200], offset, _PAGE)
    first = not q.strip() and not offset
    return render(
        request,
        "people.html",
        everyone=everyone,
        query=q.strip(),
        offset=offset,
        page=_PAGE,
        proposals=people.proposals(request, caller, _PROPOSED) if first else [],
        merges=people.merges(request, caller)[:_MERGES] if first else [],
    )


@router.get("/people/{number:int}")
def person_page(request: Request, caller: Owner, number: int) -> Response:
    person = people.person(request, caller, number)
    merges = [one for one in people.merges(request, caller) if one.kept == number]
    return render(request, "person.html", person=person, merges=merges)


Number = Annotated[int, Form()]


@router.post("/people/merge")
def merge(request: Request, caller: Owner, one: Number, other: Number) -> Response:
    people.merge(request, caller, people.Together(people=[one, other]))
    return _back()


@router.post("/people/apart")
def apart(request: Request, caller: Owner, one: Number, other: Number) -> Response:
    people.apart(request, caller, people.Two(people=[one, other]))
    return _back()


@router.post("/people/undo")
def undo(request: Request, caller: Owner, merge: Number) -> Response:
    people.undo(request, caller, people.Undone(merge=merge))
    return _back()


@router.post("/people/{number:int}/rename")
def rename(request: Request, caller: Owner, number: int, name: Annotated[str, Form(max_length=200)]) -> Response:
    if name.strip():
        people.rename(request, caller, people.Renamed(person=number, name=name.strip()))
    return _back(number)


@router.post("/people/{number:int}/split")
def split(request: Request, caller: Owner, number: int, identity: Number) -> Response:
    people.split(request, caller, people.Identity(identity=identity))
    return _back(number)


def _back(number: int | None = None) -> Response:
    return RedirectResponse("/people" if number is None else f"/people/{number}", 303)
