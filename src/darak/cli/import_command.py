"""`darak import PATH …`: every source found in files, folders and archives, into the vault and the index."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from darak.cli.progress import importing
from darak.cli.session import open_vault
from darak.importers.registry import load_importers
from darak.importers.report import Report
from darak.importers.runner import run_import
from darak.importers.tree import open_tree
from darak.memory.memory import Memory


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("import", parents=[common], help="read exports into the memory")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="a file, a folder, a zip or a tgz")
    parser.add_argument("--dry-run", action="store_true", help="show what would be imported and write nothing")
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
    with importing() as on_progress:
        if args.dry_run:
            for tree in trees:
                reports += run_import(tree, importers, None, now=now, on_progress=on_progress)
        else:
            with open_vault(args, create=True) as vault, Memory(vault) as memory, memory.follow_beside() as nudge:
                for tree in trees:
                    reports += run_import(tree, importers, vault, now=now, on_progress=on_progress, after_batch=nudge)
    _print(reports, args)
    found = any(report.importer for report in reports)
    sound = all(report.state in ("done", "unknown") for report in reports)
    return 0 if found and sound else 1


def _print(reports: list[Report], args: argparse.Namespace) -> None:
    if args.json:
        for report in reports:
            print(json.dumps(report.json(), ensure_ascii=False))
        return
    for report in reports:
        if report.importer:
            _print_source(report, args.dry_run)
    refused = [report for report in reports if not report.importer]
    for report in refused[:20]:
        problem = report.problems[0]
        print(f"  {problem.locator}: {problem.message}", file=sys.stderr)
    if len(refused) > 20:
        print(f"  … and {len(refused) - 20} more files that were not read", file=sys.stderr)


def _print_source(report: Report, dry: bool) -> None:
    period = f"{report.first} to {report.last}" if report.first else "no dates"
    amounts = [f"{report.records:,} records"] if report.records or not report.samples else []
    if report.samples:
        amounts.append(f"{report.samples:,} samples")
    print(f"{report.source or report.importer}: {', '.join(amounts)}, {period}  [{report.file}]")
    details: list[str] = []
    if not dry:
        details += [f"{report.new:,} new"]
        details += [f"{n:,} {what}" for n, what in ((report.changed, "changed"), (report.unchanged, "known")) if n]
        details += [f"{report.forgotten:,} forgotten before"] if report.forgotten else []
    details += [f"{report.people:,} people"] if report.people else []
    details += [f"{report.ignored:,} left out on purpose"] if report.ignored else []
    details += [f"{report.partial:,} with a flaw"] if report.partial else []
    details += [f"{report.skipped:,} unreadable"] if report.skipped else []
    if report.assumed_zone:
        details.append("no time zone in the file: your own is assumed")
    print("  " + ", ".join(details))
    for problem in report.problems[:5]:
        print(f"  {problem.code}: {problem.message} ({problem.locator})", file=sys.stderr)
    left = sum(report.problem_counts.values()) - min(5, len(report.problems))
    if left > 0:
        print(f"  … and {left:,} more problems; --json lists them", file=sys.stderr)
    if report.state == "incomplete":
        print("  incomplete: what could be read is in; the problems above say what is missing", file=sys.stderr)
