"""How many times, and how often."""

from __future__ import annotations

from dataclasses import replace

from darak.answers.evidence.evidence import Evidence
from darak.answers.inquiry import Inquiry, Outcome
from darak.answers.kinds.choosing import HAPPENING, marks, occurrences, refuse
from darak.answers.numbers.amounts import find_amounts
from darak.answers.plan import Group
from darak.answers.question.wants import read_wants

_CITED = 3
_DAYS: dict[Group, float] = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}


def _times(inquiry: Inquiry) -> list[Evidence] | Outcome:
    measure = inquiry.plan.measure
    if measure is not None and measure.amount is not None:
        span = inquiry.plan.spans[0] if inquiry.plan.spans else None
        amounts = find_amounts(inquiry, measure, *(span.bounds if span else (None, None)))
        if amounts:
            return list(amounts[0].evidence([value.n for value in amounts[0].values if value.n is not None]))
        inquiry.plan = replace(inquiry.plan, measure=None, wants=read_wants(inquiry.plan.rest, inquiry.plan.language))
    gathered, judged = inquiry.look_at_all()
    if not judged.enough:
        return refuse(inquiry, judged)
    span = inquiry.plan.spans[0] if inquiry.plan.spans else None
    times = [
        one
        for one in occurrences(gathered, judged)
        if one.moment and one.moment.day <= inquiry.today and (span is None or span.holds(one.moment.day))
    ]
    inquiry.step("count", f"{len(times):,} times")
    return times or refuse(inquiry, judged, sure=True)


def answer_count(inquiry: Inquiry) -> Outcome:
    times = _times(inquiry)
    if isinstance(times, Outcome):
        return times
    say = inquiry.say
    period = say.period(inquiry.plan.spans[0]) if inquiry.plan.spans else ""
    evidence = tuple(times[:_CITED])
    first, last = times[0].moment, times[-1].moment
    assert first is not None and last is not None
    text = say.count(len(times), period, say.date(first.day), say.date(last.day), marks(len(evidence)))
    return _told(inquiry, text, evidence)


def _told(inquiry: Inquiry, text: str, evidence: tuple[Evidence, ...]) -> Outcome:
    """Talk about something is no full count of it."""
    if evidence[0].record.kind not in HAPPENING:
        return Outcome("unsure", inquiry.say.unsure(text), evidence)
    return Outcome("answered", text, evidence)


def answer_often(inquiry: Inquiry) -> Outcome:
    times = _times(inquiry)
    if isinstance(times, Outcome):
        return times
    first, last = times[0].moment, times[-1].moment
    assert first is not None and last is not None
    if len(times) < 2 or first.day == last.day:
        return answer_count(inquiry)
    gap = (last.day - first.day).days / (len(times) - 1)
    evidence = (times[0], times[-1])
    say = inquiry.say
    text = say.often(gap, len(times), say.date(first.day), say.date(last.day), marks(len(evidence)))
    if (group := inquiry.plan.group) is not None and group in _DAYS:
        text = f"{say.rate(_DAYS[group] / gap, group)} {text}"
    return _told(inquiry, text, evidence)
