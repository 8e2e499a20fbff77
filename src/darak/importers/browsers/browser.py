"""Browser history: the SQLite databases of Chrome, Firefox, Safari and their kin, on computers and phones.

Structural signs: the tables that `schemas.py` lists. Locators are "table T row N", by the number of the row. Times
are UTC. Chrome, Edge, Brave and others keep the same tables: the folders around the file tell which of them it is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from darak.importers.archive import READ_ERRORS
from darak.importers.browsers.schemas import SCHEMAS, Schema, browser_of
from darak.importers.browsers.visit import web_visit
from darak.importers.formats.sqlite_file import Database, SqliteDamaged, companions, open_database, table_names
from darak.importers.importer import BadRow, Checkpoint, Ignored, Item, Match, Units
from darak.importers.names import with_surroundings
from darak.importers.tree import Tree
from darak.records.record import Origin, Record

_CHECKPOINT_EVERY = 20_000


class BrowserImporter:
    """Browser history: Chrome, Edge, Brave, Vivaldi, Opera, Whale, Firefox, Safari, qutebrowser, GNOME Web"""

    name = "browser"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        matches: list[Match] = []
        for member in tree.members():
            if schema := _schema_of(tree, member.name):
                members = (member.name, *companions(tree, member.name))
                why = f"a database with the tables of {schema.title}: {', '.join(sorted(schema.tables))}"
                matches.append(Match(self.name, members, 0.95, why))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        member, *beside = match.members
        schema = _schema_of(tree, member)
        if schema is None:
            return
        if resume is None:
            for other in beside:
                yield Units(1)
                yield Ignored("write-ahead-log", Origin(other, ""))
        try:
            with open_database(tree, member) as database:
                browser = browser_of(schema, with_surroundings(tree.path, member))
                yield from _Reader(member, schema, browser, database).read(resume)
        except (SqliteDamaged, *READ_ERRORS) as error:
            yield Units(1)
            yield BadRow("damaged-database", Origin(member, ""), f"the database cannot be read: {error}")


def _schema_of(tree: Tree, member: str) -> Schema | None:
    tables = table_names(tree, member)
    return next((schema for schema in SCHEMAS if tables and schema.fits(tables)), None)


class _Reader:
    def __init__(self, member: str, schema: Schema, browser: str, database: Database) -> None:
        self._member, self._schema, self._browser, self._database = member, schema, browser, database
        there = {
            name: expression
            for name, (expression, table, column) in schema.optional.items()
            if column in database.columns(table)
        }
        columns = {"key": schema.key, "url": schema.url, "time": schema.time, "name": schema.name, **there}
        listed = ", ".join(f'{expression} AS "{name}"' for name, expression in columns.items())
        self._sql = f"SELECT {listed} FROM {schema.source} WHERE {schema.key} > ? ORDER BY {schema.key}"
        self._optional = tuple(there)
        self._damage = ""

    def read(self, resume: str | None) -> Iterator[Item]:
        after = int(resume or -1)
        total = self._number("count(*)", after)
        if resume is None:
            yield Units(total)
        seen = 0
        for row in self._rows(after):
            yield self._visit(row)
            seen += 1
            if seen % _CHECKPOINT_EVERY == 0:
                yield Checkpoint(str(row["key"]))
        if self._damage:
            lost = total - seen
            yield Units(max(0, 1 - lost))
            message = f"a part of the database is damaged and cannot be read: {self._damage}"
            yield BadRow("damaged-database", Origin(self._member, f"table {self._schema.visits}"), message)
            if lost > 1:
                yield Ignored("in-damaged-part", Origin(self._member, ""), lost - 1)

    def _rows(self, after: int) -> Iterator[sqlite3.Row]:
        """The visits in order; behind damage in ever larger steps those that can be read again."""
        step = 1
        while True:
            try:
                for row in self._database.rows(self._sql, (after,)):
                    after, step = row["key"], 1
                    yield row
                return
            except SqliteDamaged as error:
                self._damage = str(error)
            if after + step > self._number(f"max({self._schema.key})", -1):
                return
            after, step = after + step, step * 2

    def _number(self, what: str, after: int) -> int:
        """An aggregate of the visits' keys; 0 where damage keeps it from being counted."""
        key, table = self._schema.key, self._schema.visits
        try:
            (row,) = self._database.rows(f"SELECT {what} FROM {table} v WHERE {key} > ?", (after,))
        except SqliteDamaged:
            return 0
        return row[0] or 0

    def _visit(self, row: sqlite3.Row) -> Record | BadRow:
        schema = self._schema
        origin = Origin(self._member, f"table {schema.visits} row {row['key']}")
        url, time = row["url"], row["time"]
        moment = schema.clock.moment(time) if isinstance(time, (int, float)) else None
        if not isinstance(url, str) or moment is None:
            problem = "a visit whose page is not in the database" if moment else "a visit without a time"
            return BadRow("bad-visit", origin, problem, repr(tuple(row)).encode())
        extra: dict[str, Any] = {name: row[name] for name in self._optional}
        if "transition" in extra:
            extra["transition"] = schema.transitions.get(extra["transition"])
        extra = {name: bool(value) if name in ("failed", "redirect") else value for name, value in extra.items()}
        return web_visit(self._browser, moment, str(time), url, str(row["name"] or ""), origin, extra)
