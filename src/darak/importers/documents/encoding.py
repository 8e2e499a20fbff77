"""The encoding of a text file of unknown origin, from a short list and in this order; never a free guess.

Byte order mark, strict UTF-8, cp949, cp932 (Japanese Windows), cp1252. Nearly any bytes are valid in the two wide ones,
so they are believed only where nearly all characters are common ones: the 2,350 syllables of KS X 1001, kana and the
kanji of JIS's first level.
"""

from __future__ import annotations

import re

from darak.importers.formats.lines import BOM

HEAD = 64 * 1024
"""Bytes that are looked at; a head of this length may end in the middle of a character."""
_HANGUL = re.compile("[가-힣]")
_LATIN = re.compile("[A-Za-z]")


def encoding_of(head: bytes) -> str | None:
    """The Python codec for a file with this head; None when it is no text. UTF-8 with a few damaged bytes stays so."""
    if head.startswith(BOM):
        return "utf-8-sig"
    if b"\0" in head:
        return None
    whole = head if len(head) < HEAD else head[: head.rfind(b"\n") + 1] or head[:-3]
    lines = [line for line in whole.split(b"\n") if not line.isascii()]
    broken = [line for line in lines if not _decodes(line, "utf-8")]
    if len(broken) * 4 <= len(lines):
        return "utf-8"
    sample = b"\n".join(lines)
    if _decodes(sample, "cp949") and _korean(sample.decode("cp949")):
        return "cp949"
    if _decodes(sample, "cp932") and _japanese(sample.decode("cp932")):
        return "cp932"
    accents = sum(byte > 0x7F for byte in sample)
    if _decodes(sample, "cp1252") and accents * 4 < len(_LATIN.findall(sample.decode("cp1252"))):
        return "cp1252"
    return None


def _korean(text: str) -> bool:
    """Whether nearly all its wide characters are of KS X 1001, and a good part of them Hangul."""
    wide = [character for character in text if not character.isascii()]
    common = sum(min(character.encode("cp949")) >= 0xA1 for character in wide)
    return len(_HANGUL.findall(text)) * 3 >= len(wide) > 0 and common * 10 >= len(wide) * 9


def _japanese(text: str) -> bool:
    """Whether nearly all its wide characters are kana or of the first level of JIS X 0208, the common ones."""
    wide = [character.encode("cp932") for character in text if not character.isascii()]
    return sum(len(code) == 2 and code[0] <= 0x98 for code in wide) * 10 >= len(wide) * 9


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
