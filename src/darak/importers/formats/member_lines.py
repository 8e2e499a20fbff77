"""The lines of a member, as often as they are read; damage of the archive around it ends them and is told."""

from __future__ import annotations

from collections.abc import Iterator

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.lines import Line, read_lines
from darak.importers.formats.outcomes import unreadable
from darak.importers.importer import Item
from darak.importers.tree import Tree


class MemberLines:
    def __init__(self, tree: Tree, member: str, encodings: tuple[str, ...] = ("utf-8",)) -> None:
        self._tree, self._member, self._encodings = tree, member, encodings
        self._error: Exception | None = None
        self._position = 0

    def read(self) -> Iterator[Line]:
        try:
            with self._tree.open(self._member) as stream:
                for line in read_lines(stream, self._encodings):
                    self._position = line.end
                    yield line
        except READ_ERRORS as error:
            self._error = error

    def damage(self) -> Iterator[Item]:
        """A bad row where reading had to end before the member does."""
        if self._error:
            yield from unreadable(self._member, self._position, self._error)
