"""One question while it is being answered: the memory, the plan, and what was done so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from darak.answers.answer import Series, Step
from darak.answers.evidence.evidence import Evidence
from darak.answers.evidence.gather import gather
from darak.answers.evidence.judge import Judge, Judgement
from darak.answers.evidence.support import Gathered, Support
from darak.answers.numbers.behind import Measured
from darak.answers.people import People
from darak.answers.plan import Plan, Span
from darak.answers.wording import wording
from darak.answers.wording.wording import Wording
from darak.memory.filter import Filter
from darak.memory.lookup import Lookup
from darak.memory.memory import Memory

_DAYS, _BEST = 60, 40
"""Days that are looked at for one fact, and records read of them."""
_ALL_DAYS, _ALL = 20_000, 2_000
_AHEAD, _BEHIND = 200, 45
"""Days before and after a period in which records may already, or still, speak of it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a kind of question came to. The evidence, records or samples, is cited in its order."""

    status: Literal["answered", "unsure", "no_record"]
    text: str
    evidence: tuple[Evidence | Measured, ...] = ()
    series: tuple[Series, ...] = ()


@dataclass(slots=True)
class Inquiry:
    memory: Memory
    lookup: Lookup
    people: People
    plan: Plan
    on_step: Callable[[Step], None] | None = None
    steps: list[Step] = field(default_factory=list[Step])

    @property
    def say(self) -> Wording:
        return wording(self.plan.language)

    @property
    def today(self) -> date:
        return self.plan.now.date()

    def step(self, action: str, found: str) -> None:
        self.steps.append(Step(action, found))
        if self.on_step is not None:
            self.on_step(self.steps[-1])

    def look(self, plan: Plan | None = None) -> tuple[Gathered, Judgement]:
        """Gathers and judges the best evidence for the plan, in its first period when it names one."""
        plan = plan or self.plan
        gathered = gather(self.lookup, plan, self._filter(plan), days=_DAYS)
        judged = self._judged(plan, gathered, gathered.supports[:_BEST])
        if plan.spans and not judged.enough:
            return self._just_then(plan) or self._named_so(plan) or (gathered, judged)
        return gathered, judged

    def _just_then(self, plan: Plan) -> tuple[Gathered, Judgement] | None:
        """The evidence of the very days that are asked for, where a common word fills the days beside them."""
        since, until = plan.spans[0].bounds
        within = Filter(since=since, until=until, sources=plan.sources, kinds=plan.kinds)
        gathered = gather(self.lookup, plan, within, days=_DAYS)
        judged = self._judged(plan, gathered, gathered.supports[:_BEST])
        return (gathered, judged) if judged.enough else None

    def _named_so(self, plan: Plan) -> tuple[Gathered, Judgement] | None:
        """The evidence of any time where the date is part of a name: last year's sales table."""
        anytime = replace(plan, spans=())
        gathered = gather(self.lookup, anytime, Filter(sources=plan.sources, kinds=plan.kinds), days=_DAYS)
        judged = self._judged(anytime, gathered, gathered.supports[:_BEST])
        named = judged.enough and plan.spans[0].surface in judged.evidence[0].record.text
        return (gathered, judged) if named else None

    def look_at_all(self, plan: Plan | None = None) -> tuple[Gathered, Judgement]:
        """As `look`, but with every record that holds all the required words by itself."""
        plan = plan or self.plan
        gathered = gather(self.lookup, plan, self._filter(plan), days=_ALL_DAYS)
        chosen = gathered.telling()[:_ALL]
        return gathered, self._judged(plan, gathered, chosen or gathered.supports[:_BEST])

    def _judged(self, plan: Plan, gathered: Gathered, supports: Sequence[Support]) -> Judgement:
        judge = Judge(self.memory.vault, self.lookup, self.people, plan, gathered.words)
        judged = judge.judge(supports)
        if plan.spans:
            kept = tuple(one for one in judged.evidence if _within(one, plan.spans[0]))
            judged = replace(judged, evidence=kept, missing=judge.missing(kept[0]) if kept else judged.missing)
        self._note(gathered, judged)
        return judged

    def _filter(self, plan: Plan) -> Filter:
        """The records of a period; with some days before and after, when records speak of what is to come."""
        span = plan.spans[0] if plan.spans else None
        if span is None:
            return Filter(sources=plan.sources, kinds=plan.kinds)
        since, until = span.bounds
        return Filter(
            since=since and _moved(since, -_AHEAD),
            until=until and _moved(until, _BEHIND),
            sources=plan.sources,
            kinds=plan.kinds,
        )

    def _note(self, gathered: Gathered, judged: Judgement) -> None:
        words = ", ".join(f"{word.surface} ({len(word.postings):,})" for word in gathered.words)
        self.step(f"look up {words}", f"{gathered.days:,} days hold some of it")
        for one in judged.evidence[:5]:
            factors = f" [{'; '.join(name for name, _ in one.factors)}]" if one.factors else ""
            day = one.record.time.iso()
            self.step(f"read {day} {one.record.source}", f"{one.score:.2f}{factors} {one.best.text[:80]}")
        if judged.missing:
            self.step("compare with the question", f"the best record lacks {', '.join(judged.missing)}")
        self.step("judge", f"{judged.share:.0%} of the question is held" + ("" if judged.enough else ": not enough"))


def _moved(day: date, days: int) -> date:
    return date.fromordinal(max(1, min(day.toordinal() + days, date.max.toordinal())))


def _within(one: Evidence, span: Span) -> bool:
    """Whether something happened, or was written, inside the period."""
    own = one.record.time.day
    return (own is not None and span.holds(own)) or (one.moment is not None and span.holds(one.moment.day))
