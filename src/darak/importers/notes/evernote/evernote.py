"""Evernote's .enex exports: one record a note, with its attached files, tags, tasks, reminders and places.

Detected by the XML root `en-export`. An export names neither the account nor the notes' ids, so notes are known by
what they say; the file's name, which is the notebook's in most exports, is kept beside. Times are UTC. The locator is
"bytes A-B", the note element. Encrypted parts stay locked and are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.outcomes import one_flaw
from darak.importers.importer import BadRow, Item, Match, Units
from darak.importers.names import short_name
from darak.importers.notes.evernote.enex import RawNote, read_notes
from darak.importers.notes.evernote.note import parse_note
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import Precision

_ROOT = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE\s+en-export[^>]*>\s*)?<en-export[\s>]", re.DOTALL
)
_RAW_KEPT = 64 << 10
_PROBLEMS = {
    "cut-off": "the export ends within a note, or before its end; export it again",
    "damaged-note": "a note is damaged and cannot be read",
}


class EvernoteImporter:
    name = "evernote"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        return [
            Match(self.name, (member.name,), 0.98, "an XML document of Evernote notes (en-export)")
            for member in tree.members()
            if _ROOT.match(tree.head(member.name).removeprefix(b"\xef\xbb\xbf"))
        ]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        for member in match.members:
            try:
                stream = tree.open(member)
            except READ_ERRORS as error:
                yield BadRow("unreadable", Origin(member, "bytes 0-"), f"the file cannot be read: {error}")
                yield Units(1)
                continue
            with stream:
                for raw in read_notes(stream):
                    yield from self._items(raw, member)
                    yield Units(1)

    def _items(self, raw: RawNote, member: str) -> Iterator[Item]:
        origin = Origin(member, f"bytes {raw.start}-{raw.end}")
        note = None if raw.problem else parse_note(raw.data)
        if note is None:
            problem = raw.problem or "damaged-note"
            yield BadRow(problem, origin, _PROBLEMS[problem], raw.data[:_RAW_KEPT])
            return
        yield Record(
            source=self.name,
            kind="note",
            time=note.time,
            origin=origin,
            author=note.author,
            title=note.title,
            text=note.text,
            place=note.place,
            url=note.url,
            blobs=note.blobs,
            extra={"notebook": PurePosixPath(short_name(member)).stem, **note.extra},
        )
        flaws: list[tuple[str, str]] = []
        if note.locked:
            flaws.append(("encrypted-text", "it holds encrypted text, which stays locked; decrypt it in Evernote"))
        if raw.left_out:
            flaws.append(("attachment-too-large", "an attached file is too large and was left in the export"))
        if note.time.precision is Precision.UNKNOWN and note.time.written:
            flaws.append(("invalid-date", "its date is none that can be read"))
        if "\ufffd" in note.text or "\ufffd" in (note.title or ""):
            flaws.append(("undecodable-text", "some of its bytes could not be decoded"))
        yield from one_flaw(flaws, origin)
