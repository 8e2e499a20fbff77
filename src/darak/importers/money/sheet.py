"""The table in a statement: where its header is, what stands above it, and its rows."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from darak.importers.formats.csv_rows import Row, read_rows
from darak.importers.formats.lines import encodings_of
from darak.importers.money.column_names import ACCOUNT_LABELS, may_be_header, plain_name
from darak.importers.money.columns import Columns, Said, roles_of
from darak.importers.tree import Tree

_DELIMITERS = (",", ";", "\t")
_FIRST_ROWS = 50
_FEWEST = 2
"""Delimiters in a header at the least: between a date, an amount and what it was for."""
_LABEL = re.compile(r"\s*([^:：]+?)\s*[:：]\s*(\S.*)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A member that holds a statement; `header` stands in the row at byte `start`, `account` in the block above it."""

    member: str
    delimiter: str
    encodings: tuple[str, ...]
    header: tuple[str, ...]
    start: int
    roles: Mapping[str, tuple[int, ...]]
    account: str

    def rows(self, tree: Tree) -> Iterator[Row]:
        """All rows, those above the header, too."""
        with tree.open(self.member) as stream:
            yield from read_rows(stream, self.encodings, self.delimiter)


def find_sheet(
    tree: Tree, member: str, confirmed: Mapping[tuple[str, ...], Columns], said: Said | None = None
) -> Sheet | None:
    """The statement in a member, by the names in one of its first rows; None when it is none.

    `said` names columns that no statement was known to have before.
    """
    head = tree.head(member)
    if head.count(b"\0") > len(head) // 100:
        return None
    encodings = encodings_of(head)
    names = {name for header in confirmed for name in header[:1] if name}
    names.update(said.names["date"] if said and said.names else ())
    lines = head.decode(encodings[-1], "replace").split("\n")[: 2 * _FIRST_ROWS]
    if not any(_may_divide(line) and (may_be_header(line) or any(name in line for name in names)) for line in lines):
        return None
    for delimiter in _DELIMITERS:
        if delimiter.encode() not in head:
            continue
        above: list[Sequence[str]] = []
        for row in islice(read_rows(io.BytesIO(head), encodings, delimiter), _FIRST_ROWS):
            header = tuple(value.strip() for value in row.values)
            known = confirmed.get(header)
            roles = said.roles(header) if said and said.names else None
            roles = roles or (known.roles if known else roles_of(header))
            if roles is not None:
                return Sheet(member, delimiter, encodings, header, row.start, roles, _account(above))
            above.append(header)
    return None


def _may_divide(line: str) -> bool:
    return any(line.count(delimiter) >= _FEWEST for delimiter in _DELIMITERS)


def _account(rows: Sequence[Sequence[str]]) -> str:
    """The number of the account, where the block above the header names it."""
    for row in rows:
        for label, value in pairwise(row):
            if plain_name(label) in ACCOUNT_LABELS and value:
                return value
        for cell in row:
            if (match := _LABEL.fullmatch(cell)) and plain_name(match[1]) in ACCOUNT_LABELS:
                return match[2].strip()
    return ""
