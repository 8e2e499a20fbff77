"""A folder for plain copies of what is kept encrypted, or read: nobody else can read it, and no kill leaves it behind.

Whose folder it is tells a lock on it, which ends with its process however that ends. What nobody holds any more is
removed by whoever makes the next.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

_PREFIX = "darak-plain-"


class PrivateFolder:
    """A new, empty folder in `parent` (where temporary files lie, without one), removed by `close` or at the end of a
    `with`; `label` is a part of its name. Leftovers in `parent` are removed first."""

    def __init__(self, parent: Path | None = None, label: str = "") -> None:
        parent = parent or Path(tempfile.gettempdir())
        remove_leftovers(parent)
        self.path, self._lock = _make(parent, _PREFIX + label)

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_: object) -> None:
        self.close()

    def clear(self) -> None:
        """Removes all folders in it."""
        for path in self.path.iterdir():
            remove_folder(path)

    def close(self) -> None:
        remove_folder(self.path)
        os.close(self._lock)


def remove_leftovers(parent: Path) -> None:
    """Removes the folders in `parent` that killed processes of this user have left."""
    for folder in parent.glob(f"{_PREFIX}*"):
        with suppress(OSError):  # another user's, a living process's, or one that is gone by now
            lock = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                remove_folder(folder)
            finally:
                os.close(lock)


def remove_folder(folder: Path) -> None:
    """Removes a folder of plain files, also when another thread or process writes into it for a moment still."""
    for _ in range(20):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.1)


def _make(parent: Path, prefix: str) -> tuple[Path, int]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        with suppress(FileNotFoundError):  # another process took it for a leftover before it was locked
            lock = os.open(folder, os.O_RDONLY)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if folder.exists():
                return folder, lock
            os.close(lock)
