"""Hangul documents: .hwp (HWP 5.0, an OLE file) and .hwpx (OWPML, KS X 6101): one record a section, long ones in parts.

Signs: an OLE file with a FileHeader that says "HWP Document File", or a zip with the media type of HWPX. The locator is
"section N", with "part M" where it is long. Documents with a password and those for distribution only are encrypted;
that is told. HWP by Hancom's public specification "한글 문서 파일 형식 5.0", revision 1.3.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterator
from importlib import import_module
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from darak.importers.documents.document import (
    NEEDS_PASSWORD,
    About,
    Damaged,
    DocumentImporter,
    Passage,
    Records,
    parts,
    read_whole,
    tidy,
)
from darak.importers.documents.ole import about_ole
from darak.importers.documents.package import OLE, Package, moment
from darak.importers.importer import BadRow, Ignored, Item, Units
from darak.records.record import Origin

_SIGNATURE = b"HWP Document File"
_COMPRESSED, _PASSWORD, _DISTRIBUTION = 1, 2, 4
_PARA_TEXT = 0x43
_SINGLE = frozenset((0, 10, 13, *range(24, 32)))
"""Control characters of one code unit; all other ones below 32 take eight."""
_SHOWN = {9: "\t", 10: "\n", 24: "-", 30: " ", 31: " "}
_MAX_SECTION = 64 << 20
_SECTION = re.compile(r"Contents/section(\d+)\.xml")


class HangulImporter(DocumentImporter):
    name = "hangul"
    score = 0.65
    why = "a document of Hangul (HWP or HWPX)"

    def knows(self, head: bytes, name: str) -> bool:
        if head.startswith(OLE):
            return _SIGNATURE in head or "FileHeader".encode("utf-16-le") in head or name.lower().endswith(".hwp")
        return head[:4] == b"PK\3\4" and b"application/hwp+zip" in head[:120]

    def items(self, stream: BinaryIO, member: str) -> Iterator[Item]:
        data = read_whole(stream)
        yield from self._old(data, member) if data.startswith(OLE) else self._new(Package(io.BytesIO(data)), member)

    def _old(self, data: bytes, member: str) -> Iterator[Item]:
        olefile: Any = import_module("olefile")
        try:
            ole: Any = olefile.OleFileIO(io.BytesIO(data))
            header: bytes = ole.openstream("FileHeader").read()
            flags = struct.unpack_from("<I", header, 36)[0]
            names: list[list[str]] = ole.listdir()
        except Exception as error:  # olefile raises whatever a damaged directory makes of it
            raise Damaged("damaged-document", "the document is damaged or cut off") from error
        if flags & _PASSWORD:
            raise Damaged("encrypted", NEEDS_PASSWORD)
        if flags & _DISTRIBUTION:
            raise Damaged("encrypted", "the document is for distribution and encrypted; save it as an ordinary one")
        numbers = sorted(int(name[1][7:]) for name in names if name[0] == "BodyText" and name[1][7:].isdecimal())
        records = Records(self.name, member, about_ole(ole, "\x05HwpSummaryInformation"))
        for number in numbers:
            try:
                section: bytes = ole.openstream(["BodyText", f"Section{number}"]).read()
                if flags & _COMPRESSED:
                    section = zlib.decompressobj(-15).decompress(section, _MAX_SECTION)
                text = "\n".join(paragraphs(section))
            except Exception as error:
                origin = Origin(member, f"section {number + 1}")
                yield BadRow("damaged-part", origin, f"the section cannot be read: {error}")
                yield Units(1)
                continue
            yield from self._section(records, member, number, text)
        if ole.parsing_issues:
            yield BadRow("cut-off", Origin(member, f"bytes {len(data)}-"), "the document is damaged or cut off")
            yield Units(1)

    def _new(self, package: Package, member: str) -> Iterator[Item]:
        records = Records(self.name, member, _about(package))
        numbers = sorted(int(match[1]) for name in package.names if (match := _SECTION.fullmatch(name)))
        if not numbers:
            raise Damaged("encrypted", "there is no text in it that can be read; it may need a password")
        for number in numbers:
            try:
                text = "\n".join(_lines(package.xml(f"Contents/section{number}.xml")))
            except Damaged as error:
                yield BadRow(error.code, Origin(member, f"section {number + 1}"), str(error))
                yield Units(1)
                continue
            yield from self._section(records, member, number, text)

    def _section(self, records: Records, member: str, number: int, text: str) -> Iterator[Item]:
        locator = f"section {number + 1}"
        pieces = list(parts([Passage(locator, tidy(text))] if text.strip() else []))
        if not pieces:
            yield Ignored("section-without-text", Origin(member, locator))
        for piece in pieces:
            yield from records.of(piece)
        yield Units(max(len(pieces), 1))


def paragraphs(section: bytes) -> Iterator[str]:
    """The texts of a section's paragraphs; those of tables, notes and boxes follow the one they hang on."""
    position = 0
    while position + 4 <= len(section):
        header = struct.unpack_from("<I", section, position)[0]
        position += 4
        size = header >> 20
        if size == 0xFFF:
            size = struct.unpack_from("<I", section, position)[0]
            position += 4
        if header & 0x3FF == _PARA_TEXT:
            yield _text(section[position : position + size])
        position += size


def _text(data: bytes) -> str:
    units = struct.unpack(f"<{len(data) // 2}H", data[: len(data) // 2 * 2])
    out: list[str] = []
    place = start = 0
    while place < len(units):
        unit = units[place]
        if unit >= 32:
            place += 1
            continue
        out.append(data[2 * start : 2 * place].decode("utf-16-le", "replace"))
        out.append(_SHOWN.get(unit, ""))
        place += 1 if unit in _SINGLE else 8
        start = place
    out.append(data[2 * start : 2 * place].decode("utf-16-le", "replace"))
    return "".join(out)


def _about(package: Package) -> About:
    try:
        book = package.xml("Contents/content.hpf")
    except Damaged:
        return About()
    said = {_local(element.tag): (element.text or "").strip() for element in book.iter() if not element.get("name")}
    named = {element.get("name", "").lower(): (element.text or "").strip() for element in book.iter()}
    return About.of(
        said.get("title"),
        (named.get("creator", ""),),
        moment(named.get("createddate", "")),
        moment(named.get("modifieddate", "")),
        subject=named.get("subject"),
        keywords=named.get("keyword"),
    )


def _lines(parent: Element) -> Iterator[str]:
    """The paragraphs of an element; a table's rows are lines, behind the paragraph it hangs on."""
    for child in parent:
        name = _local(child.tag)
        if name == "tr":
            cells = (" ".join(" ".join(_lines(cell)).split()) for cell in child if _local(cell.tag) == "tc")
            yield " | ".join(cells)
        elif name == "p":
            yield "".join(_words(child))
            yield from _lines(child)
        elif name != "t":
            yield from _lines(child)


def _words(paragraph: Element) -> Iterator[str]:
    for run in paragraph:
        for text in run:
            if _local(text.tag) == "t":
                yield text.text or ""
                for mark in text:
                    yield {"lineBreak": "\n", "tab": "\t", "nbSpace": " ", "fwSpace": " "}.get(_local(mark.tag), "")
                    yield mark.tail or ""


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
