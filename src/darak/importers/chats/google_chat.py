"""Google Chat (and the Hangouts before it) in a Takeout: one folder a talk, with its messages and their files.

Signs: JSON with `messages`, each with `creator`, `created_date` and `message_id`; `group_info.json` beside it names
the room and its members, `user_info.json` the owner. Locators are "bytes A-B", the message. Times are written in the
account's language, in UTC; ids are Google's.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from darak.importers.formats.json_items import object_items
from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_text
from darak.importers.formats.members import attachment, file_bytes
from darak.importers.formats.written_time import time_at_end
from darak.importers.importer import Ignored, Item, Match, Units
from darak.importers.names import folder_of, short_name
from darak.importers.tree import Tree
from darak.records.record import Blob, Identity, Origin, Record

_MESSAGES = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"messages"\s*:\s*\[\s*\{')
_SIGNS = (b'"creator"', b'"created_date"', b'"message_id"')
_LARGEST = 4 << 20


class GoogleChatImporter:
    """Google Chat and Hangouts: the talks of Takeout, with their files"""

    name = "google-chat"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        names = [member.name for member in tree.members()]
        matches: list[Match] = []
        for name in names:
            head = tree.head(name)
            if not _MESSAGES.match(head) or not all(sign in head for sign in _SIGNS):
                continue
            folder = folder_of(name)
            beside = [
                other
                for other in names
                if folder_of(other) == folder
                and short_name(other).startswith(("group_info", "File-"))
                and other != name
            ]
            matches.append(Match(self.name, (name, *beside), 0.95, "messages with creator and created_date"))
        users = tuple(name for name in names if _is_user(tree.head(name))) if matches else ()
        return [*matches, Match(self.name, users, 0.95, "the owner of Google Chat's messages")] if users else matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        first, *beside = match.members
        if not _MESSAGES.match(tree.head(first)):
            beside = [first, *beside]
        for name in beside:
            yield Units(1)
            yield Ignored("companion-file", Origin(name, ""))
        if first not in beside:
            yield from object_items(tree, first, _Room.of(tree, first).record, path=("messages",))


@dataclass(frozen=True, slots=True)
class _Room:
    """What all messages of a folder share; `members` are those of a talk of two, by their handles."""

    tree: Tree
    folder: str
    names: frozenset[str]
    title: str
    members: Mapping[str, Identity]

    @classmethod
    def of(cls, tree: Tree, member: str) -> _Room:
        folder, names = folder_of(member), frozenset(other.name for other in tree.members())
        info = _loaded(tree, f"{folder}group_info.json")
        owners = {
            person.handle
            for name in names
            if _is_user(tree.head(name)) and (person := _person(_loaded(tree, name).get("user")))
        }
        people = {person.handle: person for one in as_dicts(info.get("members")) if (person := _person(one))}
        others = [person.name or person.handle for handle, person in people.items() if handle not in owners]
        title = as_text(info.get("name")).strip() or ", ".join(others) or short_name(folder[:-1])
        return cls(tree, folder, names, title, people if len(people) == 2 else {})

    def record(self, message: Json, origin: Origin) -> Record | Ignored | str:
        key, time = as_text(message.get("message_id")), time_at_end(as_text(message.get("created_date")))
        if not key or time is None:
            return "a message without an id or a time"
        files = [as_text(one.get("export_name")) for one in as_dicts(message.get("attached_files"))]
        text = as_text(message.get("text")).strip()
        if not text and not files:
            return Ignored("empty-message", origin)
        author = _person(message.get("creator"))
        *room, topic, own = key.split("/")
        extra: dict[str, Any] = {"files": files} if files else {}
        return Record(
            source=GoogleChatImporter.name,
            kind="message",
            time=time,
            origin=origin,
            native_id=key,
            author=author,
            people=tuple(person for handle, person in self.members.items() if author and handle != author.handle),
            thread=self.title,
            parent="/".join((*room, topic, topic)) if room and topic != own else None,
            title=self.title,
            text=text,
            blobs=tuple(blob for name in files if (blob := self._blob(name))),
            extra=extra,
        )

    def _blob(self, name: str) -> Blob | None:
        # Takeout replaces in the files' names what file systems do not allow.
        data = attachment(self.tree, self.names, self.folder + re.sub(r'[?*:<>|"\\]', "_", name))
        return Blob.of(data, name, mimetypes.guess_type(name)[0]) if data is not None else None


def _person(value: object) -> Identity | None:
    person = as_dict(value)
    address, name = as_text(person.get("email")).strip().lower(), as_text(person.get("name")).strip()
    return Identity(address or name, name if address and name else None) if address or name else None


def _is_user(head: bytes) -> bool:
    return head.lstrip()[:1] == b"{" and b'"membership_info"' in head and b'"user"' in head


def _loaded(tree: Tree, member: str) -> Json:
    try:
        return as_dict(orjson.loads(file_bytes(tree, member, _LARGEST) or b"{}"))
    except orjson.JSONDecodeError:
        return as_dict(None)
