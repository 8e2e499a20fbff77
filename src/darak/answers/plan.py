"""The plan of a question: what is asked, about which words, people and days, in which numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

Language = Literal["ko", "en"]

Kind = Literal[
    "lookup",
    "when",
    "first",
    "last",
    "how_long_since",
    "how_long_between",
    "count",
    "how_often",
    "who",
    "where",
    "list",
    "sum",
    "average",
    "min",
    "max",
    "trend",
    "compare",
    "on_day",
    "next",
    "most",
    "usual",
]

Order = Literal["first", "last", "next"]

Group = Literal["day", "week", "month", "year", "season", "weekday"]

Role = Literal["thing", "act", "deed", "narrow", "trait", "number", "vague", "hint"]
"""What a word of the question is: a noun, a verb, a verb made of a noun, a noun that narrows another, an adjective, a
number, a verb that says little (to go); a hint is not looked for by itself but tells records apart (`first`)."""

Terms = tuple[str, ...]
"""Index terms that stand one after the other."""


LIKE = 0.8
"""Strength of a word of like meaning."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a record may say a word of the question: itself (strength 1), or a word of like meaning.

    `noun` is set for a short Korean noun, which other words may hold by chance: 이사 in 이사회.
    """

    terms: Terms
    strength: float
    noun: str | None = None

    @property
    def spelt(self) -> str:
        """How it stands in a text: the pairs of syllables of a Korean word as that word."""
        if all(term.isascii() for term in self.terms):
            return " ".join(self.terms)
        return self.terms[0] + "".join(term[-1] for term in self.terms[1:])


@dataclass(frozen=True, slots=True)
class Want:
    """A content word of the question, and everything that would do for it in a record.

    A record of one of `kinds` says it by being what it is: a purchase need not say "paid".
    """

    surface: str
    role: Role
    forms: tuple[Form, ...]
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the question names: the identities meant, and the terms under which a text may name them."""

    surface: str
    identities: frozenset[int]
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `since` to before `until`, as the question names them; `vague` when only about then."""

    surface: str
    since: date
    until: date
    grain: str
    vague: bool = False
    exact: tuple[date, date] | None = None
    """The year of the calendar that is named, where the period is wider: three years ago may be half a year off."""

    @property
    def counted(self) -> Span:
        """The period in which something is counted or summed: what was not meant must not be in it."""
        return replace(self, since=self.exact[0], until=self.exact[1], vague=False) if self.exact else self

    def holds(self, day: date) -> bool:
        return self.since <= day < self.until

    @property
    def bounds(self) -> tuple[date | None, date | None]:
        """The two days, None where the period is open."""
        return (None if self.since == date.min else self.since, None if self.until == date.max else self.until)


@dataclass(frozen=True, slots=True)
class Measure:
    """Numbers that are asked for: metrics of samples, or an amount that records of some kinds carry.

    `activity` keeps to workouts of one sort.
    """

    surface: str
    metrics: tuple[str, ...] = ()
    amount: str | None = None
    kinds: tuple[str, ...] = ()
    activity: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A question as typed parts. `spans` is empty for any time; two spans are to be compared."""

    question: str
    language: Language
    now: datetime
    kind: Kind
    wants: tuple[Want, ...] = ()
    people: tuple[Person, ...] = ()
    spans: tuple[Span, ...] = ()
    measure: Measure | None = None
    group: Group | None = None
    order: Order | None = None
    target: str | None = None
    kinds: tuple[str, ...] = ()
    register: bool = False
    """Whether the records of these kinds are asked for themselves: my last mail, the calls with Anna."""
    sources: tuple[str, ...] = ()
    """The sources that the question names, when the vault has them: in Slack, 카톡에서."""
    weekdays: tuple[int, ...] = ()
    """The days of the week, Monday 0, that are set against the others: more on weekends."""
    rest: str = ""
    """The question with its names and dates blanked out."""
    carried: tuple[str, ...] = ()
    """What the question took over from the turns before it, as it is shown."""
    most: int = 0
    """How many of a list are asked for; 0 where the question does not say."""
    skip: int = 0
    """Records that a list has shown already, when more of them are asked for."""

    def line(self) -> str:
        """The plan in one line, as it is printed under an answer."""
        parts = [self.kind]
        parts += [f"of {self.measure.surface}"] if self.measure else []
        parts += [f"“{want.surface}”" for want in self.wants if want.role != "hint"]
        parts += [f"with {person.surface}" for person in self.people]
        parts += [f"in {source}" for source in self.sources]
        parts += [f"{span.since} to {span.until}" for span in self.spans]
        as_before = f" (as before: {', '.join(self.carried)})" if self.carried else ""
        return " · ".join(parts) + as_before

    def json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "language": self.language,
            "words": [want.surface for want in self.wants],
            "people": [person.surface for person in self.people],
            "periods": [
                {"text": s.surface, "since": s.since.isoformat(), "until": s.until.isoformat()} for s in self.spans
            ],
            "metrics": list(self.measure.metrics) if self.measure else [],
            "amount": self.measure.amount if self.measure else None,
            "group": self.group,
            "weekdays": list(self.weekdays),
            "order": self.order,
            "target": self.target,
            "kinds": list(self.kinds),
            "sources": list(self.sources),
            "carried": list(self.carried),
        }
