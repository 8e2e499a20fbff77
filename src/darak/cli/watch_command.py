"""`darak watch DIR`: what is dropped into a folder is imported, also what came while nobody watched."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from darak.cli.columns import with_columns
from darak.cli.import_report import print_reports
from darak.cli.main import explain
from darak.cli.progress import importing
from darak.cli.server_of import Server, import_by, server_of
from darak.cli.session import UsageProblem, ask_passphrase, home_folder, open_vault
from darak.importers.registry import load_importers
from darak.importers.report import Report
from darak.importers.runner import run_import
from darak.importers.tree import TreeError, open_tree
from darak.importers.watching import Signature, WatchedFolder
from darak.memory.memory import Memory
from darak.records.key import HEADER, read_header
from darak.records.vault import Vault, VaultBusy
from darak.sdk.results import Problem

_RESCAN = 60.0
"""Seconds after which the folder is looked at without an event: systems lose events, networks have none."""
_BUSY = 5.0


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "watch",
        parents=[common],
        help="import whatever is dropped into a folder",
        description=(
            "Imports each file or folder that is dropped into DIR, once it is whole; also what came while this"
            " was not running."
        ),
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="each file or folder in it is taken for one export")
    parser.add_argument("--once", action="store_true", help="import what is new there, and end")
    parser.add_argument(
        "--settle", type=float, default=2.0, metavar="S", help="seconds without change before it is read (default: 2)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    folder: Path = args.folder
    if not folder.is_dir():
        raise UsageProblem(f"{folder} is no folder; make it, and drop exports into it")
    home = home_folder(args)
    if home.resolve().is_relative_to(folder.resolve()):
        raise UsageProblem("the vault itself lies in this folder; watch another one")
    _ask_once(home)
    watched = WatchedFolder(folder, args.settle)
    known = _known(args)
    sound = _look(args, watched, known)
    while args.once and watched.is_waiting(known):
        time.sleep(max(args.settle, 0.05))
        sound = _look(args, watched, known) and sound
    if args.once:
        return 0 if sound else 1
    print(f"Watching {folder}. Drop exports into it; Ctrl-C ends it.", file=sys.stderr)
    while True:
        _watch(args, watched, known)
        print(f"{folder} is gone; its watch goes on when it is there again.", file=sys.stderr)
        while not folder.is_dir():
            time.sleep(_BUSY)
        _look(args, watched, known)


def _watch(args: argparse.Namespace, watched: WatchedFolder, known: dict[str, Signature]) -> None:
    """Imports what comes into the folder, until the folder is gone, or another one stands in its place."""
    from watchfiles import watch

    with suppress(FileNotFoundError):
        watching = watched.folder.stat().st_ino
        pause = int(1000 * max(args.settle, 0.05))
        looked = time.monotonic()
        for changes in watch(watched.folder, rust_timeout=pause, yield_on_timeout=True, raise_interrupt=True):
            if watched.folder.stat().st_ino != watching:
                return
            if changes or watched.is_waiting(known) or time.monotonic() - looked >= _RESCAN:
                _look(args, watched, known)
                looked = time.monotonic()


def _ask_once(home: Path) -> None:
    """Asks for the passphrase now: later nobody may be there."""
    if (home / HEADER).exists() and read_header(home).kept == "passphrase" and (text := ask_passphrase()) is not None:
        os.environ["DARAK_PASSPHRASE"] = text


def _known(args: argparse.Namespace) -> dict[str, Signature]:
    """What was taken in from watched folders, or could not be, as it was then."""
    if not (home_folder(args) / HEADER).exists():
        return {}
    with _own_vault(args) as owner:
        if isinstance(owner, Server):
            told = owner.wire.get("/api/here/watched")
            return {one["path"]: tuple(one["signature"]) for one in told}
        rows = owner.rows("SELECT path, files, size, changed FROM watched")
    return {path: (files, size, changed) for path, files, size, changed in rows}


def _look(args: argparse.Namespace, watched: WatchedFolder, known: dict[str, Signature]) -> bool:
    """Imports what is ready, and notes it as known. False when something could not be read as a whole."""
    ready = list(watched.ready(known, time.monotonic()))
    if not ready:
        return True  # the vault is left to others while there is nothing to do
    sound = True
    with ExitStack() as stack:
        owner = stack.enter_context(_own_vault(args))
        memory = stack.enter_context(Memory(owner)) if isinstance(owner, Vault) else None
        for path, signature in ready:
            if isinstance(owner, Server):
                sound = _hand_over(owner, path, signature) and sound
            else:
                assert memory is not None
                sound = _take_in(owner, memory, path) and sound
                values = (str(path.absolute()), *signature)
                owner.db.execute("INSERT OR REPLACE INTO watched VALUES(?,?,?,?)", values)
            known[str(path.absolute())] = signature
    return sound


@contextmanager
def _own_vault(args: argparse.Namespace) -> Generator[Vault | Server]:
    """The vault, or the server that has it; waited for while another command does: what lies in the folder does not
    run away."""
    with ExitStack() as stack:
        while True:
            try:
                owner = stack.enter_context(open_vault(args, create=True))
                break
            except VaultBusy as busy:
                with suppress(VaultBusy):
                    owner = server_of(args, busy)
                    break
                time.sleep(_BUSY)
        yield owner


def _hand_over(server: Server, path: Path, signature: Signature) -> bool:
    """Has the server import one file or folder. False when it could not be read as a whole."""
    try:
        return _told(path, import_by(server, path, watched=signature), server.zone)
    except Problem as problem:
        print(f"darak: {problem}", file=sys.stderr)
        return False


def _take_in(vault: Vault, memory: Memory, path: Path) -> bool:
    """Imports one file or folder. False when it could not be read as a whole; the watch goes on."""
    try:
        return _import(vault, memory, path)
    except TreeError as error:
        print(f"darak: {error}", file=sys.stderr)
    except Exception as error:
        if explain(error) is not None:  # a full disk, a damaged vault: of no use to go on
            raise
        print(f"darak: {path} could not be imported ({error!r}); please report this", file=sys.stderr)
    return False


def _import(vault: Vault, memory: Memory, path: Path) -> bool:
    tree = open_tree(path)
    importers = with_columns(load_importers(), [tree], vault, None)
    with importing() as on_progress, memory.follow_beside(expected=tree.size) as nudge:
        reports = run_import(tree, importers, vault, now=datetime.now(UTC), on_progress=on_progress, after_batch=nudge)
    return _told(path, reports, vault.zone)


def _told(path: Path, reports: Sequence[Report], zone: str) -> bool:
    """Prints what an import did. False when it was not read as a whole."""
    print_reports(reports, dry=False, zone=zone)
    if any("columns-unconfirmed" in report.problem_counts for report in reports):
        print(f"To take it in: darak import {shlex.quote(str(path))} --columns yes", file=sys.stderr)
    return all(report.state == "done" or report.unknown for report in reports)
