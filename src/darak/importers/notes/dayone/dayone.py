"""Day One's JSON export: one record an entry, on the clock of the place it was written at, with its photos and films.

Detected by the object `metadata` with its version before the array `entries`, or by entries with a `creationDate`
and a `timeZone`. The native id is the entry's `uuid`; the file's name is the journal's. The locator is "bytes A-B",
the entry's object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from darak.importers.formats.json_items import object_items
from darak.importers.formats.json_values import as_text
from darak.importers.importer import Flaw, Item, Match
from darak.importers.names import folder_of, short_name
from darak.importers.notes.attachments import read_files
from darak.importers.notes.dayone.entry import extra_of, media_of, place_of, text_of, time_of, title_of
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import Precision

_FOLDERS = ("photos", "videos", "audios", "pdfs")
_HEAD = re.compile(
    rb'\s*\{\s*("metadata"\s*:\s*\{\s*"version"\s*:\s*"[\d.]+"\s*\}\s*,\s*)?"entries"\s*:\s*\[\s*(?:\{|\])'
)
_KEYS = (b'"creationDate"', b'"timeZone"')
_UNIT = re.compile(rb'"creationDate"\s*:')


class DayOneImporter:
    name = "day-one"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        journals: dict[str, list[str]] = {}
        for member in tree.members():
            if _is_journal(tree.head(member.name)):
                journals.setdefault(folder_of(member.name), []).append(member.name)
        return [
            Match(self.name, (*names, *_media(tree, folder)), 0.96, "entries of a journal as Day One writes them")
            for folder, names in journals.items()
        ]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        files = {PurePosixPath(name).stem.lower(): name for name in match.members if not _is_journal(tree.head(name))}
        for name in match.members:
            if _is_journal(tree.head(name)):
                yield from self._journal(tree, name, files)

    def _journal(self, tree: Tree, member: str, files: dict[str, str]) -> Iterator[Item]:
        journal = PurePosixPath(short_name(member)).stem

        def build(entry: dict[str, Any], origin: Origin) -> Record:
            text = text_of(entry)
            media = media_of(entry)
            found = [files.get(md5.lower()) or files.get(number.lower()) for md5, number in media]
            blobs, left_out = read_files(tree, [name for name in found if name])
            missing = left_out + [
                md5 or number for (md5, number), name in zip(media, found, strict=True) if name is None
            ]
            return Record(
                source=self.name,
                kind="note",
                native_id=as_text(entry.get("uuid")) or None,
                time=time_of(entry),
                origin=origin,
                thread=journal,
                title=title_of(text),
                text=text,
                place=place_of(entry),
                blobs=blobs,
                extra={**extra_of(entry), **({"missing": missing} if missing else {})},
            )

        for item in object_items(tree, member, build, _UNIT, ("entries",)):
            yield item
            if isinstance(item, Record) and item.time.precision is Precision.UNKNOWN:
                yield Flaw("invalid-date", item.origin, "its date is missing or none that can be read")


def _is_journal(head: bytes) -> bool:
    match = _HEAD.match(head.removeprefix(b"\xef\xbb\xbf"))
    return match is not None and (match[1] is not None or all(key in head for key in _KEYS))


def _media(tree: Tree, folder: str) -> list[str]:
    inside = tuple(f"{folder}{name}/" for name in _FOLDERS)
    return [member.name for member in tree.members() if member.name.startswith(inside)]
