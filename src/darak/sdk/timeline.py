"""A life by years, months and days, and the records of a day, as the SDK gives them."""

from __future__ import annotations

from darak.memory.timeline import Unit, amounts, by_day, one_day
from darak.records.vault import Stored, Vault
from darak.sdk.results import Period


def periods(vault: Vault, by: Unit, since: str | None, until: str | None) -> tuple[Period, ...]:
    """Counts by unit and source; UnknownName when `since` or `until` is no day, month or year."""
    return tuple(Period.of(one.period, one.records, one.samples) for one in amounts(by_day(vault), by, since, until))


def records_of_day(vault: Vault, day: str, limit: int) -> list[Stored]:
    """The first `limit` records of a day, in the order they happened."""
    return list(vault.get(one_day(vault, day, limit=limit).ns).values())
