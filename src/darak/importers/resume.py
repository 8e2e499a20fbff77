"""Going on in the middle of a stream."""

from __future__ import annotations

from typing import BinaryIO

_CHUNK = 1 << 20


def skip(stream: BinaryIO, count: int) -> None:
    """Moves a stream that was just opened `count` bytes on: by a seek where it can, else by reading."""
    if count and stream.seekable():
        stream.seek(count)
        return
    while count > 0 and (data := stream.read(min(count, _CHUNK))):
        count -= len(data)
