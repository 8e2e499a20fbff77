"""Spreadsheets (.xlsx, .xlsb, .xls, .ods): records of up to 40 rows, each with the sheet's header row on top.

Signs: an Office or OpenDocument package with a workbook in it, or an old Excel file (BIFF in OLE). The locator is
"sheet NAME rows A-B", counted as the program counts them. Numbers are the stored values: formats of cells are not
applied, but for dates.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

from darak.importers.documents.document import About, Damaged, DocumentImporter, Passage, Records, read_whole
from darak.importers.documents.open_document import about_open_document
from darak.importers.documents.package import Package
from darak.importers.importer import BadRow, Ignored, Item, Units
from darak.records.record import Origin

ROWS = 40
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK = "Workbook".encode("utf-16-le")
_BOOK = "Book".encode("utf-16-le")
_MAX_HEADER = 300


class SheetsImporter(DocumentImporter):
    name = "spreadsheet"
    score = 0.6
    why = "a workbook of Excel or OpenDocument"

    def knows(self, head: bytes, name: str) -> bool:
        if head.startswith(_OLE):
            return _WORKBOOK in head or _BOOK in head or name.lower().endswith(".xls")
        modern = b"xl/workbook" in head or b"xl/worksheets/" in head or b"xl/_rels/" in head
        return head.startswith(b"PK\3\4") and (modern or b"oasis.opendocument.spreadsheet" in head[:200])

    def items(self, stream: BinaryIO, member: str) -> Iterator[Item]:
        import python_calamine

        data = read_whole(stream)
        try:
            book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        except python_calamine.PasswordError as error:
            raise Damaged("encrypted", "the workbook needs a password; save it without one") from error
        except (python_calamine.CalamineError, OSError) as error:
            raise Damaged("damaged-document", f"the workbook is damaged or cut off: {error}") from error
        records = Records(self.name, member, _about(data))
        for sheet in book.sheet_names:
            try:
                rows: list[list[Any]] = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            except (python_calamine.CalamineError, OSError) as error:
                yield BadRow("damaged-part", Origin(member, f"sheet {sheet}"), f"the sheet cannot be read: {error}")
                yield Units(1)
                continue
            passages = list(_passages(sheet, rows))
            if not passages:
                yield Ignored("empty-sheet", Origin(member, f"sheet {sheet}"))
            for passage in passages:
                yield from records.of(passage)
            yield Units(max(len(passages), 1))


def _about(data: bytes) -> About:
    if data.startswith(_OLE):
        return About()
    package = Package(io.BytesIO(data))
    return about_open_document(package) if "meta.xml" in package.names else package.about()


def _passages(sheet: str, rows: list[list[Any]]) -> Iterator[Passage]:
    """The rows in pieces; a first row of words alone is the header and stands on top of every piece."""
    lines = [(number, line) for number, row in enumerate(rows, start=1) if (line := _line(row))]
    first = lines[0][0] if lines else 0
    filled = [cell for cell in rows[first - 1] if cell != ""] if lines else []
    header = lines[0][1] if len(filled) > 1 and all(isinstance(cell, str) for cell in filled) else ""
    for start in range(0, len(lines), ROWS):
        piece = lines[start : start + ROWS]
        text = "\n".join(line for _, line in piece)
        if start and header and len(header) <= _MAX_HEADER:
            text = f"{header}\n{text}"
        yield Passage(f"sheet {sheet} rows {piece[0][0]}-{piece[-1][0]}", text, sheet, extra={"sheet": sheet})


def _line(row: list[Any]) -> str:
    cells = [_cell(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return " | ".join(cells)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(value, (date, time, timedelta)):
        return str(value)
    return " ".join(str(value).split())
