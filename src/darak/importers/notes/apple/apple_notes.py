"""Apple Notes: the database NoteStore.sqlite of a Mac, an iPhone or a backup, and the older notes.sqlite.

Detected by the tables ZICNOTEDATA and ZICCLOUDSYNCINGOBJECT, or ZNOTE and ZNOTEBODY before iOS 9. The native id is
the note's identifier, which all devices share. Times are UTC, counted from 2001. Locked notes keep their title and
are told. Media are read from the folder `Media` beside the database. The locator is "table ZICNOTEDATA row N" (in old
databases ZNOTE).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.epochs import APPLE, from_milliseconds
from darak.importers.formats.html_markdown import markdown_of_html
from darak.importers.formats.outcomes import one_flaw
from darak.importers.formats.sqlite_file import Database, SqliteDamaged, companions, open_database, table_names
from darak.importers.importer import BadRow, Ignored, Item, Match, Units
from darak.importers.names import folder_of
from darak.importers.notes.apple.document import text_of_note, unpack
from darak.importers.notes.apple.store import OBJECTS, Found, Store, media_members
from darak.importers.notes.attachments import read_files
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import UNKNOWN_TIME, Time

_MODERN = frozenset(("ZICNOTEDATA", OBJECTS))
_OLD = frozenset(("ZNOTE", "ZNOTEBODY"))
_RAW_KEPT = 64 << 10


class AppleNotesImporter:
    name = "apple-notes"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        matches: list[Match] = []
        for member in tree.members():
            tables = table_names(tree, member.name)
            if tables >= _MODERN:
                media = media_members(tree, folder_of(member.name)).values()
                members = tuple(dict.fromkeys((member.name, *companions(tree, member.name), *media)))
                matches.append(Match(self.name, members, 0.97, "SQLite with the tables of Apple Notes"))
            elif tables >= _OLD:
                members = (member.name, *companions(tree, member.name))
                matches.append(Match(self.name, members, 0.9, "SQLite with the tables of Notes before iOS 9"))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        member = match.members[0]
        table = "ZICNOTEDATA" if table_names(tree, member) >= _MODERN else "ZNOTE"
        lost = 0
        try:
            with open_database(tree, member) as database:
                lost = database.count(table)
                yield Units(lost)
                modern = table == "ZICNOTEDATA"
                if _is_cut(tree, member):
                    yield Units(1)
                    yield BadRow("cut-off", Origin(member, "bytes 0-"), "the database is cut off; copy it again")
                for items in self._modern(database, tree, member) if modern else self._old(database, member):
                    yield from items
                    lost -= 1
        except (SqliteDamaged, *READ_ERRORS) as error:
            origin = Origin(member, f"table {table}")
            if lost < 1:
                yield Units(1)
            yield BadRow("damaged-database", origin, f"the database cannot be read on: {error}")
            if lost > 1:
                yield Ignored("lost-with-the-damage", origin, lost - 1)

    def _modern(self, database: Database, tree: Tree, member: str) -> Iterator[list[Item]]:
        store = Store(database, media_members(tree, folder_of(member)))
        for row in store.notes():
            yield list(self._note(row, store, tree, Origin(member, f"table ZICNOTEDATA row {row['row']}")))

    def _note(self, row: sqlite3.Row, store: Store, tree: Tree, origin: Origin) -> Iterator[Item]:
        locked = bool(row["ZISPASSWORDPROTECTED"])
        data: bytes = row["data"] or b""
        found = Found([], [], [], [])
        flaws: list[tuple[str, str]] = []
        text: str = ""
        if locked:
            flaws.append(("encrypted-note", "the note is locked with a password; unlock it in Notes"))
        elif not data:
            text = row["ZSNIPPET"] or ""
            flaws.append(("not-downloaded", "only the note's beginning was on the device; open it there"))
        else:
            try:
                text = text_of_note(unpack(data), lambda name, kind: store.describe(name, kind, found))
            except ValueError as error:
                yield BadRow("damaged-note", origin, f"the note's text cannot be read: {error}", data[:_RAW_KEPT])
                return
        if row["object"] is None:
            flaws.append(("note-without-entry", "the database tells nothing of it but its text"))
        if found.damaged:
            flaws.append(("damaged-table", f"tables in it that cannot be read: {found.damaged}"))
        blobs, left_out = read_files(tree, found.files)
        extra: dict[str, Any] = {
            "folder": store.folder(row),
            "account": store.account(row),
            "tags": found.tags,
            "links": found.links,
            "modified": row["modified"],
            "pinned": bool(row["ZISPINNED"]),
            "trashed": bool(row["ZMARKEDFORDELETION"]),
            "locked": locked,
            "missing": [*found.missing, *left_out],
        }
        yield Record(
            source=self.name,
            kind="note",
            native_id=row["ZIDENTIFIER"],
            time=_time(row["created"]),
            origin=origin,
            title=row["ZTITLE1"] or text.split("\n", 1)[0].lstrip("# ").strip() or None,
            text=text,
            blobs=blobs,
            extra={key: value for key, value in extra.items() if value},
        )
        yield from one_flaw(flaws, origin)

    def _old(self, database: Database, member: str) -> Iterator[list[Item]]:
        """Notes before iOS 9 and OS X 10.11, whose bodies are HTML."""
        columns, body_columns = database.columns("ZNOTE"), database.columns("ZNOTEBODY")
        names = {
            "body": next((name for name in ("ZCONTENT", "ZHTMLSTRING") if name in body_columns), None),
            "created": next((name for name in ("ZCREATIONDATE", "ZDATECREATED") if name in columns), None),
            "modified": next((name for name in ("ZMODIFICATIONDATE", "ZDATEEDITED") if name in columns), None),
            "id": next((name for name in ("ZGUID", "ZNOTEID") if name in columns), None),
            "title": "ZTITLE" if "ZTITLE" in columns else None,
        }
        chosen = ", ".join(
            f"{'b' if key == 'body' else 'n'}.{name} AS {key}" if name else f"NULL AS {key}"
            for key, name in names.items()
        )
        query = f"SELECT n.Z_PK AS row, {chosen} FROM ZNOTE n LEFT JOIN ZNOTEBODY b ON b.Z_PK = n.ZBODY ORDER BY n.Z_PK"
        for row in database.rows(query):
            body: Any = row["body"]
            source = body.decode("utf-8", "replace") if isinstance(body, bytes) else body or ""
            modified = row["modified"]
            yield [
                Record(
                    source=self.name,
                    kind="note",
                    native_id=row["id"],
                    time=_time(row["created"]),
                    origin=Origin(member, f"table ZNOTE row {row['row']}"),
                    title=row["title"],
                    text=markdown_of_html(source).text,
                    extra={"modified": modified} if modified else {},
                )
            ]


def _is_cut(tree: Tree, member: str) -> bool:
    """Whether the file is shorter than its header says: SQLite itself may find tables empty then, and no fault."""
    head = tree.head(member)
    sizes = {found.name: found.size for found in tree.members()}
    page, pages = int.from_bytes(head[16:18], "big"), int.from_bytes(head[28:32], "big")
    known = head[24:28] == head[92:96]
    return known and pages * (65536 if page == 1 else page) > sizes.get(member, 0)


def _time(seconds: Any) -> Time:
    if not isinstance(seconds, (int, float)):
        return UNKNOWN_TIME
    try:
        return from_milliseconds(round(seconds * 1000), str(seconds), APPLE) or UNKNOWN_TIME
    except (ValueError, OverflowError):
        return UNKNOWN_TIME
