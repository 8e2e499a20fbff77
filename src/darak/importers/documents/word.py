"""Word documents (.docx): one record for the text under each heading; footnotes and comments stand where they belong.
And those of before 2007 (.doc), whose headings are not told apart.

Signs: a zip whose content types name a WordprocessingML document, or an OLE file with a stream WordDocument. The
locator is "heading N", the N-th heading of the document, "heading 0" for what stands before the first; "whole text" of
a .doc, with "part N" where it is long. Read by ECMA-376 part 1, chapter 17.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from darak.importers.documents import old_word
from darak.importers.documents.document import DocumentImporter, Passage, Records, parts, read_whole, tidy
from darak.importers.documents.drawings import drawing_at, drawings
from darak.importers.documents.ole import SUMMARY, about_ole, open_ole, stream_of
from darak.importers.documents.package import Damaged, Package, holds_part, locked_sort, old_sort
from darak.importers.importer import Item, Units
from darak.records.record import mend

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SKIPPED = frozenset(
    (
        f"{_W}del",
        f"{_W}moveFrom",
        f"{_W}instrText",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    )
)
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_NOTES = {f"{_W}footnoteReference": "footnote", f"{_W}endnoteReference": "endnote", f"{_W}commentReference": "comment"}
_NO_TEXT = "there is no text in it; if it is a picture of a page, run OCR on it first"
_WRAPPERS = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_HEADING = re.compile(r"(?i)(?:heading|제목)\s*([1-9])|title|제목|subtitle|부제")


class WordImporter(DocumentImporter):
    name = "word"
    version = 2
    score = 0.6
    why = "a Word document"

    def knows(self, head: bytes, name: str) -> bool:
        return holds_part(head, b"word/") or "word" in (old_sort(head, name), locked_sort(head, name))

    def items(self, stream: BinaryIO, member: str) -> Iterator[Item]:
        data = read_whole(stream)
        ole = open_ole(data, old_word.MAIN, member)
        return self._of(ole, member) if ole else self._of_package(Package(io.BytesIO(data)), member)

    def _of(self, ole: Any, member: str) -> Iterator[Item]:
        """A document of before 2007, as a whole."""
        text = tidy(mend(old_word.read_old_word(lambda name: stream_of(ole, name))))
        passages = list(parts([Passage("whole text", text)] if text else []))
        if not passages:
            raise Damaged("no-text", _NO_TEXT)
        records = Records(self.name, member, about_ole(ole, SUMMARY))
        for passage in passages:
            yield from records.of(passage)
        yield Units(len(passages))

    def _of_package(self, package: Package, member: str) -> Iterator[Item]:
        main = package.main_part()
        body = package.xml(main).find(f"{_W}body")
        if body is None:
            raise Damaged("missing-part", "it has no body")
        reader = _Reader(_headings(package, main), _notes(package, main), drawings(package, main))
        sections = list(parts(section for section in reader.sections(body) if section.text))
        if not sections:
            raise Damaged("no-text", _NO_TEXT)
        records = Records(self.name, member, package.about())
        for section in sections:
            yield from records.of(section)
        yield Units(len(sections))


class _Reader:
    """Walks the body once, in the order in which it is read."""

    def __init__(self, headings: dict[str, int], notes: dict[tuple[str, str], str], drawn: dict[str, str]) -> None:
        self._headings, self._notes, self._drawn = headings, notes, drawn

    def sections(self, body: Element) -> Iterator[Passage]:
        path: dict[int, str] = {}
        lines: list[str] = []
        number = 0
        for block in _opened(body, f"{_W}p", f"{_W}tbl"):
            if block.tag == f"{_W}tbl":
                lines += self._table(block)
                continue
            text = self.text(block)
            level = self._level(block)
            if level is None or not text.strip():
                lines.append(text)
                continue
            yield self._passage(number, path, lines)
            number += 1
            path = {depth: name for depth, name in path.items() if depth < level} | {level: " ".join(text.split())}
            lines = [text]
        yield self._passage(number, path, lines)

    def _passage(self, number: int, path: dict[int, str], lines: list[str]) -> Passage:
        heading = " › ".join(path.values())
        return Passage(f"heading {number}", tidy("\n".join(lines)), heading or None)

    def _level(self, paragraph: Element) -> int | None:
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return None
        outline = properties.find(f"{_W}outlineLvl")
        if outline is not None and (level := outline.get(f"{_W}val", "")).isdecimal() and int(level) < 9:
            return int(level) + 1
        style = properties.find(f"{_W}pStyle")
        return None if style is None else self._headings.get(style.get(f"{_W}val", ""))

    def _table(self, table: Element) -> Iterator[str]:
        for row in _opened(table, f"{_W}tr"):
            yield " | ".join(" ".join(self.text(cell).split()) for cell in _opened(row, f"{_W}tc"))

    def text(self, element: Element) -> str:
        """All text in an element but what is deleted; notes in brackets behind what they are to."""
        out: list[str] = []
        for child in element:
            if child.tag in _SKIPPED:
                continue
            if child.tag in (f"{_W}t", f"{_M}t"):
                out.append(child.text or "")
            elif child.tag in _BREAKS:
                out.append(_BREAKS[child.tag])
            elif child.tag in _NOTES:
                note = self._notes.get((_NOTES[child.tag], child.get(f"{_W}id", "")), "")
                out.append(f" [{note}]" if note else "")
            elif drawn := drawing_at(child, self._drawn):
                out.append(f"\n{drawn}\n")
            else:
                inner = self.text(child)
                out.append(f"{inner}\n" if child.tag == f"{_W}p" else inner)
        return "".join(out)


def _opened(parent: Element, *wanted: str) -> Iterator[Element]:
    """The elements of these kinds in order, content controls and insertions opened."""
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _opened(child, *wanted)


def _headings(package: Package, main: str) -> dict[str, int]:
    """The level of each paragraph style that is a heading: by its outline level, its base style, or its name."""
    part = next((target for kind, target in package.relations(main).values() if kind == "/styles"), "")
    try:
        styles = {style.get(f"{_W}styleId", ""): style for style in package.xml(part).iter(f"{_W}style")}
    except Damaged:
        styles: dict[str, Element] = {}
    levels: dict[str, int] = {f"Heading{level}": level for level in range(1, 10)} | {"Title": 1}
    for key, style in styles.items():
        current: Element | None = style
        for _ in range(10):
            if current is None:
                break
            if (level := _own_level(current)) is not None:
                levels[key] = level
                break
            base = current.find(f"{_W}basedOn")
            current = styles.get(base.get(f"{_W}val", "")) if base is not None else None
    return levels


def _own_level(style: Element) -> int | None:
    outline = style.find(f"{_W}pPr/{_W}outlineLvl")
    if outline is not None and (level := outline.get(f"{_W}val", "")).isdecimal():
        return int(level) + 1 if int(level) < 9 else None
    name = style.find(f"{_W}name")
    match = _HEADING.fullmatch(name.get(f"{_W}val", "")) if name is not None else None
    return None if match is None else int(match[1]) if match[1] else 1


def _notes(package: Package, main: str) -> dict[tuple[str, str], str]:
    """Texts of footnotes, endnotes and comments by (kind, id)."""
    found: dict[tuple[str, str], str] = {}
    reader = _Reader({}, {}, {})
    for kind, target in package.relations(main).values():
        singular = kind.strip("/").removesuffix("s")
        if singular not in _NOTES.values():
            continue
        try:
            part = package.xml(target)
        except Damaged:
            continue
        for note in part.iter(f"{_W}{singular}"):
            author = note.get(f"{_W}author")
            text = " ".join(reader.text(note).split())
            found[singular, note.get(f"{_W}id", "")] = f"{author}: {text}" if author and text else text
    return found
