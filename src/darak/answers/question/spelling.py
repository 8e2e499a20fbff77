"""Words of a question that are spelt as nothing is: what was meant, by the words that questions are made of, by the
names of people, and by the vault's own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from darak.answers.numbers.metrics import METRICS
from darak.answers.people import People
from darak.answers.plan import Form, Person, Plan
from darak.answers.question import rules_english, rules_korean
from darak.answers.question.concepts import load_concepts
from darak.answers.question.korean_words import bare_noun, is_verb
from darak.language.hangul import is_hangul
from darak.language.inflections_english import inflections
from darak.language.korean import stems
from darak.language.query import analyse
from darak.language.sounds import distance, skeleton
from darak.language.tokens import english_stem, phrase_terms
from darak.language.word_list import word_list
from darak.language.words_english import english_calendar
from darak.language.words_of_questions import ENGLISH_LIGHT, ENGLISH_STOP, KOREAN_LIGHT
from darak.memory.lookup import Lookup
from darak.records.record import Record
from darak.records.vault import Vault

_LATIN = re.compile(r"(?<![\w@./:'’\"“-])[A-Za-z]{4,}(?![\w@:'’\"”-]|[./]\w)")
_HANGUL = re.compile(r"(?<![\w\"“‘])(?<!몇\s)[가-힣]{2,}(?![\w\"”’])")
_WORDS = re.compile(r"[A-Za-z]{3,}")
_LOOSE = 6
"""Letters from which a word may be two letters off."""
_SHORTEST = 4
"""Letters of the shortest name that one in Hangul may stand for: 처음 is no Tom."""
_FOREIGN = 0.5
"""How many records may hold a name in Hangul for each that holds it in Latin letters: else it is a word of its own."""
_READ = 20
"""Records that are read for words like one."""
_CONTRACTED = word_list("""
    whens whats wheres whos hows didnt dont doesnt wasnt werent isnt arent havent hasnt hadnt couldnt wouldnt shouldnt
    wont cant theres thats lets
