"""Kindle's `My Clippings.txt`: highlights and notes, one record each; bookmarks say nothing and are ignored.

Signs: lines of `==========` between clippings, each of a book with its author, a line that begins with `- ` and ends
with when it was added, and the text. Locators are "bytes A-B", from the book to the end of the text. Kindle adds one
when a highlight is changed and takes none away. Times are the device's own, in its language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from darak.importers.formats.lines import Line, encodings_of
from darak.importers.formats.member_lines import MemberLines
from darak.importers.formats.written_time import time_at_end
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Match, Units
from darak.importers.tree import Tree
from darak.records.record import Origin, Record

_END = "=========="
_ABOUT = re.compile(r"- .*\|.*\d.*")
_AUTHOR = re.compile(r"(?P<title>.*\S)\s*[(（](?P<author>(?:[^()（）]|\([^()]*\))+)[)）]\s*")
_NOTE = re.compile(r"(?i)\b(?:your note|notiz|nota|note|notitie|anotación)\b|笔记|筆記|メモ|메모|노트")
_BOOKMARK = re.compile(
    r"(?i)\b(?:bookmark|lesezeichen|marcador|signet|segnalibro|bladwijzer)\b|书签|書籤|ブックマーク|북마크|책갈피"
)
_FEWEST = 2
"""Lines of a clipping: the book, and what it is and when."""


class KindleImporter:
    """Kindle: highlights and notes in books (My Clippings.txt)"""

    name = "kindle"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        return [
            Match(self.name, (member.name,), 0.95, "clippings of a Kindle between lines of ==========")
            for member in tree.members()
            if _knows(tree.head(member.name))
        ]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        (member,) = match.members
        lines = MemberLines(tree, member, encodings_of(tree.head(member)))
        clipping: list[Line] = []
        for line in lines.read():
            if line.text.strip() == _END:
                yield Units(1)
                yield from _items(member, clipping)
                clipping = []
            elif clipping or line.text.strip(" \ufeff"):
                clipping.append(line)
        if clipping:
            yield Units(1)
            message = "the file ends within a clipping; copy it again"
            yield BadRow("cut-off", _origin(member, clipping), message, _raw(clipping))
        yield from lines.damage()


def _items(member: str, lines: list[Line]) -> Iterator[Item]:
    while lines and not lines[-1].text.strip():
        lines.pop()
    origin = _origin(member, lines)
    about = lines[1].text.strip() if len(lines) >= _FEWEST else ""
    time = time_at_end(about.rpartition("|")[2])
    if not about.startswith("- ") or time is None:
        yield BadRow("damaged-clipping", origin, "a clipping that does not say what it is and when", _raw(lines))
        return
    text = "\n".join(line.text for line in lines[_FEWEST:]).strip()
    if any(_ABOUT.fullmatch(line.text.strip()) and time_at_end(line.text) for line in lines[_FEWEST:]):
        yield BadRow("damaged-clipping", origin, "what divides two clippings is damaged", _raw(lines))
        return
    what = about.partition("|")[0] if about.count("|") > 1 else about.rpartition("|")[0]
    if not text:
        yield Ignored("bookmark" if _BOOKMARK.search(what) else "empty-clipping", origin)
        return
    book = lines[0].text.strip(" \ufeff")
    named = _AUTHOR.fullmatch(book)
    title = named["title"] if named else book
    extra = {
        "activity": "note" if _NOTE.search(what) else "highlight",
        "author": named["author"].strip() if named else "",
        "where": about.removeprefix("- ").rpartition("|")[0].strip(),
    }
    yield Record(
        source="kindle",
        kind="note",
        time=time,
        origin=origin,
        thread=title,
        title=title,
        text=text,
        extra={name: value for name, value in extra.items() if value},
    )
    if not all(line.intact for line in lines):
        yield Flaw("undecodable", origin, "some letters cannot be read")


def _knows(head: bytes) -> bool:
    if b"\n" + _END.encode() not in head:
        return False
    text = head.decode(encodings_of(head)[0], "replace")
    lines = [line.strip(" \ufeff\r") for line in text.split("\n")[:40] if line.strip(" \ufeff\r")]
    return _END in lines and len(lines) >= _FEWEST and any(_ABOUT.fullmatch(line) for line in lines)


def _origin(member: str, lines: list[Line]) -> Origin:
    return Origin(member, f"bytes {lines[0].start}-{lines[-1].end}" if lines else "")


def _raw(lines: list[Line]) -> bytes:
    return b"\n".join(line.raw for line in lines)[:65536]
