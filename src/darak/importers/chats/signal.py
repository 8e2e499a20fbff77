"""Signal: the app's own plain export (`main.jsonl`), and chats that signal-export wrote from Signal Desktop.

Structural signs: JSON lines of which the first has `backupTimeMs` and the next are frames (`account`, `recipient`,
`chat`, `chatItem`); JSON lines that begin with `date` and `sender`; lines that begin with `[2024-03-04, 21:15] name:`.
Locators are "bytes A-B", the line or the message. Disappearing messages are not taken in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from darak.importers.chats.signal_backup import FRAMES, SOURCE, Export
from darak.importers.chats.signal_desktop import is_json, is_text, json_record, text_items
from darak.importers.formats.json_items import object_items
from darak.importers.formats.member_lines import MemberLines
from darak.importers.formats.members import attachment
from darak.importers.importer import Ignored, Item, Match, Units
from darak.importers.names import folder_of, short_name
from darak.importers.tree import Tree
from darak.records.record import Origin

_FIRST = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*(?:\{[^{}]*"backupTimeMs"[^{}]*\}\s*\n|\{\s*"(?:' + "|".join(FRAMES).encode() + rb')"\s*:)'
)
_FRAME = re.compile(rb'^\{\s*"(?:' + "|".join(FRAMES).encode() + rb')"\s*:\s*\{', re.MULTILINE)
_FILES = "files/"
_BESIDE = ("chat.md", "index.html", "index.md")
"""The same chat, which signal-export writes beside `data.json` for people to read."""


class SignalImporter:
    """Signal's plain export of all chats, and chats of Signal Desktop by signal-export."""

    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        names = [member.name for member in tree.members()]
        told = {folder_of(name) for name in names if is_json(tree.head(name))}
        matches: list[Match] = []
        for name in names:
            head, folder = tree.head(name), folder_of(name)
            if _is_backup(head):
                files = [other for other in names if other.startswith(folder + _FILES)]
                metadata = [other for other in names if other == f"{folder}metadata.json"]
                matches.append(Match(self.name, (name, *metadata, *files), 0.95, "Signal's export of all chats"))
            elif is_json(head):
                beside = [folder + other for other in _BESIDE if folder + other in names]
                matches.append(Match(self.name, (name, *beside), 0.95, "a chat of Signal Desktop by signal-export"))
            elif is_text(head) and not (folder in told and short_name(name) in _BESIDE):
                matches.append(Match(self.name, (name,), 0.91, "a chat of Signal Desktop by signal-export, as text"))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        main, *companions = match.members
        folder, names = folder_of(main), frozenset(member.name for member in tree.members())
        for name in companions:
            yield Units(1)
            yield Ignored("companion-file", Origin(name, ""))
        head = tree.head(main)
        thread = short_name(folder[:-1]) or short_name(main).rpartition(".")[0]
        if _is_backup(head):
            hashes = {short_name(name).partition(".")[0]: name for name in companions}
            export = Export(lambda digest: attachment(tree, names, hashes.get(digest, "")))
            yield from object_items(tree, main, export.take)
        elif is_json(head):

            def media(path: str) -> bytes | None:
                return attachment(tree, names, folder + path.removeprefix("./"))

            yield from object_items(tree, main, lambda value, origin: json_record(value, thread, origin, media))
        else:
            if short_name(main) not in _BESIDE:
                thread = short_name(main).rpartition(".")[0]
            lines = MemberLines(tree, main)
            yield from text_items(main, thread, lines.read())
            yield from lines.damage()


def _is_backup(head: bytes) -> bool:
    return bool(_FIRST.match(head)) and len(_FRAME.findall(head)) >= 2
