"""A life by years, months and days, counted in the vault, and what is in a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from darak.memory.named import day_after, first_day
from darak.records.time import EPOCH, local_seconds
from darak.records.vault import Vault

Unit = Literal["year", "month", "day"]
_LENGTHS: dict[Unit, int] = {"year": 4, "month": 7, "day": 10}
"""How much of an ISO day names the unit."""
_RECORDS = (
    "SELECT s.name, floor(r.local / 86400.0), count(*) FROM record r JOIN source s ON s.id=r.source"
    " WHERE r.local IS NOT NULL GROUP BY 1, 2"
)
_SAMPLES = (
    "SELECT s.name, floor((m.start/1000 + m.offset) / 86400.0), count(*) FROM sample m"
    " JOIN series r ON r.id=m.series JOIN source s ON s.id=r.source GROUP BY 1, 2"
)
_OF_DAY = "local >= ?1 AND local < ?2 AND (?3 IS NULL OR source IN (SELECT id FROM source WHERE name=?3))"


@dataclass(frozen=True, slots=True)
class Amount:
    """How many records and samples there are of one year ("2024"), month ("2024-05") or day, by source."""

    period: str
    records: dict[str, int]
    samples: dict[str, int]


@dataclass(frozen=True, slots=True)
class Measured:
    """The samples of one metric on a day: how many, the least, the greatest, and their sum."""

    metric: str
    unit: str
    n: int
    least: float
    greatest: float
    sum: float


@dataclass(frozen=True, slots=True)
class Day:
    """A page of a day's records by their numbers, in the order they happened, of `total` in all; what was measured;
    the nearest days before and after it that have records."""

    ns: tuple[int, ...]
    total: int
    measured: tuple[Measured, ...]
    before: str | None
    after: str | None


def by_day(vault: Vault) -> list[Amount]:
    """Each day that has anything, in order."""
    found: dict[int, tuple[dict[str, int], dict[str, int]]] = {}
    for place, sql in enumerate((_RECORDS, _SAMPLES)):
        for source, day, count in vault.rows(sql):
            found.setdefault(int(day), ({}, {}))[place][source] = count
    return [Amount((EPOCH + timedelta(days=day)).date().isoformat(), *found[day]) for day in sorted(found)]


def amounts(
    days: Iterable[Amount], unit: Unit, since: str | None = None, until: str | None = None, source: str | None = None
) -> list[Amount]:
    """The days added up by year or month, or as they are, of one source alone where one is named.

    `since` and `until` are days, months or years, both included. UnknownName when one is none.
    """
    low, high = _limits(since, until)
    found: dict[str, tuple[dict[str, int], dict[str, int]]] = {}
    for day in days:
        if low <= day.period < high:
            records, samples = found.setdefault(day.period[: _LENGTHS[unit]], ({}, {}))
            for sums, counts in ((records, day.records), (samples, day.samples)):
                for name, count in counts.items():
                    if source is None or name == source:
                        sums[name] = sums.get(name, 0) + count
    return [
        Amount(period, records, samples) for period, (records, samples) in sorted(found.items()) if records or samples
    ]


def days_between(since: str | None, until: str | None) -> int:
    """How many days a period has; very many when it has no beginning or no end."""
    low, high = _limits(since, until)
    return (date.fromisoformat(high) - date.fromisoformat(low)).days


def one_day(vault: Vault, day: str, *, offset: int = 0, limit: int = 50, source: str | None = None) -> Day:
    """What is in a day ("2024-05-12"); UnknownName when it is none."""
    start = local_seconds(datetime.combine(first_day(day), datetime.min.time()))
    end = local_seconds(datetime.combine(day_after(day), datetime.min.time()))
    asked = (start, end, source)
    page = f"SELECT n FROM record WHERE {_OF_DAY} ORDER BY local, utc, n LIMIT ?4 OFFSET ?5"
    return Day(
        ns=tuple(n for (n,) in vault.rows(page, (*asked, limit, offset))),
        total=vault.rows(f"SELECT count(*) FROM record WHERE {_OF_DAY}", asked)[0][0],
        measured=tuple(_measured(vault, start, end)),
        before=_day_of(vault.rows("SELECT max(local) FROM record WHERE local < ?", (start,))),
        after=_day_of(vault.rows("SELECT min(local) FROM record WHERE local >= ?", (end,))),
    )


def _limits(since: str | None, until: str | None) -> tuple[str, str]:
    low = date.min if since is None else first_day(since)
    high = date.max if until is None else day_after(until)
    return low.isoformat(), high.isoformat()


def _measured(vault: Vault, start: int, end: int) -> list[Measured]:
    rows = vault.rows(
        "SELECT r.metric, r.unit, count(*), min(m.value), max(m.value), sum(m.value) FROM series r"
        " JOIN sample m ON m.series=r.id WHERE m.start BETWEEN (?1 - 86400) * 1000 AND (?2 + 86400) * 1000"
        " AND m.start/1000 + m.offset >= ?1 AND m.start/1000 + m.offset < ?2 GROUP BY 1, 2 ORDER BY 1, 2",
        (start, end),
    )
    return [Measured(*row) for row in rows]


def _day_of(rows: list[tuple[int | None]]) -> str | None:
    ((seconds,),) = rows
    return None if seconds is None else (EPOCH + timedelta(seconds=seconds)).date().isoformat()
