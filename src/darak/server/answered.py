"""Answers as the API tells them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from darak.answers.answer import Answer, Citation, SampleCitation


class SampleSeries(BaseModel):
    """Measured samples that an answer rests on: `n` of one metric, of one device."""

    metric: str
    unit: str
    device: str | None
    n: int


class CitationShape(BaseModel):
    """What the answer names as [number]: a record, of which `text` is the part that matters; or, when `id` is null,
    measured samples, described by `series`, and `value` when it is one of them."""

    number: int
    id: str | None
    native_id: str | None
    source: str
    kind: str
    time: str | None
    author: str | None
    thread: str | None
    title: str | None
    text: str
    series: SampleSeries | None = None
    value: float | None = None


class Point(BaseModel):
    """One value of a series: the label of its month, year or day, and how many values are in it."""

    label: str
    value: float
    n: int


class Series(BaseModel):
    """Values over time, in `unit`, for a chart."""

    title: str
    unit: str
    points: list[Point]


class Step(BaseModel):
    """One thing that was done for the answer, and what it found."""

    action: str
    found: str


class Period(BaseModel):
    """Days that the question names, from `since` to before `until`."""

    text: str
    since: str
    until: str


class Plan(BaseModel):
    """How the question was understood; `line` says it in one line, `carried` what was taken over from the questions
    before."""

    line: str
    kind: str
    language: str
    words: list[str]
    people: list[str]
    periods: list[Period]
    metrics: list[str]
    amount: str | None
    group: str | None
    order: str | None
    target: str | None
    kinds: list[str]
    carried: list[str]


class AnswerShape(BaseModel):
    """The text, whose marks [1], [2] name the citations. `coverage` says what was not seen, `plan` and `steps` how the
    answer was got; `model` is null when the rules wrote it."""

    answer: str
    status: Literal["answered", "unsure", "no_record"]
    citations: list[CitationShape]
    plan: Plan
    coverage: list[str]
    series: list[Series]
    steps: list[Step]
    model: str | None
    seconds: float
    conversation: str | None = None
    """The conversation to which the question was put, if any."""

    @classmethod
    def of(cls, answer: Answer, conversation: str | None = None) -> AnswerShape:
        told: dict[str, Any] = answer.json() | {"conversation": conversation}
        told["plan"]["line"] = answer.plan.line()
        told["citations"] = [_citation(one) for one in answer.citations]
        return cls.model_validate(told)


def _citation(citation: Citation | SampleCitation) -> dict[str, Any]:
    told: dict[str, Any] = citation.json() | {"number": citation.number}
    if not isinstance(citation, Citation):
        return told | {"kind": "sample", "author": None, "thread": None, "title": None}
    record = citation.record
    author = record.author.display if record.author else None
    return told | {"kind": record.kind, "author": author, "thread": record.thread, "title": record.title}
