"""`darak doctor`: what is wrong with this installation, and what to do about it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from darak.cli.doctor.finding import Finding, Level
from darak.cli.doctor.machine import examine_machine
from darak.cli.session import ask_passphrase, home_folder

_MARKS: dict[Level, str] = {"ok": "✓", "note": "·", "warning": "!", "problem": "✗"}
_SAID: dict[Level, str] = {"ok": "fine", "note": "to know", "warning": "to see to", "problem": "wrong"}


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("doctor", parents=[common], help="find out what is wrong, and what to do about it")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit code 1 when something is wrong."""
    home, now = home_folder(args), datetime.now(UTC).astimezone()
    findings = [*examine_machine(home, now, _size(home)), *_vault(home, now)]
    sound = all(finding.level != "problem" for finding in findings)
    if args.json:
        print(orjson.dumps({"sound": sound, "findings": [asdict(finding) for finding in findings]}).decode())
    else:
        _print(findings)
    return 0 if sound else 1


def _vault(home: Path, now: datetime) -> list[Finding]:
    try:
        from darak.cli.doctor.vault import examine_vault
    except ImportError as error:  # told of above, where each part is looked at
        return [Finding("Vault", "problem", f"it cannot be looked at: {error}", "See to the parts first.")]
    found: list[Finding] = []
    try:
        found += examine_vault(home, now, ask_passphrase)
    except OSError as error:
        found.append(Finding("Vault", "problem", str(error), "See to the disk, and to who may read and write there."))
    return found


def _size(home: Path) -> int:
    database = home / "vault.db"
    try:
        return database.stat().st_size
    except OSError:
        return 0


def _print(findings: Sequence[Finding]) -> None:
    wide = max(len(finding.about) for finding in findings)
    for finding in findings:
        print(f"{_MARKS[finding.level]} {finding.about:{wide}}  {finding.found}")
        if finding.do:
            print(f"  {'':{wide}}  → {finding.do}")
    worst_first: tuple[Level, ...] = ("problem", "warning", "note")
    counts = [(sum(finding.level == level for finding in findings), _SAID[level]) for level in worst_first]
    told = ", ".join(f"{count} {said}" for count, said in counts if count)
    print(f"\n{told[:1].upper()}{told[1:]}." if told else "\nAll is well.")
