"""A text file as lines that know their place in bytes and whether their bytes could be decoded.

Lines end with LF or CRLF. No line is ever held beyond MAX_LINE, so that a file of one endless line costs no memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

BOM = b"\xef\xbb\xbf"
MAX_LINE = 1 << 20
_CONTROLS = bytes(sorted(set(range(32)) - set(b"\t\n\f\r\x1a\x1b")))
_LOOKED_AT = 4096


class Line(NamedTuple):
    """Bytes [`start`, `end`) of the file without the line ending; what cannot be decoded stands as U+FFFD.

    `intact` is false when something could not be decoded or was cut at MAX_LINE; `ended` is false for a last line
    without a line ending.
    """

    start: int
    end: int
    text: str
    raw: bytes
    intact: bool
    ended: bool


def may_be_text(head: bytes) -> bool:
    """Whether a file with this head is no picture or program's own data: of its first bytes hardly any are control
    characters. A quick look, before anything is decoded."""
    first = head[:_LOOKED_AT]
    return len(first) - len(first.translate(None, _CONTROLS)) <= 2 + len(first) // 50


def encodings_of(head: bytes) -> tuple[str, ...]:
    """The encodings to try, in order, decided over a file's head and not line by line.

    UTF-8 with a few damaged bytes stays UTF-8. A head of ASCII alone leaves both open.
    """
    if head.startswith(BOM):
        return ("utf-8",)
    lines = [line for line in head.split(b"\n") if not line.isascii()]
    if not lines:
        return ("utf-8", "cp949")
    utf8 = sum(_decodes(line, "utf-8") for line in lines)
    cp949 = sum(_decodes(line, "cp949") for line in lines)
    return ("cp949",) if utf8 * 2 < len(lines) and cp949 > utf8 else ("utf-8",)


def read_lines(stream: BinaryIO, encodings: tuple[str, ...]) -> Iterator[Line]:
    """The lines of a stream; a UTF-8 byte order mark is no part of the first."""
    start = 0
    while raw := stream.readline(MAX_LINE):
        size, whole = len(raw), True
        ended = raw.endswith(b"\n")
        while not ended and size >= MAX_LINE and (more := stream.readline(MAX_LINE)):
            size, whole, ended = size + len(more), False, more.endswith(b"\n")
        begin = start
        start += size
        raw = raw.removesuffix(b"\n").removesuffix(b"\r")
        end = begin + len(raw) if whole else start - ended
        if begin == 0 and raw.startswith(BOM):
            begin, raw = len(BOM), raw[len(BOM) :]
        text, intact = decode_line(raw, encodings)
        yield Line(begin, end, text, raw, intact and whole, ended)


def decode_line(raw: bytes, encodings: tuple[str, ...]) -> tuple[str, bool]:
    """The text in the first of the encodings that fits, and whether one did; else U+FFFD stands for what does not."""
    for encoding in encodings:
        try:
            return raw.decode(encoding), True
        except UnicodeDecodeError:
            continue
    return raw.decode(encodings[0], "replace"), False


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
