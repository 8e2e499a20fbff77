"""A SQLite database of another program, read from a private copy: its own files are neither locked nor changed.

File format, for the names of the tables: https://www.sqlite.org/fileformat2.html
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from darak.importers.archive import READ_ERRORS
from darak.importers.tree import HEAD, Tree
from darak.records.private_folder import PrivateFolder

MAGIC = b"SQLite format 3\0"
_WRITE_AHEAD = "-wal"
_BESIDE = (_WRITE_AHEAD, "-shm", "-journal")
_TABLE = re.compile(rb"CREATE\s+(?:VIRTUAL\s+)?TABLE\s+(?:IF NOT EXISTS\s+)?[\"'`\[]?(\w+)", re.IGNORECASE)
_INTERIOR = 5
_MOST_PAGES = 1000
_DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What SQLite says of damage; where it quotes damaged words, Python cannot even read what it says."""


class SqliteDamaged(Exception):
    """The database, or the rest of it, cannot be read; the message says why."""


class Database:
    """A read-only database. Text that is no UTF-8 has U+FFFD where it is damaged."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        connection.row_factory = sqlite3.Row
        connection.text_factory = _text
        self._connection = connection

    def columns(self, table: str) -> set[str]:
        """The names of the table's columns; empty when there is no such table."""
        return {row["name"] for row in self.rows("SELECT name FROM pragma_table_info(?)", (table,))}

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Iterator[sqlite3.Row]:
        """The rows one at a time; SqliteDamaged where they cannot be read on."""
        try:
            yield from self._connection.execute(sql, values)
        except _DAMAGE as error:
            raise SqliteDamaged(str(error)) from error

    def count(self, table: str) -> int:
        """How many rows the table has, counted in another way than by reading them; 0 when it is not there."""
        if not self.columns(table):
            return 0
        (row,) = self.rows(f'SELECT count(*) FROM "{table}"')
        return row[0]


@contextmanager
def open_database(tree: Tree, member: str) -> Generator[Database]:
    """The database in a member, with what its write-ahead log beside it holds. SqliteDamaged when it is none."""
    with PrivateFolder() as folder:
        path = folder / "copy.db"
        _copy(tree, member, path)
        if member + _WRITE_AHEAD in companions(tree, member):
            _copy(tree, member + _WRITE_AHEAD, path.with_name(path.name + _WRITE_AHEAD))
        try:
            connection = sqlite3.connect(path, isolation_level=None)
        except sqlite3.Error as error:
            raise SqliteDamaged(str(error)) from error
        with closing(connection):
            try:
                connection.execute("PRAGMA query_only=1")
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            except _DAMAGE as error:
                raise SqliteDamaged(str(error)) from error
            yield Database(connection)


def companions(tree: Tree, member: str) -> tuple[str, ...]:
    """The files that SQLite keeps beside a database, as far as the tree has them: they belong to the same match."""
    there = {found.name for found in tree.members()}
    return tuple(member + ending for ending in _BESIDE if member + ending in there)


def table_names(tree: Tree, member: str) -> frozenset[str]:
    """The tables that the database declares, read from the pages of its schema; empty when it is no database."""
    head = tree.head(member)
    if not head.startswith(MAGIC):
        return frozenset()
    size = int.from_bytes(head[16:18], "big")
    size = 65536 if size == 1 else size
    found: set[bytes] = set()
    if member + _WRITE_AHEAD in companions(tree, member):
        found.update(_TABLE.findall(tree.head(member + _WRITE_AHEAD)))
    waiting, seen = [1], set[int]()
    try:
        while waiting and len(seen) < _MOST_PAGES:
            number = waiting.pop()
            if number in seen or number < 1:
                continue
            seen.add(number)
            page = _page(tree, member, head, number, size)
            found.update(_TABLE.findall(page))
            waiting += _children(page, 100 if number == 1 else 0)
    except READ_ERRORS:
        pass  # what could be read is all that is known of a damaged file
    return frozenset(name.decode("utf-8", "replace") for name in found)


def _page(tree: Tree, member: str, head: bytes, number: int, size: int) -> bytes:
    start = (number - 1) * size
    if start + size <= HEAD:
        return head[start : start + size]
    with tree.open(member) as stream:
        stream.seek(start)
        return stream.read(size)


def _children(page: bytes, header: int) -> list[int]:
    """The pages below an interior page of a table; none below a leaf."""
    if len(page) < header + 12 or page[header] != _INTERIOR:
        return []
    cells = int.from_bytes(page[header + 3 : header + 5], "big")
    pointers = page[header + 12 : header + 12 + 2 * cells]
    starts = [int.from_bytes(pointers[at : at + 2], "big") for at in range(0, len(pointers), 2)]
    right = int.from_bytes(page[header + 8 : header + 12], "big")
    return [int.from_bytes(page[start : start + 4], "big") for start in starts] + [right]


def _copy(tree: Tree, member: str, path: Path) -> None:
    with tree.open(member) as stream, path.open("wb") as copy:
        shutil.copyfileobj(stream, copy, 1 << 20)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
