"""What an import did, for a person: a line for each source, then what is worth knowing, then what could not be read."""

from __future__ import annotations

import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from darak.importers.report import Problem, Report

_SHOWN = 5
"""Problems of a source, and refused files, that are printed; --json has them all."""


def print_reports(reports: Sequence[Report], *, dry: bool, zone: str) -> None:
    """Prints the reports of one import; in a `dry` run nothing is new. `zone` is the owner's."""
    sources = _by_source(report for report in reports if report.importer)
    if sources:
        _print_table(sources, dry)
        _print_notes(sources, zone)
    for source in sources:
        _print_problems(source)
    refused = [report for report in reports if not report.importer]
    for report in refused[:_SHOWN]:
        problem = report.problems[0]
        print(f"{problem.locator}: {problem.message}", file=sys.stderr)
    if len(refused) > _SHOWN:
        print(f"… and {len(refused) - _SHOWN} more files that were not read; --json names them", file=sys.stderr)


@dataclass(frozen=True, slots=True)
class _Source:
    name: str
    reports: list[Report]

    def sum(self, count: str) -> int:
        return sum(getattr(report, count) for report in self.reports)

    @property
    def period(self) -> str:
        first = min((report.first for report in self.reports if report.first), default="")
        return f"{first} to {max(report.last for report in self.reports)}" if first else "no dates"

    @property
    def place(self) -> str:
        files = [report.file for report in self.reports]
        if len(files) == 1:
            return files[0]
        shared = os.path.commonpath(files) if not any(file.startswith("/") for file in files) else ""
        return f"{len(files)} files" + (f" in {shared}" if shared else "")


def _by_source(reports: Iterable[Report]) -> list[_Source]:
    grouped: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        grouped[report.source or report.importer].append(report)
    return [_Source(name, some) for name, some in sorted(grouped.items())]


def _print_table(sources: Sequence[_Source], dry: bool) -> None:
    counts = ["records", "samples", *([] if dry else ["new"]), "people"]
    counts = [count for count in counts if count in ("records", "new") or any(s.sum(count) for s in sources)]
    rows = [["source", *counts, "period", "from"]]
    rows += [[s.name, *(f"{s.sum(count):,}" for count in counts), s.period, s.place] for s in sources]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [
            cell.rjust(width) if 0 < column <= len(counts) else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=False))
        ]
        print("  ".join([*cells, row[-1]]))


def _print_notes(sources: Sequence[_Source], zone: str) -> None:
    told = (
        ("changed", "{:,} records of {} were edited at their source; the earlier texts are kept."),
        ("forgotten", "{:,} items of {} were forgotten before and stay forgotten."),
        ("ignored", "{:,} items of {} are no records (system lines, hidden messages) and were left out on purpose."),
        ("partial", "{:,} records of {} have a flaw."),
    )
    for count, sentence in told:
        named = [s.name for s in sources if s.sum(count)]
        if named:
            print(sentence.format(sum(s.sum(count) for s in sources), _list(named)))
    zoneless = [s.name for s in sources if s.sum("assumed_zone")]
    if zoneless:
        print(f"No time zone in {_list(zoneless)}: yours is assumed, {zone}.")


def _list(names: Sequence[str], most: int = 8) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _print_problems(source: _Source) -> None:
    """One line for each kind of problem, with the first place; then whether something is missing."""
    counts: Counter[str] = Counter()
    first: dict[str, Problem] = {}
    for report in source.reports:
        counts.update(report.problem_counts)
        for problem in report.problems:
            first.setdefault(problem.code, problem)
    for code, problem in list(first.items())[:_SHOWN]:
        more = f", and {counts[code] - 1:,} more such" if counts[code] > 1 else ""
        print(f"{source.name}: {code}: {problem.message} ({problem.locator}{more})", file=sys.stderr)
    if len(first) > _SHOWN:
        print(f"{source.name}: … and {len(first) - _SHOWN} more kinds of problems; --json lists them", file=sys.stderr)
    if any(report.state == "incomplete" for report in source.reports):
        skipped = source.sum("skipped")
        missing = f"{skipped:,} could not be read" if skipped else "something is missing"
        print(f"{source.name}: incomplete: {missing}; all else is in", file=sys.stderr)
