"""Sums, averages, extremes, courses and comparisons of samples and of amounts that records carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from darak.answers.answer import Point, Series
from darak.answers.inquiry import Inquiry, Outcome
from darak.answers.numbers.amounts import Amounts, find_amounts
from darak.answers.numbers.samples import Value, days, known_metrics, measurements, metric_of
from darak.answers.numbers.statistics import Part, grouped, seasonal_rise, trend
from darak.answers.plan import Group, Measure, Span

_CITED = 3


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of one measure in one period. `daily`: one value a day; `digits` and `unit` as they are shown."""

    measure: Measure
    values: tuple[Value, ...]
    single: tuple[Value, ...]
    unit: str
    digits: int
    daily: bool
    amounts: Amounts | None = None


def figures(inquiry: Inquiry, span: Span | None) -> list[Figures]:
    """The values that the plan's measure asks for, one Figures for each metric."""
    measure = inquiry.plan.measure
    assert measure is not None
    since, until = span.bounds if span else (None, None)
    if measure.amount is not None:
        found = find_amounts(inquiry, measure, since, until)
        digits = 2 if measure.amount == "distance_km" else 0 if measure.amount == "amount" else 1
        unit = found.unit or inquiry.say.unit(measure)
        return [Figures(measure, found.values, found.values, unit, digits, False, found)]
    vault = inquiry.memory.vault
    known = known_metrics(vault)
    out: list[Figures] = []
    for name in measure.metrics:
        metric = metric_of(name, known.get(name, ""))
        one = Measure(measure.surface, metrics=(name,))
        daily = days(vault, metric, since, until)
        single = daily if metric.daily == "total" else measurements(vault, metric, since, until)
        inquiry.step(
            f"read samples of {name}" + (f" in {inquiry.say.days(span.since, span.until)}" if span else ""),
            f"{sum(v.count for v in daily):,} samples on {len(daily):,} days",
        )
        unit = inquiry.say.unit(one)
        out.append(Figures(one, tuple(daily), tuple(single), unit, metric.digits, metric.daily == "total"))
    return out


def answer_statistic(inquiry: Inquiry) -> Outcome:
    """Sum, average, min, max, first or last of one measure in one period."""
    kind = inquiry.plan.kind
    span = inquiry.plan.spans[0] if inquiry.plan.spans else None
    sentences: list[str] = []
    series: list[Series] = []
    evidence: list[Value] = []
    amounts: Amounts | None = None
    for one in figures(inquiry, span):
        if not one.values:
            continue
        value, when, n = _statistic(inquiry, one, kind)
        digits = _shown_digits(one, kind)
        text = inquiry.say.number(value, digits, one.unit)
        period = inquiry.say.days(span.since, span.until) if span else _covered(inquiry, one.values)
        per = "day" if one.daily else ""
        sentences.append(inquiry.say.statistic(kind, inquiry.say.title(one.measure), text, period, n, per, when))
        series += chart(inquiry, one)
        amounts = one.amounts or amounts
        evidence += _telling(one, kind, value)
    if not sentences:
        return nothing(inquiry)
    cited = amounts.evidence([v.n for v in evidence if v.n is not None][:_CITED]) if amounts else ()
    marks = "".join(f"[{i}]" for i in range(1, len(cited) + 1))
    return Outcome("answered", f"{' '.join(sentences)} {marks}".strip(), cited, tuple(series))


def nothing(inquiry: Inquiry) -> Outcome:
    measure = inquiry.plan.measure
    words = [want.surface for want in inquiry.plan.wants] or ([measure.surface] if measure else [])
    inquiry.step("judge", "no values in this period")
    return Outcome("no_record", inquiry.say.nothing("", words))


def _statistic(inquiry: Inquiry, one: Figures, kind: str) -> tuple[float, str, int]:
    """The value, the day it was on (extremes only), and how many values are behind it."""
    values = one.single if kind in ("min", "max", "first", "last") else one.values
    group = inquiry.plan.group
    if group in ("month", "year", "week") and kind in ("min", "max"):
        parts = grouped(one.values, group)
        chosen = (max if kind == "max" else min)(parts, key=lambda part: _part_value(one, part))
        return _part_value(one, chosen), inquiry.say.label(chosen.key, group), len(parts)
    if kind in ("min", "max"):
        top = (max if kind == "max" else min)(values, key=lambda value: value.value)
        same = [value.day for value in values if value.value == top.value]
        when = ", ".join(inquiry.say.date(day) for day in dict.fromkeys(same[:3]))
        return top.value, when, len(values)
    if kind in ("first", "last"):
        chosen_value = values[0] if kind == "first" else values[-1]
        return chosen_value.value, inquiry.say.date(chosen_value.day), len(values)
    if kind == "sum":
        return sum(value.value for value in values), "", len(values)
    if group in ("month", "year", "week") and (one.daily or one.amounts):
        parts = grouped(values, group)
        return fmean(part.total for part in parts), "", len(parts)
    return fmean(value.value for value in values), "", len(values)


def _part_value(one: Figures, part: Part) -> float:
    return part.total if one.daily or one.amounts else part.mean


def _shown_digits(one: Figures, kind: str) -> int:
    return max(one.digits, 1) if kind == "average" and not one.daily and one.amounts is None else one.digits


def _telling(one: Figures, kind: str, value: float) -> Sequence[Value]:
    if kind in ("min", "max"):
        return [v for v in one.single if v.value == value]
    return one.values[-1:] if kind == "last" else one.values


