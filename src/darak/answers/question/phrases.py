"""Several words of a question that want one thing: pay (me) back, 두고 오다, Munhwa-dong, L213-X."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from darak.answers.plan import Form, Role, Want
from darak.answers.question import rules_english, rules_korean
from darak.answers.question.concepts import OBJECTS, Like, load_concepts
from darak.answers.question.english_words import is_verb, is_verb_place
from darak.answers.question.word import Word, strongest
from darak.language.korean import stems
from darak.language.tokens import phrase_terms

_CODE = re.compile(
    r"\b[A-Za-z][a-z]+(?:-[A-Za-z]+)+\b"
    r"|\b(?=[A-Za-z-]*\d)(?=[\d-]*[A-Za-z])[A-Za-z\d]+(?:-[A-Za-z\d]+)*\b(?![’'])",
    re.ASCII,
)
_QUOTED = re.compile(r"[\"“「『‘][^\"“”「」『』‘’]{2,60}[\"”」』’]")
_ENGLISH_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_KOREAN_WORD = re.compile(r"[가-힣]+")
_SMALL = frozenset(("to", "of", "in", "on", "at", "up"))
_SUBJECTS = frozenset(("i", "we", "you", "he", "she", "they"))
# Elsewhere "find" only asks: find me the mail.
_FOUND = re.compile(
    r"\b(?:did|do|have|had|could|can)\s+(?:i|we)\s+(?:finally\s+|ever\s+|first\s+|last\s+)?(?P<verb>find|found)\b",
    re.IGNORECASE,
)


def read_phrases(text: str) -> Iterator[Word]:
    """Names with a hyphen, letters with digits, and the phrases of the table of concepts; they may overlap."""
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    for match in _CODE.finditer(text):
        if any(start < match.start() < end for start, end in quoted):
            continue
        like = load_concepts().english(match[0].lower(), phrase_terms(match[0]))
        role: Role = "act" if like.verbal and match[0][0].islower() else "thing"
        yield _word(match.start(), match.end(), match[0], role, like)
    yield from _english_phrases(text)
    yield from _korean_phrases(text)


def read_left_out(text: str, read: Sequence[tuple[int, int]]) -> Iterator[Word]:
    """Verbs that look like counters, pronouns or asking words, beside those already read: 살던, did I find."""
    if match := _FOUND.search(text):
        yield _word(*match.span("verb"), "find", "act", load_concepts().english("find", ("find",)))
    for match in _KOREAN_WORD.finditer(text):
        if len(match[0]) < 2 or any(start <= match.start() < end for start, end in read):
            continue
        verbs = [stem.form for stem in stems(match[0]) if stem.kind == "verb"]
        likes = [(verb, load_concepts().korean(verb, True)) for verb in verbs if verb not in rules_korean.ASKING_VERBS]
        if known := next(((verb, like) for verb, like in likes if like), None):
            yield Word(*match.span(), Want(f"{known[0]}다", "act", known[1].forms, known[1].kinds))


def _english_phrases(text: str) -> Iterator[Word]:
    """The longest runs of words that the table knows as one, pronouns and articles between them or not.

    Who did it gives way to what was done: "did I move house" has "move house", not "I move".
    """
    words = [match for match in _ENGLISH_WORD.finditer(text) if match[0].lower() not in OBJECTS]
    at = 0
    while at < len(words):
        found = _longest_phrase(text, words[at:])
        if found and words[at][0].lower() in _SUBJECTS:
            deed = _longest_phrase(text, words[at + 1 :])
            found = deed if deed and deed.end > found.end else found
        if found:
            yield found
            at = next((n for n, word in enumerate(words) if word.start() >= found.end), len(words))
        else:
            at += 1


def _longest_phrase(text: str, words: Sequence[re.Match[str]]) -> Word | None:
    """The longest phrase that the first of the words begins."""
    lengths = range(min(load_concepts().longest, len(words)), 1, -1)
    return next((word for length in lengths if (word := _phrase(text, words[:length]))), None)


def _phrase(text: str, run: Sequence[re.Match[str]]) -> Word | None:
    surface = " ".join(match[0].lower() for match in run)
    like = load_concepts().english(surface, phrase_terms(surface))
    if not like:
        return None
    start, end = run[0].start(), run[-1].end()
    parts = surface.split()
    if all(part in rules_english.VAGUE or part in _SMALL for part in parts):
        return _word(start, end, surface, "vague", like)
    verbal = like.verbal or is_verb(parts[0]) or is_verb_place(text, start, surface)
    return _word(start, end, surface, "act" if verbal else "thing", like)


def _korean_phrases(text: str) -> Iterator[Word]:
    """A noun or adverbial with its verb: 두고 오다, 집(을) 보다."""
    for one, other in pairwise(_KOREAN_WORD.finditer(text)):
        heads = dict.fromkeys((one[0], *(stem.form for stem in stems(one[0]) if stem.kind == "noun")))
        verbs = [stem.form for stem in stems(other[0]) if stem.kind == "verb"]
        for head, verb in ((head, verb) for head in heads for verb in verbs):
            if like := load_concepts().korean(f"{head} {verb}", True):
                yield Word(one.start(), other.end(), Want(f"{head} {verb}다", "act", like.forms, like.kinds))
                break


def _word(start: int, end: int, surface: str, role: Role, like: Like) -> Word:
    forms = strongest((Form(phrase_terms(surface), 1.0), *like.forms))
    return Word(start, end, Want(surface, role, forms, like.kinds))
