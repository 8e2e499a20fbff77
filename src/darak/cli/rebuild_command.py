"""`darak rebuild`: the index anew from the vault, which holds everything that it is made of."""

from __future__ import annotations

import argparse
from typing import Any

from darak.cli.progress import counting
from darak.cli.session import open_vault
from darak.memory.memory import Memory


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "rebuild",
        parents=[common],
        help="make the index anew from the vault",
        description=(
            "Makes the index anew from the vault. Nothing of yours is in the index alone, so nothing can be lost."
        ),
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with open_vault(args) as vault, Memory(vault) as memory:
        with counting("Indexing") as on_indexed:
            memory.rebuild(on_indexed)
        print(f"The index was made anew from {vault.count():,} records.")
    return 0
