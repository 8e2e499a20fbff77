"""The people whom a text names, found among thousands of names in one pass over its words."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from darak.language import words_of_names as words
from darak.language.endings_korean import PARTICLES
from darak.language.name_forms import (
    LATIN_WORD,
    TITLE,
    is_family_name,
    korean_names,
    latin_forms,
    name_forms,
    short_forms,
)
from darak.language.tokens import normalise

__all__ = ["NameIndex", "NameMatch", "is_family_name", "name_forms"]

Id = TypeVar("Id", bound=Hashable)

_particles = "|".join(sorted(PARTICLES, key=len, reverse=True))
_hangul_word = re.compile("[가-힣]+")
_hanja = re.compile("[㐀-鿿]+")
# 기훈이가, 민수형한테, 김민수님께서, 지은아, 민수네는
_after_name = re.compile(rf"이?(?P<title>(?:{TITLE})*)(?:아|야|네|들)?(?:{_particles}){{0,3}}")
_person_follows = re.compile(rf"이?(?:(?:{TITLE})+|한테|에게|께|랑|이랑|하고|야|아|네)")
_title_follows = re.compile(rf" (?P<title>(?:{TITLE})+)(?=(?:{_particles}){{0,3}}(?![가-힣]))")
_between = re.compile(r"[ .‑-]{1,2}|['’]")
_possessive = re.compile(r"['’]s\b")
_MOST_WORDS = 4
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class NameMatch(Generic[Id]):
    """People named in a text, several when the name fits several; the surface may hold a title, but no particle."""

    surface: str
    span: tuple[int, int]
    ids: frozenset[Id]


class NameIndex(Generic[Id]):
    """Finds people by any form of their displayed names; a person may have several displays."""

    def __init__(self, displays: Iterable[tuple[Id, str]]) -> None:
        forms: defaultdict[str, set[Id]] = defaultdict(set)
        for person, display in displays:
            for form in _keys(display):
                forms[form].add(person)
        self._ids = {form: frozenset(ids) for form, ids in forms.items()}

    def find(self, text: str) -> list[NameMatch[Id]]:
        """The names in a text, in order, the longest at each place. Spans are those of the text as given."""
        found = [*self._hangul(text), *self._latin(text), *self._ideographs(text)]
        return sorted(found, key=lambda match: match.span)

    def _hangul(self, text: str) -> Iterator[NameMatch[Id]]:
        taken = 0
        for match in _hangul_word.finditer(text):
            start = match.start()
            if start < taken or (start and text[start - 1].isalnum()):
                continue
            found = self._with_title(text, match) or self._alone(text, match)
            if found:
                name, taken = found
                yield NameMatch(text[start:taken], (start, taken), self._ids[name])

    def _with_title(self, text: str, word: re.Match[str]) -> tuple[str, int] | None:
        """A name that goes on in the next word, and its end: 기훈 원장님, 김 대리. Titles tell namesakes apart."""
        beside = _hangul_word.match(text, word.end() + 1) if text[word.end() : word.end() + 1] == " " else None
        found = beside and self._prefix(word[0] + beside[0], len(word[0]) + 1, False)
        return (found[0], word.start() + found[1] + 1) if found else None

    def _alone(self, text: str, word: re.Match[str]) -> tuple[str, int] | None:
        follows = _title_follows.match(text, word.end())
        found = self._prefix(word[0], 2, follows is not None)
        if not found:
            return None
        end = word.start() + found[1]
        return found[0], follows.end() if follows and end == word.end() else end

    def _prefix(self, word: str, shortest: int, titled: bool) -> tuple[str, int] | None:
        """The longest name that begins a word, and the end of it with a title right behind it."""
        for length in range(min(len(word), _LONGEST), shortest - 1, -1):
            name, rest = word[:length], word[length:]
            if name not in self._ids or not (after := _after_name.fullmatch(rest)):
                continue
            if name in words.KOREAN_WORDS and not (_person_follows.match(rest) or (not rest and titled)):
                continue
            return name, length + (after.end("title") if after["title"] else 0)
        return None

    def _latin(self, text: str) -> Iterator[NameMatch[Id]]:
        found = list(LATIN_WORD.finditer(text))
        at = 0
        while at < len(found):
            count = next((n for n in range(_MOST_WORDS, 0, -1) if self._is_name(text, found[at : at + n], n)), 0)
            if count:
                start, end = found[at].start(), found[at + count - 1].end()
                ids = self._ids["".join(word[0].lower() for word in found[at : at + count])]
                yield NameMatch(text[start:end], (start, end), ids)
            at += count or 1

    def _is_name(self, text: str, found: list[re.Match[str]], count: int) -> bool:
        if len(found) < count or "".join(word[0].lower() for word in found) not in self._ids:
            return False
        if count > 1:
            gaps = (text[a.end() : b.start()] for a, b in pairwise(found))
            return all(_between.fullmatch(gap) for gap in gaps)
        word = found[0]
        if word[0].lower() not in words.ENGLISH_WORDS and len(word[0]) > 2:
            return True
        begins = not text[: word.start()].strip() or text[: word.start()].rstrip()[-1] in ".!?"
        return word[0][0].isupper() and (not begins or bool(_possessive.match(text, word.end())))

    def _ideographs(self, text: str) -> Iterator[NameMatch[Id]]:
        for run in _hanja.finditer(text):
            at = run.start()
            while at < run.end():
                length = next((n for n in (4, 3, 2) if at + n <= run.end() and text[at : at + n] in self._ids), 0)
                if length:
                    yield NameMatch(text[at : at + length], (at, at + length), self._ids[text[at : at + length]])
                at += length or 1


def _keys(display: str) -> set[str]:
    """The forms of a displayed name without spaces and hyphens, in lower case."""
    keys = {"".join(form) for form in (*latin_forms(display), *short_forms(display))}
    for korean in korean_names(display):
        keys |= {*korean.called(), *korean.titled(), *("".join(spelling) for spelling in korean.spelt())}
    for hanja in _hanja.findall(normalise(display)):
        keys |= {hanja, hanja[1:]} if len(hanja) > 2 else {hanja}
    return {key for key in keys if len(key) > 1 and key not in words.NOBODY}
