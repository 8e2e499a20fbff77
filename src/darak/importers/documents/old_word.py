"""The text of a Word document of before 2007 (.doc): its pieces in order, fields as what they show (MS-DOC 2.4.1)."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable

from darak.importers.documents.document import NEEDS_PASSWORD, Damaged
from darak.importers.formats.decoding import decode

MAIN = "WordDocument"
_IDENT, _WORD_97 = 0xA5EC, 0xC1
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_COUNTS, _PIECES = 0x4C, 0x1A2
"""Where the header tells the lengths of the main text, footnotes, headers, macros, comments, endnotes and boxes, and
where the list of pieces stands."""
_HEADERS, _BOXES_OF_HEADERS = 2, 7
_OF_LANGUAGES = {
    0x12: "cp949",
    0x11: "cp932",
    0x04: "cp936",
    0x1E: "cp874",
    0x08: "cp1253",
    0x0D: "cp1255",
    0x1F: "cp1254",
    **dict.fromkeys((0x19, 0x02, 0x22, 0x23), "cp1251"),
    **dict.fromkeys((0x05, 0x0E, 0x15, 0x18, 0x1A, 0x1B, 0x24), "cp1250"),
}
"""The code pages of languages (MS-LCID) that Word 6 and 95 wrote other texts in than Western ones."""
_COMPRESSED = 1 << 30
_FIELD = re.compile(r"\x13[^\x13\x14\x15]*(?:\x14([^\x13\x14\x15]*))?\x15")
_SHOWN = {7: " | ", 11: "\n", 12: "\n", 13: "\n", 30: "-", 0xA0: " "}
_SILENT = {code: None for code in range(32) if code not in (9, 10)}
_ROW_END = re.compile(r"(?: \| )+(?=\n|$)")


def read_old_word(read: Callable[[str], bytes]) -> str:
    """The text; `read` gives a stream of the compound file by its name. `Damaged` when it cannot be read."""
    document = read(MAIN)
    try:
        ident, version = struct.unpack_from("<HH", document)
        flags = struct.unpack_from("<H", document, 0x0A)[0]
        if ident != _IDENT and version >= _WORD_97:
            raise Damaged("damaged-document", "the document is damaged")
        if flags & _ENCRYPTED:
            raise Damaged("encrypted", NEEDS_PASSWORD)
        if version < _WORD_97:
            start, end = struct.unpack_from("<II", document, 0x18)
            language = struct.unpack_from("<H", document, 6)[0] & 0x3FF
            return _clean(decode(document[start:end], _OF_LANGUAGES.get(language, "cp1252"))[0])
        place, length = struct.unpack_from("<II", document, _PIECES)
        table = read("1Table" if flags & _SECOND_TABLE else "0Table")
        text = _joined(document, table[place : place + length])
        counts = struct.unpack_from("<8I", document, _COUNTS)
    except struct.error as error:
        raise Damaged("damaged-document", "the document is damaged or cut off") from error
    stories: list[str] = []
    for number, count in enumerate(counts):
        if number not in (_HEADERS, _BOXES_OF_HEADERS):
            stories.append(_clean(text[:count]))
        text = text[count:]
    return "\n".join(filter(None, stories))


def _joined(document: bytes, listed: bytes) -> str:
    """The text of the pieces, in the order of the document; one character for each that the header counts."""
    at = 0
    while at + 3 <= len(listed) and listed[at] == 1:  # changes of format, of no use here
        at += 3 + int.from_bytes(listed[at + 1 : at + 3], "little")
    if at >= len(listed) or listed[at] != 2:
        raise Damaged("damaged-document", "the document is damaged or cut off")
    pieces = listed[at + 5 : at + 5 + struct.unpack_from("<I", listed, at + 1)[0]]
    count = (len(pieces) - 4) // 12
    starts = struct.unpack_from(f"<{count + 1}I", pieces)
    out: list[str] = []
    for number in range(count):
        place = struct.unpack_from("<I", pieces, 4 * (count + 1) + 8 * number + 2)[0]
        length = starts[number + 1] - starts[number]
        if place & _COMPRESSED:
            begin = (place & ~_COMPRESSED) // 2
            out.append(document[begin : begin + length].decode("cp1252", "replace"))
        else:
            out.append(_units(document[place : place + 2 * length]))
    return "".join(out)


def _units(data: bytes) -> str:
    """UTF-16 as one character a unit, as lengths are counted; `_clean` joins the halves of pairs."""
    return "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data[: len(data) // 2 * 2])))


def _clean(text: str) -> str:
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    while (shown := _FIELD.sub(lambda match: match[1] or "", text)) != text:
        text = shown
    text = text.replace("\x07\x07", "\x07\r").translate(_SHOWN)
    return _ROW_END.sub("", text.translate(_SILENT))
