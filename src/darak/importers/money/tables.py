"""The table that a statement is, in any file that banks give: CSV, a workbook, or an HTML table that is named .xls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from darak.importers.documents.document import read_whole
from darak.importers.documents.encoding import encoding_of
from darak.importers.documents.workbook import Workbook, is_workbook, open_workbook, shown
from darak.importers.formats.csv_rows import read_rows
from darak.importers.formats.lines import BOM, encodings_of, may_be_text
from darak.importers.formats.markup_rows import charset_of, is_bare_table, markup_rows
from darak.importers.tree import Tree

_DELIMITERS = (",", ";", "\t")
_HEAD = 64 * 1024


class TableRow(NamedTuple):
    """A row at a place of the member (its locator), `number` in the order of rows.

    `values` is empty when the row is damaged, `ended` false for a last one that may be cut, `intact` when all of its
    letters could be read.
    """

    number: int
    place: str
    values: list[str]
    raw: bytes
    intact: bool
    ended: bool


class Table(Protocol):
    """How the rows of one member are read; `sure` says that its rows and cells are marked as such."""

    @property
    def sure(self) -> bool: ...

    def sheets(self, tree: Tree) -> Iterator[Iterator[TableRow]]:
        """The rows that are not blank, of one sheet after the other. `Damaged` when they cannot be read."""
        ...


@dataclass(frozen=True, slots=True)
class DelimitedTable:
    """Text with a delimiter between values. Places are "bytes A-B"."""

    member: str
    delimiter: str
    encodings: tuple[str, ...]
    sure: bool = False

    def sheets(self, tree: Tree) -> Iterator[Iterator[TableRow]]:
        yield self._rows(tree)

    def _rows(self, tree: Tree) -> Iterator[TableRow]:
        with tree.open(self.member) as stream:
            for row in read_rows(stream, self.encodings, self.delimiter):
                place = f"bytes {row.start}-{row.end}"
                yield TableRow(row.start, place, row.values, row.raw, row.intact, row.ended)


@dataclass(frozen=True, slots=True)
class MarkedTable:
    """Tables in HTML. Places are "bytes A-B"."""

    member: str
    sure: bool = True

    def sheets(self, tree: Tree) -> Iterator[Iterator[TableRow]]:
        yield self._rows(tree)

    def _rows(self, tree: Tree) -> Iterator[TableRow]:
        with tree.open(self.member) as stream:
            data = read_whole(stream)
        charset = charset_of(data) or _encodings(data[:_HEAD])[0]
        for row in markup_rows(data, charset=charset):
            if any(row.values) or not row.values:
                place = f"bytes {row.start}-{row.end}"
                yield TableRow(row.start, place, row.values, row.raw, row.intact, row.ended)


@dataclass(frozen=True, slots=True)
class WorkbookTable:
    """The sheets of a workbook. Places are "sheet NAME row N"."""

    member: str
    sure: bool = True

    def sheets(self, tree: Tree) -> Iterator[Iterator[TableRow]]:
        with tree.open(self.member) as stream:
            book = open_workbook(read_whole(stream), self.member)
        for number, name in enumerate(book.names):
            yield self._rows(book, name, number << 32)

    def _rows(self, book: Workbook, name: str, before: int) -> Iterator[TableRow]:
        for number, cells in book.rows(name):
            values = [shown(cell) for cell in cells]
            if any(values):
                raw = "\t".join(values).encode("utf-8", "replace")
                yield TableRow(before + number, f"sheet {name} row {number}", values, raw, True, True)


def tables_of(member: str, head: bytes) -> list[Table]:
    """The ways in which a member with this head may be a table."""
    if is_workbook(head, member):
        return [WorkbookTable(member)]
    if is_bare_table(head):
        return [MarkedTable(member)]
    if head.removeprefix(BOM).lstrip()[:1] == b"<" or not may_be_text(head):
        return []
    encodings = _encodings(head)
    return [DelimitedTable(member, delimiter, encodings) for delimiter in _DELIMITERS if delimiter.encode() in head]


def _encodings(head: bytes) -> tuple[str, ...]:
    """Those that are looked for in all files, and what banks of Japan and Europe write."""
    found = encoding_of(head)
    return (found,) if found in ("cp932", "cp1252") else encodings_of(head)
