"""Who and what Slack's ids stand for, and a text with them resolved.

Slack writes links, mentions and channels as `<…>`, and only `&`, `<` and `>` as entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_list, as_text
from darak.records.record import Identity

_ANGLE = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_NAMES = ("real_name", "display_name", "name")


@dataclass(slots=True)
class Directory:
    """The people and channels of a workspace by id; `rooms` are ids of channels by the name of their folder."""

    people: dict[str, str] = field(default_factory=dict[str, str])
    channels: dict[str, str] = field(default_factory=dict[str, str])
    rooms: dict[str, str] = field(default_factory=dict[str, str])
    members: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def add(self, entries: Iterable[Json]) -> None:
        """Takes in users, or channels, groups and direct messages."""
        for entry in entries:
            identity = as_text(entry.get("id"))
            if "members" in entry and "profile" not in entry:
                name = as_text(entry.get("name")) or identity
                self.channels[identity], self.rooms[name] = name, identity
                self.members[identity] = tuple(as_text(member) for member in as_list(entry.get("members")))
            elif name := person_name(entry):
                self.people[identity] = name

    def person(self, identity: str, name: str = "") -> Identity:
        return Identity(identity, self.people.get(identity) or name or None)

    def title(self, folder: str) -> str:
        """The channel's name; a talk without a name of its own is called after those who are in it."""
        identity = self.rooms.get(folder, "")
        members = self.members.get(identity, ())
        if (folder == identity or folder.startswith("mpdm-")) and members:
            return ", ".join(sorted(self.people.get(member, member) for member in members))
        return folder

    def plain(self, text: str) -> str:
        """The text as a person reads it, with names for ids."""
        text = _ANGLE.sub(self._resolve, text)
        for entity, sign in _ENTITIES:
            text = text.replace(entity, sign)
        return text

    def _resolve(self, match: re.Match[str]) -> str:
        kind, target, label = match[1], match[2], match[3] or ""
        if kind == "@":
            return "@" + (self.people.get(target) or label.removeprefix("@") or target)
        if kind == "#":
            return "#" + (label or self.channels.get(target) or target)
        if kind == "!":
            return label or "@" + target.partition("^")[0]
        address = target.removeprefix("mailto:").removeprefix("tel:")
        bare = address.partition("://")[2] or address
        return address if label.strip("/") in ("", address, bare.strip("/")) else f"{label} ({address})"


def person_name(entry: Json) -> str:
    """How a user, or the profile that comes with a message, is called."""
    profile = as_dict(entry.get("profile"))
    names = (as_text(part.get(key)) for part in (profile, entry) for key in _NAMES)
    return next(filter(None, names), "")


def links(text: str) -> Iterator[str]:
    return (match[2] for match in _ANGLE.finditer(text) if not match[1] and match[2].startswith("http"))


def text_of_blocks(blocks: object) -> str:
    """The words of layout blocks, for messages that have no other text."""
    return "\n".join(filter(None, ("".join(_pieces(block)) for block in as_dicts(blocks))))


def _pieces(block: Json) -> Iterator[str]:
    kind, text = block.get("type"), block.get("text")
    if kind == "user":
        yield f"<@{block.get('user_id')}>"
    elif kind == "channel":
        yield f"<#{block.get('channel_id')}>"
    elif kind == "link":
        yield f"<{block.get('url')}|{as_text(text)}>"
    elif kind == "emoji":
        yield f":{block.get('name')}:"
    elif isinstance(text, str):
        yield text
    elif isinstance(text, dict):
        yield as_text(as_dict(text).get("text"))
    for key in ("elements", "fields"):
        for part in as_dicts(block.get(key)):
            yield from _pieces(part)
