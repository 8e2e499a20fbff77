"""Logseq's graphs in Markdown: one record a page or a day of the journal.

Detected by a folder with `logseq/config.edn`, or with `pages` and `journals` whose files are outlines with Logseq's
`key:: value` properties. The native id is the page's path in its graph, the account the graph's name. A day of the
journal is dated by its name. References to blocks are replaced by the blocks' words. The locator is "bytes 0-N".
Pages in Org are left to Org's importer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.decoding import decode
from darak.importers.formats.members import whole_file
from darak.importers.importer import Flaw, Ignored, Item, Match, Units
from darak.importers.names import folder_of
from darak.importers.notes.attachments import read_files
from darak.importers.notes.markdown.dates import date_in_name, written_date
from darak.importers.notes.markdown.note import parse_note
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import UNKNOWN_TIME, Time

MAX_PAGE = 32 << 20
_CONFIG = "logseq/config.edn"
_FOLDERS = ("pages/", "journals/", "assets/", "logseq/", "whiteboards/", "draws/")
_OUTLINE = re.compile(rb"^(?:\s*- .*\n)?\s*(?:id|collapsed|title|tags|type|alias|public|template):: ", re.MULTILINE)
_PROPERTY = re.compile(r"[ \t]*(?:- )?([\w./-]+):: ?(.*)")
_HIDDEN = frozenset(("collapsed", "id", "heading", "background-color", "ls-type", "hl-page", "hl-color", "hl-stamp"))
_DRAWER = re.compile(r"^[ \t]*:LOGBOOK:\n.*?^[ \t]*:END:[ \t]*(?:\n|\Z)", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^[ \t]*- (.*)\n(?:[ \t]+[\w-]+:: .*\n)*?[ \t]+id:: ([0-9a-f-]{36})", re.MULTILINE)
_REFERENCE = re.compile(r"(?:\{\{embed )?\(\(([0-9a-f-]{36})\)\)(?:\}\})?")
_DATES = ("date", "created", "created-at", "created_at", "날짜", "작성일")


class LogseqImporter:
    name = "logseq"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        names = [member.name for member in tree.members()]
        matches: list[Match] = []
        for root, sure in _graphs(tree, names):
            members = [name for name in names if name.startswith(tuple(root + folder for folder in _FOLDERS))]
            members = [name for name in members if not name.endswith(".org") or name.startswith(root + "logseq/")]
            if any(_is_page(name, root) for name in members):
                why = "a folder with Logseq's config.edn" if sure else "pages and journals of outlines with properties"
                matches.append(Match(self.name, tuple(members), 0.96 if sure else 0.8, why))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        names = [member.name for member in tree.members()]
        for root, _ in _graphs(tree, names):
            inside = [name for name in match.members if name.startswith(root)]
            if inside:
                yield from _Graph(tree, root, inside).items()
                return


def _graphs(tree: Tree, names: list[str]) -> list[tuple[str, bool]]:
    """The roots of the tree's graphs, and whether it is sure of each."""
    roots = {name.removesuffix(_CONFIG): True for name in names if _is_under(name, _CONFIG)}
    pages = {root for name in names if (root := _root(name, "pages/")) is not None}
    for name in names:
        root = _root(name, "journals/")
        if root is not None and root in pages and root not in roots and _OUTLINE.search(tree.head(name)):
            roots[root] = False
    return sorted(roots.items())


def _is_under(name: str, path: str) -> bool:
    return name == path or name.endswith((f"/{path}", f"!{path}"))


def _root(name: str, folder: str) -> str | None:
    """What stands before `folder` in the name of a page directly in it."""
    parent = folder_of(name)
    return parent.removesuffix(folder) if name.endswith(".md") and _is_under(parent, folder) else None


def _is_page(name: str, root: str) -> bool:
    return name.lower().endswith(".md") and name.startswith((f"{root}pages/", f"{root}journals/"))


