"""What an answer should look like: a price, a duration, a score. The words that ask for it need not be in a record,
its value must be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from darak.answers.question.rule import compiled
from darak.answers.question.slot_table import PIECES, SLOTS


@dataclass(frozen=True, slots=True)
class Slot:
    """A kind of value: how questions ask for it, the words that only name it, and how a text states it."""

    name: str
    asks: re.Pattern[str]
    words: frozenset[str]
    value: re.Pattern[str]


@cache
def _slots() -> tuple[Slot, ...]:
    return tuple(
        Slot(
            row.name,
            compiled(row.asks, PIECES),
            frozenset(row.words.split()),
            compiled(row.value, PIECES, cased=row.cased),
        )
        for row in SLOTS
    )


_DATES = re.compile(
    r"\b\d{4}-\d{2}-\d{2}(?:T[\d:]+)?|\d{4}년(?:\s*\d+월)?(?:\s*\d+일)?|\b\d{1,2}\s+(?:january|february|march|april|may"
    r"|june|july|august|september|october|november|december)(?:\s+\d{4})?",
    re.IGNORECASE,
)


def stated(slot: Slot, text: str, beside: str = "") -> str | None:
    """The first value of a slot that a text states, dates left aside, that does not stand in `beside`; None if none."""
    found = (match[0].strip() for match in slot.value.finditer(_DATES.sub(" ", text)))
    return next((value for value in found if value and value.lower() not in beside.lower()), None)


def find_slot(question: str) -> Slot | None:
    """The value that a question asks for; None when it asks for a name, a thing or a reason."""
    return next((slot for slot in _slots() if slot.asks.search(question)), None)


def slot_named(name: str | None) -> Slot | None:
    return next((slot for slot in _slots() if slot.name == name), None)
