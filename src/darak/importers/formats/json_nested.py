"""The elements of an array that lies deep in a JSON document of any size; damage costs the element it is in.

Brackets are counted outside strings, so that a sound document is read exactly. Behind a damaged element reading goes
on where the next one begins as the first did, or where the next array of the same name begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import orjson

from darak.importers.formats.json_element import SCALAR, Element, load_object, shape_of
from darak.importers.formats.json_window import BRACKET, END, CutOff, Damaged, Window

_OVERLAP = 1 << 16
_RAW_KEPT = 1 << 16
_MOST_BEGINS = 50
_OPENING = (ord("{"), ord("["))
_KEY = re.compile(rb'"((?:[^"\\]|\\.)*+)"\s*:\s*(?=\S)', re.DOTALL)
_SCALAR = re.compile(SCALAR + rb"(?=[\s,}\]])", re.DOTALL)
_ANY_BOUNDARY = re.compile(rb"\}\s*,\s*(?=\{)")
_OUTER = re.compile(rb"[\]}]\s*,\s*(?=\{)")
_CLOSED = re.compile(rb"[\]}]\s*[\]}]\s*\Z")


def read_array(stream: BinaryIO, path: tuple[str, ...], start: int = 0, index: int = 0) -> Iterator[Element]:
    """The objects in the array at `path`, a key for each object on the way and "*" for each element of an array.

    `read_array(stream, ("chats", "list", "*", "messages"))` gives the messages of every chat, with the chat's name
    in `around`. With `start` reading goes on at that byte, where an element begins and the stream already is (not
    with a path of "*"); the next element is `index`. Ends with an element of the problem "cut-off" when the
    document is not whole.
    """
    walk = _Walk(Window(stream, start), path, index)
    try:
        yield from walk.elements({}) if start else walk.document()
    except CutOff:
        yield from walk.cut_off()
    yield from walk.told()


class _Outer(Exception):
    """The rest of an array was lost; the source stands at the next element of the array around it."""


class _Walk:
    def __init__(self, source: Window, path: tuple[str, ...], index: int) -> None:
        self._source = source
        self._path = path
        self._index = index
        self._boundary: re.Pattern[bytes] | None = None
        self._next: re.Pattern[bytes] | None = None
        self._header = re.compile(rb'(?<!\\)"' + re.escape(path[-1].encode()) + rb'"\s*:\s*(?=\[)')
        self._repeats = "*" in path
        self._lost: Element | None = None

    def document(self) -> Iterator[Element]:
        if self._source.peek() == 0xEF:
            self._source.at += 3
        reading = self._value(0, {})
        while True:
            try:
                yield from reading
            except (Damaged, _Outer):
                reading = self._find_array()
            else:
                return

    def told(self) -> Iterator[Element]:
        """The damaged element that was not told yet: what lies next to it might have been of it."""
        if self._lost is not None:
            yield self._lost
            self._index += 1
            self._lost = None

    def cut_off(self) -> Iterator[Element]:
        """Takes in that the document ended in the middle."""
        source = self._source
        if self._lost is None:
            end = source.base + len(source.buffer)
            raw = bytes(source.buffer[source.at :])
            self._lose(source.base + source.at, end, raw, "cut-off")
        return self.told()

    def _value(self, depth: int, around: dict[str, Any]) -> Iterator[Element]:
        """The elements in the value that begins here, which lies `depth` steps down the path."""
        source = self._source
        first = source.peek()
        if first == END:
            raise CutOff
        if depth == len(self._path) and first == ord("["):
            source.at += 1
            yield from self.elements(around)
        elif depth < len(self._path) and self._path[depth] == "*" and first == ord("["):
            source.at += 1
            yield from self._each(depth, around)
        elif depth < len(self._path) and self._path[depth] != "*" and first == ord("{"):
            source.at += 1
            yield from self._object(depth, dict(around))
        else:
            self._pass()

    def _object(self, depth: int, around: dict[str, Any]) -> Iterator[Element]:
        source = self._source
        while (mark := source.peek()) != ord("}"):
            if mark == END:
                raise CutOff
            if mark == ord(","):
                source.at += 1
                continue
            source.tidy()
            key = _loaded(b'"' + source.expect(_KEY)[1] + b'"')
            if key == self._path[depth]:
                yield from self._value(depth + 1, around)
            elif source.peek() in _OPENING:
                self._pass()
            else:
                around[str(key)] = _loaded(source.expect(_SCALAR)[0])
        source.at += 1

    def _each(self, depth: int, around: dict[str, Any]) -> Iterator[Element]:
        source = self._source
        while (mark := source.peek()) != ord("]"):
            if mark == END:
                raise CutOff
            if mark in (ord(","), ord("}")):  # the end of an object is left over where its beginning was damaged
                source.at += 1
                continue
            source.tidy()
            reading = self._value(depth + 1, around)
            while reading is not None:
                try:
                    yield from reading
                except Damaged:
                    reading = self._find_array()
                except _Outer:
                    reading = None
                else:
                    reading = None
        source.at += 1

    def elements(self, around: dict[str, Any]) -> Iterator[Element]:
        """The elements from here to the end of their array."""
        source = self._source
        while (mark := source.peek()) != ord("]"):
            if mark == END:
                raise CutOff
            if mark == ord(","):
                source.at += 1
                continue
            source.tidy()
            start = source.at
            try:
                raw, value, repaired = self._element(mark)
            except (Damaged, CutOff):
                source.at = start
                self._resume()
                continue
            yield from self.told()
            if self._boundary is None:
                shape = shape_of(b"[" + raw[:_OVERLAP])
                self._next = shape.boundary if shape else None
                self._boundary = _boundary_of(raw[:_OVERLAP])
            begin = source.base + start
            yield Element(self._index, begin, begin + len(raw), raw, value, "", repaired, around)
            self._index += 1
        source.at += 1
        yield from self.told()

    def _element(self, mark: int) -> tuple[bytes, Any, bool]:
        """(bytes, value, repaired) of the element that begins here; the place is then behind it."""
        source = self._source
        start = source.at
        # Most end where the next one seems to begin; if so, the brackets need not be counted.
        near = self._next and self._next.search(source.buffer, start, start + _OVERLAP)
        if near:
            raw = bytes(source.buffer[start : near.start() + 1])
            try:
                value = orjson.loads(raw)
            except orjson.JSONDecodeError:
                pass
            else:
                source.at += len(raw)
                return raw, value, False
        if mark != ord("{"):
            raise Damaged
        source.at = end = source.end_of_brackets()
        raw = bytes(source.buffer[start:end])
        value, repaired = load_object(raw)
        if value is None or source.peek() not in (ord(","), ord("]"), END):
            raise Damaged
        source.at = end
        return raw, value, repaired

    def _resume(self) -> None:
        """Goes on behind a damaged element; _Outer when the next array begins first, CutOff when nothing follows."""
        source = self._source
        start, kept = source.base + source.at, bytes(source.buffer[source.at : source.at + _RAW_KEPT])
        boundary = self._boundary or _boundary_of(kept)
        while True:
            sibling = boundary.search(source.buffer, source.at + 1)
            header = self._header.search(source.buffer, source.at + 1) if self._repeats else None
            if header and (sibling is None or header.start() < sibling.start()):
                self._step_out(header, start, kept)
                source.at = header.start()
                self._lose(start, source.base + source.at, kept, "damaged")
                raise Damaged
            if sibling:
                self._lose(start, source.base + sibling.start() + 1, kept, "damaged")
                source.at = sibling.end()
                return
            tail = bytes(source.buffer[-_OVERLAP:])
            source.at = max(source.at, len(source.buffer) - _OVERLAP)
            source.drop()
            if not source.more():
                problem = "damaged" if _CLOSED.search(tail) else "cut-off"
                self._lose(start, source.base + len(source.buffer), kept, problem)
                raise CutOff

    def _find_array(self) -> Iterator[Element]:
        """Goes on in the next array of the path's last name, behind damage outside of any."""
        source = self._source
        start, kept = source.base + source.at, bytes(source.buffer[source.at : source.at + _RAW_KEPT])
        while not (header := self._header.search(source.buffer, source.at)):
            tail = bytes(source.buffer[-_OVERLAP:])
            source.at = max(source.at, len(source.buffer) - _OVERLAP)
            source.drop()
            if not source.more():
                problem = "damaged" if _CLOSED.search(tail) else "cut-off"
                self._lose(start, source.base + len(source.buffer), kept, problem)
                raise CutOff
        if self._repeats:
            self._step_out(header, start, kept)
        self._lose(start, source.base + header.start(), kept, "damaged")
        source.at = header.end() + 1
        yield from self.elements({})

    def _step_out(self, header: re.Match[bytes], start: int, kept: bytes) -> None:
        """Loses what stands before the object in which the header is, and raises _Outer, if that can be found."""
        source = self._source
        begins = [found.end() for found in _OUTER.finditer(source.buffer, source.at, header.start())]
        for begin in reversed(begins[-_MOST_BEGINS:]):
            if _is_open_object(bytes(source.buffer[begin : header.start()])):
                source.at = begin
                self._lose(start, source.base + begin, kept, "damaged")
                raise _Outer

    def _lose(self, start: int, end: int, raw: bytes, problem: str) -> None:
        """Notes damaged bytes; those that follow each other are one element."""
        if self._lost is not None:
            start, raw = self._lost.start, self._lost.raw
        self._lost = Element(self._index, start, end, raw, problem=problem)

    def _pass(self) -> None:
        """Moves behind the value that begins here."""
        source = self._source
        if source.peek() in _OPENING:
            source.at = source.end_of_brackets(keep=False)
        else:
            source.expect(_SCALAR)


def _boundary_of(element: bytes) -> re.Pattern[bytes]:
    """What stands between elements that begin as this one does, one damaged byte allowed for."""
    shape = shape_of(b"[" + element)
    return re.compile(rb"[^\[:\s]\s*(?=" + shape.beginning.pattern + rb")") if shape else _ANY_BOUNDARY


def _is_open_object(beginning: bytes) -> bool:
    """Whether all that opens in the bytes is closed in them, but for the object that they begin with."""
    depth, at = 0, 0
    while found := BRACKET.match(beginning, at):
        depth += 1 if found[1] in b"{[" else -1
        at = found.end()
        if depth == 0:
            return False
    return depth == 1


def _loaded(raw: bytes) -> Any:
    """A string, a number or the like; what is none is text as it stands, undecodable bytes marked."""
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return raw.decode("utf-8", "replace").strip('"')
