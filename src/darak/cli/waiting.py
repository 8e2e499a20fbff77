"""Waiting for a language model that has not said a word yet: what a person sees meanwhile, and how the waiting ends."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from darak.answers.answer import Answer
from darak.answers.written.draft import Anew, Words
from darak.models.wire import Cancel
from darak.records.giving_way import is_wanted

if TYPE_CHECKING:
    from darak.answers.written.written import Event

_LOOK = 0.2
"""Seconds between two looks whether another command wants the vault."""
_LATE = 5.0
"""Seconds of silence after which a person is told what the rules found."""


@dataclass(frozen=True, slots=True)
class Late:
    """The models are silent; meanwhile this is the rules' answer."""

    ruled: Answer


class Waiting:
    """One question while models are asked about it. In a `with` block, from the asking thread.

    As long as no word has come, another command that wants the vault in `home` ends the waiting, and so does the first
    Ctrl-C at a terminal: the rules' answer is there already. `tell` gets what is told of the answer, and a Late once
    the silence has lasted.
    """

    def __init__(self, home: Path, tell: Callable[[Event | Late], None] | None, late: float = _LATE) -> None:
        self.cancel = Cancel()
        self._home, self._tell, self._late = home, tell, late
        self._ruled: Answer | None = None
        self._over, self._telling = threading.Event(), threading.Lock()
        self._spoken = False
        self._watcher: threading.Thread | None = None
        self._before: Any = None

    def ruled(self, answer: Answer) -> None:
        """The rules have answered, and a model is asked."""
        self._ruled = answer
        if sys.stdout.isatty() and threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._interrupt)
        self._watcher = threading.Thread(target=self._watch, name="darak-waiting", daemon=True)
        self._watcher.start()

    def told(self, event: Event) -> None:
        """Something of the answer."""
        with self._telling:
            if isinstance(event, (Words, Anew)):
                self._spoken = isinstance(event, Words)
            if self._tell is not None:
                self._tell(event)

    def __enter__(self) -> Waiting:
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._watcher is not None:
            self._watcher.join()
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, self._before)  # a second one stops the command
        self.cancel.cancel(gently=True)

    def _watch(self) -> None:
        waited = 0.0
        while not self._over.wait(_LOOK):
            waited += _LOOK
            with self._telling:
                if self._spoken:
                    continue
                if self._ruled is not None and self._tell is not None and waited >= self._late:
                    self._tell(Late(self._ruled))
                    self._ruled = None
            if is_wanted(self._home):
                self.cancel.cancel(gently=True)
