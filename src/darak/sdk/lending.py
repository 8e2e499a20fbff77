"""A life that is open only while it is used, for programs that run for days beside the owner's own commands."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager

from darak.sdk.life import Life


class Lending:
    """Opens a life with `make` when it is asked for, and closes it after `idle` seconds without anybody who uses it."""

    def __init__(self, make: Callable[[], Life], idle: float = 20.0) -> None:
        self._make, self._idle = make, idle
        self._lock = threading.Lock()
        self._life: Life | None = None
        self._timer: threading.Timer | None = None

    @contextmanager
    def life(self) -> Generator[Life]:
        """The life, for one caller at a time. Problem when it cannot be opened."""
        with self._lock:
            self._stop_timer()
            if self._life is None:
                self._life = self._make()
            try:
                yield self._life
            finally:
                self._timer = threading.Timer(self._idle, self._rest)
                self._timer.daemon = True
                self._timer.start()

    def close(self) -> None:
        with self._lock:
            self._stop_timer()
            self._close()

    def _rest(self) -> None:
        with self._lock:
            if self._timer is threading.current_thread():  # else somebody has used it meanwhile
                self._close()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _close(self) -> None:
        life, self._life = self._life, None
        if life is not None:
            life.close()
