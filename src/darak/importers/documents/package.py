"""A document that is a zip of XML parts (Office, OpenDocument, EPUB). Its parts are not trusted.

Each part is read by itself, so that a damaged picture or page costs nothing else.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from contextlib import suppress
from typing import BinaryIO
from urllib.parse import unquote
from xml.etree import ElementTree

from darak.importers.archive import READ_ERRORS
from darak.importers.documents.document import NEEDS_PASSWORD, About, Damaged, read_whole
from darak.records.time import Time, parse_iso

MAX_PART = 64 << 20
"""Bytes that one part may have when unpacked; as XML it takes several times that in memory."""
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_ENTRY = b"PK\3\4"
_FOLDER = re.compile(_ENTRY + rb".{26}(word/|ppt/|xl/)", re.DOTALL)
_MAIN_PART = "/officeDocument"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What a compound file (MS-CFB) begins with."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MANIFEST, _ENCRYPTED = "META-INF/manifest.xml", b":encryption-data"
"""Where OpenDocument and HWPX say which parts are encrypted (ODF 1.3, part 2, 4.8)."""
_SORTS = {".doc": "word", ".ppt": "slides", ".xls": "sheets"}
_STREAMS = tuple(
    (sort, name.encode("utf-16-le"))
    for sort, name in (
        *(("word", "WordDocument"), ("slides", "PowerPoint Document")),
        *(("sheets", "Workbook"), ("sheets", "Book\0")),
    )
)
"""Streams by which Office before 2007 keeps its documents; a workbook may lie within one of the others."""


class Package:
    """The parts of a document by name; `largest` is the size of the largest of them when unpacked."""

    def __init__(self, stream: BinaryIO) -> None:
        data = read_whole(stream)
        if data.startswith(OLE):
            raise Damaged("encrypted", NEEDS_PASSWORD)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError) as error:
            raise Damaged("cut-off", "the document is damaged or cut off; save or download it again") from error
        self.names = frozenset(self._zip.namelist())
        if self._is_locked():
            raise Damaged("encrypted", NEEDS_PASSWORD)
        self.largest = max((info.file_size for info in self._zip.infolist()), default=0)

    def _is_locked(self) -> bool:
        with suppress(Damaged):  # a manifest that is missing or damaged says nothing; the parts may be there
            return _ENCRYPTED in self.read(_MANIFEST)
        return False

    def read(self, name: str) -> bytes:
        """The bytes of a part. `Damaged` when it is missing, broken or too large."""
        try:
            info = self._zip.getinfo(name)
            if info.file_size > MAX_PART:
                raise Damaged("too-large", f"{name} in it is over {MAX_PART >> 20} MB")
            return self._zip.read(info)
        except KeyError as error:
            raise Damaged("missing-part", f"there is no {name} in it") from error
        except (ValueError, *READ_ERRORS) as error:  # zipfile seeks to where a damaged directory sends it
            raise Damaged("damaged-part", f"{name} in it cannot be read: {error}") from error

    def xml(self, name: str) -> ElementTree.Element:
        """A part as XML; document types, and entities with them, are refused."""
        return parse_xml(self.read(name), name)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """The relations of an Office part: id -> (type's last word with its slash, name of the part it leads to)."""
        folder, _, file = part.rpartition("/")
        name = f"{folder}/_rels/{file}.rels".lstrip("/")
        if name not in self.names:
            return {}
        found: dict[str, tuple[str, str]] = {}
        for relation in self.xml(name).iter(_RELATIONS):
            target, kind = relation.get("Target", ""), relation.get("Type", "")
            if relation.get("TargetMode") != "External":
                found[relation.get("Id", "")] = ("/" + kind.rpartition("/")[2], joined(folder, target))
        return found

    def main_part(self) -> str:
        """The name of the Office part that everything starts from."""
        for kind, target in self.relations("").values():
            if kind == _MAIN_PART:
                return target
        raise Damaged("missing-part", "it does not say where its content is")

    def about(self) -> About:
        """Title, authors and times of an Office document (docProps/core.xml)."""
        name = next((target for kind, target in self.relations("").values() if kind == "/core-properties"), "")
        try:
            core = self.xml(name or "docProps/core.xml")
        except Damaged:
            return About()

        def said(tag: str) -> str:
            return (core.findtext(tag) or "").strip()

        authors = tuple(author.strip() for author in said(f"{_DUBLIN}creator").split(";"))
        return About.of(
            said(f"{_DUBLIN}title"),
            authors,
            moment(said(f"{_TERMS}created")),
            moment(said(f"{_TERMS}modified")),
            subject=said(f"{_DUBLIN}subject"),
            description=said(f"{_DUBLIN}description"),
            keywords=said(f"{_CORE}keywords"),
            modified_by=said(f"{_CORE}lastModifiedBy") if said(f"{_CORE}lastModifiedBy") not in authors else "",
        )


def holds_part(head: bytes, folder: bytes) -> bool:
    """Whether a file with this head is a zip with a part in that folder, whichever part comes first.

    Of several such folders the first counts: a chart in a Word document brings a whole workbook along.
    """
    found = _FOLDER.search(head) if head[:4] == _ENTRY else None
    return found is not None and found[1] == folder


def locked_sort(head: bytes, name: str) -> str:
    """What an Office package under a password is (MS-OFFCRYPTO 1.3): "word", "slides" or "sheets"; "" for other files.

    It is a compound file that does not say what it holds, and often not within its head that it holds a package: then
    a package's ending on a compound file says both.
    """
    ending = name.lower()[-5:]
    if not head.startswith(OLE) or not (_LOCKED in head or ending[-1:] in ("x", "m")):
        return ""
    return _SORTS.get(ending[:4], "sheets" if _LOCKED in head else "")


def old_sort(head: bytes, name: str) -> str:
    """What a compound file with this head is (Office before 2007): "word", "slides" or "sheets"; "" for others.

    By the names of its streams, where they stand within the head, else by its ending.
    """
    if not head.startswith(OLE):
        return ""
    named = next((sort for sort, stream in _STREAMS if stream in head), "")
    by_ending = _SORTS.get(name.lower()[-4:], "")
    return by_ending if by_ending and named in ("", "sheets") else named


def parse_xml(data: bytes, name: str) -> ElementTree.Element:
    if b"<!DOCTYPE" in data[:4096] and b"<!ENTITY" in data:
        raise Damaged("unsafe-xml", f"{name} in it defines entities of its own, which no document needs")
    try:
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Damaged("damaged-part", f"{name} in it is no whole XML: {error}") from error


def joined(folder: str, target: str) -> str:
    """The name of the part that `target` leads to from `folder`."""
    path = unquote(target.partition("#")[0])
    return posixpath.normpath(path if path.startswith("/") else f"{folder}/{path}").lstrip("/")


def moment(text: str) -> Time | None:
    """The time of a W3C date, None when there is none to be read."""
    try:
        return parse_iso(text) if text else None
    except (ValueError, IndexError):
        return None
