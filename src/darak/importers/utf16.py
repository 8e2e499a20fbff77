"""Files in UTF-16, which Windows programs call Unicode, shown in UTF-8, so that no importer need know of them.

Places in such a member are places in what is shown. Halves of characters that stand alone are shown as bytes that are
no UTF-8, so that they are told as damage like any other.
"""

from __future__ import annotations

import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from typing import BinaryIO, cast

_CODECS = {BOM_UTF16_LE: "utf-16-le", BOM_UTF16_BE: "utf-16-be"}
_ODD = re.compile("[\0-\x08\x0e-\x1f\ud800-\uf8ff]")
_DECLARED = re.compile(r"""(?<=encoding=["'])utf-?16(?:[bl]e)?(?=["'])""", re.IGNORECASE)
_DECLARATION = 200
_CHUNK = 1 << 18
_BUFFER = 1 << 16


def is_utf16(head: bytes) -> bool:
    """Whether the head is of a text that its byte order mark says is in UTF-16."""
    codec = _CODECS.get(head[:2])
    if codec is None:
        return False
    text = head[2 : len(head) & ~1].decode(codec, "surrogatepass")
    return len(_ODD.findall(text)) * 50 <= len(text) + 50


def in_utf8(stream: BinaryIO) -> BinaryIO:
    """What is in a stream of UTF-16 in UTF-8, both with their byte order mark; it is not seekable."""
    return cast(BinaryIO, io.BufferedReader(_Recoded(stream), _BUFFER))


class _Recoded(io.RawIOBase):
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = getincrementaldecoder(_CODECS[stream.read(2)])("surrogatepass")
        self._ready = BOM_UTF8
        self._begun = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._ready and (chunk := self._stream.read(_CHUNK)):
            self._ready = self._encode(chunk)
        if not self._ready and self._decoder.getstate()[0]:
            self._decoder.reset()
            self._ready = b"\xff"  # half a unit at the end
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _encode(self, chunk: bytes) -> bytes:
        text = self._decoder.decode(chunk)
        if not self._begun:
            self._begun = True
            if text.startswith("<?xml"):
                text = _DECLARED.sub("UTF-8", text[:_DECLARATION], count=1) + text[_DECLARATION:]
        return text.encode("utf-8", "surrogatepass")

    def close(self) -> None:
        self._stream.close()
        super().close()
