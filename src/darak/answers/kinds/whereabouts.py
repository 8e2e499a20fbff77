"""Where the owner was on a day: the places of its visits, photos, entries and purchases."""

from __future__ import annotations

from dataclasses import replace

from darak.answers.inquiry import Inquiry, Outcome
from darak.answers.kinds.days import answer_day
from darak.answers.kinds.places import place_of
from darak.answers.numbers.amounts import cited
from darak.answers.wording.wording import shorten
from darak.memory.filter import Filter
from darak.records.vault import Stored

_KINDS = ("visit", "place", "photo", "event", "purchase")
_SHOWN = 8
_NEAREST = 90


def answer_whereabouts(inquiry: Inquiry) -> Outcome:
    """Each place once a day, in the order of time; what else there is of the day where no record names a place."""
    span, say = inquiry.plan.spans[0], inquiry.say
    since, until = span.bounds
    people = tuple(identity for person in inquiry.plan.people for identity in person.identities)
    fits = Filter(since=since, until=until, kinds=_KINDS, identities=people or None)
    ns = sorted(inquiry.lookup.filtered(fits))
    stored = sorted(inquiry.memory.vault.get(ns).values(), key=lambda one: str(one.record.time.local))
    places: dict[object, Stored] = {}
    for one in stored:
        if place := place_of(one.record):
            places.setdefault((place, one.record.time.day), one)
    inquiry.step(f"look for places, {span.since} to {span.until}", f"{len(places):,} in {len(ns):,} records")
    if not places:
        told = answer_day(replace(inquiry, plan=replace(inquiry.plan, kind="on_day")))
        nearest = f"“{shorten(told.evidence[0].best.text, _NEAREST)}” [1]" if told.evidence else ""  # type: ignore[union-attr]
        return Outcome("no_record", say.nothing(nearest, ()), told.evidence[:2])
    chosen = list(places.values())[inquiry.plan.skip :][:_SHOWN]
    long = (span.until - span.since).days > 1
    items = [f"{_when(inquiry, one, long)}{place_of(one.record)} [{number}]" for number, one in enumerate(chosen, 1)]
    left = len(places) - inquiry.plan.skip - len(chosen)
    evidence = tuple(cited(one, one.record.text or one.record.title or "") for one in chosen)
    return Outcome("answered", say.day_told(say.period(span), items, left), evidence)


def _when(inquiry: Inquiry, one: Stored, long: bool) -> str:
    """The hour, and before it the day where several days are asked for."""
    local = one.record.time.local
    if local is None:
        return ""
    day = f"{inquiry.say.date(local.date())} " if long else ""
    return day + (f"{local:%H:%M} " if local.time() != local.time().min else "")
