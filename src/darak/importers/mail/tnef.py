"""The file winmail.dat, into which Outlook packs what it sends: attached files, and at times the words (MS-OXTNEF)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from darak.importers.formats.decoding import decode
from darak.importers.formats.html_text import text_of_html
from darak.importers.mail.mapi import (
    DATA,
    FILE_NAME,
    HTML,
    MIME,
    SHORT_NAME,
    Attachment,
    Properties,
    body_text,
    decoded,
    text_of,
)

TYPES = frozenset(("application/ms-tnef", "application/vnd.ms-tnef"))
_SIGNATURE = 0x223E9F78
_PROPERTIES, _FILE, _FILE_TITLE, _FILE_DATA, _FILE_PROPERTIES = 0x9003, 0x9002, 0x8010, 0x800F, 0x9005
_FIXED = {2: 2, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0xA: 4, 0xB: 2, 0x14: 8, 0x40: 8, 0x48: 16}
_SEVERAL, _OBJECT = 0x1000, 0x000D
_INTERFACE = 16
"""Bytes before the data of an attached object."""

Values = dict[int, tuple[int, bytes]]


def read_tnef(data: bytes) -> tuple[str, list[Attachment]] | None:
    """The words and the files in it, those before the damage when there is some; None when there is nothing of it."""
    if len(data) < 6 or struct.unpack_from("<I", data)[0] != _SIGNATURE:
        return None
    said: Values = {}
    files: list[tuple[str, bytes, Values]] = []
    for kind, body in _attributes(data):
        if kind == _PROPERTIES:
            said |= _values(body)
        elif kind == _FILE:
            files.append(("", b"", {}))
        elif files:
            title, content, about = files[-1]
            if kind == _FILE_TITLE:
                files[-1] = decode(body.rstrip(b"\0"))[0], content, about
            elif kind == _FILE_DATA:
                files[-1] = title, body, about
            elif kind == _FILE_PROPERTIES:
                files[-1] = title, content, _values(body)
    words, found = _words(decoded(said)), [part for file in files if (part := _attachment(*file))]
    return (words, found) if words.strip() or found else None


def _words(said: Properties) -> str:
    html = said.get(HTML)
    text = body_text(said)
    return text if text.strip() or not isinstance(html, bytes) else text_of_html(decode(html)[0])


def _attachment(title: str, content: bytes, values: Values) -> Attachment | None:
    said = decoded(values)
    kind, inner = values.get(DATA, (0, b""))
    data = content or (inner[_INTERFACE:] if kind == _OBJECT else inner)
    name = text_of(said, FILE_NAME) or title or text_of(said, SHORT_NAME)
    return Attachment(name, text_of(said, MIME), data) if data else None


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6
    while at + 9 <= len(data):
        number, size = struct.unpack_from("<II", data, at + 1)
        if at + 9 + size > len(data):
            return
        yield number & 0xFFFF, data[at + 9 : at + 9 + size]
        at += 11 + size


def _values(body: bytes) -> Values:
    """The properties of a list (MS-OXTNEF 2.1.3.4). Of several values of one the first."""
    found: Values = {}
    try:
        at = 4
        for _ in range(struct.unpack_from("<I", body)[0]):
            kind, number = struct.unpack_from("<HH", body, at)
            at += 4
            if number >= 0x8000:
                by_name, size = struct.unpack_from("<II", body, at + 16)
                at += 24 + (_padded(size) if by_name else 0)
                number = 0  # the file's own numbers say nothing here
            size = _FIXED.get(kind & ~_SEVERAL)
            count = 1
            if size is None or kind & _SEVERAL:
                count = struct.unpack_from("<I", body, at)[0]
                at += 4
            for place in range(min(count, len(body))):
                length = size
                if length is None:
                    length = struct.unpack_from("<I", body, at)[0]
                    at += 4
                if at + length > len(body):
                    return found
                if place == 0 and number:
                    found[number] = kind & ~_SEVERAL, body[at : at + length]
                at += _padded(length)
    except struct.error:
        pass  # what stands before the damage is known
    return found


def _padded(size: int) -> int:
    return -(-size // 4) * 4
