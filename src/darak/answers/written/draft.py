"""What a model has written so far: its sentences as they pass the check, with the citations that an answer names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil

from darak.answers.answer import Answer, Citation, Status
from darak.answers.plan import Plan
from darak.answers.written.check import Checked, Checker
from darak.answers.written.plain import visible
from darak.answers.written.sentences import Sentences
from darak.answers.written.sheet import Cited, Piece, is_counted

_ENDS = re.compile(r"[.!?。…][\"”’')]*$")
_MOST_SENTENCES = 12
_LONGEST_SENTENCE = 1_000
"""Characters; what goes on longer is a model that says the same again and again."""
_MARKED = 3
"""Records behind something computed that are cited at most."""


@dataclass(frozen=True, slots=True)
class Words:
    """A checked sentence of the answer, as it will stand there, to be put after those before it."""

    text: str


@dataclass(frozen=True, slots=True)
class Anew:
    """What was said so far is void, and the answer begins anew; `why` is a few words."""

    why: str


class Draft:
    """The answer of one model while it streams. `enough` is the share of the question's words that what it cites must
    hold, for the question to count as answered."""

    def __init__(
        self,
        plan: Plan,
        checker: Checker,
        enough: float,
        tell: Callable[[Words], None],
        step: Callable[[str, str], None],
    ) -> None:
        self.kept: list[Checked] = []
        self._plan = plan
        self._checker = checker
        self._enough = enough
        self._tell, self._step = tell, step
        self._sentences = Sentences()
        self._citations: list[Cited] = []
        self._texts: list[str] = []
        self._raw: list[str] = []
        self._taken = 0

    def feed(self, text: str) -> None:
        self._raw.append(text)
        for sentence in self._sentences.feed(text):
            self._take(sentence)

    def finish(self, *, cut: bool) -> None:
        """Takes what is left; half a sentence of a reply that was `cut` off is dropped."""
        rest = self._sentences.end()
        if rest and cut and not _ENDS.search(rest):
            self._step("drop a sentence", f"it was cut off: {rest[:80]}")
        elif rest:
            self._take(rest)

    @property
    def rambles(self) -> bool:
        """Whether it has said more sentences than an answer has, or one that does not end."""
        return self._taken >= _MOST_SENTENCES or self._sentences.open > _LONGEST_SENTENCE

    def says(self, words: str) -> bool:
        """Whether the model wrote these words."""
        return words in "".join(self._raw).upper()

    def answer(self, ruled: Answer, model: str) -> Answer:
        """The whole answer, in the place of the rules' own."""
        computed = any(piece.computed for piece in self._pieces())
        return replace(
            ruled,
            text="".join(self._texts),
            status=self._status(ruled),
            citations=tuple(replace(one, number=number) for number, one in enumerate(self._citations, 1)),
            series=ruled.series if computed else (),
            model=model,
        )

    def _pieces(self) -> list[Piece]:
        return list(dict.fromkeys(piece for one in self.kept for piece in one.pieces))

    def _status(self, ruled: Answer) -> Status:
        """Whether what is cited answers the question: what the rules found does; else it must hold what is asked."""
        plan, pieces = self._plan, self._pieces()
        if ruled.status == "answered":
            if is_counted(plan):
                return "answered" if any(piece.computed for piece in pieces) else "unsure"
            found = {one.n for one in ruled.citations if isinstance(one, Citation)}
            if any(
                piece.computed or found & {one.n for one in piece.cited if isinstance(one, Citation)}
                for piece in pieces
            ):
                return "answered"
        wants = [want for want in plan.wants if want.role in ("thing", "number", "deed", "act")]
        held = self._checker.holds([want.forms for want in wants], pieces)
        if held < ceil(self._enough * len(wants)) or (not wants and not plan.people and not plan.spans):
            return "unsure"
        if self._checker.holds([person.forms for person in plan.people], pieces) < len(plan.people):
            return "unsure"
        return "answered" if self._checker.reach(plan.spans, pieces) else "unsure"

    def _take(self, sentence: str) -> None:
        self._taken += 1
        checked = self._checker.check(visible(sentence))
        if checked.why:
            self._step("drop a sentence", f"{checked.why}: {checked.text[:120]}")
        elif all(checked.text != other.text for other in self.kept):
            self.kept.append(checked)
            text = _marked(checked.text, self._numbers(checked.pieces))
            self._texts.append(f" {text}" if self._texts else text)
            self._tell(Words(self._texts[-1]))

    def _numbers(self, pieces: Sequence[Piece]) -> list[int]:
        """The numbers under which the answer cites what these pieces rest on."""
        found: list[int] = []
        for one in (one for piece in pieces for one in piece.cited[:_MARKED]):
            known = [number for number, other in enumerate(self._citations, 1) if _key(other) == _key(one)]
            if not known:
                self._citations.append(one)
            found += known or [len(self._citations)]
        return list(dict.fromkeys(found))


def _key(one: Cited) -> object:
    return one.n if isinstance(one, Citation) else one.measured


def _marked(text: str, numbers: Sequence[int]) -> str:
    """The sentence with its marks before the full stop."""
    marks = "".join(f"[{number}]" for number in numbers)
    end = re.search(r"[.!?。…]+$", text)
    return f"{text[: end.start()].rstrip()} {marks}{end[0]}" if end else f"{text} {marks}"
