"""Lines of a text in UTF-16, as Windows editors save what they call Unicode, with their places in bytes."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from typing import BinaryIO

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.lines import MAX_LINE, Line
from darak.importers.formats.member_lines import MemberLines
from darak.importers.tree import Tree

_CODECS = {BOM_UTF16_LE: "utf-16-le", BOM_UTF16_BE: "utf-16-be"}
_CHUNK = 1 << 20


def codec_of_head(head: bytes) -> str | None:
    """The codec that a byte order mark of UTF-16 tells, else None."""
    return _CODECS.get(head[:2])


def in_utf8(head: bytes) -> bytes:
    """A head in UTF-8, whichever of the two it is written in."""
    codec = codec_of_head(head)
    return head if codec is None else head[2 : len(head) & ~1].decode(codec, "replace").encode("utf-8", "replace")


def lines_of(tree: Tree, member: str, encodings: tuple[str, ...] = ("utf-8",)) -> MemberLines:
    """The lines of a member in UTF-16 where its head says so, else in one of the encodings."""
    codec = codec_of_head(tree.head(member))
    return MemberLines(tree, member, encodings) if codec is None else Utf16Lines(tree, member, (codec,))


class Utf16Lines(MemberLines):
    def read(self) -> Iterator[Line]:
        try:
            with self._tree.open(self._member) as stream:
                for line in read_utf16_lines(stream, self._encodings[0]):
                    self._position = line.end
                    yield line
        except READ_ERRORS as error:
            self._error = error


def read_utf16_lines(stream: BinaryIO, codec: str) -> Iterator[Line]:
    """The lines of a stream that begins with a byte order mark; what cannot be decoded stands as U+FFFD.

    Of a line over MAX_LINE only the beginning is kept.
    """
    newline, back = "\n".encode(codec), "\r".encode(codec)
    stream.read(2)
    start, buffer, dropped = 2, b"", 0
    more = True
    while more:
        chunk = stream.read(_CHUNK)
        more = bool(chunk)
        buffer += chunk
        begin = search = 0
        while (at := buffer.find(newline, search)) >= 0:
            search = at + 1
            if (at - begin) % 2:
                continue  # halves of two characters, not a line's end
            search = at + 2
            yield _line(
                buffer[begin:at].removesuffix(back), start, at - begin + dropped, codec, ended=True, cut=dropped
            )
            start += at + 2 - begin + dropped
            begin, dropped = at + 2, 0
        buffer = buffer[begin:]
        if (surplus := len(buffer) - MAX_LINE) > 0:
            surplus += surplus % 2
            buffer, dropped = buffer[:-surplus], dropped + surplus
    if buffer:
        yield _line(buffer, start, len(buffer) + dropped, codec, ended=False, cut=dropped)


def _line(raw: bytes, start: int, size: int, codec: str, *, ended: bool, cut: int) -> Line:
    try:
        text, intact = raw.decode(codec), True
    except UnicodeDecodeError:
        text, intact = raw.decode(codec, "replace"), False
    end = start + size if cut else start + len(raw)
    return Line(start, end, text, raw, intact and not cut, ended)
