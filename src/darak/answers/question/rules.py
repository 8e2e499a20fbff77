"""What kind of answer a question wants, by the rules of its language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from darak.answers.plan import Group, Kind, Language, Order
from darak.answers.question import rules_english, rules_korean
from darak.answers.question.rule import Rules, compiled

_OTHER: dict[Language, Language] = {"ko": "en", "en": "ko"}
_Compiled = tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the wording asks for: the kind, by what it is grouped, and whether the first or last of several."""

    kind: Kind
    group: Group | None
    order: Order | None


@dataclass(frozen=True, slots=True)
class _Tables:
    kinds: _Compiled
    question_words: _Compiled
    groups: _Compiled
    orders: _Compiled


def read_rules(text: str, language: Language) -> Asked:
    """The first kind and group whose pattern fits; else the kind of the question word that stands first."""
    tables = _tables(language)
    order = cast(Order | None, _first(tables.orders, text) or _first(_tables(_OTHER[language]).orders, text))
    group = cast(Group | None, _first(tables.groups, text))
    kind = _first(tables.kinds, text)
    words = [(match.start(), name) for name, pattern in tables.question_words if (match := pattern.search(text))]
    if kind is None:
        kind = min(words, default=(0, "lookup"), key=lambda pair: pair[0])[1]
        if order is not None and (kind == "when" or not words):
            kind = order
    return Asked(cast(Kind, kind), group, order)


def _first(table: _Compiled, text: str) -> str | None:
    return next((name for name, pattern in table if pattern.search(text)), None)


@cache
def _tables(language: Language) -> _Tables:
    module = rules_korean if language == "ko" else rules_english

    def read(rules: Rules, pieces: Mapping[str, str] = module.PIECES) -> _Compiled:
        return tuple((name, compiled(patterns, pieces)) for name, patterns in rules)

    return _Tables(read(module.KINDS), read(module.QUESTION_WORDS), read(module.GROUPS), read(module.ORDERS))
