"""The people of one memory, as a question or a record may name them, and which of them is the owner."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from darak.answers.plan import Form, Person
from darak.language.names import NameIndex, is_family_name, name_forms
from darak.language.romanisation import is_romanised
from darak.language.sounds import latin_pattern
from darak.language.tokens import phrase_terms
from darak.records.record import MACHINE_ROLES, OWNER_ROLE
from darak.records.vault import Vault

_SAMPLE = 20_000
_OWNER_SHARE = 0.5
ROLES = ("me", OWNER_ROLE, "나")
"""What sources call the owner."""
_ROLE_ADDRESS = re.compile(
    r"(?:no-?reply|info|hello|news|newsletter|notice|notify|support|service|book|booking|move|orders?|billing|invoice|post|track|tracking|office|letter|race|"
    r"cs|people|team|admin|help|contact|sales|hr|mail|updates?|corner|shop|store|event|events|webmaster|marketing|care|bank|card)@.*",
    re.I,
)
_AMBIGUOUS = 0.25
"""Strength of a form of the asked name that others share: asked for 서기훈, 기훈 may be another."""
_WORDS = re.compile(r"[^\W\d_]+")
_FULL = re.compile("[가-힣]{3,4}")


@dataclass(frozen=True, slots=True)
class Mention:
    """People named in a text, by their numbers; several when the name fits several."""

    surface: str
    span: tuple[int, int]
    people: frozenset[int]


def _together(one: Mention, other: Mention, text: str) -> Mention | None:
    """Two words of a name as one, where they name the same: 애덤 포니, 포니 alone being another's name, too."""
    both = one.people & other.people
    if not both or text[one.span[1] : other.span[0]] != " " or not text[one.span[0]] >= "가":
        return None
    span = (one.span[0], other.span[1])
    return Mention(text[slice(*span)], span, both)


