"""Slack: a workspace's export, a folder for each channel with a file for each day.

Structural signs: JSON arrays of messages with a `ts` of seconds and six more digits, in folders beside lists of users
(`profile`) and of channels (`members`), which give the names. Locators are "bytes A-B", the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from darak.importers.chats.slack_message import SOURCE, message_record
from darak.importers.chats.slack_text import Directory
from darak.importers.formats.json_items import elements_of, object_items
from darak.importers.importer import Checkpoint, Ignored, Item, Match, Units
from darak.importers.names import folder_of, short_name
from darak.importers.tree import Tree
from darak.records.record import Origin

_MESSAGE = re.compile(rb'"ts"\s*:\s*"\d{9,10}\.\d{6}"')
_TYPE = re.compile(rb'"type"\s*:\s*"message"')
_LISTED = re.compile(rb'\s*\[\s*\{\s*"(?:id|user_id)"\s*:\s*"[A-Z][A-Z0-9]{5,}"')
_LIST_KEYS = (b'"profile"', b'"members"', b'"service_type"', b'"change_type"')
_COMPANIONS = frozenset(
    f"{name}.json"
    for name in (
        *("users", "org_users", "channels", "groups", "dms", "mpims", "integration_logs", "canvases", "lists"),
        *("huddle_transcripts", "file_conversations"),
    )
)
"""What Slack puts beside the folders of channels; some of it may be empty."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d\.json")
_EMPTY = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*\]\s*")
_CHECKPOINT_EVERY = 2000


class SlackImporter:
    """A Slack workspace's export: channels and direct messages by day, with threads and names."""

    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        days: dict[str, list[str]] = {}
        for member in tree.members():
            if _is_day(tree.head(member.name)):
                days.setdefault(folder_of(folder_of(member.name)), []).append(member.name)
        matches: list[Match] = []
        for root, found in days.items():
            folders = {folder_of(name) for name in found}
            names = [member.name for member in tree.members()]
            empty = [n for n in names if folder_of(n) in folders and _DAY.fullmatch(short_name(n)) and n not in found]
            beside = [n for n in names if folder_of(n) == root and n not in found]
            lists = [n for n in beside if _is_companion(tree, n)]
            score = 0.95 if lists or _DAY.fullmatch(short_name(found[0])) else 0.7
            matches.append(Match(self.name, (*lists, *sorted(found + empty)), score, "a Slack workspace's messages"))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        days: list[str] = []
        directory = Directory()
        for member in match.members:
            if _is_companion(tree, member):
                if _is_list(tree.head(member)):
                    _learn(tree, member, directory)
                if resume is None:
                    yield Units(1)
                    yield Ignored("companion-file", Origin(member, ""))
            else:
                days.append(member)
        pending = 0
        for number, member in enumerate(days):
            if number < int(resume or 0):
                continue
            for item in _day(tree, member, directory):
                yield item
                pending += 1
            if pending >= _CHECKPOINT_EVERY:
                yield Checkpoint(str(number + 1))
                pending = 0


def _day(tree: Tree, member: str, directory: Directory) -> Iterator[Item]:
    if _EMPTY.fullmatch(tree.head(member)):
        yield Units(1)
        yield Ignored("empty-day", Origin(member, ""))
        return
    folder = short_name(folder_of(member)[:-1]) or tree.path.stem
    yield from object_items(tree, member, lambda value, origin: message_record(value, folder, directory, origin))


def _learn(tree: Tree, member: str, directory: Directory) -> None:
    """Takes in a list of users or channels, as far as it can be read: the names are all that hang on it."""
    directory.add(element.value for element in elements_of(tree, member) if element.value)


def _is_day(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"[" and bool(_MESSAGE.search(head) and _TYPE.search(head))


def _is_companion(tree: Tree, member: str) -> bool:
    return short_name(member) in _COMPANIONS or _is_list(tree.head(member))


def _is_list(head: bytes) -> bool:
    return bool(_LISTED.match(head)) and any(key in head for key in _LIST_KEYS) and not _is_day(head)
