"""A bank's statement whose columns are not confirmed yet, as it is laid before its owner."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from darak.importers.money.columns import Said
from darak.server.pages.texts import Language, text, when
from darak.server.routes.imports import ProposalShape

_EXAMPLE = re.compile(r"(?P<when>\S+) (?P<what>.*) (?P<moved>spent|received)")
_OTHER_SIGN = {"negative": "positive", "positive": "negative"}


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement: the names of its columns by what they are taken for, and its first row as it would be read."""

    member: str
    columns: tuple[tuple[str, str], ...]
    example: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """Statements that came together. `choices` are the answers there are: how each is called, and what is sent for it
    as `columns`; the first is the one that is most likely meant."""

    statements: tuple[Statement, ...]
    choices: tuple[tuple[str, str], ...]


def proposed(language: Language, proposals: Sequence[ProposalShape]) -> Proposed | None:
    """What is asked about the statements of one import; None where nothing is."""
    if not proposals:
        return None
    said = [Said.of(one.columns) for one in proposals]
    statements = tuple(
        Statement(
            one.member,
            tuple((text(language, f"column.{role}"), ", ".join(names)) for role, names in those.names.items()),
            _example(language, one.example),
        )
        for one, those in zip(proposals, said, strict=True)
    )
    return Proposed(statements, tuple((text(language, key), columns) for key, columns in _choices(said)))


def _choices(said: Sequence[Said]) -> list[tuple[str, str]]:
    if any("dates" not in those.settings for those in said):
        return [("statement.day-first", "dates=DMY"), ("statement.month-first", "dates=MDY")]
    spent = {those.settings["spent"] for those in said if "spent" in those.settings}
    turned = [("statement.turned", f"spent={_OTHER_SIGN[sign]}") for sign in spent]
    return [("statement.yes", "yes"), *(turned if len(turned) == 1 else [])]


def _example(language: Language, row: str) -> str:
    found = _EXAMPLE.fullmatch(row)
    if found is None:
        return row
    day = when(language, found["when"]) if re.match(r"\d{4}-", found["when"]) else found["when"]
    moved = text(language, f"statement.{found['moved']}")
    return f"{day} · {found['what']} · {moved}"
