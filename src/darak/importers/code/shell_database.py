"""Command histories in databases: IPython, Atuin (shells) and zsh-histdb. Secrets in commands are left out.

Structural signs: the tables and columns in `_SCHEMAS`. Locators are "table T row N". IPython keeps no time for a
command, only that of its session, on the machine's own clock.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from darak.importers.archive import READ_ERRORS
from darak.importers.code.redaction import redact
from darak.importers.code.shell import LONGEST
from darak.importers.formats.epochs import from_milliseconds
from darak.importers.formats.sqlite_file import SqliteDamaged, companions, open_database, table_names
from darak.importers.importer import BadRow, Ignored, Item, Match, Units
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import UNKNOWN_TIME, Precision, Time


@dataclass(frozen=True, slots=True)
class _Schema:
    """`sql` gives key, command, time, seconds, folder and session; `unit` is of the time, in parts of a millisecond,
    0 for ISO 8601 on a clock without a zone."""

    source: str
    title: str
    tables: frozenset[str]
    columns: frozenset[str]
    table: str
    unit: int
    sql: str


_SCHEMAS = (
    _Schema(
        source="ipython",
        title="IPython",
        tables=frozenset(("sessions", "history", "output_history")),
        columns=frozenset(("session", "line", "source_raw")),
        table="history",
        unit=0,
        sql="SELECT h.rowid AS key, coalesce(h.source_raw, h.source) AS command, s.start AS time, NULL AS seconds,"
        " NULL AS folder, h.session AS session FROM history h LEFT JOIN sessions s ON s.session = h.session"
        " ORDER BY h.rowid",
    ),
    _Schema(
        source="shell",
        title="Atuin",
        tables=frozenset(("history",)),
        columns=frozenset(("timestamp", "duration", "command", "cwd", "hostname")),
        table="history",
        unit=1_000_000,
        sql="SELECT rowid AS key, command, timestamp AS time, duration / 1000000000 AS seconds, cwd AS folder,"
        " NULL AS session FROM history ORDER BY rowid",
    ),
    _Schema(
        source="shell",
        title="zsh-histdb",
        tables=frozenset(("commands", "places", "history")),
        columns=frozenset(("command_id", "place_id", "start_time")),
        table="history",
        unit=-1000,
        sql="SELECT h.id AS key, c.argv AS command, h.start_time AS time, h.duration AS seconds, p.dir AS folder,"
        " NULL AS session FROM history h LEFT JOIN commands c ON c.id = h.command_id"
        " LEFT JOIN places p ON p.id = h.place_id ORDER BY h.id",
    ),
)


class ShellDatabaseImporter:
    """Command histories in databases: IPython, Atuin, zsh-histdb, with secrets left out"""

    name = "shell-database"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        matches: list[Match] = []
        for member in tree.members():
            if schema := _schema_of(tree, member.name):
                members = (member.name, *companions(tree, member.name))
                matches.append(Match(self.name, members, 0.9, f"a database with the tables of {schema.title}"))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        member, *beside = match.members
        schema = _schema_of(tree, member)
        if schema is None:
            return
        for other in beside:
            yield Units(1)
            yield Ignored("write-ahead-log", Origin(other, ""))
        seen = total = 0
        try:
            with open_database(tree, member) as database:
                total = database.count(schema.table)
                for row in database.rows(schema.sql):
                    yield _command(row, schema, member)
                    seen += 1
            yield Units(total)
        except (SqliteDamaged, *READ_ERRORS) as error:
            yield Units(max(total, seen + 1))
            yield BadRow("damaged-database", Origin(member, ""), f"the database cannot be read to its end: {error}")
            if total > seen + 1:
                yield Ignored("in-damaged-part", Origin(member, ""), total - seen - 1)


def _schema_of(tree: Tree, member: str) -> _Schema | None:
    tables = table_names(tree, member)
    for schema in _SCHEMAS:
        if schema.tables <= tables and _has_columns(tree, member, schema):
            return schema
    return None


def _has_columns(tree: Tree, member: str, schema: _Schema) -> bool:
    """The columns of a table are in the text that declared it, at the beginning of the file."""
    head = tree.head(member)
    return all(column.encode() in head for column in schema.columns)


def _command(row: sqlite3.Row, schema: _Schema, member: str) -> Record | BadRow:
    origin = Origin(member, f"table {schema.table} row {row['key']}")
    command = row["command"]
    if not isinstance(command, str) or not command.strip():
        return BadRow("no-command", origin, "a row without a command", json.dumps(str(row["time"])).encode())
    extra = {"activity": "command", "shell": schema.title, "seconds": row["seconds"], "folder": row["folder"]}
    return Record(
        source=schema.source,
        kind="other",
        time=_time(row["time"], schema.unit),
        origin=origin,
        thread=f"session {row['session']}" if row["session"] is not None else None,
        text=redact(command.strip()[:LONGEST]),
        extra={key: value for key, value in extra.items() if value},
    )


def _time(time: object, unit: int) -> Time:
    if unit and isinstance(time, int):
        milliseconds = time // unit if unit > 0 else time * -unit
        return from_milliseconds(milliseconds, str(time)) or UNKNOWN_TIME
    try:
        moment = datetime.fromisoformat(str(time))
    except ValueError:
        return UNKNOWN_TIME
    return Time(str(time), moment.replace(microsecond=0, tzinfo=None), Precision.SECOND)
