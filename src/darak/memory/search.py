"""Search: from a query to ranked hits with their context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import tantivy

from darak.language.tokens import phrase_terms
from darak.memory.filter import NO_FILTER, Filter
from darak.memory.memory import Memory
from darak.memory.volume import TEXT_FIELDS, Volume
from darak.records.record import Record
from darak.records.vault import Stored

_WEIGHTS = {"text": 1.0, "title": 1.0, "people": 0.6, "place": 0.6}


@dataclass(frozen=True, slots=True)
class Hit:
    """A found record; `before` and `after` are its neighbours in the thread, in the order they happened."""

    n: int
    id: str
    record: Record
    score: float
    before: tuple[Stored, ...] = field(default=())
    after: tuple[Stored, ...] = field(default=())


def search(
    memory: Memory, query: str, *, now: datetime, filter: Filter = NO_FILTER, k: int = 10, context: int = 0
) -> list[Hit]:
    """The `k` best records for a query, best first, with up to `context` neighbours on each side."""
    scored: list[tuple[Any, Any]] = []
    for volume in memory.volumes.values():
        built = _query(volume, query, filter)
        result = volume.searcher.search(built, k, count=False)
        addresses = [address for _, address in result.hits]
        ns = volume.searcher.fast_field_values("n", addresses)
        scored += [(score, n) for (score, _), n in zip(result.hits, ns, strict=True)]
    scored.sort(key=lambda pair: (-pair[0], pair[1]))
    return _hits(memory, scored[:k], context)


def _hits(memory: Memory, scored: Sequence[tuple[float, int]], context: int) -> list[Hit]:
    stored = memory.vault.get(n for _, n in scored)
    hits: list[Hit] = []
    for score, n in scored:
        if n not in stored:
            continue
        before, after = memory.vault.neighbours(n, context, context) if context else ([], [])
        hits.append(Hit(n, stored[n].id, stored[n].record, score, tuple(before), tuple(after)))
    return hits


def _query(volume: Volume, text: str, filter: Filter) -> tantivy.Query:
    should: list[tuple[tantivy.Occur, tantivy.Query]] = []
    for word in text.split():
        terms = phrase_terms(word)
        for name in TEXT_FIELDS:
            if len(terms) == 1:
                part = tantivy.Query.term_query(volume.schema, name, terms[0])
            elif terms:
                part = tantivy.Query.phrase_query(volume.schema, name, list(terms))
            else:
                continue
            should.append((tantivy.Occur.Should, tantivy.Query.boost_query(part, _WEIGHTS[name])))
    words = tantivy.Query.boolean_query(should) if should else tantivy.Query.all_query()
    filters = [(tantivy.Occur.Must, tantivy.Query.const_score_query(q, 0.0)) for q in filter.queries(volume.schema)]
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, words), *filters])
