"""What an import did, for a person: a line for each source, then what is worth knowing, then what could not be read."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from darak.importers.report import Problem, Report

_SHOWN = 5
"""Problems of a source, and refused files, that are printed; --json has them all."""
_SEVERAL = re.compile(r"(.*) \((\d+) files\)")
"""How a report names a folder whose files were read together."""


def print_reports(reports: Sequence[Report], *, dry: bool, zone: str) -> None:
    """Prints the reports of one import; in a `dry` run nothing is new. `zone` is the owner's."""
    sources = _by_source(report for report in reports if report.importer)
    if sources:
        _print_table(sources, dry)
        _print_notes(sources, zone)
    for source in sources:
        _print_problems(source)
    _print_refused([report.problems[0] for report in reports if not report.importer])
    if dry:
        print("Nothing was written; the same command without --dry-run imports it.")


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
        files = {report.file for report in self.reports}
        if len(files) == 1:
            return files.pop()
        several = [_SEVERAL.fullmatch(file) for file in files]
        count = sum(int(match[2]) if match else 1 for match in several)
        names = [match[1] if match else file for match, file in zip(several, files, strict=True)]
        shared = os.path.commonpath(names) if not any(name.startswith("/") for name in names) else ""
        return f"{count:,} files" + (f" in {shared}" if shared else "")


def _by_source(reports: Iterable[Report]) -> list[_Source]:
    grouped: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        grouped[report.source or report.importer].append(report)
    return [_Source(name, some) for name, some in sorted(grouped.items())]


def _print_table(sources: Sequence[_Source], dry: bool) -> None:
    counts = ["records", "samples", *([] if dry else ["new"]), "people"]
    counts = [count for count in counts if count in ("records", "new") or any(s.sum(count) for s in sources)]
    archive = _shared_archive([report.file for s in sources for report in s.reports])
    rows = [["source", *counts, "period", f"in {archive[:-1]}" if archive else "from"]]
    rows += [
        [s.name, *(f"{s.sum(count):,}" for count in counts), s.period, s.place.replace(archive, "", 1)] for s in sources
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [
            cell.rjust(width) if 0 < column <= len(counts) else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=False))
        ]
        print("  ".join([*cells, row[-1]]))


def _shared_archive(files: Sequence[str]) -> str:
    """The archive that all of it lies in, with the mark behind it; "" when there is none, or only one file."""
    archives = {file[: file.find("!") + 1] for file in files} if len(files) > 1 else set[str]()
    (archive,) = archives if len(archives) == 1 else ("",)
    return archive if archive.lower().endswith((".zip!", ".tgz!", ".tar.gz!", ".tar.bz2!", ".tar.xz!", ".tar!")) else ""


def _print_notes(sources: Sequence[_Source], zone: str) -> None:
    told = (
        ("changed", "Edited at the source: {:,} of {}; the earlier texts are kept."),
        ("forgotten", "Forgotten before, and not taken in again: {:,} of {}."),
        ("ignored", "Left out on purpose, as no records (system lines, titles, hidden messages): {:,} of {}."),
        ("partial", "Taken in, but with a flaw: {:,} of {}."),
    )
    for count, sentence in told:
        named = [s.name for s in sources if s.sum(count)]
        if named:
            print(sentence.format(sum(s.sum(count) for s in sources), _list(named)))
    zoneless = [s.name for s in sources if s.sum("assumed_zone")]
    if zoneless:
        print(f"No time zone in {_list(zoneless)}: yours is assumed, {zone}.")


def _print_refused(problems: Sequence[Problem]) -> None:
    """A line for each reason why files were not read, with the first of them."""
    reasons: defaultdict[str, list[str]] = defaultdict(list)
    for problem in problems:
        reasons[problem.message].append(problem.locator)
    for message, files in reasons.items():
        if len(files) == 1:
            print(f"{files[0]}: {message}", file=sys.stderr)
            continue
        more = f" and {len(files) - _SHOWN:,} more (--json names them)" if len(files) > _SHOWN else ""
        print(f"{len(files):,} files: {message}: {', '.join(files[:_SHOWN])}{more}", file=sys.stderr)


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
