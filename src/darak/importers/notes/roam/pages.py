"""The pages of a Roam export one at a time: an array of objects that hold objects of the same kind.

Brackets are counted outside strings. Behind a damaged page reading goes on at the next object that is a page: one
with a title, and with the end of the array or another object behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.json_element import Element, load_object
from darak.importers.formats.json_window import BRACKET

MAX_PAGE = 48 << 20
_CHUNK = 1 << 20
_RAW_KEPT = 64 << 10
_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?\s*+\[\s*+(?=\{)")
_NEXT = re.compile(rb"\s*+,\s*+(?=\{)")
_LAST = re.compile(rb"\s*+\]\s*+\Z")
_BOUNDARY = re.compile(rb"\}\s*+,\s*+(?=\{)")
_OVERLAP = 256


def is_array_of_objects(head: bytes) -> bool:
    return _FIRST.match(head) is not None


def read_pages(stream: BinaryIO) -> Iterator[Element]:
    """The pages in order; the last has a problem when the array is not closed, mostly "cut-off"."""
    return _Reader(stream).pages()


class _Reader:
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._buffer = bytearray()
        self._base = 0
        self._ended = False

    def pages(self) -> Iterator[Element]:
        self._more()
        first = _FIRST.match(self._buffer)
        if first is None:
            return
        self._drop(first.end())
        while True:
            end = self._end(0)
            value, repaired = load_object(bytes(self._buffer[:end])) if end else (None, False)
            if end and value is not None:
                yield self._page(end, value, repaired=repaired)
                if self._follows(_NEXT):
                    continue
                if self._follows(_LAST):
                    return
            yield self._damaged()
            if not self._buffer:
                return

    def _damaged(self) -> Element:
        """What lies before the next page, or before the end."""
        start, raw = self._base, b""
        kept = 0
        while not (found := self._next_page()):
            kept = max(0, min(len(self._buffer), _RAW_KEPT - len(raw)))
            raw += bytes(self._buffer[:kept])
            if self._ended:
                closed = _LAST.search(self._buffer[-_OVERLAP:]) is not None
                self._drop(len(self._buffer))
                problem = "damaged" if closed and raw.strip(b" \r\n]") else "cut-off"
                return Element(0, start, self._base, raw, problem=problem)
            self._drop(max(0, len(self._buffer) - _OVERLAP))
        raw += bytes(self._buffer[: min(found, _RAW_KEPT)])
        end = self._base + self._buffer.rfind(b"}", 0, found) + 1
        self._drop(found)
        return Element(0, start, end, raw, problem="damaged")

    def _next_page(self) -> int:
        """Where in the buffer a page begins behind the one at its beginning; 0 when it is not known yet."""
        at = 0
        while boundary := _BOUNDARY.search(self._buffer, at):
            at = boundary.end()
            end = self._end(at)
            raw = bytes(self._buffer[at:end]) if end else b""
            if end and b'"title"' in raw and (_NEXT.match(self._buffer, end) or _LAST.match(self._buffer, end)):
                value, _ = load_object(raw)
                if value is not None and "title" in value:
                    return at
        if not self._ended:
            self._more()
        return 0

    def _page(self, end: int, value: dict[str, Any], repaired: bool) -> Element:
        page = Element(0, self._base, self._base + end, bytes(self._buffer[:end]), value, repaired=repaired)
        self._drop(end)
        return page

    def _end(self, at: int) -> int:
        """Where the object at `at` is closed; 0 when it is not, or only behind more than any page holds."""
        begin, depth = at, 0
        while True:
            if found := BRACKET.match(self._buffer, at):
                at = found.end()
                depth += 1 if found[1] in b"{[" else -1
                if depth == 0:
                    if at + _OVERLAP > len(self._buffer):
                        self._more()
                    return at
            elif len(self._buffer) - begin > MAX_PAGE or not self._more():
                return 0

    def _follows(self, pattern: re.Pattern[bytes]) -> bool:
        found = pattern.match(self._buffer)
        if found is None:
            return False
        self._drop(found.end())
        return True

    def _more(self) -> bool:
        try:
            chunk = self._stream.read(_CHUNK)
        except READ_ERRORS:
            chunk = b""
        self._buffer += chunk
        self._ended = not chunk
        return bool(chunk)

    def _drop(self, size: int) -> None:
        del self._buffer[:size]
        self._base += size
