"""The stems that a written Korean word may come from: particles and endings taken off by sound and spelling.

No dictionary but the few nouns that look like a noun with a particle (휴가, 고양이): a word may keep several readings
(`가는` is 가다 or 갈다), for what does not exist in the memory finds nothing. What sound forbids is no reading: 이
follows a consonant, so 나이 is not 나 with a particle.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from darak.language import endings_korean as endings
from darak.language.conjugation import is_drawn_eu, stems_of
from darak.language.hangul import final, parts, with_final
from darak.language.nouns_korean import HEADS, LIKE_LIGHT_VERBS, SHORT_NOUNS, WHOLE_NOUNS

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
        verbs = _verbs(
            v
            for noun in nouns
            if noun.endswith(("기", "음", "지")) and not _is_whole(noun)
            for v in _present_stems(noun)
        )
    elif verbs and (_sure_ending.search(word) or _is_verb_form(word, verbs)):
        nouns = []
    found = [Stem(noun, "noun") for noun in nouns] + [Stem(verb, "verb") for verb in verbs]
    return tuple(dict.fromkeys(found)) or (Stem(word, "noun"),)


def is_light(stem: Stem) -> bool:
    """Whether it is one of the verbs that are mostly said beside others: 있다, 하다, 가다, 보다."""
    return stem.kind == "verb" and stem.form in endings.LIGHT_VERBS


def _is_verb_form(word: str, verbs: list[str]) -> bool:
    """Whether a word that may be a form of these verbs is hardly a noun: 찍은, 간, 오는, but not 산, 봄, 가게."""
    if len(word) == 1:
        return word not in SHORT_NOUNS and (word in verbs or verbs[0] in endings.LIGHT_VERBS)
    if len(word) == 2 and word[1] in "은을" and word[0] not in SHORT_NOUNS:
        return True
    return word not in LIKE_LIGHT_VERBS and not endings.LIGHT_VERBS.isdisjoint(verbs)


def _verbs(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(stem for stem in found if len(stem) > 1 or stem in endings.SHORT_STEMS))


def _noun_stems(word: str) -> tuple[list[str], bool]:
    """What is left without particles, and whether it was surely a noun, with or without particles."""
    cuts = range(len(word), max(len(word) - _LONGEST_PARTICLE, 1), -1)
    if whole := next((word[:at] for at in cuts if _is_whole(word[:at]) and _is_particle(word, at)), None):
        return [whole], True
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
            # Without the particle the rest finds the word, too, should it have been no particle (고등어구이).
            named = _with_name(rest)
            return ([] if particle in endings.PLAIN else [word]) + named, named != [rest]
        known = rest in SHORT_NOUNS and particle in ("은", "는", "이", "가", "을", "도", "로", "의")
        return ([rest, word] if known else [word]), False
    return [word], False


def _is_particle(word: str, at: int) -> bool:
    """Whether a word may have a particle, or none, from a place on."""
    return at == len(word) or (word[at:] in endings.PARTICLES and _may_follow(word[:at], word[at:]))


def _is_whole(word: str) -> bool:
    # A syllable before a short head may belong to it: 동호회의 is 동호회 with a particle.
    before = (len(word) - len(head) - (len(head) < 3) for head in HEADS if word.endswith(head))
    return word in WHOLE_NOUNS or word in HEADS or any(length > 0 for length in before)


def _with_name(noun: str) -> list[str]:
    """A noun, or the name it is: names that end in a consonant take 이 before particles (기훈이가)."""
    named = noun[-1] == "이" and len(noun) > 2 and final(noun[-2]) and not _is_whole(noun)
    return [noun[:-1], noun] if named else [noun]


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
    if word in SHORT_NOUNS and final(word) == "ㅁ":
        return  # 꿈, 봄
    if len(word) == 1 and word not in SHORT_NOUNS:
        yield word  # a stem as it stands in a list of words
    for ending in _after_stem:
        if len(word) > len(ending) and word.endswith(ending):
            rest = word[: -len(ending)]
            if ending in ("은", "을", "도", "만") and len(rest) > 1 and final(rest[-1]) in _NOUN_FINALS:
                continue
            if ending[0] in "으은을음습" and not final(rest[-1]):
                # Only a stem that lost its ㅅ: 지은, 나으면.
                yield from (stem for stem in stems_of(rest + "어") if final(stem[-1]) == "ㅅ")
                continue
            if ending not in endings.AFTER_A or not is_drawn_eu(rest):
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
    shows = word[-1] in "아어라러" or parts(word[-1])[1] in "ㅕㅘㅝㅙㅐ" or is_drawn_eu(word)
    if len(word) > 1 and shows and not final(word[-1]):
        yield from (stem for stem in stems_of(word) if stem != word)
