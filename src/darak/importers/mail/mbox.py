"""An mbox as a stream of raw messages, in one pass and with at most one message in memory.

All dialects that occur are read: LF and CRLF, `From ` lines with and without a date (Thunderbird writes bare ones),
with offsets (Gmail), quoted lines in the body (`>From `, and mboxrd's `>>From `), and mboxcl2, in which such lines are
not quoted and Content-Length tells where the body ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from darak.importers.archive import READ_ERRORS

MAX_MESSAGE = 40 * 1024 * 1024
"""More of one message is not kept in memory; Gmail's largest is about 35 MB."""
_BOM = b"\xef\xbb\xbf"
_BLANK = (b"\n\n", b"\n\r\n")
_CHUNK = 1 << 20
_AHEAD = 4096
"""Bytes behind the beginning of a line that decide whether it separates: the line itself and the start of the next."""
_DAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_STAMP = _DAY + rb",? +(?:" + _MONTH + rb" +\d{1,2}|\d{1,2} +" + _MONTH + rb" +\d{4}) +\d{1,2}:\d\d[^\n]{0,30}\r?\n"
_DATED = re.compile(rb"From [^\n]*?" + _STAMP)
_PLAIN = re.compile(rb"From ?(?:[^ \n]*[ \t]*|[^\n]*@[^\n]*\d:\d\d[^\n]*|[^\n]*\d:\d\d[^\n]*\b\d{4}\b[^\n]*)\r?\n")
_FROM = rb"(?:From |[^>\n]rom |F[^\n]om |Fr[^\n]m |Fro[^\n] |From[^:\n]|[^>\n]From )"
"""`From `, also with one damaged byte: that must not hide a whole message in the body of the one before."""
_CANDIDATE = re.compile(rb"\n" + _FROM)
_DAMAGED = re.compile(_FROM + rb"[^\n]*?" + _STAMP)
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:")
_HEADERS = re.compile(rb"\n\r?\n")
_LENGTH = re.compile(rb"\ncontent-length:[ \t]*(\d{1,9})[ \t]*\r?\n")
_QUOTED = re.compile(rb"\n>(>*From )")


@dataclass(frozen=True, slots=True)
class RawMessage:
    """A message's bytes with the quoting of `From ` undone, from offset `start` (its `From ` line) to `end`.

    `whole` is False when it was longer than MAX_MESSAGE and only its beginning is here.
    """

    start: int
    end: int
    envelope: bytes
    data: bytes
    whole: bool


def looks_like_mbox(head: bytes) -> bool:
    lines = head.removeprefix(_BOM).lstrip(b"\r\n").split(b"\n", 2)
    if len(lines) < 2:
        return False
    return _separates(lines[0] + b"\n", lines[1], after_blank=True)


def _separates(line: bytes, following: bytes, after_blank: bool) -> bool:
    """Whether `line` begins a message: a dated From line, or after a blank line and before a header a laxer one."""
    headers = _HEADER.match(following) is not None
    if line.startswith(b"From "):
        if _DATED.fullmatch(line) and (after_blank or headers):
            return True
        return after_blank and headers and _PLAIN.fullmatch(line) is not None
    return headers and _DAMAGED.fullmatch(line) is not None


