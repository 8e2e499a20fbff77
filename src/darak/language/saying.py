"""Whether a text says a word: with its particles and endings, but not inside a longer word.

`이사` is said by 이사를, 이사했다 and 이사갈, not by 이사회 or 포장이사; `dentist` by "dentists". What stands in
quotation marks is said by these very characters, wherever they stand.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from darak.language.conjugation import beginnings
from darak.language.korean import Kind, stems
from darak.language.tokens import CJK, LONGEST_TERM, english_stem, normalise, phrase_terms

_part = re.compile(r"[\"“”]([^\"“”]+)[\"“”]|[^\s\"“”]+")
_run = re.compile(f"[가-힣]+|[{CJK.removeprefix('가-힣')}]+|[^\\W_{CJK}]+")
_indexed_run = re.compile("[가-힣一-鿿ぁ-ゖァ-ヺ]{2,}")
"""What is found by its pairs of characters wherever it stands; of rarer ones the index may know less."""
_hangul = re.compile("[가-힣]+")
# What is written behind a noun without a space and is no particle: titles, times, 이사라는.
_BEHIND_NOUN = frozenset(("씨", "님", "전", "이전", "후", "이후", "중", "날", "때", "라", "이라"))
# Verbs that are written behind a noun without a space: 이사하, 이사가, 사고나, 감기걸리; and 꿈이었다.
_MADE_VERB = re.compile("(?:하|해|되|돼|시키|받|당하).{0,3}|가|오|나|다니|걸리|이?라?")


@dataclass(frozen=True)
class Saying:
    """One word, or what was quoted, that a text may say."""

    text: str
    exact: bool

    @cached_property
    def phrases(self) -> tuple[tuple[str, ...], ...]:
        """Index terms in a row, one of which every text that says it is found by; nothing when the index does not help:
        any text may say it."""
        if self.exact:
            runs = sorted(_indexed_run.findall(self.text), key=len)
            return (phrase_terms(runs[-1]),) if runs else ()
        if not self._runs or any(len(run.encode()) > LONGEST_TERM for run in self._runs if not run[0] >= "가"):
            return ()
        forms = (self.text, *(form for stem in _asked_verbs(self.text) for form in beginnings(stem)))
        return tuple(dict.fromkeys(filter(None, map(phrase_terms, forms))))

    def is_in(self, text: str) -> bool:
        """Whether a text says it."""
        text = normalise(text)
        if self.exact:
            return _plain(self.text) in _plain(text)
        runs: list[str] = _run.findall(text)
        size = len(self._runs)
        return any(self._fits(runs[at : at + size]) for at in range(len(runs) - size + 1))

    @cached_property
    def _runs(self) -> list[str]:
        return _run.findall(self.text)

    def _fits(self, runs: list[str]) -> bool:
        *firsts, last = zip(self._runs, runs, strict=True)
        return _is_form(*last) and all(_key(word) == _key(run) for word, run in firsts)


def sayings(words: str) -> tuple[Saying, ...]:
    """Each of the words, and of the parts in quotation marks."""
    found: list[Saying] = []
    for match in _part.finditer(normalise(words)):
        text = (match[1] or match[0]).strip()
        runs: list[str] = _run.findall(text)
        # Chinese and Japanese have no spaces, and what is no word at all, or has marks over its letters, no forms.
        exact = match[1] is not None or not runs or any(map(_is_spaceless, runs)) or any(map(_is_mark, text))
        if text:
            found.append(Saying(text, exact))
    return tuple(found)


def all_said(asked: Sequence[Saying], texts: Sequence[str]) -> bool:
    """Whether each is in one of the texts; no when nothing is asked."""
    return bool(asked) and all(any(map(saying.is_in, texts)) for saying in asked)


def quoted(words: str) -> str:
    """The same words, each in quotation marks."""
    return " ".join(f'"{saying.text}"' for saying in sayings(words))


def _is_spaceless(run: str) -> bool:
    return re.match(f"[{CJK}]", run) is not None and not _hangul.match(run)


def _is_mark(char: str) -> bool:
    return not char.isascii() and unicodedata.category(char).startswith("M")


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _key(run: str) -> str:
    return english_stem(run) or run.casefold()


def _is_form(word: str, run: str) -> bool:
    if not _hangul.match(word):
        return _key(word) == _key(run)
    return word == run or (_hangul.match(run) is not None and _is_korean_form(word, run))


@lru_cache(maxsize=16384)
def _is_korean_form(word: str, run: str) -> bool:
    """Whether a Korean word is another with particles or endings."""
    asked = _asked_verbs(word)
    if not run.startswith(word) and not asked:
        return False
    if any(
        (stem.kind == "verb" and stem.form in asked)
        or (stem.form.startswith(word) and _stands_behind(word, stem.form[len(word) :], stem.kind))
        for stem in stems(run)
    ):
        return True
    # 친구들이랑, 엄마도요: behind what may stand behind any particle, or before.
    several = f"{word}들"
    return (run.startswith(several) and not word.endswith("들") and _is_form(several, run)) or (
        run.endswith("요") and len(run) > len(word) + 1 and _is_form(word, run[:-1])
    )


def _stands_behind(word: str, rest: str, kind: Kind) -> bool:
    """Whether what a stem has behind a word makes no other word of it."""
    one = len(word) == 1  # begins too many other words: 차고, 약하다
    if kind == "noun":
        return not rest or (not one and rest in _BEHIND_NOUN)
    return rest == "이" or (not one and _MADE_VERB.fullmatch(rest) is not None)


@lru_cache(maxsize=1024)
def _asked_verbs(word: str) -> frozenset[str]:
    """The stems of a word that is itself a form of a verb: 헤어졌다, 꾸다."""
    if not _hangul.fullmatch(word):
        return frozenset()
    readings = stems(word)
    if readings[0].kind == "noun" and not word.endswith("다"):
        return frozenset()
    return frozenset(stem.form for stem in readings if stem.kind == "verb")
