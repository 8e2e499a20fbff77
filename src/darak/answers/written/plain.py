"""What a model is shown of a text: characters that show, without marks of its own."""

from __future__ import annotations

import re
import unicodedata

_MARK = re.compile(r"\[(\d[\d\s,]*)\]")
_HIDDEN = ("Cc", "Cf", "Co", "Cn", "Cs")


def visible(text: str) -> str:
    """The text in NFC without characters that do not show."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _HIDDEN)
    return text


def plain(text: str) -> str:
    """The visible text; marks [1] of its own are written (1), so that nobody takes them for citations."""
    return _MARK.sub(r"(\1)", visible(text))
