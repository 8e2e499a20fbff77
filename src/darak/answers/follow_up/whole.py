"""A question made whole, and how words are put into one in either language."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from darak.answers.follow_up import days
from darak.answers.plan import Kind, Language, Plan, Span
from darak.answers.question.spans import read_spans
from darak.answers.wording.korean import closed, particle

Read = Callable[[str], Plan]
"""Reads a question by itself."""

SOLID = ("thing", "narrow", "deed", "act", "number", "trait")
"""Roles of words that say what is looked for."""
_PREPOSITION = re.compile(r"\b(?P<named>in|on|during|at)\s+(?:the\s+)?$|\b(?:of|for|from|over|by)\s+(?:the\s+)?$", re.I)
_HAS_PREPOSITION = re.compile(
    r"(?:in|on|from|before|after|since|until|last|this|next|yesterday|today|tomorrow)\b", re.I
)
_PARTICLES = (("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("이랑", "랑"), ("으로", "로"), ("이라", "라"))
_NAMES_DAYS = re.compile(r"(?:[년월일]|봄|여름|가을|겨울)$")
_AT_DAYS = re.compile(r"^(?:에는|에도|엔|에|은|는|도)(?=\s|[?.!]|$)")
_TAKES_NO_AT = re.compile(r"(?:까지|부터|전|어제|오늘|내일|지금)$")


@dataclass(frozen=True, slots=True)
class Whole:
    """A question made whole. `spans` are the days it means, None where its words say them; `carried` what it took over
    from the turns before, as it is shown to whoever asked; `kind`, `sources` and `skip` where these are known."""

    text: str
    carried: tuple[str, ...] = ()
    spans: tuple[Span, ...] | None = None
    kind: Kind | None = None
    sources: tuple[str, ...] = ()
    skip: int = 0

    def with_days(self, span: Span, language: Language) -> Whole:
        """With days that the question before named, and this one does not."""
        said = days.words(span, language)
        return replace(self, text=added(self.text, said, language), spans=(span,), carried=(*self.carried, said))

    def with_people(self, names: Sequence[str], language: Language) -> Whole:
        """With people that the question before named, and this one does not."""
        with_them = " ".join(particle(name, "이랑", "랑") for name in names)
        said = with_them if language == "ko" else f"with {' and '.join(names)}"
        return replace(self, text=added(self.text, said, language), carried=(*self.carried, *names))

    def on(self, spans: Sequence[Span], language: Language, now: datetime) -> Whole:
        """On other days than its own, of which there may be none."""
        said = spans[0].surface or days.words(spans[0], language)
        text = self.text
        places = [place for _, place in read_spans(text, now)]
        for start, end in reversed(places[1:]):
            text = f"{text[:start]}{text[end:]}"
        spans = tuple(spans)
        if not places:
            if language == "en" and not _HAS_PREPOSITION.match(said):
                said = days.words(spans[0], language)
            return replace(self, text=added(text, said, language), spans=spans)
        start, end = places[0]
        if language == "en":
            match = _PREPOSITION.search(text[:start])
            if match and match["named"]:
                start = match.start()
                said = said if _HAS_PREPOSITION.match(said) else f"{match['named']} {said}"
            elif match:
                said = re.sub(r"^(?:in|on)\s+", "", said)
            return replace(self, text=f"{text[:start]}{said}{text[end:]}", spans=spans)
        return replace(self, text=f"{text[:start]}{at(said, text[end:])}", spans=spans)


def plain(text: str) -> str:
    return " ".join(text.split())


def added(question: str, words: str, language: Language) -> str:
    """A question with further words: before it in Korean, behind it in English."""
    if language == "en":
        return f"{question.rstrip(' ?.!')} {words}".rstrip() + "?"
    return f"{at(words, '')} {question}" if _NAMES_DAYS.search(words) else f"{words} {question}"


def at(days: str, rest: str) -> str:
    """Korean days with the rest of the question, and the particle between them."""
    after = _AT_DAYS.sub("", rest)
    return f"{days}{after}" if _TAKES_NO_AT.search(days) else f"{days}에{after}"


def fitted(text: str, end: int) -> str:
    """The text whose word that ends at `end` is new, with the particle after it as its last sound wants it."""
    before, rest = text[:end], text[end:]
    for pair in _PARTICLES:
        for one in pair:
            if re.match(rf"{one}(?=\s|[?.!]|$)", rest):
                return before + pair[0 if closed(before) else 1] + rest[len(one) :]
    return text


def put(text: str, place: tuple[int, int], new: str) -> str:
    """The text with something else at [start, end), and the particle after it as that wants it."""
    start, end = place
    return plain(fitted(f"{text[:start]}{new}{text[end:]}", start + len(new)))


def exchanged(question: str, old: Sequence[str], new: str) -> str | None:
    """The question with other words where the old ones stand side by side; None when they do not."""
    match = re.search(r"\s+(?:of\s+(?:the\s+)?)?".join(map(re.escape, old)), question, re.IGNORECASE)
    return put(question, match.span(), new) if match else None


def without(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub("", text, count=1).strip()
