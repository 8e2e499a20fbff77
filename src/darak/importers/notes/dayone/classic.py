"""Day One Classic: a folder of .doentry files, each a property list of one entry, with photos beside.

Detected by the keys `Entry Text` and `Creation Date` of an XML property list. The native id is the entry's `UUID`,
which Day One kept when it took the journal over, and a photo is named by it. The locator is "bytes 0-N".
"""

from __future__ import annotations

import plistlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any
from xml.parsers.expat import ExpatError

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.json_values import Json, as_dict, as_int, as_list, as_text
from darak.importers.formats.markup import is_markup
from darak.importers.importer import BadRow, Flaw, Item, Match, Units
from darak.importers.names import inner_path, short_name
from darak.importers.notes.attachments import read_files
from darak.importers.notes.dayone.entry import place_of, text_of, time_of, title_of
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import Precision

MAX_ENTRY = 16 << 20
_DAMAGED = (ExpatError, plistlib.InvalidFileException, ValueError, TypeError, AttributeError, LookupError)
"""What plistlib lets through from a list that is damaged."""
_KEYS = (b"<plist", b"<key>Entry Text</key>", b"<key>Creation Date</key>")


class DayOneClassicImporter:
    name = "day-one-classic"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        names = [member.name for member in tree.members()]
        entries = [name for name in names if _is_entry(tree.head(name))]
        if not entries:
            return []
        known = {PurePosixPath(name).stem for name in entries}
        photos = [name for name in names if _folder(name) == "photos" and PurePosixPath(name).stem in known]
        return [Match(self.name, (*entries, *photos), 0.97, "property lists of Day One's entries")]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        entries = [name for name in match.members if _is_entry(tree.head(name))]
        photos = {PurePosixPath(name).stem: name for name in set(match.members).difference(entries)}
        for name in entries:
            yield Units(1)
            yield from self._entry(tree, name, photos)

    def _entry(self, tree: Tree, member: str, photos: dict[str, str]) -> Iterator[Item]:
        try:
            with tree.open(member) as stream:
                data = stream.read(MAX_ENTRY)
        except READ_ERRORS as error:
            yield BadRow("cut-off", Origin(member, "bytes 0-"), f"the entry cannot be read: {error}")
            return
        origin = Origin(member, f"bytes 0-{len(data)}")
        try:
            entry = as_dict(plistlib.loads(data, fmt=plistlib.FMT_XML))
        except _DAMAGED as error:
            yield BadRow("damaged-entry", origin, f"the entry's property list cannot be read: {error}", data[:65536])
            return
        known = _as_exported(entry)
        text = text_of(known)
        photo = photos.get(PurePosixPath(short_name(member)).stem)
        blobs, left_out = read_files(tree, [photo] if photo else [])
        extra: dict[str, Any] = {
            "tags": [tag for tag in map(as_text, as_list(entry.get("Tags"))) if tag],
            "starred": entry.get("Starred") is True,
            "weather": as_text(as_dict(entry.get("Weather")).get("Description")),
            "activity": as_text(entry.get("Activity")),
            "steps": as_int(entry.get("Step Count")),
            "missing": left_out,
        }
        yield Record(
            source="day-one",
            kind="note",
            native_id=as_text(entry.get("UUID")) or None,
            time=time_of(known),
            origin=origin,
            title=title_of(text),
            text=text,
            place=place_of(known),
            blobs=blobs,
            extra={key: value for key, value in extra.items() if value},
        )
        if time_of(known).precision is Precision.UNKNOWN:
            yield Flaw("invalid-date", origin, "its date is missing or none that can be read")


def _as_exported(entry: Json) -> Json:
    """The entry with the keys that the later JSON export has for the same things."""
    created = entry.get("Creation Date")
    place = as_dict(entry.get("Location"))
    names = {"Place Name": "placeName", "Locality": "localityName", "Country": "country"}
    numbers = {"Latitude": "latitude", "Longitude": "longitude"}
    return {
        "text": as_text(entry.get("Entry Text")).replace("\\", "\\\\"),
        "creationDate": f"{created.replace(tzinfo=UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(created, datetime) else "",
        "timeZone": as_text(entry.get("Time Zone")),
        "location": {key: place.get(name) for name, key in (names | numbers).items()},
    }


def _is_entry(head: bytes) -> bool:
    return is_markup(head) and all(key in head for key in _KEYS)


def _folder(member: str) -> str:
    return PurePosixPath(inner_path(member)).parent.name
