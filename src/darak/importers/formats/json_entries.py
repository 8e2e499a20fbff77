"""The entries of a list in a JSON file or in a script around one, and each of them as one item.

Where an importer's entries give more than one item, it takes the elements alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.json_array import Element, read_array, read_elements, shape_of
from darak.importers.formats.json_values import Json, as_dict
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Units
from darak.importers.resume import skip
from darak.importers.tree import Tree
from darak.records.record import Origin, Record

_LONGEST_RAW = 1 << 16
_PROBLEMS = {
    "damaged": "an entry is damaged and cannot be read",
    "cut-off": "the file ends within its entries; export or download it again",
    "too-large": "an entry that is too large was left out",
    "unreadable": "the file cannot be read to its end",
}

Build = Callable[[Element, Origin], Record | Ignored | str]
"""The record of an entry, or the message why it gives none."""


def elements_of(tree: Tree, member: str, path: tuple[str, ...] = (), start: int = 0) -> Iterator[Element]:
    """The objects in the list that begins at byte `start`, or in the arrays at `path` of the document there.

    Their places are those in the member. What cannot be read on is an element of the problem "unreadable".
    """
    shape = None if path else shape_of(tree.head(member)[start:])
    end = start
    try:
        with tree.open(member) as stream:
            skip(stream, start)
            if path:
                for element in read_array(stream, path):
                    end = start + element.end
                    yield replace(element, start=start + element.start, end=end)
            elif shape:
                for element in read_elements(stream, shape, start):
                    end = element.end
                    yield element
            elif (rest := stream.read(_LONGEST_RAW)).strip(b"[]; \t\r\n"):
                yield Element(0, start, start + len(rest), rest, problem="damaged")
    except READ_ERRORS as error:
        yield Element(0, end, end, str(error).encode(), problem="unreadable")


def entry_items(elements: Iterable[Element], member: str, build: Build) -> Iterator[Item]:
    """One item for each entry. Locators are "bytes A-B", the entry; the units are what the separators divide."""
    for element in elements:
        origin = Origin(member, f"bytes {element.start}-{element.end}")
        yield Units(1)
        built = build(element, origin) if not element.problem else _PROBLEMS[element.problem]
        if isinstance(built, str):
            yield BadRow(element.problem or "bad-entry", origin, built, element.raw[:_LONGEST_RAW])
            continue
        yield built
        if element.repaired and isinstance(built, Record) and "\ufffd" in built.text:
            yield Flaw("undecodable", origin, "some bytes of the text cannot be decoded")


def value_of(element: Element) -> Json:
    """The element's object; an empty one when it could not be read."""
    return as_dict(element.value)