class _Graph:
    def __init__(self, tree: Tree, root: str, members: list[str]) -> None:
        self._tree, self._root, self._members = tree, root, set(members)
        last = re.split("[/!]", root.rstrip("/!"))[-1] if root else tree.path.resolve().name
        self._name = last.removesuffix(".zip")
        self._pages = [name for name in members if _is_page(name, root)]
        self._blocks: dict[str, str] = {}

    def items(self) -> Iterator[Item]:
        for name in self._pages:
            self._learn_blocks(name)
        for name in self._pages:
            yield Units(1)
            yield from self._page(name)
        for name in sorted(self._members.difference(self._pages)):
            if not name.startswith(self._root + "assets/"):
                yield Units(1)
                yield Ignored("drawing-or-settings", Origin(name, ""))

    def _learn_blocks(self, member: str) -> None:
        try:
            with self._tree.open(member) as stream:
                text = decode(stream.read(MAX_PAGE))[0].replace("\r\n", "\n")
        except READ_ERRORS:
            return  # told when the page itself is read
        if "id:: " in text:
            self._blocks |= {number: words.strip() for words, number in _BLOCK.findall(text)}

    def _page(self, member: str) -> Iterator[Item]:
        data = yield from whole_file(self._tree, member, MAX_PAGE)
        if data is None:
            return
        origin = Origin(member, f"bytes 0-{len(data)}")
        source, intact = decode(data)
        properties, text = _outline(source.replace("\r\n", "\n"))
        text = _REFERENCE.sub(lambda found: self._blocks.get(found[1], ""), text)
        note = parse_note(text)
        if note.properties:  # graphs of before 2021 write a page's properties as front matter
            text, front = note.text, {name: note.property_text(name.lower()) or "" for name in note.properties}
            properties = {name.lower(): value for name, value in front.items() if value} | properties
        path = member[len(self._root) :]
        assets = [name for target in (*note.embeds, *note.links) if (name := self._asset(target)) in self._members]
        blobs, left_out = read_files(self._tree, assets)
        tags = [tag.strip(" #[]") for tag in properties.get("tags", "").split(",")]
        extra: dict[str, Any] = {
            "properties": properties,
            "tags": list(dict.fromkeys(filter(None, (*tags, *note.tags)))),
            "links": [link for link in note.links if not link.startswith("../assets/")],
            "missing": left_out,
        }
        yield Record(
            source="logseq",
            kind="note",
            account=self._name,
            native_id=path,
            time=_time(path, properties),
            origin=origin,
            title=properties.get("title") or _title(path),
            text=text,
            blobs=blobs,
            extra={key: value for key, value in extra.items() if value},
        )
        if not intact:
            yield Flaw("undecodable-text", origin, "some of its bytes could not be decoded")
        elif left_out:
            yield Flaw("attachment-left-out", origin, f"files too large or not readable were left out: {len(left_out)}")

    def _asset(self, target: str) -> str:
        return self._root + target.removeprefix("../").removeprefix("./")


def _outline(source: str) -> tuple[dict[str, str], str]:
    """The page's own properties, which stand before its first block, and its text without Logseq's housekeeping."""
    properties: dict[str, str] = {}
    lines: list[str] = []
    heading = True
    for line in _DRAWER.sub("", source).split("\n"):
        found = _PROPERTY.fullmatch(line)
        if heading and found and not (found[1] in _HIDDEN and properties):
            properties[found[1].lower()] = found[2].strip()
        elif line.strip():
            heading = False
        if not (found and found[1] in _HIDDEN):
            lines.append(line)
    return properties, "\n".join(lines).strip("\n")


def _title(path: str) -> str:
    """The name of a page from its file's: `___` or `%2F` stand for "/" in it, a journal's day is written as it is."""
    stem = PurePosixPath(path).stem
    return stem.replace("_", "-") if path.startswith("journals/") else unquote(stem.replace("___", "/"))


def _time(path: str, properties: dict[str, str]) -> Time:
    if path.startswith("journals/") and (day := date_in_name(PurePosixPath(path).stem)):
        return day
    written = (properties[name].strip("[] ") for name in _DATES if properties.get(name))
    return next((time for value in written if (time := written_date(value))), UNKNOWN_TIME)
