"""The sheets of a workbook as rows of cells: Excel's and OpenDocument's files, and the XML of Excel 2003."""

from __future__ import annotations

import io
import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from html import unescape
from itertools import pairwise
from typing import Any, Protocol

from darak.importers.documents.document import NEEDS_PASSWORD, Damaged
from darak.importers.documents.package import OLE, Package, holds_part, locked_sort, old_sort
from darak.importers.formats.decoding import decode
from darak.importers.formats.markup_rows import charset_of, markup_rows

Cells = list[Any]
"""Texts, numbers, truths and times as they are stored; "" where there is nothing."""
_MAX_SHEET = 256 << 20
_XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml|(?:ss:)?Workbook)\b")
_XML_NAMES = b"urn:schemas-microsoft-com:office:spreadsheet"
_WORKSHEET = re.compile(rb"<(?:ss:)?Worksheet\b([^>]*)>")
_ROW = re.compile(rb"""<(?:ss:)?Row\b(?:[^>]*?\bss:Index\s*=\s*["']?\s*(\d{1,7}))?""")
_END = re.compile(rb"</(?:ss:)?Workbook\s*>")
_TAIL = 1024
_NAME = re.compile(rb"""\bss:Name\s*=\s*(?:"([^"]*)"|'([^']*)')""")


class Workbook(Protocol):
    """A file of sheets; `names` are theirs."""

    @property
    def names(self) -> list[str]: ...

    def rows(self, name: str) -> Iterator[tuple[int, Cells]]:
        """The rows of a sheet with their numbers, counted from 1. `Damaged` when it cannot be read."""
        ...


def is_workbook(head: bytes, name: str) -> bool:
    """Whether a file with this head is a workbook that can be read, or would be without its password."""
    if head.startswith(OLE):
        return "sheets" in (old_sort(head, name), locked_sort(head, name))
    open_document = head[:4] == b"PK\3\4" and b"opendocument.spreadsheet" in head[:200]
    return holds_part(head, b"xl/") or open_document or is_xml_workbook(head)


def is_xml_workbook(head: bytes) -> bool:
    return _XML.match(head) is not None and _XML_NAMES in head[:4096]


def open_workbook(data: bytes, name: str) -> Workbook:
    """`Damaged` when it is locked with a password, damaged or cut off."""
    if is_xml_workbook(data[:4096]):
        return _XmlWorkbook(data)
    if locked_sort(data, name):
        raise Damaged("encrypted", NEEDS_PASSWORD)
    return _CalamineWorkbook(data)


def shown(cell: Any) -> str:
    """A cell as text: whole numbers without a point, times as in ISO 8601 with a blank."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(cell, (date, time, timedelta)):
        return str(cell)
    return " ".join(str(cell).split())


class _CalamineWorkbook:
    def __init__(self, data: bytes) -> None:
        from python_calamine import CalamineWorkbook

        if not data.startswith(OLE) and Package(io.BytesIO(data)).largest > _MAX_SHEET:
            raise Damaged("too-large", f"a sheet in it has over {_MAX_SHEET >> 20} MB")
        with _damage("damaged-document", "the workbook is damaged or cut off"):
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        self.names = self._book.sheet_names

    def rows(self, name: str) -> Iterator[tuple[int, Cells]]:
        with _damage("damaged-part", "the sheet cannot be read"):
            sheet = self._book.get_sheet_by_name(name)
        return enumerate(sheet.iter_rows(), start=(sheet.start or (0, 0))[0] + 1)


class _XmlWorkbook:
    """The XML of Excel 2003, as many programs of banks write it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._charset = charset_of(data)
        marks = list(_WORKSHEET.finditer(data))
        ends = [mark.start() for mark in marks] + [len(data)]
        self._places: dict[str, tuple[int, int]] = {}
        for number, (mark, (start, end)) in enumerate(zip(marks, pairwise(ends), strict=True), start=1):
            name = _NAME.search(mark[1])
            text = unescape(decode(name[1] or name[2] or b"", self._charset)[0]) if name else ""
            self._places[text if text and text not in self._places else f"Sheet{number}"] = (start, end)
        self.names = list(self._places)
        self._whole = _END.search(data, len(data) - _TAIL if len(data) > _TAIL else 0) is not None
        if not self.names:
            raise Damaged("damaged-document", "there is no sheet in the workbook; it is damaged or cut off")

    def rows(self, name: str) -> Iterator[tuple[int, Cells]]:
        number, at = 0, self._places[name][0]
        for row in markup_rows(self._data, *self._places[name], self._charset):
            for mark in _ROW.finditer(self._data, at, row.start):
                number = int(mark[1]) if mark[1] else number + 1
            at = row.start
            if not row.values:
                raise Damaged("damaged-part", f"row {number} of the sheet is damaged or cut off")
            yield number, row.values
        if name == self.names[-1] and not self._whole:
            raise Damaged("cut-off", "the workbook is cut off; save or download it again")


@contextmanager
def _damage(code: str, message: str) -> Generator[None]:
    """Whatever calamine raises for damage as `Damaged`; its panics are no Exception and have no name to catch."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as error:
        raise Damaged("encrypted", NEEDS_PASSWORD) from error
    except (CalamineError, OSError) as error:
        raise Damaged(code, f"{message}: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Damaged(code, message) from error
