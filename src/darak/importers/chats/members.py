"""Members of a tree as chats use them: their lines, the folder around them, the files that messages name."""

from __future__ import annotations

from collections.abc import Iterator

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.lines import Line, read_lines
from darak.importers.importer import BadRow, Item, Units
from darak.importers.tree import Tree
from darak.records.record import Origin

_LARGEST_FILE = 64 * 1024 * 1024
_UTF8 = ("utf-8",)


class MemberLines:
    """The lines of a member, as often as they are read; damage of the archive around it ends them."""

    def __init__(self, tree: Tree, member: str) -> None:
        self._tree, self._member = tree, member
        self._error = ""
        self._position = 0

    def read(self) -> Iterator[Line]:
        try:
            with self._tree.open(self._member) as stream:
                for line in read_lines(stream, _UTF8):
                    self._position = line.end
                    yield line
        except READ_ERRORS as error:
            self._error = f"the file cannot be read to its end: {error}"

    def damage(self) -> Iterator[Item]:
        """A bad row where reading had to end before the member does."""
        if self._error:
            yield Units(1)
            yield BadRow("unreadable", Origin(self._member, f"bytes {self._position}-"), self._error)


def attachment(tree: Tree, names: frozenset[str], name: str) -> bytes | None:
    """The bytes of a file that a message names, when it is among the tree's `names` and no larger than 64 MB."""
    if name not in names:
        return None
    try:
        with tree.open(name) as stream:
            data = stream.read(_LARGEST_FILE + 1)
    except READ_ERRORS:
        return None
    return data if len(data) <= _LARGEST_FILE else None


def folder_of(name: str) -> str:
    """The beginning of a member's name that all of its folder share; of a folder, the one around it."""
    name = name[:-1] if name.endswith(("/", "!")) else name
    return name[: max(name.rfind("/"), name.rfind("!")) + 1]


def short_name(name: str) -> str:
    """The last part of a member's name."""
    return name[max(name.rfind("/"), name.rfind("!")) + 1 :]
