"""Presentations (.pptx, and .ppt of before 2007): one record a slide, with the speaker's notes.

Signs: a zip whose content types name a PresentationML document, or an OLE file with a stream PowerPoint Document. The
locator is "slide N", in the order of the show. Read by ECMA-376 part 1, chapters 19 and 21.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from darak.importers.documents import old_slides
from darak.importers.documents.document import Damaged, DocumentImporter, Passage, Records, read_whole, tidy
from darak.importers.documents.drawings import drawing_at, drawings, paragraphs
from darak.importers.documents.ole import SUMMARY, about_ole, open_ole, stream_of
from darak.importers.documents.package import Package, holds_part, locked_sort, old_sort
from darak.importers.importer import BadRow, Ignored, Item, Units
from darak.records.record import Origin, mend

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SILENT = frozenset(("sldNum", "dt", "ftr", "hdr", "sldImg"))
"""Placeholders that repeat on every slide."""


class SlidesImporter(DocumentImporter):
    name = "slides"
    version = 2
    score = 0.6
    why = "a presentation of PowerPoint"

    def knows(self, head: bytes, name: str) -> bool:
        return holds_part(head, b"ppt/") or "slides" in (old_sort(head, name), locked_sort(head, name))

    def items(self, stream: BinaryIO, member: str) -> Iterator[Item]:
        data = read_whole(stream)
        ole = open_ole(data, old_slides.MAIN, member)
        return self._of(ole, member) if ole else self._of_package(Package(io.BytesIO(data)), member)

    def _of(self, ole: Any, member: str) -> Iterator[Item]:
        """A presentation of before 2007."""
        user = stream_of(ole, old_slides.USER) if ole.exists(old_slides.USER) else b""
        slides = old_slides.read_old_slides(stream_of(ole, old_slides.MAIN), user)
        records = Records(self.name, member, about_ole(ole, SUMMARY))
        for number, text in enumerate(map(mend, slides), start=1):
            if text:
                yield from records.of(Passage(f"slide {number}", text, None, extra={"slide": number}))
            else:
                yield Ignored("slide-without-text", Origin(member, f"slide {number}"))
        yield Units(len(slides))

    def _of_package(self, package: Package, member: str) -> Iterator[Item]:
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
