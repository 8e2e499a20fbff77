"""The records of one of Claude's conversations or projects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson
from msgspec.structs import replace

from darak.importers.formats.json_array import Element
from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_list, as_text
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Units
from darak.records.record import Identity, Origin, Record
from darak.records.time import UNKNOWN_TIME, Time, ZoneSource, parse_iso

SOURCE = "claude"
_ROLES = {"human": "user", "assistant": "assistant"}
_SENDER = re.compile(rb'(?<!\\)"sender"\s*:\s*"(?:human|assistant)"')
_DOCUMENT = re.compile(rb'(?<!\\)"filename"\s*:')
_PLACEHOLDER = "```\nThis block is not supported on your current device yet.\n```"
_WRITTEN = {"artifacts": ("title", "content"), "create_file": ("path", "file_text")}
"""Where the tools with which Claude writes have the name and the text of what it wrote."""
_SPOKEN = ("text", "voice_note")
_LONGEST_RAW = 1 << 16


def conversation_items(element: Element, member: str) -> Iterator[Item]:
    """A record for each message; those that were left for another answer say so."""
    data = as_dict(element.value)
    messages = as_list(data.get("chat_messages"))
    shown = _shown_path(as_dicts(messages), as_text(data.get("current_leaf_message_uuid")))
    ids = {as_text(message.get("uuid")) for message in as_dicts(messages)}
    begun = _time(data.get("created_at"))
    yield Units(len(_SENDER.findall(element.raw)))
    for number, value in enumerate(messages):
        message = as_dict(value)
        origin = Origin(member, f"$[{element.index}].chat_messages[{number}]")
        if message.get("sender") not in _ROLES:
            yield Units(1)
            yield BadRow("no-sender", origin, "a message without a sender", orjson.dumps(value)[:_LONGEST_RAW])
            continue
        text, extra = _text(message)
        if not text:
            yield Ignored("empty-message", origin)
            continue
        if shown and message.get("uuid") not in shown:
            extra["abandoned"] = True
        time = _time(message.get("created_at"))
        parent = as_text(message.get("parent_message_uuid"))
        yield Record(
            source=SOURCE,
            kind="chat",
            time=time or begun or UNKNOWN_TIME,
            origin=origin,
            native_id=as_text(message.get("uuid")) or f"{data.get('uuid')}/{number}",
            author=Identity(_ROLES[message["sender"]]),
            thread=as_text(data.get("uuid")) or None,
            parent=parent if parent in ids else None,
            title=as_text(data.get("name")) or None,
            text=text,
            extra=extra,
        )
        if time is None:
            yield Flaw("no-time", origin, "the message has no time; it has that of its conversation")
        elif element.repaired and "\ufffd" in text:
            yield Flaw("undecodable", origin, "some bytes of the text cannot be decoded")


def project_items(element: Element, member: str) -> Iterator[Item]:
    """A record for the project with its instructions, and one for each document in it."""
    data = as_dict(element.value)
    name, identifier = as_text(data.get("name")) or None, as_text(data.get("uuid"))
    origin = Origin(member, f"bytes {element.start}-{element.end}")
    yield Units(1 + len(_DOCUMENT.findall(element.raw)))
    begun = _time(data.get("created_at")) or UNKNOWN_TIME
    about = "\n\n".join(part for key in ("description", "prompt_template") if (part := as_text(data.get(key))))
    if name or about:
        yield Record(
            source=SOURCE,
            kind="note",
            time=begun,
            origin=origin,
            native_id=identifier or None,
            thread=identifier or None,
            title=name,
            text=about,
        )
    else:
        yield Ignored("empty-project", origin)
    for number, value in enumerate(as_list(data.get("docs"))):
        document = as_dict(value)
        if "filename" not in document:
            yield Units(1)
            yield BadRow("no-document", origin, "a document without a name", orjson.dumps(value)[:_LONGEST_RAW])
            continue
        yield Record(
            source=SOURCE,
            kind="document",
            time=_time(document.get("created_at")) or begun,
            origin=origin,
            native_id=as_text(document.get("uuid")) or f"{identifier}/{number}",
            thread=identifier or None,
            title=as_text(document.get("filename")) or None,
            text=as_text(document.get("content")),
            extra={"project": name} if name else {},
        )


def _text(message: Json) -> tuple[str, dict[str, Any]]:
    """(what was said, with the text of attached files and of what Claude wrote beside it; what else is kept)."""
    blocks = as_dicts(message.get("content"))
    texts: list[str] = []
    tools: list[str] = []
    for block in blocks:
        if block.get("type") in _SPOKEN:
            texts.append(as_text(block.get("text")))
        elif block.get("type") == "tool_use":
            tools.append(as_text(block.get("name")))
            written = as_dict(block.get("input"))
            title, content = (as_text(written.get(key)) for key in _WRITTEN.get(as_text(block.get("name")), ("", "")))
            if content:
                texts.append(f"{title}\n{content}".strip())
    if not any(texts):
        texts = [as_text(message.get("text")).replace(_PLACEHOLDER, "")]
    names: list[str] = []
    for attached in as_dicts(message.get("attachments")):
        name, content = as_text(attached.get("file_name")), as_text(attached.get("extracted_content"))
        names.append(name)
        texts.append(f"{name}\n{content}".strip() if content else "")
    names += [as_text(file.get("file_name")) for file in as_dicts(message.get("files"))]
    extra: dict[str, Any] = {}
    if any(names):
        extra["files"] = [name for name in dict.fromkeys(names) if name]
    if tools:
        extra["tools"] = list(dict.fromkeys(tools))
    text = "\n\n".join(stripped for text in texts if (stripped := text.strip()))
    return text or "\n".join(extra.get("files", ())), extra


def _shown_path(messages: list[Json], leaf: str) -> set[str]:
    """Ids of the messages from the last one shown up to the first; empty where no message says what it follows."""
    parents = {as_text(one.get("uuid")): as_text(one.get("parent_message_uuid")) for one in messages}
    if not any(parents.values()):
        return set()
    node = leaf if leaf in parents else as_text(messages[-1].get("uuid"))
    path: set[str] = set()
    while node in parents and node not in path:
        path.add(node)
        node = parents[node]
    # Messages that follow none are of conversations that were begun before branches were written down.
    return path | {node for node, parent in parents.items() if not parent}


def _time(value: Any) -> Time | None:
    """Times are instants in UTC, written with "Z" or "+00:00": they tell no clock of their own."""
    try:
        time = parse_iso(as_text(value))
    except ValueError:
        return None
    return replace(time, zone="UTC", zone_source=ZoneSource.UTC) if time.zone == "+00:00" else time
