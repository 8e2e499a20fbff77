"""Reading the memory from many threads: each holds a view of its own for as long as one request takes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from darak.answers.answer import Answer, Step
from darak.answers.ask import Asker
from darak.answers.follow_up.turn import Turn
from darak.memory.memory import Memory
from darak.records.vault import Vault
from darak.server.limits import UNLIMITED, Limits, limit_vault, limited_volume, seen_people

MOST = 8
"""Views that are held at once; further requests wait for one."""
_CACHE_KIB = 32 * 1024
_STATES = 8
"""States of the vault, and limits of keys, of which what was made is kept."""

T = TypeVar("T")


class Busy(Exception):
    """The memory cannot do this just now; the message says why."""


class Kept:
    """What was made of a vault in one state of it, for all views that see the same: the first makes it, others wait."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._values: dict[object, dict[object, Future[Any]]] = {}

    def value(self, state: object, compute: Callable[[Vault], T], vault: Vault) -> T:
        with self._lock:
            values = self._values.pop(state, {})
            self._values[state] = values
            while len(self._values) > _STATES:
                del self._values[next(iter(self._values))]
            known = values.get(compute)
            making = known or values.setdefault(compute, Future())
        if known is None:
            try:
                making.set_result(compute(vault))
            except BaseException as error:
                with self._lock:
                    del values[compute]
                making.set_exception(error)
        return making.result()

    def clear(self) -> None:
        with self._lock:
            self._values.clear()


class View:
    """What one thread reads: a connection of its own, and the index as it was when the view was brought up to date."""

    def __init__(self, main: Memory, limits: Limits, kept: Kept) -> None:
        self._main, self._kept = main, kept
        self.limits = limits
        self.vault = Vault.reader(main.vault.home, main.vault.database_key)
        self.vault.db.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
        if limits != UNLIMITED:
            limit_vault(self.vault, limits, lambda: self.once(seen_people))
        self._state: object = None
        self._asker: Asker | None = None
        self.memory = main

    def refresh(self, epoch: int) -> None:
        """Takes up what has changed since: `epoch` counts the changes of the vault, the index tells its own."""
        state = (epoch, _signature(self._main))
        if state == self._state:
            return
        memory = self._main.reader(self.vault)
        for number, volume in memory.volumes.items():
            if volume.searcher and self.limits != UNLIMITED:  # asked for now, it stays as it is now
                memory.volumes[number] = limited_volume(volume, self.limits)
        self.memory, self._state, self._asker = memory, state, None

    def ask(
        self,
        question: str,
        now: datetime,
        turns: Sequence[Turn] = (),
        on_step: Callable[[Step], None] | None = None,
    ) -> Answer:
        return self.asker.ask(question, now, turns, on_step)

    @property
    def asker(self) -> Asker:
        if self._asker is None:
            self._asker = Asker(self.memory)
        return self._asker

    def once(self, compute: Callable[[Vault], T]) -> T:
        """What a function makes of the vault, made once for all views until something changes.

        It must not hold the vault, nor be changed by whoever is given it.
        """
        return self._kept.value((self._state, self.limits), compute, self.vault)

    def close(self) -> None:
        self.memory = self._main
        self.vault.close()


class Readers:
    """The views of one memory. `changed` is called after each change of the vault."""

    def __init__(self, main: Memory) -> None:
        self._main, self._kept = main, Kept()
        self._free = threading.Condition()
        self._idle: list[View] = []
        self._held = 0
        self._alone = False
        self._epoch = 0

    def changed(self) -> None:
        self._epoch += 1

    @contextmanager
    def lease(self, limits: Limits = UNLIMITED, wait: float = 30.0) -> Generator[View]:
        """A view that is up to date, for the calling thread alone. Busy after `wait` seconds without one."""
        with self._free:
            if not self._free.wait_for(lambda: self._held < MOST and not self._alone, wait):
                raise Busy("too much is being asked at once, or something is being erased; try again in a moment")
            self._held += 1
            view = next((one for one in reversed(self._idle) if one.limits == limits), None)
            if view is not None:
                self._idle.remove(view)
        try:
            view = view or View(self._main, limits, self._kept)
            view.refresh(self._epoch)
            yield view
        finally:
            with self._free:
                self._held -= 1
                if view is not None:
                    self._idle.append(view)
                spare = self._idle.pop(0) if len(self._idle) > MOST else None
                self._free.notify_all()
            if spare is not None:
                spare.close()

    @contextmanager
    def alone(self, wait: float = 60.0) -> Generator[None]:
        """Nobody reads while in it, and no view outlives its beginning. Busy when somebody does not end."""
        with self._free:
            if self._alone or not self._free.wait_for(lambda: not self._alone, wait):
                raise Busy("something else is being erased; try again in a moment")
            self._alone = True
            if not self._free.wait_for(lambda: self._held == 0, wait):
                self._alone = False
                self._free.notify_all()
                raise Busy("somebody is still reading, perhaps an export; try again when it has finished")
            idle, self._idle = self._idle, []
        try:
            for view in idle:
                view.close()
            self._kept.clear()
            yield
        finally:
            with self._free:
                self._alone = False
                self._free.notify_all()

    def close(self) -> None:
        with self.alone():
            pass


def _signature(memory: Memory) -> tuple[tuple[str, int], ...]:
    """What tells whether the index has changed, whoever writes it."""
    folder = memory.index.folder
    return tuple(sorted((path.parent.name, path.stat().st_mtime_ns) for path in folder.glob("*/meta.json")))
