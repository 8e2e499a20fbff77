"""Processes that want the same vault: one waits a little for the other, which may give way."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from darak.records.home import VaultBusy

WANTED = "wanted"
"""The file in the vault's folder that whoever waits for the vault holds locked, so that whoever has it can see it."""
_WAIT, _LOOK = 3.0, 0.1
"""Seconds that a process waits for another, and between two tries."""

T = TypeVar("T")


def open_soon(open_now: Callable[[], T], home: Path) -> T:
    """What `open_now` gives once nobody else has the vault in `home`. VaultBusy when somebody has it for long."""
    end = time.monotonic() + _WAIT
    with _wanting(home):
        while True:
            try:
                return open_now()
            except VaultBusy:
                if time.monotonic() > end:
                    raise
            time.sleep(_LOOK)


def is_wanted(home: Path) -> bool:
    """Whether another process waits for the vault in `home`."""
    try:
        handle = os.open(home / WANTED, os.O_RDWR)
    except OSError:
        return False  # nobody ever waited
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


@contextmanager
def _wanting(home: Path) -> Generator[None]:
    handle = os.open(home / WANTED, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)
