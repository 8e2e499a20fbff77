"""What the turns of a conversation have left standing: the subject, the days, the people, the place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from darak.answers.follow_up.days import around, first_day
from darak.answers.people import People
from darak.answers.plan import Kind, Plan, Span, Want
from darak.records.record import Record

_OF_ONE_TIME: frozenset[Kind] = frozenset(
    ("lookup", "when", "first", "last", "next", "how_long_since", "who", "where", "max", "min")
)
_SUBJECT = ("thing", "narrow", "deed", "number", "trait")
_KIND_WORDS = {
    "call": ("통화", "call"),
    "mail": ("메일", "mail"),
    "message": ("메시지", "message"),
    "photo": ("사진", "photo"),
    "event": ("일정", "event"),
    "purchase": ("결제", "purchase"),
    "document": ("문서", "document"),
}


@dataclass(frozen=True, slots=True)
class Before:
    """One earlier turn: its plan, what was answered, and the records that this rested on, the best first."""

    plan: Plan
    text: str
    records: tuple[Record, ...]

    @property
    def found(self) -> date | None:
        """The one day on which the answer says that it was; None of several, or of none."""
        if self.plan.kind not in _OF_ONE_TIME or not self.records:
            return None
        return first_day(self.text, self.plan.now) or self.records[0].time.day

    @property
    def span(self) -> Span | None:
        return self.plan.spans[0] if self.plan.spans else None

    @property
    def days(self) -> Span | None:
        """The day that was found, else the days that were asked about."""
        return around(self.found, "day") if self.found else self.span

    @property
    def things(self) -> tuple[Want, ...]:
        return tuple(want for want in self.plan.wants if want.role in _SUBJECT)

    @property
    def subject(self) -> str:
        """What it was about, in the question's own words; empty when it was about people or days alone."""
        if self.things:
            return " ".join(want.surface for want in self.things)
        if self.plan.measure:
            return self.plan.measure.surface
        words = [_KIND_WORDS[kind][self.plan.language == "en"] for kind in self.plan.kinds if kind in _KIND_WORDS]
        return words[0] if len(words) == 1 and self.plan.register else ""

    @property
    def told(self) -> str:
        """The subject as it is shown; what was done, where nothing else is said."""
        return self.subject or " ".join(want.surface for want in self.plan.wants if want.role == "act")

    @property
    def place(self) -> str:
        """Where it was, when that was asked."""
        record = self.records[0] if self.records else None
        if self.plan.kind == "where" and record is not None and record.place and record.place.name:
            return record.place.name
        return ""

    def people(self, people: People) -> list[str]:
        """Who was spoken of, by name: whom the question named, else whom the answer names, else who wrote."""
        if self.plan.people:
            return [person.surface for person in self.plan.people]
        if self.plan.kind in ("who", "most") and (named := people.find(self.text.split("\n")[0].split("“")[0])):
            return list(dict.fromkeys(mention.surface for mention in named))
        authors = {one.author.display for one in self.records[:1] if one.author is not None}
        known = [name for name in authors if people.find(name) and not people.find_owner(name)]
        return known if len(known) == 1 else []


def who(befores: Sequence[Before], people: People) -> list[str]:
    """The people last spoken of, of a few turns back."""
    found = (one.people(people) for one in reversed(befores[-3:]))
    return next((names for names in found if names), list[str]())


def when(befores: Sequence[Before]) -> Span | None:
    """The days last spoken of, of a few turns back."""
    found = (one.days for one in reversed(befores[-3:]))
    return next((span for span in found if span is not None and None not in span.bounds), None)
