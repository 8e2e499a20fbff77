"""Exports of several files: which belong together, and reading one after the other, whatever happens to one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from darak.importers.archive import READ_ERRORS
from darak.importers.importer import BadRow, Item, Units
from darak.importers.tree import Tree
from darak.records.record import Origin


def folder_of(member: str) -> str:
    """The folder or archive that a member lies in, with the sign behind it; "" at the top."""
    return member[: max(member.rfind("/"), member.rfind("!")) + 1]


def by_folder(tree: Tree, is_kind: Callable[[bytes], bool]) -> list[tuple[str, ...]]:
    """The members whose heads are of a kind, those of a folder together. Compressed files stand for themselves."""
    folders: dict[str, list[str]] = {}
    for member in tree.members():
        if is_kind(tree.head(member.name)):
            folders.setdefault(folder_of(member.name.partition(".gz!")[0]), []).append(member.name)
    return [tuple(members) for members in folders.values()]


def read_each(members: Iterable[str], read: Callable[[str], Iterator[Item]]) -> Iterator[Item]:
    """The items of each member; one that cannot be read to its end is told, and the next is read."""
    for member in members:
        try:
            yield from read(member)
        except READ_ERRORS as error:
            yield Units(1)
            yield BadRow("unreadable", Origin(member, ""), f"cannot be read to its end: {error}")
