"""UTF-8 that was written as if each of its bytes were a Latin-1 character, as Meta's exports do."""

from __future__ import annotations


def repaired(text: str) -> str:
    """The text that was meant; the same text when it is not of that kind."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text
