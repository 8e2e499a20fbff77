"""The messages of Discord's data package: what the owner wrote, and only that, a folder for each channel.

Since 2023 `messages.json` with `ID`, `Timestamp`, `Contents` and `Attachments`, before that the same columns as
`messages.csv`; all times are UTC. `channel.json` beside it and `index.json` above tell where it was said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.csv_rows import Row, read_rows
from darak.importers.formats.json_element import array_shape
from darak.importers.formats.json_items import element_items, elements_of
from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_list, as_text
from darak.importers.formats.outcomes import built_items, unreadable
from darak.importers.importer import BadRow, Item, Units
from darak.importers.names import folder_of, short_name
from darak.importers.tree import Tree
from darak.records.record import Identity, Origin, Record
from darak.records.time import Precision, Time, ZoneSource

SOURCE = "discord"
JSON_MESSAGE = re.compile(rb'\{\s*"ID"\s*:\s*"?\d+"?\s*,\s*"Timestamp"\s*:\s*"')
CSV_HEAD = re.compile(rb'(?:\xef\xbb\xbf)?"?ID"?,"?Timestamp"?,"?Contents"?,"?Attachments"?\s')
_ID = re.compile(rb'"ID"\s*:\s*"?(\d+)')
_WIDTH = 4
_ANGLE = re.compile(r"<(?:(@[!&]?|#)(\d+)|a?(:\w+:)\d+)>")
_WITH = re.compile(r"Direct Message with (?P<name>.+?)(?:#0)?")
_LARGEST_COMPANION = 16 * 1024 * 1024


@dataclass(slots=True)
class Names:
    """Who the owner is, and the names of people and channels by their ids."""

    owner: Identity | None = None
    people: dict[str, str] = field(default_factory=dict[str, str])
    channels: dict[str, str] = field(default_factory=dict[str, str])
    partners: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """The others in a direct message, by the channel's id."""

    def learn(self, tree: Tree, members: list[str]) -> None:
        """Takes in the account, the index of channels and each channel's own description."""
        for member in members:
            data = _object(tree, member)
            if "username" in data:
                self._account(data)
            elif "type" in data and "id" in data:
                self._channel(data)
            else:
                self.channels.update((key, name) for key, name in data.items() if isinstance(name, str))

    def _account(self, data: Json) -> None:
        name = as_text(data.get("global_name")) or as_text(data.get("username"))
        self.owner = Identity(str(data.get("id") or name), name or None)
        for relation in as_dicts(data.get("relationships")):
            user = as_dict(relation.get("user"))
            names = (
                relation.get("nickname"),
                user.get("global_name"),
                relation.get("display_name"),
                user.get("username"),
            )
            self.people[str(relation.get("id"))] = next((as_text(name) for name in names if name), "")

    def _channel(self, data: Json) -> None:
        identity, name, guild = (
            str(data["id"]),
            as_text(data.get("name")),
            as_text(as_dict(data.get("guild")).get("name")),
        )
        if name and not self.channels.get(identity):
            self.channels[identity] = f"{name} in {guild}" if guild else name
        partners = [
            str(one) for one in as_list(data.get("recipients")) if not self.owner or str(one) != self.owner.handle
        ]
        title = _WITH.fullmatch(self.channels.get(identity, ""))
        if title and len(partners) == 1:
            self.people.setdefault(partners[0], title["name"])
        self.partners[identity] = tuple(partners)

    def plain(self, text: str) -> str:
        """The text with names for ids, as far as they are known."""
        return _ANGLE.sub(self._resolve, text)

    def _resolve(self, match: re.Match[str]) -> str:
        if match[3]:
            return match[3]
        known = self.channels if match[1] == "#" else self.people
        name = known.get(match[2])
        return f"{match[1][0]}{name}" if name else match[0]


def channel_items(tree: Tree, member: str, names: Names) -> Iterator[Item]:
    """The items of one `messages.json` or `messages.csv`."""
    channel = _channel_of(tree, member)
    if array_shape(tree.head(member)) is None:
        yield from _rows(tree, member, channel, names)
    else:
        # Ids of 19 digits are taken from the bytes: not every reader of numbers keeps them whole.
        yield from element_items(
            elements_of(tree, member),
            member,
            lambda element, origin: _record(_identity(element.raw), element.value, channel, names, origin),
            _ID,
        )


def _rows(tree: Tree, member: str, channel: str, names: Names) -> Iterator[Item]:
    end = 0
    try:
        with tree.open(member) as stream:
            for row in read_rows(stream, ("utf-8",), width=_WIDTH):
                if not CSV_HEAD.match(row.raw + b"\n"):
                    yield from _row(row, Origin(member, f"bytes {row.start}-{row.end}"), channel, names)
                end = row.end
    except READ_ERRORS as error:
        yield from unreadable(member, end, error)


def _row(row: Row, origin: Origin, channel: str, names: Names) -> Iterator[Item]:
    yield Units(1)
    if not row.values:
        code, message = ("damaged-row", "the row is not an id, a time, a text and attachments")
        yield BadRow(code if row.ended else "cut-off", origin, message, row.raw)
        return
    identity, written, text, attachments = row.values
    value = {"Timestamp": written, "Contents": text.replace("\r\n", "\n"), "Attachments": attachments}
    built = _record(identity, value, channel, names, origin)
    yield from built_items(built, origin, row.raw, intact=row.intact, code="bad-entry")


def _record(identity: str, value: Json, channel: str, names: Names, origin: Origin) -> Record | str:
    time = _time(as_text(value.get("Timestamp")))
    if time is None or not identity.isdecimal():
        return "a message without an id or a time"
    attachments = as_text(value.get("Attachments")).split()
    text = names.plain(as_text(value.get("Contents")))
    title = names.channels.get(channel) or channel
    extra: dict[str, Any] = {"channel": channel}
    if attachments:
        extra["attachments"] = attachments
    return Record(
        source=SOURCE,
        kind="message",
        time=time,
        origin=origin,
        native_id=identity,
        author=names.owner,
        people=tuple(Identity(one, names.people.get(one) or None) for one in names.partners.get(channel, ())),
        thread=title,
        title=title,
        text=text or "\n".join(short_name(address.partition("?")[0]) for address in attachments),
        url=attachments[0] if attachments else None,
        extra=extra,
    )


def _time(written: str) -> Time | None:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    precision = Precision.MILLISECOND if moment.microsecond else Precision.SECOND
    return Time(written, moment, precision, "UTC", ZoneSource.UTC)


def _identity(raw: bytes) -> str:
    match = _ID.search(raw)
    return match[1].decode() if match else ""


def _channel_of(tree: Tree, member: str) -> str:
    """The channel's id: from its description beside the messages, else from the folder's name."""
    folder = folder_of(member)
    for other in tree.members():
        if folder_of(other.name) == folder and other.name != member and is_channel(tree.head(other.name)):
            return str(_object(tree, other.name).get("id", ""))
    return short_name(folder[:-1]).lstrip("cC")


def is_channel(head: bytes) -> bool:
    return head.lstrip()[:1] == b"{" and b'"type"' in head and re.match(rb'\s*\{\s*"id"\s*:\s*"?\d+', head) is not None


def _object(tree: Tree, member: str) -> Json:
    try:
        with tree.open(member) as stream:
            return as_dict(orjson.loads(stream.read(_LARGEST_COMPANION)))
    except (*READ_ERRORS, ValueError):
        return {}
