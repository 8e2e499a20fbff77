"""Which records are meant, as a person says it: names of people, threads and sources; days, months or years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from darak.memory.filter import Filter
from darak.memory.people import find_identities, find_threads
from darak.records.vault import Vault


class UnknownName(Exception):
    """Something was named that is not in this memory, or that is no day; the message says which."""


def named_filter(
    vault: Vault,
    *,
    since: str | None = None,
    until: str | None = None,
    sources: Sequence[str] = (),
    kinds: Sequence[str] = (),
    people: Sequence[str] = (),
    threads: Sequence[str] = (),
    exact: bool = False,
) -> Filter:
    """The filter for what is named; `until` is a day, month or year that is included. With `exact`, people only by
    their whole name or handle.

    UnknownName for a day that is none, a source there is not, or a name nobody has.
    """
    identities = numbers = None
    if people:
        identities = tuple(i for name in people for i in find_identities(vault, name, exact=exact))
        if not identities:
            raise UnknownName(f"nobody called {', '.join(people)} is in this memory")
    if threads:
        numbers = tuple(t for name in threads for t in find_threads(vault, name))
        if not numbers:
            raise UnknownName(f"there is no thread called {', '.join(threads)}")
    first = None if since is None else first_day(since)
    end = None if until is None else day_after(until)
    if first is not None and end is not None and first >= end:
        raise UnknownName(f"{since} is after {until}")
    found = tuple(_source(vault, name) for name in sources)
    return Filter(first, end, found, tuple(kinds), identities, numbers)


def first_day(text: str) -> date:
    """The first day of "2025-03-04", "2025-03" or "2025"."""
    try:
        parts = [int(part) for part in text.split("-")]
        return date(*[*parts, 1, 1][:3]) if len(parts) < 3 else date(*parts)
    except (ValueError, TypeError, OverflowError) as error:
        raise UnknownName(f"{text!r} is no day; write 2025-03-04, 2025-03 or 2025") from error


def day_after(text: str) -> date:
    """The day after the last one of "2025-03-04", "2025-03" or "2025"."""
    day = first_day(text)
    try:
        if text.count("-") == 0:
            return date(day.year + 1, 1, 1)
        if text.count("-") == 1:
            return (day + timedelta(days=32)).replace(day=1)
        return day + timedelta(days=1)
    except (ValueError, OverflowError):
        return date.max


def _source(vault: Vault, name: str) -> str:
    # One of which nothing could be read is known by its importer.
    unread = "SELECT i.importer FROM import i JOIN bad_row b ON b.import=i.id"
    known = [source for (source,) in vault.rows(f"SELECT name FROM source UNION {unread} ORDER BY 1")]
    for source in known:
        if source.casefold() == name.casefold():
            return source
    raise UnknownName(f"there is no source {name!r}; this memory has {', '.join(known) or 'none yet'}")
