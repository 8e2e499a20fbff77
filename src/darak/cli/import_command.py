"""`darak import PATH …`: every source found in files, folders and archives, into the vault and the index."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from darak.cli.columns import with_columns
from darak.cli.progress import importing
from darak.cli.session import open_vault, system_zone
from darak.importers.registry import load_importers
from darak.importers.report import Report
from darak.importers.runner import run_import
from darak.importers.tree import open_tree
from darak.memory.memory import Memory

_SHOWN = 5
"""Problems and refused files that are printed; --json has them all."""


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("import", parents=[common], help="read exports into the memory")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="a file, a folder, a zip or a tgz")
    parser.add_argument("--dry-run", action="store_true", help="show what would be imported and write nothing")
    parser.add_argument(
        "--columns",
        metavar="COLUMNS",
        help="what the columns of a bank's CSV hold: yes, as proposed; or as in date=Day,amount=Sum,text=Details",
    )
    parser.add_argument("--list", action="store_true", help="show what Darak can read")
    parser.add_argument("--json", action="store_true", help="one JSON object for each source found")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    importers = load_importers()
    if args.list:
        for name, importer in sorted(importers.items()):
            summary = (importer.__class__.__doc__ or sys.modules[type(importer).__module__].__doc__ or "").strip()
            print(f"{name:14} {summary.splitlines()[0] if summary else ''}")
        return 0
    if not args.paths:
        print("darak: say what to import, as in `darak import ~/Downloads/export.zip`", file=sys.stderr)
        return 2
    trees = [open_tree(path) for path in args.paths]
    now = datetime.now(UTC)
    reports: list[Report] = []
    zone = system_zone()
    if args.dry_run:
        importers = with_columns(importers, trees, None, args.columns)
        with importing() as on_progress:
            for tree in trees:
                reports += run_import(tree, importers, None, now=now, on_progress=on_progress)
    else:
        with open_vault(args, create=True) as vault, Memory(vault) as memory, memory.follow_beside() as nudge:
            importers = with_columns(importers, trees, vault, args.columns)
            with importing() as on_progress:
                for tree in trees:
                    reports += run_import(tree, importers, vault, now=now, on_progress=on_progress, after_batch=nudge)
            zone = vault.zone  # an export brings its own
    if args.json:
        for report in reports:
            print(json.dumps(report.json(), ensure_ascii=False))
    else:
        print_reports(reports, dry=args.dry_run, zone=zone)
    found = any(report.importer for report in reports)
    # A file that no importer knows, beside others that are read, is no failure.
    sound = all(report.state == "done" or report.unknown for report in reports)
    return 0 if found and sound else 1


def print_reports(reports: list[Report], *, dry: bool, zone: str) -> None:
    """What was imported, as a table, and what could not be."""
    found = [report for report in reports if report.importer]
    if found:
        _print_table(found, dry, zone)
    for report in found:
        _print_problems(report)
    refused = [report for report in reports if not report.importer]
    for report in refused[:_SHOWN]:
        problem = report.problems[0]
        print(f"{problem.locator}: {problem.message}", file=sys.stderr)
    if len(refused) > _SHOWN:
        print(f"… and {len(refused) - _SHOWN} more files that were not read; --json names them", file=sys.stderr)


def _print_table(reports: list[Report], dry: bool, zone: str) -> None:
    """A line for each source in each file, and below it what holds for several."""
    width = max(len(report.source or report.importer) for report in reports)
    for report in reports:
        seen = report.records + report.samples
        period = f"{report.first} to {report.last}" if report.first else "no dates".ljust(24)
        name = (report.source or report.importer).ljust(width)
        what = "samples" if report.samples > report.records else "records"
        fate = "" if dry else f"{report.new:>9,} new"
        print(f"{name} {seen:>9,} {what}{fate}  {period}  {report.file}")
        notes = [f"{report.changed:,} changed"] if report.changed else []
        notes += [f"{report.forgotten:,} forgotten before, left out"] if report.forgotten else []
        notes += [f"{report.partial:,} with a flaw"] if report.partial else []
        notes += [f"{report.skipped:,} unreadable"] if report.skipped else []
        if notes:
            print(" " * (width + 1) + ", ".join(notes))
    ignored = sum(report.ignored for report in reports)
    if ignored:
        print(f"{ignored:,} items are no records (system lines, hidden messages) and were left out on purpose.")
    zoneless = sorted({report.source for report in reports if report.assumed_zone and report.source})
    if zoneless:
        print(f"No time zone in {', '.join(zoneless)}: yours is assumed, {zone}.")


def _print_problems(report: Report) -> None:
    for problem in report.problems[:_SHOWN]:
        print(f"{report.file}: {problem.code}: {problem.message} ({problem.locator})", file=sys.stderr)
    left = sum(report.problem_counts.values()) - min(_SHOWN, len(report.problems))
    if left > 0:
        print(f"{report.file}: … and {left:,} more problems; --json lists them", file=sys.stderr)
    if report.state == "incomplete":
        print(f"{report.file}: incomplete; what could be read is in, what is missing stands above", file=sys.stderr)
