"""Plain text files that no other importer knows: records of some paragraphs each.

Signs: it reads as text in UTF-8, cp949, cp932 or cp1252, holds no control characters, and is neither markup,
data (JSON, XML) nor source code. The claim is weak, so that any importer that knows the file better has it. The
locator is "bytes A-B". Text files do not say when they were written: their time is unknown.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from typing import BinaryIO

from darak.importers.documents.document import About, DocumentImporter, Passage, Records, read_whole, tidy
from darak.importers.documents.encoding import HEAD, encoding_of
from darak.importers.importer import Item, Units

PIECE = 6_000
"""Characters after which a piece ends with its paragraph, and beyond twice that with its line."""
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_DATA = re.compile(r"\s*(?:[\[{<]|BEGIN:|#!|%!|%PDF)")
_WORD = re.compile(r"\w")
_CODES = (".lock", ".ini", ".cfg", ".toml", ".yaml", ".yml", ".sql", ".log", ".plist", ".pem", ".key", ".crt", ".srt")
"""Endings of text that is no prose and that `mimetypes` does not know."""
_LINE = 1 << 20


class TextImporter(DocumentImporter):
    name = "text"
    score = 0.1
    why = "plain text that no other importer knows"

    def knows(self, head: bytes, name: str) -> bool:
        if mimetypes.guess_type(name)[0] not in (None, "text/plain") or name.lower().endswith(_CODES):
            return False
        encoding = encoding_of(head)
        if encoding is None or (len(head) >= HEAD and b"\n" not in head):  # one endless line is no prose
            return False
        text = head.decode(encoding, "ignore").removeprefix("\ufeff")
        if _CONTROLS.search(text) or _DATA.match(text):
            return False
        sample = "".join(text[:4096].split())
        return len(_WORD.findall(sample)) * 2 > len(sample)

    def items(self, stream: BinaryIO, member: str) -> Iterator[Item]:
        data = read_whole(stream)
        records = Records(self.name, member, About())
        count = 0
        for passage in _pieces(data, encoding_of(data[:HEAD]) or "utf-8"):
            count += 1
            yield from records.of(passage)
        yield Units(count)


def _pieces(data: bytes, encoding: str) -> Iterator[Passage]:
    start = end = size = 0
    lines: list[str] = []
    whole = True
    for raw, text, intact in _lines(data, encoding):
        if size > 2 * PIECE or (size > PIECE and not text.strip()):
            yield from _piece(start, end, lines, whole)
            start, lines, size, whole = end, [], 0, True
        end += raw
        size += len(text)
        lines.append(text)
        whole = whole and intact
    yield from _piece(start, end, lines, whole)


def _piece(start: int, end: int, lines: list[str], whole: bool) -> Iterator[Passage]:
    text = tidy("".join(lines))
    if text:
        flaw = None if whole else ("undecodable-text", "some of its bytes could not be decoded")
        yield Passage(f"bytes {start}-{end}", text, flaw=flaw)


def _lines(data: bytes, encoding: str) -> Iterator[tuple[int, str, bool]]:
    """(bytes, text, whether all of it could be decoded) of each line with its ending."""
    start = 0
    while start < len(data):
        at = data.find(b"\n", start, start + _LINE)
        end = at + 1 if at >= 0 else min(len(data), start + _LINE)
        raw = data[start:end]
        try:
            text, intact = raw.decode(encoding), True
        except UnicodeDecodeError:
            text, intact = raw.decode(encoding, "replace"), False
        yield end - start, text.removeprefix("\ufeff"), intact
        start = end
