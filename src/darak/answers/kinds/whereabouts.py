"""Where the owner was on a day, and where most often: the places of visits, photos, entries and purchases."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from datetime import date

from darak.answers.evidence.gather import gather
from darak.answers.inquiry import Inquiry, Outcome
from darak.answers.kinds.choosing import marks
from darak.answers.kinds.days import answer_day
from darak.answers.kinds.places import place_of
from darak.answers.numbers.amounts import cited, find_amounts, holding
from darak.answers.numbers.samples import Value
from darak.answers.plan import Measure
from darak.answers.question import rules_english, rules_korean
from darak.answers.wording.wording import shorten
from darak.memory.filter import Filter
from darak.records.vault import Stored

_KINDS = ("visit", "place", "photo", "event", "purchase")
_SHOWN, _CITED, _ALL_DAYS = 8, 3, 1_000_000
_SPENDS = re.compile(r"\b(?:spend|spent)\b|쓴|쓰는|지출|결제", re.IGNORECASE)
_ANY_PLACE = re.compile(r"가게|곳|데|매장|상점|shops?|stores?|places?|money|돈|spend|spent|쓰다|쓴", re.IGNORECASE)
_PLACES = re.compile(f"{rules_korean.PIECES['eatery']}|\\b{rules_english.PIECES['eatery']}\\b", re.IGNORECASE)
_NEAREST = 90


def answer_whereabouts(inquiry: Inquiry) -> Outcome:
    """Each place once a day, in the order of time; what else there is of the day where no record names a place."""
    span, say = inquiry.plan.spans[0], inquiry.say
    since, until = span.bounds
    people = tuple(identity for person in inquiry.plan.people for identity in person.identities)
    fits = Filter(since=since, until=until, kinds=_KINDS, identities=people or None)
    ns = sorted(inquiry.lookup.filtered(fits))
    stored = sorted(inquiry.lookup.get(ns).values(), key=lambda one: str(one.record.time.local))
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


def asks_of_places(question: str) -> bool:
    return _PLACES.search(question) is not None or (
        _SPENDS.search(question) is not None and "where" in question.lower()
    )


def answer_haunt(inquiry: Inquiry) -> Outcome:
    """The place of most visits and purchases that say what is asked for."""
    plan = inquiry.plan
    since, until = plan.spans[0].bounds if plan.spans else (None, None)
    if _SPENDS.search(plan.question):
        return _most_spent(inquiry, since, until)
    people = tuple(identity for person in plan.people for identity in person.identities)
    fits = Filter(since=since, until=until, kinds=("visit", "purchase"), identities=people or None)
    solid = replace(plan, wants=tuple(want for want in plan.wants if want.role != "vague"), people=())
    ns = sorted(
        holding(gather(inquiry.lookup, solid, fits, days=_ALL_DAYS)) if solid.wants else inquiry.lookup.filtered(fits)
    )
    by_place: dict[str, list[Stored]] = defaultdict(list)
    for one in inquiry.lookup.get(ns).values():
        if place := place_of(one.record):
            by_place[place].append(one)
    ranked = sorted(by_place.items(), key=lambda pair: -len(pair[1]))
    inquiry.step("count by place", ", ".join(f"{place} {len(ones):,}" for place, ones in ranked[:5]))
    if not ranked:
        return Outcome("no_record", inquiry.say.nothing("", [want.surface for want in solid.wants]))
    place, ones = ranked[0]
    shown = tuple(cited(one) for one in ones[-_CITED:])
    total = sum(map(len, by_place.values()))
    return Outcome("answered", inquiry.say.most(place, len(ones), total, marks(len(shown))), shown)


def _most_spent(inquiry: Inquiry, since: date | None, until: date | None) -> Outcome:
    """The place where the most money was spent."""
    asked = tuple(
        want for want in inquiry.plan.wants if want.role != "vague" and not _ANY_PLACE.fullmatch(want.surface)
    )
    wanted = replace(inquiry, plan=replace(inquiry.plan, wants=asked))
    found = find_amounts(wanted, Measure("", amount="amount", kinds=("purchase",)), since, until)
    if not found:
        return Outcome("no_record", inquiry.say.nothing("", [want.surface for want in asked]))
    amounts = found[0]  # in the currency that is used most
    stored = inquiry.lookup.get([value.n for value in amounts.values if value.n is not None])
    by_place: dict[str, list[Value]] = defaultdict(list)
    for value in amounts.values:
        if value.n in stored and (place := place_of(stored[value.n].record)):
            by_place[place].append(value)
    totals = {place: sum(value.value for value in values) for place, values in by_place.items()}
    ranked = sorted(totals.items(), key=lambda pair: -pair[1])
    inquiry.step("sum by place", ", ".join(f"{place} {total:,.0f}" for place, total in ranked[:5]))
    place, total = ranked[0]
    largest = sorted(by_place[place], key=lambda value: -value.value)[:_CITED]
    shown = amounts.evidence([value.n for value in largest if value.n is not None])
    whole = inquiry.say.number(sum(totals.values()), 0, amounts.unit)
    text = inquiry.say.spent_most(place, inquiry.say.number(total, 0, amounts.unit), whole, marks(len(shown)))
    return Outcome("answered", text, shown)


def _when(inquiry: Inquiry, one: Stored, long: bool) -> str:
    """The hour, and before it the day where several days are asked for."""
    local = one.record.time.local
    if local is None:
        return ""
    day = f"{inquiry.say.date(local.date())} " if long else ""
    return day + (f"{local:%H:%M} " if local.time() != local.time().min else "")
