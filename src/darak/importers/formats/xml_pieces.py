"""An XML document of many small equal elements as a stream of pieces with their bytes: those elements, and what lies
between them. Damage costs the element it is in, and no document type declaration is ever interpreted.

For formats whose elements stand at any depth (track points in segments in tracks); those whose elements are the
root's children are read by xml_children.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO
from xml.etree import ElementTree

CHUNK = 1 << 20
MAX_PIECE = 4 << 20
_DECLARED = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_PREFIX = re.compile(rb"(</?)[\w.-]+:(?=[\w.-])")
_ATTRIBUTE_PREFIX = re.compile(rb"(\s)[\w.-]+:([\w.-]+\s*=)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes [`start`, `end`) of the document: an element of the name, or with the name "" what lies between two.

    `problem` is "damaged-element" for one that is not closed or not opened, "cut-off" for one at the document's end.
    """

    name: str
    start: int
    end: int
    raw: bytes
    problem: str = ""

    def markup(self) -> bytes:
        """The bytes with blanks instead of comments, as long as before."""
        if b"<!--" not in self.raw:
            return self.raw
        return _COMMENT.sub(lambda comment: b" " * len(comment[0]), self.raw)

    def element(self, encoding: str = "utf-8") -> ElementTree.Element | None:
        """The element without namespaces; None when it is not well-formed. Bytes that are damaged stand as U+FFFD."""
        raw = _ATTRIBUTE_PREFIX.sub(rb"\1\2", _PREFIX.sub(rb"\1", self.raw))
        try:
            return ElementTree.fromstring(raw.decode(encoding, "replace"))
        except ElementTree.ParseError:
            return None


def encoding_of(head: bytes) -> str:
    """The encoding that the document's declaration names; UTF-8 without one or when it is unknown."""
    declared = _DECLARED.search(head[:200])
    try:
        return codecs.lookup(declared[1].decode()).name if declared else "utf-8"
    except LookupError:
        return "utf-8"


def starts(names: Iterable[str]) -> re.Pattern[bytes]:
    """Where an element of one of the names begins, whatever its namespace's prefix."""
    return re.compile(rb"<(?:[\w.-]+:)?(?:" + "|".join(sorted(names)).encode() + rb")(?=[\s/>])")


def read_pieces(stream: BinaryIO, names: Iterable[str], largest: int = MAX_PIECE) -> Iterator[Piece]:
    """The pieces of a document in which elements of `names` do not stand within one another; an element of over
    `largest` bytes is taken for one that is not closed."""
    tag_names = "|".join(sorted(names)).encode()
    tags = re.compile(rb"<!--.*?-->|<(/?)(?:[\w.-]+:)?(" + tag_names + rb")(?:\s[^<>]*)?>", re.DOTALL)
    buffer = bytearray()
    base = begin = scanned = 0
    opened = ""

    def piece(name: str, first: int, end: int, problem: str = "") -> Piece:
        return Piece(name, base + first, base + end, bytes(buffer[first:end]), problem)

    while True:
        chunk = stream.read(CHUNK)
        buffer += chunk
        limit = _limit(buffer, scanned) if chunk else len(buffer)
        for tag in tags.finditer(buffer, scanned, max(limit, scanned)):
            if tag[2] is None:
                continue  # a comment
            name = tag[2].decode()
            if opened:
                if tag[1] and name == opened:
                    yield piece(opened, begin, tag.end())
                    opened, begin = "", tag.end()
                    continue
                yield piece(opened, begin, tag.start(), "damaged-element")
                opened, begin = "", tag.start()
            if tag.start() > begin:
                yield piece("", begin, tag.start())
            if tag[1]:
                yield piece(name, begin, tag.end(), "damaged-element")
                begin = tag.end()
            elif tag[0].endswith(b"/>"):
                yield piece(name, tag.start(), tag.end())
                begin = tag.end()
            else:
                opened, begin = name, tag.start()
        scanned = max(limit, scanned)
        if not chunk:
            break
        if scanned - begin > largest:
            yield piece(opened, begin, scanned, "damaged-element" if opened else "")
            opened, begin = "", scanned
        del buffer[:begin]
        base, scanned, begin = base + begin, scanned - begin, 0
    if begin < len(buffer) or opened:
        yield piece(opened, begin, len(buffer), "cut-off" if opened else "")


def _limit(buffer: bytearray, scanned: int) -> int:
    """Up to where tags and comments are whole; a comment that seems to have no end does not hold up the rest."""
    limit = buffer.rfind(b">") + 1
    comment = buffer.rfind(b"<!--", scanned, limit)
    unclosed = comment >= 0 and buffer.find(b"-->", comment) < 0 and len(buffer) - comment <= MAX_PIECE
    return comment if unclosed else limit
