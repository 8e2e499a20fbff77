"""Who of a memory's people may be the same human, by the names under which they are displayed in different places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from darak.language.name_forms import given_names, korean_names, latin_forms, short_forms
from darak.memory.people import Known
from darak.records.vault import Vault

_SAME, _TITLED, _SPELT, _SHORT, _GIVEN, _CALLED = 0.9, 0.8, 0.7, 0.6, 0.5, 0.4
_REASONS = {
    _SAME: "the same name",
    _TITLED: "the same name with a title",
    _SPELT: "the same name in other letters",
    _SHORT: "the same name, for short",
    _GIVEN: "the given name of nobody else",
    _CALLED: "called the same",
}
Pair = tuple[int, int]
"""The numbers of two people, the lower first."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two people who may be one; `score` from 0 to 1."""

    one: Known
    other: Known
    score: float
    why: str


def propose(vault: Vault, people: Iterable[Known]) -> list[Proposal]:
    """Who may be the same human, surest first: by full names, then those who are only called by a given name.

    Not those whom the owner keeps apart, nor two who take part in the same record; nor, where only a given name speaks
    for it, two who write in the same chat.
    """
    by_number = {person.number: person for person in people}
    names = {number: _full_names(person) for number, person in by_number.items()}
    scores = _by_full_name(names)
    for pair in _surely_two(vault, by_number, scores):
        scores.pop(pair, None)
    called = list(_by_given_name(by_number, scores))
    pairs = {_pair(short, other): score for short, others, score in called for other in others}
    two = _surely_two(vault, by_number, pairs) | _in_one_chat(vault, by_number, pairs)
    for short, others, score in called:
        if not any(_pair(short, other) in two for other in others):
            scores.setdefault(_pair(short, others[0]), score)
    proposals = [Proposal(by_number[a], by_number[b], score, _REASONS[score]) for (a, b), score in scores.items()]
    return sorted(proposals, key=lambda p: (-p.score, -p.one.records - p.other.records, p.one.number))


def _full_names(person: Known) -> dict[str, float]:
    """Keys of the full names under which somebody is displayed, each with how sure it is."""
    keys: dict[str, float] = {}
    for display in person.names():
        address = "@" in display
        for name in () if address else korean_names(display):
            if not name.family:
                continue
            alone = "".join(display.split()) in (name.family + name.given, name.given + name.family)
            found = {name.family + name.given: _SAME if alone else _TITLED}
            found |= {"".join(spelt): _SPELT for spelt in name.spelt() if len(spelt) > 1}
            keys = found | keys
        sure = _SAME if len(display.split()) > 1 and not address else _SPELT
        found = {"".join(form): _SHORT for form in short_forms(display) if len(form) > 1}
        found |= {"".join(form): sure for form in latin_forms(display) if len(form) > 1}
        keys = found | keys
    return keys


def _by_full_name(names: Mapping[int, Mapping[str, float]]) -> dict[Pair, float]:
    bearers: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for number, keys in names.items():
        for key, score in keys.items():
            bearers[key][number] = score
    scores: dict[Pair, float] = {}
    for who in bearers.values():
        for pair in combinations(sorted(who), 2):
            score = min(who[pair[0]], who[pair[1]])
            if score == _SHORT and who[pair[0]] == who[pair[1]]:
                continue  # Michael and Mick are both Mike for short, and two names
            scores[pair] = max(scores.get(pair, 0.0), score)
    return scores


def _by_given_name(people: Mapping[int, Known], same: Collection[Pair]) -> Iterator[tuple[int, list[int], float]]:
    """Who is only called by a given name, all of the one human whom it may mean, those with most records first, and how
    sure it is. That human has the full name, or is called so elsewhere."""
    bearers: defaultdict[str, list[int]] = defaultdict(list)
    for number, person in sorted(people.items(), key=lambda item: (-item[1].records, item[0])):
        displays = (name for name in person.names() if "@" not in name and not any(char.isdigit() for char in name))
        for key in {key for display in displays for key in given_names(display)}:
            bearers[key].append(number)
    for who in bearers.values():
        full = [number for number in who if any(map(_has_family_name, people[number].names()))]
        short = [number for number in who if number not in full]
        if full and all(_linked(full[0], other, full, same) for other in full):
            yield from ((number, full, _GIVEN) for number in short)
        elif not full:
            yield from ((number, short[:1], _CALLED) for number in short[1:])


def _has_family_name(display: str) -> bool:
    """민수형 is no full name for sure: 형 may be what an elder brother is called."""
    korean = korean_names(display)
    return any(len(form) > 1 for form in latin_forms(display)) or (bool(korean) and all(name.family for name in korean))


def _linked(one: int, other: int, among: Collection[int], same: Collection[Pair]) -> bool:
    """Whether pairs lead from one to the other."""
    reached, ahead = {one}, [one]
    while ahead:
        at = ahead.pop()
        new = [n for n in among if n not in reached and _pair(at, n) in same]
        reached.update(new)
        ahead += new
    return other in reached


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _surely_two(vault: Vault, people: Mapping[int, Known], pairs: Iterable[Pair]) -> set[Pair]:
    """Which people of these pairs are two: kept apart by the owner, or taking part in the same record."""
    person_of = _identities(people, pairs)
    two = {
        _pair(person_of[one], person_of[other])
        for one, other in vault.rows("SELECT one, other FROM apart")
        if one in person_of and other in person_of
    }
    rows = vault.rows(
        f"SELECT n, identity FROM record_person WHERE identity IN ({','.join(map(str, person_of))}) ORDER BY n"
    )
    return two | _together((n, person_of[identity]) for n, identity in rows)


def _in_one_chat(vault: Vault, people: Mapping[int, Known], pairs: Iterable[Pair]) -> set[Pair]:
    """Which people of these pairs write in the same chat, where everybody has one name."""
    person_of = _identities(people, pairs)
    rows = vault.rows(
        "SELECT DISTINCT r.thread, p.identity FROM record_person p JOIN record r ON r.n=p.n JOIN identity i"
        f" ON i.id=p.identity WHERE p.identity IN ({','.join(map(str, person_of))})"
        " AND i.space != '' AND r.thread IS NOT NULL ORDER BY r.thread"
    )
    return _together((thread, person_of[identity]) for thread, identity in rows)


def _identities(people: Mapping[int, Known], pairs: Iterable[Pair]) -> dict[int, int]:
    """The identities of all people of these pairs, with their person."""
    return {handle.number: number for pair in pairs for number in pair for handle in people[number].handles}


def _together(rows: Iterable[tuple[int, int]]) -> set[Pair]:
    """All pairs of people who are in the same place; `rows` are sorted by place."""
    pairs: set[Pair] = set()
    current: int | None = None
    here: set[int] = set()
    for place, person in rows:
        if place != current:
            current, here = place, set()
        pairs.update(_pair(person, other) for other in here if other != person)
        here.add(person)
    return pairs
