"""A question that names two events is two questions: from the first to the second."""

from __future__ import annotations

import re
from dataclasses import replace

from darak.answers.plan import Plan
from darak.answers.question.rules import read_rules
from darak.answers.question.wants import hint, read_wants

_KOREAN = (
    re.compile(r"^(?P<first>.+?시작해서|.+?(?=부터))(?:부터)?\s+(?P<last>.+?)(?:\s*때)?까지"),
    re.compile(r"^(?P<first>.+?(?:고|서|뒤에?|후에?|다음))(?:\s*나서)?\s+(?P<last>.+?)(?:\s*때)?까지"),
)
_ENGLISH = (
    re.compile(r"\bfrom\s+(?P<first>.+?)\s+(?:to|until|till)\s+(?P<last>.+)", re.I),
    re.compile(r"\bbetween\s+(?P<first>.+?)\s+and\s+(?P<last>.+)", re.I),
    re.compile(r"\bhow\s+long\s+after\s+(?P<first>.+?)\s+(?P<last>(?:did|was|were)\s+.+)", re.I),
    re.compile(r"\b(?:after|since)\s+(?P<first>.+?)\s+(?:did|was|were|until|till)\s+(?P<last>.+)", re.I),
    re.compile(
        r"\bhow\s+(?:long|many\s+\w+)\s+(?:did|was|were|had)\s+(?P<first>.+?)\s+(?:before|until|till)\s+(?P<last>.+)",
        re.I,
    ),
)


def two_plans(plan: Plan) -> tuple[Plan, Plan] | None:
    """The plans of both events; what only one of them names by a noun or a person is meant by the other, too."""
    for pattern in _KOREAN if plan.language == "ko" else _ENGLISH:
        match = pattern.search(plan.rest)
        if not match:
            continue
        first, last = _part(plan, match.span("first")), _part(plan, match.span("last"))
        if (first.wants or first.order) and (last.wants or last.order) and first.wants != last.wants:
            return _lend(plan, first, last), _lend(plan, last, first)
    return None


def _part(plan: Plan, span: tuple[int, int]) -> Plan:
    """The plan of one clause, read by itself."""
    text = plan.rest[span[0] : span[1]]
    named = plan.question[span[0] : span[1]].lower() if len(plan.question) == len(plan.rest) else ""
    order = read_rules(text, plan.language).order
    wants = read_wants(text, plan.language)
    people = tuple(person for person in plan.people if person.surface.lower() in named)
    return replace(plan, kind="when", wants=wants, people=people, order=order, target=None)


def _lend(plan: Plan, one: Plan, other: Plan) -> Plan:
    """One event with the other's nouns where it has none, and the words that say first or last."""
    wants, people = one.wants, one.people
    if not any(want.role == "thing" for want in wants) and not people:
        known = {want.surface for want in (*one.wants, *other.wants)}
        things = [want for want in plan.wants if want.role == "thing"]
        outside = [want for want in things if want.surface not in known]
        subject = [want for want in other.wants if want.role == "thing"][:1]
        wants = (*(outside or subject), *wants)
        people = other.people
    more = hint(one.order)
    return replace(one, wants=(*wants, more) if more else wants, people=people)
