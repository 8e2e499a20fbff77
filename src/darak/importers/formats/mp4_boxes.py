"""The boxes of MPEG-4 and QuickTime files (ISO/IEC 14496-12): when a recording was made, how long it is, its words.

Reads only headers, wherever they lie in the file, so that a film of gigabytes costs nothing.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from darak.records.time import Time, from_epoch

_TO_1970 = 2_082_844_800
"""Seconds from 1904, when these files' clock starts, to 1970."""
_MAX_BOX = 4 << 20


@dataclass(slots=True)
class Recording:
    """`created` in UTC, `seconds` long; `tags` by their four letters or Apple's names (©nam, com.apple.quicktime.…),
    "" for one that is no text."""

    created: Time | None = None
    seconds: float | None = None
    tags: dict[str, str] = field(default_factory=dict[str, str])


def is_mp4(head: bytes) -> bytes:
    """The brand of a file of this family (b"M4A ", b"qt  ", b"heic" …), b"" for any other."""
    return head[8:12] if head[4:8] == b"ftyp" else b""


def read_recording(stream: BinaryIO) -> Recording:
    """What a file says of itself. ValueError when its boxes are damaged or it ends before the header `moov`."""
    found = Recording()
    while len(head := stream.read(8)) == 8:
        size, kind = struct.unpack(">I4s", head)
        rest = size - 8
        if size == 1:
            rest = struct.unpack(">Q", stream.read(8).ljust(8, b"\0"))[0] - 16
        elif size == 0:
            break
        if rest < 0:
            raise ValueError("a box of impossible size")
        if kind == b"moov":
            _read_header(stream.read(min(rest, 16 * _MAX_BOX)), found)
            return found
        _skip(stream, rest)
    raise ValueError("the file ends before its header")


def _skip(stream: BinaryIO, size: int) -> None:
    if stream.seekable():
        stream.seek(size, io.SEEK_CUR)
        return
    while size > 0 and (chunk := stream.read(min(size, 1 << 20))):
        size -= len(chunk)


def _read_header(data: bytes, found: Recording) -> None:
    for kind, body in _boxes(data):
        if kind == b"mvhd":
            _read_times(body, found)
        elif kind == b"udta":
            for inner, value in _boxes(body):
                if inner == b"meta":
                    _read_meta(value, found)
                elif inner[:1] == b"\xa9" and len(value) > 4:
                    found.tags[inner.decode("latin-1")] = value[4:].decode("utf-8", "replace")
        elif kind == b"meta":
            _read_meta(body, found)


def _read_times(body: bytes, found: Recording) -> None:
    wide = body[:1] == b"\1"
    form = ">QQIQ" if wide else ">IIII"
    if len(body) < 4 + struct.calcsize(form):
        return
    created, _, scale, duration = struct.unpack_from(form, body, 4)
    if created > _TO_1970:  # many programs leave 0, or count from 1970
        found.created = from_epoch(created - _TO_1970, str(created))
    if scale:
        found.seconds = round(duration / scale, 3)


def _read_meta(body: bytes, found: Recording) -> None:
    """iTunes tags (`ilst` under their four letters) and QuickTime ones (`keys` names them, `ilst` counts them)."""
    if body[4:8] != b"hdlr":
        body = body[4:]  # version and flags, which QuickTime leaves out
    boxes = dict(_boxes(body))
    keys = [key.decode("utf-8", "replace") for _, key in _boxes(boxes.get(b"keys", b"")[8:])]
    for kind, value in _boxes(boxes.get(b"ilst", b"")):
        number = int.from_bytes(kind, "big")
        name = keys[number - 1] if 0 < number <= len(keys) else kind.decode("latin-1")
        for inner, data in _boxes(value):
            if inner == b"data":
                found.tags[name] = data[8:].decode("utf-8", "replace") if data[:4] == b"\0\0\0\1" else ""


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 0
    while position + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, position)
        if size < 8:
            return
        yield kind, data[position + 8 : position + size]
        position += size
