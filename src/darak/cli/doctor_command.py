"""`darak doctor`: what is wrong with this installation, and what to do about it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from darak.cli.doctor.finding import Finding, Level
from darak.cli.doctor.machine import examine_machine
from darak.cli.session import ask_passphrase, home_folder

_MARKS: dict[Level, str] = {"ok": "✓", "note": "·", "warning": "!", "problem": "✗"}
_WIDE = 14
"""Characters of the longest thing that is looked at."""
_SAID: dict[Level, str] = {"ok": "fine", "note": "to know", "warning": "to see to", "problem": "wrong"}


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "doctor",
        parents=[common],
        help="find out what is wrong, and what to do about it",
        description=(
            "Looks at the installation, the vault, its key, the index and the language models, and says what to"
            " do about what is wrong. It changes nothing."
        ),
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit code 1 when something is wrong."""
    home, now = home_folder(args), datetime.now(UTC).astimezone()
    findings: list[Finding] = []
    for finding in chain(examine_machine(home, now, _size(home)), _vault(home, now)):
        findings.append(finding)
        if not args.json:
            _print(finding)  # at once: a large database takes a while to look through
    sound = all(finding.level != "problem" for finding in findings)
    if args.json:
        print(orjson.dumps({"sound": sound, "findings": [asdict(finding) for finding in findings]}).decode())
    else:
        _sum_up(findings)
    return 0 if sound else 1


def _vault(home: Path, now: datetime) -> Iterator[Finding]:
    try:
        from darak.cli.doctor.vault import examine_vault

        yield from examine_vault(home, now, ask_passphrase)
    except ImportError as error:  # told of above, where each part is looked at
        yield Finding("Vault", "problem", f"it cannot be looked at: {error}", "See to the parts first.")
    except OSError as error:
        yield Finding("Vault", "problem", str(error), "See to the disk, and to who may read and write there.")


def _size(home: Path) -> int:
    database = home / "vault.db"
    try:
        return database.stat().st_size
    except OSError:
        return 0


def _print(finding: Finding) -> None:
    print(f"{_MARKS[finding.level]} {finding.about:{_WIDE}}  {finding.found}", flush=True)
    if finding.do:
        print(f"  {'':{_WIDE}}  → {finding.do}", flush=True)


def _sum_up(findings: Sequence[Finding]) -> None:
    worst_first: tuple[Level, ...] = ("problem", "warning", "note")
    counts = [(sum(finding.level == level for finding in findings), _SAID[level]) for level in worst_first]
    told = ", ".join(f"{count} {said}" for count, said in counts if count)
    print(f"\n{told[:1].upper()}{told[1:]}." if told else "\nAll is well.")
