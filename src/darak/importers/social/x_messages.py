"""X's direct messages: conversations of two (called by both numbers) and groups, the newest message first."""

from __future__ import annotations

from typing import Any

from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_list, as_text
from darak.importers.importer import Ignored
from darak.importers.social.x_posts import SOURCE, Archive, expanded
from darak.records.record import Identity, Origin, Record
from darak.records.time import parse_iso

_MESSAGES = ("messageCreate", "welcomeMessageCreate")
_EVENTS = (
    "reactionCreate",
    "joinConversation",
    "participantsJoin",
    "participantsLeave",
    "conversationNameUpdate",
    "conversationAvatarUpdate",
    "conversationReadTimestamp",
    "trustConversation",
    "disappearingSetting",
)


def message_item(value: Json, conversation: Json, archive: Archive, origin: Origin) -> Record | Ignored | str:
    """The record of one event in a conversation; the message why it gives none."""
    name = next(iter(value), "")
    if name in _EVENTS:
        return Ignored("conversation-event", origin)
    if name not in _MESSAGES:
        return "an event in a conversation that is not known"
    return _message(as_dict(value.get(name)), conversation, origin, archive)


def _message(message: Json, conversation: Json, origin: Origin, archive: Archive) -> Record | Ignored | str:
    identifier = as_text(message.get("id"))
    try:
        time = parse_iso(as_text(message.get("createdAt")))
    except ValueError:
        return "a message without a time"
    blobs = archive.media(identifier)
    text = expanded(as_text(message.get("text")), as_dicts(message.get("urls")), "expanded")
    text = (
        text
        or "\n".join(blob.name or "" for blob in blobs)
        or "\n".join(map(as_text, as_list(message.get("mediaUrls"))))
    )
    if not text:
        return Ignored("empty-message", origin)
    key = as_text(conversation.get("conversationId"))
    author = archive.identity(as_text(message.get("senderId")))
    numbers = key.split("-") if "-" in key else [as_text(message.get("recipientId"))]
    others = dict.fromkeys(archive.identity(number) for number in numbers if number)
    extra: dict[str, Any] = {}
    if reactions := [_reaction(one, archive) for one in as_dicts(message.get("reactions"))]:
        extra["reactions"] = reactions
    return Record(
        source=SOURCE,
        kind="message",
        time=time,
        origin=origin,
        native_id=f"message/{identifier}" if identifier else None,
        author=author,
        people=tuple(one for one in others if one != author),
        thread=key or None,
        title=as_text(conversation.get("name")) or None,
        text=text,
        blobs=blobs,
        extra=extra,
    )


def _reaction(value: Json, archive: Archive) -> dict[str, str]:
    by: Identity = archive.identity(as_text(value.get("senderId")))
    return {"by": by.handle, "sign": as_text(value.get("reactionKey"))}
