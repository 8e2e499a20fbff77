"""Notes in Markdown: an Obsidian vault, or any folder of .md files; canvases too. One record a note.

The native id is the note's path inside its vault (the folder with `.obsidian`, else the imported folder), the account
the vault's name. A note's time is the date it names itself, in front matter or in its file's name; the time of a file
is the time of a copy and is never used. The locator is "bytes 0-N", the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from darak.importers.formats.decoding import decode
from darak.importers.formats.members import whole_file
from darak.importers.formats.outcomes import one_flaw
from darak.importers.importer import BadRow, Ignored, Item, Match, Units
from darak.importers.notes.markdown.canvas import parse_canvas
from darak.importers.notes.markdown.dates import date_in_name, written_date
from darak.importers.notes.markdown.folder import NoteFolder, is_canvas, is_note, note_folders
from darak.importers.notes.markdown.note import Note, parse_note
from darak.importers.tree import Tree
from darak.records.record import Blob, Origin, Record
from darak.records.time import UNKNOWN_TIME, Precision, Time

MAX_NOTE = 16 * 1024 * 1024
_DATES = (
    "date",
    "created",
    "created_at",
    "created at",
    "created-date",
    "createdat",
    "creation date",
    "creation_date",
    "date created",
    "date_created",
    "datecreated",
    "날짜",
    "작성일",
    "작성 일시",
    "생성일",
)


class MarkdownImporter:
    name = "markdown"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        matches: list[Match] = []
        for folder in note_folders(tree):
            notes = [name for name in folder.members if is_note(name) and _is_text(tree.head(name))]
            if not notes:
                continue
            embedded = (
                found
                for name in notes
                for target in _parse(name, tree.head(name)).embeds
                if (found := folder.find(target, name)) is not None
            )
            members = tuple(dict.fromkeys((*notes, *embedded, *folder.hidden)))
            score, why = (0.95, "a folder with .obsidian") if folder.is_vault else (0.6, "Markdown files")
            matches.append(Match(self.name, members, score, why))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        folders = [folder for folder in note_folders(tree) if not folder.members.keys().isdisjoint(match.members)]
        if not folders:
            return
        for member in match.members:
            if member in folders[0].hidden:
                yield Ignored("hidden-file", Origin(member, ""))
                yield Units(1)
            elif is_note(member):
                yield from self._read_note(tree, member, folders[0])
                yield Units(1)

    def _read_note(self, tree: Tree, member: str, folder: NoteFolder) -> Iterator[Item]:
        data = yield from whole_file(tree, member, MAX_NOTE)
        if data is None:
            return
        origin = Origin(member, f"bytes 0-{len(data)}")
        note = _parse(member, data)
        if note.flaw and is_canvas(member):
            yield BadRow("bad-canvas", origin, note.flaw, data)
            return
        record = self._record(tree, member, note, origin, folder)
        yield record
        flaws = [] if decode(data)[1] else [("undecodable-text", "some of its bytes could not be decoded")]
        if note.flaw:
            flaws.append(("invalid-front-matter", note.flaw))
        if record.time.precision is Precision.UNKNOWN and record.time.written:
            flaws.append(("invalid-date", f"its date is none that can be read surely: {record.time.written[:40]!r}"))
        yield from one_flaw(flaws, origin)

    def _record(self, tree: Tree, member: str, note: Note, origin: Origin, folder: NoteFolder) -> Record:
        path = PurePosixPath(folder.path_of(member))
        blobs = [Blob.of(data, None, mime) for mime, data in note.files]
        links, missing = list(note.links), list[str]()
        for target in note.embeds:
            found = folder.find(target, member)
            if found is not None and is_note(found):
                links.append(target)
            elif found is not None and (blob := folder.blob(tree, found)) is not None:
                blobs.append(blob)
            else:
                missing.append(target)
        extra: dict[str, Any] = {
            "type": "canvas" if is_canvas(member) else None,
            "properties": note.properties,
            "tags": list(note.tags),
            "links": list(dict.fromkeys(links)),
            "missing": missing,
        }
        link = note.property_text("url", "source", "link")
        return Record(
            source=self.name,
            kind="note",
            account=folder.name,
            native_id=str(path),
            time=_time(note, path.stem),
            origin=origin,
            title=note.title or path.stem,
            text=note.text,
            url=link if link and re.fullmatch(r"https?://\S+", link) else None,
            blobs=tuple(blobs),
            extra={key: value for key, value in extra.items() if value},
        )


def _is_text(head: bytes) -> bool:
    return b"\0" not in head


def _parse(member: str, data: bytes) -> Note:
    return parse_canvas(data) if is_canvas(member) else parse_note(decode(data)[0])


def _time(note: Note, stem: str) -> Time:
    """The date in the front matter, else in the file's name; a value that is no date is kept as written."""
    written = note.property_text(*_DATES)
    time = (written_date(written) if written else None) or date_in_name(stem)
    if time is not None:
        return time
    return Time(written, None, Precision.UNKNOWN) if written else UNKNOWN_TIME
