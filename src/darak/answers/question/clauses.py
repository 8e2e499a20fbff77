"""A question that names two events is two questions: from the first to the second."""

from __future__ import annotations

import re
from dataclasses import replace

from darak.answers.plan import Plan, Want

_KOREAN = (
    re.compile(r"^(?P<first>.+?)(?:부터|에서|고\s*나서|(?:ㄴ|은|한|간|온|뒤에|뒤|후에|후|하고|리고|고))\s+(?P<last>.+?)(?:까지|기까지|때까지)"),
    re.compile(r"^(?P<first>.+?)\s*(?:시작해서|해서)\s+(?P<last>.+?)까지"),
)
_ENGLISH = (
    re.compile(r"\bfrom\s+(?P<first>.+?)\s+(?:to|until|till)\s+(?P<last>.+)", re.I),
    re.compile(r"\bbetween\s+(?P<first>.+?)\s+and\s+(?P<last>.+)", re.I),
    re.compile(r"\b(?:after|since)\s+(?P<first>.+?)\s+(?:did|was|were|until|till)\s+(?P<last>.+)", re.I),
    re.compile(r"\bhow\s+(?:long|many\s+\w+)\s+(?:did|was|were|had)\s+(?P<first>.+?)\s+(?:before|until|till)\s+(?P<last>.+)", re.I),
)


def two_plans(plan: Plan) -> tuple[Plan, Plan] | None:
    """The plans of both events; what only one of them names by a noun or person is meant by the other, too."""
    for pattern in _KOREAN if plan.language == "ko" else _ENGLISH:
        match = pattern.search(plan.question)
        if not match:
            continue
        first = _part(plan, match.span("first"))
        last = _part(plan, match.span("last"))
        if first.wants and last.wants and first.wants != last.wants:
            return _lend(first, last), _lend(last, first)
    return None


def _part(plan: Plan, span: tuple[int, int]) -> Plan:
    text = plan.question[span[0] : span[1]].lower()
    wants = tuple(want for want in plan.wants if _stem(want) in text)
    people = tuple(person for person in plan.people if person.surface.lower() in text)
    return replace(plan, kind="when", wants=wants, people=people)


def _stem(want: Want) -> str:
    """How a word stands in the question: a Korean verb without the ending of its dictionary form."""
    surface = want.surface.lower()
    return surface[:-1] if want.role in ("act", "trait") and surface.endswith("다") else surface


def _lend(one: Plan, other: Plan) -> Plan:
    if any(want.role == "thing" for want in one.wants) or one.people:
        return one
    lent = tuple(want for want in other.wants if want.role == "thing" and want not in one.wants)
    return replace(one, wants=(*lent, *one.wants), people=other.people)
