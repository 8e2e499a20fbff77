"""The text of a presentation of before 2007 (.ppt), slide by slide, with the speaker's notes (MS-PPT 2.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from darak.importers.documents.document import NEEDS_PASSWORD, Damaged, tidy

MAIN, USER = "PowerPoint Document", "Current User"
_LOCKED = 0xF3D1C4DF
"""What the second of these streams says of a presentation with a password (MS-PPT 2.3.2)."""
_DOCUMENT, _LIST, _SLIDE_AT, _PLACES = 0x03E8, 0x0FF0, 0x03F3, 0x1772
_NOTES_OF, _TEXT_16, _TEXT_8 = 0x03F1, 0x0FA0, 0x0FA8
_SLIDES, _NOTES = 0, 2
"""Instances of a list: of the slides, of the pages of notes."""
_CONTAINER, _MAX_DEPTH = 0xF, 30
_FILLED_IN = frozenset(("", "*"))
"""Where a number or a date is put in."""


def read_old_slides(data: bytes, user: bytes) -> list[str]:
    """The texts of the slides in the order of the show, from the two streams. `Damaged` when it cannot be read."""
    if int.from_bytes(user[12:16], "little") == _LOCKED:
        raise Damaged("encrypted", NEEDS_PASSWORD)
    document = b""
    places: dict[int, int] = {}
    for kind, _, body in _records(data):
        if kind == _DOCUMENT:
            document = body
        elif kind == _PLACES:
            places.update(_directory(body))
    if not document:
        raise Damaged("damaged-document", "the presentation is damaged, cut off, or of before PowerPoint 97")
    notes: dict[int, str] = {}
    for place, _, _ in _listed(document, _NOTES):
        page = _record_at(data, places.get(place, -1))
        about = next((body for kind, _, body in _records(page) if kind == _NOTES_OF), b"")
        if len(about) >= 4:
            notes[int.from_bytes(about[:4], "little")] = _joined(_texts(page))
    slides: list[str] = []
    for place, number, outline in _listed(document, _SLIDES):
        slide = _joined([*outline, *_texts(_record_at(data, places.get(place, -1)))])
        slides.append(tidy("\n\n".join(filter(None, (slide, notes.get(number, ""))))))
    return slides


def _records(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(type, instance, content) of the records that follow one another."""
    at = 0
    while at + 8 <= len(data):
        head, kind, size = struct.unpack_from("<HHI", data, at)
        yield kind, head >> 4, data[at + 8 : at + 8 + size]
        at += 8 + size


def _record_at(data: bytes, place: int) -> bytes:
    """The content of the record there; b"" for none."""
    if not 0 <= place <= len(data) - 8:
        return b""
    return data[place + 8 : place + 8 + struct.unpack_from("<I", data, place + 4)[0]]


def _directory(body: bytes) -> Iterator[tuple[int, int]]:
    """Numbers of things and where they stand; later ones are of a later saving."""
    at = 0
    while at + 4 <= len(body):
        said = struct.unpack_from("<I", body, at)[0]
        first, count = said & 0xFFFFF, said >> 20
        at += 4
        for number in range(min(count, (len(body) - at) // 4)):
            yield first + number, struct.unpack_from("<I", body, at + 4 * number)[0]
        at += 4 * count


def _listed(document: bytes, instance: int) -> list[tuple[int, int, list[str]]]:
    """Of each slide in a list: the number of its place, its own number, and the text of its outline."""
    found: list[tuple[int, int, list[str]]] = []
    for kind, which, body in _records(document):
        if kind != _LIST or which != instance:
            continue
        for inner, _, content in _records(body):
            if inner == _SLIDE_AT and len(content) >= 16:
                place, _, _, number = struct.unpack_from("<IIII", content)
                found.append((place, number, []))
            elif found and (text := _text(inner, content)):
                found[-1][2].append(text)
    return found


def _texts(data: bytes, depth: int = 0) -> Iterator[str]:
    """The texts in a record, however deep."""
    at = 0
    while at + 8 <= len(data) and depth < _MAX_DEPTH:
        head, kind, size = struct.unpack_from("<HHI", data, at)
        content = data[at + 8 : at + 8 + size]
        if head & 0xF == _CONTAINER:
            yield from _texts(content, depth + 1)
        elif text := _text(kind, content):
            yield text
        at += 8 + size


def _text(kind: int, content: bytes) -> str:
    if kind == _TEXT_16:
        text = content.decode("utf-16-le", "replace")
    elif kind == _TEXT_8:
        text = content.decode("latin-1")
    else:
        return ""
    return text.replace("\r", "\n").replace("\v", "\n").strip("\0")


def _joined(texts: Iterator[str] | list[str]) -> str:
    """Each text once: a title stands in the outline and on its slide."""
    return "\n".join(dict.fromkeys(text for text in texts if text.strip() not in _FILLED_IN))
