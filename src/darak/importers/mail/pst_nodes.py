"""Outlook's data files (MS-PST) from below: pages, blocks, and the tree of nodes that they make.

Three layouts: ANSI (up to Outlook 2002), Unicode (from 2003 on), and that of .ost files with pages of 4 KiB (from 2013
on), whose blocks may be compressed. A password only asks Outlook to ask for it: what such a file holds is as readable.
"""

from __future__ import annotations

import struct
import zlib
from base64 import b64decode
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO

import numpy as np

MAGIC = b"!BDN"
_NODES, _BLOCKS = 0x81, 0x80
"""Types of pages: the tree of nodes by number, the tree of blocks by number."""
_MAX_LEVEL = 8
_INTERNAL, _ANY = 2, 1
"""Bits of a block's number: it holds numbers of other blocks and is never encoded; has no meaning."""
_PERMUTED, _CYCLIC = 1, 2
_FORWARD = b64decode(
    "QTYTYqghbrv0FswEf2ToXR7yyyp0xV410pVHnpYtmohMfYQ/26wxtkhf9sTYOYvnIzs4jsjB3yWxIKVGYE6c+6rTVlFFfFUAB8krnYWbCaCPrbMPY6uJ"
    "S9enFVpxZkK/JkprmPrqd1OycAUs/Vk6hn7OBuuCeFfHjUOvtBzUW83i6SdPwwhygM+w7/Uobb4wTTSS1Q48IjLl5PmfwtEKgRLh7pGDduOX5mGKF3mk"
    "t9yQelyMAqbKad5QGhGTuVKHWPztHTdJG2rgKTOZvWzZlPNAVG/wxnO41j5lGEQf3WcQ8QwZ7K4DoRR7qQv/+KPAogH3LrwkaHUN/rovtdDaPQ=="
)
_MIDDLE = b64decode(
    "FFMPVrPIepzrZUgXFhWfAsxUfIMADQwLomKodtvZ7cfFpNyshXTW0KebrpqWcWbDY5m43XOSjoR9pV7RXZOxV1FQgIlSlE9OCmu8jX9uR0ZBQEQBEcsD"
    "P/f04amPPDr5+/AZMIIJLsmdoIZJ7m9NbcQtgTQlhxuIqvwGoRI4/UxCcmQTNyRqdXdD/+a0SzZc5Ng1PUW5LOy3MSspB2ijDml7GJ4hOb4oGlt49SPK"
    "KrCvPv4EjOflmDKV0/ZK6Kbq6fPVL3Ag8h8FZ61VEM7N4yc72rrXwibUkR3SHCIz+PrxWu/PkLaLtb3AvwiXHmziYeDGwVmru1jeX99geX6yig=="
)
"""The tables of the two encodings that hide texts from the eye (MS-PST 5.1)."""
_BACK = bytes.maketrans(_FORWARD, bytes(range(256)))


