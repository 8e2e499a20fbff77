"""Answers for whoever asks: by the owner's models where some are chosen, else by the rules."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime

from darak.answers.answer import Answer
from darak.answers.follow_up.turn import Turn
from darak.answers.written.written import Author, OnEvent
from darak.models.models import Models
from darak.models.wire import Cancel
from darak.server.house import House
from darak.server.limits import UNLIMITED, Limits
from darak.server.readers import Busy

_AT_ONCE = 4
"""Answers that models write at once: fewer than there are views, so that nobody else waits for a slow model."""
_PATIENCE = 60.0
"""Seconds that a question waits for its turn."""


class Answering:
    """May be asked from any thread."""

    def __init__(self, house: House, models: Models) -> None:
        self._house, self._models = house, models
        self._turns = threading.BoundedSemaphore(_AT_ONCE)

    def answer(
        self,
        question: str,
        limits: Limits = UNLIMITED,
        *,
        now: datetime | None = None,
        turns: Sequence[Turn] = (),
        rules: bool = False,
        on_event: OnEvent | None = None,
        cancel: Cancel | None = None,
    ) -> Answer:
        """The answer from what the limits let see; `now` is this moment unless it is given; `rules`
        leaves models out.

        Each step, and each checked sentence of a model, is told as it comes. Busy when there is no room; Cancelled
        when `cancel` stops it.
        """
        if rules or not self._models.settings.order:
            with self._house.read(limits) as view:
                return view.ask(question, now or self._house.clock(view.vault.zone), turns, on_event)
        if not self._turns.acquire(timeout=_PATIENCE):
            raise Busy("models are writing as many answers as they can; try again in a moment")
        try:
            with self._house.read(limits) as view:
                now = now or self._house.clock(view.vault.zone)
                author = Author(view.memory, self._models, view.asker)
                return author.answer(question, now, turns, on_event, cancel)
        finally:
            self._turns.release()
