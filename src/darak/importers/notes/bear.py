"""Bear's backups (.bear2bk, .bearbk) and text bundles of any program, as one zip or unpacked. One record a note.

Detected by an `info.json` that names Bear or the type of the text beside it (http://textbundle.org/spec/). The native
id is Bear's own where the bundle has it. Times are UTC. Encrypted notes stay locked and are told; archived notes and
those in the trash are marked. The locator is "bytes 0-N", the note's text file (of a locked note, its `info.json`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import orjson

from darak.importers.formats.decoding import decode
from darak.importers.formats.html_markdown import markdown_of_html
from darak.importers.formats.json_values import Json, as_dict, as_list, as_text
from darak.importers.formats.members import whole_file
from darak.importers.formats.outcomes import one_flaw
from darak.importers.importer import Ignored, Item, Match, Units
from darak.importers.names import folder_of
from darak.importers.notes.attachments import read_files
from darak.importers.notes.markdown.note import find_tags, parse_note, without_code
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import UNKNOWN_TIME, Precision, Time, parse_iso

MAX_NOTE = 16 << 20
_BEAR = "net.shinyfrog.bear"
_TEXTS = ("text.md", "text.markdown", "text.txt", "text.html")
_BUNDLE = re.compile(rb'"version"\s*:\s*\d')
_TYPE = re.compile(rb'"type"\s*:\s*"(?:net\.daringfireball\.markdown|public\.[\w.-]*(?:text|html|markdown))"')
_CLOSED_TAG = re.compile(r"(?<![\S#])#([^\s#](?:[^#\n]{0,98}[^\s#])?)#(?![\w#])")


class BearImporter:
    name = "bear"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        members = [member.name for member in tree.members()]
        bundles = {
            folder_of(name)
            for name in members
            if name.endswith("info.json") and _is_bundle(tree.head(name)) and _text_of(folder_of(name), set(members))
        }
        if not bundles:
            return []
        inside = [name for name in members if any(name.startswith(folder) for folder in _folders(name) & bundles)]
        backups = {folder_of(folder[:-1]) for folder in bundles}
        tags = [name for name in members if name.endswith("tags.json") and folder_of(name) in backups]
        return [Match(self.name, (*inside, *tags), 0.97, "text bundles, of Bear or another program")]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        members = set(match.members)
        for name in match.members:
            if name.endswith("info.json") and (text := _text_of(folder_of(name), members)):
                yield Units(1)
                yield from self._note(tree, name, text, members)
            elif name.endswith("tags.json") and not _text_of(folder_of(name), members):
                yield Units(1)
                yield Ignored("list-of-tags", Origin(name, ""))

    def _note(self, tree: Tree, info_member: str, text_member: str, members: set[str]) -> Iterator[Item]:
        info = yield from whole_file(tree, info_member, MAX_NOTE)
        data = (yield from whole_file(tree, text_member, MAX_NOTE)) if info is not None else None
        if info is None or data is None:
            return
        origin = Origin(text_member, f"bytes 0-{len(data)}")
        bundle = _metadata(info)
        bear = as_dict(bundle.get(_BEAR))
        text, intact = decode(data)
        if text_member.endswith(".html"):
            text = markdown_of_html(text).text
        note = parse_note(text)
        locked = bool(bear.get("encrypted")) and not text.strip()
        assets = folder_of(text_member) + "assets/"
        blobs, left_out = read_files(tree, sorted(name for name in members if name.startswith(assets)))
        if locked:
            origin = Origin(info_member, f"bytes 0-{len(info)}")
        time, bad_date = _time(as_text(bear.get("creationDate")))
        extra: dict[str, Any] = {
            "tags": _tags(text, bear),
            "links": list(note.links),
            "edited": bear.get("modificationDate"),
            "trashed": bool(bear.get("trashed")),
            "archived": bool(bear.get("archived")),
            "pinned": bool(bear.get("pinned")),
            "locked": locked,
            "missing": left_out,
        }
        yield Record(
            source=self.name if _BEAR.encode() in info else "textbundle",
            kind="note",
            native_id=as_text(bear.get("uniqueIdentifier")) or None,
            time=time,
            origin=origin,
            title=note.title or as_text(bear.get("title")) or _name(text_member, note.title, text),
            text=text.strip("\n"),
            url=as_text(bundle.get("sourceURL")) or None,
            blobs=blobs,
            extra={key: value for key, value in extra.items() if value},
        )
        flaws: list[tuple[str, str]] = []
        if locked:
            flaws.append(("encrypted-note", "the note is encrypted and stays locked; decrypt it in Bear"))
        if not bundle:
            flaws.append(("damaged-info", "what the bundle says of the note cannot be read"))
        if not intact:
            flaws.append(("undecodable-text", "some of its bytes could not be decoded"))
        if bad_date:
            flaws.append(("invalid-date", "its date is none that can be read"))
        if left_out:
            flaws.append(("attachment-left-out", f"files too large or not readable were left out: {len(left_out)}"))
        yield from one_flaw(flaws, origin)


def _is_bundle(head: bytes) -> bool:
    typed = _BUNDLE.search(head) is not None and _TYPE.search(head) is not None
    return head.lstrip().startswith(b"{") and (typed or _BEAR.encode() in head)


def _folders(member: str) -> set[str]:
    return {member[: mark.end()] for mark in re.finditer("[/!]", member)}


def _text_of(folder: str, members: set[str]) -> str | None:
    return next((folder + name for name in _TEXTS if folder + name in members), None)


def _metadata(info: bytes) -> Json:
    """What the bundle says of itself; empty when that is damaged."""
    try:
        return as_dict(orjson.loads(decode(info)[0]))
    except orjson.JSONDecodeError:
        return {}


def _name(member: str, title: str | None, text: str) -> str | None:
    """The bundle's name, unless it is the date that Bear gives to a note without a title."""
    stem = PurePosixPath(re.split("[/!]", folder_of(member).rstrip("/!"))[-1]).stem
    return None if re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{6}Z|Untitled.*", stem) or text.startswith("# \n") else stem


def _tags(text: str, bear: Json) -> list[str]:
    """Tags in the text, `#one` and `#two words#`, and those that a locked note has outside of it."""
    prose = without_code(text)
    closed = _CLOSED_TAG.findall(prose)
    open_tags = find_tags(_CLOSED_TAG.sub(" ", prose))
    named = filter(None, map(as_text, as_list(bear.get("tags"))))
    return list(dict.fromkeys((*open_tags, *closed, *named)))


def _time(written: str) -> tuple[Time, bool]:
    if not written:
        return UNKNOWN_TIME, False
    try:
        return parse_iso(written), False
    except (ValueError, IndexError):
        return Time(written, None, Precision.UNKNOWN), True
