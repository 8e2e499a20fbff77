"""One element of a JSON array, the shape that its elements share, and the bytes of one as a value."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import orjson

SCALAR = rb'(?:"(?:[^"\\]|\\.)*+"|[-+.\w]++)'
_FIRST = re.compile(rb'\s*\[\s*\{\s*("(?:\w)+")\s*:(?:\s*' + SCALAR + rb'\s*,\s*("(?:\w)+")\s*:)?')


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
