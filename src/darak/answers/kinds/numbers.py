"""Sums, averages, extremes, courses and comparisons of samples and of amounts that records carry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from statistics import fmean

from darak.answers.answer import Point, Series
from darak.answers.inquiry import Inquiry, Outcome
from darak.answers.kinds.figures import Figures, Report, chart, figures, period_of, title
from darak.answers.numbers.samples import Value
from darak.answers.numbers.statistics import Part, grouped, season, seasonal_rise, trend
from darak.answers.plan import Group, Kind

_PERIODS: tuple[Group, ...] = ("week", "month", "year")
_LATEST = 3


def answer_statistic(inquiry: Inquiry) -> Outcome:
    """Sum, average, min, max, first or last of one measure in one period."""
    kind = inquiry.plan.kind
    span = inquiry.plan.spans[0] if inquiry.plan.spans else None
    report = Report()
    for one in figures(inquiry, span):
        value, when, n = _statistic(inquiry, one, kind)
        shown = inquiry.say.number(value, _shown_digits(one, kind), one.unit)
        period = period_of(inquiry, one.values, span)
        daily = one.daily and inquiry.plan.group not in _PERIODS
        what = title(inquiry, one)
        report.sentences.append(inquiry.say.statistic(kind, what, shown, period, n, daily=daily, when=when))
        report.series += chart(inquiry, one)
        report.cite(one, _telling(one, kind, value))
    return report.outcome(inquiry)


def _statistic(inquiry: Inquiry, one: Figures, kind: Kind) -> tuple[float, str, int]:
    """The value, the day it was on (extremes only), and how many values are behind it."""
    group = inquiry.plan.group
    if kind in ("min", "max"):
        return _extreme(inquiry, one, 1 if kind == "max" else -1)
    if kind in ("first", "last"):
        chosen = one.single[0] if kind == "first" else one.single[-1]
        return chosen.value, inquiry.say.date(chosen.day), len(one.single)
    if kind == "sum":
        return sum(value.value for value in one.values), "", len(one.values)
    if group in _PERIODS and one.summed:
        parts = grouped(one.values, group)
        return fmean(part.total for part in parts), "", len(parts)
    return fmean(value.value for value in one.values), "", len(one.values)


def _extreme(inquiry: Inquiry, one: Figures, sign: int) -> tuple[float, str, int]:
    """The greatest value (the least, for `sign` -1) of a day, or of a month or year, with when that was."""
    group = inquiry.plan.group
    if group in _PERIODS:
        parts = grouped(one.values, group)
        part = max(parts, key=lambda part: sign * _part_value(one, part))
        return _part_value(one, part), inquiry.say.label(part.key, group), len(parts)
    top = max(one.single, key=lambda value: sign * value.value)
    same = dict.fromkeys(value.day for value in one.single if value.value == top.value)
    return top.value, ", ".join(inquiry.say.date(day) for day in list(same)[:3]), len(one.single)


def _part_value(one: Figures, part: Part) -> float:
    return part.total if one.summed else part.mean


def _shown_digits(one: Figures, kind: Kind) -> int:
    return max(one.digits, 1) if kind == "average" and not one.summed else one.digits


def _telling(one: Figures, kind: Kind, value: float) -> Sequence[Value]:
    if kind in ("min", "max"):
        return [v for v in one.single if v.value == value]
    return one.values[-1:] if kind == "last" else one.values


def answer_trend(inquiry: Inquiry) -> Outcome:
    """How a measure went over a period: its direction, first and last part, and a season in which it rises."""
    say = inquiry.say
    span = inquiry.plan.spans[0] if inquiry.plan.spans else None
    report = Report()
    for one in figures(inquiry, span):
        monthly = _monthly(inquiry, one)
        course = trend(monthly)
        if course is None:
            continue
        digits, what = one.digits if one.amounts else max(one.digits, 1), title(inquiry, one)
        rise = seasonal_rise(one.values if one.amounts is None else monthly)
        if rise:
            mean, other = say.number(rise.mean, digits, one.unit), say.number(rise.other, digits, one.unit)
            report.sentences.append(say.seasonal(what, rise.season, rise.years, rise.of, mean, other))
        report.cite(one, one.values[-_LATEST:])
        if rise and inquiry.plan.group == "season":
            report.series.append(_seasons(inquiry, one))
            continue
        by: Group = "year" if len({value.day.year for value in monthly}) > 2 else "month"
        parts = grouped(monthly, by)
        first, last = ((say.label(p.key, by), say.number(p.mean, digits, one.unit)) for p in (parts[0], parts[-1]))
        per_year = say.number(abs(course.per_year), digits, one.unit)
        period = period_of(inquiry, one.values, span)
        about = say.monthly(what) if one.amounts else what
        report.sentences.append(say.course(one.measure, about, period, course.direction, (first, last), per_year))
        report.series += chart(inquiry, one)
    return report.outcome(inquiry)


def _monthly(inquiry: Inquiry, one: Figures) -> list[Value]:
    """One value a month: the mean, or the total of amounts, which the month that still runs is left out of."""
    parts = grouped(one.values, "month")
    if one.amounts and parts[-1].key == (inquiry.today.year, inquiry.today.month):
        parts.pop()
    return [Value(date(p.key[0], p.key[1], 15), p.total if one.amounts else p.mean) for p in parts]


def _seasons(inquiry: Inquiry, one: Figures) -> Series:
    """The mean of each season over all years."""
    by_season: dict[int, list[float]] = {}
    for value in one.values:
        by_season.setdefault(season(value.day)[1], []).append(value.value)
    points = [
        Point(inquiry.say.season(number), fmean(values), len(values)) for number, values in sorted(by_season.items())
    ]
    return Series(title(inquiry, one), one.unit, tuple(points))


def answer_compare(inquiry: Inquiry) -> Outcome:
    """Two or more periods side by side: means of what is measured, totals of what is spent."""
    if len(inquiry.plan.spans) < 2:
        return answer_trend(inquiry)
    spans = sorted(inquiry.plan.spans, key=lambda span: span.since)
    labels = [inquiry.say.period(span) for span in spans]
    by_span = [{one.key: one for one in figures(inquiry, span)} for span in spans]
    report = Report()
    for key in by_span[0]:
        if all(key in found for found in by_span):
            _compare(inquiry, report, labels, [found[key] for found in by_span])
    return report.outcome(inquiry)


def _compare(inquiry: Inquiry, report: Report, labels: Sequence[str], columns: Sequence[Figures]) -> None:
    """One measure in several periods, the earliest first."""
    say, amounts = inquiry.say, columns[0].amounts is not None
    averaged = inquiry.plan.group == "day" or not amounts
    values = [(fmean if averaged else sum)(value.value for value in one.values) for one in columns]
    unit, digits = columns[0].unit, columns[0].digits if amounts else max(columns[0].digits, 1)
    rows = [(label, say.number(value, digits, unit)) for label, value in zip(labels, values, strict=True)]
    apart = max(values) - min(values)
    what, measure = title(inquiry, columns[0]), columns[0].measure
    higher = labels[values.index(max(values))] if round(apart, digits) else None
    rising = values[-1] > values[0]
    report.sentences.append(say.compared(measure, what, rows, higher, say.number(apart, digits, unit), rising))
    pairs = zip(labels, values, columns, strict=True)
    report.series.append(Series(what, unit, tuple(Point(label, v, len(one.values)) for label, v, one in pairs)))
    for one in columns:
        report.cite(one, one.values[-1:])
