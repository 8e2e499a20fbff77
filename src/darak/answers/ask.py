"""Ask: from a question to an answer with citations, without a language model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from time import perf_counter

from darak.answers.answer import Answer, Citation, SampleCitation, Step
from darak.answers.coverage import coverage
from darak.answers.evidence.evidence import Evidence
from darak.answers.evidence.snippet import snippet
from darak.answers.follow_up.turn import Turn, follow
from darak.answers.inquiry import Inquiry, Outcome
from darak.answers.kinds.birthday import answer_birthday, asks_of_birthday
from darak.answers.kinds.company import answer_company, asks_how_many_people
from darak.answers.kinds.counts import answer_count, answer_often
from darak.answers.kinds.days import answer_day
from darak.answers.kinds.facts import answer_list, answer_lookup, answer_most, answer_where, answer_who
from darak.answers.kinds.home import answer_home, asks_of_home
from darak.answers.kinds.lasting import answer_lasting
from darak.answers.kinds.moments import answer_between, answer_first_or_last, answer_since, answer_when
from darak.answers.kinds.numbers import answer_compare, answer_statistic, answer_trend
from darak.answers.kinds.register import answer_register
from darak.answers.kinds.repeating import unfolded, with_rule
from darak.answers.kinds.talk import answer_talk
from darak.answers.kinds.unread import answer_unread, asks_of_unread
from darak.answers.kinds.usual import answer_usual, asks_of_night
from darak.answers.numbers.behind import Measured
from darak.answers.numbers.samples import known_metrics
from darak.answers.people import People
from darak.answers.plan import Kind, Plan
from darak.answers.question.spelling import Spelling, also_called
from darak.language.dates import impossible_days
from darak.memory.lookup import Lookup
from darak.memory.memory import Memory
from darak.memory.repeating import Series, find_series

_ANSWERS: dict[Kind, Callable[[Inquiry], Outcome]] = {
    "lookup": answer_lookup,
    "when": answer_when,
    "first": answer_first_or_last,
    "last": answer_first_or_last,
    "how_long_since": answer_since,
    "how_long_between": answer_between,
    "count": answer_count,
    "how_often": answer_often,
    "who": answer_who,
    "where": answer_where,
    "list": answer_list,
    "on_day": answer_day,
    "next": answer_first_or_last,
    "most": answer_most,
    "usual": answer_usual,
}
_SPECIAL: tuple[tuple[Callable[[Plan], bool], Callable[[Inquiry], Outcome]], ...] = (
    (asks_of_birthday, answer_birthday),
    (asks_of_home, answer_home),
    (asks_how_many_people, answer_company),
    (asks_of_unread, answer_unread),
    (asks_of_night, answer_usual),
)
"""What is asked for in words of its own, before the kind of question decides."""
_NUMBERS: dict[Kind, Callable[[Inquiry], Outcome]] = {
    "trend": answer_trend,
    "compare": answer_compare,
}


class Asker:
    """Answers questions about one open memory; what it learns of its people serves all of them."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._lookup = Lookup(memory)
        self.people = People(memory.vault)
        self._spelling = Spelling(self._lookup, memory.vault, self.people)
        self._metrics = frozenset(known_metrics(memory.vault))
        self._sources = frozenset(name for (name,) in memory.vault.rows("SELECT name FROM source"))

    def ask(
        self,
        question: str,
        now: datetime,
        turns: Sequence[Turn] = (),
        on_step: Callable[[Step], None] | None = None,
    ) -> Answer:
        """The answer; the question may lean on the `turns` before it, and each step is told as it is done."""
        began = perf_counter()
        question, respelt = self._spelling.read(question)
        plan = also_called(follow(question, turns, now, self.people, self._metrics, self._sources), respelt)
        if (
            plan.register and not plan.sources and not self._has(plan.kinds)
        ):  # then other records tell of them: a note of what was bought
            plan = replace(plan, register=False, kinds=())
        lookup = unfolded(self._lookup, plan, self._series)
        inquiry = Inquiry(self._memory, lookup, self.people, plan, on_step)
        impossible = impossible_days(plan.question, now.replace(tzinfo=None))
        talk = answer_talk(inquiry)
        for one in respelt:
            inquiry.step(f"read {one.typed}", f"as {one.meant}")
        no_such = _no_such_day(inquiry, impossible[0]) if impossible else None
        outcome = talk or no_such or answer_lasting(inquiry) or _kind(plan)(inquiry)
        guessed = [(one.typed, one.meant) for one in respelt if not one.asks]
        outcome = with_rule(inquiry, outcome, self._series)
        citations = tuple(_citation(number, one, lookup) for number, one in enumerate(outcome.evidence, 1))
        return Answer(
            text=f"{inquiry.say.respelt(guessed)} {outcome.text}" if guessed else outcome.text,
            status=outcome.status,
            citations=citations,
            plan=plan,
            coverage=() if talk else coverage(inquiry, outcome),
            series=outcome.series,
            steps=tuple(inquiry.steps),
            seconds=perf_counter() - began,
        )

    @cached_property
    def _series(self) -> list[Series]:
        return find_series(self._lookup)

    def _has(self, kinds: tuple[str, ...]) -> bool:
        marks = ",".join("?" * len(kinds))
        return bool(self._memory.vault.rows(f"SELECT 1 FROM record WHERE kind IN ({marks}) LIMIT 1", kinds))


def ask(memory: Memory, question: str, now: datetime) -> Answer:
    """Answers one question; `now` is the moment of asking, against which its relative dates are read."""
    return Asker(memory).ask(question, now)


def _no_such_day(inquiry: Inquiry, day: str) -> Outcome:
    inquiry.step("read the date", f"no calendar has {day}")
    return Outcome("no_record", inquiry.say.no_such_day(day))


def _kind(plan: Plan) -> Callable[[Inquiry], Outcome]:
    for asks, answer in _SPECIAL:
        if asks(plan):
            return answer
    if plan.register:
        return answer_register
    if plan.measure is not None and plan.kind == "trend" and len(plan.spans) > 1:
        return answer_compare
    if plan.measure is not None and plan.kind not in ("count", "how_often"):
        return _NUMBERS.get(plan.kind, answer_statistic)
    return _ANSWERS.get(plan.kind, answer_lookup)


def _citation(number: int, one: Evidence | Measured, lookup: Lookup) -> Citation | SampleCitation:
    if isinstance(one, Measured):
        return SampleCitation(number, one)
    told = lookup.told(one.stored)
    shown = snippet(told.record.text, one.words, one.best.text) or told.record.title or ""
    return Citation(number, told.n, told.id, told.record, shown)
