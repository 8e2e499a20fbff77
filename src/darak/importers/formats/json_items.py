"""Objects in JSON arrays as items: one record each, a bad row for each that is damaged, and the count beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.json_array import Element, Shape, read_array, read_elements, shape_of
from darak.importers.formats.json_element import load_object
from darak.importers.formats.lines import read_lines
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Units
from darak.importers.tree import Tree
from darak.records.record import Origin, Record

_BETWEEN = re.compile(rb"\}\s*,\s*(?=\{)")
_LONGEST_RAW = 64 * 1024
_DAMAGE = {
    "damaged": "an entry is damaged and cannot be read",
    "cut-off": "the file ends within the list; export or download it again",
    "too-large": "an entry of over 16 MB was left out",
}

Build = Callable[[dict[str, Any], Origin], Record | Ignored | str]
"""The record of an object, or the message why it gives none."""


def object_items(
    tree: Tree, member: str, unit: re.Pattern[bytes], build: Build, path: tuple[str, ...] = ()
) -> Iterator[Item]:
    """The items of the objects in the array at `path` (the document itself without one), or on the lines of a file.

    `unit` is found once in the bytes of each whole object. Locators are "bytes A-B", the object.
    """
    end = 0
    try:
        for element in _elements(tree, member, path):
            end = element.end
            origin = Origin(member, f"bytes {element.start}-{element.end}")
            if element.problem:
                yield Units(1)
                yield BadRow(element.problem, origin, _DAMAGE[element.problem], element.raw[:_LONGEST_RAW])
                continue
            built = build(element.value, origin)
            yield Units(len(unit.findall(element.raw)) or 1)
            if isinstance(built, str):
                yield BadRow("bad-entry", origin, built, element.raw[:_LONGEST_RAW])
                continue
            yield built
            if element.repaired and isinstance(built, Record):
                yield Flaw("undecodable-text", origin, "some of its bytes could not be decoded")
    except READ_ERRORS as error:
        yield Units(1)
        yield BadRow("unreadable", Origin(member, f"bytes {end}-"), f"cannot be read to its end: {error}")


def array_shape(head: bytes) -> Shape | None:
    """The shape of the array that begins with `head`, also when its first object is damaged.

    Where the first two objects begin differently, the one that the third begins like is right.
    """
    if not head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"["):
        return None
    shapes = [shape_of(head)]
    position = 0
    while len(shapes) < 3 and (between := _BETWEEN.search(head, position)):
        position = between.end()
        shapes.append(shape_of(b"[" + head[position:]))
    known = [shape for shape in shapes if shape is not None]
    return next((shape for shape in known if known.count(shape) > 1), known[0] if known else None)


def _elements(tree: Tree, member: str, path: tuple[str, ...]) -> Iterator[Element]:
    shape = None if path else array_shape(tree.head(member))
    with tree.open(member) as stream:
        if path:
            yield from read_array(stream, path)
        elif shape is not None:
            yield from read_elements(stream, shape)
        else:
            yield from _lines(stream)


def _lines(stream: BinaryIO) -> Iterator[Element]:
    """The objects of JSON Lines; a last line that is torn has the problem "cut-off"."""
    for index, line in enumerate(line for line in read_lines(stream, ("utf-8",)) if line.text.strip()):
        value, repaired = load_object(line.raw)
        problem = "" if value is not None else "damaged" if line.ended else "cut-off"
        yield Element(index, line.start, line.end, line.raw, value, problem, repaired)
