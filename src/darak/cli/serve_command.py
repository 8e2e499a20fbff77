"""`darak serve`: the page and the API of this memory, for this machine's browser and programs."""

from __future__ import annotations

import argparse
import getpass
import ipaddress
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from darak.cli.progress import counting
from darak.cli.session import UsageProblem, home_folder, moment, open_vault
from darak.memory.memory import Memory
from darak.records.vault import Vault, VaultBusy

if TYPE_CHECKING:
    from darak.server.address import Address
    from darak.server.door import Door

_LEAST = 10
"""Characters of the owner's password."""


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "serve",
        parents=[common],
        help="open the memory in the browser, and its API",
        description=(
            "Opens all this in the browser, in Korean or English, and its HTTP API; for this machine only,"
            " unless --host says otherwise. Meanwhile the other commands work through it."
        ),
    )
    parser.add_argument("--port", type=int, metavar="N", help="listen on this port (default: 7340, or the next free)")
    parser.add_argument("--no-browser", action="store_true", help="print the link instead of opening it")
    parser.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="listen to other machines as well")
    parser.add_argument("--name", action="append", default=[], metavar="NAME", help="a name it is reached by there")
    parser.add_argument("--cert", type=Path, metavar="FILE", help="the TLS certificate, for other machines")
    parser.add_argument("--key", type=Path, metavar="FILE", help="its private key")
    parser.add_argument("--set-password", action="store_true", help="set the password for other machines, and end")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if args.port is not None and not 0 <= args.port <= 65535:
        raise UsageProblem("a port is a number up to 65535")
    try:
        with open_vault(args, create=args.set_password or _is_loopback(args.host)) as vault:
            if args.set_password:
                return _set_password(vault)
            return _serve(args, vault)
    except VaultBusy:
        if args.set_password or not _open_again(args):
            raise
        return 0


def _serve(args: argparse.Namespace, vault: Vault) -> int:
    from darak.server.address import Address
    from darak.server.serve import PASSWORD, Tls, listen
    from darak.server.serve import run as run_server

    tls = Tls(args.cert, args.key) if args.cert and args.key else None
    if not _is_loopback(args.host):
        _check_open(args, has_password=vault.setting(PASSWORD) is not None)
    try:
        bound = listen(args.host, args.port)
    except OSError as error:
        raise UsageProblem(f"{args.host} port {args.port} cannot be listened on: {error.strerror}") from error
    port = bound.getsockname()[1]
    scheme = "https" if tls else "http"
    if _is_loopback(args.host):
        address = Address(scheme, port)
    else:
        address = Address(scheme, port, frozenset({"127.0.0.1", "localhost", *map(str.lower, args.name)}), open=True)
    with Memory(vault) as memory:
        if memory.lag:
            with counting("Indexing") as on_indexed:
                memory.follow(on_indexed)

        def welcome(address: Address, door: Door) -> None:
            link = f"{address.url}/enter?token={door.link()}"
            print(f"Darak is at {address.url} until you stop it with Ctrl-C.", file=sys.stderr, flush=True)
            _show(link, args.no_browser)

        run_server(
            vault,
            memory,
            bound,
            address=address,
            tls=tls,
            clock=lambda zone: moment(None, zone),
            on_ready=welcome,
        )
    return 0


def _show(link: str, no_browser: bool) -> None:
    if no_browser or not webbrowser.open(link):
        print(f"Open this link, once, within ten minutes: {link}", flush=True)


def _open_again(args: argparse.Namespace) -> bool:
    """Opens the server that already runs for this vault. False when what holds the vault is none."""
    from darak.sdk.beacon import find
    from darak.sdk.results import Problem

    beacon = find(home_folder(args))
    if beacon is None:
        return False
    try:
        link = beacon.wire().post("/api/links", {})["link"]
    except Problem:
        return False
    print(f"Darak is at {beacon.url} already.", file=sys.stderr)
    _show(link, args.no_browser)
    return True


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _check_open(args: argparse.Namespace, has_password: bool) -> None:
    """Other machines come in with a password over TLS, or not at all."""
    if not has_password:
        raise UsageProblem("other machines need a password: set one with `darak serve --set-password`")
    for file in (args.cert, args.key):
        if file is None or not file.is_file():
            raise UsageProblem("other machines need TLS: name the files of a certificate with --cert and --key")


def _set_password(vault: Vault) -> int:
    from darak.server.door import hash_password
    from darak.server.serve import PASSWORD

    if sys.stdin.isatty():
        password = getpass.getpass("New password: ")
        if getpass.getpass("Once more: ") != password:
            raise UsageProblem("these were two different passwords; nothing was changed")
    else:
        password = sys.stdin.readline().rstrip("\n")
    if len(password) < _LEAST:
        raise UsageProblem(f"a password has at least {_LEAST} characters")
    vault.set(PASSWORD, hash_password(password))
    print("The password is set.", file=sys.stderr)
    return 0
