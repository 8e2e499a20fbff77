"""An mbox as a stream of raw messages, in one pass and with at most one message in memory.

All dialects that occur are read: LF and CRLF, `From ` lines with and without a date (Thunderbird writes bare ones),
with offsets (Gmail), and quoted lines in the body (`>From `, and mboxrd's `>>From `).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

MAX_MESSAGE = 40 * 1024 * 1024
"""More of one message is not kept in memory; Gmail's largest is about 35 MB."""
_BOM = b"\xef\xbb\xbf"
_LINE = 64 * 1024
_DAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_STAMP = _DAY + rb",? +(?:" + _MONTH + rb" +\d{1,2}|\d{1,2} +" + _MONTH + rb" +\d{4}) +\d{1,2}:\d\d[^\n]{0,30}\r?\n"
_DATED = re.compile(rb"From [^\n]*?" + _STAMP)
_PLAIN = re.compile(rb"From ?(?:[^ \n]*[ \t]*|[^\n]*@[^\n]*\d:\d\d[^\n]*|[^\n]*\d:\d\d[^\n]*\b\d{4}\b[^\n]*)\r?\n")
_DAMAGED = re.compile(
    rb"(?:[^>\n]rom |F[^\n]om |Fr[^\n]m |Fro[^\n] |From[^:\n]|[^>\n]From )[^\n]*?" + _STAMP
)
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:")
_QUOTED = re.compile(rb">+From ")


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
    # A From line with one damaged byte must not hide a whole message in the body of the one before.
    return headers and _DAMAGED.fullmatch(line) is not None


class Mbox:
    """Iterates over the messages of `stream` from offset `position`, the file's or a From line's beginning.

    `separators` is how many From lines have been seen so far: the independent count of messages, which is ahead of
    the messages handed out by the one being read.
    """

    def __init__(self, stream: BinaryIO, position: int = 0) -> None:
        self.separators = 0
        self._stream = stream
        self._position = position

    def __iter__(self) -> Iterator[RawMessage]:
        _skip(self._stream, self._position)
        start, envelope = self._position, b""
        kept: list[bytes] = []
        size = 0
        after_blank = at_line_start = True
        line, following = b"", self._stream.readline(_LINE)
        offset = self._position
        if offset == 0 and following.startswith(_BOM):
            following, offset = following[len(_BOM) :], len(_BOM)
        while following:
            line, following = following, self._stream.readline(_LINE)
            if at_line_start and (after_blank or b"From " in line[:6]) and _separates(line, following, after_blank):
                if envelope or size:
                    yield _message(start, offset, envelope, kept, size)
                self.separators += 1
                start, envelope, kept, size = offset, line, [], 0
            else:
                if line.startswith(b">") and at_line_start and _QUOTED.match(line):
                    line = line[1:]
                    offset += 1
                size += len(line)
                if size <= MAX_MESSAGE:
                    kept.append(line)
            offset += len(line)
            after_blank = at_line_start and line in (b"\n", b"\r\n")
            at_line_start = line.endswith(b"\n")
        if envelope or size:
            yield _message(start, offset, envelope, kept, size)


def _skip(stream: BinaryIO, count: int) -> None:
    if count and stream.seekable():
        stream.seek(count)
        return
    while count and (chunk := stream.read(min(count, 1 << 20))):
        count -= len(chunk)


def _message(start: int, end: int, envelope: bytes, kept: list[bytes], size: int) -> RawMessage:
    return RawMessage(start, end, envelope, b"".join(kept), size <= MAX_MESSAGE)
