"""What an import did: its counts, its problems, and whether its accounts close."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

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
    `forgotten` say what they were to the vault.
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
    problem_counts: Counter[str] = field(default_factory=Counter[str])
    first: str = ""
    last: str = ""
    assumed_zone: int = 0
    people: int = 0
    why: str = ""

    def problem(self, code: str, locator: str, message: str) -> None:
        self.problem_counts[code] += 1
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(code, locator, message))

    def close(self) -> None:
        """Settles the state: "done" only when every unit of the source is accounted for."""
        seen = self.records + self.samples + self.skipped + self.ignored
        if seen != self.units:
            self.problem(
                "accounts-open", "", f"the source holds {self.units} items by an independent count, but {seen} were seen"
            )
            self.state = "incomplete"
        else:
            self.state = "incomplete" if self.skipped else "done"

    def json(self) -> dict[str, Any]:
        data = asdict(self)
        data["problem_counts"] = dict(self.problem_counts)
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Report:
        problems = [Problem(**problem) for problem in data["problems"]]
        return cls(**{**data, "problems": problems, "problem_counts": Counter(data["problem_counts"])})
