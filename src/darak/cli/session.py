"""What every command needs: the vault of this owner, opened and closed, the memory, and the moment of asking."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from darak.memory.memory import Memory
from darak.records.erasure import unfinished
from darak.records.key import HEADER, WrongPassphrase, key_file, read_header
from darak.records.vault import Vault, VaultBusy
from darak.sdk import surroundings
from darak.sdk.surroundings import default_home, system_zone

_TRIES = 3


class UsageProblem(Exception):
    """The command cannot be done as asked; the message says what to do."""


def home_folder(args: argparse.Namespace) -> Path:
    """The vault's folder: `--home`, else `$DARAK_HOME`, else the user's data folder."""
    return Path(args.home).expanduser() if args.home else default_home()


def ask_passphrase() -> str | None:
    if (text := os.environ.get("DARAK_PASSPHRASE")) is not None:
        return text
    return getpass.getpass("Passphrase of this vault: ") if sys.stdin.isatty() else None


def key_place(home: Path) -> str:
    """Where the key of the vault in `home` is, and what that means for its owner."""
    header = read_header(home)
    if header.kept == "file":
        return f"Its key is {key_file(header.id)}: keep a copy elsewhere, nobody can read the vault without it."
    if header.kept == "keyring":
        return "Its key is in the OS keyring of this machine; `darak key copy FILE` makes a copy to keep elsewhere."
    return "Nobody can read it without the passphrase, and nothing can bring a lost passphrase back."


def _open(home: Path, key: bytes | None) -> Vault:
    """The vault in `home`; a person at a terminal may mistype the passphrase twice."""
    tries = _TRIES if key is None and sys.stdin.isatty() and "DARAK_PASSPHRASE" not in os.environ else 1
    for left in range(tries - 1, 0, -1):
        try:
            return Vault.open(home, ask_passphrase)
        except WrongPassphrase as error:
            print(f"{error} {left} more {'try' if left == 1 else 'tries'}.", file=sys.stderr)
    return Vault.open(home, ask_passphrase, key)


def _open_in_turn(home: Path, key: bytes | None) -> Vault:
    """The vault in `home`, once another command that has it is done. VaultBusy when a server has it, or for long."""
    try:
        return _open(home, key)
    except VaultBusy as busy:
        from darak.records.giving_way import open_soon
        from darak.sdk.beacon import find

        if (beacon := find(home)) is None:
            return open_soon(lambda: _open(home, key), home)
        raise VaultBusy(
            f"`darak serve` (process {beacon.pid}) has this vault, at {beacon.url}; do it there, or end it first."
        ) from busy


@contextmanager
def open_vault(args: argparse.Namespace, *, create: bool = False, key: bytes | None = None) -> Generator[Vault]:
    """The owner's vault; with `create`, a new one (key in the OS keyring or a key file) where there is none. `key` is
    its `database_key`, where it was open before."""
    home = home_folder(args)
    if create and not (home / HEADER).exists():
        vault = Vault.create(home, zone=system_zone(), passphrase=os.environ.get("DARAK_PASSPHRASE"))
        print(f"A new vault was made in {home}. {key_place(home)}", file=sys.stderr)
    else:
        vault = _open_in_turn(home, key)
    with vault:
        if unfinished(vault):  # a forgetting was killed; the memory finishes it as it is opened
            Memory(vault).close()
        yield vault


@contextmanager
def open_memory(args: argparse.Namespace, key: bytes | None = None) -> Generator[tuple[Vault, Memory]]:
    """The vault and its memory, which has followed the journal to its end."""
    with open_vault(args, key=key) as vault, Memory(vault) as memory:
        if memory.lag:
            from darak.cli.progress import counting

            with counting("Indexing") as on_indexed:
                memory.follow(on_indexed)
        yield vault, memory


def moment(text: str | None, zone: str) -> datetime:
    """The moment of asking: `text`, else `$DARAK_NOW`, else the clock; on the owner's clock when it has no zone."""
    try:
        return surroundings.moment(datetime.fromisoformat(text) if text else None, zone)
    except ValueError as error:
        said = text or os.environ.get("DARAK_NOW")
        raise UsageProblem(f"{said!r} is no ISO time of our days, such as 2025-03-04T09:00") from error
