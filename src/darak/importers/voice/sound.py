"""What a sound file says of itself: when it was recorded, how long it is, its title; and which are music.

M4A and 3GP (ISO/IEC 14496-12), WAV with its broadcast extension (EBU Tech 3285) and INFO list, MP3's ID3v2 tags, Ogg
comments; AMR, CAF and FLAC are known but say nothing that is read here.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from darak.importers.formats.decoding import decode
from darak.importers.formats.mp4_boxes import is_mp4, read_recording
from darak.records.time import Precision, Time

_MAGIC = (
    (b"#!AMR", "audio/amr"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"caff", "audio/x-caf"),
    (b"ID3", "audio/mpeg"),
)
_SOUND = (b"M4A ", b"M4B ", b"3gp4", b"3gp5", b"3g2a")
_ALBUM, _TRACK = ("©alb", "TALB", "IPRD", "ALBUM"), ("trkn", "TRCK", "IPRT", "TRACKNUMBER")
_DATE = re.compile(r"(\d{4})[-:.](\d{2})[-:.](\d{2})(?:[ T]?(\d{2})[-:.](\d{2})[-:.](\d{2}))?.*")
_TEXT_FRAMES = {0: "latin-1", 1: "utf-16", 2: "utf-16-be", 3: "utf-8"}
_MAX_TAG = 1 << 20


@dataclass(slots=True)
class Sound:
    time: Time | None = None
    seconds: float | None = None
    tags: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def is_music(self) -> bool:
        """A track of an album: recorders, too, fill in an artist and an album, but number nothing."""
        return any(self.tags.get(name) for name in _ALBUM) and any(name in self.tags for name in _TRACK)

    @property
    def title(self) -> str:
        return next((self.tags[name] for name in ("©nam", "TIT2", "INAM", "TITLE") if self.tags.get(name)), "")


def mime_of(head: bytes) -> str:
    """The kind of sound file that a file with this head is; "" for any other."""
    brand = is_mp4(head)
    if brand:
        sound = brand in _SOUND or (b"soun" in head[:16384] and b"vide" not in head)
        return "audio/mp4" if sound else ""
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return "audio/wav"
    if len(head) > 400 and head[:1] == b"\xff" and head[1] & 0xE6 == 0xE2 and head[2] & 0xF0 not in (0, 0xF0):
        return "audio/mpeg"
    return next((mime for magic, mime in _MAGIC if head.startswith(magic)), "")


def read_sound(stream: BinaryIO, mime: str) -> Sound:
    """The file's own words. ValueError when it is damaged before them."""
    if mime == "audio/mp4":
        recording = read_recording(stream)
        tags = recording.tags
        return Sound(_date(tags.get("©day", ""), exact=True) or recording.created, recording.seconds, tags)
    if mime == "audio/wav":
        return _read_wave(stream)
    if mime == "audio/mpeg":
        return _read_id3(stream)
    if mime == "audio/ogg":
        head = stream.read(_MAX_TAG // 16)
        said = re.findall(rb"(TITLE|ALBUM|TRACKNUMBER|DATE)=([^\0-\x1f]{1,200})", head, re.IGNORECASE)
        tags = {name.decode("ascii").upper(): decode(value)[0] for name, value in said}
        return Sound(_date(tags.get("DATE", "")), None, tags)
    return Sound()


def _read_wave(stream: BinaryIO) -> Sound:
    found = Sound()
    stream.read(12)
    rate = 0
    while len(head := stream.read(8)) == 8:
        kind, size = head[:4], struct.unpack("<I", head[4:])[0]
        padded = size + size % 2
        if kind in (b"fmt ", b"bext", b"LIST") and padded <= _MAX_TAG:
            body = stream.read(padded)
            if kind == b"fmt " and len(body) >= 12:
                rate = struct.unpack_from("<I", body, 8)[0]
            elif kind == b"bext":
                written = body[320:338].decode("ascii", "replace").replace("\0", " ").strip()
                found.time = _date(f"{written[:10]} {written[10:]}".strip()) or found.time
            elif body[:4] == b"INFO":
                found.tags |= {
                    name.decode("latin-1"): decode(value.rstrip(b"\0"))[0] for name, value in _chunks(body[4:])
                }
                found.time = found.time or _date(found.tags.get("ICRD", ""))
            continue
        if kind == b"data" and rate:
            found.seconds = round(size / rate, 3)
        if stream.seekable():
            stream.seek(padded, io.SEEK_CUR)
        else:
            while padded > 0 and (skipped := len(stream.read(min(padded, 1 << 20)))):
                padded -= skipped
    return found


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 0
    while position + 8 <= len(data):
        size = struct.unpack_from("<I", data, position + 4)[0]
        yield data[position : position + 4], data[position + 8 : position + 8 + size]
        position += 8 + size + size % 2


def _read_id3(stream: BinaryIO) -> Sound:
    found = Sound()
    head = stream.read(10)
    if head[:3] != b"ID3" or len(head) < 10:
        return found
    version = head[3]
    size = _syncsafe(head[6:10])
    data = stream.read(min(size, _MAX_TAG))
    position = 0
    while position + 10 <= len(data) and data[position] != 0:
        name = data[position : position + 4].decode("latin-1")
        length = data[position + 4 : position + 8]
        size = _syncsafe(length) if version >= 4 else int.from_bytes(length, "big")
        body = data[position + 10 : position + 10 + size]
        position += 10 + size
        if name[:1] == "T" and body:
            found.tags[name] = body[1:].decode(_TEXT_FRAMES.get(body[0], "latin-1"), "replace").strip("\0\ufeff ")
    found.time = _date(found.tags.get("TDRC", "") or found.tags.get("TDEN", ""))
    return found


def _syncsafe(data: bytes) -> int:
    return sum((byte & 0x7F) << shift for byte, shift in zip(data, (21, 14, 7, 0), strict=True))


def _date(text: str, exact: bool = False) -> Time | None:
    """A date, with its clock where there is one (only then, if `exact`)."""
    match = _DATE.fullmatch(text.strip())
    if match is None or (exact and not match[4]):
        return None
    try:
        local = datetime.fromisoformat("-".join(match.groups()[:3]) + "T" + ":".join(match.groups("00")[3:]))
    except ValueError:
        return None
    return Time(text.strip(), local, Precision.SECOND if match[4] else Precision.DAY)
