"""The conversations of Messenger and Instagram: `participants`, and `messages` with the newest first, up to 10,000 a
file. Since 2023 chats encrypted end to end come in a form of their own (`senderName`, `text`, `timestamp`)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import orjson

from darak.importers.archive import READ_ERRORS
from darak.importers.chats.meta import Context, Section, said
from darak.importers.formats.epochs import from_milliseconds
from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_int, as_text
from darak.importers.importer import Ignored
from darak.importers.names import inner_path
from darak.importers.tree import Tree
from darak.records.record import Identity, Origin, Record, nfc

_SIGN = re.compile(
    rb'\A(?:\xef\xbb\xbf)?\s*\{(?=.*"messages"\s*:\s*\[)(?=.*"(?:timestamp_ms|participants)"\s*:)'
    rb'(?=.*(?:"(?:sender_name|senderName)"\s*:|"participants"\s*:\s*\[.*"messages"\s*:\s*\[\s*\]))',
    re.DOTALL,
)
_PARTICIPANTS = re.compile(rb'"participants"\s*:\s*(\[(?:[^\[\]"]|"(?:[^"\\]|\\.)*")*\])')
_NAMES = re.compile(rb'(?<!\\)"(title|thread_path|threadName)"\s*:\s*"((?:[^"\\]|\\.)*)"')
_NUMBER = re.compile(r"_\d+$")
_DEPTH = 3
_CHUNK = 1 << 20
_OVERLAP = 1 << 12
_GROUP_CHANGES = ("Subscribe", "Unsubscribe")


def build_message(context: Context, value: Json, origin: Origin) -> Record | Ignored | str:
    """The record of one message."""
    stamp = as_int(value.get("timestamp_ms", value.get("timestamp")))
    time = from_milliseconds(stamp)
    if stamp is None or time is None:
        return "a message without a time"
    if value.get("is_unsent") or value.get("isUnsent"):
        return Ignored("unsent-message", origin)
    names, blobs = context.files.of(value)
    share = as_dict(value.get("share"))
    link = as_text(share.get("link")) or None
    seconds = as_int(value.get("call_duration"))
    called = seconds is not None or value.get("type") == "Call"
    parts = [said(value.get("content", value.get("text"))), said(share.get("share_text")), link or ""]
    text = "\n".join(dict.fromkeys(part for part in parts if part)) or "\n".join(names)
    if not text and not called:
        return Ignored("empty-message", origin)
    extra: dict[str, Any] = {"chat": context.title} if context.title else {}
    if names:
        extra["files"] = names
    if reactions := [_reaction(one) for one in as_dicts(value.get("reactions"))]:
        extra["reactions"] = reactions
    if called:
        extra["seconds"] = seconds or 0
    if value.get("type") in _GROUP_CHANGES or "users" in value:
        extra["group_change"] = True
    name = nfc(said(value.get("sender_name", value.get("senderName"))))
    author = Identity(name) if name else None
    return Record(
        source=context.source,
        kind="call" if called else "message",
        time=time,
        end=from_milliseconds(stamp + seconds * 1000) if seconds else None,
        origin=origin,
        author=author,
        people=tuple(one for one in context.people if one != author),
        thread=context.thread or None,
        text=text or "call",
        url=link,
        blobs=blobs,
        extra=extra,
        also=context.page_ids("json", author, time, text),
    )


def _reaction(value: Json) -> dict[str, str]:
    return {"by": said(value.get("actor")), "sign": said(value.get("reaction"))}


MESSAGES = Section(("messages",), _SIGN, build_message, shared=True)


def thread_context(tree: Tree, member: str, context: Context) -> Context:
    """The context with what a file tells of its conversation, part of which stands behind the messages.

    A thread is called as its folder, which is the last part of its path and stays the same when it is archived.
    """
    head = tree.head(member)
    if not _SIGN.search(head):
        return replace(context, thread=nfc(_folder(member)))
    names = _names(tree, member)
    # Of encrypted chats the name ends with a number, which the next export may give to another.
    name = _NUMBER.sub("", names.get("threadName", ""))
    path = _folder(member) or names.get("thread_path") or name
    title = names.get("title") or name
    listed = _PARTICIPANTS.search(head)
    people = tuple(Identity(name) for name in _participants(listed[1]) if name) if listed else ()
    return replace(context, thread=nfc(path.rpartition("/")[2]), title=title, people=people)


def _folder(member: str) -> str:
    """The folder of a conversation, where it lies in one: `messages/inbox/<conversation>/message_1.json`."""
    parts = inner_path(member).split("/")
    below = parts[parts.index("messages") + 1 :] if "messages" in parts else []
    return below[-2] if len(below) >= _DEPTH else ""


def _participants(raw: bytes) -> list[str]:
    try:
        listed = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return []
    return [nfc(said(one if isinstance(one, str) else as_dict(one).get("name"))) for one in listed]


def _names(tree: Tree, member: str) -> dict[str, str]:
    """Title and path of a conversation, wherever they stand in its file; of several that are called so the last."""
    names: dict[str, str] = {}
    tail = b""
    try:
        with tree.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                window = tail + chunk
                for found in _NAMES.finditer(window):
                    names[found[1].decode()] = said(_string(found[2]))
                tail = window[-_OVERLAP:]
    except READ_ERRORS:
        pass  # reading the messages will meet the same damage and tell it
    return names


def _string(raw: bytes) -> str:
    try:
        return as_text(orjson.loads(b'"' + raw + b'"'))
    except orjson.JSONDecodeError:
        return ""
