"""One element of a JSON array, the shape that its elements share, and the bytes of one as a value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, cast

import orjson

SCALAR = rb'(?:"(?:[^"\\]|\\.)*+"|[-+.\w]++)'
_FIRST = re.compile(rb'\s*\[\s*\{\s*("(?:\w)+")\s*:(?:\s*' + SCALAR + rb'\s*,\s*("(?:\w)+")\s*:)?')
_BETWEEN = re.compile(rb"\}\s*,\s*(?=\{)")
_FOLLOWS = re.compile(rb"\s*,\s*(?=\{)")
_OPENED = re.compile(rb"\[\s*")
_DECODER = json.JSONDecoder(strict=False)


@dataclass(frozen=True, slots=True)
class Element:
    """One element at bytes [`start`, `end`) of the stream.

    `value` is None when it cannot be read, and then `problem` is a code and `raw` the bytes, at most the first
    MAX_ELEMENT. `repaired` tells that undecodable bytes in it stand as U+FFFD. `around` are the strings and numbers
    that stand before the array in the objects around it, the inner ones above the outer.
    """

    index: int
    start: int
    end: int
    raw: bytes
    value: Any = None
    problem: str = ""
    repaired: bool = False
    around: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Shape:
    """How the elements of one array begin, what stands between two, and what may follow one where there is damage."""

    beginning: re.Pattern[bytes]
    boundary: re.Pattern[bytes]
    after: re.Pattern[bytes]


def shape_of(head: bytes) -> Shape | None:
    """The shape of the array that begins with `head`; None when it is no array of objects."""
    first = _FIRST.match(head.removeprefix(b"\xef\xbb\xbf"))
    if first is None:
        return None
    beginning = rb"\{\s*" + first[1] + rb"\s*:"
    if first[2]:
        beginning += rb"\s*" + SCALAR + rb"\s*,\s*" + first[2] + rb"\s*:"
    after = rb'\s*+(?:[^\s{}"\[\]]{0,3}\s*+(?:\{|$)|,\s*+[^"]?+\s*+"?' + first[1] + rb")"
    boundary = rb"\}(\s*,\s*)(?=" + beginning + rb")"
    return Shape(re.compile(beginning), re.compile(boundary), re.compile(after, re.DOTALL))


def array_shape(head: bytes) -> Shape | None:
    """The shape of the array that begins with `head`, also when its first object is damaged.

    Where the first two objects begin differently, the one that the third begins like is right.
    """
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    opened = _OPENED.match(head)
    if opened is None:
        return None
    shapes = [shape_of(b"[" + head[begin:]) for begin in islice(_objects(head, opened.end()), 3)]
    known = [shape for shape in shapes if shape is not None]
    return next((shape for shape in known if known.count(shape) > 1), known[0] if known else None)


def _objects(head: bytes, begin: int) -> Iterator[int]:
    """Where the objects of an array begin, the first of them at `begin`; any of them may be damaged."""
    text = head.decode("latin-1")  # a character for each byte: only what JSON itself is written with counts here
    while True:
        yield begin
        if (end := _object_end(text, begin)) and (follows := _FOLLOWS.match(head, end)):
            begin = follows.end()
        elif end:
            return
        else:
            inner = begin
            while (between := _BETWEEN.search(head, inner)) and (inner := _inner_end(head, text, between.end())):
                pass
            if between is None:
                return
            begin = between.end()


def _object_end(text: str, begin: int) -> int:
    """Where the object ends that begins there; 0 when it is damaged or cut off."""
    try:
        return _DECODER.raw_decode(text, begin)[1]
    except (ValueError, RecursionError):  # not only of JSON: a number of thousands of digits is refused by Python
        return 0


def _inner_end(head: bytes, text: str, begin: int) -> int:
    """Where the array ends in which the object at `begin` stands; 0 when more than that array seems to end there."""
    while end := _object_end(text, begin):
        if (follows := _FOLLOWS.match(head, end)) is None:
            closed = head[end:].lstrip()
            return end if closed.startswith(b"]") and closed[1:].strip() else 0
        begin = follows.end()
    return 0


def load_object(raw: bytes) -> tuple[Any, bool]:
    """(value, repaired); the value is None when the bytes are no JSON object, even with bad bytes marked."""
    repaired = False
    try:
        value: Any = orjson.loads(raw)
    except orjson.JSONDecodeError:
        repaired = True
        try:
            value = json.loads(raw.decode("utf-8", "replace"), strict=False)
        except (ValueError, RecursionError):
            return None, False
    return (cast(Any, value), repaired) if isinstance(value, dict) else (None, False)
