"""A model's text as it streams, cut into sentences with their citation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARK = r"[\[【][\^#]?(?:(?:evidence|record|source|no\.?|증거|기록|근거)\s*)?(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)[\]】]"
MARKS = re.compile(rf"\s*{_MARK}", re.IGNORECASE)
"""[1], [2, 3], and what models make of it: [Evidence 1], 【1】."""
_END = re.compile(r"[.!?。…]+[\"”’')\]*]*|\n")
_AFTER = re.compile(rf"(?:\s*{_MARK}[.!?。]?)*", re.IGNORECASE)
_HALF_MARK = re.compile(r"\s*(?:[\[【][^\]】\n]{0,24})?\Z")
_NO_END = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Sr|Jr|vs|etc|No|e\.g|i\.e|a\.m|p\.m)|\b[A-Z]|\d)\.$")
_LIST = re.compile(r"^\s*(?:#{1,6}\s+|[-*+•]\s+(?:\[[ xX]\]\s+)?|>\s+|\d{1,2}[.)]\s+)+")
_EMPHASIS = re.compile(r"\*\*|__|`")


class Sentences:
    """Takes text in pieces and gives each sentence as soon as it has surely ended.

    A sentence that bears its marks before its full stop ends there; else marks may follow, which takes one more
    character to know.
    """

    def __init__(self) -> None:
        self._held = ""

    def feed(self, text: str) -> Iterator[str]:
        self._held += text
        while (end := self._first_end()) is not None:
            sentence, self._held = _bare(self._held[:end]), self._held[end:]
            if sentence:
                yield sentence

    @property
    def open(self) -> int:
        """Characters of the sentence that has not ended yet."""
        return len(self._held)

    def end(self) -> str:
        """What is left when the text ends; "" for nothing."""
        sentence, self._held = _bare(self._held), ""
        return sentence

    def _first_end(self) -> int | None:
        held = self._held
        for match in _END.finditer(held):
            if match[0] == "\n":
                return match.end()
            before = held[: match.end()]
            if held[match.end() : match.end() + 1].strip() and held[match.end()] not in "[【":
                continue  # 3.5, example.com
            if MARKS.search(before) and _ends_in_mark(before, match.start()):
                return match.end()
            marks = _AFTER.match(held, match.end())
            end = marks.end() if marks else match.end()
            if _HALF_MARK.match(held, end):
                return None
            if end == match.end() and _NO_END.search(before):
                continue
            return end
        return None


def _ends_in_mark(text: str, stop: int) -> bool:
    return text[:stop].rstrip().endswith(("]", "】"))


def _bare(sentence: str) -> str:
    """Without the marks of lists and of emphasis."""
    return _EMPHASIS.sub("", _LIST.sub("", sentence)).strip()
