"""What an answer should look like: a price, a duration, a score. The words that ask for it need not be in a record,
its value must be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
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


_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE_END = re.compile(r"[,;.!?](?!\d)|\b(?:and|but)\b")
_MARKS = " ,.;"
_CLAUSE, _BEFORE, _FAR = 20, 3, 10_000
_DATES = re.compile(
    r"\b\d{4}-\d{2}-\d{2}(?:T[\d:]+)?|\d{4}년(?:\s*\d+월)?(?:\s*\d+일)?|\b\d{1,2}\s+(?:january|february|march|april|may"
    r"|june|july|august|september|october|november|december)(?:\s+\d{4})?",
    re.IGNORECASE,
)


def stated(slot: Slot, text: str, question: str = "", words: Sequence[str] = ()) -> str | None:
    """The value of a slot that a text states, dates left aside, that does not stand in the question; None if none.

    Of several, the one beside a word of the question, or of `words`, which say the same: of a deposit of 10 million and
    a rent of 900,000, the rent.
    """
    plain = _DATES.sub(" ", text)
    found = [match for match in slot.value.finditer(plain) if match[0].strip().lower() not in question.lower()]
    found = [match for match in found if match[0].strip()]
    if len(found) > 1 and (places := _places(_WORD.findall(question.lower()), plain) or _places(words, plain)):
        return min(found, key=lambda match: min(_away(plain, place, match.span()) for place in places))[0].strip(_MARKS)
    return found[0][0].strip(_MARKS) if found else None


def _places(words: Iterable[str], text: str) -> list[tuple[int, int]]:
    return [at.span() for word in words if len(word) > 1 for at in re.finditer(re.escape(word), text.lower())]


def _away(text: str, word: tuple[int, int], value: tuple[int, int]) -> int:
    """How far a value is from a word: characters between them, more where a clause ends or the value comes first."""
    if word[0] < value[1] and value[0] < word[1]:
        return _FAR
    between = text[word[1] : value[0]] if word[1] <= value[0] else text[value[1] : word[0]]
    return len(between) + _CLAUSE * len(_CLAUSE_END.findall(between)) + (_BEFORE if value[1] <= word[0] else 0)


def find_slot(question: str) -> Slot | None:
    """The value that a question asks for; None when it asks for a name, a thing or a reason."""
    return next((slot for slot in _slots() if slot.asks.search(question)), None)


def slot_named(name: str | None) -> Slot | None:
    return next((slot for slot in _slots() if slot.name == name), None)
