"""The children of an XML document's root, a batch at a time, from a stream of any size; damage costs one child.

The document type declaration is skipped, because Apple has shipped files in which it is malformed; one that declares
entities is refused. Without it, no entity can be declared, and no other file or address is ever opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from darak.importers.formats.xml_parser import Child, Parser, Schema

CHUNK = 1 << 20
MAX_TAG = 8 << 20
MAX_CHILD = 32 << 20


class EntitiesRefused(Exception):
    """The document declares entities, which no export does and attacks do."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Children that ended one after the other, and all bytes [`start`, `end`) they were read from."""

    children: list[Child]
    raw: bytes
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.raw)

    def raw_of(self, child: Child) -> bytes:
        return self.raw[max(0, child.start - self.start) : child.end - self.start]


def read_children(stream: BinaryIO, schema: Schema, start: int = 0) -> Iterator[Batch]:
    """The children from byte `start` on, where a child or the document begins and the stream already is.

    The last child has the problem "cut-off" when the root is not closed. EntitiesRefused for what its name says.
    """
    reader = _Reader(schema, start)
    carry = b""
    while data := stream.read(CHUNK):
        data = carry + data
        # Fed up to the end of a tag, no tag is spread over two pieces.
        cut = data.rfind(b">") + 1
        piece, carry = data[:cut], data[cut:]
        if len(carry) > MAX_TAG:
            piece, carry = data, b""
        if piece:
            yield reader.feed(piece)
    yield reader.close(carry)


class _Reader:
    """Feeds pieces of a document to a parser, and to a new one behind each damage."""

    def __init__(self, schema: Schema, start: int) -> None:
        self._schema = schema
        self._top = schema.starts(schema.children)
        self._outer = schema.starts(schema.children - schema.nested)
        self._stray_end = re.compile(rb"</(?:" + "|".join(schema.children).encode() + rb")\s*>")
        self._in_prolog = start == 0
        self._unnamed = False
        self._told = False
        self._failed = -1
        self._lost: Child | None = None
        self._parser: Parser | None = None
        self._position = start
        self._tail = bytearray()
        self._tail_start = start
        if start:
            self._parser = Parser(schema, start)

    def feed(self, piece: bytes) -> Batch:
        self._tail += piece
        children: list[Child] = []
        self._parse(piece, children)
        between = self._lost is None and self._parser is not None and self._parser.open is None
        batch = self._batch(children, self._position if between and piece.endswith(b">") else None)
        if len(self._tail) > MAX_CHILD:
            self._give_up(batch.children)
            return Batch(batch.children, batch.raw + self._drop(), batch.start)
        return batch

    def _give_up(self, children: list[Child]) -> None:
        """Tells of a child of endless size once, and looks for the next one without keeping what lies between."""
        lost = self._lost or (self._parser and self._parser.open) or Child("", {}, self._tail_start)
        if not self._told:
            lost.end, lost.problem = self._position, "damaged-element"
            children.append(lost)
        self._told, self._in_prolog, self._parser = True, False, None
        self._lost = Child("", {}, self._position)

    def _drop(self) -> bytes:
        dropped = bytes(self._tail)
        self._tail.clear()
        self._tail_start = self._position
        return dropped

    def close(self, rest: bytes) -> Batch:
        self._tail += rest
        end = self._position + len(rest)
        children: list[Child] = []
        parser = self._parser
        lost = self._lost
        if lost is None and not (parser and parser.closed):
            lost = parser.open if parser and parser.open else Child("", {}, self._position)
        if lost is not None and not self._told:
            lost.end, lost.problem = end, "cut-off"
            children.append(lost)
        return Batch(children, bytes(self._tail), self._tail_start)

    def _batch(self, children: list[Child], end: int | None) -> Batch:
        """What is finished, with its bytes up to `end`; without one, those after the last child wait for the next."""
        if end is None:
            end = children[-1].end if children else self._tail_start
        size = end - self._tail_start
        batch = Batch(children, bytes(self._tail[:size]), self._tail_start)
        del self._tail[:size]
        self._tail_start = end
        return batch

    def _parse(self, piece: bytes, children: list[Child]) -> None:
        offset = 0
        if self._in_prolog:
            offset = self._first(piece)
        while offset < len(piece):
            if self._lost is not None:
                offset = self._recover(piece, offset, children)
                continue
            assert self._parser is not None
            failed = self._parser.parse(piece, offset, self._position, children)
            if failed is None:
                break
            offset = self._fail(piece, failed, children)
        self._position += len(piece)

    def _first(self, piece: bytes) -> int:
        """The offset of the first child in the piece, behind a prolog that declares no entities."""
        first = self._top.search(piece) or re.search(rb"</" + self._schema.root.encode(), piece)
        if b"<!ENTITY" in (piece[: first.start()] if first else piece):
            raise EntitiesRefused
        if first is None:
            return len(piece)
        self._in_prolog = False
        self._parser = Parser(self._schema, self._position + first.start())
        return first.start()

    def _fail(self, piece: bytes, failed: int, children: list[Child]) -> int:
        """Takes in that the document fails at byte `failed`; returns the offset from which to look for a new start."""
        assert self._parser is not None
        at = failed - self._position
        told = self._unnamed or self._parser.strayed
        end = self._stray_end.match(piece, max(0, at - 2)) if told else None
        if end and self._parser.open is None:
            # The end of a child whose beginning was damaged, and has been told already.
            self._unnamed = False
            self._parser = Parser(self._schema, self._position + end.end())
            return end.end()
        lost = self._parser.open or self._broken_tag(failed, children)
        self._unnamed = lost.name not in self._schema.children
        self._lost, self._parser = lost, None
        again = failed == self._failed or (lost.start == failed and not self._top.match(piece, at))
        self._failed = failed
        return max(0, at + again)

    def _broken_tag(self, failed: int, children: list[Child]) -> Child:
        """The child of which not even the first tag could be read."""
        end = children[-1].end if children else self._tail_start
        begin = self._top.search(self._tail, end - self._tail_start, failed - self._tail_start)
        if begin is None:
            return Child("", {}, failed)
        return Child(begin[0][1:].decode(), {}, self._tail_start + begin.start())

    def _recover(self, piece: bytes, offset: int, children: list[Child]) -> int:
        """Goes on where the next child begins; returns the offset from which to parse."""
        lost = self._lost
        assert lost is not None
        pattern = self._top
        if lost.name in self._schema.containers:
            pattern = re.compile(rb"</" + lost.name.encode() + rb"\s*>|" + self._outer.pattern)
        found = pattern.search(piece, offset)
        if found is None:
            return len(piece)
        begin = found.end() if found[0].startswith(b"</") else found.start()
        lost.end, lost.problem = self._position + begin, "damaged-element"
        if lost.end > lost.start and not self._told:
            children.append(lost)
        self._lost, self._told = None, False
        self._parser = Parser(self._schema, lost.end)
        return begin