""")
_ASKING_KOREAN = rules_korean.ASKING | rules_korean.VAGUE | KOREAN_LIGHT
_ASKING = ENGLISH_STOP | ENGLISH_LIGHT | rules_english.ASKING


@dataclass(frozen=True, slots=True)
class Respelt:
    """A word as it was typed, and as it is read. `asks`: it only asks or names somebody, and need not be told."""

    typed: str
    meant: str
    asks: bool


class Spelling:
    """Reads the words of questions to one memory."""

    def __init__(self, lookup: Lookup, vault: Vault, people: People) -> None:
        self._lookup, self._vault, self._people = lookup, vault, people

    def read(self, text: str) -> tuple[str, tuple[Respelt, ...]]:
        """The text with its misspelt words as they are meant, and which these are."""
        found: list[Respelt] = []

        def by(respell: Callable[[str, bool], Respelt | None]) -> Callable[[re.Match[str]], str]:
            def replaced(match: re.Match[str]) -> str:
                one = respell(match[0], match.start() == 0)
                if one is None:
                    return match[0]
                found.append(one)
                return one.meant

            return replaced

        text = _HANGUL.sub(by(self._foreign), text)
        return _LATIN.sub(by(self._english), text), tuple(found)

    def _foreign(self, word: str, _first: bool) -> Respelt | None:
        """A Latin name that is written in Hangul, with its particle: 프리야한테 -> Priya한테."""
        nouns = dict.fromkeys((word, bare_noun(word)))  # 프리야 may be 프리 with a particle
        if is_verb(word) or self._people.find(word) or any(_is_korean(noun) for noun in nouns):
            return None
        for noun in nouns:
            name = self._people.sounding(noun) if len(noun) > 1 else None
            if name is None or len(name) < _SHORTEST:
                continue
            if self._lookup.count([phrase_terms(noun)]) <= _FOREIGN * self._lookup.count([phrase_terms(name)]):
                return Respelt(noun, name + word[len(noun) :], asks=True)
        return None

    def _english(self, word: str, first: bool) -> Respelt | None:
        lower = word.lower()
        if (lower != word and not first) or self._is_known(lower):
            return None
        if self._people.is_name(lower):
            return None
        if len(lower) > _SHORTEST and lower.endswith("s") and self._people.is_name(lower[:-1]):  # ruths birthday
            return Respelt(word, f"{word[:-1]}'s", asks=True)
        if self._lookup.count([phrase_terms(form) for form in inflections(lower)]):
            return None
        said = self._said_like(lower) if lower == word else Counter[str]()
        ranked = sorted(
            (_off(lower, other), other not in _questions(), -said[other.lower()], other)
            for other in {*_near(lower, _questions()), *_near(lower, said)}
        )
        if not ranked:
            return None
        meant = ranked[0][-1]
        return Respelt(word, meant, asks=meant in _ASKING)

    @staticmethod
    def _is_known(word: str) -> bool:
        return word in _questions() or english_stem(word) in _stems() or len(inflections(word)) > 1

    def _said_like(self, word: str) -> Counter[str]:
        """Words of the vault that are spelt nearly so, each with how many of the records read hold it."""
        numbers = self._lookup.spelt_like(english_stem(word), 2 if len(word) >= _LOOSE else 1, _READ)
        said: Counter[str] = Counter()
        for stored in self._vault.get(numbers).values():
            said.update({other.lower() for text in _texts(stored.record) for other in _WORDS.findall(text)})
        return said


def also_called(plan: Plan, respelt: Sequence[Respelt]) -> Plan:
    """The plan with the names that its people were called by in the question: records may write 프리야, too."""
    typed = {one.meant.lower(): phrase_terms(one.typed) for one in respelt if is_hangul(one.typed)}

    def named(one: Person) -> Person:
        also = (Form(terms, 1.0) for name, terms in typed.items() if name.startswith(one.surface.lower()))
        return replace(one, forms=(*one.forms, *also))

    return replace(plan, people=tuple(named(one) for one in plan.people)) if typed else plan


def _is_korean(noun: str) -> bool:
    """Whether a word is known as one of Korean: by the table of concepts, or because it only asks."""
    known = bool(load_concepts().korean(noun, False)) or not analyse(noun)
    return known or any(stem.form in _ASKING_KOREAN for stem in stems(noun))


def _texts(record: Record) -> Iterator[str]:
    yield record.text
    yield record.title or ""
    for identity in (record.author, *record.people):
        if identity is not None:
            yield identity.name or identity.handle


def _near(word: str, others: Iterable[str]) -> Iterator[str]:
    """The words that a word may be meant for: a letter off, or two where only vowels and doubled letters differ."""
    key = skeleton(word)
    for other in others:
        if other[:1] != word[:1] or abs(len(other) - len(word)) > 2:
            continue
        off = distance(word, other)
        alike = skeleton(other) == key
        if (off == 1 and (alike or other in _ASKING)) or (off == 2 and alike and len(word) >= _LOOSE):
            yield other


def _off(word: str, other: str) -> tuple[int, int]:
    """How far a word is from another; of two as far, the one from which a letter was left out is nearer."""
    return distance(word, other), -len(other)


@cache
def _questions() -> frozenset[str]:
    """The English words that questions are made of."""
    named = (*rules_english.VAGUE, *rules_english.ADJECTIVES, *rules_english.VERBS, *rules_english.GENERAL)
    metrics = (word for metric in METRICS.values() for word in metric.english.lower().split())
    words = {*_ASKING, *_CONTRACTED, *named, *metrics, *english_calendar(), *load_concepts().english_words()}
    return frozenset(form for word in words if len(word) > 2 for form in (word, f"{word}s"))


@cache
def _stems() -> frozenset[str]:
    return frozenset(english_stem(word) for word in _questions())
