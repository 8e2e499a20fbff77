"""A life by years, months and days, counted in the vault."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

from darak.memory.named import day_after, first_day
from darak.records.time import local_seconds
from darak.records.vault import Stored, Vault
from darak.sdk.life import Unit
from darak.sdk.results import Period

_LENGTHS: dict[Unit, int] = {"year": 4, "month": 7, "day": 10}
"""How much of an ISO day names the unit."""


def periods(vault: Vault, by: Unit, since: str | None, until: str | None) -> tuple[Period, ...]:
    """Counts of records by unit and source; UnknownName when `since` or `until` is no day, month or year."""
    condition, values = "r.local IS NOT NULL", list[Any]()
    if since is not None:
        condition += " AND r.local >= ?"
        values.append(_seconds(first_day(since)))
    if until is not None:
        condition += " AND r.local < ?"
        values.append(_seconds(day_after(until)))
    counts: dict[str, Counter[str]] = {}
    for label, source, count in vault.rows(
        "SELECT substr(date(r.local, 'unixepoch'), 1, ?) AS label, s.name, count(*) FROM record r"
        f" JOIN source s ON s.id=r.source WHERE {condition} GROUP BY label, s.name ORDER BY label, s.name",
        (_LENGTHS[by], *values),
    ):
        counts.setdefault(label, Counter())[source] += count
    return tuple(Period(label, sources.total(), dict(sources)) for label, sources in counts.items())


def records_of_day(vault: Vault, day: str, limit: int) -> list[Stored]:
    """The first `limit` records of a day, in the order of their clocks."""
    low, high = _seconds(first_day(day)), _seconds(day_after(day))
    sql = "SELECT n FROM record WHERE local >= ? AND local < ? ORDER BY local, n LIMIT ?"
    return list(vault.get(n for (n,) in vault.rows(sql, (low, high, limit))).values())


def _seconds(day: date) -> int:
    return local_seconds(datetime.combine(day, datetime.min.time()))
