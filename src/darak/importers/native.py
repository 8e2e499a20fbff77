"""Darak's own exchange format, JSON Lines: the front door for every source without an importer, and what an export is.

Locators are "bytes A-B": the line's place in the member, gunzipped.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, BinaryIO, cast

import orjson

from darak.importers.importer import BadRow, Checkpoint, Item, Match, Restored, Units, VaultLine
from darak.importers.tree import Tree
from darak.records.codec import FormatError, parse_record, parse_sample
from darak.records.conversations import check_conversation_line
from darak.records.line import quick_record
from darak.records.people_lines import check_people_line
from darak.records.record import Origin, Record, Sample
from darak.records.time import zone_info

MAX_LINE = 64 * 1024 * 1024
_TYPES = ("record", "sample")
_VAULT_LINES = ("vault", "blob", "forgotten", "person", "apart", "conversation")
_EXPORT_KEYS = frozenset(("copy", "origins", "versions"))
_BEGINS = re.compile(rb'\{\s*"type"\s*:\s*"(record|sample|vault|blob|forgotten|person|apart|conversation)"')
"""A line that is longer than the head by which a file is known."""
_CHECKPOINT_EVERY = 50_000
_LONGEST_SOURCE = 200
_ONLY_WHOLE = (Restored, VaultLine)
"""Items of an export, which is read in one go: its attached files come in parts."""


class NativeImporter:
    name = "native"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        return [
            Match(self.name, (member.name,), 0.95, 'JSON lines with "type": "record" or "sample"')
            for member in tree.members()
            if _looks_native(tree.head(member.name))
        ]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        (member,) = match.members
        start = int(resume or 0)
        with tree.open(member) as stream:
            _skip(stream, start)
            yield from _read_lines(stream, member, start)


def _looks_native(head: bytes) -> bool:
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0]
    if not first.startswith(b"{"):
        return False
    try:
        data: Any = orjson.loads(first)
    except orjson.JSONDecodeError:
        return _BEGINS.match(first) is not None or all(word in first for word in (b'"type"', b'"record"', b'"source"'))
    if not isinstance(data, dict):
        return False
    line = cast(dict[str, Any], data)
    kind = line.get("type")
    return (kind in _TYPES and "source" in line) or (kind in _VAULT_LINES)


def _skip(stream: BinaryIO, count: int) -> None:
    if count and stream.seekable():
        stream.seek(count)
        return
    while count:
        count -= len(stream.read(min(count, 1 << 20)) or b" " * count)


def _read_lines(stream: BinaryIO, member: str, position: int) -> Iterator[Item]:
    # After a row without an id, starting again in the middle would number identical rows anew.
    resumable = True
    pending = 0
    for line, whole, size in _lines(stream):
        begin, position = position, position + size
        if line.isspace() or not line.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        origin = Origin(member, f"bytes {begin}-{position}")
        if whole:
            item = _read_line(line, origin)
        else:
            item = BadRow("line-too-long", origin, f"a line of over {MAX_LINE >> 20} MB was left out", line)
        pending += item.__class__ is not VaultLine
        yield item
        if item.__class__ in _ONLY_WHOLE or (item.__class__ is Record and cast(Record, item).native_id is None):
            resumable = False
        if pending >= _CHECKPOINT_EVERY:
            yield Units(pending)
            pending = 0
            if resumable:
                yield Checkpoint(str(position))
    yield Units(pending)


def _lines(stream: BinaryIO) -> Iterator[tuple[bytes, bool, int]]:
    """(line, True, bytes read), or the beginning of an endless line with False, never holding more than MAX_LINE."""
    while line := stream.readline(MAX_LINE):
        if len(line) < MAX_LINE or line.endswith(b"\n"):
            yield line, True, len(line)
            continue
        size, begin = len(line), line[:4096]
        del line
        while rest := stream.readline(1 << 20):
            size += len(rest)
            if rest.endswith(b"\n"):
                break
        yield begin, False, size


def _restored(item: Record | Sample, data: dict[str, Any]) -> Restored:
    origins = tuple(
        (
            Origin(str(o["member"]), str(o["locator"]), str(o["file"])),
            str(o["path"]),
            str(o["importer"]),
            int(o["version"]),
        )
        for o in data.get("origins", ())
    )
    versions = data.get("versions", ())
    for version in versions:
        parse_record(version, item.origin)  # what cannot be read now could not be read from the vault either
    return Restored(item, int(data.get("copy", 0)), tuple(orjson.dumps(version) for version in versions), origins)


def _vault_line(data: dict[str, Any]) -> VaultLine:
    if data["type"] == "vault":
        zone_info(data["zone"])
    elif data["type"] == "forgotten":
        bytes.fromhex("".join([data["salt"], *data["hashes"]]))
    elif data["type"] in ("person", "apart"):
        data = check_people_line(data)
    elif data["type"] == "conversation":
        data = check_conversation_line(data)
    else:
        size, start = int(data["size"]), int(data["start"])
        part = b64decode(data["data"], validate=True)
        data = {"type": "blob", "hash": str(data["hash"]), "size": size, "start": start, "data": part}
    return VaultLine(data)


def _read_line(line: bytes, origin: Origin) -> Item:
    try:
        record = quick_record(line, origin)
    except FormatError as error:
        return BadRow("bad-record", origin, str(error), line)
    item = _read_odd_line(line, origin) if record is None else record
    if isinstance(item, (Record, Sample)) and not _is_name(item.source):
        return BadRow(
            "bad-record", origin, f"'source' is no name of up to {_LONGEST_SOURCE} printable characters", line
        )
    return item


@lru_cache
def _is_name(source: str) -> bool:
    return len(source) <= _LONGEST_SOURCE and source.isprintable()


def _read_odd_line(line: bytes, origin: Origin) -> Item:
    try:
        parsed: Any = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        return BadRow("bad-json", origin, f"the line is no JSON object: {error}", line)
    if not isinstance(parsed, dict):
        return BadRow("bad-json", origin, "the line is no JSON object", line)
    data = cast(dict[str, Any], parsed)
    kind = data.get("type", "record")
    try:
        if kind in _TYPES:
            item = parse_record(data, origin) if kind == "record" else parse_sample(data, origin)
            return item if _EXPORT_KEYS.isdisjoint(data) else _restored(item, data)
        if kind in _VAULT_LINES:
            return _vault_line(data)
    except FormatError as error:
        return BadRow("bad-record", origin, str(error), line)
    except (KeyError, TypeError, ValueError, AttributeError):
        return BadRow("bad-record", origin, f"a line of type {kind!r} that is not as an export writes it", line)
    return BadRow("bad-record", origin, f'\'type\' is {kind!r}; it must be "record" or "sample"', line)
