"""Spreadsheets (.xlsx, .xlsb, .xls, .ods): records of up to 40 rows, each with the sheet's header row on top.

Signs: an Office or OpenDocument package with a workbook in it, an old Excel file (BIFF in OLE), or the XML of Excel
2003. The locator is "sheet NAME rows A-B", counted as the program counts them. Numbers are the stored values: formats
of cells are not applied, but for dates.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import BinaryIO

from darak.importers.documents.document import About, Damaged, DocumentImporter, Passage, Records, read_whole
from darak.importers.documents.ole import about_ole
from darak.importers.documents.open_document import about_open_document
from darak.importers.documents.package import OLE, Package
from darak.importers.documents.workbook import Cells, is_workbook, is_xml_workbook, open_workbook, shown
from darak.importers.importer import BadRow, Ignored, Item, Units
from darak.records.record import Origin

ROWS = 40
_MAX_HEADER = 300


class SheetsImporter(DocumentImporter):
    name = "spreadsheet"
    score = 0.6
    why = "a workbook of Excel or OpenDocument"

    def knows(self, head: bytes, name: str) -> bool:
        return is_workbook(head, name)

    def items(self, stream: BinaryIO, member: str) -> Iterator[Item]:
        data = read_whole(stream)
        book = open_workbook(data, member)
        records = Records(self.name, member, _about(data))
        for name in book.names:
            seen = 0
            try:
                for passage in _passages(name, book.rows(name)):
                    seen += 1
                    yield from records.of(passage)
            except Damaged as error:
                seen += 1
                yield BadRow(error.code, Origin(member, f"sheet {name}"), str(error))
            if seen == 0:
                yield Ignored("empty-sheet", Origin(member, f"sheet {name}"))
            yield Units(max(seen, 1))


def _about(data: bytes) -> About:
    if data.startswith(OLE):
        try:
            return about_ole(import_module("olefile").OleFileIO(io.BytesIO(data)), "\x05SummaryInformation")
        except Exception:  # olefile raises whatever a damaged directory makes of it; calamine may still read the rows
            return About()
    if is_xml_workbook(data[:4096]):
        return About()
    package = Package(io.BytesIO(data))
    return about_open_document(package) if "meta.xml" in package.names else package.about()


def _passages(sheet: str, rows: Iterable[tuple[int, Cells]]) -> Iterator[Passage]:
    """The numbered rows in pieces; a first row of words alone is the header on top of each piece."""
    header: str | None = None
    piece: list[tuple[int, str]] = []
    for number, row in rows:
        line = _line(row)
        if not line:
            continue
        if header is None:
            filled = [cell for cell in row if cell != ""]
            words = len(filled) > 1 and all(isinstance(cell, str) for cell in filled)
            header = line if words and len(line) <= _MAX_HEADER else ""
        piece.append((number, line))
        if len(piece) == ROWS:
            yield _passage(sheet, header, piece)
            piece = []
    if piece:
        yield _passage(sheet, header or "", piece)


def _passage(sheet: str, header: str, piece: list[tuple[int, str]]) -> Passage:
    lines = [line for _, line in piece]
    if header and lines[0] != header:
        lines.insert(0, header)
    return Passage(f"sheet {sheet} rows {piece[0][0]}-{piece[-1][0]}", "\n".join(lines), sheet, extra={"sheet": sheet})


def _line(row: Cells) -> str:
    cells = [shown(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return " | ".join(cells)
