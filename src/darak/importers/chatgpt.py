"""ChatGPT's export: `conversations.json`, or since 2026 several `conversations-000.json`, as one array in each.

Locators are JSON paths such as `$[3].mapping["8d0c"].message`. A message's native id is "conversation/message",
because a conversation that was branched off repeats the messages before it.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import orjson

from darak.importers.archive import READ_ERRORS
from darak.importers.chatgpt_tree import (
    Json,
    ancestor_on,
    as_dict,
    message_of,
    number,
    parents_of,
    role_of,
    shown_path,
    text_and_assets,
    why_ignored,
)
from darak.importers.importer import BadRow, Checkpoint, Flaw, Ignored, Item, Match, Units
from darak.importers.json_array import Element, read_elements, shape_of
from darak.importers.tree import Tree
from darak.records.record import Blob, Identity, Origin, Record
from darak.records.time import UNKNOWN_TIME, Precision, Time, from_epoch

SOURCE = "chatgpt"
_NODE = re.compile(rb'"mapping"\s*:\s*\{(?:\s*\}|\s*"(?:[^"\\]|\\.)*"\s*:\s*\{)')
_TREE_KEYS = (b'"children"', b'"parent"', b'"message"')
# Each message names its author's role once; quotes within texts are escaped.
_MESSAGE = re.compile(
    rb'"author"(?<!\\"author")\s*+:\s*+\{(?:[^{}"]|"(?:[^"\\]|\\.)*+"|\{[^{}]*\})*?(?<=[{,\s])"role"\s*+:'
)
_COMPANIONS = (
    "chat.html", "user.json", "user_settings.json", "message_feedback.json", "model_comparisons.json",
    "shared_conversations.json", "group_chats.json", "shopping.json", "sora.json",
)
"""What an export holds beside the conversations; nothing of it is said that they do not say."""
_ASSET = re.compile(r"file[-_][A-Za-z0-9]{8,}")
_LARGEST_ASSET = 64 * 1024 * 1024
_LONGEST_RAW = 1 << 20
_CHECKPOINT_EVERY = 2000
_PROBLEMS = {
    "damaged": "a conversation is damaged and cannot be read",
    "cut-off": "the file ends within a conversation; export or download it again",
    "too-large": "a conversation of over 64 MB was left out",
}


class ChatGPTImporter:
    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        folders: dict[str, list[str]] = {}
        for member in tree.members():
            if _is_conversations(tree.head(member.name)):
                folders.setdefault(_folder(member.name), []).append(member.name)
        matches: list[Match] = []
        for folder, members in folders.items():
            beside = [
                member.name
                for member in tree.members()
                if _folder(member.name) == folder and _short(member.name) in _COMPANIONS
            ]
            assets = [
                member.name for member in tree.members() if member.name.startswith(folder) and _asset_id(member.name)
            ]
            why = "conversations of ChatGPT: trees of messages"
            matches.append(Match(self.name, (*sorted(members), *beside, *assets), 0.95, why))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        conversations = [name for name in match.members if _is_conversations(tree.head(name))]
        first, index, start = (int(part) for part in (resume or "0:0:0").split(":"))
        for member in match.members:
            if member not in conversations and not resume:
                yield Units(1)
                yield Ignored("asset" if _asset_id(member) else "companion-file", Origin(member, ""))
        assets = {_asset_id(name): name for name in match.members if _asset_id(name)}
        for number_of, member in enumerate(conversations):
            if number_of >= first:
                reader = _Reader(tree, member, assets)
                yield from reader.read(number_of, *((index, start) if number_of == first else (0, 0)))


class _Reader:
    """Reads one file of conversations."""

    def __init__(self, tree: Tree, member: str, assets: dict[str, str]) -> None:
        self._tree, self.member, self._assets = tree, member, assets

    def read(self, number_of: int, index: int, start: int) -> Iterator[Item]:
        shape = shape_of(self._tree.head(self.member))
        if shape is None:
            return
        pending = 0
        end = start
        try:
            with self._tree.open(self.member) as stream:
                for _ in range(start // _LONGEST_RAW):
                    stream.read(_LONGEST_RAW)
                stream.read(start % _LONGEST_RAW)
                for element in read_elements(stream, shape, start, index):
                    for item in self._element(element):
                        yield item
                        pending += 1
                    end = element.end
                    if pending >= _CHECKPOINT_EVERY and not element.problem:
                        yield Checkpoint(f"{number_of}:{element.index + 1}:{end}")
                        pending = 0
        except READ_ERRORS as error:
            yield Units(1)
            yield BadRow("unreadable", Origin(self.member, f"bytes {end}-"), f"cannot be read to its end: {error}")

    def _element(self, element: Element) -> Iterator[Item]:
        mapping = as_dict(as_dict(element.value).get("mapping"))
        if element.problem or (not mapping and "mapping" not in as_dict(element.value)):
            code = element.problem or "no-conversation"
            message = _PROBLEMS.get(code, "an object that is no conversation")
            origin = Origin(self.member, f"bytes {element.start}-{element.end}")
            yield Units(1)
            yield BadRow(code, origin, message, element.raw[:_LONGEST_RAW])
            return
        yield Units(len(_MESSAGE.findall(element.raw)))
        yield from _Conversation(self, element, mapping).items()

    def blobs(self, pointers: list[str]) -> tuple[Blob, ...]:
        """The files that asset pointers name, as far as they are in the export."""
        found: list[Blob] = []
        for pointer in pointers:
            name = self._assets.get(_asset_id(pointer))
            if name is None:
                continue
            try:
                with self._tree.open(name) as stream:
                    data = stream.read(_LARGEST_ASSET + 1)
            except READ_ERRORS:
                continue
            if len(data) <= _LARGEST_ASSET:
                short = _short(name)
                found.append(Blob.of(data, short, mimetypes.guess_type(short)[0]))
        return tuple(found)


class _Conversation:
    """The items of one conversation: what the page shows as records, each with the branches left for it."""

    def __init__(self, reader: _Reader, element: Element, mapping: Json) -> None:
        self._reader, self._element, self._mapping = reader, element, mapping
        data = as_dict(element.value)
        self._parents = parents_of(mapping)
        self._path = shown_path(mapping, self._parents, data.get("current_node"))
        identity = data.get("conversation_id") or data.get("id") or (self._path[0] if self._path else "")
        self._id = str(identity)
        title = data.get("title")
        self._title = title if isinstance(title, str) and title else None
        self._model = data.get("default_model_slug")
        self._time = _time(data.get("create_time")) or UNKNOWN_TIME

    def items(self) -> Iterator[Item]:
        alternatives = self._alternatives()
        parent: str | None = None
        for node in self._path:
            for item in self._shown(node, parent, alternatives.get(node, [])):
                if isinstance(item, Record):
                    parent = item.native_id
                yield item
        on_path = set(self._path)
        for node in self._mapping:
            if node in on_path:
                continue
            if problem := self._problem(node):
                yield from problem
            elif message_of(self._mapping[node]):
                yield Ignored("abandoned-branch", self._origin(node))

    def _problem(self, node: str) -> tuple[Item, ...]:
        """A bad row for a node whose message is not where it should be, after its unit when it was not counted."""
        value = as_dict(self._mapping[node])
        if _is_counted(message_of(value)) or ("message" in value and value["message"] is None):
            return ()
        row = BadRow("no-message", self._origin(node), "a node without a message that can be read", _raw(value))
        counted = any(_is_counted(as_dict(part)) for part in value.values())
        return (row,) if counted else (Units(1), row)

    def _origin(self, node: str) -> Origin:
        locator = f"$[{self._element.index}].mapping[{orjson.dumps(node).decode()}].message"
        return Origin(self._reader.member, locator)

    def _shown(self, node: str, parent: str | None, alternatives: list[dict[str, Any]]) -> Iterator[Item]:
        message, origin = message_of(self._mapping[node]), self._origin(node)
        if problem := self._problem(node):
            yield from problem
            return
        if not message:
            return
        if code := why_ignored(message):
            yield Ignored(code, origin)
            return
        said = text_and_assets(as_dict(message.get("content")))
        if said is None:
            yield BadRow("unknown-content", origin, "a message of an unknown form", _raw(message))
            return
        if not said[0].strip() and not said[1]:
            yield Ignored("empty-message", origin)
            return
        time = _time(message.get("create_time"))
        yield self._record(node, message, origin, said, time or self._time, parent, alternatives)
        if time is None:
            yield Flaw("no-time", origin, "the message has no time; it has that of the one before it")
        elif self._element.repaired and "\ufffd" in said[0]:
            yield Flaw("undecodable", origin, "some bytes of the text cannot be decoded")
        self._time = time or self._time

    def _record(
        self, node: str, message: Json, origin: Origin, said: tuple[str, list[str]], time: Time, parent: str | None,
        alternatives: list[dict[str, Any]],
    ) -> Record:
        role, metadata, content = role_of(message), as_dict(message.get("metadata")), as_dict(message.get("content"))
        text, assets = said
        extra: dict[str, Any] = {}
        if role == "assistant" and (model := metadata.get("model_slug") or self._model):
            extra["model"] = model
        if role == "tool" and (name := as_dict(message.get("author")).get("name")):
            extra["tool"] = name
        if (recipient := message.get("recipient")) not in (None, "all"):
            extra["recipient"] = recipient
        if (kind := content.get("content_type")) not in (None, "text", "multimodal_text"):
            extra["content_type"] = kind
        if assets:
            extra["assets"] = assets
        if alternatives:
            extra["alternatives"] = alternatives
        return Record(
            source=SOURCE,
            kind="chat",
            time=time,
            origin=origin,
            native_id=f"{self._id}/{message.get('id') or node}",
            author=Identity(role),
            thread=self._id,
            parent=parent,
            title=self._title,
            text=text,
            blobs=self._reader.blobs(assets),
            extra=extra,
        )

    def _alternatives(self) -> dict[str, list[dict[str, Any]]]:
        """What was said in abandoned branches, by the node on the path that was kept instead.

        That is the first shown message after the fork, or the last one before it when nothing follows.
        """
        on_path = set(self._path)
        shown = [node for node in self._path if self._says(node)]
        position = {node: i for i, node in enumerate(self._path)}
        kept: dict[str, list[dict[str, Any]]] = {}
        for node in self._mapping:
            if node in on_path or not shown or (text := self._says(node)) is None:
                continue
            fork = position.get(ancestor_on(on_path, self._parents, node) or "", -1)
            target = next((other for other in shown if position[other] > fork), shown[-1])
            message = message_of(self._mapping[node])
            time = _time(message.get("create_time"))
            kept.setdefault(target, []).append(
                {"id": node, "role": role_of(message), "time": time.iso() if time else None, "text": text}
            )
        return kept

    def _says(self, node: str) -> str | None:
        """The text of a node's message when it becomes a record, or would have on the path."""
        message = message_of(self._mapping[node])
        if not _is_counted(message) or why_ignored(message):
            return None
        said = text_and_assets(as_dict(message.get("content")))
        return said[0] if said and (said[0].strip() or said[1]) else None


def _is_conversations(head: bytes) -> bool:
    return shape_of(head) is not None and _NODE.search(head) is not None and all(key in head for key in _TREE_KEYS)


def _is_counted(message: Json) -> bool:
    return "role" in as_dict(message.get("author"))


def _raw(value: Json) -> bytes:
    return orjson.dumps(value)[:_LONGEST_RAW]


def _folder(name: str) -> str:
    """The beginning of a member's name that all of its folder share."""
    return name[: max(name.rfind("/"), name.rfind("!")) + 1]


def _short(name: str) -> str:
    return PurePosixPath(name.rpartition("!")[2]).name


def _asset_id(name: str) -> str:
    match = _ASSET.match(_short(name))
    return match[0] if match else ""


def _time(value: object) -> Time | None:
    seconds = number(value)
    if seconds is None:
        return None
    try:
        return from_epoch(seconds, str(value), Precision.MILLISECOND if seconds % 1 else Precision.SECOND)
    except (OverflowError, ValueError):
        return None
