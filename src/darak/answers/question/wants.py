"""The content words of a question, with everything that would do for them in a record."""

from __future__ import annotations

import re
from collections.abc import Sequence

from darak.answers.plan import Form, Language, Order, Want
from darak.answers.question import english_words, korean_words, rules_english, rules_korean
from darak.answers.question.phrases import read_left_out, read_phrases
from darak.answers.question.slots import Slot
from darak.answers.question.word import Word
from darak.language.hangul import is_hangul
from darak.language.korean import stems
from darak.language.query import Term, analyse
from darak.language.tokens import phrase_terms

_GENERAL = rules_korean.GENERAL | rules_english.GENERAL
_AS_SUCH = rules_korean.NAMED_AS_SUCH | rules_english.NAMED_AS_SUCH
_BEFORE_SORT = re.compile(f"{rules_korean.BEFORE_SORT}|{rules_english.BEFORE_SORT}", re.IGNORECASE)
_AFTER_SORT = re.compile(f"{rules_korean.AFTER_SORT}|{rules_english.AFTER_SORT}", re.IGNORECASE)
_PERSON_NOUNS = re.compile(f"{rules_korean.PERSON_NOUNS}|{rules_english.PERSON_NOUNS}", re.IGNORECASE)
_BEFORE_WHO = re.compile(rules_korean.BEFORE_WHO)
_PERSON = re.compile(rules_english.PERSON, re.IGNORECASE)
_AFTER_WHO = re.compile(rules_english.AFTER_WHO, re.IGNORECASE)
_DESCRIBES = re.compile(
    r"\s+(?:(?:friend|teacher|colleague|doctor|친구|동료|선배|후배|동생|선생님|원장님?)\s+)?", re.IGNORECASE
)
_APPOSED = re.compile(r"\s*,\s*(?:my|the|a|our)\s+", re.IGNORECASE)
_SOLID = ("thing", "number", "deed")


def hint(order: Order | None) -> Want | None:
    """The words by which a record says itself that something was the first or the last time."""
    if order is None or not rules_korean.HINTS[order]:
        return None
    words = rules_korean.HINTS[order].split()
    return Want(order, "hint", tuple(Form(phrase_terms(word), 1.0) for word in words))


def read_wants(
    text: str,
    language: Language,
    slot: Slot | None = None,
    people: Sequence[tuple[int, int]] = (),
    *,
    sorts: bool = True,
) -> tuple[Want, ...]:
    """The words to look for in a question whose names and dates are blanked out already.

    Words that only name the value asked for (`slot`) are hints: the value itself must be there, not they. So are
    words beside a name, which stood at `people`: they tell which person of that name is meant (my friend Anna). The
    sort of thing that is asked for (which city) is looked for where there is nothing else, if `sorts`.
    """
    reading = _Reading(text, _words(text, language), slot.words if slot else frozenset(), people)
    words = reading.words()
    if sorts and not people and not any(word.role in _SOLID for word in words):
        words = [word.as_("thing") if word.start in reading.sorts else word for word in words]
    return tuple({word.want.surface.lower(): word.want for word in words}.values())


def _words(text: str, language: Language) -> list[Word]:
    """The words and phrases in order, those that only ask left out."""
    found: list[Word] = []
    for phrase in read_phrases(text):
        if text[phrase.start : phrase.end].strip():
            found.append(phrase)
            text = text[: phrase.start] + " " * (phrase.end - phrase.start) + text[phrase.end :]
    terms = analyse(text)
    found += [Word(*term.span, _want(text, term)) for term in terms if not _is_idle(text, term, language)]
    found += read_left_out(text, [term.span for term in terms])
    return sorted(found, key=lambda word: word.start)


def _want(text: str, term: Term) -> Want:
    return korean_words.korean_want(text, term) if term.language == "ko" else english_words.english_want(text, term)


def _is_idle(text: str, term: Term, language: Language) -> bool:
    if term.language == "ko":
        return korean_words.is_idle(text, term)
    return (language == "en" or term.surface.islower()) and english_words.is_idle(term)


class _Reading:
    """Settles what words are to each other: which narrow others, and which only say what sort of thing is asked for."""

    def __init__(self, text: str, words: list[Word], naming: frozenset[str], people: Sequence[tuple[int, int]]) -> None:
        self._text = text
        self._words = words
        self._naming = naming
        self._people = people
        self.sorts: set[int] = set()
        """Where the words begin that say what sort of thing is asked for."""

    def words(self) -> list[Word]:
        """The words in order with their final roles; what follows a word is settled before it."""
        settled: list[Word] = []
        for word in reversed(self._words):
            settled.append(self._settled(word, settled[-1] if settled else None))
        return settled[::-1]

    def _settled(self, word: Word, after: Word | None) -> Word:
        beside = after is not None and self._text[word.end : after.start] == " "
        if self._names_value(word) or self._describes_person(word):
            return word.as_("hint")
        if self._is_sort(word) and not (after is not None and beside and after.start in self.sorts):
            self.sorts.add(word.start)
            return word.as_("hint")
        if self._is_general(word):
            return word.as_("trait")
        return word.as_("narrow") if self._narrows(word, after, beside) else word

    def _names_value(self, word: Word) -> bool:
        surface = word.want.surface
        readings = {stem.form for stem in stems(surface)} if is_hangul(surface) else set(surface.lower().split())
        return bool(readings & self._naming) if is_hangul(surface) else readings <= self._naming

    def _describes_person(self, word: Word) -> bool:
        """Whether a word tells which person is meant: (college friend) Kihoon, Kihoon, my (dentist), (대학) 친구."""
        if word.role not in ("thing", "narrow", "trait"):
            return False
        if word.role != "trait" and word.is_bare(self._text) and _PERSON_NOUNS.match(self._text, word.end):
            return True
        return any(
            (word.end <= start and _DESCRIBES.fullmatch(self._text, word.end, start))
            or (end <= word.start and _APPOSED.fullmatch(self._text, end, word.start))
            for start, end in self._people
        )

    def _is_sort(self, word: Word) -> bool:
        """Whether a noun says what sort of thing is asked for: which (city), 어느 (도시), (책) 목록, (친구)가 누구."""
        if word.role not in ("thing", "trait") or word.want.surface[0].isupper() or word.want.surface in _AS_SUCH:
            return False
        text, start = self._text, word.start
        if _BEFORE_WHO.match(text, start) or (_PERSON.match(text, start) and _AFTER_WHO.search(text, 0, start)):
            return True
        return bool(_BEFORE_SORT.search(text, 0, start) or _AFTER_SORT.match(text, word.end))

    def _is_general(self, word: Word) -> bool:
        """Whether it is a group or a place that goes without saying beside another noun: my (colleagues)."""
        general = word.role == "thing" and word.want.surface.lower() in _GENERAL
        return general and any(other.role == "thing" and other is not word for other in self._words)

    def _narrows(self, word: Word, after: Word | None, beside: bool) -> bool:
        """Whether a noun only tells which one is meant, and is often left out: a title, (hiring) plan, 설문 원본."""
        if word.role != "thing" or self._text[word.start].isupper():
            return False
        if word.want.surface in rules_korean.TITLES:
            return True
        return after is not None and after.role == "thing" and beside and word.is_bare(self._text)
