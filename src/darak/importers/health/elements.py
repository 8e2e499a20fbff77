"""The elements of a JSON array as items, several of each where it holds several measurements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from darak.importers.formats.json_array import Element
from darak.importers.formats.json_values import Json
from darak.importers.importer import BadRow, Flaw, Item, Units
from darak.records.record import Origin, Record

_LONGEST_RAW = 64 * 1024
_DAMAGE = {
    "damaged": "an entry is damaged and cannot be read",
    "cut-off": "the file ends within the list; export or download it again",
    "too-large": "an entry is too large to be one",
}

Build = Callable[[Json, Origin], Sequence[Item] | str]
"""The items of an object, at least one, or the message why it gives none."""


def element_items(elements: Iterable[Element], member: str, unit: re.Pattern[bytes], build: Build) -> Iterator[Item]:
    """The items of an array's elements; `unit` is found once in the bytes of each whole element.

    An element is one unit, and one more for each further item in it. Locators are "bytes A-B", the element.
    """
    for element in elements:
        yield from items_of(element, member, unit, build)


def items_of(element: Element, member: str, unit: re.Pattern[bytes], build: Build) -> Iterator[Item]:
    origin = Origin(member, f"bytes {element.start}-{element.end}")
    if element.problem:
        yield Units(1)
        yield BadRow(element.problem, origin, _DAMAGE[element.problem], element.raw[:_LONGEST_RAW])
        return
    yield Units(len(unit.findall(element.raw)) or 1)
    built = build(element.value, origin)
    if isinstance(built, str):
        yield BadRow("bad-entry", origin, built, element.raw[:_LONGEST_RAW])
        return
    if len(built) != 1:
        yield Units(len(built) - 1)
    yield from built
    if element.repaired and isinstance(built[-1], Record):
        yield Flaw("undecodable-text", origin, "some of its bytes could not be decoded")
