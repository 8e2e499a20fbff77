"""`darak init`: a new vault, with its key where the owner wants it; or another time zone for the one there is."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from typing import Any

from darak.cli.session import UsageProblem, ask_passphrase, home_folder, key_place, system_zone
from darak.records.key import HEADER, keyring_works
from darak.records.time import zone_info
from darak.records.vault import Vault, VaultProblem
from darak.records.zone import correct_zone

_SHORT = 8
_VARIABLE = "DARAK_PASSPHRASE"


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "init",
        parents=[common],
        help="make a vault, or correct its time zone",
        description="Makes a new vault. Without an option the key goes to the OS keyring, or to a key file where there"
        " is none, or under $DARAK_PASSPHRASE where that is set. In a vault that exists, --zone corrects the zone of"
        " times that came without one.",
    )
    kept = parser.add_mutually_exclusive_group()
    kept.add_argument("--passphrase", action="store_true", help="the key lies in the vault, under a passphrase")
    kept.add_argument("--key-file", action="store_true", help="the key lies in a file outside the vault")
    kept.add_argument("--keyring", action="store_true", help="the key lies in the OS keyring")
    parser.add_argument("--zone", metavar="ZONE", help="your time zone, such as Asia/Seoul (default: this machine's)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    home = home_folder(args)
    if args.zone is not None:
        try:
            zone_info(args.zone)
        except ValueError as error:
            raise UsageProblem(f"{args.zone!r} is no time zone; write one such as Asia/Seoul") from error
    if (home / HEADER).exists():
        if args.zone is None or args.passphrase or args.key_file or args.keyring:
            raise VaultProblem(f"{home} already holds a vault.")
        with Vault.open(home, ask_passphrase) as vault:
            moved = correct_zone(vault, args.zone)
        print(f"The zone of this vault is now {args.zone}; {moved:,} times without a zone are taken in it.")
        return 0
    if args.keyring and not keyring_works():
        raise UsageProblem("this machine has no OS keyring that keeps keys; use --passphrase or --key-file")
    elsewhere = args.key_file or args.keyring
    passphrase = new_passphrase() if args.passphrase or (_VARIABLE in os.environ and not elsewhere) else None
    zone = args.zone or system_zone()
    with Vault.create(home, zone=zone, passphrase=passphrase, use_keyring=not args.key_file):
        pass
    print(f"A new vault was made in {home}, in the zone {zone}. {key_place(home)}")
    return 0


def new_passphrase(variable: str = _VARIABLE) -> str:
    """A passphrase from the environment, else typed twice at the terminal; UsageProblem when there is none."""
    given = os.environ.get(variable)
    if given is None:
        if not sys.stdin.isatty():
            raise UsageProblem(f"set {variable} or run it in a terminal, where it asks for a passphrase")
        given = getpass.getpass("A new passphrase for the vault: ")
        if getpass.getpass("The same again: ") != given:
            raise UsageProblem("these were two different passphrases; nothing was done")
    if not given:
        raise UsageProblem("an empty passphrase protects nothing; nothing was done")
    if len(given) < _SHORT:
        print("This passphrase is short: whoever has the vault's files can guess it.", file=sys.stderr)
    return given
