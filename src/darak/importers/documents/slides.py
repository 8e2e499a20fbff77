"""Presentations (.pptx): one record a slide, with the speaker's notes.

Signs: a zip whose content types name a PresentationML document. The locator is "slide N", in the order of the show.
Read by ECMA-376 part 1, chapters 19 and 21.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO
from xml.etree.ElementTree import Element

from darak.importers.documents.document import Damaged, DocumentImporter, Passage, Records, tidy
from darak.importers.documents.drawings import drawing_at, drawings, paragraphs
from darak.importers.documents.package import Package, holds_part, locked_sort
from darak.importers.importer import BadRow, Ignored, Item, Units
from darak.records.record import Origin

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SILENT = frozenset(("sldNum", "dt", "ftr", "hdr", "sldImg"))
"""Placeholders that repeat on every slide."""


class SlidesImporter(DocumentImporter):
    name = "slides"
    score = 0.6
    why = "an Office package with a presentation in it"

    def knows(self, head: bytes, name: str) -> bool:
        return holds_part(head, b"ppt/") or locked_sort(head, name) == "slides"

    def items(self, stream: BinaryIO, member: str) -> Iterator[Item]:
        package = Package(stream)
        main = package.main_part()
        relations = package.relations(main)
        slides = [slide.get(f"{_R}id", "") for slide in package.xml(main).iter(f"{_P}sldId")]
        records = Records(self.name, member, package.about())
        for number, relation in enumerate(slides, start=1):
            origin = Origin(member, f"slide {number}")
            try:
                part = relations[relation][1]
                title, text = _slide(package, part)
            except KeyError:
                yield BadRow("missing-part", origin, "the slide is not in the file")
            except Damaged as error:
                yield BadRow(error.code, origin, str(error))
            else:
                if text:
                    yield from records.of(Passage(f"slide {number}", text, title, extra={"slide": number}))
                else:
                    yield Ignored("slide-without-text", origin)
        yield Units(len(slides))


def _slide(package: Package, part: str) -> tuple[str | None, str]:
    """Title and whole text of a slide, its notes behind it."""
    root = package.xml(part)
    title, lines = "", list[str]()
    for kind, text in _shapes(root, drawings(package, part)):
        if not title and kind in ("title", "ctrTitle"):
            title = " ".join(text.split())
        lines.append(text)
    for kind, target in package.relations(part).values():
        if kind == "/notesSlide":
            notes = tidy("\n".join(text for kind, text in _shapes(package.xml(target), {}) if kind == "body"))
            lines += ["", notes] if notes else []
    return title or None, tidy("\n".join(lines))


def _shapes(parent: Element, drawn: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(placeholder's type, text) of each shape; tables row by row; groups opened; `drawn` as `drawings` gives it."""
    for child in parent:
        if child.tag == f"{_P}sp":
            placeholder = child.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
            kind = "" if placeholder is None else placeholder.get("type", "body")
            if kind not in _SILENT and (text := "\n".join(paragraphs(child))).strip():
                yield kind, text
        elif child.tag == f"{_A}tbl":
            rows = (
                " | ".join(" ".join("\n".join(paragraphs(cell)).split()) for cell in row.findall(f"{_A}tc"))
                for row in child.iter(f"{_A}tr")
            )
            yield "table", "\n".join(rows)
        elif text := drawing_at(child, drawn):
            yield "drawing", text
        elif child.tag != _FALLBACK:
            yield from _shapes(child, drawn)
