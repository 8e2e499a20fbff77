"""Words of like meaning, in both languages: what a record may say instead of the question's own word.

The table is `words/concepts.txt`. Only the groups that a question touches are turned into index terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from darak.answers.plan import LIKE, Form
from darak.language.conjugation import beginnings
from darak.language.hangul import is_hangul
from darak.language.tokens import phrase_terms
from darak.language.word_list import word_list

OBJECTS = word_list("me him her it us them my his our their the a an")
"""Words that may stand between those of an English phrase: pay (me) back, give (her a) hand."""
_WEAK = 0.5
"""Strength of a word that finds more than it means: marked by "~" in the table, or a Korean noun of one syllable."""


@dataclass(frozen=True, slots=True)
class Group:
    """Words that may stand for each other, verbs in Korean by their stems, and the kinds of record that say it."""

    words: tuple[str, ...]
    verbs: frozenset[str]
    kinds: frozenset[str]

    @property
    def verbal(self) -> bool:
        """Whether it is rather a deed than a thing: at least half of its Korean words are verbs."""
        korean = [word for word in self.words if not word.isascii()]
        return bool(self.verbs) and 2 * len(self.verbs) >= len(korean)

    def forms(self) -> tuple[Form, ...]:
        """The index terms of all its words."""
        found: dict[tuple[str, ...], Form] = {}
        for word in self.words:
            if word in self.verbs:
                before, _, verb = word.rpartition(" ")
                for beginning in beginnings(verb):
                    terms = (*phrase_terms(before), *phrase_terms(beginning))
                    found.setdefault(terms, Form(terms, LIKE))
            else:
                weak = word.startswith("~") or len(word) == 1
                terms = phrase_terms(word)
                found.setdefault(terms, Form(terms, _WEAK if weak else LIKE, short_noun(word)))
        return tuple(form for form in found.values() if form.terms)


@dataclass(frozen=True, slots=True)
class Like:
    """What may stand for a word: other words, and kinds of record."""

    forms: tuple[Form, ...] = ()
    kinds: frozenset[str] = frozenset()
    verbal: bool = False

    def __bool__(self) -> bool:
        return bool(self.forms)


class Concepts:
    """The table, looked up by the words of a question."""

    def __init__(self, text: str) -> None:
        self._words: dict[str, list[Group]] = {}
        self._stems: dict[tuple[str, ...], list[Group]] = {}
        self._verbs: dict[str, list[Group]] = {}
        self.longest = 1
        for line in text.splitlines():
            if line.strip() and not line.startswith("#"):
                self._add(line)

    def _add(self, line: str) -> None:
        """One line: words that are alike on both sides of "=", or that find those on the right of ">"."""
        line, _, kinds = line.partition("@")
        asking, directed, telling = line.partition(">")
        found_by = _read(asking.replace("=", ","))
        group = _group(_read(telling) if directed else found_by, frozenset(kinds.split()))
        for word in found_by:
            if _is_korean_verb(word):
                self._verbs.setdefault(word[:-1], []).append(group)
                continue
            self._words.setdefault(word, []).append(group)
            if word.isascii():
                bare = " ".join(part for part in word.split() if part not in OBJECTS)
                if bare != word and " " in bare:
                    self._words.setdefault(bare, []).append(group)
                terms = phrase_terms(word)
                self._stems.setdefault(terms, []).append(group)
                self.longest = max(self.longest, len(terms))

    def english(self, word: str, stems: tuple[str, ...]) -> Like:
        """The forms of like meaning of an English word or phrase, by its spelling, else by its stems.

        Spelling comes first because stems meet where meanings do not: a present is no presentation.
        """
        return _merged(self._words.get(word) or self._stems.get(stems, ()))

    def english_words(self) -> set[str]:
        """Each English word of the table, those of its phrases apart."""
        return {part for words in self._words if words.isascii() for part in words.replace("-", " ").split()}

    def korean(self, word: str, verb: bool) -> Like:
        """The forms of like meaning of a Korean noun, or of a verb's stem."""
        return _merged((self._verbs if verb else self._words).get(word, ()))


def short_noun(word: str) -> str | None:
    """The word when it is Korean and has at most three syllables."""
    return word if len(word) <= 3 and is_hangul(word) else None


def _read(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]


def _is_korean_verb(word: str) -> bool:
    return word.endswith("다") and len(word) > 1


def _group(words: list[str], kinds: frozenset[str]) -> Group:
    verbs = frozenset(word[:-1] for word in words if _is_korean_verb(word))
    return Group(tuple(word[:-1] if _is_korean_verb(word) else word for word in words), verbs, kinds)


def _merged(groups: Sequence[Group]) -> Like:
    found: dict[tuple[str, ...], Form] = {}
    kinds: set[str] = set()
    for group in groups:
        kinds |= group.kinds
        for form in group.forms():
            if form.terms not in found or found[form.terms].strength < form.strength:
                found[form.terms] = form
    return Like(tuple(found.values()), frozenset(kinds), any(group.verbal for group in groups))


@cache
def load_concepts() -> Concepts:
    return Concepts(files("darak.answers.words").joinpath("concepts.txt").read_text("utf-8"))
