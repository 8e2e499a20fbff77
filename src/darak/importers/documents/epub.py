"""Books (.epub): one record a chapter, long ones in parts.

Sign: a zip that begins with the media type of EPUB. The locator is "chapter N", the N-th document of the book's spine
(EPUB 3.3 and OPF 2.0.1). A book of which the text is encrypted is told, not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from darak.importers.documents.document import About, Damaged, DocumentImporter, Passage, Records, parts
from darak.importers.documents.package import Package, joined, moment
from darak.importers.formats.decoding import decode
from darak.importers.formats.html_text import text_of_html
from darak.importers.importer import BadRow, Ignored, Item, Units
from darak.records.record import Origin

_OPF = "{http://www.idpf.org/2007/opf}"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_ENCRYPTED = re.compile(r"""CipherReference[^>]*URI\s*=\s*["']([^"']+)""")
_HEADING = re.compile(r"<h[1-6]\b[^>]*>(.*?)</h[1-6]", re.IGNORECASE | re.DOTALL)
_PARSED = ("application/xhtml+xml", "text/html", "text/x-oeb1-document")


class EpubImporter(DocumentImporter):
    name = "epub"
    score = 0.7
    why = "a zip with the media type of EPUB"

    def knows(self, head: bytes, name: str) -> bool:
        return head.startswith(b"PK\3\4") and (
            b"mimetypeapplication/epub+zip" in head[:120] or head[38:58] == b"application/epub+zip"
        )

    def items(self, stream: BinaryIO, member: str) -> Iterator[Item]:
        package = Package(stream)
        root_file = package.xml("META-INF/container.xml").find(f".//{_CONTAINER}rootfile")
        opf = "" if root_file is None else root_file.get("full-path", "")
        book = package.xml(opf)
        folder = opf.rpartition("/")[0]
        manifest = {
            item.get("id", ""): (joined(folder, item.get("href", "")), item.get("media-type", ""))
            for item in book.iter(f"{_OPF}item")
        }
        spine = [reference.get("idref", "") for reference in book.iter(f"{_OPF}itemref")]
        locked = _locked(package)
        records = Records(self.name, member, _about(book))
        for number, reference in enumerate(spine, start=1):
            origin = Origin(member, f"chapter {number}")
            part, kind = manifest.get(reference, ("", ""))
            if part in locked:
                yield BadRow("encrypted", origin, "the chapter is encrypted by its seller; it cannot be read")
                yield Units(1)
                continue
            try:
                source, whole = decode(package.read(part))
            except Damaged as error:
                yield BadRow(error.code, origin, str(error))
                yield Units(1)
                continue
            text = text_of_html(source) if kind in _PARSED else ""
            title = _HEADING.search(source)
            heading = " ".join(text_of_html(title[1]).split()) if title else ""
            flaw = None if whole else ("undecodable-text", "some of its bytes could not be decoded")
            chapter = Passage(f"chapter {number}", text, heading or None, flaw, {"chapter": number})
            pieces = list(parts([chapter] if text else []))
            if not pieces:
                yield Ignored("chapter-without-text", origin)
            for piece in pieces:
                yield from records.of(piece)
            yield Units(max(len(pieces), 1))


def _locked(package: Package) -> set[str]:
    """The parts that are encrypted."""
    if "META-INF/encryption.xml" not in package.names:
        return set()
    return set(_ENCRYPTED.findall(decode(package.read("META-INF/encryption.xml"))[0]))


def _about(book: Element) -> About:
    def said(tag: str) -> list[str]:
        return [text for found in book.iter(f"{_DUBLIN}{tag}") if (text := (found.text or "").strip())]

    dates = {date.get(f"{_OPF}event", "publication"): (date.text or "").strip() for date in book.iter(f"{_DUBLIN}date")}
    published = moment(dates.get("publication", "")) or moment(dates.get("creation", ""))
    return About.of(
        next(iter(said("title")), None),
        tuple(said("creator")),
        published,
        None,
        publisher=next(iter(said("publisher")), ""),
        language=next(iter(said("language")), ""),
        identifier=next(iter(said("identifier")), ""),
        description=text_of_html(" ".join(said("description"))),
    )
