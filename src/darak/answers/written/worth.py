"""What a model is worth here beside no model: questions about a sample life, graded against what is known of it."""

from __future__ import annotations

import secrets
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Timer
from time import monotonic, perf_counter
from typing import Any

from darak.answers.answer import Answer
from darak.answers.ask import Asker
from darak.answers.written.written import Author
from darak.importers.registry import load_importers
from darak.importers.runner import run_import
from darak.importers.tree import open_tree
from darak.memory.memory import Memory
from darak.models.chain import Chain
from darak.models.model import Model
from darak.models.privacy import HomeRules
from darak.models.problems import Cancelled
from darak.models.wire import Cancel, Patience
from darak.records.vault import Vault
from darak.sample.generate import generate
from darak.sample.grade import Grade, grade
from darak.sample.model import Question
from darak.sample.questions import question_json

_SEED, _SCALE = 7, 0.01
_KINDS = ("lookup", "when", "who", "where", "count", "last", "average")
_UNANSWERABLE = 3
"""Questions of each language to which there is no record."""


@dataclass(frozen=True, slots=True)
class Graded:
    """One question: how the rules and the model did, whether the model's words were told, and its seconds."""

    question: str
    rules: Grade
    model: Grade
    wrote: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Score:
    """Of `asked` questions: right answers, and answers to what no record holds."""

    asked: int
    right: int
    false: int
    seconds: float | None = None
    """The median of an answer, None where it is no matter."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What came of it: without a model, with it, and how many answers are the model's own words.

    `asked` may be less than `of` when there was no more time.
    """

    rules: Score
    model: Score
    wrote: int
    of: int


def worth_of(graded: Sequence[Graded], of: int) -> Worth:
    """The sum of what was graded."""
    rules = Score(len(graded), sum(one.rules.right for one in graded), sum(one.rules.false_answer for one in graded))
    right, false = sum(one.model.right for one in graded), sum(one.model.false_answer for one in graded)
    seconds = round(median(one.seconds for one in graded), 2) if graded else None
    return Worth(rules, Score(len(graded), right, false, seconds), sum(one.wrote for one in graded), of)


class SampleExam:
    """A sample life in a memory of its own, with its questions. Nothing of the owner's is in it."""

    def __init__(self, memory: Memory, questions: Sequence[Question], now: datetime) -> None:
        self.questions = tuple(questions)
        self._memory = memory
        self._now = now
        self._asker = Asker(memory)

    def take(self, model: Model, limit: float) -> Iterator[Graded]:
        """Each question as it is answered, by the rules and with the model, for at most `limit` seconds."""
        author = Author(self._memory, _Only(model), self._asker, purpose="test of the model")
        end = monotonic() + limit
        for number, question in enumerate(self.questions, 1):
            cancel = Cancel()
            timer = Timer(max(0.0, end - monotonic()), cancel.cancel)
            timer.daemon = True
            timer.start()
            began = perf_counter()
            try:
                written = author.answer(question.text, question.now or self._now, cancel=cancel)
            except Cancelled:
                return
            finally:
                timer.cancel()
            seconds = perf_counter() - began
            ruled = self._asker.ask(question.text, question.now or self._now)
            gold = question_json(question, number, self._now)
            yield Graded(
                question.text, _grade(gold, ruled), _grade(gold, written), written.model is not None, round(seconds, 2)
            )


@contextmanager
def sample_exam() -> Generator[SampleExam]:
    """Writes the sample life into a folder for temporary files and takes it in, which takes some seconds."""
    with TemporaryDirectory(prefix="darak-exam-") as name:
        folder = Path(name)
        life = generate(folder, _SEED, scale=_SCALE)
        passphrase = secrets.token_hex(16)  # so that no key of it is left anywhere
        with Vault.create(folder / "vault", zone="Asia/Seoul", passphrase=passphrase) as vault, Memory(vault) as memory:
            run_import(open_tree(folder / "life"), load_importers(), vault, now=life.now)
            memory.follow()
            yield SampleExam(memory, list(_chosen(life.questions)), life.now)


class _Only:
    """The choice of one model, for a life of which everything may be told."""

    home_rules = HomeRules()

    def __init__(self, model: Model) -> None:
        self._model = model

    def chain(self) -> Chain:
        return Chain((self._model,), Patience(tries=1))


def _chosen(questions: Sequence[Question]) -> Iterator[Question]:
    """One question of each kind and language, and some without a record."""
    for language in ("ko", "en"):
        mine = [one for one in questions if one.language == language]
        for kind in _KINDS:
            yield from [one for one in mine if one.kind == kind and one.answerable][:1]
        yield from [one for one in mine if not one.answerable][:_UNANSWERABLE]


def _grade(gold: dict[str, Any], answer: Answer) -> Grade:
    return grade(gold, answer.json())
