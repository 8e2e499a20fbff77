"""A life at a glance: how much there is of each year, month and day, by source; and what is in a day."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Path, Query, Request
from pydantic import BaseModel

from darak.memory.named import day_after, first_day
from darak.records.time import EPOCH, local_seconds
from darak.records.vault import Vault
from darak.server.caller import Reads
from darak.server.house import House
from darak.server.shapes import Day, RecordShape, shapes

router = APIRouter(prefix="/api", tags=["timeline"])
_MOST_DAYS = 3_700
_LENGTHS = {"year": 4, "month": 7, "day": 10}
_RECORDS = (
    "SELECT s.name, floor(r.local / 86400.0), count(*) FROM record r JOIN source s ON s.id=r.source"
    " WHERE r.local IS NOT NULL GROUP BY 1, 2"
)
_SAMPLES = (
    "SELECT s.name, floor((m.start/1000 + m.offset) / 86400.0), count(*) FROM sample m"
    " JOIN series r ON r.id=m.series JOIN source s ON s.id=r.source GROUP BY 1, 2"
)


class Amount(BaseModel):
    """How many records and samples there are of one year ("2024"), month ("2024-05") or day, by source."""

    period: str
    records: dict[str, int]
    samples: dict[str, int]


@router.get("/timeline")
def timeline(
    request: Request,
    caller: Reads,
    by: Annotated[Literal["year", "month", "day"], Query()] = "year",
    since: Annotated[Day | None, Query()] = None,
    until: Annotated[Day | None, Query()] = None,
    source: Annotated[str | None, Query(max_length=200)] = None,
) -> list[Amount]:
    """The periods that have anything, in order; by days at most ten years of them."""
    house: House = request.app.state.house
    low = date.min if since is None else first_day(since)
    high = date.max if until is None else day_after(until)
    if by == "day" and (high - low).days > _MOST_DAYS:
        raise HTTPException(422, "by days, at most ten years are told at once; say since and until")
    with house.read(caller.limits) as view:
        counted = view.once(_by_day)
    length = _LENGTHS[by]
    found: dict[str, tuple[Counter[str], Counter[str]]] = {}
    for day, records, samples in counted:
        if low <= day < high:
            into = found.setdefault(day.isoformat()[:length], (Counter(), Counter()))
            for counter, amounts in zip(into, (records, samples), strict=True):
                counter.update(amounts if source is None else {source: amounts.get(source, 0)})
    return [
        Amount(period=period, records=+records, samples=+samples)
        for period, (records, samples) in sorted(found.items())
        if any(records.values()) or any(samples.values())
    ]


_Counted = list[tuple[date, dict[str, int], dict[str, int]]]


def _by_day(vault: Vault) -> _Counted:
    """Of each day that has anything the records and the samples by source, in order."""
    found: dict[int, tuple[dict[str, int], dict[str, int]]] = {}
    for place, sql in enumerate((_RECORDS, _SAMPLES)):
        for source, day, count in vault.rows(sql):
            found.setdefault(int(day), ({}, {}))[place][source] = count
    return [((EPOCH + timedelta(days=day)).date(), *found[day]) for day in sorted(found)]


class Measured(BaseModel):
    """The samples of one metric on a day: how many, the least, the greatest, and their sum."""

    metric: str
    unit: str
    n: int
    least: float
    greatest: float
    sum: float


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
    day: Annotated[str, Path(pattern=r"^\d{4}-\d{2}-\d{2}$")],
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(ge=0, le=200)] = 50,
    source: Annotated[str | None, Query(max_length=200)] = None,
) -> OneDay:
    """What is in a day."""
    house: House = request.app.state.house
    start = local_seconds(datetime.combine(first_day(day), datetime.min.time()))
    which = "local >= ?1 AND local < ?2 AND (?3 IS NULL OR source IN (SELECT id FROM source WHERE name=?3))"
    asked = (start, start + 86400, source)
    with house.read(caller.limits) as view:
        vault = view.vault
        rows = vault.rows(
            f"SELECT n FROM record WHERE {which} ORDER BY local, utc, n LIMIT ?4 OFFSET ?5", (*asked, limit, offset)
        )
        return OneDay(
            day=day,
            total=vault.rows(f"SELECT count(*) FROM record WHERE {which}", asked)[0][0],
            records=shapes(vault.get(n for (n,) in rows).values()),
            measured=_measured(vault, start),
            before=_day(vault.rows("SELECT max(local) FROM record WHERE local < ?", (start,))),
            after=_day(vault.rows("SELECT min(local) FROM record WHERE local >= ?", (start + 86400,))),
        )


def _measured(vault: Vault, start: int) -> list[Measured]:
    rows = vault.rows(
        "SELECT r.metric, r.unit, count(*), min(m.value), max(m.value), sum(m.value) FROM series r"
        " JOIN sample m ON m.series=r.id WHERE m.start BETWEEN (?1 - 86400) * 1000 AND (?1 + 172800) * 1000"
        " AND m.start/1000 + m.offset >= ?1 AND m.start/1000 + m.offset < ?1 + 86400 GROUP BY 1, 2 ORDER BY 1, 2",
        (start,),
    )
    return [
        Measured(metric=metric, unit=unit, n=n, least=least, greatest=greatest, sum=total)
        for metric, unit, n, least, greatest, total in rows
    ]


def _day(rows: list[tuple[int | None]]) -> str | None:
    ((seconds,),) = rows
    return None if seconds is None else (EPOCH + timedelta(seconds=seconds)).date().isoformat()
