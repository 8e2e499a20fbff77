"""Gathers the evidence for a question: days and scenes in which its words come together.

Every word of the question is looked up by itself (`Lookup.days`), so that words which are said in several
messages of one talk, or in a talk and the calendar of one day, still count together. What a record supports of
the question is the weighted share of its words: those it holds itself count fully, those of its scene (the same
thread within hours) nearly, those of other scenes of the day that share a word with it half. A rare word weighs
more than a common one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from math import log

from darak.answers.evidence.scenes import Day
from darak.answers.evidence.support import Gathered, Postings, Weighed, coverage
from darak.answers.plan import Form, Person, Plan, Role, Terms, Want
from darak.memory.filter import NO_FILTER, Filter
from darak.memory.lookup import Glance, Lookup

_PERSON = 1.1
_ROLE: dict[Role, float] = {
    "thing": 1.0, "number": 0.8, "deed": 0.9, "narrow": 0.6, "trait": 0.45, "act": 0.55, "vague": 0.2, "hint": 0.35
}  # fmt: skip
_NEED: dict[Role, float] = {
    "thing": 1.0, "number": 0.8, "deed": 0.9, "act": 0.55, "narrow": 0.35, "trait": 0.15, "vague": 0.05, "hint": 0.0
}  # fmt: skip
"""What a word weighs when it is judged whether a record answers; `_ROLE` is what it weighs in finding the best one."""
_BY_KIND = 0.9
_IN_ROOM = 0.25
"""Strength of a word that names the chat room: it may or may not be said in the message (`judge` reads that)."""
_RARE = 0.77
"""The rarity from which a word that narrows another is needed itself: one record in a thousand."""
_COMMON = 20_000
"""A word in more records than this is only looked up on the days that the rarer words named."""


class _Reading:
    """Looks words up under one filter, and remembers the day of every record met."""

    def __init__(self, lookup: Lookup, filter: Filter) -> None:
        self._lookup = lookup
        self._filter = filter
        self.days: dict[int, int | None] = {}

    def words(self, plan: Plan) -> tuple[Weighed, ...]:
        """Every word and person of the plan, the rarest word looked up first."""
        everywhere = [self._lookup.count([form.terms for form in want.forms]) for want in plan.wants]
        order = sorted(range(len(plan.wants)), key=lambda index: everywhere[index])
        found: dict[int, Postings] = {}
        for index in order:
            met = {day for day in self.days.values() if day is not None}
            within = met if everywhere[index] > _COMMON and met else None
            found[index] = self._postings(plan.wants[index].forms, within)
        size = self._lookup.size
        words = [_weighed(want, found[index], everywhere[index], size, plan) for index, want in enumerate(plan.wants)]
        return (*words, *(self._person(person) for person in plan.people))

    def _person(self, person: Person) -> Weighed:
        postings = self._postings(person.forms, None)
        if person.identities:
            found = self._lookup.filtered(replace(self._filter, identities=tuple(sorted(person.identities))))
            self.days.update(found)
            postings.update(dict.fromkeys(found, 1.0))
        weight = _PERSON * max(0.6, _rarity(len(postings), self._lookup.size))
        return Weighed(person, weight, postings, len(postings), True, weight)

    def _postings(self, forms: Sequence[Form], within: set[int] | None) -> Postings:
        by_strength: dict[float, list[Terms]] = defaultdict(list)
        for form in forms:
            by_strength[form.strength].append(form.terms)
        rooms = self._lookup.rooms([form.terms for form in forms])
        postings: Postings = {}
        if rooms:
            inside = replace(self._filter, threads=tuple(rooms))
            found = self._lookup.days([form.terms for form in forms], inside, within=within)
            self.days.update(found)
            postings.update(dict.fromkeys(found, _IN_ROOM))
        for strength in sorted(by_strength):
            found = self._lookup.days(by_strength[strength], self._filter, within=within, without=rooms)
            self.days.update(found)
            postings.update(dict.fromkeys(found, strength))
        return postings


def _weighed(want: Want, postings: Postings, frequency: int, size: int, plan: Plan) -> Weighed:
    """A word with its weights. A noun that narrows another is needed like any when it is rare: an (Istanbul) trip."""
    rarity = _rarity(frequency, size)
    role: Role = "thing" if want.role == "narrow" and rarity >= _RARE else want.role
    return Weighed(want, _ROLE[role] * rarity, postings, frequency, role in _required(plan), _NEED[role] * rarity)


def _required(plan: Plan) -> frozenset[Role]:
    """Nouns, numbers and people must be there; a verb may be said otherwise, unless it is all there is to go by."""
    if any(want.role in ("thing", "number") for want in plan.wants):
        return frozenset(("thing", "number"))
    return frozenset(("act", "deed", "narrow"))


def _rarity(frequency: int, size: int) -> float:
    """From about 0.3 for a word of every record to 1 for one of a single record or none."""
    if size <= 1:
        return 1.0
    return 0.3 + 0.7 * log((size + 1) / (frequency + 1)) / log(size + 1)


def gather(lookup: Lookup, plan: Plan, filter: Filter = NO_FILTER, *, days: int = 60) -> Gathered:
    """The records of the `days` days (and undated records) that hold most of the question, best first."""
    reading = _Reading(lookup, filter)
    words = reading.words(plan)
    total = sum(word.weight for word in words if not word.hint)
    if not total:
        return Gathered(words, (), 0)
    by_day: dict[int, list[float]] = {}
    for index, word in enumerate(words):
        for n, strength in word.postings.items():
            best = by_day.setdefault(_key(n, reading.days[n]), [0.0] * len(words))
            best[index] = max(best[index], strength)
    kept = set(sorted(by_day, key=lambda day: -coverage(by_day[day], words))[:days])
    by_n: dict[int, list[float]] = {}
    for index, word in enumerate(words):
        for n, strength in word.postings.items():
            if _key(n, reading.days[n]) in kept:
                by_n.setdefault(n, [0.0] * len(words))[index] = strength
    on_day: dict[int, list[Glance]] = defaultdict(list)
    for n, glance in lookup.glances(by_n).items():
        on_day[_key(n, glance.day)].append(glance)
        for index, word in enumerate(words):
            if isinstance(word.want, Want) and glance.kind in word.want.kinds:
                by_n[n][index] = max(by_n[n][index], _BY_KIND)
    couples = lookup.couples({glance.thread for glances in on_day.values() for glance in glances if glance.thread})
    supports = [one for glances in on_day.values() for one in Day(glances, by_n, words, couples).supports()]
    supports.sort(key=lambda support: (-support.rank, support.glance.n))
    return Gathered(words, tuple(supports), len(by_day))


def _key(n: int, day: int | None) -> int:
    """A day, or a number of its own for a record without one."""
    return -(1 << 40) - n if day is None else day
