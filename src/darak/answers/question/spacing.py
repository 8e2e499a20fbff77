"""Korean that is typed without spaces: 이모랑밥먹은게 -> 이모랑 밥 먹은 게.

A run is cut where its pieces come out cheapest: words that are known are cheap, unknown ones dear, and the dearer the
longer, so that what may be one word stays whole.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from darak.answers.question import rules_korean
from darak.answers.question.concepts import load_concepts
from darak.answers.question.korean_words import is_known_verb, is_verb
from darak.language import endings_korean as endings
from darak.language.hangul import final
from darak.language.korean import stems
from darak.language.nouns_korean import SHORT_NOUNS
from darak.language.word_list import word_list

_LONGEST = 7
_SHORTEST_RUN, _LONGEST_RUN = 4, 40
_KNOWN, _VERB, _SHORT, _BARE, _BOUND = 1.0, 1.1, 1.4, 2.6, 0.6
_UNKNOWN, _EACH, _WHOLE, _TOO_LONG = 2.0, 0.2, 0.5, 0.8
"""What an unknown piece costs by its syllables, with a particle or behind a verb that describes it; what a run costs
more that is not cut, and for each syllable from the sixth on."""
_PART = 2.0
"""What each syllable of an unknown piece costs that may be a part of a longer word: 한국|사능력검정."""
_SAID = word_list(
    """
    언제 어디 어디서 어디에 어디로 누구 누구랑 누가 얼마 얼마나 무슨 어떤 어떻게 며칠 뭐 뭘 왜 몇번
    몇시 몇시에 내 내가 나 나는 나한테 우리 마지막 마지막으로 처음 처음으로 제일 가장 지금 요즘 최근
    최근에 다시 같이 혼자 어제 오늘 내일 그저께 작년 작년에 올해 재작년 내년 이번 이번달 이번달에
    이번주 지난달 지난달에 지난주 지난주에 다음주 다음달 하루 하루에 한달 한달에 일주일에 일년에 매달
    매일 주말 주말에 아침에 저녁에 총 다 또 많이 자주 오래 새로 돈 밥 약 집 술 얼마전 얼마전에
    """
)
_OWNING = ("이네", "이의", "네", "의", "이")
_NOUNS = word_list("게 거 것 걸 건 날 때 데 적 지 곳 돈 사람 이유 시간")
"""What stands behind a verb that describes it."""
_SHORT_VERBS = word_list(
    "산 간 온 본 한 된 할 갈 올 볼 살 판 탄 준 쓴 잔 난 낸 만난 먹은 했지 했어 갔지 갔어 왔지 왔어 샀지 샀어"
)


def spaced(word: str, is_name: Callable[[str], bool]) -> str:
    """A run of Hangul with spaces between its words, as far as they are known; else as it is."""
    if not _SHORTEST_RUN <= len(word) <= _LONGEST_RUN or _cost(word, is_name, ends=True) <= _VERB:
        return word
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(word) + 1):
        ways: list[tuple[float, tuple[str, ...]]] = []
        for start in range(max(0, end - _LONGEST), end):
            piece, (before, pieces) = word[start:end], best[start]
            cost = _cost(piece, is_name, pieces[-1] if pieces else "", ends=end == len(word))
            ways.append((before + cost, (*pieces, piece)))
        best.append(min(ways))
    cost, pieces = best[-1]
    whole = _UNKNOWN + _EACH * len(word) + _WHOLE + _TOO_LONG * max(0, len(word) - 5)
    return " ".join(pieces) if len(pieces) > 1 and cost < whole else word


def _cost(piece: str, is_name: Callable[[str], bool], before: str = "", *, ends: bool) -> float:
    """What a piece costs behind another; `ends`: nothing follows."""
    described = _describes(before) if before else False
    if described and _bare(piece, _NOUNS):
        return _BOUND
    if piece in _SAID or _is_noun(piece) or _names(piece, is_name):
        return _KNOWN
    if _is_form(piece) and (
        ends or _describes(piece) or piece.endswith(("고", "서", "면", "러", "려고", "라고", "다고"))
    ):
        return _VERB
    if any(noun in SHORT_NOUNS and noun not in _NOUNS for noun in _without_particle(piece)):
        return _SHORT if len(piece) > 1 else _BARE
    marked = any(len(noun) > 1 and piece[len(noun) :] in endings.SURE for noun in _without_particle(piece))
    if len(piece) > 1 and (marked or (described and len(before) > 1)):
        return _UNKNOWN + _EACH * len(piece)
    return _PART * (1 + len(piece))


@lru_cache(maxsize=4096)
def _is_noun(piece: str) -> bool:
    """Whether a piece is a noun of the table of concepts, with a particle or without."""
    return any(len(noun) > 1 and load_concepts().korean(noun, False) for noun in _without_particle(piece))


@lru_cache(maxsize=4096)
def _is_form(piece: str) -> bool:
    """Whether a piece is a form of a verb that is known."""
    verbs = [stem.form for stem in stems(piece) if stem.kind == "verb"]
    known = any(is_known_verb(verb) for verb in verbs)
    asks = any(verb in rules_korean.ASKING_VERBS for verb in verbs)
    return piece in _SHORT_VERBS or (len(piece) > 1 and (asks or (known and is_verb(piece))))


@lru_cache(maxsize=4096)
def _without_particle(piece: str) -> tuple[str, ...]:
    nouns = [stem.form for stem in stems(piece) if stem.kind == "noun"]
    return tuple(
        noun for noun in dict.fromkeys((piece, *nouns)) if noun == piece or piece[len(noun) :] in endings.PARTICLES
    )


def _names(piece: str, is_name: Callable[[str], bool]) -> bool:
    """Whether a piece is somebody's name, with a particle or with what says that something is theirs: 지민이네."""
    owners = (piece.removesuffix(end) for end in _OWNING if piece.endswith(end))
    return any(len(noun) > 1 and is_name(noun) for noun in dict.fromkeys((*_without_particle(piece), *owners)))


def _bare(piece: str, nouns: frozenset[str]) -> bool:
    return any(noun in nouns for noun in _without_particle(piece))


def _describes(piece: str) -> bool:
    """Whether a verb stands before a noun: 먹은, 갈, 다녀온, 하던."""
    return (final(piece[-1]) in ("ㄴ", "ㄹ") or piece[-1] == "던") and _is_form(piece)
