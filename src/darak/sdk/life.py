"""A life: everything that can be asked of a memory and done with it, wherever it is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal, Self, Unpack

from darak.memory.timeline import Unit
from darak.sdk.results import (
    Answer,
    Conversation,
    Forgetting,
    Hit,
    Period,
    Person,
    Problem,
    Receipt,
    Record,
    Report,
    Which,
)

NEW = "new"
"""What begins a conversation."""
OnProgress = Callable[[str, int, int, int], None]
"""Called while an import runs: the source, bytes read, bytes in all (0 when unknown), items so far."""


class Life(ABC):
    """One owner's memory. Use it in a `with`, or close it. Every method raises Problem when it cannot be done."""

    @abstractmethod
    def ask(
        self, question: str, *, now: datetime | None = None, conversation: str | None = None, model: bool = True
    ) -> Answer:
        """The answer to a question in Korean or English, with the records it rests on.

        `now` is the moment of asking, against which its dates are read; this moment when None. `conversation` is the
        one that the question goes on with ("and the year before?"), as `Answer.conversation` names it, or "new" to
        begin one; without it the question stands alone and is not kept. The owner's chosen models write the answer
        where there are some, and the rules alone when `model` is False.
        """

    @abstractmethod
    def conversations(self, search: str = "", *, limit: int = 50) -> tuple[Conversation, ...]:
        """The conversations, the latest first; with `search`, those in which all its words were asked or answered."""

    @abstractmethod
    def search(
        self, query: str = "", *, limit: int = 10, context: int = 0, now: datetime | None = None, **which: Unpack[Which]
    ) -> tuple[Hit, ...]:
        """The `limit` records that fit best, best first, each with up to `context` neighbours on both sides."""

    @abstractmethod
    def record(self, record_id: str) -> Record:
        """One record, whole, by its id or the beginning of it."""

    @abstractmethod
    def timeline(self, by: Unit = "year", *, since: str | None = None, until: str | None = None) -> tuple[Period, ...]:
        """How many records each year, month or day has, by source, in the order of time; empty ones are left out."""

    @abstractmethod
    def day(self, day: str, *, limit: int = 200) -> tuple[Record, ...]:
        """The first `limit` records of a day ("2024-05-12"), in the order of their own clocks."""

    @abstractmethod
    def people(self) -> tuple[Person, ...]:
        """Everybody, those with most records first."""

    @abstractmethod
    def import_(self, path: str | Path, *, on_progress: OnProgress | None = None) -> tuple[Report, ...]:
        """Reads every source found in a file, a folder, a zip or a tgz. The same file again adds nothing."""

    @abstractmethod
    def remember(self, text: str, *, title: str | None = None, via: str | None = None) -> Record:
        """Keeps a note of the owner's own, of this moment: a record of source "darak" and kind "note".

        `via` names the program that took it down, where it was not the owner.
        """

    @abstractmethod
    def forgetting(
        self,
        *,
        words: str | None = None,
        records: Sequence[str] = (),
        metrics: Sequence[str] = (),
        everything: bool = False,
        **which: Unpack[Which],
    ) -> Forgetting:
        """What would be forgotten: all that fits everything that is given, or `everything` there is. Nothing is erased.

        `words` must all be said, with any endings; those in quotation marks by their very characters, also inside
        longer words. `records` are ids; `metrics` names of measured numbers. People are meant by their whole name or
        handle.
        """

    @abstractmethod
    def forget(self, forgetting: Forgetting, *, keep: Sequence[str] = (), confirm: Literal[True]) -> Receipt:
        """Erases for good what `forgetting` has shown, but for the records whose ids are in `keep`, and nothing else.
        Problem unless `confirm` is True."""

    @abstractmethod
    def close(self) -> None:
        """Puts the memory at rest."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def check_confirmed(confirm: bool) -> None:
    """Problem unless the owner has said so in so many words."""
    if confirm is not True:
        raise Problem("nothing was forgotten: it cannot be undone, so say confirm=True")
