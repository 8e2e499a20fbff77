"""The database of Apple Notes: folders, accounts, and what the objects in notes are.

One table, ZICCLOUDSYNCINGOBJECT, holds accounts (ZNAME), folders (ZTITLE2), notes (ZTITLE1) and attached objects
(ZTYPEUTI). Its numbered columns moved from version to version, so that only those that exist are asked for. Known
from the schemas of iOS 9 to 18.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from darak.importers.formats.sqlite_file import Database
from darak.importers.notes.apple.document import text_of_table, unpack
from darak.importers.tree import Tree

OBJECTS = "ZICCLOUDSYNCINGOBJECT"
_CREATED = ("ZCREATIONDATE3", "ZCREATIONDATE1", "ZCREATIONDATE2", "ZCREATIONDATE")
_MODIFIED = ("ZMODIFICATIONDATE1", "ZMODIFICATIONDATEATIMPORT", "ZMODIFICATIONDATE")
_ACCOUNTS = ("ZACCOUNT7", "ZACCOUNT4", "ZACCOUNT3", "ZACCOUNT2", "ZACCOUNT")
_TABLE_DATA = ("ZMERGEABLEDATA1", "ZMERGEABLEDATA")
_NOTE = ("ZIDENTIFIER", "ZTITLE1", "ZSNIPPET", "ZFOLDER", "ZISPASSWORDPROTECTED", "ZISPINNED", "ZMARKEDFORDELETION")
_OBJECT = (
    "Z_PK",
    "ZIDENTIFIER",
    "ZTYPEUTI",
    "ZALTTEXT",
    "ZTITLE",
    "ZUSERTITLE",
    "ZURLSTRING",
    "ZMEDIA",
    "ZPARENTATTACHMENT",
)
_MEDIA = re.compile(r"/Media/([0-9A-Fa-f-]{36})/(?:[^/]+/)?[^/]+\Z")
_TABLE = "com.apple.notes.table"


@dataclass(slots=True)
class Found:
    """What the objects of one note came to: files of the tree, names of files that are not there, web addresses."""

    files: list[str]
    missing: list[str]
    links: list[str]
    tags: list[str]
    damaged: int = 0


class Store:
    def __init__(self, database: Database, media: dict[str, str]) -> None:
        """`media` are the members of the tree by the identifiers of the media they hold."""
        self._database = database
        self._media = media
        self._columns = database.columns(OBJECTS)
        self._names = self._named("ZNAME")
        self._folders = self._named("ZTITLE2")
        parents = self._pairs("ZPARENT", "ZTITLE2")
        self._parents = {key: parent for key, parent in parents.items() if isinstance(parent, int)}
        self._in_folder = dict(self._old_folders())
        self._objects, self._children = self._read_objects()

    def notes(self) -> Iterator[sqlite3.Row]:
        """Every row of note data with what is known of its note."""
        have = self._columns
        columns = [f"o.{name} AS {name}" if name in have else f"NULL AS {name}" for name in _NOTE]
        columns.append(f"{self._first(_CREATED)} AS created")
        columns.append(f"{self._first(_MODIFIED)} AS modified")
        columns += [f"o.{name} AS {name}" for name in _ACCOUNTS if name in have]
        yield from self._database.rows(
            f"SELECT d.Z_PK AS row, d.ZNOTE AS note, d.ZDATA AS data, o.Z_PK AS object, {', '.join(columns)} "
            f"FROM ZICNOTEDATA d LEFT JOIN {OBJECTS} o ON o.Z_PK = d.ZNOTE ORDER BY d.Z_PK"
        )

    def folder(self, note: sqlite3.Row) -> str | None:
        """The names of the note's folder and of those around it."""
        key: int | None = note["ZFOLDER"] or self._in_folder.get(note["note"])
        names: list[str] = []
        while key in self._folders and len(names) < 20:
            names.append(self._folders[key])
            key = self._parents.get(key)
        return "/".join(reversed(names)) or None

    def account(self, note: sqlite3.Row) -> str | None:
        keys = (note[name] for name in note.keys() if name in _ACCOUNTS)  # noqa: SIM118 - a row iterates over values
        return next((self._names[key] for key in keys if key in self._names), None)

    def describe(self, identifier: str, kind: str, found: Found) -> str:
        """What stands in a note's text for one of its objects; its files are put into `found`."""
        row = self._objects.get(identifier)
        if row is None:
            return ""
        words = row["ZALTTEXT"] or row["ZUSERTITLE"] or row["ZTITLE"] or ""
        if kind.endswith("inlinetextattachment.hashtag"):
            found.tags.append(words.lstrip("#"))
        if kind == _TABLE:
            return self._table(row["Z_PK"], found)
        name = self._file(row, found)
        for child in self._children.get(row["Z_PK"], []):
            self._file(child, found)
        link = row["ZURLSTRING"]
        if link:
            found.links.append(link)
            return f"[{words}]({link})" if words else link
        return words or name

    def _file(self, row: sqlite3.Row, found: Found) -> str:
        """Takes the object's file, if it has one; returns the file's name."""
        if not row["ZMEDIA"]:
            return ""
        names = ("ZIDENTIFIER", "ZFILENAME")
        if not self._columns.issuperset(names):
            return ""
        for media in self._database.rows(f"SELECT {', '.join(names)} FROM {OBJECTS} WHERE Z_PK=?", (row["ZMEDIA"],)):
            member = self._media.get((media["ZIDENTIFIER"] or "").upper())
            name = media["ZFILENAME"] or ""
            if member:
                found.files.append(member)
            else:
                found.missing.append(name or media["ZIDENTIFIER"] or "")
            return name
        return ""

    def _table(self, key: int, found: Found) -> str:
        query = f"SELECT {self._first(_TABLE_DATA, '')} AS data FROM {OBJECTS} WHERE Z_PK=?"
        for row in self._database.rows(query, (key,)):
            try:
                return "\n" + text_of_table(unpack(row["data"] or b"")) + "\n"
            except ValueError:
                found.damaged += 1
        return ""

    def _named(self, column: str) -> dict[int, str]:
        return {key: str(name) for key, name in self._pairs(column, column).items()}

    def _pairs(self, column: str, present: str) -> dict[int, object]:
        if not self._columns.issuperset((column, present)):
            return {}
        query = f"SELECT Z_PK, {column} AS value FROM {OBJECTS} WHERE {present} IS NOT NULL"
        return {row["Z_PK"]: row["value"] for row in self._database.rows(query) if row["value"] is not None}

    def _old_folders(self) -> Iterator[tuple[int, int]]:
        """Up to iOS 11 a table of its own, Z_12NOTES or the like, tells the folders of notes."""
        tables = self._database.rows("SELECT name FROM sqlite_schema WHERE type='table' AND name GLOB 'Z_[0-9]*NOTES'")
        for table in [row["name"] for row in tables]:
            columns = self._database.columns(table)
            notes = next((name for name in columns if re.fullmatch(r"Z_\d+NOTES", name)), None)
            folders = next((name for name in columns if re.fullmatch(r"Z_\d+FOLDERS", name)), None)
            if notes and folders:
                for row in self._database.rows(f'SELECT "{notes}" AS note, "{folders}" AS folder FROM "{table}"'):
                    yield row["note"], row["folder"]

    def _read_objects(self) -> tuple[dict[str, sqlite3.Row], dict[int, list[sqlite3.Row]]]:
        if "ZTYPEUTI" not in self._columns:
            return {}, {}
        columns = ", ".join(name if name in self._columns else f"NULL AS {name}" for name in _OBJECT)
        objects: dict[str, sqlite3.Row] = {}
        children: dict[int, list[sqlite3.Row]] = {}
        queries = ["ZTYPEUTI"] + (["ZTYPEUTI1"] if "ZTYPEUTI1" in self._columns else [])
        for kind in queries:
            for row in self._database.rows(f"SELECT {columns} FROM {OBJECTS} WHERE {kind} IS NOT NULL ORDER BY Z_PK"):
                objects[row["ZIDENTIFIER"]] = row
                if row["ZPARENTATTACHMENT"]:
                    children.setdefault(row["ZPARENTATTACHMENT"], []).append(row)
        return objects, children

    def _first(self, names: tuple[str, ...], alias: str = "o.") -> str:
        """The first of the columns that has a value; there may be none of them."""
        there = [f"{alias}{name}" for name in names if name in self._columns]
        return f"COALESCE({', '.join(there)}, NULL)" if there else "NULL"


def media_members(tree: Tree, folder: str) -> dict[str, str]:
    """The files of attached media below the database's folder, by the identifier in their paths."""
    found: dict[str, str] = {}
    for member in tree.members():
        if member.name.startswith(folder) and (path := _MEDIA.search("/" + member.name)):
            found[path[1].upper()] = member.name
    return found
