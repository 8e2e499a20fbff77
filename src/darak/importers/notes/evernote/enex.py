"""An ENEX file as a stream of notes, with at most one note in memory.

Notes are found by their tags alone: ENML can hold neither `<note>` nor `</note>`, so damage never spreads. Of a note
over MAX_NOTE the attached files that do not fit any more are left out, its words never.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from darak.importers.archive import READ_ERRORS

MAX_NOTE = 48 << 20
_CHUNK = 1 << 20
_RAW_KEPT = 64 << 10
_TAG = re.compile(rb"<note(?=[\s/>])[^>]*>|</note\s*>")
_OVERLAP = 64
_DATA = re.compile(rb"<data(?=[\s>])[^>]*>")
_OF_A_NOTE = re.compile(rb"</note|<title|<content|<created|<resource")
_END = b"</en-export"


@dataclass(frozen=True, slots=True)
class RawNote:
    """The bytes [`start`, `end`) of one note; `problem` says why it is none, or none that is whole.

    `left_out` counts the attached files whose data was dropped from `data`.
    """

    start: int
    end: int
    data: bytes
    problem: str = ""
    left_out: int = 0


def read_notes(stream: BinaryIO) -> Iterator[RawNote]:
    """The notes in order; the last has the problem "cut-off" when the export does not end as one."""
    return _Splitter(stream).notes()


class _Splitter:
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._buffer = bytearray()
        self._start = 0  # the offset in the file of the buffer's first byte
        self._dropped = 0  # bytes left out of the buffer
        self._left_out = 0
        self._ended = False

    def notes(self) -> Iterator[RawNote]:
        inside, searched, skipping = False, 0, False
        try:
            while chunk := self._stream.read(_CHUNK):
                self._buffer += chunk
                if skipping:
                    skipping = not self._skip_data(searched)
                while not skipping and (tag := _TAG.search(self._buffer, searched)):
                    size, closes = tag.end() - tag.start(), tag[0].startswith(b"</")
                    if inside and closes:
                        yield self._take(tag.end())
                        inside, searched = False, 0
                        continue
                    if inside:
                        yield self._take(tag.start(), "damaged-note")
                    elif closes:
                        yield self._take(tag.end(), "damaged-note")
                        searched = 0
                        continue
                    elif lost := self._between(tag.start()):
                        yield lost
                    inside, searched = True, size
                if not skipping:
                    searched = max(searched, len(self._buffer) - _OVERLAP)
                if inside and len(self._buffer) > MAX_NOTE and not skipping:
                    skipping = self._open_data()
                    searched = len(self._buffer) if skipping else searched
                elif not inside and len(self._buffer) > MAX_NOTE:
                    yield self._take(len(self._buffer) - _OVERLAP, "damaged-note")
                    searched = 0
        except READ_ERRORS:
            self._ended = False
            inside = True
        yield from self._last(inside)

    def _last(self, inside: bool) -> Iterator[RawNote]:
        if inside or not self._at_end(bytes(self._buffer)):
            yield self._take(len(self._buffer), "cut-off")

    def _at_end(self, rest: bytes) -> bool:
        self._ended = self._ended or _END in rest
        return self._ended and not _OF_A_NOTE.search(rest)

    def _between(self, end: int) -> RawNote | None:
        """What lies before a note: nothing to tell of unless the remains of another note are in it."""
        if _OF_A_NOTE.search(self._buffer, 0, end):
            return self._take(end, "damaged-note")
        self._take(end)
        return None

    def _take(self, size: int, problem: str = "") -> RawNote:
        start = self._start
        end = start + size + self._dropped
        data = bytes(self._buffer[: min(size, _RAW_KEPT) if problem else size])
        note = RawNote(start, end, data, problem, self._left_out)
        del self._buffer[:size]
        self._start, self._dropped, self._left_out = end, 0, 0
        return note

    def _open_data(self) -> bool:
        """Whether the buffer ends within an attached file; its data is then dropped."""
        opened = self._buffer.rfind(b"<data")
        if opened < 0 or self._buffer.find(b"</data", opened) >= 0:
            return False
        tag = _DATA.match(self._buffer, opened)
        if tag is None:
            return False
        self._left_out += 1
        self._drop(tag.end(), len(self._buffer))
        return True

    def _skip_data(self, begin: int) -> bool:
        """Drops what follows `begin` up to the end of the attached file; whether that was found."""
        end = self._buffer.find(b"</data", begin)
        self._drop(begin, end if end >= 0 else max(begin, len(self._buffer) - _OVERLAP))
        return end >= 0

    def _drop(self, begin: int, end: int) -> None:
        del self._buffer[begin:end]
        self._dropped += end - begin
