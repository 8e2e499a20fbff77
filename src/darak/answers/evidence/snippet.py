"""The part of a long record that a citation shows: where the words of the question stand closest together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from darak.answers.plan import Form, Person, Want
from darak.language.tokens import index_terms

WIDTH = 300
"""Characters of a record that a citation shows at most, about."""
_LONGEST = 200_000
"""Characters of one record that are looked through."""
_WORD = re.compile(r"\S+")
_SENTENCE_BEGINS = re.compile(r"(?<=[.!?。…\n])\s*(?=\S)")
_BEFORE = 90
"""Characters that are looked back from the first match for the beginning of its sentence."""


@dataclass(frozen=True, slots=True)
class _Match:
    """A word of the text at [`start`, `end`), and which of the wanted words it may be, with the strength of each."""

    start: int
    end: int
    strengths: tuple[tuple[int, float], ...]


def snippet(text: str, wanted: Sequence[Want | Person], passage: str = "", width: int = WIDTH) -> str:
    """About `width` characters of `text` around the matches; all of a short text, the beginning when nothing matches.

    What is returned stands in the text as it is; `passage` is preferred among places that match equally well.
    """
    if len(text) <= width:
        return text
    start, end = _window(text, _matches(text[:_LONGEST], wanted), text.find(passage[:40]) if passage else -1, width)
    start = _begin(text, start, max(0, width - (end - start)))
    return _to_words(text, start, min(len(text), max(end, start + width)))


def ellipsed(part: str, text: str) -> str:
    """The part of a text with an ellipsis where the text goes on before or after it."""
    at = text.find(part)
    before = "…" if at > 0 and text[:at].strip() else ""
    after = "…" if at >= 0 and text[at + len(part) :].strip() else ""
    return f"{before}{part}{after}"


def _begin(text: str, match: int, spare: int) -> int:
    """Where to begin so that a match keeps something before it: its sentence, else some words."""
    low = max(0, match - min(spare, _BEFORE))
    sentences = [found.end() for found in _SENTENCE_BEGINS.finditer(text, low, match + 1) if found.end() <= match]
    if sentences or low == 0:
        return sentences[-1] if sentences else 0
    low = max(0, match - min(spare // 2, _BEFORE))
    return next((found.end() for found in re.finditer(r"\s+", text[low:match])), match - low) + low


def _matches(text: str, wanted: Sequence[Want | Person]) -> list[_Match]:
    by_term: dict[str, dict[int, float]] = {}
    for index, one in enumerate(wanted):
        for form in one.forms:
            for term in _telling(form):
                known = by_term.setdefault(term, {})
                known[index] = max(known.get(index, 0.0), form.strength / len(form.terms))
    found: list[_Match] = []
    for word in _WORD.finditer(text):
        strengths: dict[int, float] = {}
        for term in index_terms(word[0]):
            for index, strength in by_term.get(term, {}).items():
                strengths[index] = min(1.0, strengths.get(index, 0.0) + strength)
        if strengths:
            found.append(_Match(word.start(), word.end(), tuple(strengths.items())))
    return found


def _telling(form: Form) -> Iterable[str]:
    return (term for term in form.terms if len(term) > 1 or not term.isascii())


def _window(text: str, matches: Sequence[_Match], near: int, width: int) -> tuple[int, int]:
    """Where the matches of most different words stand within `width`, the tightest such place first."""
    best, chosen = (0.0, 0.0, 0), (max(0, near), max(0, near))
    for at, first in enumerate(matches):
        held: dict[int, float] = {}
        last = first
        for other in matches[at:]:
            if other.end - first.start > width:
                break
            before = sum(held.values())
            for index, strength in other.strengths:
                held[index] = max(held.get(index, 0.0), strength)
            if sum(held.values()) > before:
                last = other
        inside = 0.3 if near >= 0 and abs(first.start - near) < width else 0.0
        score = (round(sum(held.values()) + inside, 3), -(last.end - first.start) / width, -first.start)
        if score > best:
            best, chosen = score, (first.start, last.end)
    return chosen


def _to_words(text: str, start: int, end: int) -> str:
    """The stretch without half a word at its end."""
    cut = text[start:end]
    if end < len(text) and not text[end].isspace() and " " in cut[len(cut) // 2 :]:
        cut = cut.rsplit(" ", 1)[0]
    return cut.rstrip()
