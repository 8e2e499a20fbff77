"""One turn of a conversation, and the plan of a question that may lean on the turns before it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from darak.answers.answer import Answer, Citation
from darak.answers.follow_up.before import Before
from darak.answers.people import People
from darak.answers.plan import Plan
from darak.answers.question.read import language_of, read_question
from darak.records.record import Record

_LOOKED_AT = 6
"""Turns back to which a question may point."""


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
    """The plan of a question that is asked after `turns`, the latest last.

    A question that stands by itself is read as if there were none. One that points back (then, she, 그때), leaves out
    what it is about (why? 누구랑?) or puts something in the place of another (and in winter? 민수는?) is made whole
    first; `Plan.carried` tells what it took over.
    """

    def read(text: str, at: datetime = now) -> Plan:
        return read_question(text, at, people, metrics, sources)

    befores: list[Before] = []
    for turn in turns[-_LOOKED_AT:]:
        plan = turn.plan or _follow(turn.question, befores, people, partial(read, at=turn.time or now))
        befores.append(Before(plan, turn.text, turn.records))
    return _follow(question, befores, people, read)


def _follow(question: str, befores: Sequence[Before], people: People, read: Callable[[str], Plan]) -> Plan:
    if not befores:
        return read(question)
    from darak.answers.follow_up.rewriting import made_whole  # takes 40 ms that a single question need not

    whole = made_whole(question, befores, people, read)
    if whole is None:
        return read(question)
    plan = read(whole.text)
    spans = plan.spans if whole.spans is None else whole.spans
    plan = replace(plan, spans=spans, language=language_of(question), carried=whole.carried, skip=whole.skip)
    if whole.kind is not None:
        plan = replace(plan, kind=whole.kind)
    if whole.sources:
        plan = replace(plan, sources=whole.sources)
    return plan
