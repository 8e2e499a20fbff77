"""The stems that a written Korean word may come from: particles and endings taken off by sound and spelling.

No dictionary: a word may keep several readings (`가는` is 가다, 갈다 or the noun 가), for what does not exist in the
memory finds nothing. What sound forbids is no reading: 이 follows a consonant, so 나이 is not 나 with a particle.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from darak.language import endings_korean as endings
from darak.language.conjugation import stems_of
from darak.language.hangul import final, parts, with_final

Kind = Literal["noun", "verb"]


@dataclass(frozen=True, slots=True)
class Stem:
    """One reading of a word: a noun without its particles, or a verb or adjective without its endings."""

    form: str
    kind: Kind


_LONGEST_PARTICLE = max(map(len, endings.PARTICLES))
# Final consonants with which nouns of several syllables end, and verbs hardly do: 감동은, 사실을.
_NOUN_FINALS = ("ㄱ", "ㄴ", "ㄹ", "ㅁ", "ㅂ", "ㅇ")
_STEM_WITH_SS = "있밌"  # 있, 재밌: no past tense

_past_ending = re.compile(f"(?:{'|'.join(endings.AFTER_PAST)})?")
_after_stem = tuple(sorted(endings.AFTER_STEM, key=len, reverse=True))
_drawn_in = tuple(sorted(endings.DRAWN_IN))
_sure_ending = re.compile(f"(?:{'|'.join(endings.SURE_ENDINGS)})$")


@lru_cache(maxsize=4096)
def stems(word: str) -> tuple[Stem, ...]:
    """The readings of a Korean word (Hangul only), the likelier first."""
    if past := _verbs(_past_stems(word)):
        return tuple(Stem(stem, "verb") for stem in past)
    nouns, sure = _noun_stems(word)
    verbs = _verbs(_present_stems(word))
    if sure:
        # 그만두기까지: a verb made a noun has particles, too.
        verbs = _verbs(v for noun in nouns if noun.endswith(("기", "음", "지")) for v in _present_stems(noun))
    elif _sure_ending.search(word) and verbs:
        nouns = []
    found = [Stem(noun, "noun") for noun in nouns] + [Stem(verb, "verb") for verb in verbs]
    return tuple(dict.fromkeys(found)) or (Stem(word, "noun"),)


def _verbs(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(stem for stem in found if len(stem) > 1 or stem in endings.SHORT_STEMS))


def _noun_stems(word: str) -> tuple[list[str], bool]:
    """What is left without particles, and whether it was surely a noun with particles."""
    for length in range(min(_LONGEST_PARTICLE, len(word) - 1), 0, -1):
        rest, particle = word[:-length], word[-length:]
        if not _may_follow(rest, particle):
            continue
        inner = _inner(rest) if particle in endings.OUTER else None
        if inner:
            return [inner], True
        if particle in endings.SURE:
            return _with_name(rest), True
        if len(rest) > 1:
            # Without the particle the rest finds the word, too, should it have been no particle (고양이).
            return ([] if particle in endings.PLAIN else [word]) + _with_name(rest), False
        return ([rest, word] if particle in ("은", "는", "이", "가", "을", "도", "로", "의") else [word]), False
    return [word], False


def _with_name(noun: str) -> list[str]:
    """A noun, and the name it may be: names that end in a consonant take 이 before particles (기훈이가)."""
    return [noun, noun[:-1]] if noun[-1] == "이" and len(noun) > 2 and final(noun[-2]) else [noun]


def _inner(word: str) -> str | None:
    for length in range(min(3, len(word) - 1), 0, -1):
        rest, particle = word[:-length], word[-length:]
        if (
            particle in endings.INNER
            and _may_follow(rest, particle)
            and (length > 1 or len(rest) > 1 or particle == "에")
        ):
            return rest
    return None


def _may_follow(rest: str, particle: str) -> bool:
    end = final(rest[-1])
    if particle in endings.AFTER_ANY:
        return True
    if particle in endings.AFTER_VOWEL_OR_L:
        return end in ("", "ㄹ")
    if particle in endings.AFTER_CONSONANT_NOT_L:
        return end not in ("", "ㄹ")
    return particle in (endings.AFTER_CONSONANT if end else endings.AFTER_VOWEL)


def _past_stems(word: str) -> Iterator[str]:
    """Stems of a word with -았/-었 or -겠 in it: 떨렸던, 갔었는데, 하겠다고."""
    for at in range(len(word) - 1, -1, -1):
        if final(word[at]) != "ㅆ" or not _past_ending.fullmatch(word, at + 1):
            continue
        if word[at] in _STEM_WITH_SS:
            return
        if word[at] == "겠":
            yield from (word[:at], *_past_stems(word[:at]))
            return
        doubled = word[at] == "었" and at and final(word[at - 1]) == "ㅆ" and word[at - 1] not in _STEM_WITH_SS
        for stem in stems_of(word[:at] if doubled else word[: at + 1]):
            yield stem.removesuffix("시") if stem.endswith("하시") else stem
        return


def _present_stems(word: str) -> Iterator[str]:
    for ending in _after_stem:
        if len(word) > len(ending) and word.endswith(ending):
            rest = word[: -len(ending)]
            if ending in ("은", "을", "도", "만") and len(rest) > 1 and final(rest[-1]) in _NOUN_FINALS:
                continue
            yield from _whole(rest, ending[0])
            if ending in endings.AFTER_A:
                yield from _of_a(rest)
            if len(ending) > 1:
                return
            break
    yield from _of_drawn_in(word)
    yield from _of_a(word)


def _of_drawn_in(word: str) -> Iterator[str]:
    """Stems of endings that begin with a consonant drawn into the stem: 떨린, 갈게, 합니다."""
    for ending in _drawn_in:
        consonant, rest = ending[0], ending[1:]
        head = word.removesuffix(rest) if rest else word
        if (rest and head == word) or not head or final(head[-1]) != consonant:
            continue
        if not rest and head[-1] in "은는을를인":
            continue  # a particle is none of the stem
        yield from _whole(head[:-1] + with_final(head[-1], ""), consonant)


def _whole(stem: str, ending: str) -> Iterator[str]:
    """A stem with the consonant that it loses before an ending: 만드(는) -> 만들, 추우(면) -> 춥."""
    yield stem
    if not final(stem[-1]) and ending[0] in "는니네ㄴㅂ":
        yield stem[:-1] + with_final(stem[-1], "ㄹ")
    if stem[-1] == "우" and len(stem) > 1 and not final(stem[-2]):
        yield stem[:-2] + with_final(stem[-2], "ㅂ")


def _of_a(word: str) -> Iterator[str]:
    """Stems of a form that ends with -아/-어, where its last vowel shows that: 떨려, 배워, 봐, 해, 먹어."""
    if len(word) > 1 and (parts(word[-1])[1] in "ㅕㅘㅝㅙㅐ" or word[-1] in "아어라러") and not final(word[-1]):
        yield from (stem for stem in stems_of(word) if stem != word)
