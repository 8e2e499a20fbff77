"""Elements of JSON as the items of a chat: a record each, a bad row for each that is damaged, and the count of them.

Unlike plain lists of objects, a message is told together with what stands around it: the chat that it lies in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.json_element import Element, Shape, shape_of
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Units
from darak.importers.tree import Tree
from darak.records.record import Origin, Record

_LONGEST_RAW = 64 * 1024
_SECOND = re.compile(rb"\}\s*,\s*(?=\{)")
_DAMAGE = {
    "damaged": "a message is damaged and cannot be read",
    "cut-off": "the file ends within the messages; export or download it again",
    "too-large": "a message of over 16 MB was left out",
}

Build = Callable[[Element, Origin], Record | Ignored | str]
"""The record of an element, or the message why it gives none."""


def message_items(
    tree: Tree,
    member: str,
    elements: Callable[[BinaryIO], Iterable[Element]],
    unit: re.Pattern[bytes],
    build: Build,
) -> Iterator[Item]:
    """The items of what `elements` finds in the member; `unit` is found once in the bytes of each whole message.

    Locators are "bytes A-B", the element.
    """
    end = 0
    try:
        with tree.open(member) as stream:
            for element in elements(stream):
                end = element.end
                yield from _items(element, Origin(member, f"bytes {element.start}-{end}"), unit, build)
    except READ_ERRORS as error:
        yield Units(1)
        yield BadRow("unreadable", Origin(member, f"bytes {end}-"), f"cannot be read to its end: {error}")


def _items(element: Element, origin: Origin, unit: re.Pattern[bytes], build: Build) -> Iterator[Item]:
    if element.problem:
        yield Units(1)
        yield BadRow(element.problem, origin, _DAMAGE[element.problem], element.raw[:_LONGEST_RAW])
        return
    yield Units(len(unit.findall(element.raw)) or 1)
    built = build(element, origin)
    if isinstance(built, str):
        yield BadRow("bad-entry", origin, built, element.raw[:_LONGEST_RAW])
        return
    yield built
    if element.repaired and isinstance(built, Record):
        yield Flaw("undecodable-text", origin, "some of its bytes could not be decoded")


def shape_in(head: bytes) -> Shape | None:
    """The shape of the array of messages that begins with `head`; that of a later one where the first is damaged."""
    if shape := shape_of(head):
        return shape
    begins = (match.end() for match in _SECOND.finditer(head))
    return next(filter(None, (shape_of(b"[" + head[begin : begin + _LONGEST_RAW]) for begin in begins)), None)
