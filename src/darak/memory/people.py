"""The people of a memory: finding them by name, listing them, and who may be the same human."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from darak.language.name_forms import korean_names, latin_forms
from darak.language.names import name_forms
from darak.records.record import MACHINE_ROLES, OWNER_ROLE, nfc
from darak.records.time import EPOCH
from darak.records.vault import Vault

_SAME, _TITLED, _SPELT, _GIVEN = 0.9, 0.8, 0.7, 0.4
_ROLE_HANDLES = ",".join(f"'{role}'" for role in (OWNER_ROLE, *MACHINE_ROLES))
HAS_ROLE = f"(i.name IS NULL AND i.handle IN ({_ROLE_HANDLES}))"
"""SQL of table `identity i`: it only tells who speaks in a talk with an AI, and is none of the owner's people."""
_REASONS = {_SAME: "the same name", _TITLED: "the same name with a title", _SPELT: "the same name in other letters"}


@dataclass(frozen=True, slots=True)
class Handle:
    """One identity: `source` is empty where the handle means the same human everywhere."""

    number: int
    source: str
    handle: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """A person of the memory; `records` they take part in, the last of them on day `last`."""

    number: int
    name: str
    named: bool
    handles: tuple[Handle, ...]
    records: int
    last: date | None

    def names(self) -> list[str]:
        """Every name and handle, the one that is shown first."""
        return list(dict.fromkeys([self.name, *(text for h in self.handles for text in (h.name, h.handle) if text)]))


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two people who may be one; `score` from 0 to 1."""

    one: Known
    other: Known
    score: float
    why: str


def find_identities(vault: Vault, name: str, *, exact: bool = False) -> list[int]:
    """Numbers of the identities of everyone who goes by this name; those of one person go together.

    Whoever has it as a handle or a displayed name comes alone. Only when there is nobody, and unless `exact`, everyone
    who may be called so does: by the given name, with a title, or in another spelling.
    """
    wanted = nfc(" ".join(name.split())).casefold()
    rows = vault.rows(
        "SELECT i.id, i.handle, i.name, p.id, p.name FROM identity i JOIN person p ON p.id=i.person"
        f" WHERE NOT {HAS_ROLE}"
    )
    found = {person for _, *names, person, shown in rows if wanted in {(n or "").casefold() for n in (*names, shown)}}
    if not found and not exact:
        found = {
            person
            for _, handle, display, person, shown in rows
            if any(wanted in name_forms(known) for known in (display or handle, shown))
        }
    return [number for number, _, _, person, _ in rows if person in found]


def find_threads(vault: Vault, name: str) -> list[int]:
    """Numbers of the threads with this name, in any source."""
    return [number for (number,) in vault.rows("SELECT id FROM thread WHERE name=?", (nfc(name),))]


def list_people(vault: Vault) -> list[Known]:
    """Everybody but the owner and the machines in talks with an AI, those with most records first."""
    sql = "SELECT p.identity, count(*), max(r.local) FROM record_person p JOIN record r ON r.n=p.n GROUP BY p.identity"
    seen = {identity: (count, local) for identity, count, local in vault.rows(sql)}
    handles: defaultdict[int, list[Handle]] = defaultdict(list)
    for number, space, handle, name, person in vault.rows(
        f"SELECT i.id, i.space, i.handle, i.name, i.person FROM identity i WHERE NOT {HAS_ROLE} ORDER BY i.id"
    ):
        handles[person].append(Handle(number, space, handle, name))
    people: list[Known] = []
    for number, name, named in vault.rows("SELECT id, name, named FROM person"):
        if number not in handles:
            continue
        of = [seen[h.number] for h in handles[number] if h.number in seen]
        locals_ = [local for _, local in of if local is not None]
        last = (EPOCH + timedelta(seconds=max(locals_))).date() if locals_ else None
        people.append(Known(number, name, bool(named), tuple(handles[number]), sum(n for n, _ in of), last))
    return sorted(people, key=lambda person: (-person.records, person.number))


def propose(vault: Vault, people: Iterable[Known]) -> list[Proposal]:
    """Who may be the same human, surest first: by full names as they are displayed in different places.

    Not those whom the owner keeps apart, nor two who take part in the same record.
    """
    everybody = list(people)
    keys: defaultdict[str, dict[int, float]] = defaultdict(dict)
    given: defaultdict[str, set[int]] = defaultdict(set)
    by_number = {person.number: person for person in everybody}
    for person in everybody:
        for name in person.names():
            for key, score in _full_names(name).items():
                keys[key][person.number] = max(score, keys[key].get(person.number, 0.0))
            for key in _given_names(name):
                given[key].add(person.number)
    scores: dict[tuple[int, int], tuple[float, str]] = {}
    for who in keys.values():
        for one, other in combinations(sorted(who), 2):
            score = min(who[one], who[other])
            scores[one, other] = max(scores.get((one, other), (0.0, "")), (score, _REASONS[score]))
    for key, who in given.items():
        short = [n for n in who if any(nfc(name).casefold() == key for name in by_number[n].names())]
        full = who - set(short)
        if len(full) == 1 and len(short) == 1:  # one who is only called so, and one whose given name it is
            pair = (min(*short, *full), max(*short, *full))
            scores.setdefault(pair, (_GIVEN, "the given name of nobody else"))
    proposals = [Proposal(by_number[a], by_number[b], score, why) for (a, b), (score, why) in scores.items()]
    two = _surely_two(vault, proposals)
    kept = [p for p in proposals if (p.one.number, p.other.number) not in two]
    return sorted(kept, key=lambda p: (-p.score, -p.one.records - p.other.records, p.one.number))


def _full_names(display: str) -> dict[str, float]:
    """Keys of the full names in what is displayed, each with how sure it is."""
    keys: dict[str, float] = {}
    words = display.split()
    if "@" not in display:
        for name in korean_names(display):
            if not name.family:
                continue
            whole = name.family + name.given
            keys[whole] = _SAME if whole == display.strip() else _TITLED
            for spelt in name.spelt():
                if len(spelt) > 1:
                    keys.setdefault("".join(spelt), _SPELT)
    for form in latin_forms(display):
        if len(form) > 1:
            keys.setdefault("".join(form), _SAME if len(words) > 1 and "@" not in display else _SPELT)
    return keys


def _given_names(display: str) -> set[str]:
    """What a person may be called by friends; for somebody who is known by one word only, that word."""
    if "@" in display or any(char.isdigit() for char in display):
        return set()
    found = {name.given for name in korean_names(display) if len(name.given) > 1}
    return found | {
        form[0] for form in latin_forms(display) if len(form) == 1 and form[0] == display.split()[0].lower()
    }


def _surely_two(vault: Vault, proposals: Iterable[Proposal]) -> set[tuple[int, int]]:
    """Which of the pairs are two people: kept apart by the owner, or taking part in the same record."""
    person_of = {h.number: p.number for one in proposals for p in (one.one, one.other) for h in p.handles}
    pairs = {
        (person_of[one], person_of[other])
        for one, other in vault.rows("SELECT one, other FROM apart")
        if one in person_of and other in person_of
    }
    together: set[int] = set()
    current = 0
    marks = ",".join(map(str, person_of))
    for n, identity in vault.rows(f"SELECT n, identity FROM record_person WHERE identity IN ({marks}) ORDER BY n"):
        if n != current:
            pairs.update(combinations(sorted(together), 2))
            together.clear()
            current = n
        together.add(person_of[identity])
    pairs.update(combinations(sorted(together), 2))
    return {(min(pair), max(pair)) for pair in pairs}
