"""One vault, open in this process for as long as it serves: a thread that does the long writing, a connection for
short changes, and as many readers as are asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

import apsw

from darak.memory.coverage import source_coverage
from darak.memory.memory import Memory
from darak.memory.people import list_people
from darak.memory.timeline import by_day
from darak.records.vault import Vault
from darak.server.limits import UNLIMITED, Limits
from darak.server.readers import Busy, Readers, View

_PATIENCE_MS = 60_000
_SOON = 2.0
"""Seconds that somebody waits for the index, which an import may keep busy."""

T = TypeVar("T")


class House:
    """The vault and its memory, shared by threads. `clock` gives the moment of asking in a zone.

    `vault` and `memory` belong to the writing thread: only what is given to `later` may touch them.
    """

    def __init__(self, vault: Vault, memory: Memory, clock: Callable[[str], datetime]) -> None:
        self.vault = vault
        self.memory = memory
        self.home = vault.home
        self.clock = clock
        self.closing = threading.Event()
        self._readers = Readers(memory)
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="darak-writer")
        self._pen = Vault.reader(vault.home, vault.database_key)
        self._pen.db.execute("PRAGMA query_only=OFF")
        self._pen_lock = threading.Lock()
        for one in (vault, self._pen):
            one.db.set_busy_timeout(_PATIENCE_MS)

    @contextmanager
    def read(self, limits: Limits = UNLIMITED) -> Generator[View]:
        """A view for the calling thread."""
        with self._readers.lease(limits) as view:
            yield view

    def warm(self) -> None:
        """Asks and looks through the years, so that the first question need not wait for what is loaded once."""
        with self.read() as view:
            view.ask("처음 만난 날은 언제야?", self.clock(view.vault.zone))
            for compute in (source_coverage, list_people, by_day):
                view.once(compute)

    def changed(self) -> None:
        """Says that the vault holds something new, so that readers look again."""
        self._readers.changed()

    def write(self, change: Callable[[Vault], T]) -> T:
        """Makes a short change in a transaction of its own, also while the writing thread works.

        Busy when that, or another process, does not let go of the vault for a minute.
        """
        try:
            with self._pen_lock, self._pen.transaction():
                return change(self._pen)
        except apsw.BusyError as error:
            raise Busy("the vault is being written to; try again in a moment") from error

    def later(self, job: Callable[[], T]) -> Future[T]:
        """Has the writing thread do something, after all that it was given before."""
        return self._writing.submit(job)

    def index_soon(self) -> None:
        """Has the index take up what was just written, and waits a little for it."""

        def follow() -> None:
            self.memory.follow()
            self.changed()

        self.changed()
        if not self.closing.is_set():  # else the next start does it
            wait([self.later(follow)], _SOON)

    @contextmanager
    def alone(self) -> Generator[None]:
        """Nobody reads while in it: for the writing thread, when what is in the files is to vanish from them."""
        with self._readers.alone():
            yield
        self.changed()

    def close(self) -> None:
        """Lets running work end at its next step; then the vault and the memory can be closed."""
        self.closing.set()
        self._writing.shutdown(cancel_futures=True)
        self._readers.close()
        self._pen.close()
