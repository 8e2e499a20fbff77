"""The statement in a member: where its header is, what stands above it, and its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, zip_longest
from weakref import WeakKeyDictionary

from darak.importers.archive import READ_ERRORS
from darak.importers.documents.document import Damaged
from darak.importers.money.column_names import ACCOUNT_LABELS, may_be_header, plain_name, role_of
from darak.importers.money.columns import Columns, Said, roles_of
from darak.importers.money.tables import DelimitedTable, Table, TableRow, tables_of
from darak.importers.tree import Tree

_FIRST_ROWS = 50
_FEWEST = 2
"""Delimiters in a header at the least: between a date, an amount and what it was for."""
_DIGIT = re.compile(r"\d")
_LABEL = re.compile(r"\s*([^:：]+?)\s*[:：]\s*(\S.*)")
_OF_ACCOUNTS = frozenset(("balance", "out", "in", "name", "status"))
"""Columns of which a workbook has one, besides a date and an amount, when it is a statement and no list of expenses."""
_LARGEST = 8 << 20
"""Bytes of a workbook or a page that may be a statement; many years of one are less."""

Confirmed = Mapping[tuple[str, ...], Columns]
"""The columns of statements by their header, as their owner has confirmed them."""
_beginnings: WeakKeyDictionary[Tree, dict[str, list[list[TableRow]]]] = WeakKeyDictionary()
"""The first rows of each sheet of workbooks and pages, which must be read whole for them: once."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A member that holds a statement; `header` stands in the row of number `start`, `account` in the block above."""

    member: str
    table: Table
    header: tuple[str, ...]
    start: int
    roles: Mapping[str, tuple[int, ...]]
    account: str

    def rows(self, tree: Tree) -> Iterator[TableRow]:
        """All rows of all sheets, those above the header, too. `Damaged` when they cannot be read."""
        for rows in self.table.sheets(tree):
            yield from rows


def find_sheet(tree: Tree, member: str, confirmed: Confirmed, said: Said | None = None) -> Sheet | None:
    """The statement in a member, by the names in one of its first rows; None when it is none.

    `said` names columns that no statement was known to have before. A workbook is a statement when all its sheets are
    of one.
    """
    lines: list[str] = []
    for table in tables_of(member, tree.head(member)):
        if isinstance(table, DelimitedTable):
            lines = lines or tree.head(member).decode(table.encodings[-1], "replace").split("\n")[: 2 * _FIRST_ROWS]
            if not _may_have_header(lines, table.delimiter, confirmed, said):
                continue
        found = [_header_in(rows, confirmed, said) for rows in _first_rows(tree, member, table)]
        if not found or found[0] is None or any(other is None or other[0] != found[0][0] for other in found):
            continue
        header, start, roles, account = found[0]
        told = header in confirmed or (said is not None and said.names)
        if told or not table.sure or roles.keys() & _OF_ACCOUNTS:
            return Sheet(member, table, header, start, roles, account)
    return None


_Header = tuple[tuple[str, ...], int, Mapping[str, tuple[int, ...]], str]


def _header_in(rows: Sequence[TableRow], confirmed: Confirmed, said: Said | None) -> _Header | None:
    """(names, number of the row, roles, account above it) of the first row that names the columns of a statement, or
    of the first two that do so together."""
    above: list[Sequence[str]] = []
    for row, below in zip_longest(rows, rows[1:]):
        names = tuple(value.strip() for value in row.values)
        both = _of_two_lines(names, below.values) if below else None
        for header, last in ((both, below), (names, row)):
            if header is None or last is None:
                continue
            known = confirmed.get(header)
            roles = said.roles(header) if said and said.names else None
            roles = roles or (known.roles if known else roles_of(header))
            if roles is not None:
                return header, last.number, roles, _account(above)
        above.append(names)
    return None


def _of_two_lines(first: tuple[str, ...], second: Sequence[str]) -> tuple[str, ...] | None:
    """The names of a header in two lines, whose first says what columns have in common (amount: out, in); None when
    the second is no line of names."""
    lower = [value.strip() for value in second] + [""] * (len(first) - len(second))
    if len(lower) > len(first) or "date" not in map(role_of, first) or _DIGIT.search("".join(lower)):
        return None
    names: list[str] = []
    common = ""
    for upper, name in zip(first, lower, strict=True):
        common = upper or (common if name else "")
        names.append(name if role_of(name) or not common else common if name in ("", common) else f"{common} {name}")
    added = [
        name for upper, name in zip(first, lower, strict=True) if role_of(name) and role_of(name) != role_of(upper)
    ]
    return tuple(names) if added else None


def _first_rows(tree: Tree, member: str, table: Table) -> list[list[TableRow]]:
    """The first rows of each sheet that has some; none of a file that cannot be read or is too large."""
    if not table.sure:
        return [list(islice(rows, _FIRST_ROWS)) for rows in table.sheets(tree)]
    known = _beginnings.setdefault(tree, {})
    if member not in known:
        size = next((other.size for other in tree.members() if other.name == member), 0)
        known[member] = []
        if size <= _LARGEST:
            try:
                sheets = [list(islice(rows, _FIRST_ROWS)) for rows in table.sheets(tree)]
                known[member] = [rows for rows in sheets if rows]
            except (Damaged, *READ_ERRORS):  # whoever reads the file tells what is wrong with it
                pass
    return known[member]


def _may_have_header(lines: Sequence[str], delimiter: str, confirmed: Confirmed, said: Said | None) -> bool:
    """Whether a line, or two together, may be a header: a quick look before rows are told apart."""
    names = {name for header in confirmed for name in header[:1] if name}
    names.update(said.names["date"] if said and said.names else ())
    return any(
        line.count(delimiter) >= _FEWEST and (may_be_header(line + below) or any(name in line for name in names))
        for line, below in zip_longest(lines, lines[1:], fillvalue="")
    )


def _account(rows: Sequence[Sequence[str]]) -> str:
    """The number of the account, where the block above the header names it."""
    for row in rows:
        for label, value in pairwise(cell for cell in row if cell):
            if plain_name(label) in ACCOUNT_LABELS:
                return value
        for cell in row:
            if (match := _LABEL.fullmatch(cell)) and plain_name(match[1]) in ACCOUNT_LABELS:
                return match[2].strip()
    return ""
