"""What of a question one record holds: its words and people weighed, and how strongly each is held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from darak.answers.plan import Person, Want
from darak.memory.lookup import Glance

Postings = dict[int, float]
"""Record numbers with the strength (0 to 1) with which they hold a word."""

_BESIDE = frozenset(("photo", "visit", "purchase", "place", "notification"))
"""Kinds of record that hold the nouns of what was done there without telling of it."""
HELD = 0.3
"""The strength from which a word counts as held."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A word or person of the question with its weight, the records that hold it, and how many there are."""

    want: Want | Person
    weight: float
    postings: Postings
    frequency: int
    required: bool
    need: float

    @property
    def surface(self) -> str:
        return self.want.surface

    @property
    def act(self) -> bool:
        return isinstance(self.want, Want) and self.want.role in ("act", "deed")

    @property
    def deed(self) -> bool:
        return isinstance(self.want, Want) and self.want.role == "deed"

    @property
    def hint(self) -> bool:
        return isinstance(self.want, Want) and self.want.role == "hint"


@dataclass(frozen=True, slots=True)
class Support:
    """How much of the question one record supports: by itself (`own`, `mine` by word) and with its surroundings.

    Strengths are in the order of the question's words.
    """

    glance: Glance
    own: float
    total: float
    mine: tuple[float, ...]
    strengths: tuple[float, ...]

    @property
    def rank(self) -> float:
        return 0.6 * self.total + 0.4 * self.own


@dataclass(frozen=True, slots=True)
class Gathered:
    """The question's words as they stand in this memory, and the records that support it, best first."""

    words: tuple[Weighed, ...]
    supports: tuple[Support, ...]
    days: int
    """How many days hold any of the words."""

    def telling(self) -> list[Support]:
        """The records that hold every required word; of each kind, those that hold its verbs too, if any do.

        Calendar entries often lack the verb; photos of a place, when other records tell of it, are left out.
        """
        by_kind: dict[str, list[Support]] = defaultdict(list)
        for support in self.supports:
            if self.whole(support):
                by_kind[support.glance.kind].append(support)
        acts = [index for index, word in enumerate(self.words) if word.act]
        acting = {
            kind: [one for one in supports if all(one.mine[index] >= HELD for index in acts)]
            for kind, supports in by_kind.items()
        }
        found: list[Support] = []
        for kind, supports in by_kind.items():
            beside = kind in _BESIDE and any(acting.values())
            found += acting[kind] or ([] if beside else supports)
        return sorted(found, key=lambda support: (-support.rank, support.glance.n))

    def whole(self, support: Support) -> bool:
        """Whether a record holds every required word by itself."""
        return all(s >= HELD for word, s in zip(self.words, support.mine, strict=True) if word.required)


def coverage(strengths: Sequence[float], words: Sequence[Weighed]) -> float:
    return sum(word.weight * strength for word, strength in zip(words, strengths, strict=True))
