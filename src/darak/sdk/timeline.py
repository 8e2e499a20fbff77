"""A life by years, months and days, counted in the vault."""

from __future__ import annotations

from datetime import date, datetime

from darak.memory.named import day_after, first_day
from darak.records.time import local_seconds
from darak.records.vault import Stored, Vault
from darak.sdk.life import Unit
from darak.sdk.results import Period

_LENGTHS: dict[Unit, int] = {"year": 4, "month": 7, "day": 10}
"""How much of an ISO day names the unit."""


_RECORDS = "SELECT s.name, {label}, count(*) FROM record r JOIN source s ON s.id=r.source WHERE {within} GROUP BY 1, 2"
_SAMPLES = (
    "SELECT s.name, {label}, count(*) FROM sample m JOIN series r ON r.id=m.series JOIN source s ON s.id=r.source"
    " WHERE {within} GROUP BY 1, 2"
)


def periods(vault: Vault, by: Unit, since: str | None, until: str | None) -> tuple[Period, ...]:
    """Counts by unit and source; UnknownName when `since` or `until` is no day, month or year."""
    low = None if since is None else _seconds(first_day(since))
    high = None if until is None else _seconds(day_after(until))
    found: dict[str, tuple[dict[str, int], dict[str, int]]] = {}
    for place, (sql, clock) in enumerate(((_RECORDS, "r.local"), (_SAMPLES, "(m.start/1000 + m.offset)"))):
        label = f"substr(date({clock}, 'unixepoch'), 1, {_LENGTHS[by]})"
        within = f"{clock} IS NOT NULL AND (?1 IS NULL OR {clock} >= ?1) AND (?2 IS NULL OR {clock} < ?2)"
        for source, period, count in vault.rows(sql.format(label=label, within=within), (low, high)):
            found.setdefault(period, ({}, {}))[place][source] = count
    return tuple(Period.of(period, *found[period]) for period in sorted(found))


def records_of_day(vault: Vault, day: str, limit: int) -> list[Stored]:
    """The first `limit` records of a day, in the order they happened."""
    low, high = _seconds(first_day(day)), _seconds(day_after(day))
    sql = "SELECT n FROM record WHERE local >= ? AND local < ? ORDER BY local, utc, n LIMIT ?"
    return list(vault.get(n for (n,) in vault.rows(sql, (low, high, limit))).values())


def _seconds(day: date) -> int:
    return local_seconds(datetime.combine(day, datetime.min.time()))
