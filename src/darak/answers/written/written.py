"""Answers that a language model writes from the memory's evidence, each sentence checked before it is told.

The rules answer first: what they find is the model's first evidence, and their answer stands whenever no model gives
a better one. A model may then call tools for more, and writes; a sentence that its evidence does not hold is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from time import perf_counter
from typing import Protocol

from darak.answers.answer import Answer, Step
from darak.answers.ask import Asker
from darak.answers.follow_up.turn import Turn
from darak.answers.people import People
from darak.answers.wording import wording
from darak.answers.written.budget import budget_of
from darak.answers.written.check import Checker
from darak.answers.written.draft import Anew, Draft, Words
from darak.answers.written.failed import why_none
from darak.answers.written.request import NOTHING, Asked, Asking, Called
from darak.answers.written.toolbox import Toolbox
from darak.answers.written.wrapped import new_word
from darak.memory.memory import Memory
from darak.models.chain import Chain
from darak.models.model import Model
from darak.models.privacy import HomeRules
from darak.models.problems import Cancelled, NoModel
from darak.models.request import Call, Reply, Request, Switched, Text
from darak.models.wire import Cancel
from darak.models.wire import Draft as ToSend

Event = Step | Words | Anew
OnEvent = Callable[[Event], None]
_MOST_CALLS = 4
"""Tools that are called at once at most."""


class Choice(Protocol):
    """Which models answer, and what of the records stays on this machine: an owner's `Models`."""

    def chain(self) -> Chain: ...

    @property
    def home_rules(self) -> HomeRules: ...


class Author:
    """Answers questions about one memory with its owner's chosen models; a model that was loaded stays loaded.

    `purpose` is what the log of what left this machine says of its requests.
    """

    def __init__(self, memory: Memory, models: Choice, asker: Asker | None = None, *, purpose: str = "answer") -> None:
        self._memory = memory
        self._models = models
        self._asker = asker or Asker(memory)
        self._purpose = purpose

    def answer(
        self,
        question: str,
        now: datetime,
        turns: Sequence[Turn] = (),
        on_event: OnEvent | None = None,
        cancel: Cancel | None = None,
        on_ruled: Callable[[Answer], None] | None = None,
    ) -> Answer:
        """The answer of the first of the owner's models that gives one, else that of the rules.

        Each step is told as it is done, and each sentence once it is checked; the rules' own answer as soon as models
        are asked, which may take long. Cancelled when `cancel` stops it; where it does so gently, the rules answer.
        """
        began = perf_counter()
        tell = on_event or _silent
        ruled = self._asker.ask(question, now, turns, tell)
        chain = self._models.chain()
        if not chain.models:
            return ruled
        if on_ruled is not None:
            on_ruled(ruled)
        writing = self._writing(chain, ruled, turns, tell)
        answer = writing.run(cancel or Cancel())
        return replace(answer, seconds=perf_counter() - began)

    def draft(self, question: str, now: datetime, model: Model) -> ToSend:
        """What asking this one model would send first, but for the word of the marks, which is new each time.

        Nothing is sent, and its host needs no yes for it.
        """
        ruled = self._asker.ask(question, now)
        writing = self._writing(Chain((model,)), ruled, (), _silent)
        return model.draft(writing.request(model))

    def _writing(self, chain: Chain, ruled: Answer, turns: Sequence[Turn], tell: OnEvent) -> _Writing:
        plan, home = ruled.plan, self._models.home_rules
        tools = Toolbox(self._memory, self._asker, plan, home, budget_of(chain.models[0]).width)
        asking = Asking(plan.question, plan.language, plan.now, turns, home, new_word(), tools.offered(), self._purpose)
        return _Writing(chain, self._asker.people, ruled, tools, asking, tell)


