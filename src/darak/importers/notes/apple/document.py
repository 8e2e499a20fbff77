"""A note of Apple Notes as it lies in the database: a gzipped protocol buffer of a text and runs of attributes.

Field numbers after apple_cloud_notes_parser's notestore.proto (MIT). Lengths of runs count UTF-16 units. An object in
the text (a file, a table, a hashtag) is one U+FFFC, and its run names the object.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass

from darak.importers.notes.apple.protobuf import Message

MAX_NOTE = 64 << 20
_OBJECT = "\ufffc"
_TITLE, _HEADING, _SUBHEADING, _CODE = 0, 1, 2, 4
_DOTS, _DASHES, _NUMBERS, _CHECKS = 100, 101, 102, 103
_HEADINGS = {_TITLE: "# ", _HEADING: "## ", _SUBHEADING: "### "}
_PLAIN = -1

Describe = Callable[[str, str], str]
"""What stands in the text for the object of this identifier and type."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters without a line break, or one line break, with their attributes."""

    text: str
    run: Message


def unpack(data: bytes) -> bytes:
    """The bytes of a gzipped document; ValueError when they are damaged or unbelievably many."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        content = unpacker.decompress(data, MAX_NOTE)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if not unpacker.eof:
        raise ValueError("the note's data is cut off or too large")
    return content


def text_of_note(content: bytes, describe: Describe) -> str:
    """The note's text as light Markdown. ValueError when the content is no note."""
    document = Message(content).message(2)
    if not document.has(3):
        raise ValueError("the note's data holds no note")
    return markdown_of(document.message(3), describe)


def markdown_of(note: Message, describe: Describe) -> str:
    lines: list[list[_Piece]] = [[]]
    for piece in _pieces(note):
        if piece.text == "\n":
            lines[-1].append(piece)
            lines.append([])
        else:
            lines[-1].append(piece)
    counters: dict[int, int] = {}
    return "\n".join(_line(line, counters, describe) for line in lines).strip("\n")


def _pieces(note: Message) -> list[_Piece]:
    units = note.text(2).encode("utf-16-le", "replace")
    pieces: list[_Piece] = []
    at = 0
    for run in note.messages(5):
        end = at + 2 * max(run.number(1), 0)
        pieces += _split(units[at:end].decode("utf-16-le", "replace"), run)
        at = end
    return pieces + _split(units[at:].decode("utf-16-le", "replace"), Message(b""))


def _split(text: str, run: Message) -> list[_Piece]:
    parts = text.replace("\u2028", "\n").split("\n")
    pieces = [_Piece(parts[0], run)] if parts[0] else []
    for part in parts[1:]:
        pieces.append(_Piece("\n", run))
        if part:
            pieces.append(_Piece(part, run))
    return pieces


def _line(line: list[_Piece], counters: dict[int, int], describe: Describe) -> str:
    words = "".join(_words(piece, describe) for piece in line if piece.text != "\n")
    style = line[0].run.message(2) if line else Message(b"")
    kind, indent = style.number(1, _PLAIN), style.number(4)
    for level in [level for level in counters if kind != _NUMBERS or level > indent]:
        del counters[level]
    if not words.strip():
        return words
    mark = _HEADINGS.get(kind, "") if style.has(1) else ""
    if kind in (_DOTS, _DASHES):
        mark = "- "
    elif kind == _NUMBERS:
        counters[indent] = counters.get(indent, 0) + 1
        mark = f"{counters[indent]}. "
    elif kind == _CHECKS:
        mark = "- [x] " if style.message(5).number(2) else "- [ ] "
    quote = "> " if style.number(8) else ""
    return quote + ("    " * min(indent, 10) if kind >= _DOTS else "") + mark + words


def _words(piece: _Piece, describe: Describe) -> str:
    attachment = piece.run.message(12)
    if attachment.has(1) and _OBJECT in piece.text:
        return piece.text.replace(_OBJECT, describe(attachment.text(1), attachment.text(2)))
    text = piece.text.replace(_OBJECT, "")
    link = piece.run.text(9)
    if not link or not text.strip() or text.strip() in (link, link.partition("://")[2].rstrip("/")):
        return text
    return f"[{text}]({link})"


def text_of_table(content: bytes) -> str:
    """The rows of an embedded table as lines. ValueError when the content is no table."""
    data = Message(content).message(2, 3)
    entries = data.messages(3)
    keys = [key.decode("utf-8", "replace") for key in data.raw(4)]
    types = [kind.decode("utf-8", "replace") for kind in data.raw(5)]
    uuids = data.raw(6)
    try:
        for entry in entries:
            root = entry.message(13)
            if entry.has(13) and types[root.number(1)] == "com.apple.notes.ICTable":
                parts = {keys[part.number(1)]: entries[part.message(2).number(6)] for part in root.messages(3)}
                return _table(parts, entries, uuids)
    except (IndexError, KeyError) as error:
        raise ValueError(f"the table names what is not there: {error}") from error
    raise ValueError("the table's data holds no table")


def _table(parts: dict[str, Message], entries: list[Message], uuids: list[bytes]) -> str:
    rows, columns = (_order(parts[name], entries, uuids) for name in ("crRows", "crColumns"))
    height, width = len(set(rows.values())), len(set(columns.values()))
    if height * width > 1_000_000:
        raise ValueError("the table is larger than any")
    cells = [[""] * width for _ in range(height)]
    for column in parts["cellColumns"].message(6).messages(1):
        x = columns.get(_uuid(entries[column.message(1).number(6)]))
        for cell in entries[column.message(2).number(6)].message(6).messages(1):
            y = rows.get(_uuid(entries[cell.message(1).number(6)]))
            if x is not None and y is not None:
                note = entries[cell.message(2).number(6)].message(10)
                cells[y][x] = " ".join(markdown_of(note, _nothing).split("\n"))
    return "\n".join(" | ".join(row) for row in cells)


def _nothing(identifier: str, kind: str) -> str:
    """Cells hold no objects."""
    return ""


def _order(part: Message, entries: list[Message], uuids: list[bytes]) -> dict[int, int]:
    """The place of each row or column by the number of its id; each has two ids, of which the cells name one."""
    ordering = part.message(16, 1)
    order = {uuids.index(item.raw(2)[0]): place for place, item in enumerate(ordering.message(1).messages(2))}
    for element in ordering.message(2).messages(1):
        first, second = (_uuid(entries[element.message(side).number(6)]) for side in (1, 2))
        if first in order:
            order[second] = order[first]
    return order


def _uuid(entry: Message) -> int:
    return entry.messages(13)[0].messages(3)[0].message(2).number(2)
