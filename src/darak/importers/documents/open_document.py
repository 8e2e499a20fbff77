"""OpenDocument texts and presentations (.odt, .odp): one record for the text under each heading, or on each slide.

Sign: a zip that begins with its media type. Locators are "heading N" (0 before the first) and "slide N". Read by
OASIS OpenDocument 1.3, part 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from darak.importers.documents.document import About, Damaged, DocumentImporter, Passage, Records, parts, tidy
from darak.importers.documents.package import Package, moment
from darak.importers.importer import Item, Units

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_TYPES = (b"oasis.opendocument.text", b"oasis.opendocument.presentation")
_BLANKS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_SKIPPED = frozenset((f"{_TEXT}tracked-changes", f"{_OFFICE}annotation"))


class OpenDocumentImporter(DocumentImporter):
    name = "open-document"
    score = 0.6
    why = "an OpenDocument text or presentation"

    def knows(self, head: bytes, name: str) -> bool:
        return head.startswith(b"PK\3\4") and any(kind in head[:200] for kind in _TYPES)

    def items(self, stream: BinaryIO, member: str) -> Iterator[Item]:
        package = Package(stream)
        body = package.xml("content.xml").find(f"{_OFFICE}body")
        if body is None:
            raise Damaged("missing-part", "it has no body")
        slides = list(body.iter(f"{_DRAW}page"))
        passages = list(parts(p for p in (_slides(slides) if slides else _sections(body)) if p.text))
        if not passages:
            raise Damaged("no-text", "there is no text in it; if it is a picture of a page, run OCR on it first")
        records = Records(self.name, member, about_open_document(package))
        for passage in passages:
            yield from records.of(passage)
        yield Units(len(passages))


def about_open_document(package: Package) -> About:
    """What meta.xml says of the document."""
    try:
        meta = package.xml("meta.xml")
    except Damaged:
        return About()

    def said(tag: str) -> str:
        found = next(meta.iter(tag), None)
        return "" if found is None else (found.text or "").strip()

    return About.of(
        said(f"{_DUBLIN}title"),
        (said(f"{_META}initial-creator"), said(f"{_DUBLIN}creator")),
        moment(said(f"{_META}creation-date")),
        moment(said(f"{_DUBLIN}date")),
        subject=said(f"{_DUBLIN}subject"),
        description=said(f"{_DUBLIN}description"),
    )


def _slides(slides: list[Element]) -> Iterator[Passage]:
    for number, slide in enumerate(slides, start=1):
        yield Passage(f"slide {number}", tidy("\n".join(_lines(slide))), extra={"slide": number})


def _sections(body: Element) -> Iterator[Passage]:
    path: dict[int, str] = {}
    lines: list[str] = []
    number = 0
    for block in _blocks(body):
        if block.tag == f"{_TEXT}h" and (title := " ".join(_text(block).split())):
            yield Passage(f"heading {number}", tidy("\n".join(lines)), " › ".join(path.values()) or None)
            number += 1
            level = block.get(f"{_TEXT}outline-level", "1")
            depth = int(level) if level.isdecimal() else 1
            path = {key: name for key, name in path.items() if key < depth} | {depth: title}
            lines = [title]
        elif block.tag == f"{_TABLE}table":
            lines += _rows(block)
        else:
            lines.append(_text(block))
    yield Passage(f"heading {number}", tidy("\n".join(lines)), " › ".join(path.values()) or None)


def _lines(parent: Element) -> Iterator[str]:
    for block in _blocks(parent):
        yield from _rows(block) if block.tag == f"{_TABLE}table" else [_text(block)]


def _blocks(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h", f"{_TABLE}table"):
            yield child
        elif child.tag not in _SKIPPED:
            yield from _blocks(child)


def _rows(table: Element) -> Iterator[str]:
    for row in table.iter(f"{_TABLE}table-row"):
        yield " | ".join(" ".join(_text(cell).split()) for cell in row.findall(f"{_TABLE}table-cell"))


def _text(element: Element) -> str:
    """The text of an element with everything in it; runs of blanks are elements of their own."""
    out = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            out.append(" " * min(int(child.get(f"{_TEXT}c", "1")), 100))
        elif child.tag in _BLANKS:
            out.append(_BLANKS[child.tag])
        elif child.tag not in _SKIPPED:
            out.append(_text(child) + ("\n" if child.tag == f"{_TEXT}p" else ""))
        out.append(child.tail or "")
    return "".join(out)
