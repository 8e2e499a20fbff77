"""The folder of a vault: one process owns it at a time, and its owner alone may read the database in it."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path

LOCK = "lock"
"""Held by the process that owns the vault; it says which one."""


class VaultProblem(Exception):
    """The vault cannot be used now; the message says why and what to do."""


class VaultBusy(VaultProblem):
    """Another process owns the vault just now."""


def make_home(home: Path) -> None:
    """Makes the folder where there is none. VaultProblem when something else is in its place."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except (FileExistsError, NotADirectoryError) as error:
        raise VaultProblem(f"{home} is no folder, and none can be made there; name another place.") from error


def lock_home(home: Path) -> int:
    """The lock that makes this process the vault's only owner, released by closing it or by the process's end."""
    handle = os.open(home / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = os.read(handle, 20).decode(errors="replace").strip()
        os.close(handle)
        raise VaultBusy(
            f"Another Darak (process {holder or 'unknown'}) is using this vault; wait until it has finished."
        ) from error
    os.ftruncate(handle, 0)
    os.write(handle, str(os.getpid()).encode())
    return handle


def keep_private(database: Path) -> None:
    """Makes the file, if there is none, readable for its owner alone; SQLite gives those beside it the same mode."""
    if not database.exists():
        os.close(os.open(database, os.O_RDWR | os.O_CREAT, 0o600))
    elif database.stat().st_mode & 0o077:
        with suppress(OSError):  # a file system that knows no modes
            database.chmod(0o600)
