"""What needs the vault, open only while it is used: for programs that run for long beside the owner's own commands."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from darak.records.giving_way import is_wanted
from darak.sdk.surroundings import default_home

_LOOK = 0.2
"""Seconds between two looks whether anybody else wants the vault."""


class Closable(Protocol):
    def close(self) -> None: ...


T = TypeVar("T", bound=Closable)


class Lending(Generic[T]):
    """Opens a life, or what else `make` gives, when it is asked for. It is closed after `idle` seconds without anybody
    who uses it, and before that as soon as another process waits for the vault in `home` (the user's own when None)."""

    def __init__(self, make: Callable[[], T], home: Path | None = None, idle: float = 20.0) -> None:
        self._make, self._idle = make, idle
        self._home = home or default_home()
        self._lock = threading.Lock()
        self._life: T | None = None
        self._used = 0.0
        self._closed = threading.Event()

    @contextmanager
    def life(self) -> Generator[T]:
        """The life, for one caller at a time. Problem when it cannot be opened."""
        with self._lock:
            if self._life is None:
                self._life = self._make()
                self._closed = threading.Event()
                threading.Thread(target=self._watch, args=(self._closed,), name="darak-lending", daemon=True).start()
            try:
                yield self._life
            finally:
                self._used = time.monotonic()

    def close(self) -> None:
        with self._lock:
            self._close()

    def _watch(self, closed: threading.Event) -> None:
        while not closed.wait(min(_LOOK, self._idle)):
            if self._lock.acquire(blocking=False):  # else somebody uses it
                try:
                    rested = time.monotonic() - self._used >= self._idle
                    if not closed.is_set() and (rested or is_wanted(self._home)):
                        self._close()
                finally:
                    self._lock.release()

    def _close(self) -> None:
        life, self._life = self._life, None
        self._closed.set()
        if life is not None:
            life.close()
