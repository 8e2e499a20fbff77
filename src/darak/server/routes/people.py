"""Who is in the memory, who may be the same human, and the owner's word on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Request
from pydantic import BaseModel, Field

from darak.language.names import name_forms
from darak.memory.people import Known, list_people
from darak.memory.proposals import Proposal, propose
from darak.records import people as table
from darak.records.record import nfc
from darak.records.vault import Vault
from darak.server.caller import Reads, Writes
from darak.server.house import House
from darak.server.shapes import Name, Shape

router = APIRouter(prefix="/api/people", tags=["people"])
Number = Annotated[int, Field(ge=1, le=(1 << 63) - 1)]


class HandleShape(BaseModel):
    """One identity; `source` is empty where the handle means the same human everywhere."""

    identity: int
    source: str
    handle: str
    name: str | None


class Person(BaseModel):
    """Somebody, with the records they take part in and the day of the last of them."""

    person: int
    name: str
    named: bool
    handles: list[HandleShape]
    records: int
    last: str | None


class People(BaseModel):
    total: int
    people: list[Person]


class ProposalShape(BaseModel):
    """Two people who may be one; `score` from 0 to 1."""

    people: list[Person]
    score: float
    why: str


class Merge(BaseModel):
    """Somebody called `name` who went over into the person `kept`."""

    merge: int
    name: str
    kept: int
    kept_name: str
    why: str


class Done(BaseModel):
    """The person that a change leaves; `merges` are the numbers with which it can be taken back."""

    person: int
    merges: list[int] = Field(default_factory=list[int])


@router.get("")
def people(
    request: Request,
    caller: Reads,
    query: Annotated[str, Query(max_length=200)] = "",
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> People:
    """Everybody, those with most records first; with a query, whoever may be called so."""
    house: House = request.app.state.house
    with house.read(caller.limits) as view:
        everybody = view.once(list_people)
    if wanted := nfc(" ".join(query.split())).casefold():
        everybody = [person for person in everybody if _is_called(person, wanted)]
    return People(total=len(everybody), people=[_person(one) for one in everybody[offset : offset + limit]])


@router.get("/proposals")
def proposals(request: Request, caller: Reads, limit: Annotated[int, Query(ge=1, le=500)] = 50) -> list[ProposalShape]:
    """Who may be the same human, surest first."""
    house: House = request.app.state.house
    with house.read(caller.limits) as view:
        found = view.once(_propose)
    return [
        ProposalShape(people=[_person(one.one), _person(one.other)], score=one.score, why=one.why)
        for one in found[:limit]
    ]


@router.get("/merges")
def merges(request: Request, caller: Writes) -> list[Merge]:
    """What was merged, by the owner or by itself, the latest first; each can be taken back."""
    house: House = request.app.state.house
    sql = "SELECT m.id, m.name, m.kept, p.name, m.why FROM merge m JOIN person p ON p.id=m.kept ORDER BY m.id DESC"
    with house.read() as view:
        rows = view.vault.rows(f"{sql} LIMIT 1000")
    return [Merge(merge=n, name=name, kept=kept, kept_name=shown, why=why) for n, name, kept, shown, why in rows]


@router.get("/{number}")
def person(request: Request, caller: Reads, number: Annotated[Number, Path()]) -> Person:
    """One person."""
    house: House = request.app.state.house
    with house.read(caller.limits) as view:
        found = [one for one in view.once(list_people) if one.number == number]
    if not found:
        raise HTTPException(404, "there is no such person")
    return _person(found[0])


class Together(Shape):
    """People who are one; the first one's name stays."""

    people: list[Number] = Field(min_length=2, max_length=100)


class Two(Shape):
    people: list[Number] = Field(min_length=2, max_length=2)


class Identity(Shape):
    identity: Number


class Renamed(Shape):
    person: Number
    name: Name


class Undone(Shape):
    merge: Number


@router.post("/merge")
def merge(request: Request, caller: Writes, asked: Together) -> Done:
    """Makes several people one."""

    def change(vault: Vault) -> Done:
        kept, *others = dict.fromkeys(asked.people)
        if not others:
            raise HTTPException(422, "these are one person already")
        return Done(person=kept, merges=[table.merge(vault.db, kept, one, table.BY_OWNER) for one in others])

    return _change(request, asked.people, change)


@router.post("/split")
def split(request: Request, caller: Writes, asked: Identity) -> Done:
    """Makes one handle of a person with several a person of its own, and keeps it so."""

    def change(vault: Vault) -> Done:
        sql = "SELECT count(*) FROM identity WHERE person=(SELECT person FROM identity WHERE id=?)"
        if vault.rows(sql, (asked.identity,))[0][0] < 2:
            raise HTTPException(422, "this is not one handle of a person with several")
        return Done(person=table.split(vault.db, asked.identity))

    return _change(request, (), change)


@router.post("/apart")
def apart(request: Request, caller: Writes, asked: Two) -> Done:
    """Says that two people are two, so that it is not proposed again."""

    def change(vault: Vault) -> Done:
        one, other = asked.people
        if one == other:
            raise HTTPException(422, "these are one person")
        table.keep_apart(vault.db, one, other)
        return Done(person=one)

    return _change(request, asked.people, change)


@router.post("/rename")
def rename(request: Request, caller: Writes, asked: Renamed) -> Done:
    """Gives somebody the name that is shown; the earlier ones are still understood."""

    def change(vault: Vault) -> Done:
        table.rename(vault.db, asked.person, asked.name)
        return Done(person=asked.person)

    return _change(request, (asked.person,), change)


@router.post("/undo")
def undo(request: Request, caller: Writes, asked: Undone) -> Done:
    """Takes a merge back."""

    def change(vault: Vault) -> Done:
        if not vault.rows("SELECT 1 FROM merge WHERE id=?", (asked.merge,)):
            raise HTTPException(404, "there is no such merge")
        return Done(person=table.undo(vault.db, asked.merge))

    return _change(request, (), change)


def _change(request: Request, people: list[int] | tuple[int, ...], change: Callable[[Vault], Done]) -> Done:
    house: House = request.app.state.house

    def checked(vault: Vault) -> Done:
        for number in people:
            if not vault.rows("SELECT 1 FROM person WHERE id=?", (number,)):
                raise HTTPException(404, f"there is no person {number}")
        return change(vault)

    done = house.write(checked)
    house.changed()
    return done


def _propose(vault: Vault) -> list[Proposal]:
    return propose(vault, list_people(vault))


def _is_called(person: Known, wanted: str) -> bool:
    return any(wanted in name.casefold() or wanted in _forms(name) for name in person.names())


@cache
def _forms(name: str) -> frozenset[str]:
    return frozenset(name_forms(name))


def _person(known: Known) -> Person:
    return Person(
        person=known.number,
        name=known.name,
        named=known.named,
        handles=[
            HandleShape(identity=one.number, source=one.source, handle=one.handle, name=one.name)
            for one in known.handles
        ],
        records=known.records,
        last=known.last.isoformat() if known.last else None,
    )
