"""What an importer gives the acceptance suite: a writer of its format whose items are known by number.

A case is put into the list CASES of a module `cases_<family>.py` beside this one:

    from tests.importers.acceptance.case import Case
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from darak.importers.importer import Importer


@dataclass(frozen=True, kw_only=True)
class Case:
    """One format, or one variant of it that `id` names.

    `write` writes an export with the items of these numbers into an empty folder and returns what to import; the same
    number is the same item in every export, and items are dated by their number, so that exports are sorted.
    `text` stands in item n's record (or is its sample's value) and in the bytes that its origin names; no item's text
    is part of another's.
    """

    importer: str
    write: Callable[[Path, Sequence[int]], Path]
    text: Callable[[int], str]
    id: str = ""
    streams: bool = True
    """Whether all whole items before a cut can still be read (not so for zip, SQLite, PDF)."""
    find: Callable[[Path, str, str], str] | None = None
    """(what was imported, member, locator) -> the text at that place. None: locators are "bytes A-B"."""
    per_item: int = 1
    """Records or samples that one item gives."""
    make: Callable[[], Importer] | None = None
    """The importer as its owner has set it up, where it needs that."""

    @property
    def name(self) -> str:
        return f"{self.importer} {self.id}".strip()


def load_cases() -> list[Case]:
    """The cases of every module `cases_*.py` in this folder."""
    modules = sorted(path.stem for path in Path(__file__).parent.glob("cases_*.py"))
    return [case for module in modules for case in import_module(f"tests.importers.acceptance.{module}").CASES]
