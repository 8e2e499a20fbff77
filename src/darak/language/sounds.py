"""Foreign names in Hangul: how 프리야 or 틸라모빌리티 may be spelt in Latin letters, and words that only look alike."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest

from darak.language.hangul import parts

# In the order of Unicode. What is silent in Korean ears (r before a consonant, gh, a final e) may stand anywhere.
_FIRST = (
    *("g|k|c(?![eiy])", "k|c(?![eiy])|g", "n|kn", "d|t|th", "t|d", "r|l|wr", "m", "b|v", "p|b"),
    *("s|c(?=[eiy])|th|z|sc|sh|t(?=i)", "s|c(?=[eiy])", "", "j|g(?=[eiy])|z", "j|z", "ch|c(?=[eiy])|t(?=[uy])"),
    *("k|c(?![eiy])|q|ch|x", "t|th", "p|f|ph", "h|f|wh"),
)
_LAST = {
    **dict.fromkeys("ㄱㄲㅋ", "k|c|g"),
    **dict.fromkeys("ㄷㅅㅆㅈㅊㅌ", "t|d|th|s"),
    **dict.fromkeys("ㄴ", "n"),
    **dict.fromkeys("ㄹ", "l|r"),
    **dict.fromkeys("ㅁ", "m"),
    **dict.fromkeys("ㅂㅍ", "p|b|f"),
    **dict.fromkeys("ㅇ", "ng|n(?=[gkcqx])"),
}
_VOWELS = {
    "ㅏ": "[ao]", "ㅐ": "[ae]", "ㅑ": "[iy]", "ㅒ": "[aey]", "ㅓ": "[eoua]", "ㅔ": "[aei]", "ㅕ": "[eiy]", "ㅖ": "[ey]",
    "ㅗ": "[oau]", "ㅛ": "[ioy]", "ㅜ": "[uow]", "ㅠ": "[uy]", "ㅣ": "[iey]", "ㅢ": "[uei]",
}  # fmt: skip
_ANY_VOWEL, _AFTER_VOWEL, _FAINT = "[aeiouwy]", "[aeiouwy]?(?:r|gh|h)?", "[aeiouwy]{0,2}r?"
_GAP = "[ '’-]?"
_R, _SILENT = 5, 11  # ㄹ and ㅇ among the first consonants
_JOINED = "[lr]{1,2}"


@lru_cache(maxsize=256)
def latin_pattern(word: str) -> re.Pattern[str]:
    """What fits the Latin spellings of a foreign name that is written in Hangul; a name of several words may have
    gaps between its syllables."""
    pieces: list[str] = []
    for char, after in zip_longest(word, word[1:]):
        first, vowel, last = parts(char)
        start = "" if pieces and pieces[-1].endswith(_JOINED) else _doubled(_FIRST[first])
        end = _doubled(_LAST.get(last, ""))
        if last == "ㄹ" and after and parts(after)[0] == _R:  # 빌리: one l between the vowels
            end = _JOINED
        if pieces and char == "스" and pieces[-1].endswith(_doubled(_LAST["ㄱ"])):
            pieces[-1] = pieces[-1].removesuffix(_doubled(_LAST["ㄱ"]))
            start = f"(?:{_doubled(_LAST['ㄱ'])}(?:{_FIRST[first]})|x)"  # 릭스: lix
        pieces.append(start + _sounded(first, vowel, after, begins=not pieces) + end)
    return re.compile(rf"(?<![A-Za-z]){_GAP.join(pieces)}[eh]?(?![A-Za-z])", re.IGNORECASE)


def _sounded(first: int, vowel: str, after: str | None, *, begins: bool) -> str:
    """The letters of a vowel: any at all for 으, and for one that goes on from the syllable before it."""
    if vowel == "ㅡ" or (not _FIRST[first] and not begins):
        return _FAINT
    drawn = vowel == "ㅏ" and after is not None and parts(after)[:2] == (_SILENT, "ㅣ")  # 마이클: Michael
    return (_ANY_VOWEL if drawn else _VOWELS.get(vowel, _ANY_VOWEL)) + _AFTER_VOWEL


def _doubled(consonants: str) -> str:
    return f"(?:{consonants}){{1,2}}e?" if consonants else ""


_LATER_VOWELS = re.compile("(?<=.)[aeiouy]+")
_TWICE = re.compile(r"(.)\1+")
_ALIKE = str.maketrans("bdgczvq", "ptkksfk")


def skeleton(word: str) -> str:
    """A Latin word without what is mistyped most: its vowels but the first letter, letters doubled, and which of two
    like consonants it is: wallet and walet are wlt."""
    return _TWICE.sub(r"\1", _LATER_VOWELS.sub("", word.lower().translate(_ALIKE)))


def distance(one: str, other: str, most: int = 2) -> int:
    """Letters left out, put in, changed or swapped with the next between two words (optimal string alignment); more
    than `most` is not told apart."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
