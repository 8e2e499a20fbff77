"""What an API key may see: some sources, kinds and days. Everything that is read through it sees nothing else.

Tables of the vault are shadowed by temporary views of the same names on the reader's own connection, and queries of
the index are narrowed, so that no route has to think of it. A table that is not named here is empty. People have the
names by which the records within the limits call them, or the owner does: not those of an address book that is not
to be seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

import tantivy

from darak.memory.filter import Filter
from darak.memory.volume import Volume
from darak.records.people import handle_space
from darak.records.record import nfc
from darak.records.time import local_seconds
from darak.records.vault import Vault

SAMPLE = "sample"
"""The kind that stands for measured numbers in the limits of a key."""
_EACH = "EXISTS (SELECT 1 FROM record r WHERE r.n={table}.n)"
_VIEWS = {
    **dict.fromkeys(("record_person", "version", "origin", "record_blob", "journal"), _EACH),
    "thread": "EXISTS (SELECT 1 FROM record r WHERE r.thread=thread.id)",
    "identity": "is_seen(id)",
    "person": "shown_name(id) IS NOT NULL",
    "blob": "EXISTS (SELECT 1 FROM record_blob b WHERE b.hash=blob.hash)",
    "file": "1",
    "setting": "key='zone'",
}


_COLUMNS = {
    "identity": "id, space, handle, seen_name(id) AS name, person",
    "person": "id, CASE WHEN named THEN name ELSE shown_name(id) END AS name, named",
}
"""What is told of a row where it is not all of it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Only these sources and kinds (all when None) on days from `since` to before `until`."""

    sources: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None
    since: date | None = None
    until: date | None = None

    @property
    def filter(self) -> Filter:
        return Filter(self.since, self.until, self.sources or (), self.kinds or ())


UNLIMITED = Limits()


@dataclass(frozen=True, slots=True)
class SeenPeople:
    """By the numbers of the identities that take part in a record within the limits, the names that the first such
    record gives them; and by those of the people behind them, the names that these show."""

    names: dict[int, str | None]
    shown: dict[int, str]


def seen_people(vault: Vault) -> SeenPeople:
    """Who is seen in a limited vault."""
    known = {n: tuple(row) for n, *row in vault.rows("SELECT id, space, handle, person FROM main.identity ORDER BY id")}
    firsts: dict[int, set[int]] = {}
    for identity, n in vault.rows("SELECT identity, min(n) FROM record_person GROUP BY identity"):
        firsts.setdefault(n, set()).add(identity)
    names: dict[int, str | None] = {}
    for n, stored in vault.get(firsts).items():
        record = stored.record
        called = {
            handle_space(record.source, nfc(one.handle)): one.name for one in (record.author, *record.people) if one
        }
        names.update({identity: called.get(known[identity][:2]) for identity in firsts[n]})
    shown: dict[int, str] = {}
    for identity in sorted(names):
        _, handle, person = known[identity]
        shown.setdefault(person, names[identity] or handle)
    return SeenPeople(names, shown)


def limit_vault(vault: Vault, limits: Limits, people: Callable[[], SeenPeople]) -> None:
    """Makes a reader's connection see only what the limits allow. `people` are those of the vault so limited."""
    db = vault.db

    def is_seen(identity: int) -> bool:
        return identity in people().names

    def seen_name(identity: int) -> str | None:
        return people().names.get(identity)

    def shown_name(person: int) -> str | None:
        return people().shown.get(person)

    for function in (is_seen, seen_name, shown_name):
        db.create_scalar_function(function.__name__, cast(Any, function), 1)
    db.execute("PRAGMA query_only=OFF")
    names = "1" if limits.sources is None else f"name IN ({_quoted(limits.sources)})"
    of_source = f"source IN (SELECT id FROM main.source WHERE {names})"
    kinds = "1" if limits.kinds is None else f"kind IN ({_quoted(limits.kinds)})"
    samples = of_source if limits.kinds is None or SAMPLE in limits.kinds else "0"
    views = _VIEWS | {
        "record": f"{of_source} AND {kinds} AND {_within('local', limits)}",
        "source": names,
        "series": samples,
        "sample": f"series IN (SELECT id FROM series) AND {_within('start/1000 + offset', limits)}",
    }
    tables = [row[0] for row in db.execute("SELECT name FROM main.sqlite_schema WHERE type='table'")]
    for table in tables:
        condition = views.get(table, "0").format(table=table)
        columns = _COLUMNS.get(table, "*")
        db.execute(f"CREATE TEMP VIEW {table} AS SELECT {columns} FROM main.{table} WHERE {condition}")
    db.execute("PRAGMA query_only=ON")


def limited_volume(volume: Volume, limits: Limits) -> Volume:
    """A volume of which only the records within the limits are found."""
    return cast(Volume, _LimitedVolume(volume, limits.filter))


class _LimitedVolume:
    """The part of a volume that searching asks for."""

    def __init__(self, volume: Volume, filter: Filter) -> None:
        self.schema = volume.schema
        self.searcher = _LimitedSearcher(volume.searcher, volume.schema, filter.queries(volume.schema))


class _LimitedSearcher:
    """A searcher that adds a condition to each query, which changes no score."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema, allowed: Sequence[tantivy.Query]) -> None:
        self._searcher, self._schema = searcher, schema
        self._allowed = [(tantivy.Occur.Must, tantivy.Query.const_score_query(part, 0.0)) for part in allowed]
        self.fast_field_values = searcher.fast_field_values
        everything = self.search(tantivy.Query.all_query(), 1, count=True)
        self.num_docs = int(getattr(everything, "count", 0))

    def search(self, query: tantivy.Query, limit: int = 10, **options: Any) -> tantivy.SearchResult:
        narrowed = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *self._allowed])
        return self._searcher.search(narrowed, limit, **options)

    def doc_freq(self, field: str, term: str) -> int:
        """In how many of the documents that may be found the term stands: how rare it is elsewhere is not told."""
        if not self._searcher.doc_freq(field, term):
            return 0
        query = tantivy.Query.term_query(self._schema, field, term, index_option="basic")
        return int(getattr(self.search(query, 1, count=True), "count", 0))


def _quoted(names: Sequence[str]) -> str:
    return ",".join("'" + name.replace("'", "''") + "'" for name in names)


def _within(clock: str, limits: Limits) -> str:
    parts = [
        f"{clock} {sign} {local_seconds(datetime.combine(day, datetime.min.time()))}"
        for sign, day in ((">=", limits.since), ("<", limits.until))
        if day is not None
    ]
    return " AND ".join(parts) or "1"
