"""Spreadsheets (.xlsx, .xlsb, .xls, .ods): records of up to 40 rows, each with the sheet's header row on top.

Signs: an Office or OpenDocument package with a workbook in it, or an old Excel file (BIFF in OLE). The locator is
"sheet NAME rows A-B", counted as the program counts them. Numbers are the stored values: formats of cells are not
applied, but for dates.
"""

from __future__ import annotations

import io
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from importlib import import_module
from typing import Any, BinaryIO

from darak.importers.documents.document import About, Damaged, DocumentImporter, Passage, Records, read_whole
from darak.importers.documents.ole import OLE, about_ole
from darak.importers.documents.open_document import about_open_document
from darak.importers.documents.package import Package, holds_part
from darak.importers.importer import BadRow, Ignored, Item, Units
from darak.records.record import Origin

ROWS = 40
_WORKBOOK = "Workbook".encode("utf-16-le")
_BOOK = "Book".encode("utf-16-le")
_MAX_HEADER = 300
_MAX_SHEET = 256 << 20


class SheetsImporter(DocumentImporter):
    name = "spreadsheet"
    score = 0.6
    why = "a workbook of Excel or OpenDocument"

    def knows(self, head: bytes, name: str) -> bool:
        if head.startswith(OLE):
            return _WORKBOOK in head or _BOOK in head or name.lower().endswith(".xls")
        return holds_part(head, b"xl/") or (head[:4] == b"PK\3\4" and b"opendocument.spreadsheet" in head[:200])

    def items(self, stream: BinaryIO, member: str) -> Iterator[Item]:
        from python_calamine import CalamineWorkbook

        data = read_whole(stream)
        about = _about(data)
        with _damage("damaged-document", "the workbook is damaged or cut off"):
            book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        records = Records(self.name, member, about)
        for name in book.sheet_names:
            seen = 0
            try:
                with _damage("damaged-part", "the sheet cannot be read"):
                    sheet = book.get_sheet_by_name(name)
                for passage in _passages(name, (sheet.start or (0, 0))[0] + 1, sheet.iter_rows()):
                    seen += 1
                    yield from records.of(passage)
            except Damaged as error:
                seen += 1
                yield BadRow(error.code, Origin(member, f"sheet {name}"), str(error))
            if seen == 0:
                yield Ignored("empty-sheet", Origin(member, f"sheet {name}"))
            yield Units(max(seen, 1))


@contextmanager
def _damage(code: str, message: str) -> Generator[None]:
    """Whatever calamine raises for damage as `Damaged`; its panics are no Exception and have no name to catch."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as error:
        raise Damaged("encrypted", "the workbook needs a password; save it without one") from error
    except (CalamineError, OSError) as error:
        raise Damaged(code, f"{message}: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Damaged(code, message) from error


def _about(data: bytes) -> About:
    if data.startswith(OLE):
        try:
            return about_ole(import_module("olefile").OleFileIO(io.BytesIO(data)), "\x05SummaryInformation")
        except Exception:  # olefile raises whatever a damaged directory makes of it; calamine may still read the rows
            return About()
    package = Package(io.BytesIO(data))
    if package.largest > _MAX_SHEET:
        raise Damaged("too-large", f"a sheet in it has over {_MAX_SHEET >> 20} MB")
    return about_open_document(package) if "meta.xml" in package.names else package.about()


def _passages(sheet: str, first: int, rows: Iterable[list[Any]]) -> Iterator[Passage]:
    """The rows, numbered from `first` on, in pieces; a first row of words alone is the header on top of each piece."""
    header: str | None = None
    piece: list[tuple[int, str]] = []
    for number, row in enumerate(rows, start=first):
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
