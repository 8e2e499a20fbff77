"""A record as evidence: where it answers best, how well it supports the question, and when what it tells of was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from darak.answers.evidence.moments import Moment, happened
from darak.answers.evidence.passages import Passage
from darak.answers.evidence.snippet import snippet
from darak.answers.evidence.support import Support
from darak.answers.plan import Person, Want
from darak.records.record import Record
from darak.records.vault import Stored

REPLIES = "replies to a question"
ASKS = "only asks"
_NEAR = 240
"""Characters around the words of the question in which a day that is named dates them."""


@dataclass(frozen=True)
class Evidence:
    """A record that supports the question: its best passage and how well it supports.

    `held` is the share of the question that it and its surroundings hold, in its own words or others; `words` are
    those of the question.
    """

    stored: Stored
    support: Support
    passages: tuple[Passage, ...]
    best: Passage
    score: float
    held: float
    factors: tuple[tuple[str, float], ...] = ()
    dated: Moment | None = None
    words: tuple[Want | Person, ...] = ()

    @property
    def record(self) -> Record:
        return self.stored.record

    @property
    def n(self) -> int:
        return self.stored.n

    @property
    def share(self) -> float:
        """How much of the question it and its surroundings hold, less what weakens it."""
        share = self.held
        for _, factor in self.factors:
            share *= min(1.0, factor)
        return share

    @cached_property
    def moment(self) -> Moment | None:
        """When what it tells of happened."""
        found = self.dated or happened(self.record, self.best.text)
        if found and found.named and not self.dated and len(self.best.text) > _NEAR:
            return happened(self.record, snippet(self.best.text, self.words, width=_NEAR))
        return found

    @property
    def replies(self) -> bool:
        """Whether it stands here for answering a record that asks."""
        return any(name == REPLIES for name, _ in self.factors)

    @property
    def asks(self) -> bool:
        """Whether it is a question, which tells of nothing that happened."""
        return any(name == ASKS for name, _ in self.factors)

    def at(self, moment: Moment, passage: Passage) -> Evidence:
        """The same evidence, of another moment that one of its passages names."""
        return replace(self, dated=moment, best=passage)
