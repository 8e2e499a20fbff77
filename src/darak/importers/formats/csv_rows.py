"""The rows of a CSV file that know their place in bytes; a quote that is never closed costs its row, not the file.

Quoting is that of RFC 4180, with blanks allowed around quotes. For encodings in which quotes, delimiters and line
ends are the bytes of ASCII: UTF-8, cp949 and the like.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from darak.importers.formats.lines import BOM, decode_line

MAX_ROW = 1 << 20
"""Bytes after which a row with an open quote is taken for damaged."""


class Row(NamedTuple):
    """Bytes [`start`, `end`) of the file, without the line ending.

    `values` is empty when the row's quotes do not match; `intact` is also false when bytes could not be decoded
    (they stand as U+FFFD in the values). `ended` is false for a last row without a line ending: it may be cut.
    """

    start: int
    end: int
    values: list[str]
    raw: bytes
    intact: bool
    ended: bool


def read_rows(
    stream: BinaryIO, encodings: tuple[str, ...], delimiter: str = ",", width: int = 0, start: int = 0
) -> Iterator[Row]:
    """The rows that are not blank, from byte `start` on, where the stream already is and a row begins.

    With `width` every row has that many values: one that has not is damaged (without values), and so is what
    follows it up to the next that has. Without, the width of the row before says where a damaged one is over.
    """
    return _Reader(stream, encodings, delimiter, width, start).rows()


def count_rows(stream: BinaryIO, encodings: tuple[str, ...], delimiter: str = ",", width: int = 0) -> int:
    """How many rows `read_rows` finds, whatever stands in them."""
    return sum(1 for _ in read_rows(stream, encodings, delimiter, width))


class _Reader:
    def __init__(self, stream: BinaryIO, encodings: tuple[str, ...], delimiter: str, width: int, start: int) -> None:
        self._stream, self._encodings, self._delimiter = stream, encodings, delimiter
        self._width, self._strict = width, width > 0
        self._position = start
        self._ahead: deque[bytes] = deque()
        blank = "[ ]*" if delimiter == "\t" else r"[ \t]*"
        mark = re.escape(delimiter)
        self._quoted = re.compile(rf'{blank}"((?:[^"]|"")*+)"{blank}(?:{mark}|\Z)')
        self._open = re.compile(rf'{blank}"(?:[^"]|"")*+\Z')
        self._quote = re.compile(rf'{blank}"')

    def rows(self) -> Iterator[Row]:
        damaged: Row | None = None
        while (row := self._next()) is not None:
            fits = bool(row.values) and (not self._width or len(row.values) == self._width)
            if damaged is not None and not fits:
                damaged = _joined(damaged, row)
            elif fits or (row.values and not self._strict):
                if damaged is not None:
                    yield damaged
                    damaged = None
                if not self._strict:
                    self._width = len(row.values)
                yield row
            else:
                damaged = row._replace(values=[], intact=False)
            if damaged is not None and not self._width:
                yield damaged
                damaged = None
        if damaged is not None:
            yield damaged

    def _next(self) -> Row | None:
        """The next row that is not blank; only its first line, and no values, when its quotes do not match."""
        while line := self._line():
            start = self._position
            if start == 0 and line.startswith(BOM):
                start, line = len(BOM), line[len(BOM) :]
            self._position = start + len(line)
            if line.strip():
                return self._row(start, line)
        return None

    def _row(self, start: int, first: bytes) -> Row:
        values, text_intact = self._values(first)
        if values is None:
            return _row(start, first, [], False)
        if values:
            return _row(start, first, values, text_intact)
        lines = [first]
        size = len(first)
        while not values:
            line = self._line()
            lines.append(line)
            size += len(line)
            whole = not line or size > MAX_ROW
            # Only an odd number of quotes can close the field that is open.
            if whole or line.count(b'"') % 2:
                values, text_intact = self._values(b"".join(lines))
                if values is None or (whole and not values):
                    self._ahead.extendleft(reversed([line for line in lines[1:] if line]))
                    return _row(start, first, [], False)
        self._position = start + size
        return _row(start, b"".join(lines), values, text_intact)

    def _values(self, raw: bytes) -> tuple[list[str] | None, bool]:
        """(values, whether all could be decoded); no values while a quote is open, None when quotes do not match."""
        text, intact = decode_line(raw.removesuffix(b"\n").rstrip(b"\r"), self._encodings)
        if '"' not in text:
            return text.split(self._delimiter), intact
        values: list[str] = []
        position, size = 0, len(text)
        while True:
            if field := self._quoted.match(text, position):
                values.append(field[1].replace('""', '"') if '""' in field[1] else field[1])
                position = field.end()
                if position == size and not field[0].endswith(self._delimiter):
                    return values, intact
            elif self._quote.match(text, position):
                return ([] if self._open.match(text, position) else None), intact
            else:
                end = text.find(self._delimiter, position)
                values.append(text[position : end if end >= 0 else size])
                if end < 0:
                    return values, intact
                position = end + 1

    def _line(self) -> bytes:
        return self._ahead.popleft() if self._ahead else self._stream.readline(MAX_ROW)


def _row(start: int, raw: bytes, values: list[str], intact: bool) -> Row:
    body = raw.removesuffix(b"\n").removesuffix(b"\r")
    return Row(start, start + len(body), values, body, intact, len(body) < len(raw))


def _joined(first: Row, second: Row) -> Row:
    raw = first.raw + b"\n" + second.raw if len(first.raw) < MAX_ROW else first.raw
    return Row(first.start, second.end, [], raw, False, second.ended)
