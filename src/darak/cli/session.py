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
from zoneinfo import ZoneInfo

from darak.memory.memory import Memory
from darak.records.erasure import unfinished
from darak.records.key import HEADER
from darak.records.time import zone_info
from darak.records.vault import Vault


class UsageProblem(Exception):
    """The command cannot be done as asked; the message says what to do."""


def home_folder(args: argparse.Namespace) -> Path:
    """The vault's folder: `--home`, else `$DARAK_HOME`, else the user's data folder."""
    if args.home:
        return Path(args.home).expanduser()
    if home := os.environ.get("DARAK_HOME"):
        return Path(home).expanduser()
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "darak"


def ask_passphrase() -> str | None:
    if (text := os.environ.get("DARAK_PASSPHRASE")) is not None:
        return text
    return getpass.getpass("Passphrase of this vault: ") if sys.stdin.isatty() else None


def system_zone() -> str:
    """This machine's IANA zone, UTC when it tells none."""
    candidates = [os.environ.get("TZ", "").lstrip(":")]
    link = Path("/etc/localtime")
    if link.is_symlink():
        candidates.append(str(link.resolve()).partition("zoneinfo/")[2])
    for name in candidates:
        try:
            if name:
                zone_info(name)
                return name
        except ValueError:
            continue
    return "UTC"


@contextmanager
def open_vault(args: argparse.Namespace, *, create: bool = False) -> Generator[Vault]:
    """The owner's vault; with `create`, a new one (key in the OS keyring or a key file) where there is none."""
    home = home_folder(args)
    if create and not (home / HEADER).exists():
        vault = Vault.create(home, zone=system_zone(), passphrase=os.environ.get("DARAK_PASSPHRASE"))
        print(f"A new vault was made in {home}.", file=sys.stderr)
    else:
        vault = Vault.open(home, ask_passphrase)
    with vault:
        if unfinished(vault):  # a forgetting was killed; the memory finishes it as it is opened
            Memory(vault).close()
        yield vault


@contextmanager
def open_memory(args: argparse.Namespace) -> Generator[tuple[Vault, Memory]]:
    """The vault and its memory, which has followed the journal to its end."""
    with open_vault(args) as vault, Memory(vault) as memory:
        if memory.lag:
            from darak.cli.progress import counting

            with counting("Indexing") as on_indexed:
                memory.follow(on_indexed)
        yield vault, memory


def moment(text: str | None, zone: str) -> datetime:
    """The moment of asking: `text`, else `$DARAK_NOW`, else the clock; on the owner's clock when it has no zone."""
    text = text or os.environ.get("DARAK_NOW")
    if not text:
        return datetime.now(zone_info(zone))
    try:
        now = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageProblem(f"{text!r} is no ISO time, such as 2025-03-04T09:00") from error
    return now if now.tzinfo else now.replace(tzinfo=ZoneInfo(zone) if "/" in zone else zone_info(zone))
