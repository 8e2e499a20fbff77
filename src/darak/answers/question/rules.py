"""Rules that say what kind of answer a question wants: tables of patterns, one file a language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from darak.answers.plan import Group, Kind, Language, Order
from darak.answers.question import rules_english, rules_korean


@dataclass(frozen=True, slots=True)
class Asked:
    """What the wording asks for: the kind, by what it is grouped, and whether the first or last of several."""

    kind: Kind
    group: Group | None
    order: Order | None


@dataclass(frozen=True, slots=True)
class _Rules:
    kinds: tuple[tuple[Kind, re.Pattern[str]], ...]
    question_words: tuple[tuple[Kind, re.Pattern[str]], ...]
    groups: tuple[tuple[Group, re.Pattern[str]], ...]
    orders: tuple[tuple[Order, re.Pattern[str]], ...]


def read_rules(text: str, language: Language) -> Asked:
    """The first kind and group whose pattern fits; else the kind of the question word that stands first."""
    rules = _rules(language)
    group = next((name for name, pattern in rules.groups if pattern.search(text)), None)
    kind = next((name for name, pattern in rules.kinds if pattern.search(text)), None)
    order = next((name for name, pattern in rules.orders if pattern.search(text)), None)
    if kind is None:
        found = [(match.start(), name) for name, pattern in rules.question_words if (match := pattern.search(text))]
        kind = min(found, default=(0, "lookup"), key=lambda pair: pair[0])[1]
    else:
        found = [(0, kind)]
    if order is not None and (kind == "when" or (kind == "lookup" and not found)):
        kind = order
    return Asked(kind, group, order)


@cache
def _rules(language: Language) -> _Rules:
    module = rules_korean if language == "ko" else rules_english

    def compiled(table: tuple[tuple[str, str], ...]) -> tuple[tuple[Any, re.Pattern[str]], ...]:
        return tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in table)

    return _Rules(compiled(module.KINDS), compiled(module.QUESTION_WORDS), compiled(module.GROUPS), compiled(module.ORDERS))
