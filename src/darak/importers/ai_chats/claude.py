"""Claude's export: conversations, and projects with the documents in them.

Signs: a list of objects with a `uuid` and `chat_messages` of a `sender`; projects with `docs` and a `prompt_template`,
as a list or one in each file. The locator of a message is the JSON path in the list; that of a project is its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from darak.importers.ai_chats.claude_records import SOURCE, conversation_items, project_items
from darak.importers.archive import READ_ERRORS
from darak.importers.formats.json_array import Element, read_elements, shape_of
from darak.importers.formats.json_element import load_object
from darak.importers.importer import BadRow, Checkpoint, Ignored, Item, Match, Units
from darak.importers.names import folder_of
from darak.importers.resume import skip
from darak.importers.tree import Tree
from darak.records.record import Origin

_CONVERSATIONS = re.compile(rb'"chat_messages"\s*:\s*\[')
_PROJECT = re.compile(rb'\A(?:\xef\xbb\xbf)?\s*\[?\s*\{(?=.*"uuid"\s*:)(?=.*"(?:docs|prompt_template)"\s*:)', re.DOTALL)
_COMPANIONS = ("users.json", "memories.json")
"""What stands beside: who the owner is, and what the model made of the conversations."""
_LARGEST_PROJECT = 64 << 20
_LONGEST_RAW = 1 << 16
_CHECKPOINT_EVERY = 2000
_PROBLEMS = {
    "damaged": "a conversation or project is damaged and cannot be read",
    "cut-off": "the file ends within a conversation or project; export it again",
    "too-large": "a conversation or project of over 64 MB was left out",
}


class ClaudeImporter:
    """Claude's conversations and projects (conversations.json, projects.json)"""

    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        folders: dict[str, list[str]] = {}
        for member in tree.members():
            head = tree.head(member.name)
            if _is_conversations(head) or _PROJECT.search(head):
                folders.setdefault(_folder(member.name), []).append(member.name)
        names = {member.name for member in tree.members()}
        return [
            Match(
                self.name,
                (*sorted(members), *(folder + name for name in _COMPANIONS if folder + name in names)),
                0.95,
                "conversations or projects of Claude: chat_messages with a sender, docs with a prompt_template",
            )
            for folder, members in folders.items()
        ]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        first, index, start = (int(part) for part in (resume or "0:0:0").split(":"))
        for number, member in enumerate(match.members):
            if number < first:
                continue
            head = tree.head(member)
            if not _is_conversations(head) and not _PROJECT.search(head):
                yield Units(1)
                yield Ignored("companion-file", Origin(member, ""))
                continue
            pending = 0
            for element in _elements(tree, member, *((index, start) if number == first else (0, 0))):
                for item in _items(element, member):
                    yield item
                    pending += 1
                if pending >= _CHECKPOINT_EVERY and not element.problem and head.lstrip()[:1] == b"[":
                    yield Checkpoint(f"{number}:{element.index + 1}:{element.end}")
                    pending = 0


def _is_conversations(head: bytes) -> bool:
    return shape_of(head) is not None and b'"uuid"' in head and _CONVERSATIONS.search(head) is not None


def _folder(name: str) -> str:
    """The beginning of the names of an export's members; projects that are a file each have a folder in it."""
    folder = folder_of(name)
    return folder.removesuffix("projects/")


def _elements(tree: Tree, member: str, index: int, start: int) -> Iterator[Element]:
    """The objects of a file: those of its list, or the one that it is."""
    shape = shape_of(tree.head(member))
    end = start
    try:
        with tree.open(member) as stream:
            if shape is None:
                raw = stream.read(_LARGEST_PROJECT)
                value, repaired = load_object(raw)
                yield Element(0, 0, len(raw), raw, value, "" if value is not None else "damaged", repaired)
                return
            skip(stream, start)
            for element in read_elements(stream, shape, start, index):
                end = element.end
                yield element
    except READ_ERRORS as error:
        yield Element(index, end, end, str(error).encode(), problem="cut-off")


def _items(element: Element, member: str) -> Iterator[Item]:
    if not element.problem and "chat_messages" in element.value:
        yield from conversation_items(element, member)
    elif not element.problem and ("docs" in element.value or "prompt_template" in element.value):
        yield from project_items(element, member)
    else:
        code = element.problem or "unknown-entry"
        message = _PROBLEMS.get(code, "an entry that is neither a conversation nor a project")
        origin = Origin(member, f"bytes {element.start}-{element.end}")
        yield Units(1)
        yield BadRow(code, origin, message, element.raw[:_LONGEST_RAW])
