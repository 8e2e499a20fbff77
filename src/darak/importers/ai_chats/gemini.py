"""Gemini (once Bard): Google Takeout's My Activity of it, as JSON or HTML. What was asked and answered is one record.

Signs: a list of objects with `header`, `title` and `time`, or a page of `header-cell`s, of which the headers
name Gemini or Bard. Newer activity names the conversation; where it does not, none is made up. JSON times are UTC,
those of the page on the account's clock; an entry's id is its second and the prompt, the same in both. Locators are
bytes of the entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from darak.importers.ai_chats.gemini_entry import Entries, Entry, from_json, from_page
from darak.importers.formats.json_element import Element, array_shape
from darak.importers.formats.json_items import object_items
from darak.importers.formats.json_values import Json
from darak.importers.formats.markup import is_markup
from darak.importers.formats.members import file_blob
from darak.importers.formats.outcomes import Built
from darak.importers.importer import Ignored, Item, Match, Units
from darak.importers.media.google.pages import CELL, page_items, unread_time
from darak.importers.names import folder_of
from darak.importers.tree import Tree
from darak.records.record import Blob, Origin, Record

SOURCE = "gemini"
_JSON_HEADER = re.compile(rb'(?<!\\)"header"\s*:\s*"((?:[^"\\]|\\.)*)"')
_PAGE_HEADER = re.compile(rb'mdl-typography--title">([^<]*)<')
_NAME = re.compile(rb"Gemini|Bard")
_TIME = re.compile(rb'(?<!\\)"time"\s*:\s*"\d{4}-')
_FOLDER = re.compile(r"(?:Gemini|Bard)[^/]*/$")


class GeminiImporter:
    """Gemini's prompts and answers in Google Takeout's My Activity"""

    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        matches: list[Match] = []
        for member in tree.members():
            if form := _form(tree.head(member.name)):
                members = (member.name, *_beside(tree, member.name))
                matches.append(Match(self.name, members, 0.95, f"Google's activity in Gemini ({form})"))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        files = {name.rpartition("/")[2]: name for name in match.members}
        for member in match.members:
            form = _form(tree.head(member))
            reader = _Reader(tree, member, files)
            if form == "JSON":
                yield from object_items(tree, member, reader.from_json, _TIME)
            elif form:
                yield from page_items(tree, member, reader.from_page)
            else:
                yield Units(1)
                yield Ignored("attached-file", Origin(member, ""))


def _form(head: bytes) -> str:
    """ "JSON" or "HTML" when a file with this head is of activity in Gemini, else ""."""
    if b"Gemini" not in head and b"Bard" not in head:
        return ""
    form, header = ("HTML", _PAGE_HEADER) if CELL in head and is_markup(head) else ("JSON", _JSON_HEADER)
    headers = header.findall(head)
    # One of them may be damaged.
    if sum(_NAME.search(name) is not None for name in headers) * 2 <= len(headers):
        return ""
    whole = form == "HTML" or (array_shape(head) is not None and b'"title"' in head and _TIME.search(head) is not None)
    return form if whole else ""


def _beside(tree: Tree, member: str) -> tuple[str, ...]:
    """The attached files, which lie in the folder that Takeout has for Gemini."""
    folder = folder_of(member)
    if not _FOLDER.search(folder):
        return ()
    names = (other.name for other in tree.members() if other.name.startswith(folder))
    return tuple(name for name in names if name != member and not _form(tree.head(name)))


class _Reader:
    """Reads one file."""

    def __init__(self, tree: Tree, member: str, files: dict[str, str]) -> None:
        self._tree, self._member, self._files = tree, member, files
        self._entries = Entries(SOURCE)

    def from_json(self, value: Json, origin: Origin) -> Record | Ignored | str:
        entry = from_json(value)
        return entry if isinstance(entry, str) else self._item(entry, origin)

    def from_page(self, element: Element, origin: Origin) -> Built:
        entry = from_page(element.raw)
        if entry is None:
            return "an entry is damaged and cannot be read"
        return [self._item(entry, origin), *unread_time(entry.time, origin)]

    def _item(self, entry: Entry, origin: Origin) -> Record | Ignored:
        blobs = tuple(blob for name in entry.files if (blob := self._blob(name)))
        return self._entries.item(entry, origin, blobs)

    def _blob(self, name: str) -> Blob | None:
        member = self._files.get(PurePosixPath(name).name)
        return file_blob(self._tree, member, name) if member and member != self._member else None
