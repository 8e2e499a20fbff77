"""`darak key`: where the vault's key is, a copy of it, and another place for it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from darak.cli.init_command import new_passphrase
from darak.cli.session import UsageProblem, ask_passphrase, home_folder, key_place
from darak.records.key import find_key, key_text, keyring_works, move_key, parse_key

_WAYS = """nothing: where the key is
copy FILE        write it to a new file, to be kept away from this machine
restore FILE     take it back from such a copy
move passphrase  keep it under a passphrase from now on, or under another one
move file        keep it in a file outside the vault
move keyring     keep it in the OS keyring"""


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "key",
        parents=[common],
        help="where the vault's key is; copy it, restore it, change the passphrase",
        description="Without its key nobody can read a vault, its owner neither.",
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument("what", nargs="*", metavar="WHAT", help=_WAYS)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    home = home_folder(args)
    match args.what:
        case []:
            pass
        case ["copy", name]:
            _copy(home, Path(name).expanduser())
            print(f"The key was copied to {name}. Whoever has this file and the vault can read it.")
            return 0
        case ["restore", name]:
            _restore(home, Path(name).expanduser())
        case ["move", "passphrase"]:
            move_key(home, find_key(home, ask_passphrase), passphrase=new_passphrase("DARAK_NEW_PASSPHRASE"))
        case ["move", "file"]:
            move_key(home, find_key(home, ask_passphrase), use_keyring=False)
        case ["move", "keyring"]:
            if not keyring_works():
                raise UsageProblem("this machine has no OS keyring that keeps keys; `darak key move file` uses a file")
            move_key(home, find_key(home, ask_passphrase))
        case _:
            raise UsageProblem(f"{' '.join(args.what)!r} is none of these:\n{_WAYS}")
    print(f"The vault is {home}. {key_place(home)}")
    return 0


def _copy(home: Path, path: Path) -> None:
    if path.resolve().is_relative_to(home.resolve()):
        raise UsageProblem("a key that lies in its vault's folder protects nothing; name another place")
    key = find_key(home, ask_passphrase)
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise UsageProblem(f"{path} is already there; name a new file") from error
    with os.fdopen(file, "w") as stream:
        stream.write(key_text(key))


def _restore(home: Path, path: Path) -> None:
    try:
        key = parse_key(path.read_text("ascii"))
    except ValueError as error:  # not even text, perhaps
        raise UsageProblem(f"{path} holds no key: it should be 64 hexadecimal digits") from error
    move_key(home, key)
