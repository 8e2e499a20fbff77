"""One channel as DiscordChatExporter writes it in JSON: everybody's messages, with names already in the texts."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable, Iterator
from typing import Any

import orjson

from darak.importers.chats.discord_package import SOURCE
from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_text
from darak.records.record import Blob, Identity, Origin, Record
from darak.records.time import Time, parse_iso

HEAD = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"guild"\s*:\s*\{.*?"channel"\s*:\s*\{.*?"messages"\s*:\s*\[', re.DOTALL)
_ABOUT = re.compile(rb'"(guild|channel)"\s*:\s*(\{(?:[^{}"]|"(?:[^"\\]|\\.)*+")*+\})', re.DOTALL)
_SAID = frozenset(
    ("Default", "Reply", "ChatInputCommand", "ContextMenuCommand", "ThreadStarterMessage", "0", "19", "20")
)
_CALL = ("Call", "3")


class Channel:
    """What all messages of a file share: its channel and server."""

    def __init__(self, head: bytes, media: Callable[[str], bytes | None]) -> None:
        about = {match[1]: as_dict(_loaded(match[2])) for match in _ABOUT.finditer(head)}
        guild, channel = about.get(b"guild", {}), about.get(b"channel", {})
        name, server = as_text(channel.get("name")), as_text(guild.get("name"))
        self.id = str(channel.get("id") or "")
        private = str(guild.get("id")) == "0" or not server
        self.title = name if private else f"{name} in {server}"
        self._media = media

    def record(self, message: Json, origin: Origin) -> Record | str:
        """The record of one element of `messages`, or why there is none."""
        time, identity = _time(message.get("timestamp")), str(message.get("id") or "")
        if time is None or not identity:
            return "a message without an id or a time"
        kind = str(message.get("type", "Default"))
        call = kind in _CALL
        attachments = [as_text(one.get("url")) for one in as_dicts(message.get("attachments"))]
        return Record(
            source=SOURCE,
            kind="call" if call else "message" if kind in _SAID else "other",
            time=time,
            end=_time(message.get("callEndedTimestamp")) if call else None,
            origin=origin,
            native_id=identity,
            author=_person(message.get("author")),
            people=tuple(filter(None, map(_person, as_dicts(message.get("mentions"))))),
            thread=self.title or None,
            parent=as_text(as_dict(message.get("reference")).get("messageId")) or None,
            title=self.title or None,
            text="\n".join(filter(None, _lines(message))),
            url=next((address for address in attachments if address.startswith("http")), None),
            blobs=tuple(self._blobs(message)),
            extra=self._extra(message, kind, attachments),
        )

    def _blobs(self, message: Json) -> Iterator[Blob]:
        for one in as_dicts(message.get("attachments")):
            if (data := self._media(as_text(one.get("url")).replace("\\", "/"))) is not None:
                name = as_text(one.get("fileName")) or None
                yield Blob.of(data, name, mimetypes.guess_type(name or "")[0])

    def _extra(self, message: Json, kind: str, attachments: list[str]) -> dict[str, Any]:
        extra: dict[str, Any] = {"channel": self.id}
        if kind not in _SAID:
            extra["type"] = kind
        if attachments:
            extra["attachments"] = attachments
        if edited := _time(message.get("timestampEdited")):
            extra["edited"] = edited.iso()
        reactions = [
            {"emoji": as_text(as_dict(one.get("emoji")).get("name")), "count": one.get("count")}
            for one in as_dicts(message.get("reactions"))
        ]
        if reactions:
            extra["reactions"] = reactions
        if message.get("isPinned"):
            extra["pinned"] = True
        return extra


def _person(value: Any) -> Identity | None:
    person = as_dict(value)
    handle = str(person.get("id") or "")
    name = as_text(person.get("nickname")) or as_text(person.get("name"))
    return Identity(handle or name, name or None) if handle or name else None


def _time(written: Any) -> Time | None:
    try:
        return parse_iso(written) if isinstance(written, str) and len(written) > len("2024-03-04") else None
    except ValueError:
        return None


def _lines(message: Json) -> Iterator[str]:
    """The text, what was passed on in it, titles and words of previews and bots, the names of files."""
    text = as_text(message.get("content"))
    yield text
    yield as_text(as_dict(message.get("forwardedMessage")).get("content"))
    for embed in as_dicts(message.get("embeds")):
        address = as_text(embed.get("url"))
        if not address or address not in text:
            yield from (as_text(embed.get(key)) for key in ("title", "description"))
            yield from (f"{as_text(f.get('name'))}: {as_text(f.get('value'))}" for f in as_dicts(embed.get("fields")))
    for one in as_dicts(message.get("attachments")):
        yield as_text(one.get("fileName"))
    for sticker in as_dicts(message.get("stickers")):
        yield as_text(sticker.get("name"))


def _loaded(raw: bytes) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return {}