class _Writing:
    """One question while models answer it."""

    def __init__(
        self, chain: Chain, people: People, ruled: Answer, tools: Toolbox, asking: Asking, tell: OnEvent
    ) -> None:
        self._chain, self._people, self._ruled = chain, people, ruled
        self._tools, self._asking, self._tell = tools, asking, tell
        self._first = tools.first(ruled)
        self._steps: list[Step] = []
        self._called: list[Called] = []
        self._draft, self._asked = self._new_draft(None), ""
        self._cancel = Cancel()

    def run(self, cancel: Cancel) -> Answer:
        chain, self._cancel = self._chain, cancel
        try:
            reply = self._ask(chain)
            while reply.calls:
                self._call(reply.calls)
                chain = chain.beginning_with(reply.model)
                reply = self._ask(chain)
        except NoModel as none:
            language = self._ruled.plan.language
            return self._by_rules(f"no model: {none}", wording(language).by_rules(why_none(none, language)))
        except Cancelled:
            if not cancel.gently:
                raise
            return self._by_rules(f"{self._asked} was not waited for")
        self._draft.finish(cut=reply.stop == "length")
        if not self._draft.kept:
            said = "no record" if self._draft.says(NOTHING) else "nothing that its evidence holds"
            cut = ", and was cut off" if reply.stop == "length" else ""
            return self._by_rules(f"{reply.model} said {said}{cut}")
        written = self._draft.answer(self._ruled, reply.model)
        if written.status == "unsure" and self._ruled.status == "answered":
            return self._by_rules(f"{reply.model} answered something else")
        self._step("written", f"by {reply.model}, {len(self._draft.kept)} sentences")
        return replace(written, steps=(*self._ruled.steps, *self._steps))

    def _ask(self, chain: Chain) -> Reply:
        """One request, to the next model when one fails; sentences are told as they pass the check."""
        for piece in chain.stream(self.request, self._cancel):
            if isinstance(piece, Text):
                self._draft.feed(piece.text)
                if self._draft.rambles:
                    self._step("stop the model", "it said more than an answer takes")
                    return Reply("", self._asked, stop="length")
            elif isinstance(piece, Switched):
                self._begin_anew(piece.why)
                self._step("ask again", f"{piece.model}, for {piece.failed} failed: {piece.why}")
            elif isinstance(piece, Reply):
                return piece
        raise NoModel

    def request(self, model: Model) -> Request:
        """What a model is asked now; its answer is begun anew."""
        asked = self._asking.of(model, self._first, self._called, self._tools.sheet.pieces, self._cancel)
        self._draft, self._asked = self._new_draft(asked), model.name
        self._step(f"ask {model.name}", _shown(asked))
        return asked.request

    def _new_draft(self, asked: Asked | None) -> Draft:
        plan = self._ruled.plan
        checker = Checker(self._people, plan.now, asked.shown if asked else ())
        return Draft(plan, checker, asked.enough if asked else 1.0, self._tell, self._step)

    def _call(self, calls: Sequence[Call]) -> None:
        """Runs the tools; what the model said before them is no answer yet."""
        if self._draft.kept:
            self._begin_anew("more is looked up first")
        found: list[tuple[tuple[int, ...], str]] = []
        taken = tuple(calls[:_MOST_CALLS])
        for call in taken:
            numbers, note = self._tools.call(call)
            self._step(f"tool {call.name}", f"{len(numbers)} pieces of evidence" if numbers else note[:160])
            found.append((numbers, note))
        self._called.append(Called(taken, tuple(found)))

    def _begin_anew(self, why: str) -> None:
        if self._draft.kept:
            self._tell(Anew(why))
        self._draft = self._new_draft(None)

    def _by_rules(self, why: str, *coverage: str) -> Answer:
        """The rules' own answer, after all."""
        self._begin_anew(why)
        self._step("answer by rules", why)
        ruled = self._ruled
        return replace(ruled, steps=(*ruled.steps, *self._steps), coverage=(*ruled.coverage, *coverage))

    def _step(self, action: str, found: str) -> None:
        self._steps.append(Step(action, found))
        self._tell(self._steps[-1])


def _silent(event: Event) -> None:
    """Nobody listens."""


def _shown(asked: Asked) -> str:
    parts = [f"{len(asked.shown)} pieces of evidence"]
    parts += [f"{asked.kept_home} kept home"] if asked.kept_home else []
    parts += [f"{asked.no_room} had no room"] if asked.no_room else []
    orders = sum(piece.orders for piece in asked.shown)
    parts += [f"{orders} sentences left out that give orders to a program"] if orders else []
    return ", ".join(parts)
