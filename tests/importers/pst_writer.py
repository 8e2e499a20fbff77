"""Writes Outlook data files of the three layouts as MS-PST says, small ones: for tests."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

Value = str | bytes | int | bool | datetime
Said = Mapping[int, Value]
STORE, NAMES, ROOT = 0x21, 0x61, 0x122
_RECIPIENTS, _ATTACHMENT, _METHOD, _DATA = 0x692, 0x05, 0x3705, 0x3701


@dataclass(frozen=True)
class Item:
    """A message: its properties, those of its people, its files (bytes), the messages attached to it."""

    said: Said
    people: Sequence[Said] = ()
    files: Sequence[tuple[Said, bytes]] = ()
    inside: Sequence[Item] = ()


@dataclass
class _Layout:
    version: int
    page: int
    counts: int
    align: int
    footer: int
    most: int
    wide: bool


_LAYOUTS = {
    "ansi": _Layout(15, 512, 496, 64, 12, 8180, False),
    "unicode": _Layout(23, 512, 488, 64, 16, 8176, True),
    "large": _Layout(36, 4096, 4056, 512, 24, 65512, True),
}


def crc(data: bytes) -> int:
    return zlib.crc32(data, 0xFFFFFFFF) ^ 0xFFFFFFFF


@dataclass
class _Writer:
    layout: _Layout
    encode: bytes | None
    named: Mapping[int, int]
    code_page: str | None
    out: bytearray = field(default_factory=lambda: bytearray(8192))
    blocks: list[tuple[int, int, int]] = field(default_factory=list)
    nodes: list[tuple[int, int, int, int]] = field(default_factory=list)
    used: int = 4

    def number(self, *values: int) -> bytes:
        return struct.pack(f"<{len(values)}{'Q' if self.layout.wide else 'I'}", *values)

    def block(self, data: bytes, internal: bool = False) -> int:
        bid = self.used | (2 if internal else 0)
        self.used += 4
        length = len(data)
        if self.encode and not internal:
            data = data.translate(self.encode)
        if self.layout.footer == 24 and len(data) > 200:
            data = zlib.compress(data)
        place = len(self.out)
        body = data + bytes(-(len(data) + self.layout.footer) % self.layout.align)
        if not self.layout.wide:
            end = struct.pack("<HHII", len(data), 0, bid, crc(data))
        else:
            end = struct.pack("<HHIQ", len(data), 0, crc(data), bid) + struct.pack("<HHI", 2, length, 0)
        self.out += body + end[: self.layout.footer]
        self.blocks.append((bid, place, len(data)))
        return bid

    def data(self, data: bytes) -> int:
        if len(data) <= self.layout.most:
            return self.block(data)
        parts = [self.block(data[at : at + self.layout.most]) for at in range(0, len(data), self.layout.most)]
        return self.block(struct.pack("<BBHI", 1, 1, len(parts), len(data)) + self.number(*parts), internal=True)

    def inner(self, parts: Sequence[tuple[int, int, int]]) -> int:
        if not parts:
            return 0
        head = struct.pack("<BBH", 2, 0, len(parts)) + bytes(4 if self.layout.wide else 0)
        return self.block(head + b"".join(self.number(*part) for part in sorted(parts)), internal=True)

    def heap(self, kind: int, values: Sequence[bytes]) -> bytes:
        """The first value is the root; they are counted from 1."""
        body, ends = b"", [12]
        for value in values:
            body += value
            ends.append(12 + len(body))
        head = struct.pack("<HBBII", 12 + len(body), 0xEC, kind, 0x20, 0)
        return head + body + struct.pack("<HH", len(values), 0) + struct.pack(f"<{len(ends)}H", *ends)

    def value(self, value: Value) -> tuple[int, bytes, bool]:
        """Its type and bytes, and whether they stand in the entry itself."""
        if isinstance(value, bool):
            return 0x0B, struct.pack("<I", value), True
        if isinstance(value, int):
            return 3, struct.pack("<i", value), True
        if isinstance(value, datetime):
            return 0x40, struct.pack("<Q", (value - datetime(1601, 1, 1)) // timedelta(microseconds=1) * 10), False
        if isinstance(value, bytes):
            return 0x102, value, False
        if self.code_page:
            return 0x1E, value.encode(self.code_page), False
        return 0x1F, value.encode("utf-16-le"), False

    def properties(self, said: Said, parts: list[tuple[int, int, int]]) -> int:
        """The node's data; values that are too large for the heap become parts."""
        own = {lid: number for number, lid in self.named.items()}
        entries, values = b"", [b"", b""]
        for number in sorted(said, key=lambda number: own.get(number, number)):
            kind, data, short = self.value(said[number])
            if number == _DATA and not isinstance(said[number], bytes):
                kind, short = 0x0D, False
            if short:
                stored = data
            elif not data:
                stored = bytes(4)
            elif len(data) > 1500:
                node = 0x1000 + 32 * len(parts) + 0x1F
                parts.append((node, self.data(data), 0))
                stored = struct.pack("<I", node)
            else:
                values.append(data)
                stored = struct.pack("<I", len(values) << 5)
            entries += struct.pack("<HH", own.get(number, number), kind) + stored
        values[0] = struct.pack("<BBBBI", 0xB5, 2, 6, 0, 0x40)
        values[1] = entries
        return self.data(self.heap(0xBC, values))

    def table(self, rows: Sequence[Said]) -> int:
        columns = sorted({number for row in rows for number in row})
        width = 4 * len(columns) + (len(columns) + 7) // 8
        values, cells = [b"", b""], b""
        for row in rows:
            bits = bytearray((len(columns) + 7) // 8)
            for place, number in enumerate(columns):
                if number not in row:
                    cells += bytes(4)
                    continue
                bits[place // 8] |= 0x80 >> place % 8
                _, data, short = self.value(row[number])
                if not short:
                    values.append(data)
                    data = struct.pack("<I", len(values) << 5)
                cells += data
            cells += bytes(bits)
        kinds = {number: self.value(row[number])[0] for row in rows for number in row}
        four = 4 * len(columns)
        head = struct.pack("<BB4HIII", 0x7C, len(columns), four, four, four, width, 0, 0x40, 0)
        described = (struct.pack("<HHHBB", kinds[n], n, 4 * place, 4, place) for place, n in enumerate(columns))
        values[0], values[1] = head + b"".join(described), cells
        return self.data(self.heap(0x7C, values))

    def item(self, item: Item) -> tuple[int, int]:
        parts: list[tuple[int, int, int]] = []
        if item.people:
            parts.append((_RECIPIENTS, self.table(item.people), 0))
        for place, (said, data) in enumerate(item.files):
            below: list[tuple[int, int, int]] = []
            block = self.properties({**said, _METHOD: 1, _DATA: data}, below)
            parts.append((0x8000 + 32 * place + _ATTACHMENT, block, self.inner(below)))
        for place, message in enumerate(item.inside):
            block, inside = self.item(message)
            below = [(0x24, block, inside)]
            where = self.properties({_METHOD: 5, _DATA: 0x24}, below)
            parts.append((0x9000 + 32 * place + _ATTACHMENT, where, self.inner(below)))
        return self.properties(item.said, parts), self.inner(parts)

    def tree(self, kind: int, entries: list[bytes], depth: int = 0) -> tuple[int, int]:
        """The number and the place of the root."""
        size = len(entries[0])
        fit = self.layout.counts // size
        above: list[bytes] = []
        bid = place = 0
        for at in range(0, len(entries), fit):
            part = entries[at : at + fit]
            counts = struct.pack("<HHBB" if self.layout.page == 4096 else "<BBBB", len(part), fit, size, depth)
            page = (b"".join(part).ljust(self.layout.counts, b"\0") + counts).ljust(self.layout.page, b"\0")
            end = self.layout.page - (12 if not self.layout.wide else 24 if self.layout.page == 4096 else 16)
            self.out += bytes(-len(self.out) % self.layout.page)
            place, bid = len(self.out), self.used
            self.used += 4
            if self.layout.wide:
                tail = struct.pack("<BBHIQ", kind, kind, 0, crc(page[:end]), bid)
            else:
                tail = struct.pack("<BBHII", kind, kind, 0, bid, crc(page[:end]))
            self.out += (page[:end] + tail).ljust(self.layout.page, b"\0")
            above.append(part[0][: len(self.number(0))] + self.number(bid, place))
        return (bid, place) if len(above) == 1 else self.tree(kind, above, depth + 1)

    def close(self, encoding: int) -> bytes:
        padded = bytes(4) if self.layout.wide else b""
        nodes = [self.number(*node[:3]) + struct.pack("<I", node[3]) + padded for node in sorted(self.nodes)]
        blocks = [self.number(bid, place) + struct.pack("<HH", size, 2) + padded for bid, place, size in self.blocks]
        roots = [*self.tree(0x81, nodes), *self.tree(0x80, blocks)]
        head = bytearray(1024)
        head[:4], head[10] = b"!BDN", self.layout.version
        at, mark = (216, 513) if self.layout.wide else (184, 461)
        head[at : at + len(self.number(*roots))] = self.number(*roots)
        head[mark] = encoding
        self.out[:1024] = head
        return bytes(self.out)


def pst(
    folders: Mapping[str, Sequence[Item]],
    layout: str = "unicode",
    encode: bytes | None = None,
    named: Mapping[int, int] | None = None,
    code_page: str | None = None,
) -> bytes:
    """A data file. `named` are the numbers of the file's own properties (0x8000 …) and what they stand for; `encode`
    hides bytes by a table; texts are of a `code_page`, else in UTF-16."""
    writer = _Writer(_LAYOUTS[layout], encode, named or {}, code_page)
    names = b"".join(struct.pack("<IHH", lid, 0, number - 0x8000) for number, lid in (named or {}).items())
    parts: list[tuple[int, int, int]] = []
    writer.nodes.append((NAMES, writer.properties({3: names}, parts), writer.inner(parts), 0))
    writer.nodes.append((ROOT, writer.properties({0x3001: ""}, []), 0, ROOT))
    for place, (name, items) in enumerate(folders.items()):
        folder = 0x8002 + 32 * place
        writer.nodes.append((folder, writer.properties({0x3001: name}, []), 0, ROOT))
        for item in items:
            number = 0x200004 + 32 * (len(writer.nodes))
            writer.nodes.append((number, *writer.item(item), folder))
    return writer.close(1 if encode else 0)
