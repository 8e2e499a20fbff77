"""Bytes to text without free guessing: a BOM, the declared charset, strict UTF-8, then cp949.

UTF-8 with a few damaged bytes stays UTF-8: the damage becomes U+FFFD and is reported by the caller.
"""

from __future__ import annotations

import codecs
from functools import lru_cache

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KOREAN = (
    "ks-c-5601-1987",
    "ks-c-5601-1989",
    "ks-c-5601",
    "ksc5601",
    "ksc-5601",
    "ks-x-1001",
    "euc-kr",
    "euckr",
    "x-euc-kr",
    "korean",
    "iso-ir-149",
    "cseuckr",
    "csksc56011987",
    "windows-949",
    "x-windows-949",
    "ms949",
    "cp949",
    "uhc",
)
_ALIASES = {
    **dict.fromkeys(_KOREAN, "cp949"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "cn-gb", "hz-gb-2312"), "gb18030"),
    **dict.fromkeys(("shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "l1"), "cp1252"),
    **dict.fromkeys(("iso-8859-8-i", "iso-8859-8-e"), "iso-8859-8"),
}
"""Names that mail uses for a charset, and the superset that is really written under them."""
_OPEN = frozenset(("utf-8", "utf8", "us-ascii", "ascii"))
"""Charsets that are declared by default, so that a text which is not in them is looked at like an undeclared one."""
_NO_CHARSETS = frozenset(("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-8-sig"))


@lru_cache(maxsize=256)
def codec_of(charset: str) -> str | None:
    """The Python codec of a declared charset; None when it says no more than "ASCII or UTF-8" or is unknown."""
    name = charset.strip().strip("\"'").lower().replace("_", "-").replace(" ", "")
    name = _ALIASES.get(name, name)
    if name in _OPEN or name in _NO_CHARSETS:
        return None
    try:
        codec = codecs.lookup(name).name
        b"".decode(codec)
    except (LookupError, ValueError, UnicodeError):
        return None
    return None if codec in _OPEN or codec in _NO_CHARSETS or codec == "ascii" else codec


def decode(data: bytes, charset: str | None = None) -> tuple[str, bool]:
    """The text of `data`, and whether all of it could be decoded; what could not stands as U+FFFD."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict_or_marked(data[len(bom) :], encoding)
    codec = codec_of(charset) if charset else None
    if codec is not None:
        return _strict_or_marked(data, codec)
    try:
        return data.decode("utf-8"), True
    except UnicodeDecodeError:
        marked = data.decode("utf-8", "replace")
    if not _mostly_whole(marked):
        try:
            return data.decode("cp949"), True
        except UnicodeDecodeError:
            pass
    return marked, False


def _strict_or_marked(data: bytes, codec: str) -> tuple[str, bool]:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        if codec == "cp1252":
            return data.decode("latin-1"), True
        return data.decode(codec, "replace"), False
    if codec != "utf-7":
        return text, True
    characters = text.encode("utf-8", "replace").decode("utf-8")  # the one codec that lets half a character pass
    return characters, characters == text


def _mostly_whole(marked: str) -> bool:
    """Whether the text is UTF-8 with some damage, rather than text in another encoding."""
    damaged = marked.count("\ufffd")
    foreign = len(marked) - sum(map(str.isascii, marked)) - damaged
    return damaged * 4 <= foreign
