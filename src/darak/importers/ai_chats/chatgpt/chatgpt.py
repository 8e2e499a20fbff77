"""ChatGPT's export: `conversations.json`, or since 2026 several `conversations-000.json`, as one array in each;
also a conversation that was saved alone.

Locators are JSON paths such as `$[3].mapping["8d0c"].message`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from darak.importers.ai_chats.chatgpt.branches import as_dict
from darak.importers.ai_chats.chatgpt.conversation import SOURCE, Conversation
from darak.importers.archive import READ_ERRORS
from darak.importers.formats.json_array import Element, read_elements, shape_of
from darak.importers.formats.json_element import load_object
from darak.importers.formats.members import file_blob
from darak.importers.formats.outcomes import unreadable
from darak.importers.importer import BadRow, Checkpoint, Ignored, Item, Match, Units
from darak.importers.names import folder_of, short_name
from darak.importers.resume import skip
from darak.importers.tree import Tree
from darak.records.record import Blob, Origin

_NODE = re.compile(rb'"mapping"\s*:\s*\{(?:\s*\}|\s*"(?:[^"\\]|\\.)*"\s*:\s*\{)')
_SINGLE = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"(?:id|title|conversation_id|create_time|mapping)"\s*:')
_TREE_KEYS = (b'"children"', b'"parent"', b'"message"')
# Each message names its author's role once; quotes within texts are escaped.
_MESSAGE = re.compile(
    rb'"author"(?<!\\"author")\s*+:\s*+\{(?:[^{}"]|"(?:[^"\\]|\\.)*+"|\{[^{}]*\})*?(?<=[{,\s])"role"\s*+:'
)
_COMPANIONS = (
    "chat.html",
    "user.json",
    "user_settings.json",
    "message_feedback.json",
    "model_comparisons.json",
    "shared_conversations.json",
    "group_chats.json",
    "shopping.json",
    "sora.json",
)
"""What an export holds beside the conversations; nothing of it is said that they do not say."""
_ASSET = re.compile(r"file[-_][A-Za-z0-9]{8,}")
_LARGEST_CONVERSATION = 64 * 1024 * 1024
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
                folders.setdefault(folder_of(member.name), []).append(member.name)
        matches: list[Match] = []
        for folder, members in folders.items():
            beside = [
                member.name
                for member in tree.members()
                if folder_of(member.name) == folder and short_name(member.name) in _COMPANIONS
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
            yield from self._single()
            return
        pending = 0
        end = start
        try:
            with self._tree.open(self.member) as stream:
                skip(stream, start)
                for element in read_elements(stream, shape, start, index):
                    for item in self._element(element):
                        yield item
                        pending += 1
                    end = element.end
                    if pending >= _CHECKPOINT_EVERY and not element.problem:
                        yield Checkpoint(f"{number_of}:{element.index + 1}:{end}")
                        pending = 0
        except READ_ERRORS as error:
            yield from unreadable(self.member, end, error)

    def _single(self) -> Iterator[Item]:
        """The items of a file that is one conversation."""
        try:
            with self._tree.open(self.member) as stream:
                raw = stream.read(_LARGEST_CONVERSATION + 1)
        except READ_ERRORS as error:
            yield from unreadable(self.member, 0, error)
            return
        value, repaired = load_object(raw)
        problem = "" if value is not None else "too-large" if len(raw) > _LARGEST_CONVERSATION else "cut-off"
        yield from self._element(Element(-1, 0, len(raw), raw, value, problem, repaired))

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
        yield from Conversation(self.member, element, mapping, self.blobs).items()

    def blobs(self, pointers: list[str]) -> tuple[Blob, ...]:
        """The files that asset pointers name, as far as they are in the export."""
        names = (self._assets.get(_asset_id(pointer)) for pointer in pointers)
        return tuple(blob for name in names if name and (blob := file_blob(self._tree, name)))


def _is_conversations(head: bytes) -> bool:
    """Whether a file with this head is a list of conversations, or one, as programs save them one by one."""
    known = shape_of(head) is not None or _SINGLE.match(head) is not None
    return known and _NODE.search(head) is not None and all(key in head for key in _TREE_KEYS)


def _asset_id(name: str) -> str:
    match = _ASSET.match(short_name(name))
    return match[0] if match else ""
