"""Sums, averages, extremes, courses and comparisons of samples and of amounts that records carry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from statistics import fmean

from darak.answers.answer import Point, Series
from darak.answers.inquiry import Inquiry, Outcome
from darak.answers.kinds.figures import Behind, Figures, Report, chart, figures, period_of, title
from darak.answers.numbers.samples import Value
from darak.answers.numbers.statistics import Part, differ, each_day, grouped, season, seasonal_rise, trend
from darak.answers.plan import Group, Kind

_PERIODS: tuple[Group, ...] = ("week", "month", "year")
_LATEST, _YEAR = 3, 330
_FEW = 3
"""Days of each sort below which they are not set against one another."""
_MANY = 6
"""Months from which a course is drawn through their means rather than through the days."""


def answer_statistic(inquiry: Inquiry) -> Outcome:
    """Sum, average, min, max, first or last of one measure in one period."""
    kind = inquiry.plan.kind
    span = inquiry.plan.spans[0] if inquiry.plan.spans else None
    report = Report()
    for one in figures(inquiry, span):
        if inquiry.plan.group == "weekday":
            _weekdays(inquiry, report, one)
            continue
        value, when, n, rests_on = _statistic(inquiry, one, kind)
        shown = inquiry.say.number(value, _shown_digits(one, kind), one.unit)
        period = period_of(inquiry, one.values, span)
        daily = one.daily and inquiry.plan.group not in _PERIODS
        what = title(inquiry, one)
        report.say(inquiry.say.statistic(kind, what, shown, period, n, daily=daily, when=when), *rests_on)
        report.series += chart(inquiry, one)
    return report.outcome(inquiry)


def _weekdays(inquiry: Inquiry, report: Report, one: Figures) -> None:
    """The mean of each day of the week, and on which it is the most and the least; of what is spent, the total."""
    say = inquiry.say
    parts = grouped(one.values, "weekday")
    values = [_part_value(one, part) if one.amounts else part.mean for part in parts]
    labels = [say.label(part.key, "weekday") for part in parts]
    rows = [(label, say.number(value, one.digits, one.unit)) for label, value in zip(labels, values, strict=True)]
    what = say.daily(title(inquiry, one)) if one.daily else title(inquiry, one)
    most, least = rows[values.index(max(values))], rows[values.index(min(values))]
    report.say(say.weekdays(what, most, least, len(one.values)), *one.behind(one.values))
    points = (Point(label, v, len(p.values)) for label, v, p in zip(labels, values, parts, strict=True))
    report.series.append(Series(what, one.unit, tuple(points)))


def _statistic(inquiry: Inquiry, one: Figures, kind: Kind) -> tuple[float, str, int, tuple[Behind, ...]]:
    """The value, the day it was on (extremes, first and last), how many values there are, and what it rests on."""
    group = inquiry.plan.group
    if kind in ("max", "min") and group in _PERIODS:
        parts = grouped(one.values, group)
        part = (max if kind == "max" else min)(parts, key=lambda part: _part_value(one, part))
        return _part_value(one, part), inquiry.say.label(part.key, group), len(parts), one.behind(part.values)
    if kind in ("max", "min", "first", "last"):
        values, rests_on = one.picked(kind)
        days = dict.fromkeys(value.day for value in values)
        return values[0].value, ", ".join(inquiry.say.date(day) for day in days), one.n, rests_on
    rests_on = one.behind(one.values)
    if kind == "sum":
        return sum(value.value for value in one.values), "", len(one.values), rests_on
    if group in _PERIODS and one.summed:
        parts = grouped(one.values, group)
        return fmean(part.total for part in parts), "", len(parts), rests_on
    return fmean(value.value for value in one.values), "", len(one.values), rests_on


def _part_value(one: Figures, part: Part) -> float:
    return part.total if one.summed else part.mean


def _shown_digits(one: Figures, kind: Kind) -> int:
    return max(one.digits, 1) if kind == "average" and not one.summed else one.digits


def answer_trend(inquiry: Inquiry) -> Outcome:
    """How a measure went over a period: its direction, first and last part, and a season in which it rises."""
    say = inquiry.say
    span = inquiry.plan.spans[0] if inquiry.plan.spans else None
    report = Report()
    for one in figures(inquiry, span):
        monthly = _monthly(inquiry, one)
        course = trend(monthly if one.amounts or len(monthly) >= _MANY else one.values)
        if course is None:
            continue
        digits, what = one.digits if one.amounts else max(one.digits, 1), title(inquiry, one)
        rests_on = one.behind(one.values[-_LATEST:] if one.amounts else one.values)
        rise = seasonal_rise(one.values if one.amounts is None else monthly)
        if rise:
            mean, other = say.number(rise.mean, digits, one.unit), say.number(rise.other, digits, one.unit)
            report.say(say.seasonal(what, rise.season, rise.years, rise.of, mean, other), *rests_on)
        if rise and inquiry.plan.group == "season":
            report.series.append(_seasons(inquiry, one))
            continue
        by: Group = "year" if len({value.day.year for value in monthly}) > 2 else "month"
        parts = grouped(monthly, by)
        first, last = ((say.label(p.key, by), say.number(p.mean, digits, one.unit)) for p in (parts[0], parts[-1]))
        # A course of some months is not drawn out to a year.
        per_year = say.number(abs(course.per_year), digits, one.unit) if course.days >= _YEAR else ""
        period = period_of(inquiry, one.values, span)
        about = say.monthly(what) if one.amounts else say.daily(what) if one.daily else what
        told = say.course(one.measure, about, period, course.direction, (first, last), per_year)
        report.say(told, *rests_on)
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
    if inquiry.plan.weekdays:
        return _contrast(inquiry)
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


def _contrast(inquiry: Inquiry) -> Outcome:
    """What is measured or spent on a day: the asked days of the week against the others."""
    say, asked = inquiry.say, inquiry.plan.weekdays
    labels = (say.weekday_names(asked), say.weekday_names(tuple(day for day in range(7) if day not in asked)))
    span = inquiry.plan.spans[0] if inquiry.plan.spans else None
    report = Report()
    for one in figures(inquiry, span):
        values = each_day(one.values) if one.amounts else one.values
        chosen = [value.value for value in values if value.day.weekday() in asked]
        others = [value.value for value in values if value.day.weekday() not in asked]
        if min(len(chosen), len(others)) < _FEW:
            continue
        means = (fmean(chosen), fmean(others))
        rows = [(label, say.number(mean, one.digits, one.unit)) for label, mean in zip(labels, means, strict=True)]
        higher = labels[means.index(max(means))] if differ(chosen, others) else None
        what = say.daily(title(inquiry, one)) if one.summed else title(inquiry, one)
        apart = say.number(abs(means[0] - means[1]), one.digits, one.unit)
        report.say(say.contrasted(one.measure, what, rows, higher, apart, len(values)), *one.behind(one.values))
        points = (
            Point(label, mean, len(part)) for label, mean, part in zip(labels, means, (chosen, others), strict=True)
        )
        report.series.append(Series(what, one.unit, tuple(points)))
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
    what = say.daily(what) if columns[0].daily else what
    higher = labels[values.index(max(values))] if round(apart, digits) else None
    rising = values[-1] > values[0]
    told = say.compared(measure, what, rows, higher, say.number(apart, digits, unit), rising)
    report.say(told, *(cited for one in columns for cited in one.behind(one.values[-1:] if amounts else one.values)))
    pairs = zip(labels, values, columns, strict=True)
    report.series.append(Series(what, unit, tuple(Point(label, v, len(one.values)) for label, v, one in pairs)))
