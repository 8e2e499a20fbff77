"""Objects in JSON lists as items: what each gives, a bad row for each that is damaged, and the count beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.json_array import read_array, read_elements
from darak.importers.formats.json_element import Element, array_shape, load_object
from darak.importers.formats.lines import read_lines
from darak.importers.formats.outcomes import LONGEST_RAW, Built, built_items, unreadable
from darak.importers.importer import BadRow, Item, Units
from darak.importers.resume import skip
from darak.importers.tree import Tree
from darak.records.record import Origin

PROBLEMS = {
    "damaged": "an entry is damaged and cannot be read",
    "cut-off": "the file ends within its entries; export or download it again",
    "too-large": "an entry that is too large was left out",
}


def object_items(
    tree: Tree,
    member: str,
    build: Callable[[dict[str, Any], Origin], Built],
    unit: re.Pattern[bytes] | None = None,
    path: tuple[str, ...] = (),
) -> Iterator[Item]:
    """The items of the objects that `elements_of` finds, each of them built from its value alone."""
    return element_items(elements_of(tree, member, path), member, lambda one, origin: build(one.value, origin), unit)


def element_items(
    elements: Iterable[Element],
    member: str,
    build: Callable[[Element, Origin], Built],
    unit: re.Pattern[bytes] | None = None,
) -> Iterator[Item]:
    """The items of each element. Locators are "bytes A-B", the element.

    `unit` is found once in the bytes of each whole object; without it the objects themselves are counted. One that
    gives several items counts as so many more.
    """
    for element in elements:
        origin = Origin(member, f"bytes {element.start}-{element.end}")
        if element.problem:
            yield from _damage(element, origin)
            continue
        yield Units((len(unit.findall(element.raw)) if unit else 1) or 1)
        built = build(element, origin)
        yield from built_items(built, origin, element.raw, intact=not element.repaired, code="bad-entry")


def elements_of(tree: Tree, member: str, path: tuple[str, ...] = (), start: int = 0) -> Iterator[Element]:
    """The objects in the arrays at `path` of the document that begins at byte `start`; without a path in the array
    that it is, or on its lines.

    Their places are those in the member.
    """

    def read(stream: BinaryIO) -> Iterator[Element]:
        for element in _elements(stream, tree.head(member)[start:], path):
            yield replace(element, start=start + element.start, end=start + element.end) if start else element

    return elements_by(read, tree, member, start)


def elements_by(
    read: Callable[[BinaryIO], Iterator[Element]], tree: Tree, member: str, start: int = 0
) -> Iterator[Element]:
    """The elements that `read` finds in the member from byte `start` on; what it cannot read on is one, too, of the
    problem "unreadable"."""
    end = start
    try:
        with tree.open(member) as stream:
            skip(stream, start)
            for element in read(stream):
                end = element.end
                yield element
    except READ_ERRORS as error:
        yield Element(0, end, end, str(error).encode(), problem="unreadable")


def _elements(stream: BinaryIO, head: bytes, path: tuple[str, ...]) -> Iterator[Element]:
    if path:
        yield from read_array(stream, path)
    elif shape := array_shape(head):
        yield from read_elements(stream, shape)
    elif head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        yield from _lines(stream)
    elif (rest := stream.read(LONGEST_RAW)).strip(b"\xef\xbb\xbf[]; \t\r\n"):
        yield Element(0, 0, len(rest), rest, problem="damaged")


def _lines(stream: BinaryIO) -> Iterator[Element]:
    """The objects of JSON Lines; a last line that is torn has the problem "cut-off"."""
    for index, line in enumerate(line for line in read_lines(stream, ("utf-8",)) if line.text.strip()):
        value, repaired = load_object(line.raw)
        problem = "" if value is not None else "damaged" if line.ended else "cut-off"
        yield Element(index, line.start, line.end, line.raw, value, problem, repaired)


def _damage(element: Element, origin: Origin) -> Iterator[Item]:
    if element.problem == "unreadable":
        yield from unreadable(origin.member, element.end, element.raw.decode())
        return
    yield Units(1)
    yield BadRow(element.problem, origin, PROBLEMS[element.problem], element.raw[:LONGEST_RAW])
