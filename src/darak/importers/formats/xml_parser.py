"""One XML parser that collects the children of a document's root, each with its place in bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat


@dataclass(frozen=True, slots=True)
class Schema:
    """What is looked for: the root's name, its children's names, and which elements below a child are kept.

    In `containers` elements of the names in `nested` stand, which are children of the root elsewhere. `inner` are
    the elements below children that are not kept; at the root they are only left over from a damaged child.
    """

    root: str
    children: frozenset[str]
    containers: frozenset[str]
    nested: frozenset[str]
    kept: frozenset[str]
    inner: frozenset[str]

    def starts(self, names: frozenset[str]) -> re.Pattern[bytes]:
        """Where an element of one of the names begins."""
        return re.compile(rb"<(?:" + "|".join(sorted(names)).encode() + rb")(?=[\s/>])")


class Misplaced(Exception):
    """A child stands within another, because that was not closed; `at` is its first byte."""

    def __init__(self, at: int) -> None:
        self.at = at


@dataclass(slots=True)
class Child:
    """One child at bytes [`start`, `end`); `inner` are the kept elements in it: (depth below it, name, attributes).

    `problem` is the code of what could not be read to its end.
    """

    name: str
    attributes: dict[str, str]
    start: int
    end: int = 0
    inner: list[tuple[int, str, dict[str, str]]] = field(default_factory=list[tuple[int, str, dict[str, str]]])
    problem: str = ""


class Parser:
    """One expat parser that collects the children of the root."""

    def __init__(self, schema: Schema, start: int) -> None:
        """`start` is the byte at which parsing begins, between the root's children."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        self._parser = parser
        self._kept = schema.kept
        self._schema = schema
        self._left_over = (schema.kept | schema.inner) - schema.children
        self._depth = 0
        self._piece = b""
        self._piece_start = 0
        self._found: list[Child] = []
        self.open: Child | None = None
        self.closed = False
        self.strayed = False
        self._in_stray = False
        prefix = f"<{schema.root}>".encode()
        self._base = start - len(prefix)
        parser.Parse(prefix, False)
        parser.CharacterDataHandler = self._text

    def parse(self, piece: bytes, offset: int, piece_start: int, children: list[Child]) -> int | None:
        """Adds the children that end in `piece[offset:]`; the byte at which the document fails, if it does."""
        self._piece, self._piece_start, self._found = piece, piece_start, children
        try:
            self._parser.Parse(piece[offset:] if offset else piece, False)
        except expat.ExpatError:
            return self._base + self._parser.ErrorByteIndex
        except Misplaced as misplaced:
            return misplaced.at
        return None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        depth = self._depth
        self._depth = depth + 1
        if depth == 1:
            self._in_stray = False
            self.open = Child(name, attributes, self._base + self._parser.CurrentByteIndex)
        elif depth > 1 and self.open is not None:
            container = self.open.name in self._schema.containers and name in self._schema.nested
            if name in self._schema.children and not container:
                raise Misplaced(self._base + self._parser.CurrentByteIndex)
            if name in self._kept:
                self.open.inner.append((depth - 1, name, attributes))

    def _text(self, data: str) -> None:
        if self._depth == 1 and not data.isspace():
            at = self._base + self._parser.CurrentByteIndex
            size = len(data.encode())
            if not self._in_stray:
                self._found.append(Child("", {}, at - size, at, problem="stray-text"))
            self.strayed = self._in_stray = True

    def _end(self, name: str) -> None:
        self._depth -= 1
        child = self.open
        if self._depth == 1 and child is not None:
            at = self._base + self._parser.CurrentByteIndex
            tag = f"</{name}>".encode()
            # For an element without content the parser stands behind it already.
            closed = self._piece.startswith(tag[:-1], at - self._piece_start)
            child.end = at + len(tag) if closed else at
            if name not in self._left_over:
                self._found.append(child)
            self.open = None
        elif self._depth == 0:
            self.closed = True
