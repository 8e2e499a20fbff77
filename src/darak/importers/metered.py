"""A tree that counts the bytes read through it, for progress."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from darak.importers.tree import FileTree, Member, TreeProblem

_BUFFER = 1 << 18


class MeteredTree:
    def __init__(self, tree: FileTree) -> None:
        self._tree = tree
        self.read = 0

    @property
    def path(self) -> Path:
        return self._tree.path

    @property
    def problems(self) -> list[TreeProblem]:
        return self._tree.problems

    def members(self) -> list[Member]:
        return self._tree.members()

    def head(self, name: str) -> bytes:
        return self._tree.head(name)

    def open(self, name: str) -> BinaryIO:
        return cast(BinaryIO, io.BufferedReader(_MeteredFile(self._tree.open(name), self), _BUFFER))


class _MeteredFile(io.RawIOBase):
    def __init__(self, stream: BinaryIO, meter: MeteredTree) -> None:
        self._stream = stream
        self._meter = meter

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._stream.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        # read1 hands out what it has: a file that gives out in the middle still gives all that lies before.
        try:
            data = cast("Callable[[int], bytes]", getattr(self._stream, "read1", self._stream.read))(len(buffer))
        except ValueError as error:  # what Python's zip reader raises for some damage
            raise zipfile.BadZipFile(str(error)) from error
        buffer[: len(data)] = data
        self._meter.read += len(data)
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()
