"""What `ask` gives back: the answer's text, the records it rests on, and how it was got."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from darak.answers.numbers.behind import Measured
from darak.answers.plan import Plan
from darak.records.record import Record

Status = Literal["answered", "unsure", "no_record"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A record that the answer names as [number]; `shown` is the part of its text that matters."""

    number: int
    n: int
    id: str
    record: Record
    shown: str

    def json(self) -> dict[str, Any]:
        record = self.record
        return {
            "id": self.id,
            "native_id": record.native_id,
            "source": record.source,
            "time": record.time.iso() or None,
            "text": self.shown,
        }


@dataclass(frozen=True, slots=True)
class SampleCitation:
    """The samples that the answer names as [number]: those of one series in a period, or one of them."""

    number: int
    measured: Measured

    def json(self) -> dict[str, Any]:
        return self.measured.json()


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series: the label of its month, year or day, the value, and how many values are in it."""

    label: str
    value: float
    n: int


@dataclass(frozen=True, slots=True)
class Series:
    """Values over time, in `unit`, for a chart."""

    title: str
    unit: str
    points: tuple[Point, ...]

    def json(self) -> dict[str, Any]:
        points = [{"label": point.label, "value": round(point.value, 2), "n": point.n} for point in self.points]
        return {"title": self.title, "unit": self.unit, "points": points}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done for the answer, and what it found."""

    action: str
    found: str

    def json(self) -> dict[str, str]:
        return {"action": self.action, "found": self.found}


@dataclass(frozen=True, slots=True)
class Answer:
    """The text with its citation marks, and everything behind it.

    `model` names the language model that wrote it; None is the rules.
    """

    text: str
    status: Status
    citations: tuple[Citation | SampleCitation, ...]
    plan: Plan
    coverage: tuple[str, ...]
    series: tuple[Series, ...]
    steps: tuple[Step, ...]
    seconds: float
    model: str | None = None

    def json(self) -> dict[str, Any]:
        """The object of `darak ask --json`."""
        return {
            "answer": self.text,
            "status": self.status,
            "citations": [citation.json() for citation in self.citations],
            "plan": self.plan.json(),
            "coverage": list(self.coverage),
            "series": [series.json() for series in self.series],
            "steps": [step.json() for step in self.steps],
            "model": self.model,
            "seconds": round(self.seconds, 4),
        }
