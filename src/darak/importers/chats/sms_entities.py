"""Character references that XML forbids, mended in a stream without moving a byte.

SMS Backup & Restore writes an emoji as the two halves of its UTF-16 form, `&#55357;&#56832;`. The pair becomes one
reference with as many leading zeros as keep its length; what stands for no character becomes U+FFFD or spaces.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Buffer

_CHUNK = 1 << 18
_PAIR = re.compile(
    rb"&#(?:(5[56]\d{3})|[xX]([dD][89abAB][0-9a-fA-F]{2}));&#(?:(5[67]\d{3})|[xX]([dD][c-fC-F][0-9a-fA-F]{2}));"
)
_REFERENCE = re.compile(rb"&#(?:(\d{1,7})|[xX]([0-9a-fA-F]{1,6}));")
_UNFINISHED = re.compile(rb"(?:&#?[xX]?[0-9a-fA-F]{0,7};?)+\Z")
_LOOK_BACK = 4096


def mend_references(stream: BinaryIO) -> BinaryIO:
    """The same bytes, with references to halves of characters and to control characters replaced in place."""
    return io.BufferedReader(_Mended(stream), _CHUNK)


class _Mended(io.RawIOBase):
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._ready = memoryview(b"")
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        while not self._ready:
            data = self._stream.read(_CHUNK)
            whole = self._rest + data
            unfinished = _UNFINISHED.search(whole, max(0, len(whole) - _LOOK_BACK)) if data else None
            end = unfinished.start() if unfinished else len(whole)
            self._ready, self._rest = memoryview(_mend(whole[:end])), whole[end:]
            if not data:
                break
        target = memoryview(buffer).cast("B")
        size = min(len(target), len(self._ready))
        target[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size


def _mend(data: bytes) -> bytes:
    if b"&#" not in data:
        return data
    return _REFERENCE.sub(_allowed, _PAIR.sub(_joined, data))


def _joined(pair: re.Match[bytes]) -> bytes:
    high, low = _number(pair[1], pair[2]), _number(pair[3], pair[4])
    if not (0xD800 <= high < 0xDC00 <= low < 0xE000):
        return pair[0]
    return _reference(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00), len(pair[0]))


def _allowed(reference: re.Match[bytes]) -> bytes:
    number = _number(reference[1], reference[2])
    if number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number < 0x110000:
        return reference[0]
    size = len(reference[0])
    return _reference(0xFFFD, size) if size >= len("&#65533;") else b" " * size


def _number(decimal: bytes | None, hexadecimal: bytes | None) -> int:
    return int(decimal) if decimal else int(hexadecimal or b"0", 16)


def _reference(number: int, size: int) -> bytes:
    return b"&#%0*d;" % (size - 3, number)
