"""Members of a tree: which belong together, the files that others name, and reading one after the other."""

from __future__ import annotations

import hashlib
import mimetypes
import re
from collections.abc import Callable, Collection, Generator, Iterable, Iterator

from darak.importers.archive import READ_ERRORS
from darak.importers.importer import BadRow, Item, Units
from darak.importers.names import folder_of, short_name
from darak.importers.tree import Tree
from darak.records.record import Blob, Origin

_COMPRESSED = re.compile(r"\.(?:gz|bz2|xz)!.*", re.DOTALL)
LARGEST_FILE = 64 << 20
"""Bytes up to which a file that lies beside a record is kept with it."""


def by_folder(tree: Tree, is_kind: Callable[[bytes], bool]) -> list[tuple[str, ...]]:
    """The members whose heads are of a kind, those of a folder together. Compressed files stand for themselves."""
    folders: dict[str, list[str]] = {}
    for member in tree.members():
        if is_kind(tree.head(member.name)):
            folders.setdefault(folder_of(_COMPRESSED.sub("", member.name)), []).append(member.name)
    return [tuple(members) for members in folders.values()]


def read_each(members: Iterable[str], read: Callable[[str], Iterator[Item]]) -> Iterator[Item]:
    """The items of each member; one that cannot be read to its end is told, and the next is read."""
    for member in members:
        try:
            yield from read(member)
        except READ_ERRORS as error:
            yield Units(1)
            yield BadRow("unreadable", Origin(member, ""), f"cannot be read to its end: {error}")


def attachment(tree: Tree, names: Collection[str], name: str) -> bytes | None:
    """The bytes of a file, as `file_bytes` gives them, when it is among the tree's `names`."""
    return file_bytes(tree, name) if name in names else None


def file_bytes(tree: Tree, member: str, largest: int = LARGEST_FILE) -> bytes | None:
    """All bytes of a member; None when it cannot be read or has more than `largest`."""
    try:
        with tree.open(member) as stream:
            data = stream.read(largest + 1)
    except READ_ERRORS:
        return None
    return data if len(data) <= largest else None


def whole_file(tree: Tree, member: str, largest: int) -> Generator[Item, None, bytes | None]:
    """All bytes of a member that is one unit; a bad row, and None, when it cannot be read or has over `largest`."""
    try:
        with tree.open(member) as stream:
            data = stream.read(largest + 1)
    except READ_ERRORS as error:
        yield BadRow("cut-off", Origin(member, "bytes 0-"), f"the file cannot be read: {error}")
        return None
    if len(data) > largest:
        message = f"the file is over {largest >> 20} MB, which nothing of its kind is"
        yield BadRow("too-large", Origin(member, "bytes 0-"), message, data[:4096])
        return None
    return data


def measured(tree: Tree, member: str, kept: int) -> tuple[bytes, str, int]:
    """The member's first bytes, up to `kept`, the SHA-256 of all of it, and its size. Raises one of READ_ERRORS."""
    with tree.open(member) as stream:
        data = stream.read(kept)
        digest, size = hashlib.sha256(data), len(data)
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
            size += len(chunk)
    return data, digest.hexdigest(), size


def file_blob(tree: Tree, member: str, name: str = "", mime: str = "", largest: int = LARGEST_FILE) -> Blob | None:
    """A member as a blob, as far as `file_bytes` gives it; called `name`, or as it is called itself."""
    data = file_bytes(tree, member, largest)
    name = name or short_name(member)
    return Blob.of(data, name, mime or mimetypes.guess_type(name)[0]) if data is not None else None
