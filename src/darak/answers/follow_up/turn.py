"""One turn of a conversation, and the plan of a question that may lean on the turns before it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from darak.answers.answer import Answer, Citation
from darak.answers.people import People
from darak.answers.plan import Plan
from darak.answers.question.read import read_question
from darak.records.record import Record


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what was answered; `plan` is None where it was not kept, as in a turn read from the vault.

    `cited` are the records that a kept text rested on, and `time` the moment at which it was asked.
    """

    question: str
    answer: Answer | str
    plan: Plan | None = None
    cited: tuple[Record, ...] = ()
    time: datetime | None = None

    @property
    def text(self) -> str:
        return self.answer if isinstance(self.answer, str) else self.answer.text

    @property
    def records(self) -> tuple[Record, ...]:
        """The records that the answer rested on, the best first."""
        if isinstance(self.answer, str):
            return self.cited
        return tuple(one.record for one in self.answer.citations if isinstance(one, Citation))


def follow(
    question: str,
    turns: Sequence[Turn],
    now: datetime,
    people: People,
    metrics: Collection[str],
    sources: Collection[str] = (),
) -> Plan:
    """The plan of a question that is asked after `turns`, the latest last; as `read_question` where there are none."""
    return read_question(question, now, people, metrics, sources)
