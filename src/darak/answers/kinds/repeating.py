"""Events that repeat or last: for which questions their times are worked out, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from darak.answers.evidence.evidence import Evidence
from darak.answers.inquiry import Inquiry, Outcome
from darak.answers.kinds.birthday import asks_of_birthday
from darak.answers.plan import Plan
from darak.answers.wording.repeats import repeats
from darak.memory.lookup import Lookup
from darak.memory.repeating import Repeating, Series, find_lasting

_AHEAD = timedelta(days=400)
"""How far something next is looked for: what comes once a year is among it."""
_ALL, _NEAREST = 2_000, 8
_COUNTED = ("count", "how_often")
_ONE_OF_THEM = ("last", "next", "when", "how_long_since")
_NOT_OF_ONE = ("on_day", "list")


def unfolded(lookup: Lookup, plan: Plan, series: Sequence[Series]) -> Lookup:
    """The look-up for a plan: with every time of what repeats in the period that it asks for and what lasts into it,
    or with every time up to now when they are counted; with those around now when one of them is asked for."""
    now, tomorrow = plan.now.replace(tzinfo=None), plan.now.date() + timedelta(days=1)
    if plan.spans:
        since = min(span.since for span in plan.spans)
        until = max(span.until for span in plan.spans)
        lasting = find_lasting(lookup, since) if since != date.min else ()
        if not series and not lasting:
            return lookup
        return Repeating(lookup, series, since, min(until, max(tomorrow, since) + 10 * _AHEAD), now, _ALL, lasting)
    if not series:
        return lookup
    if plan.kind in _COUNTED:
        return Repeating(lookup, series, date.min, tomorrow, now, _ALL)
    if plan.kind in _ONE_OF_THEM or plan.order in _ONE_OF_THEM:
        return Repeating(lookup, series, date.min, tomorrow + _AHEAD, now, _NEAREST)
    return lookup


def with_rule(inquiry: Inquiry, outcome: Outcome, series: Sequence[Series]) -> Outcome:
    """The outcome with how often what it tells of repeats, where it is about one thing and not known to be yearly."""
    first = outcome.evidence[0] if outcome.evidence else None
    if outcome.status != "answered" or inquiry.plan.kind in _NOT_OF_ONE or not isinstance(first, Evidence):
        return outcome
    one = next((one for one in series if one.n == inquiry.lookup.real(first.n)), None)
    if one is None or one.rule is None or asks_of_birthday(inquiry.plan):
        return outcome
    goes_on = any(one.times(inquiry.today, inquiry.today + 10 * _AHEAD))
    return replace(outcome, text=f"{outcome.text} {repeats(one.rule, inquiry.plan.language, goes_on=goes_on)}")
