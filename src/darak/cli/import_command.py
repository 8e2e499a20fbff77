"""`darak import PATH …`: every source found in files, folders and archives, into the vault and the index."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from darak.cli.columns import with_columns
from darak.cli.import_list import print_list
from darak.cli.import_report import print_reports
from darak.cli.progress import counting, importing
from darak.cli.session import open_vault, system_zone
from darak.importers.dry_run import dry_run
from darak.importers.registry import load_importers
from darak.importers.report import Report
from darak.importers.runner import run_import
from darak.importers.tree import open_tree
from darak.memory.memory import Memory
from darak.records.vault import VaultBusy


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "import",
        parents=[common],
        help="read exports into the memory",
        description=(
            "Reads exports into the memory: `darak import ~/Downloads/takeout.zip ~/Notes`. What each file is,"
            " is seen by its content; `--list` tells what can be read, `--dry-run` what is there. Importing"
            " twice adds nothing, and what was stopped goes on with the same command."
        ),
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="a file, a folder, a zip or a tgz")
    parser.add_argument("--dry-run", action="store_true", help="show what would be imported and write nothing")
    parser.add_argument(
        "--columns",
        metavar="COLUMNS",
        help="what the columns of a bank's CSV hold: yes, as proposed; or as in date=Day,amount=Sum,text=Details",
    )
    parser.add_argument("--list", action="store_true", help="show what Darak can read")
    parser.add_argument("--json", action="store_true", help="one JSON object for each source found or listed")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    importers = load_importers()
    if args.list:
        print_list(importers, as_json=args.json)
        return 0
    if not args.paths:
        print("darak: say what to import, as in `darak import ~/Downloads/export.zip`", file=sys.stderr)
        return 2
    with counting("Looking through the files"):
        trees = [open_tree(path.absolute()) for path in args.paths]
    now = datetime.now(UTC)
    reports: list[Report] = []
    zone = system_zone()
    if args.dry_run:
        importers = with_columns(importers, trees, None, args.columns)
        with importing() as on_progress:
            for tree in trees:
                reports += dry_run(tree, importers, on_progress)
    else:
        try:
            expected = sum(tree.size for tree in trees)
            with open_vault(args, create=True) as vault, Memory(vault) as memory:
                importers = with_columns(importers, trees, vault, args.columns)
                with importing() as on_progress, memory.follow_beside(expected=expected) as nudge:
                    for tree in trees:
                        reports += run_import(
                            tree, importers, vault, now=now, on_progress=on_progress, after_batch=nudge
                        )
                zone = vault.zone  # an export brings its own
        except VaultBusy as busy:
            from darak.cli.server_of import import_by, server_of

            server = server_of(args, busy)
            zone = server.zone
            for path in args.paths:
                reports += import_by(server, path, args.columns)
    if args.json:
        for report in reports:
            print(json.dumps(report.json(), ensure_ascii=False))
    else:
        print_reports(reports, dry=args.dry_run, zone=zone)
    found = any(report.importer for report in reports)
    # A file that no importer knows, beside others that are read, is no failure.
    sound = all(report.state == "done" or report.unknown for report in reports)
    return 0 if found and sound else 1
