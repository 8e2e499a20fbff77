"""The numbers that a question asks for, in one period, and the charts and answers made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from darak.answers.answer import Point, Series
from darak.answers.evidence.evidence import Evidence
from darak.answers.inquiry import Inquiry, Outcome
from darak.answers.numbers.amounts import Amounts, find_amounts
from darak.answers.numbers.behind import Measured, Pick, behind, readings
from darak.answers.numbers.metrics import metric_of
from darak.answers.numbers.samples import Samples, Value, known_metrics
from darak.answers.numbers.statistics import grouped
from darak.answers.plan import Group, Measure, Span

Behind = Evidence | Measured
"""What a number rests on: a record, or samples."""

_CITED = 3
_DAY = timedelta(days=1)
_MONTHS = 24
"""A chart of more months than this is drawn by years."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of one measure in one period: `values` of days, or of the records that `amounts` found.

    `daily`: each is the total of a day; `digits` and `unit` as they are shown. Either `samples` or `amounts` is set.
    """

    measure: Measure
    values: tuple[Value, ...]
    unit: str
    digits: int
    daily: bool
    samples: Samples | None = None
    amounts: Amounts | None = None

    @property
    def key(self) -> tuple[tuple[str, ...], str]:
        """What tells these numbers from others of the same question: the metric, or the currency."""
        return (self.measure.metrics, self.unit)

    @property
    def summed(self) -> bool:
        """Whether the numbers of a month or a year add up to one."""
        return self.daily or self.amounts is not None

    @property
    def n(self) -> int:
        """How many measurements, totals of days or records there are."""
        return len(self.values) if self.summed else sum(value.count for value in self.values)

    def picked(self, pick: Pick) -> tuple[list[Value], tuple[Behind, ...]]:
        """The first, last, greatest or least numbers, alike, and what they stand in: the very samples or records."""
        if self.samples is not None and not self.daily:
            found = readings(self.samples, pick)
            scale = self.samples.metric.scale
            return [Value(one.first, one.reading.value * scale) for one in found if one.reading], found
        values = sorted(self.values, key=lambda value: value.day)
        if pick in ("first", "last"):
            chosen = [values[0 if pick == "first" else -1]]
        else:
            top = (max if pick == "max" else min)(value.value for value in values)
            chosen = [value for value in values if value.value == top][:_CITED]
        return chosen, tuple(cited for value in chosen for cited in self.behind([value]))

    def behind(self, values: Sequence[Value]) -> tuple[Behind, ...]:
        """What these numbers stand in: the first three of their records, or the series of the samples of their days."""
        if self.amounts is not None:
            return self.amounts.evidence([value.n for value in values if value.n is not None][:_CITED])
        assert self.samples is not None
        return behind(replace(self.samples, since=values[0].day, until=values[-1].day + _DAY))


@dataclass(slots=True)
class Report:
    """Sentences with their series and what they rest on, as they come together."""

    sentences: list[str] = field(default_factory=list[str])
    series: list[Series] = field(default_factory=list[Series])
    cited: list[Behind] = field(default_factory=list[Behind])

    def say(self, sentence: str, *rests_on: Behind) -> None:
        """Adds a sentence with the marks of what it rests on."""
        numbers: list[int] = []
        for one in rests_on:
            known = [number for number, other in enumerate(self.cited, 1) if _key(other) == _key(one)]
            if not known:
                self.cited.append(one)
            numbers += known or [len(self.cited)]
        marks = "".join(f"[{number}]" for number in dict.fromkeys(numbers))
        self.sentences.append(f"{sentence} {marks}".strip())

    def outcome(self, inquiry: Inquiry) -> Outcome:
        if not self.sentences:
            return _nothing(inquiry)
        return Outcome("answered", " ".join(self.sentences), tuple(self.cited), tuple(self.series))


def _key(one: Behind) -> object:
    return one.n if isinstance(one, Evidence) else one


def _nothing(inquiry: Inquiry) -> Outcome:
    measure = inquiry.plan.measure
    asked = [one.surface for one in (*inquiry.plan.people, *inquiry.plan.wants)]
    words = asked or ([measure.surface] if measure else [])
    inquiry.step("judge", "no values in this period")
    return Outcome("no_record", inquiry.say.nothing("", words))


def figures(inquiry: Inquiry, span: Span | None) -> list[Figures]:
    """The numbers that the plan's measure asks for: of each metric, or in each currency, the most first."""
    measure = inquiry.plan.measure
    assert measure is not None
    since, until = span.bounds if span else (None, None)
    if measure.amount is not None:
        found = find_amounts(inquiry, measure, since, until)
        return [_of_amounts(inquiry, measure, one) for one in found]
    vault = inquiry.memory.vault
    known = known_metrics(vault)
    out: list[Figures] = []
    for name in measure.metrics:
        metric = metric_of(name, known.get(name, ""))
        one = Measure(measure.surface, metrics=(name,))
        samples = Samples(vault, metric, since, until)
        values = samples.days()
        when = f" in {inquiry.say.period(span)}" if span else ""
        count = sum(value.count for value in values)
        inquiry.step(f"read samples of {name}{when}", f"{count:,} samples on {len(values):,} days")
        if values:
            unit = inquiry.say.unit(one) or metric.unit_english
            out.append(Figures(one, tuple(values), unit, metric.digits, metric.daily == "total", samples))
    return out


def _of_amounts(inquiry: Inquiry, measure: Measure, amounts: Amounts) -> Figures:
    """Kilometres with two decimals, minutes with one, and money with two where it comes in cents."""
    cents = any(value.value % 1 for value in amounts.values)
    digits = {"distance_km": 2, "amount": 2 if cents else 0}.get(measure.amount or "", 1)
    unit = amounts.unit or inquiry.say.unit(measure)
    return Figures(measure, amounts.values, unit, digits, False, amounts=amounts)


def period_of(inquiry: Inquiry, values: Sequence[Value], span: Span | None) -> str:
    """The period asked for; else the days that the values cover."""
    if span is not None:
        return inquiry.say.period(span)
    return inquiry.say.days(values[0].day, date.fromordinal(values[-1].day.toordinal() + 1))


def title(inquiry: Inquiry, one: Figures) -> str:
    """What the numbers are of: the measure, and the nouns and people that amounts were looked up by."""
    plan = inquiry.plan
    nouns = [want.surface for want in plan.wants if want.role in ("thing", "narrow")]
    return inquiry.say.title(one.measure, [*(person.surface for person in plan.people), *nouns])


def chart(inquiry: Inquiry, one: Figures) -> list[Series]:
    """The values by month, or by year when there are many, for a chart; none when there is only one part."""
    first, last = one.values[0].day, one.values[-1].day
    months = (last.year - first.year) * 12 + last.month - first.month
    by: Group = "month" if months <= _MONTHS else "year"
    parts = grouped(one.values, by)
    if len(parts) < 2:
        return []
    points = [
        Point(inquiry.say.label(part.key, by), part.total if one.amounts else part.mean, len(part.values))
        for part in parts
    ]
    return [Series(title(inquiry, one), one.unit, tuple(points))]
