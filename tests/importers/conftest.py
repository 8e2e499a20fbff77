"""Runs an importer over a path and gathers what it yields, as the runner would count it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from darak.importers.importer import BadRow, Checkpoint, Flaw, Ignored, Importer, Item, Match, Units
from darak.importers.tree import open_tree
from darak.records.record import Record, Sample


@dataclass
class Reading:
    matches: list[Match]
    items: list[Item] = field(default_factory=list[Item])

    def of(self, kind: type) -> list[Any]:
        return [item for item in self.items if isinstance(item, kind)]

    @property
    def records(self) -> list[Record]:
        return self.of(Record)

    @property
    def bad(self) -> list[BadRow]:
        return self.of(BadRow)

    @property
    def flaws(self) -> list[Flaw]:
        return self.of(Flaw)

    @property
    def checkpoints(self) -> list[str]:
        return [item.position for item in self.of(Checkpoint)]

    @property
    def ignored(self) -> int:
        return sum(item.count for item in self.of(Ignored))

    @property
    def units(self) -> int:
        return sum(item.count for item in self.of(Units))

    @property
    def seen(self) -> int:
        return len(self.records) + len(self.of(Sample)) + len(self.bad) + self.ignored


def read_path(importer: Importer, path: Path, resume: str | None = None) -> Reading:
    """What `importer` finds at `path`; its accounts must close unless it goes on from a checkpoint."""
    tree = open_tree(path)
    reading = Reading(importer.detect(tree))
    for match in reading.matches:
        for item in importer.read(tree, match, resume):
            reading.items.append(item)
    assert reading.seen == reading.units
    for before, item in pairwise(reading.items):
        assert not isinstance(item, Flaw) or isinstance(before, (Record, Sample)), "a flaw follows what it is about"
    return reading


@pytest.fixture(scope="session")
def read() -> Callable[..., Reading]:
    return read_path