def _covered(inquiry: Inquiry, values: Sequence[Value]) -> str:
    first, last = values[0].day, values[-1].day
    return inquiry.say.days(first, date.fromordinal(last.toordinal() + 1))


def chart(inquiry: Inquiry, one: Figures, group: Group | None = None) -> list[Series]:
    """The values by month, or by year when there are many, for a chart; none when there is only one part."""
    if not one.values:
        return []
    months = (
        (one.values[-1].day.year - one.values[0].day.year) * 12 + one.values[-1].day.month - one.values[0].day.month
    )
    by: Group = group or ("month" if months <= 24 else "year")
    parts = grouped(one.values, by)
    if len(parts) < 2:
        return []
    points = [
        Point(inquiry.say.label(part.key, by), part.total if one.amounts else part.mean, len(part.values))
        for part in parts
    ]
    return [Series(inquiry.say.title(one.measure), one.unit, tuple(points))]


def answer_trend(inquiry: Inquiry) -> Outcome:
    """How a measure went over a period: its direction, first and last part, and a season in which it rises."""
    span = inquiry.plan.spans[0] if inquiry.plan.spans else None
    sentences: list[str] = []
    series: list[Series] = []
    cited: list[int] = []
    amounts: Amounts | None = None
    for one in figures(inquiry, span):
        monthly = [
            Value(date(*part.key[:2], 15), part.total if one.amounts else part.mean)
            for part in grouped(one.values, "month")
        ]
        course = trend(monthly)
        if course is None:
            continue
        by: Group = "year" if len({value.day.year for value in monthly}) > 2 else "month"
        parts = grouped(monthly, by)
        first, last = parts[0], parts[-1]
        digits = max(one.digits, 1)
        show = inquiry.say.number
        ends = [f"{inquiry.say.label(part.key, by)} {show(part.mean, digits, one.unit)}" for part in (first, last)]
        period = inquiry.say.days(span.since, span.until) if span else _covered(inquiry, one.values)
        title = inquiry.say.title(one.measure)
        if rise := seasonal_rise(one.values if one.amounts is None else monthly):
            sentences.append(
                inquiry.say.seasonal(
                    rise.season,
                    rise.years,
                    rise.of,
                    show(rise.mean, digits, one.unit),
                    show(rise.other, digits, one.unit),
                )
            )
        sentences.append(
            inquiry.say.course(title, period, course.direction, *ends, show(course.per_year, digits, one.unit))
        )
        series += chart(inquiry, one, "season" if rise_asked(inquiry) else None)
        amounts = one.amounts or amounts
        cited += [value.n for value in one.values[-_CITED:] if value.n is not None]
    if not sentences:
        return nothing(inquiry)
    evidence = amounts.evidence(cited) if amounts else ()
    marks = "".join(f"[{i}]" for i in range(1, len(evidence) + 1))
    return Outcome("answered", f"{' '.join(sentences)} {marks}".strip(), evidence, tuple(series))


def rise_asked(inquiry: Inquiry) -> bool:
    return inquiry.plan.group == "season"


def _merged(several: Sequence[Amounts | None]) -> Amounts | None:
    found = [one for one in several if one is not None]
    if not found:
        return None
    records = {n: stored for one in found for n, stored in one.records.items()}
    return Amounts(tuple(value for one in found for value in one.values), found[0].unit, records)


def answer_compare(inquiry: Inquiry) -> Outcome:
    """Two or more periods side by side: means of what is measured, totals of what is spent."""
    spans = inquiry.plan.spans
    if len(spans) < 2:
        return answer_trend(inquiry)
    ordered = sorted(spans, key=lambda span: span.since)
    sentences: list[str] = []
    series: list[Series] = []
    cited: list[int] = []
    amounts: Amounts | None = None
    by_metric = zip(*(figures(inquiry, span) for span in ordered), strict=True)
    for columns in by_metric:
        if not all(one.values for one in columns):
            continue
        per_record = inquiry.plan.group == "day" or columns[0].amounts is None
        values = [
            fmean(v.value for v in one.values) if per_record else sum(v.value for v in one.values) for one in columns
        ]
        unit, digits = columns[0].unit, max(columns[0].digits, 1) if columns[0].amounts is None else columns[0].digits
        labels = [inquiry.say.days(span.since, span.until) for span in ordered]
        rows = [(label, inquiry.say.number(value, digits, unit)) for label, value in zip(labels, values, strict=True)]
        top = max(range(len(values)), key=lambda index: values[index])
        change = values[-1] - values[0]
        same = round(max(values) - min(values), digits) == 0
        rising = 0 if same else (1 if change > 0 else -1)
        title = inquiry.say.title(columns[0].measure)
        shown = inquiry.say.number(max(values) - min(values), digits, unit)
        sentences.append(inquiry.say.compared(title, rows, None if same else labels[top], shown, rising))
        points = tuple(
            Point(label, value, len(one.values)) for label, value, one in zip(labels, values, columns, strict=True)
        )
        series.append(Series(title, unit, points))
        amounts = _merged([one.amounts for one in columns]) or amounts
        cited += [one.values[-1].n for one in columns if one.values[-1].n is not None]
    if not sentences:
        return nothing(inquiry)
    evidence = amounts.evidence(cited) if amounts else ()
    marks = "".join(f"[{i}]" for i in range(1, len(evidence) + 1))
    return Outcome("answered", f"{' '.join(sentences)} {marks}".strip(), evidence, tuple(series))
