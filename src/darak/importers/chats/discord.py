"""Discord: the data package of the owner's own messages, and channels as DiscordChatExporter writes them (JSON).

Structural signs: an array of objects with `ID`, `Timestamp`, `Contents` and `Attachments`, or a CSV with these
columns; an object with `guild`, `channel` and `messages`. Locators are "bytes A-B", the message or row. A message has
the same id in both kinds of export.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from darak.importers.chats.discord_chat import HEAD, Channel
from darak.importers.chats.discord_package import CSV_HEAD, JSON_MESSAGE, SOURCE, Names, channel_items, is_channel
from darak.importers.formats.json_items import object_items
from darak.importers.formats.members import attachment
from darak.importers.importer import Checkpoint, Ignored, Item, Match, Units
from darak.importers.names import folder_of
from darak.importers.tree import Tree
from darak.records.record import Origin

_INDEX = re.compile(rb'\s*\{\s*"\d+"\s*:\s*(?:"|null)')
_ACCOUNT_KEYS = (b'"avatar_hash"', b'"discriminator"', b'"relationships"')
_FILES = "_Files/"
"""What DiscordChatExporter puts behind a file's name to name the folder of its media."""
_CHECKPOINT_EVERY = 2000


class DiscordImporter:
    """Discord's data package (own messages) and the JSON of DiscordChatExporter (whole channels)."""

    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        names = [member.name for member in tree.members()]
        matches: list[Match] = []
        packages: dict[str, list[str]] = {}
        for name in names:
            head = tree.head(name)
            if HEAD.match(head):
                media = [other for other in names if other.startswith(name + _FILES)]
                matches.append(Match(self.name, (name, *media), 0.95, "a channel by DiscordChatExporter"))
            elif _is_messages(head):
                packages.setdefault(folder_of(folder_of(name)), []).append(name)
        for root, found in packages.items():
            folders = {folder_of(name) for name in found}
            companions = [
                name
                for name in names
                if name not in found
                and (
                    (folder_of(name) in folders and is_channel(tree.head(name)))
                    or (folder_of(name) == root and _INDEX.match(tree.head(name)))
                    or (folder_of(folder_of(name)) == folder_of(root) and _is_account(tree.head(name)))
                )
            ]
            matches.append(Match(self.name, (*sorted(found), *companions), 0.95, "Discord's package of own messages"))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        channels = [name for name in match.members if _is_messages(tree.head(name)) or HEAD.match(tree.head(name))]
        companions = [name for name in match.members if name not in channels]
        if resume is None:
            for name in companions:
                yield Units(1)
                yield Ignored("companion-file", Origin(name, ""))
        names = Names()
        # Who the owner is and how channels are called is needed to tell who the others in a channel are.
        objects = (name for name in companions if tree.head(name).lstrip()[:1] == b"{")
        names.learn(tree, sorted(objects, key=lambda name: is_channel(tree.head(name))))
        pending = 0
        for number, name in enumerate(channels):
            if number < int(resume or 0):
                continue
            for item in _chat(tree, name) if HEAD.match(tree.head(name)) else channel_items(tree, name, names):
                yield item
                pending += 1
            if pending >= _CHECKPOINT_EVERY:
                yield Checkpoint(str(number + 1))
                pending = 0


def _chat(tree: Tree, member: str) -> Iterator[Item]:
    folder, names = folder_of(member), frozenset(other.name for other in tree.members())
    channel = Channel(tree.head(member), lambda path: attachment(tree, names, folder + path))
    return object_items(tree, member, channel.record, path=("messages",))


def _is_messages(head: bytes) -> bool:
    listed = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"["
    return bool(CSV_HEAD.match(head) or (listed and b'"Contents"' in head and JSON_MESSAGE.search(head)))


def _is_account(head: bytes) -> bool:
    return head.lstrip()[:1] == b"{" and b'"username"' in head and any(key in head for key in _ACCOUNT_KEYS)
