"""A window on a stream of JSON that finds where a value ends, by counting brackets outside strings."""

from __future__ import annotations

import re
from typing import BinaryIO

MAX_ELEMENT = 16 << 20
_CHUNK = 1 << 20
END = -1
_BLANK = re.compile(rb"\s*+")
BRACKET = re.compile(rb'[^"{}\[\]]*+(?:"(?:[^"\\]++|\\.)*+"[^"{}\[\]]*+)*+([{}\[\]])', re.DOTALL)


class CutOff(Exception):
    """The document ends in the middle."""


class Damaged(Exception):
    """What stands here is no JSON."""


class Window:
    """The stream from one place on: `buffer` begins at byte `base` of it, and `at` is the place in the buffer."""

    def __init__(self, stream: BinaryIO, start: int) -> None:
        self._stream = stream
        self.buffer = bytearray()
        self.base = start
        self.at = 0

    def more(self) -> bool:
        chunk = self._stream.read(_CHUNK)
        self.buffer += chunk
        return bool(chunk)

    def tidy(self) -> None:
        if self.at > _CHUNK:
            self.drop()

    def drop(self) -> None:
        """Forgets what lies before the place."""
        del self.buffer[: self.at]
        self.base += self.at
        self.at = 0

    def peek(self) -> int:
        """The next byte that is not blank, to which the place moves; END behind the last."""
        while True:
            if blank := _BLANK.match(self.buffer, self.at):
                self.at = blank.end()
            if self.at < len(self.buffer):
                return self.buffer[self.at]
            if not self.more():
                return END

    def expect(self, pattern: re.Pattern[bytes]) -> re.Match[bytes]:
        """What matches here, and moves behind it."""
        while True:
            if found := pattern.match(self.buffer, self.at):
                self.at = found.end()
                return found
            if len(self.buffer) - self.at > MAX_ELEMENT or not self.more():
                raise Damaged

    def end_of_brackets(self, keep: bool = True) -> int:
        """Where what opens here is closed; with `keep` it stays in the buffer whole."""
        at, depth = self.at, 0
        while True:
            if found := BRACKET.match(self.buffer, at):
                at = found.end()
                depth += 1 if found[1] in b"{[" else -1
                if depth == 0:
                    return at
                continue
            if not keep:
                self.at = at
                self.drop()
                at = 0
            elif len(self.buffer) - self.at > MAX_ELEMENT:
                raise Damaged
            if not self.more():
                raise CutOff
