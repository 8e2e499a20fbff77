"""The elements of a JSON array, one at a time, from a stream of any size; damage costs the element it is in.

All elements are taken to begin with the same keys, as programs write them: where such a beginning follows the end
of an object is a boundary. What lies between two boundaries is given to the JSON parser as it is, so that nothing
but the parser decides what is in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from darak.importers.formats.json_element import Element, Shape, load_object, shape_of
from darak.importers.formats.json_nested import read_array

__all__ = ["Element", "Shape", "read_array", "read_elements", "shape_of"]

MAX_ELEMENT = 64 * 1024 * 1024
_CHUNK = 1 << 20
_OVERLAP = 1 << 16
_NEXT = re.compile(rb"\s*,\s*(?=\{)")
_CLOSED = re.compile(rb"\}\s*\]\Z")
_BLANK = b" \t\r\n"
_DECODER = json.JSONDecoder(strict=False)


def read_elements(stream: BinaryIO, shape: Shape, start: int = 0, index: int = 0) -> Iterator[Element]:
    """The elements from byte `start` of the array on (where the stream already is), the next one being `index`.

    Ends with an element of the problem "cut-off" when the array is not closed.
    """
    damaged: Element | None = None
    for begin, raw, size, last in _stretches(stream, shape.boundary, start):
        for element in _parse(raw, begin, size, last, shape):
            if element.value is not None:
                if damaged:
                    yield damaged
                    index += 1
                    damaged = None
                yield replace(element, index=index)
                index += 1
            elif damaged is None:
                damaged = replace(element, index=index)
            else:
                # Two damaged stretches are one element when together they can be read, else one piece of damage.
                joined = _join(damaged, element, index)
                if joined.value is not None:
                    yield joined
                    index += 1
                    damaged = None
                else:
                    damaged = joined
    if damaged:
        yield damaged


def _join(first: Element, second: Element, index: int) -> Element:
    raw = (first.raw + b"," + second.raw)[:MAX_ELEMENT]
    value, repaired = load_object(raw)
    problem = "" if value is not None else second.problem if second.problem == "cut-off" else first.problem
    return Element(index, first.start, second.end, raw, value, problem, repaired)


def _stretches(stream: BinaryIO, boundary: re.Pattern[bytes], start: int) -> Iterator[tuple[int, bytes, int, bool]]:
    """(first byte, bytes, size, whether it is the last) of what lies between boundaries.

    Of a stretch over MAX_ELEMENT only the beginning is kept; `size` is its whole size.
    """
    buffer = bytearray()
    searched, dropped = 0, 0
    while chunk := stream.read(_CHUNK):
        buffer += chunk
        begin = 0
        while match := boundary.search(buffer, searched):
            size = dropped + match.start() + 1 - begin
            yield start, bytes(buffer[begin : match.start() + 1]), size, False
            start += dropped + match.end() - begin
            begin = searched = match.end()
            dropped = 0
        del buffer[:begin]
        if surplus := max(0, len(buffer) - MAX_ELEMENT - _OVERLAP):
            del buffer[MAX_ELEMENT : MAX_ELEMENT + surplus]
            dropped += surplus
        searched = max(0, len(buffer) - _OVERLAP)
    yield start, bytes(buffer), dropped + len(buffer), True


def _parse(raw: bytes, begin: int, size: int, last: bool, shape: Shape) -> Iterator[Element]:
    """The elements in a stretch: one, or several where an element begins with other keys than the first did."""
    front = len(raw) - len(raw.lstrip(b"\xef\xbb\xbf" + _BLANK + b"[,"))
    body = raw[front:].rstrip(_BLANK)
    closed = not last or _CLOSED.search(body) is not None
    if last and closed:
        body = body[:-1]
    body = body.rstrip(_BLANK + b",")
    start, end = begin + front, begin + size
    if size > len(raw):
        yield Element(0, start, end, body, problem="too-large")
        return
    found: Element | None = None
    value, repaired = load_object(body)
    if value is not None:
        yield Element(0, start, start + len(body), body, value, repaired=repaired)
    elif body:
        for found in _sequence(body, start, "damaged" if closed else "cut-off", shape):
            yield found
    if not closed and not (found and found.problem):
        yield Element(0, end, end, b"", problem="cut-off")


def _sequence(body: bytes, start: int, problem: str, shape: Shape) -> Iterator[Element]:
    """Elements one after the other as far as they can be read, and what lies between them as damaged ones."""
    position = 0
    while position < len(body):
        value, size, repaired = _first_object(body[position:])
        if not shape.after.match(body, position + size):
            size = 0  # a brace in the middle of the object has closed it early
        if size:
            end = position + size
            yield Element(0, start + position, start + end, body[position:end], value, repaired=repaired)
            position = end
        if size and (separator := _NEXT.match(body, position)):
            position = separator.end()
            continue
        following = shape.beginning.search(body, position + (not size))
        end = following.start() if following else len(body)
        if body[position:end].strip(_BLANK + b","):
            yield Element(0, start + position, start + end, body[position:end], problem=problem)
        position = end


def _first_object(body: bytes) -> tuple[Any, int, bool]:
    """(value, size in bytes, repaired) of the object that `body` begins with; size 0 when there is none."""
    text = body.decode("utf-8", "surrogateescape")
    try:
        value, after = _DECODER.raw_decode(text)
    except (ValueError, RecursionError):
        return None, 0, False
    if not isinstance(value, dict):
        return None, 0, False
    size = len(text[:after].encode("utf-8", "surrogateescape"))
    value, repaired = load_object(body[:size])
    return (value, size, repaired) if value is not None else (None, 0, False)
