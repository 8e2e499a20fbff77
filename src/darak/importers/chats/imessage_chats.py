"""What stands beside the messages in Apple's database: the chats with their members, and the attached files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.sqlite_file import Database
from darak.importers.names import folder_of
from darak.importers.tree import Tree
from darak.records.record import Blob, Identity

_LARGEST = 64 << 20
_FOLDER = "Attachments/"


@dataclass(frozen=True, slots=True)
class Chat:
    """`name` is what it is called, or who is in it when a group has no name; None for a talk of two."""

    identifier: str
    name: str | None
    members: tuple[Identity, ...]


NO_CHAT = Chat("", None, ())


class Chats:
    """The chats of a database by row number."""

    def __init__(self, database: Database) -> None:
        members: dict[int, list[Identity]] = {}
        if database.columns("chat_handle_join"):
            joined = "SELECT j.chat_id AS chat, h.id AS handle FROM chat_handle_join j JOIN handle h"
            for row in database.rows(f"{joined} ON h.rowid = j.handle_id ORDER BY j.chat_id, h.id"):
                members.setdefault(row["chat"], []).append(Identity(str(row["handle"])))
        there = database.columns("chat")
        identifier = "chat_identifier" if "chat_identifier" in there else "guid"
        name = "display_name" if "display_name" in there else "NULL"
        self._chats: dict[int, Chat] = {}
        for row in database.rows(f"SELECT rowid AS rowid, {identifier} AS identifier, {name} AS name FROM chat"):
            inside = tuple(members.get(row["rowid"], ()))
            called = ", ".join(one.handle for one in inside) if len(inside) > 1 else None
            self._chats[row["rowid"]] = Chat(str(row["identifier"] or ""), row["name"] or called, inside)

    def of(self, number: int | None) -> Chat:
        return self._chats.get(number or 0, NO_CHAT)


class Attachments:
    """The files of each message: what they are called, and their bytes when they lie in the tree."""

    def __init__(self, database: Database, tree: Tree, members: tuple[str, ...]) -> None:
        self._database, self._tree = database, tree
        self._files = {name.partition(_FOLDER)[2]: name for name in members if _FOLDER in name}
        self._there = database.columns("attachment") if database.columns("message_attachment_join") else set[str]()

    @staticmethod
    def members(tree: Tree, database: str) -> tuple[str, ...]:
        """The attached files beside a database."""
        folder = folder_of(database) + _FOLDER
        return tuple(member.name for member in tree.members() if member.name.startswith(folder))

    def of(self, message: int) -> tuple[list[str], list[Blob]]:
        """(names of the files of a message, those of them that are at hand)."""
        if "filename" not in self._there:
            return [], []
        wanted = ", ".join(f"a.{name}" for name in ("filename", "transfer_name", "mime_type") if name in self._there)
        joined = "FROM message_attachment_join j JOIN attachment a ON a.rowid = j.attachment_id"
        names: list[str] = []
        blobs: list[Blob] = []
        for row in self._database.rows(f"SELECT {wanted} {joined} WHERE j.message_id = ? ORDER BY a.rowid", (message,)):
            path = str(row["filename"] or "")
            name = (row["transfer_name"] if "transfer_name" in self._there else None) or PurePosixPath(path).name
            mime = row["mime_type"] if "mime_type" in self._there else None
            names.append(name or mime or "attachment")
            if data := self._data(path):
                blobs.append(Blob.of(data, name or None, mime))
        return names, blobs

    def _data(self, path: str) -> bytes:
        member = self._files.get(path.partition(_FOLDER)[2])
        if member is None:
            return b""
        try:
            with self._tree.open(member) as stream:
                data = stream.read(_LARGEST + 1)
        except READ_ERRORS:
            return b""
        return data if len(data) <= _LARGEST else b""
