"""The records of one ChatGPT conversation.

A message's native id is "conversation/message", because a conversation that was branched off repeats the messages
before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import orjson

from darak.importers.ai_chats.chatgpt.branches import (
    Json,
    ancestor_on,
    as_dict,
    message_of,
    number,
    parents_of,
    role_of,
    shown_path,
    text_and_assets,
    uploads_of,
    why_ignored,
)
from darak.importers.formats.json_array import Element
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Units
from darak.records.record import Blob, Identity, Origin, Record
from darak.records.time import UNKNOWN_TIME, Precision, Time, from_epoch

SOURCE = "chatgpt"
_LONGEST_RAW = 1 << 20


class Conversation:
    """The items of one conversation: what the page shows as records, each with the branches left for it."""

    def __init__(
        self, member: str, element: Element, mapping: Json, blobs: Callable[[list[str]], tuple[Blob, ...]]
    ) -> None:
        """`mapping` is the element's; `blobs` gives the files that asset pointers name."""
        self._member, self._element, self._mapping, self._blobs = member, element, mapping, blobs
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
        root = "$" if self._element.index < 0 else f"$[{self._element.index}]"  # a file may be one conversation
        locator = f"{root}.mapping[{orjson.dumps(node).decode()}].message"
        return Origin(self._member, locator)

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
        if not said[0].strip() and not said[1] and not uploads_of(message):
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
        self,
        node: str,
        message: Json,
        origin: Origin,
        said: tuple[str, list[str]],
        time: Time,
        parent: str | None,
        alternatives: list[dict[str, Any]],
    ) -> Record:
        role, metadata, content = role_of(message), as_dict(message.get("metadata")), as_dict(message.get("content"))
        text, assets = said
        uploads = uploads_of(message)
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
        if uploads:
            extra["files"] = list(uploads.values())
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
            text=text if text.strip() or assets else "\n".join(uploads.values()),
            blobs=self._blobs([*assets, *(key for key in uploads if not any(key in asset for asset in assets))]),
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


def _is_counted(message: Json) -> bool:
    return "role" in as_dict(message.get("author"))


def _raw(value: Json) -> bytes:
    return orjson.dumps(value)[:_LONGEST_RAW]


def _time(value: object) -> Time | None:
    seconds = number(value)
    if seconds is None:
        return None
    try:
        return from_epoch(seconds, str(value), Precision.MILLISECOND if seconds % 1 else Precision.SECOND)
    except (OverflowError, ValueError):
        return None
