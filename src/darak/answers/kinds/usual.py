"""At what time of day something usually is: the middle of all the times, and the span that holds half of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import time
from math import atan2, cos, pi, sin
from statistics import quantiles

from darak.answers.inquiry import Inquiry, Outcome
from darak.answers.kinds.choosing import HAPPENING, apart, marks, occurrences, refuse
from darak.answers.numbers.behind import behind
from darak.answers.numbers.metrics import metric_of
from darak.answers.numbers.samples import Samples
from darak.answers.plan import Plan

_DAY = 86_400
_FEW = 4
"""Times below which nothing is usual."""
_CITED = 3
_SLEEP = re.compile(
    r"(?<![가-힣])(?:자(?=[요니나러지는])|자\s*[?？]?$|잠|잤|잘\s*때|취침|일어나|기상)"
    r"|\b(?:go(?:ing)?\s+to\s+(?:bed|sleep)|bedtime|fall\s+asleep|sleep|(?:wake|get)\s+up)\b",
    re.IGNORECASE,
)
_WAKES = re.compile(r"일어나|기상|깨[어나요니]|\b(?:wake|get)\s+up\b", re.IGNORECASE)
_NIGHT = ("sleep_in_bed", "sleep_asleep")


def asks_of_night(plan: Plan) -> bool:
    """Whether a question asks when one fell asleep or woke in certain nights."""
    return plan.target == "clock" and bool(plan.spans) and _SLEEP.search(plan.question) is not None


def answer_usual(inquiry: Inquiry) -> Outcome:
    """The usual time of what happens at a time: nights that were measured, else entries, visits, calls."""
    if _SLEEP.search(inquiry.plan.question) and (told := _night(inquiry)):
        return told
    gathered, judged = inquiry.look_at_all()
    if not judged.enough:
        return refuse(inquiry, judged)
    times = occurrences(gathered, judged)
    clocked = [(one.moment.clock, one) for one in times if one.moment and one.moment.clock]
    clocked = [(clock, one) for clock, one in clocked if one.record.kind in HAPPENING]
    if len(clocked) < _FEW:
        inquiry.step("look for times of day", f"only {len(clocked)} of the records are at a time")
        return refuse(inquiry, judged, sure=True)
    cited = apart([one for _, one in clocked][-_CITED:], _CITED, by_day=True)
    seconds = [clock.hour * 3600 + clock.minute * 60 + clock.second for clock, _ in clocked]
    return Outcome("answered", _text(inquiry, seconds, len(cited)), cited)


def _night(inquiry: Inquiry) -> Outcome | None:
    """From when or until when nights were measured; None when none were."""
    span = inquiry.plan.spans[0] if inquiry.plan.spans else None
    for name in _NIGHT:
        samples = Samples(inquiry.memory.vault, metric_of(name), *(span.bounds if span else (None, None)))
        edge = "max(start + max(duration, 0) + clock * 1000)"
        if not _WAKES.search(inquiry.plan.question):
            edge = "min(start + clock * 1000)"
        rows = samples.select(f"{edge} / 1000", "GROUP BY day")
        if rows and span and (span.until - span.since).days < _FEW:
            cited = behind(samples)
            clocks = [f"{_clock(moment % _DAY):%H:%M}" for (moment,) in rows]
            return Outcome("answered", inquiry.say.clocks(clocks, marks(len(cited))), cited)
        if len(rows) >= _FEW:
            cited = behind(samples)
            inquiry.step(f"read {name}", f"{len(rows):,} nights")
            return Outcome("answered", _text(inquiry, [moment % _DAY for (moment,) in rows], len(cited)), cited)
    return None


def _text(inquiry: Inquiry, seconds: Sequence[int], cited: int) -> str:
    low, middle, high = map(_clock, middle_half(seconds))
    return inquiry.say.usual(middle, low, high, len(seconds), marks(cited))


def _clock(second: float) -> time:
    """To five minutes: nothing usual is more exact."""
    minutes = round(second / 300) * 5 % 1440
    return time(minutes // 60, minutes % 60)


def middle_half(seconds: Iterable[float]) -> tuple[float, float, float]:
    """The quartiles of times of day, in seconds since midnight, on the clock's circle: 23:50 is near 0:10."""
    times = list(seconds)
    turns = [2 * pi * second / _DAY for second in times]
    centre = atan2(sum(map(sin, turns)), sum(map(cos, turns))) * _DAY / (2 * pi)
    apart_from_it = [(second - centre + _DAY / 2) % _DAY - _DAY / 2 for second in times]
    low, middle, high = quantiles(apart_from_it, n=4, method="inclusive")
    return (centre + low) % _DAY, (centre + middle) % _DAY, (centre + high) % _DAY
