"""What to look for when a question is asked: its content words, each with the index terms that find it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from darak.language.conjugation import beginnings
from darak.language.inflections_english import inflections
from darak.language.korean import Stem, is_light, stems
from darak.language.tokens import CJK, normalise, phrase_terms
from darak.language.words_of_questions import ENGLISH_LIGHT, ENGLISH_STOP, KOREAN_LIGHT, KOREAN_STOP, KOREAN_STOP_VERBS

Phrase = tuple[str, ...]

_quoted = re.compile(r"[\"“「『‘']([^\"“”「」『』‘’]{2,60})[\"”」』’'](?![a-z])")
_word = re.compile(rf"(?P<hangul>[가-힣]+)|(?P<cjk>[{CJK}]+)|(?P<number>\d+(?:[.,:]\d+)*)|(?P<word>[^\W_{CJK}]+)")
# Question words with whatever follows them: 뭐였지, 언제부터, 누구랑.
_asking = re.compile(
    "(?:뭐|뭘|무엇|무슨|언제|언젠|어디|어딘|어딜|누구|누군|누가|누굴|얼마|며칠|어떤|어떻|어떡|어느|어째|왜|몇).*"
)
# 발표하, 발표되, 선물해주: a noun made a verb, with helping verbs.
_verbal_noun = re.compile(r"(?P<noun>.{2,}?)(?:하|되|시키|당하|받|해(?:주|드리|보|버리|놓|두|오|가|달라))")
_helped = re.compile(r"(?P<main>.+[아어여해와워려져러라내])(?:주|드리|보|버리|놓|두)")


@dataclass(frozen=True, slots=True)
class Term:
    """A word to look for.

    Any of `forms` finds it: each is one index term, or several that stand in a row. `parts` find pieces of a compound
    and should count for less. A `light` word is one that questions use more than records do.
    """

    surface: str
    span: tuple[int, int]
    forms: tuple[Phrase, ...]
    parts: tuple[Phrase, ...]
    weight: Literal["content", "light"]
    language: Literal["ko", "en", "other"]
    kind: Literal["noun", "verb", "word", "number", "phrase"]


def analyse(text: str) -> list[Term]:
    """The words of a question or a search, without particles, endings, question words and stop words.

    The spans are those of the normalised text.
    """
    text = normalise(text)
    terms: list[Term] = []
    for match in _quoted.finditer(text):
        if phrase := phrase_terms(match[1]):
            terms.append(Term(match[1], match.span(1), (phrase,), (), "content", "other", "phrase"))
    quoted = [term.span for term in terms]
    for match in _word.finditer(text):
        if not any(start <= match.start() < end for start, end in quoted) and (term := _term(text, match)):
            terms.append(term)
    return sorted(terms, key=lambda term: term.span)


def _term(text: str, match: re.Match[str]) -> Term | None:
    word, span = match[0], match.span()
    if match["hangul"]:
        attached = span[0] > 0 and text[span[0] - 1].isalnum()
        return None if attached and _is_particle(word) else _korean(word, span)
    if match["number"]:
        unit = re.compile("[가-힣]").match(text, span[1])
        surface = word + (unit[0] if unit else "")
        forms = dict.fromkeys((phrase_terms(surface), phrase_terms(word)))
        return Term(word, span, tuple(forms), (), "content", "other", "number")
    if match["cjk"]:
        return Term(word, span, (phrase_terms(word),), (), "content", "other", "noun")
    return _english(word, span)


def _english(word: str, span: tuple[int, int]) -> Term | None:
    lower = word.lower()
    if lower in ENGLISH_STOP:
        return None
    forms = tuple(dict.fromkeys(phrase for form in inflections(lower) if (phrase := phrase_terms(form))))
    if not forms:
        return None
    return Term(word, span, forms, (), "light" if lower in ENGLISH_LIGHT else "content", "en", "word")


def _is_stop(stem: Stem) -> bool:
    return stem.form in (KOREAN_STOP if stem.kind == "noun" else KOREAN_STOP_VERBS)


def _is_particle(word: str) -> bool:
    """Whether a word right behind a number or a Latin word is only particles: KTX로, 150,000원에."""
    return any(_is_stop(stem) for stem in stems(word)) or stems("가" + word)[0].form == "가"


def _korean(word: str, span: tuple[int, int]) -> Term | None:
    if _asking.fullmatch(word):
        return None
    readings = stems(word)
    if word in KOREAN_STOP or any(_is_stop(stem) for stem in readings):
        return None
    found: list[str] = []
    parts: list[str] = []
    for stem in readings:
        if stem.kind == "noun":
            found.append(stem.form)
            parts += _parts(stem.form)
        else:
            found += _verb_forms(stem.form)
    forms = tuple(dict.fromkeys(phrase_terms(form) for form in found))
    if not forms:
        return None
    light = is_light(readings[0]) or any(stem.form in KOREAN_LIGHT for stem in readings)
    smaller = tuple(dict.fromkeys(phrase for part in parts if (phrase := phrase_terms(part)) not in forms))
    return Term(word, span, forms, smaller, "light" if light else "content", "ko", readings[0].kind)


def _verb_forms(stem: str) -> Iterator[str]:
    if match := _verbal_noun.fullmatch(stem):
        yield match["noun"]
        return
    yield from beginnings(stem)
    if match := _helped.fullmatch(stem):
        yield from (form for main in stems(match["main"]) if main.kind == "verb" for form in beginnings(main.form))


def _parts(noun: str) -> Iterator[str]:
    """The pieces that a compound may be made of; most Korean nouns have two syllables."""
    if len(noun) >= 4:
        yield noun[:2]
        yield noun[-2:]
        yield from (noun[2:], noun[:-2]) if len(noun) > 4 else ()