class PstDamaged(Exception):
    """What is wanted cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in the file: the block its data begins in, the block that lists the nodes inside it (0 for none), and
    the number of the node that it belongs to."""

    number: int
    data: int
    inner: int
    parent: int = 0


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where things stand: the roots of the two trees and the encoding in the header, the numbers at the end of a page;
    `branch`, `node`, `block`, `inner` are the entries of pages and lists; `footer` and `align` are of blocks."""

    roots: struct.Struct
    roots_at: int
    encoding_at: int
    page: int
    counts: struct.Struct
    counts_at: int
    type_at: int
    branch: struct.Struct
    node: struct.Struct
    block: struct.Struct
    inner: struct.Struct
    list_at: int
    footer: int
    align: int


_WIDE = (struct.Struct("<QQ"), struct.Struct("<QQQI4x"), struct.Struct("<QQH6x"), struct.Struct("<QQQ"), 8)
_ANSI = _Layout(
    *(struct.Struct("<4xI4xI"), 184, 461, 512, struct.Struct("<BxBB"), 496, 500),
    *(struct.Struct("<I4xI"), struct.Struct("<IIII"), struct.Struct("<IIH2x"), struct.Struct("<III"), 4, 12, 64),
)
_UNICODE = _Layout(
    *(struct.Struct("<8xQ8xQ"), 216, 513, 512, struct.Struct("<BxBB"), 488, 496),
    *(struct.Struct("<Q8xQ"), *_WIDE[1:], 16, 64),
)
_LARGE = _Layout(
    *(struct.Struct("<8xQ8xQ"), 216, 513, 4096, struct.Struct("<H2xBB"), 4056, 4072),
    *(struct.Struct("<Q8xQ"), *_WIDE[1:], 24, 512),
)


class NodeFile:
    """The nodes of a data file. PstDamaged when its header is none. `stream` must be seekable.

    `damage` gathers what was found damaged and could be read around.
    """

    def __init__(self, stream: BinaryIO) -> None:
        head = stream.read(1024)
        if len(head) < 564 or not head.startswith(MAGIC):
            raise PstDamaged("it is no data file, or cut off in its header")
        version = int.from_bytes(head[10:12], "little")
        self._layout = _ANSI if version < 20 else _UNICODE if version < 36 else _LARGE
        self.large = self._layout is _LARGE
        self._roots = self._layout.roots.unpack_from(head, self._layout.roots_at)
        self._encoding = head[self._layout.encoding_at]
        self._stream = stream
        self._saved: tuple[dict[int, Node], dict[int, tuple[int, int]]] | None = None
        self.damage: list[str] = []
        self._page = lru_cache(maxsize=2048)(self._read_page)

    def nodes(self) -> Iterator[Node]:
        """All nodes by rising number. A page that cannot be read is told in `damage`; `salvage` reads around it."""
        if self._saved:
            yield from self._saved[0].values()
        else:
            yield from self._nodes(self._roots[0], _MAX_LEVEL)

    def salvage(self) -> None:
        """Takes nodes and blocks from the lowest pages alone, wherever they stand: the pages above are damaged.

        Of a page that was written again elsewhere, the later one counts.
        """
        layout = self._layout
        nodes: dict[int, tuple[int, Node]] = {}
        blocks: dict[int, tuple[int, tuple[int, int]]] = {}
        self._stream.seek(0)
        place, size = 0, layout.page
        while len(page := self._stream.read(size)) == size:
            kind = page[layout.type_at]
            if kind in (_NODES, _BLOCKS) and page[layout.type_at + 1] == kind and self._is_whole(page):
                entries, depth, step = self._page(place, kind)
                at = layout.type_at + (4 if layout is _ANSI else 8)
                written = int.from_bytes(page[at : at + (4 if layout is _ANSI else 8)], "little")
                for start in range(0, len(entries) if depth == 0 else 0, step):
                    if kind == _NODES:
                        number, data, inner, parent = layout.node.unpack_from(entries, start)
                        number &= 0xFFFFFFFF
                        if written >= nodes.get(number, (0,))[0]:
                            nodes[number] = written, Node(number, data, inner, parent)
                    else:
                        number, begin, length = layout.block.unpack_from(entries, start)
                        if written >= blocks.get(number & ~_ANY, (0,))[0]:
                            blocks[number & ~_ANY] = written, (begin, length)
            place += size
        self._saved = (
            {number: nodes[number][1] for number in sorted(nodes)},
            {number: found for number, (_, found) in blocks.items()},
        )

    def _is_whole(self, page: bytes) -> bool:
        at = self._layout.type_at + (8 if self._layout is _ANSI else 4)
        check = int.from_bytes(page[at : at + 4], "little")
        return zlib.crc32(page[: self._layout.type_at], 0xFFFFFFFF) ^ 0xFFFFFFFF == check

    def _nodes(self, place: int, level: int) -> Iterator[Node]:
        try:
            entries, depth, size = self._page(place, _NODES)
            if depth >= level:
                raise PstDamaged("a page stands where it cannot belong")
        except PstDamaged as error:
            self.damage.append(str(error))
            return
        layout = self._layout
        for at in range(0, len(entries) // size * size, size):
            if depth:
                yield from self._nodes(layout.branch.unpack_from(entries, at)[1], depth)
            else:
                number, data, inner, parent = layout.node.unpack_from(entries, at)
                yield Node(number & 0xFFFFFFFF, data, inner, parent)

    def blocks(self, number: int, level: int = 2) -> Iterator[bytes]:
        """The blocks of a node's data in order, from lists of at most `level` levels; none for the number 0."""
        if number & ~_ANY == 0:
            return
        data = self._block(number)
        if not number & _INTERNAL:
            yield data
            return
        if len(data) < 8 or data[0] != 1 or not 1 <= data[1] <= level:
            raise PstDamaged("a list of blocks is damaged")
        for below in self._numbers(data, 8):
            yield from self.blocks(below, data[1] - 1)

    def inner(self, number: int) -> dict[int, Node]:
        """The nodes inside a node, by their numbers; empty for the number 0."""
        found: dict[int, Node] = {}
        if number & ~_ANY:
            self._gather(number, found, top=True)
        return found

    def _gather(self, number: int, found: dict[int, Node], top: bool) -> None:
        data = self._block(number)
        layout = self._layout
        if len(data) < layout.list_at or data[0] != 2 or data[1] > top:
            raise PstDamaged("a list of parts is damaged")
        count = int.from_bytes(data[2:4], "little")
        if data[1]:
            for below in self._numbers(data, layout.list_at)[1 : 2 * count : 2]:
                self._gather(below, found, top=False)
            return
        for at in range(layout.list_at, min(len(data), layout.list_at + count * layout.inner.size), layout.inner.size):
            if at + layout.inner.size <= len(data):
                part, block, inside = layout.inner.unpack_from(data, at)
                found[part & 0xFFFFFFFF] = Node(part & 0xFFFFFFFF, block, inside)

    def _numbers(self, data: bytes, start: int) -> list[int]:
        """The numbers that fill a block from `start` on."""
        letter, width = ("I", 4) if self._layout is _ANSI else ("Q", 8)
        count = (len(data) - start) // width
        return list(struct.unpack_from(f"<{count}{letter}", data, start))

    def _block(self, number: int) -> bytes:
        """The data of a block, its encoding undone (MS-PST 2.2.2.8)."""
        layout = self._layout
        place, size = self._find(number & ~_ANY)
        whole = -(-(size + layout.footer) // layout.align) * layout.align
        self._stream.seek(place)
        raw = self._stream.read(whole)
        data, footer = raw[:size], raw[whole - layout.footer :]
        if len(footer) < layout.footer:
            raise PstDamaged("the file is cut off")
        check = int.from_bytes(footer[8:12] if layout is _ANSI else footer[4:8], "little")
        if check and zlib.crc32(data, 0xFFFFFFFF) ^ 0xFFFFFFFF != check:
            self.damage.append("some of its bytes are not those that were written")
        if layout is _LARGE and (length := int.from_bytes(footer[18:20], "little")) not in (0, size):
            try:
                data = zlib.decompressobj().decompress(data, length)
            except zlib.error as error:
                raise PstDamaged("a compressed block is damaged") from error
        if number & _INTERNAL:
            return data
        if self._encoding == _PERMUTED:
            return data.translate(_BACK)
        return _uncycled(data, number) if self._encoding == _CYCLIC else data

    def _find(self, number: int) -> tuple[int, int]:
        """Where a block stands, and how many bytes of data it has."""
        try:
            if not self._saved:
                return self._search(number)
        except PstDamaged as error:
            self.damage.append(str(error))
            self.salvage()
        if self._saved and number in self._saved[1]:
            return self._saved[1][number]
        raise PstDamaged("a block that it names is not there")

    def _search(self, number: int) -> tuple[int, int]:
        place = self._roots[1]
        layout = self._layout
        for _ in range(_MAX_LEVEL):
            entries, depth, size = self._page(place, _BLOCKS)
            kind = layout.branch if depth else layout.block
            keys = range(len(entries) // size)
            at = bisect_right(keys, number, key=lambda n: kind.unpack_from(entries, n * size)[0] & ~_ANY) - 1
            if at < 0:
                break
            found = kind.unpack_from(entries, at * size)
            if depth == 0:
                if found[0] & ~_ANY != number:
                    break
                return found[1], found[2]
            place = found[1]
        raise PstDamaged("a block that it names is not there")

    def _read_page(self, place: int, kind: int) -> tuple[bytes, int, int]:
        """The entries of a page of a tree, its height above the leaves, and the size of an entry."""
        layout = self._layout
        self._stream.seek(place)
        page = self._stream.read(layout.page)
        if len(page) < layout.page:
            raise PstDamaged("the file is cut off")
        count, size, depth = layout.counts.unpack_from(page, layout.counts_at)
        least = (layout.branch if depth else layout.node if kind == _NODES else layout.block).size
        if page[layout.type_at] != kind or size < least or count * size > layout.counts_at or depth > _MAX_LEVEL:
            raise PstDamaged("a page of it is damaged")
        return page[: count * size], depth, size


def _uncycled(data: bytes, number: int) -> bytes:
    """MS-PST 5.2: each byte is hidden by its place and by the block's number."""
    salts = (np.arange(len(data), dtype=np.uint32) + ((number >> 16 & 0xFFFF) ^ (number & 0xFFFF))).astype(np.uint16)
    low, high = (salts & 0xFF).astype(np.uint8), (salts >> 8).astype(np.uint8)
    forward, middle, back = (np.frombuffer(table, np.uint8) for table in (_FORWARD, _MIDDLE, _BACK))
    shown = back[middle[forward[np.frombuffer(data, np.uint8) + low] + high] - high] - low
    return shown.tobytes()
