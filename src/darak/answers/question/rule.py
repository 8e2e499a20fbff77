"""What a rule table is made of. Patterns are regular expressions; `<name>` in them stands for a piece of its module."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Rules = tuple[tuple[str, tuple[str, ...]], ...]
"""A name, and the patterns of which one must fit."""

_PIECE = re.compile(r"<(\w+)>")


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A kind of value: how it is asked for, the words that only name it (Korean without particles), how it is stated.

    `cased`: capitals matter in how it is stated.
    """

    name: str
    asks: tuple[str, ...]
    words: str
    value: tuple[str, ...]
    cased: bool = False


def compiled(patterns: Sequence[str], pieces: Mapping[str, str], *, cased: bool = False) -> re.Pattern[str]:
    """One pattern for all the alternatives."""
    text = _PIECE.sub(lambda match: pieces.get(match[1], match[0]), "|".join(patterns))
    return re.compile(text, re.NOFLAG if cased else re.IGNORECASE)
