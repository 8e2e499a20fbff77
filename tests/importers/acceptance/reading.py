"""What one importer reads from a path, as the acceptance suite compares it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.importers.acceptance.case import Case

from darak.importers.archive import READ_ERRORS
from darak.importers.importer import BadRow, Flaw, Ignored, Importer, Item, Units
from darak.importers.registry import find_matches
from darak.importers.tree import FileTree, TreeError, open_tree
from darak.records.record import Origin, Record, Sample
from darak.records.writer import Numbering

_BYTES = re.compile(r"bytes (\d+)-(\d+)")


@dataclass(frozen=True)
class Found:
    """A record or a sample, by the id that the vault would give it."""

    id: str
    origin: Origin
    item: Record | Sample

    @property
    def span(self) -> tuple[int, int] | None:
        """The bytes [first, last) of its member, where the locator names them."""
        match = _BYTES.match(self.origin.locator)
        return (int(match[1]), int(match[2])) if match else None

    @property
    def said(self) -> str:
        item = self.item
        if isinstance(item, Sample):
            return f"{item.value:g}"
        names = [person.display for person in (item.author, *item.people) if person]
        place = item.place.name if item.place else None
        return "\n".join(str(part) for part in (item.title, item.text, item.url, place, *names, item.extra) if part)


@dataclass
class Reading:
    """`whole` says whether everything was read, as far as the importer can tell."""

    tree: FileTree | None = None
    found: list[Found] = field(default_factory=list[Found])
    problems: list[BadRow | Flaw] = field(default_factory=list[BadRow | Flaw])
    whole: bool = True
    accounts_close: bool = True

    @property
    def bad(self) -> list[BadRow]:
        return [problem for problem in self.problems if isinstance(problem, BadRow)]

    @property
    def ids(self) -> Counter[str]:
        return Counter(found.id for found in self.found)


def read(path: Path, importer: Importer) -> Reading:
    """Reads as the runner does: damage of the medium may end it, any other exception is a fault."""
    reading = Reading()
    try:
        tree = reading.tree = open_tree(path)
    except TreeError:
        reading.whole = False
        return reading
    matches, unknown = find_matches(tree, {importer.name: importer})
    reading.whole = not unknown and not tree.problems
    for match in matches:
        _read(reading, importer.read(tree, match))
    return reading


def _read(reading: Reading, items: Iterator[Item]) -> None:
    numbering = Numbering()
    seen = units = 0
    try:
        for item in items:
            if isinstance(item, Record):
                reading.found.append(Found(numbering.identify(item)[0].hex(), item.origin, item))
            elif isinstance(item, Sample):
                parts = (item.source, item.account, item.metric, item.unit, item.device, item.time.local, item.value)
                reading.found.append(Found(repr(parts), item.origin, item))
            elif isinstance(item, (BadRow, Flaw)):
                reading.problems.append(item)
            seen += isinstance(item, (Record, Sample, BadRow)) or (item.count if isinstance(item, Ignored) else 0)
            units += item.count if isinstance(item, Units) else 0
    except READ_ERRORS:
        reading.whole = False
    else:
        reading.accounts_close = reading.accounts_close and seen == units
    reading.whole = reading.whole and not reading.problems and reading.accounts_close


def place_of(case: Case, path: Path, tree: FileTree, found: Found) -> str:
    """The text at the place that an origin names."""
    origin = found.origin
    if case.find is not None:
        return case.find(path, origin.member, origin.locator)
    assert found.span is not None, f"{origin.locator!r} names no bytes, and the case has no `find`"
    with tree.open(origin.member) as stream:
        data = stream.read()[slice(*found.span)]
    return "\n".join(data.decode(encoding, "replace") for encoding in ("utf-8", "cp949", "utf-16-le"))
