"""A life at a glance: how much there is of each year, month and day, by source; and what is in a day."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Request
from pydantic import BaseModel

from darak.memory.timeline import Amount, Measured, Unit, amounts, by_day, days_between
from darak.memory.timeline import one_day as in_day
from darak.server.caller import Reads
from darak.server.house import House
from darak.server.shapes import Day, RecordShape, WholeDay, shapes

router = APIRouter(prefix="/api", tags=["timeline"])
_MOST_DAYS = 3_700


@router.get("/timeline")
def timeline(
    request: Request,
    caller: Reads,
    by: Annotated[Unit, Query()] = "year",
    since: Annotated[Day | None, Query()] = None,
    until: Annotated[Day | None, Query()] = None,
    source: Annotated[str | None, Query(max_length=200)] = None,
) -> list[Amount]:
    """The periods that have anything, in order; by days at most ten years of them."""
    house: House = request.app.state.house
    if by == "day" and days_between(since, until) > _MOST_DAYS:
        raise HTTPException(422, "by days, at most ten years are told at once; say since and until")
    with house.read(caller.limits) as view:
        return amounts(view.once(by_day), by, since, until, source)


class OneDay(BaseModel):
    """The records of a day in the order they happened, `total` in all; what was measured; the nearest days before
    and after it that have records."""

    day: str
    total: int
    records: list[RecordShape]
    measured: list[Measured]
    before: str | None
    after: str | None


@router.get("/timeline/{day}")
def one_day(
    request: Request,
    caller: Reads,
    day: Annotated[WholeDay, Path()],
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(ge=0, le=200)] = 50,
    source: Annotated[str | None, Query(max_length=200)] = None,
) -> OneDay:
    """What is in a day."""
    house: House = request.app.state.house
    with house.read(caller.limits) as view:
        told = in_day(view.vault, day, offset=offset, limit=limit, source=source)
        return OneDay(
            day=day,
            total=told.total,
            records=shapes(view.vault.get(told.ns).values()),
            measured=list(told.measured),
            before=told.before,
            after=told.after,
        )