class Mbox:
    """Iterates over the messages of `stream` from offset `position`, the file's or a From line's beginning.

    `separators` is how many From lines have been seen so far: the independent count of messages, which is ahead of
    the messages handed out by the one being read. When the stream gives out, its error is raised after the last
    whole message.
    """

    def __init__(self, stream: BinaryIO, position: int = 0) -> None:
        self.separators = 0
        self._stream = stream
        self._position = position
        self._error: Exception | None = None

    def __iter__(self) -> Iterator[RawMessage]:
        """The messages. What seems to be several is one where the first tells a length that ends with the last."""
        held: list[RawMessage] = []
        try:
            for message in self._parted():
                held.append(message)
                while held and held[-1].end >= (end := _told_end(held[0])):
                    yield self._first_of(held, end)
        except READ_ERRORS:
            yield from held
            raise
        while held:
            yield self._first_of(held, _told_end(held[0]))

    def _first_of(self, held: list[RawMessage], end: int) -> RawMessage:
        """Takes the first message out of those held, with what belongs to it up to the `end` that it tells.

        Where no message ends there, a program has not kept that right.
        """
        size = next((count for count, message in enumerate(held, 1) if end <= message.end <= end + 2), 1)
        parts = held[:size]
        del held[:size]
        if size == 1:
            return parts[0]
        self.separators -= size - 1
        data = b"".join([parts[0].data, *(text for part in parts[1:] for text in (part.envelope, part.data))])
        return RawMessage(parts[0].start, parts[-1].end, parts[0].envelope, data, all(part.whole for part in parts))

    def _parted(self) -> Iterator[RawMessage]:
        """What stands between From lines."""
        draft = _Draft(self._position, b"")
        end = self._position
        for text, end, separator in self._pieces():
            draft.add(text)
            if separator:
                if draft.envelope or draft.size:
                    yield draft.close(end)
                self.separators += 1
                draft = _Draft(end, separator)
        if self._error is not None:
            raise self._error
        if draft.envelope or draft.size:
            yield draft.close(end)

    def _chunk(self) -> bytes:
        """The next bytes. A file that gives out in the middle still gives all that lies before: hence read1."""
        read = cast("Callable[[int], bytes]", getattr(self._stream, "read1", self._stream.read))
        try:
            return read(_CHUNK)
        except READ_ERRORS as error:
            self._error = error
            return b""

    def _pieces(self) -> Iterator[tuple[bytes, int, bytes]]:
        """Text, the offset where it ends, and the From line that follows it there (empty when more text follows)."""
        _skip(self._stream, self._position)
        chunk = self._chunk()
        bom = len(_BOM) if self._position == 0 and chunk.startswith(_BOM) else 0
        # Two newlines stand before the first line, which thereby begins after a blank line like any other.
        window, base = b"\n\n" + chunk[bom:], self._position + bom - 2
        done = 2
        while True:
            end = len(window) - _AHEAD if chunk else len(window)
            for candidate in _CANDIDATE.finditer(window, done - 1):
                start = candidate.start() + 1
                if start >= end:
                    break
                line_end = window.find(b"\n", start, start + _AHEAD // 2) + 1
                line, following = window[start:line_end], window[line_end : line_end + 256]
                if start >= done and _separates(line, following, window[max(start - 3, 0) : start].endswith(_BLANK)):
                    yield window[done:start], base + start, line
                    done = line_end
            if end > done:
                yield window[done:end], base + end, b""
                done = end
            if not chunk:
                return
            kept = max(done - 3, 0)
            chunk = self._chunk()
            window, base, done = window[kept:] + chunk, base + kept, done - kept


def _told_end(message: RawMessage) -> int:
    """Where the message ends by its own Content-Length; 0 when it tells none, or more than is kept of a message."""
    headers = _HEADERS.search(message.data) if message.envelope else None
    length = _LENGTH.search(message.data[: headers.end()].lower()) if headers else None
    if headers is None or length is None or int(length[1]) > MAX_MESSAGE:
        return 0
    return message.start + len(message.envelope) + headers.end() + int(length[1])


class _Draft:
    """A message while it is read, at most MAX_MESSAGE of it."""

    def __init__(self, start: int, envelope: bytes) -> None:
        self.envelope = envelope
        self.size = 0
        self._start = start
        self._kept: list[bytes] = []

    def add(self, text: bytes) -> None:
        room = MAX_MESSAGE - self.size
        self.size += len(text)
        if room > 0 and text:
            self._kept.append(text[:room])

    def close(self, end: int) -> RawMessage:
        data = b"".join(self._kept)
        if b"\n>" in data:
            data = _QUOTED.sub(rb"\n\1", data)
        return RawMessage(self._start, end, self.envelope, data, self.size <= MAX_MESSAGE)


def _skip(stream: BinaryIO, count: int) -> None:
    if count and stream.seekable():
        stream.seek(count)
        return
    while count and (chunk := stream.read(min(count, 1 << 20))):
        count -= len(chunk)
