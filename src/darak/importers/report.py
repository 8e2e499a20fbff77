"""What an import did: its counts, its problems, and whether its accounts close."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from darak.importers.importer import BadRow, Flaw, Hint, Ignored, Item, Restored, Units
from darak.records.record import Record, Sample
from darak.records.writer import Outcome

MAX_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class Problem:
    code: str
    locator: str
    message: str


@dataclass(slots=True)
class Report:
    """One source's import. `units` is the independent count; the accounts close when it is what was seen.

    `records` are all that were read, `partial` those of them with a flaw; `new`, `changed`, `unchanged` and
    `forgotten` say what records and samples were to the vault.
    """

    source: str
    importer: str
    file: str
    state: str = "running"
    records: int = 0
    samples: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    forgotten: int = 0
    partial: int = 0
    skipped: int = 0
    ignored: int = 0
    units: int = 0
    problems: list[Problem] = field(default_factory=list[Problem])
    problem_counts: dict[str, int] = field(default_factory=dict[str, int])
    first: str = ""
    last: str = ""
    assumed_zone: int = 0
    people: int = 0
    why: str = ""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Report:
        values: dict[str, Any] = dict(data)
        values["problems"] = [Problem(**problem) for problem in data["problems"]]
        return cls(**values)

    @property
    def unknown(self) -> bool:
        """Whether it stands for a file that no importer knows."""
        return "unknown-format" in self.problem_counts

    def json(self) -> dict[str, Any]:
        return asdict(self)

    def problem(self, code: str, locator: str, message: str) -> None:
        """Counts a problem, and keeps the first hundred."""
        self.problem_counts[code] = self.problem_counts.get(code, 0) + 1
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(code, locator, message))

    def see(self, item: Record | Sample) -> None:
        if isinstance(item, Record):
            self.records += 1
        else:
            self.samples += 1
        self.assumed_zone += item.time.zone is None and item.time.local is not None

    def cover(self, moments: Collection[datetime]) -> None:
        """Widens the period that the source is known to cover."""
        first, last = min(moments).isoformat(), max(moments).isoformat()
        self.first = min(self.first or first, first)
        self.last = max(self.last, last)

    def close(self) -> None:
        """Settles the state: "done" only when every unit of the source is accounted for and was readable."""
        self.first, self.last = self.first[:10], self.last[:10]
        seen = self.records + self.samples + self.skipped + self.ignored
        if seen != self.units:
            message = f"the source holds {self.units} items by an independent count, but {seen} were seen"
            self.problem("accounts-open", self.file, message)
        done = seen == self.units and not self.skipped and self.state != "incomplete"
        self.state = "done" if done else "incomplete"


class Accounts:
    """The books of one run: a report for each source, and what belongs to no record of any source."""

    def __init__(self, importer: str, file: str, why: str) -> None:
        self.rest = Report("", importer, file, why=why)
        self.sources: dict[str, Report] = {}
        self._people: set[str] = set()

    def take(self, batch: Iterable[Item], outcomes: Mapping[str, Counter[Outcome]]) -> None:
        """Books one batch; `outcomes` by source say what its records and samples were to the vault."""
        current = self.rest
        moments: dict[str, list[datetime]] = {}
        for item in batch:
            if isinstance(item, Restored):
                item = item.record
            if isinstance(item, (Record, Sample)):
                if item.source != current.source:
                    current = self._report(item.source)
                current.see(item)
                if item.time.local is not None:
                    moments.setdefault(item.source, []).append(item.time.local)
                if isinstance(item, Record):
                    self._meet(current, item)
            elif isinstance(item, BadRow):
                self.rest.skipped += 1
                self.rest.problem(item.code, place(item), item.message)
            elif isinstance(item, Flaw):
                current.partial += 1
                current.problem(item.code, place(item), item.message)
            elif isinstance(item, Hint):
                current.problem(item.code, place(item), item.message)
            elif isinstance(item, Ignored):
                self.rest.ignored += item.count
            elif isinstance(item, Units):
                self.rest.units += item.count
        for source, times in moments.items():
            self._report(source).cover(times)
        for source, counts in outcomes.items():
            report = self._report(source)
            report.new += counts[Outcome.NEW]
            report.changed += counts[Outcome.CHANGED]
            report.unchanged += counts[Outcome.UNCHANGED]
            report.forgotten += counts[Outcome.FORGOTTEN]

    def close(self) -> list[Report]:
        """The settled reports, largest source first; it also bears what belongs to no record."""
        reports = sorted(self.sources.values(), key=lambda report: -(report.records + report.samples))
        for report in reports:
            report.units = report.records + report.samples
        if reports:
            largest, rest = reports[0], self.rest
            largest.skipped, largest.ignored = rest.skipped, rest.ignored
            largest.units = rest.units - sum(report.units for report in reports[1:])
            for problem in rest.problems:
                largest.problem(problem.code, problem.locator, problem.message)
            for code, count in rest.problem_counts.items():
                kept = sum(problem.code == code for problem in rest.problems)
                largest.problem_counts[code] += count - kept
            if rest.state == "incomplete":
                largest.state = "incomplete"
        reports = reports or [self.rest]
        for report in reports:
            report.close()
        return reports

    def json(self) -> dict[str, Any]:
        return {"rest": self.rest.json(), "sources": [report.json() for report in self.sources.values()]}

    def restore(self, data: Mapping[str, Any]) -> None:
        """Goes on with the books of an interrupted run, as `json` gave them."""
        self.rest = Report.from_json(data["rest"])
        self.sources = {source["source"]: Report.from_json(source) for source in data["sources"]}

    def _report(self, source: str) -> Report:
        if source not in self.sources:
            self.sources[source] = Report(source, self.rest.importer, self.rest.file, why=self.rest.why)
        return self.sources[source]

    def _meet(self, report: Report, record: Record) -> None:
        for person in (record.author, *record.people) if record.author else record.people:
            if person.handle not in self._people:
                self._people.add(person.handle)
                report.people += 1


def place(item: BadRow | Flaw | Hint) -> str:
    """Where a bad row, a flaw or a hint is, for a person to look it up."""
    return f"{item.origin.member}: {item.origin.locator}"