class People:
    """Everybody in a vault. A person's number is the vault's; the owner is found by being everywhere."""

    def __init__(self, vault: Vault) -> None:
        self._identities: dict[int, set[int]] = defaultdict(set)
        self._names: dict[int, list[str]] = defaultdict(list)
        self.person_of: dict[int, int] = {}
        for person, name in vault.rows("SELECT id, name FROM person WHERE named"):
            self._names[person].append(name)  # first, as the owner's own word
        for identity, handle, name, person in vault.rows("SELECT id, handle, name, person FROM identity"):
            self._identities[person].add(identity)
            self.person_of[identity] = person
            self._names[person] += [text for text in (name, handle) if text]
        self._apart: dict[int, set[int]] = defaultdict(set)
        for one, other in vault.rows("SELECT one, other FROM apart"):
            self._apart[self.person_of[one]].add(self.person_of[other])
            self._apart[self.person_of[other]].add(self.person_of[one])
        machines = {person for person, names in self._names.items() if all(name in MACHINE_ROLES for name in names)}
        self.owner = self._find_owner(vault, machines)
        self.no_others = self.owner | machines
        """The owner, and the machines in talks with an AI: nobody whom "who" asks for."""
        self._index = NameIndex(
            (person, name)
            for person, names in self._names.items()
            for name in names
            if person not in self.no_others and not self.is_office(person) and "@" not in name
        )

    @cached_property
    def _owner_index(self) -> NameIndex[int]:
        names = [(p, name) for p in self.owner for name in self._names[p] if "@" not in name and len(name) > 2]
        return NameIndex((p, name) for p, name in names if name.lower() not in ROLES)

    def is_office(self, person: int) -> bool:
        """Whether it is a firm's address rather than a human's."""
        return any(_ROLE_ADDRESS.fullmatch(name) for name in self._names[person])

    def is_owner(self, identity: int | None) -> bool:
        """Whether an identity is the owner's."""
        return identity is not None and self.person_of.get(identity) in self.owner

    def find_owner(self, text: str) -> list[tuple[int, int]]:
        """Where a text names the owner, whom a question means anyway."""
        return [match.span for match in self._owner_index.find(text)]

    def is_name(self, text: str) -> bool:
        """Whether all of a text names somebody."""
        return any(match.span == (0, len(text)) for match in self._index.find(text))

    def sounding(self, word: str) -> str | None:
        """The one Latin name of somebody, or a part of it, that a word in Hangul may stand for: 프리야 -> Priya.

        Korean names are found in Hangul without.
        """
        pattern = latin_pattern(word)
        found = {
            match[0]
            for person, names in self._names.items()
            if person not in self.no_others and not self.is_office(person)
            for name in names
            if "@" not in name and (match := pattern.search(name)) and not is_romanised(name)
        }
        return found.pop() if len({name.casefold() for name in found}) == 1 else None

    def find(self, text: str) -> list[Mention]:
        """The people that a text names, the owner left out, in order."""
        found: list[Mention] = []
        for m in self._index.find(text):
            mention = Mention(m.surface, m.span, frozenset(m.ids))
            if found and (whole := _together(found[-1], mention, text)):
                found[-1] = whole
            else:
                found.append(mention)
        return found

    def display(self, person: int) -> str:
        """The name by which somebody is shown: the fullest that is no address."""
        names = [name for name in self._names[person] if "@" not in name] or self._names[person]
        return names[0]

    def asked(self, mention: Mention) -> Person:
        """The person of a question: every identity of everyone meant, and the names by which texts may call them."""
        together = self.alike(mention.people)
        identities = frozenset(identity for person in together for identity in self._identities[person])
        forms = {phrase_terms(mention.surface): 1.0}
        for person in together:
            for name in self._names[person]:
                if "@" not in name:
                    for form in name_forms(name):
                        loose = " " in mention.surface and is_family_name(form, name)
                        strength = 1.0 if self._only(form, together) and not loose else _AMBIGUOUS
                        terms = phrase_terms(form)
                        forms[terms] = max(forms.get(terms, 0.0), strength)
        return Person(mention.surface, identities, tuple(Form(terms, s) for terms, s in forms.items() if terms))

    def _only(self, name: str, people: frozenset[int]) -> bool:
        """Whether a name means nobody else."""
        meant = {person for mention in self._index.find(name) for person in mention.ids}
        return meant <= people

    def alike(self, people: Iterable[int]) -> frozenset[int]:
        """Everybody who is the same human as one of these: called the same in another source, or by a shorter form of
        the name (Elena, 지훈♡) that fits nobody else. Not those whom the owner keeps apart from them."""
        known = frozenset(people)
        wanted = {name.casefold() for person in known for name in self._names[person]}
        same = {p for p, names in self._names.items() if any(n.casefold() in wanted for n in names)} | known
        forms = {
            form for person in same for name in self._names[person] if "@" not in name for form in name_forms(name)
        }
        for person, names in self._names.items():
            if person not in same and any(form in forms for name in names for form in self._plain(name)):
                meant = {p for name in names for mention in self._index.find(name) for p in mention.ids}
                if all(p in same or self._is_short(p) for p in meant):
                    same.add(person)
        two = {other for person in known for other in self._apart[person]} - known
        return frozenset(same - two - self.owner)

    @staticmethod
    def _plain(name: str) -> Iterable[str]:
        """A displayed name without hearts and the like, when it is no address."""
        return () if "@" in name else (" ".join(_WORDS.findall(name)).casefold(),)

    def _is_short(self, person: int) -> bool:
        """Whether all that is known of somebody's name is one word: a given name or what the owner calls them."""
        names = [name for name in self._names[person] if "@" not in name]
        return all(len(_WORDS.findall(name)) == 1 and len(name) <= 12 and not _FULL.fullmatch(name) for name in names)

    def _find_owner(self, vault: Vault, machines: Collection[int]) -> frozenset[int]:
        """Whoever takes part in most of the threads of a source that has several; and who is called the same."""
        last = vault.rows("SELECT max(n) FROM record")[0][0] or 0
        step = max(1, last // _SAMPLE)
        some = "WITH RECURSIVE some(n) AS (SELECT 1 UNION ALL SELECT n + ? FROM some WHERE n < ?)"
        rows = vault.rows(
            f"{some} SELECT r.source, p.identity, count(DISTINCT coalesce(r.thread, -r.n)), count(*) FROM some"
            " JOIN record r ON r.n=some.n JOIN record_person p ON p.n=some.n GROUP BY 1, 2",
            (step, last),
        )
        threads = dict(
            vault.rows(
                f"{some} SELECT r.source, count(DISTINCT coalesce(r.thread, -r.n)) FROM some"
                " JOIN record r ON r.n=some.n GROUP BY 1",
                (step, last),
            )
        )
        owner: set[int] = set()
        for source in threads:
            mine = sorted(((taken, records, self.person_of[who]) for s, who, taken, records in rows if s == source))
            mine = [one for one in mine if one[2] not in machines]
            if threads[source] > 2 and mine and mine[-1][0] > _OWNER_SHARE * threads[source]:
                owner.add(mine[-1][2])
        owner |= {person for person, names in self._names.items() if any(n.lower() in ROLES for n in names)}
        called = {n.casefold() for person in owner for n in self._names[person] if n.lower() not in ROLES}
        owner |= {p for p, names in self._names.items() if any(n.casefold() in called for n in names)}
        return frozenset(owner)
