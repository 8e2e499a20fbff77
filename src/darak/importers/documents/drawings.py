"""Words that an Office document keeps beside its text: those of diagrams (SmartArt) and the titles of charts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from darak.importers.documents.document import Damaged, tidy
from darak.importers.documents.package import Package

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_KINDS = ("/diagramData", "/chart")
_PLACES = {
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": f"{_R}dm",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": f"{_R}id",
}
"""The elements that stand where a drawing is to be seen, and what in them names its relation."""


def drawings(package: Package, part: str) -> dict[str, str]:
    """The words of each drawing that a part shows, by the id of its relation. A damaged one has none."""
    found: dict[str, str] = {}
    for number, (kind, target) in package.relations(part).items():
        if kind in _KINDS:
            try:
                found[number] = tidy("\n".join(paragraphs(package.xml(target))))
            except Damaged:
                continue
    return found


def drawing_at(element: Element, found: Mapping[str, str]) -> str:
    """The words of the drawing that an element stands for, "" when it stands for none."""
    name = _PLACES.get(element.tag)
    return found.get(element.get(name, ""), "") if name else ""


def paragraphs(element: Element) -> Iterator[str]:
    """The paragraphs of a drawing's text (ECMA-376 part 1, 21.1.2)."""
    for paragraph in element.iter(f"{_A}p"):
        pieces = (
            "\n" if part.tag == f"{_A}br" else part.text or ""
            for part in paragraph.iter()
            if part.tag in (f"{_A}t", f"{_A}br")
        )
        yield "".join(pieces)
