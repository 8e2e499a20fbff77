"""How found records are ordered: own words first, then what their neighbours in time have in common with the query.

What one wants to remember is seldom one record. A dinner is a calendar entry, three messages, a payment and a photo
within hours of each other, and the question's words are spread over them. So a record may *borrow* a word of the
query from a neighbour in time, at a discount that grows with the hours between them; and records that fit well *vote*
for what lies near them. All functions here are pure; times are seconds, candidates are ordered by time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp

from msgspec import Struct

_HOUR = 3600.0
_MOST_VOTES = 8.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What each signal counts for, next to 1 for the record whose own words fit best.

    All found on LifeBench (docs/benchmarks.md). The figures are on a plateau: each can be halved or doubled for less
    than 0.01 of frac@10.
    """

    contrast: float = 1.4
    """The power to which the fit of a record's own words is raised, so that the best stand out."""
    borrowed: float = 0.5
    """Words of the query that a record or its neighbours say."""
    borrow_hours: float = 2.0
    votes: float = 0.1
    """Fitting records nearby."""
    vote_hours: float = 8.0
    days: int = 3
    """How many of the best days are looked at whole, also their records that say no word of the query."""
    complete: float = 1.5
    """Saying every word of the query itself, so that an exact search has its record first."""


WEIGHTS = Weights()


class Candidate(Struct, frozen=True, gc=False):
    """A record that may be an answer.

    `second` is its wall clock since 1970; `own` how well its words fit (BM25; 0 when it says none), `fit` how well
    its day fits, from 0 to 1; `says` has bit i set when it says word i of the query.
    """

    n: int
    second: int | None
    own: float
    fit: float
    says: int


def rank(
    candidates: Sequence[Candidate], rarity: Sequence[float], weights: Weights = WEIGHTS
) -> list[tuple[int, float]]:
    """The candidates' numbers and scores, best first; those whose day does not fit are left out.

    `rarity` is the weight (idf) of each word of the query.
    """
    fitting = (c for c in candidates if c.fit > 0)
    ordered = sorted(fitting, key=lambda c: (c.second is None, c.second or 0, c.n))
    if not ordered:
        return []
    own = [c.own * c.fit for c in ordered]
    best = max(own) or 1.0
    own = [score / best for score in own]
    heard = borrowed(ordered, rarity, weights.borrow_hours) if weights.borrowed and rarity else [0.0] * len(own)
    voted = votes(ordered, own, weights.vote_hours) if weights.votes else [0.0] * len(own)
    every = (1 << len(rarity)) - 1
    scores = [
        score**weights.contrast
        + weights.borrowed * around
        + weights.votes * min(near, _MOST_VOTES) * c.fit
        + weights.complete * c.fit * (c.says & every == every)
        for c, score, around, near in zip(ordered, own, heard, voted, strict=True)
    ]
    ranked = sorted(zip(ordered, scores, strict=True), key=lambda pair: (-pair[1], pair[0].n))
    return [(c.n, score) for c, score in ranked]


def borrowed(ordered: Sequence[Candidate], rarity: Sequence[float], hours: float) -> list[float]:
    """For each candidate the share of the query, from 0 to 1, that it or its neighbours say.

    A word counts by its rarity times exp(-distance / hours) to the nearest candidate in time that says it.
    """
    keep = _decay(ordered, hours)
    back = [0.0, *keep[:0:-1]]
    heard = [0.0] * len(ordered)
    for bit, weight in enumerate(rarity):
        mask = 1 << bit
        said = [c.fit if c.says & mask else 0.0 for c in ordered]
        if any(said):
            before, after = _strongest(said, keep), _strongest(said[::-1], back)[::-1]
            heard = [
                sum_ + weight * (earlier if earlier > later else later)
                for sum_, earlier, later in zip(heard, before, after, strict=True)
            ]
    most = max(heard, default=0.0)
    return [value / most for value in heard] if most else heard


def votes(ordered: Sequence[Candidate], scores: Sequence[float], hours: float) -> list[float]:
    """For each candidate the sum of the others' scores, each times exp(-distance / hours)."""
    keep = _decay(ordered, hours)
    before = _sums(scores, keep)
    after = _sums(scores[::-1], [0.0, *keep[:0:-1]])[::-1]
    return [earlier + later for earlier, later in zip(before, after, strict=True)]


def _decay(ordered: Sequence[Candidate], hours: float) -> list[float]:
    """What is left of something from each candidate's predecessor; nothing where a time is unknown."""
    keep = [0.0]
    for earlier, later in pairwise(ordered):
        if earlier.second is None or later.second is None:
            keep.append(0.0)
        else:
            keep.append(exp((earlier.second - later.second) / (hours * _HOUR)))
    return keep


def _strongest(values: Sequence[float], keep: Sequence[float]) -> list[float]:
    """The running maximum that fades."""
    carried, out = 0.0, list[float]()
    for value, left in zip(values, keep, strict=True):
        carried *= left
        if value > carried:
            carried = value
        out.append(carried)
    return out


def _sums(values: Sequence[float], keep: Sequence[float]) -> list[float]:
    """The running sum that fades, without the value itself."""
    carried, previous, out = 0.0, 0.0, list[float]()
    for value, left in zip(values, keep, strict=True):
        carried = (carried + previous) * left
        out.append(carried)
        previous = value
    return out
