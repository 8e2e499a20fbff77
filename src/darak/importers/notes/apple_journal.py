"""Apple's Journal app: the HTML pages of its export, one record an entry, with its photos, films and recordings.

Detected by pages with a `pageHeader`, an `assetGrid` or a `bodyText` as the app writes them. An entry is of the day
in its header; where that is in a language whose dates are not read, of the date in its file's name. Files are found
in the folder `Resources` beside the entries. The locator is "bytes 0-N", the whole page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from darak.importers.formats.decoding import decode
from darak.importers.formats.html_markdown import markdown_of_html
from darak.importers.formats.members import whole_file
from darak.importers.importer import Flaw, Ignored, Item, Match, Units
from darak.importers.names import folder_of, short_name
from darak.importers.notes.attachments import read_files
from darak.importers.notes.markdown.dates import date_in_name, written_date
from darak.importers.tree import Tree
from darak.records.record import Origin, Place, Record
from darak.records.time import Precision, Time

MAX_ENTRY = 16 << 20
_PAGE = re.compile(rb"""<div class=["']pageHeader["']>.*?<div class=["'](?:assetGrid|bodyText|title)["']""", re.DOTALL)
_ASSET = re.compile(r"""<div id=["']([^"']+)["'] class=["']gridItem ([^"']*)["']""")
_SOURCE = re.compile(r"""(?:src|href)=["']([^"']*Resources/[^"']+)["']""")
_BODY = re.compile(r"""<div class=["']bodyText["'][^>]*>""")
_PLACES = ("multiPinMap", "visit", "location", "genericMap")


class AppleJournalImporter:
    name = "apple-journal"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        members = [member.name for member in tree.members()]
        exports: dict[str, list[str]] = {}
        for name in members:
            if _is_entry(name, tree.head(name)):
                exports.setdefault(_root(name), []).append(name)
        matches: list[Match] = []
        for root, entries in exports.items():
            files = [name for name in members if name.startswith(f"{root}Resources/")]
            index = [f"{root}index.html"] if f"{root}index.html" in members and files else []
            found = tuple(dict.fromkeys((*entries, *files, *index)))
            matches.append(Match(self.name, found, 0.95, "pages of entries as Apple's Journal writes them"))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        members = set(match.members)
        for name in match.members:
            if _is_entry(name, tree.head(name)):
                yield Units(1)
                yield from self._entry(tree, name, members)
            elif name.endswith((".html", ".json")):
                yield Units(1)
                yield Ignored("index-or-details", Origin(name, ""))

    def _entry(self, tree: Tree, member: str, members: set[str]) -> Iterator[Item]:
        data = yield from whole_file(tree, member, MAX_ENTRY)
        if data is None:
            return
        origin = Origin(member, f"bytes 0-{len(data)}")
        source, intact = decode(data)
        header = _part(source, "pageHeader")
        body = _BODY.search(source)
        text = markdown_of_html(source[body.end() :]).text if body else ""
        assets = list(_assets(source[: body.start()] if body else source))
        shown = [f"- {words}" for _, words in assets if words]
        root = _root(member)
        names = [f"{root}Resources/{unquote(path.rpartition('/')[2])}" for path in _SOURCE.findall(source)]
        blobs, left_out = read_files(tree, [name for name in names if name in members])
        missing = [PurePosixPath(name).name for name in dict.fromkeys(names) if name not in members]
        place = next((words for kind, words in assets if words and any(name in kind for name in _PLACES)), None)
        time = _time(header, member)
        extra: dict[str, Any] = {
            "prompt": _part(source, "reflectionPrompt"),
            "assets": [kind for kind, _ in assets],
            "missing": [*missing, *left_out],
        }
        yield Record(
            source=self.name,
            kind="note",
            time=time,
            origin=origin,
            title=_part(source, "title") or None,
            text="\n\n".join(part for part in (_part(source, "reflectionPrompt"), text, "\n".join(shown)) if part),
            place=Place(place) if place else None,
            blobs=blobs,
            extra={key: value for key, value in extra.items() if value},
        )
        if not source.rstrip().endswith("</html>"):
            yield Flaw("cut-off", origin, "the page ends in the middle; export it again")
        elif time.local is None:
            yield Flaw("invalid-date", origin, f"its date is in a form that is not known: {header[:60]!r}")
        elif not intact:
            yield Flaw("undecodable-text", origin, "some of its bytes could not be decoded")


def _is_entry(name: str, head: bytes) -> bool:
    return name.lower().endswith((".html", ".htm")) and _PAGE.search(head) is not None


def _root(member: str) -> str:
    """What stands before `Entries/` in an entry's name; its own folder when it lies elsewhere."""
    folder = folder_of(member)
    return folder.removesuffix("Entries/")


def _part(source: str, name: str) -> str:
    """The words of the first element of that class; the app closes paragraphs within it that it opened before."""
    found = re.search(rf"""<div class=["']{name}["'][^>]*>(.*?)</div>""", source, re.DOTALL)
    return " ".join(markdown_of_html(found[1]).text.split()) if found else ""


def _assets(source: str) -> Iterator[tuple[str, str]]:
    """(kind, words) of the tiles above an entry: a walk and its length, a song, a place."""
    tiles = list(_ASSET.finditer(source))
    ends = [tile.start() for tile in tiles[1:]]
    if tiles:
        last = re.search(r"""<div class=["'](?:reflectionPrompt|title|bodyText)["']""", source[tiles[-1].end() :])
        ends.append(tiles[-1].end() + last.start() if last else len(source))
    for tile, end in zip(tiles, ends, strict=True):
        kind = next((name.removeprefix("assetType_") for name in tile[2].split() if name.startswith("assetType_")), "")
        words = markdown_of_html(source[tile.start() : end]).text
        yield kind, ", ".join(dict.fromkeys(line.strip() for line in words.split("\n") if line.strip()))


def _time(header: str, member: str) -> Time:
    return (
        written_date(header)
        or date_in_name(PurePosixPath(short_name(member)).stem)
        or Time(header, None, Precision.UNKNOWN)
    )
