"""The rows of tables in HTML, and in the XML of Excel 2003 (SpreadsheetML), that know their place in bytes.

What lies between two marks of rows (`<tr>`, `</tr>`, `<Row>`, the end of a table) and holds cells is a row, so that a
damaged mark costs no more than its row. For encodings in which `<` and `>` are the bytes of ASCII.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from darak.importers.formats.csv_rows import Row
from darak.importers.formats.decoding import decode
from darak.importers.formats.html_text import text_of_html
from darak.importers.formats.lines import BOM

_CHARSET = re.compile(rb"""<(?:meta\b[^>]*?charset|\?xml\b[^>]*?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_MARK = re.compile(rb"</?(?:tr|table|thead|tbody|tfoot|(?:ss:)?row|(?:ss:)?worksheet)\b[^>]*>", re.IGNORECASE)
_CELL = re.compile(rb"<(?:t[dh]|(?:ss:)?cell)\b([^>]*)>", re.IGNORECASE)
_CLOSED = re.compile(rb"</(?:t[dh]|(?:ss:)?cell)\s*>", re.IGNORECASE)
_SPAN = re.compile(rb"""\b(?:colspan|ss:MergeAcross)\s*=\s*["']?\s*(\d{1,3})""", re.IGNORECASE)
_PLACE = re.compile(rb"""\bss:Index\s*=\s*["']?\s*(\d{1,5})""", re.IGNORECASE)
_WIDEST = 1024
_ROWS = re.compile(rb"<table\b.*?<tr\b", re.IGNORECASE | re.DOTALL)
_PAGE = re.compile(rb"<(?:article|nav|main|iframe|video|script\b[^>]*\bsrc)\b", re.IGNORECASE)


def is_bare_table(head: bytes) -> bool:
    """Whether a file with this head is no more than tables in HTML: no page that was written to be read."""
    begins = head.removeprefix(BOM).lstrip().startswith(b"<")
    return begins and _ROWS.search(head) is not None and _PAGE.search(head) is None


def charset_of(data: bytes) -> str | None:
    """The charset that a page or an XML document declares of itself."""
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii", "replace") if found else None


def markup_rows(data: bytes, start: int = 0, end: int | None = None, charset: str | None = None) -> Iterator[Row]:
    """The rows of the tables in bytes [`start`, `end`) of a document, which is whole up to there.

    `values` is empty where cells are damaged or the document ends within the row: then it is not `ended`.
    """
    charset = charset or charset_of(data)
    end = len(data) if end is None else end
    closing = _CLOSED.search(data, start, end) is not None
    marks = [(match.start(), match.end()) for match in _MARK.finditer(data, start, end)]
    for number, (_, begin) in enumerate(marks):
        last = number + 1 == len(marks)
        finish = end if last else marks[number + 1][0]
        raw = data[begin:finish]
        cells = list(_CELL.finditer(raw))
        if not cells:
            continue
        opened = sum(not cell[1].endswith(b"/") for cell in cells)
        intact = not last and (not closing or len(_CLOSED.findall(raw)) == opened)
        values, whole = _values(raw, cells, charset) if intact else ([], False)
        yield Row(begin, finish, values, raw, whole, not last)


def _values(raw: bytes, cells: list[re.Match[bytes]], charset: str | None) -> tuple[list[str], bool]:
    """The text of each cell, and whether all of it could be decoded; empty ones where cells are skipped or spanned."""
    values: list[str] = []
    whole = True
    for number, cell in enumerate(cells):
        following = cells[number + 1].start() if number + 1 < len(cells) else len(raw)
        text, decoded = decode(raw[cell.end() : following], charset)
        whole = whole and decoded
        if place := _PLACE.search(cell[1]):
            values.extend([""] * (min(int(place[1]), _WIDEST) - 1 - len(values)))
        values.append(" ".join(text_of_html(text).split()))
        if span := _SPAN.search(cell[1]):
            # A span counts its own cell in HTML, and what is merged behind it in Excel's XML.
            behind = int(span[1]) - (0 if b"MergeAcross" in span[0] else 1)
            values.extend([""] * min(behind, _WIDEST))
    return values, whole
