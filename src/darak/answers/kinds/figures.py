"""The numbers that a question asks for, in one period, and the charts and answers made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from darak.answers.answer import Point, Series
from darak.answers.evidence.evidence import Evidence
from darak.answers.inquiry import Inquiry, Outcome
from darak.answers.kinds.choosing import marks
from darak.answers.numbers.amounts import Amounts, find_amounts
from darak.answers.numbers.metrics import metric_of
from darak.answers.numbers.samples import Value, days, known_metrics, measurements
from darak.answers.numbers.statistics import grouped
from darak.answers.plan import Group, Measure, Span

_CITED = 3
_MONTHS = 24
"""A chart of more months than this is drawn by years."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of one measure in one period, `single` before a day's are put together.

    `daily`: one value a day; `digits` and `unit` as they are shown; `amounts`: the records the numbers stand in.
    """

    measure: Measure
    values: tuple[Value, ...]
    single: tuple[Value, ...]
    unit: str
    digits: int
    daily: bool
    amounts: Amounts | None = None

    @property
    def key(self) -> tuple[tuple[str, ...], str]:
        """What tells these numbers from others of the same question: the metric, or the currency."""
        return (self.measure.metrics, self.unit)

    @property
    def summed(self) -> bool:
        """Whether the numbers of a month or a year add up to one."""
        return self.daily or self.amounts is not None


@dataclass(slots=True)
class Report:
    """Sentences with their series and the records to cite, as they come together."""

    sentences: list[str] = field(default_factory=list[str])
    series: list[Series] = field(default_factory=list[Series])
    cited: list[Evidence] = field(default_factory=list[Evidence])

    def cite(self, one: Figures, values: Iterable[Value]) -> None:
        """Cites the first records that these values stand in."""
        if one.amounts is not None:
            self.cited += one.amounts.evidence([value.n for value in values if value.n is not None][:_CITED])

    def outcome(self, inquiry: Inquiry) -> Outcome:
        if not self.sentences:
            return _nothing(inquiry)
        cited = tuple({one.n: one for one in self.cited}.values())
        text = f"{' '.join(self.sentences)} {marks(len(cited))}".strip()
        return Outcome("answered", text, cited, tuple(self.series))


def _nothing(inquiry: Inquiry) -> Outcome:
    measure = inquiry.plan.measure
    words = [want.surface for want in inquiry.plan.wants] or ([measure.surface] if measure else [])
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
        daily = days(vault, metric, since, until)
        single = daily if metric.daily == "total" else measurements(vault, metric, since, until)
        when = f" in {inquiry.say.period(span)}" if span else ""
        samples = sum(value.count for value in daily)
        inquiry.step(f"read samples of {name}{when}", f"{samples:,} samples on {len(daily):,} days")
        if daily:
            unit = inquiry.say.unit(one) or metric.unit_english
            out.append(Figures(one, tuple(daily), tuple(single), unit, metric.digits, metric.daily == "total"))
    return out


def _of_amounts(inquiry: Inquiry, measure: Measure, amounts: Amounts) -> Figures:
    """Kilometres with two decimals, minutes with one, and money with two where it comes in cents."""
    cents = any(value.value % 1 for value in amounts.values)
    digits = {"distance_km": 2, "amount": 2 if cents else 0}.get(measure.amount or "", 1)
    unit = amounts.unit or inquiry.say.unit(measure)
    return Figures(measure, amounts.values, amounts.values, unit, digits, False, amounts)


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
