"""What a node of an Outlook data file says: its properties, and the rows of its tables (MS-PST 2.3)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from darak.importers.mail.pst_nodes import Node, NodeFile, PstDamaged

Values = dict[int, tuple[int, bytes]]
"""Properties by their numbers: the type (MS-OXCDATA 2.11.1) and the bytes of the value."""
_ENTRIES = 0x0003
_PROPERTIES, _TABLE, _TREE = 0xBC, 0x7C, 0xB5
_INLINE = {0x0002: 2, 0x0003: 4, 0x0004: 4, 0x000A: 4, 0x000B: 1}
"""Types whose values stand in the entry itself, and their bytes."""
_MAX_VALUE = 64 << 20
_MAX_LEVEL = 4


class Heap:
    """The small values of a node, each in an allocation of one of its blocks; larger ones are nodes inside it."""

    def __init__(self, file: NodeFile, node: Node) -> None:
        self.file = file
        self._blocks = list(file.blocks(node.data))
        self.inner = file.inner(node.inner)
        head = self._blocks[0] if self._blocks else b""
        if len(head) < 12 or head[2] != 0xEC:
            raise PstDamaged("its values are damaged")
        self.kind = head[3]
        self.root = int.from_bytes(head[4:8], "little")
        self._index_bits = 14 if file.large else 11

    def value(self, number: int) -> bytes:
        """The bytes of a value: an allocation of the heap (its index counted from 1), or a node inside."""
        if number == 0:
            return b""
        if number & 0x1F:
            if number not in self.inner:
                raise PstDamaged("a value that it names is not there")
            return limited(self.file, self.inner[number])
        place, index = number >> (5 + self._index_bits), (number >> 5) & ((1 << self._index_bits) - 1)
        if place >= len(self._blocks) or index == 0:
            raise PstDamaged("a value that it names is not there")
        block = self._blocks[place]
        start = int.from_bytes(block[:2], "little")
        ends = struct.unpack("<HH", block[start + 2 + 2 * index : start + 6 + 2 * index].ljust(4, b"\0"))
        if not ends[0] <= ends[1] <= len(block):
            raise PstDamaged("its values are damaged")
        return block[ends[0] : ends[1]]

    def rows(self, number: int) -> list[bytes]:
        """The blocks of a table's rows, none of which lies in two."""
        if number & 0x1F and number in self.inner:
            return list(self.file.blocks(self.inner[number].data))
        return [self.value(number)]

    def tree(self, number: int) -> Iterator[tuple[int, bytes]]:
        """The keys and the data of a tree on the heap, by rising key."""
        head = self.value(number)
        if len(head) < 8 or head[0] != _TREE:
            raise PstDamaged("its values are damaged")
        yield from self._leaves(int.from_bytes(head[4:8], "little"), head[1], head[2], min(head[3], _MAX_LEVEL))

    def _leaves(self, number: int, key: int, size: int, level: int) -> Iterator[tuple[int, bytes]]:
        entries = self.value(number)
        step = key + (4 if level else size)
        for at in range(0, len(entries) // step * step if step else 0, step):
            rest = entries[at + key : at + step]
            if level:
                yield from self._leaves(int.from_bytes(rest, "little"), key, size, level - 1)
            else:
                yield int.from_bytes(entries[at : at + key], "little"), rest


def limited(file: NodeFile, node: Node) -> bytes:
    """A node's data; PstDamaged when it is larger than what is read into memory."""
    found: list[bytes] = []
    size = 0
    for block in file.blocks(node.data):
        size += len(block)
        if size > _MAX_VALUE:
            raise PstDamaged(f"a part of it is over {_MAX_VALUE >> 20} MB")
        found.append(block)
    return b"".join(found)


def read_values(heap: Heap, names: Mapping[int, int]) -> Values:
    """The properties of a node. Those without a number of their own come under the one that `names` gives them.

    A value that cannot be read is left out, and the rest kept: the reader tells of the damage by NodeFile.damage.
    """
    if heap.kind != _PROPERTIES:
        raise PstDamaged("its values are damaged")
    found: Values = {}
    for number, entry in heap.tree(heap.root):
        kind, value = int.from_bytes(entry[:2], "little"), entry[2:6]
        try:
            value = value[: _INLINE[kind]] if kind in _INLINE else heap.value(int.from_bytes(value, "little"))
        except PstDamaged as error:
            heap.file.damage.append(str(error))
            continue
        found[names.get(number, number)] = kind, value
    return found


def read_table(heap: Heap) -> Iterator[Values]:
    """The rows of a table (MS-PST 2.3.4)."""
    head = heap.value(heap.root)
    if heap.kind != _TABLE or len(head) < 22 or head[0] != _TABLE:
        raise PstDamaged("a table is damaged")
    _, _, bits, width = struct.unpack_from("<4H", head, 2)
    columns = [struct.unpack_from("<HHHBB", head, at) for at in range(22, min(len(head), 22 + 8 * head[1]) - 7, 8)]
    for block in heap.rows(int.from_bytes(head[14:18], "little")):
        for at in range(0, len(block) // width * width if width else 0, width):
            row = block[at : at + width]
            found: Values = {}
            for kind, number, start, size, bit in columns:
                place = bits + bit // 8
                if place >= width or not row[place] & 0x80 >> bit % 8:
                    continue
                value = row[start : start + size]
                if size == 4 and kind not in _INLINE:
                    value = heap.value(int.from_bytes(value, "little"))
                found[number] = kind, value
            yield found


def read_names(file: NodeFile, node: Node) -> dict[int, int]:
    """What the file's own property numbers (0x8000 and up) stand for, of those that are known by a number."""
    return known_names(read_values(Heap(file, node), {}).get(_ENTRIES, (0, b""))[1])


def known_names(entries: bytes) -> dict[int, int]:
    """The same from the stream of entries that .pst and .msg both keep (MS-OXMSG 2.2.3.1.2).

    Numbers under 0x8000 are those of meetings (PSETID_Meeting) and come as 0x10000 + the number.
    """
    return {
        0x8000 + place: number if number >= 0x8000 else 0x10000 + number
        for number, flags, place in struct.iter_unpack("<IHH", entries[: len(entries) // 8 * 8])
        if not flags & 1
    }
