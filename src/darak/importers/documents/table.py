"""Tables in text (CSV, TSV) that no other importer knows: records of up to 40 rows, each with the header on top.

Signs: text in which each of the first rows has the same number of values, at least two, between commas, semicolons or
tabs. The claim is weak, so that any importer that knows the columns has the file. The locator is "bytes A-B", from the
first of the rows to the last.
"""

from __future__ import annotations

import io
import mimetypes
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from darak.importers.documents.document import About, DocumentImporter, Passage, Records, read_whole
from darak.importers.documents.encoding import HEAD, encoding_of
from darak.importers.formats.csv_rows import Row, read_rows
from darak.importers.importer import BadRow, Item, Units
from darak.records.record import Origin

ROWS = 40
_DELIMITERS = ("\t", ",", ";")
_TYPES = (None, "text/plain", "text/csv", "text/tab-separated-values", "application/vnd.ms-excel")
_LOOKED_AT = 20
_MAX_HEADER = 300


class TableImporter(DocumentImporter):
    name = "table"
    score = 0.15
    why = "rows with the same number of values"

    def knows(self, head: bytes, name: str) -> bool:
        if mimetypes.guess_type(name)[0] not in _TYPES or head.lstrip()[:1] in (b"{", b"[", b"<"):
            return False
        encoding = encoding_of(head)
        if encoding is None:
            return False
        return _delimiter(head, encoding) is not None

    def items(self, stream: BinaryIO, member: str) -> Iterator[Item]:
        data = read_whole(stream)
        encoding = encoding_of(data[:HEAD]) or "utf-8"
        delimiter = _delimiter(data[:HEAD], encoding) or ","
        records = Records(self.name, member, About())
        header: list[str] | None = None
        rows: list[Row] = []
        seen = 0
        for row in read_rows(io.BytesIO(data), (encoding,), delimiter):
            if not row.values:
                yield BadRow(
                    "bad-row", Origin(member, f"bytes {row.start}-{row.end}"), "its quotes do not match", row.raw
                )
                yield Units(1)
                continue
            header = header or row.values
            rows.append(row)
            if len(rows) == ROWS:
                seen += 1
                yield from records.of(_passage(rows, header))
                rows = []
        if rows and header:
            seen += 1
            yield from records.of(_passage(rows, header))
        yield Units(seen)


def _passage(rows: list[Row], header: list[str]) -> Passage:
    lines = [" | ".join(" ".join(value.split()) for value in row.values) for row in rows]
    top = " | ".join(header)
    if rows[0].values != header and len(top) <= _MAX_HEADER:
        lines.insert(0, top)
    intact = all(row.intact for row in rows)
    flaw = None if intact else ("undecodable-text", "some of its bytes could not be decoded")
    return Passage(f"bytes {rows[0].start}-{rows[-1].end}", "\n".join(lines), flaw=flaw)


def _delimiter(head: bytes, encoding: str) -> str | None:
    """What divides the values: the first that gives two rows or more, nearly all of one width above one."""
    best: tuple[int, str] | None = None
    whole = head[: head.rfind(b"\n") + 1] or head
    for delimiter in _DELIMITERS:
        widths = Counter(
            len(row.values) for row in islice(read_rows(io.BytesIO(whole), (encoding,), delimiter), _LOOKED_AT)
        )
        width, count = widths.most_common(1)[0] if widths else (0, 0)
        if width > 1 and count > 1 and count * 10 >= widths.total() * 9 and (best is None or width > best[0]):
            best = (width, delimiter)
    return best[1] if best else None
