"""`darak mcp`: the memory as tools for an assistant, over standard input and output."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Any

from darak.cli.session import UsageProblem, home_folder
from darak.installation import install_command

if TYPE_CHECKING:
    from darak.server.caller import Scope


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "mcp",
        parents=[common],
        help="let an assistant look things up (MCP over stdio)",
        description=(
            "Speaks MCP over standard input and output, for an assistant that starts it: search, ask, timeline"
            " and people."
        ),
    )
    parser.add_argument("--allow-remember", action="store_true", help="let it also keep notes")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        from darak.server.mcp.tools import create_server
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("mcp", "mcp_types"):
            raise
        raise UsageProblem(f"`darak mcp` needs one part more: {install_command('mcp')}") from error
    from darak.sdk.lending import Lending
    from darak.sdk.local import open as open_life

    scopes: tuple[Scope, ...] = ("read", "ask", "write") if args.allow_remember else ("read", "ask")
    home = home_folder(args)
    lending = Lending(lambda: open_life(home), home)
    if sys.stdin.isatty():
        print(
            "An assistant's program starts this and talks to it; docs/mcp.md says how. Ctrl-C ends it.", file=sys.stderr
        )

    def end(number: int, _: object) -> None:
        # The reading of standard input cannot be broken off, so nothing is waited for but the vault's closing.
        lending.close()
        os._exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, end)
    try:
        with redirect_stdout(sys.__stdout__):  # what is written is the protocol's, byte for byte
            create_server(lambda _: lending.life(), scopes).run("stdio")
    finally:
        lending.close()
    return 0
