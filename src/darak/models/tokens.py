"""How many tokens a text is, where no server counts them: an estimate that is rather too high than too low."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Za-z]+")
_DIGITS = re.compile(r"\d+")
_SPACE = re.compile(r"\s+")


def estimate(text: str) -> int:
    """Tokens of a usual vocabulary of 32k to 200k entries.

    A Latin word is one token for every six letters begun, three digits are one, a Hangul syllable is one, any other
    character is one; a single space goes with the word after it.
    """
    words = _WORD.findall(text)
    digits = _DIGITS.findall(text)
    latin = sum(-(-len(word) // 6) for word in words)
    numbers = sum(-(-len(run) // 3) for run in digits)
    spaces = _SPACE.findall(text)
    other = len(text) - sum(map(len, words)) - sum(map(len, digits)) - sum(map(len, spaces))
    longer = sum(1 for run in spaces if len(run) > 1 or run == "\n")
    return latin + numbers + other + longer
