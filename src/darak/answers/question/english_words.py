"""What single English words of a question want: nouns, verbs by their place, adjectives, and words that only ask."""

from __future__ import annotations

import re

from darak.answers.plan import Form, Role, Want
from darak.answers.question import rules_english as rules
from darak.answers.question.concepts import load_concepts
from darak.answers.question.word import strongest
from darak.language.inflections_english import inflections
from darak.language.query import Term

_VERB_PLACE = re.compile(
    r"\b(?:did|do|does|didn't|to|have|has|had)\s+(?:(?:i|we|you|he|she|they|it)\s+)?(?:first\s+|last\s+|ever\s+)?$",
    re.IGNORECASE,
)
_AFTER_SUBJECT = re.compile(
    r"\b(?:did|do|does)\s+(?:(?:the|our|my)\s+\w+(?:\s+\w+)?|(?-i:[A-Z])\w+|)\s*$", re.IGNORECASE
)
_NOUN_PLACE = re.compile(
    r"(?:\b(?:the|a|an|my|your|his|her|its|our|their|this|that|these|those|of|in|on|for|with|from|about|at|by|any"
    r"|some|which|what|first|last|new|own)|['’]s)\s+$|^\s*$",
    re.IGNORECASE,
)


def is_idle(term: Term) -> bool:
    """Whether a word of an English question only asks."""
    return term.kind == "word" and term.surface.lower() in rules.ASKING


def english_want(text: str, term: Term) -> Want:
    """A word, a number or a quotation, with what may stand for it."""
    forms = [Form(terms, 1.0) for terms in term.forms]
    if term.kind != "word":
        return Want(term.surface, "number" if term.kind == "number" else "thing", strongest(forms))
    like = load_concepts().english(term.surface.lower(), term.forms[0])
    role = _role(text, term)
    if role == "thing" and like.verbal and term.surface[0].islower():
        role = "act"
    return Want(term.surface, role, strongest([*forms, *like.forms]), like.kinds)


def _role(text: str, term: Term) -> Role:
    word = term.surface.lower()
    if term.weight == "light" or word in rules.ADJECTIVES:
        return "trait"
    if word in rules.VAGUE:
        return "vague"
    if term.surface[0].islower() and is_verb_place(text, term.span[0], word):
        return "act"
    return "thing"


def is_verb_place(text: str, start: int, word: str) -> bool:
    """Whether a word that begins at `start` is a verb there, by its ending or by what stands before it."""
    if _VERB_PLACE.search(text, 0, start) or word.endswith(("ed", "ing")):
        return True
    if not is_verb(word):
        return False
    return bool(_AFTER_SUBJECT.search(text, 0, start)) or not _NOUN_PLACE.search(text, 0, start)


def is_verb(word: str) -> bool:
    """Whether an English word may be a verb."""
    word = word.lower()
    return word in rules.VERBS or (len(inflections(word)) > 1 and word not in rules.IRREGULAR_NOUNS)
