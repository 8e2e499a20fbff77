"""Search: from a query to ranked hits with their context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from darak.language.query import Term, analyse
from darak.language.tokens import phrase_terms
from darak.memory.filter import NO_FILTER, Filter
from darak.memory.memory import Memory
from darak.memory.ranking import WEIGHTS, Candidate, Weights, rank
from darak.memory.retrieval import Found, Retrieval
from darak.memory.windows import Framed, framed
from darak.records.record import Record
from darak.records.vault import Stored

_CANDIDATES = 80
_SHORT = 2
"""A query of fewer words says exactly what it wants; the rest of the days it finds is not looked at."""
_OUTSIDE = 0.05

Ranked = list[tuple[int, float]]
"""Numbers of records with their scores, best first."""


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
    memory: Memory,
    query: str,
    *,
    now: datetime,
    filter: Filter = NO_FILTER,
    k: int = 10,
    context: int = 0,
    weights: Weights = WEIGHTS,
) -> list[Hit]:
    """The `k` best records for a query, best first, with up to `context` neighbours on each side.

    Dates in the query, resolved against `now`, say where in time to look. Scores order the hits of one search and
    are not to be compared between searches.
    """
    asked = framed(query, now)
    terms = analyse(asked.rest) or ([] if asked.windows else _literal(query))
    retrieval = Retrieval(memory, terms, filter)
    only_dates = asked.strict and all(term.weight == "light" for term in terms)
    if only_dates or not retrieval.words:
        return _hits(memory, [(n, 0.0) for n in retrieval.latest(asked.windows, k)], context)
    limit = max(_CANDIDATES, k)
    found = retrieval.find(limit, asked.windows if asked.strict else ())
    if asked.windows and not asked.strict:
        found |= retrieval.find(limit, asked.windows)
    best = sorted(found, key=lambda n: (-found[n].own * asked.weight(found[n].second), n))[:limit]
    days = asked.days() if asked.strict else []
    if len(retrieval.words) >= _SHORT:
        first = rank([_candidate(n, found[n], asked) for n in best], (), weights)
        days += _best_days(first, found)
    found = retrieval.complete({n: found[n] for n in best}, days[: weights.days])
    ranked = _rank(retrieval, found, asked, weights)
    if asked.strict and len(ranked) < k:
        known = {n for n, _ in ranked}
        ranked += [(n, f.own * _OUTSIDE) for n, f in retrieval.find(k).items() if n not in known]
    return _hits(memory, ranked[:k], context)


def _literal(query: str) -> list[Term]:
    """The words of a query that has only words of little meaning, such as `The Who`."""
    phrases = dict.fromkeys(phrase for word in query.split() if (phrase := phrase_terms(word)))
    return [Term(" ".join(phrase), (0, 0), (phrase,), (), "content", "other", "word") for phrase in phrases]


def _candidate(n: int, found: Found, asked: Framed, says: int = 0) -> Candidate:
    return Candidate(n, found.second, found.own, asked.weight(found.second), says)


def _rank(retrieval: Retrieval, found: Mapping[int, Found], asked: Framed, weights: Weights) -> Ranked:
    said = retrieval.says(found)
    candidates = [_candidate(n, f, asked, said.get(n, 0)) for n, f in found.items()]
    return rank(candidates, [word.rarity for word in retrieval.words], weights)


def _best_days(ranked: Ranked, found: Mapping[int, Found]) -> list[int]:
    seconds = (found[n].second for n, _ in ranked)
    days = dict.fromkeys(second // 86400 for second in seconds if second is not None)
    return list(days)


def _hits(memory: Memory, ranked: Sequence[tuple[int, float]], context: int) -> list[Hit]:
    stored = memory.vault.get(n for n, _ in ranked)
    hits: list[Hit] = []
    for n, score in ranked:
        if n not in stored:
            continue
        before, after = memory.vault.neighbours(n, context, context) if context else ([], [])
        hits.append(Hit(n, stored[n].id, stored[n].record, score, tuple(before), tuple(after)))
    return hits
