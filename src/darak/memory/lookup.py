"""Exact look-ups in the memory's index: which records hold a term, when, and how rare it is. Nothing is ranked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import cast

import tantivy

from darak.language.tokens import index_terms
from darak.memory.filter import NO_FILTER, Filter
from darak.memory.memory import Memory
from darak.memory.volume import TEXT_FIELDS, Volume
from darak.records.vault import Stored

Terms = tuple[str, ...]
_MOST = 50_000
_ROOM = 20
"""A thread of more records than this is a room, whose name stands in each of its records."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What a record is before it is read. `day` counts from 1970, `second` on the record's own clock; None unknown."""

    n: int
    kind: str
    thread: int | None
    author: int | None
    second: int | None

    @property
    def day(self) -> int | None:
        return None if self.second is None else self.second // 86400


class Lookup:
    """Look-ups in one open memory. A word is given as its alternatives, each of them terms in a row."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self.size = sum(volume.searcher.num_docs for volume in memory.volumes.values())
        self._rooms: list[tuple[int, list[str]]] | None = None
        self._authors: dict[int, int] = {}

    def count(self, alternatives: Sequence[Terms], filter: Filter = NO_FILTER) -> int:
        """How many records hold at least one of the alternatives."""
        found = 0
        for volume in self._memory.volumes.values():
            query = _query(volume, alternatives, filter)
            # The type stubs of Tantivy leave the count out.
            found += int(getattr(volume.searcher.search(query, 1, count=True), "count", 0))
        return found

    def days(
        self,
        alternatives: Sequence[Terms],
        filter: Filter = NO_FILTER,
        *,
        within: Collection[int] | None = None,
        without: Collection[int] = (),
    ) -> dict[int, int | None]:
        """The records that hold one of the alternatives, each with its day; `within` keeps to these days, and
        records of the threads `without` are left out.

        At most 50,000 records of each volume are given, so that a word of every record costs no more.
        """
        found: dict[int, int | None] = {}
        for volume in self._memory.volumes.values():
            query = _query(volume, alternatives, filter, within, without)
            result = volume.searcher.search(query, _MOST, count=False)
            found.update(_days(volume, [address for _, address in result.hits]))
        return found

    def spelt_like(self, term: str, off: int, most: int) -> list[int]:
        """Up to `most` records with a term that is at most `off` letters (1 or 2) from this one."""
        found: list[int] = []
        for volume in self._memory.volumes.values():
            for field in TEXT_FIELDS:
                query = tantivy.Query.fuzzy_term_query(volume.schema, field, term, distance=off)
                hits = volume.searcher.search(query, most, count=False).hits
                found += _days(volume, [address for _, address in hits])
        return found[:most]

    def rooms(self, alternatives: Sequence[Terms]) -> list[int]:
        """The long threads whose name holds one of the alternatives: all their records do, whatever they say."""
        if self._rooms is None:
            rows = self._memory.vault.rows(
                "SELECT t.id, t.name FROM thread t JOIN (SELECT thread FROM record WHERE thread IS NOT NULL"
                " GROUP BY thread HAVING count(*) > ?) r ON r.thread=t.id",
                (_ROOM,),
            )
            self._rooms = [(number, index_terms(name)) for number, name in rows]
        return [number for number, name in self._rooms if any(in_a_row(terms, name) for terms in alternatives)]

    def couples(self, threads: Collection[int]) -> set[int]:
        """Those of the threads in which no more than two people write."""
        unknown = sorted(set(threads) - self._authors.keys())
        for start in range(0, len(unknown), 500):
            some = unknown[start : start + 500]
            marks = ",".join("?" * len(some))
            rows = self._memory.vault.rows(
                f"SELECT thread, count(DISTINCT author) FROM record WHERE thread IN ({marks}) GROUP BY thread", some
            )
            self._authors.update(dict(rows))
        return {thread for thread in threads if self._authors.get(thread, 0) <= 2}

    def filtered(self, filter: Filter) -> dict[int, int | None]:
        """All records that fit a filter, each with its day."""
        found: dict[int, int | None] = {}
        for volume in self._memory.volumes.values():
            parts = filter.queries(volume.schema) or [tantivy.Query.all_query()]
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])
            result = volume.searcher.search(query, max(1, volume.searcher.num_docs), count=False)
            found.update(_days(volume, [address for _, address in result.hits]))
        return found

    def glances(self, ns: Collection[int]) -> dict[int, Glance]:
        """The records' kinds, threads, authors and times, by number."""
        found: dict[int, Glance] = {}
        ordered = sorted(ns)
        for start in range(0, len(ordered), 500):
            some = ordered[start : start + 500]
            marks = ",".join("?" * len(some))
            rows = self._memory.vault.rows(
                f"SELECT n, kind, thread, author, local FROM record WHERE n IN ({marks})", some
            )
            found.update((row[0], Glance(*row)) for row in rows)
        return found

    def get(self, ns: Iterable[int]) -> dict[int, Stored]:
        """The records themselves, by number."""
        return self._memory.vault.get(ns)

    def real(self, n: int) -> int:
        """The number in the vault of a record that a look-up gave."""
        return n

    def told(self, stored: Stored) -> Stored:
        """A record that a look-up gave, as it is to be cited."""
        return stored


def _days(volume: Volume, addresses: list[tantivy.DocAddress]) -> dict[int, int | None]:
    if not addresses:
        return {}
    ns = volume.searcher.fast_field_values("n", addresses)
    days = volume.searcher.fast_field_values("day", addresses)
    return cast("dict[int, int | None]", dict(zip(ns, days, strict=True)))


def _query(
    volume: Volume,
    alternatives: Sequence[Terms],
    filter: Filter,
    within: Collection[int] | None = None,
    without: Collection[int] = (),
) -> tantivy.Query:
    said = [
        (tantivy.Occur.Should, _term(volume, field, terms)) for terms in alternatives if terms for field in TEXT_FIELDS
    ]
    if not said:
        return tantivy.Query.empty_query()
    parts = [tantivy.Query.boolean_query(said), *filter.queries(volume.schema)]
    if within is not None:
        parts.append(tantivy.Query.term_set_query(volume.schema, "day", sorted(within)))
    clauses = [(tantivy.Occur.Must, part) for part in parts]
    if without:
        clauses.append((tantivy.Occur.MustNot, tantivy.Query.term_set_query(volume.schema, "thread", sorted(without))))
    return tantivy.Query.const_score_query(tantivy.Query.boolean_query(clauses), 1.0)


def _term(volume: Volume, field: str, terms: Terms) -> tantivy.Query:
    if len(terms) == 1:
        return tantivy.Query.term_query(volume.schema, field, terms[0], index_option="basic")
    return tantivy.Query.phrase_query(volume.schema, field, list(terms), slop=slack(terms))


def slack(terms: Terms) -> int:
    """Words that may stand between the terms: one between two English words (pay you back), none in Korean."""
    return 1 if len(terms) == 2 and all(term.isascii() and term.isalpha() for term in terms) else 0


def in_a_row(wanted: Terms, terms: Sequence[str]) -> bool:
    """Whether the wanted terms stand in a row, with the slack that a look-up gives them."""
    if len(wanted) == 1:
        return wanted[0] in terms
    step = slack(wanted)
    for at, term in enumerate(terms):
        near = step and wanted[1] in terms[at + 1 : at + 2 + step]
        if term == wanted[0] and (near or tuple(terms[at : at + len(wanted)]) == wanted):
            return True
    return False
