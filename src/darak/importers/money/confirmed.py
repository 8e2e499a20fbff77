"""The columns of bank statements that the owner has confirmed, kept in the vault for the next statement like them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from darak.importers.importer import Importer
from darak.importers.money.columns import Columns, ColumnsProblem, Said
from darak.importers.money.sheet import find_sheet
from darak.importers.money.statement import Proposal, StatementImporter
from darak.importers.registry import find_matches
from darak.importers.tree import Tree
from darak.records.vault import Vault

_SETTING = "statement_columns"
_AS_PROPOSED = ("yes", "예")

Decide = Callable[[Proposal], Columns | None]
"""What the owner says to a proposal: the columns, or None to leave the statement out."""


def read_said(said: str | None) -> Said | None:
    """The columns that are said; None for "yes" to what is proposed. ColumnsProblem when they cannot be read."""
    return None if said is None or said in _AS_PROPOSED else Said.of(said)


def agreed(proposal: Proposal) -> Columns:
    """The proposed columns, taken as they are. ColumnsProblem when their dates can be read in two ways."""
    if not proposal.columns.dates:
        raise ColumnsProblem("does the day or the month come first? Add dates=DMY or dates=MDY to the columns")
    return proposal.columns


def with_confirmed(
    importers: dict[str, Importer], trees: Iterable[Tree], vault: Vault | None, told: Said | None, decide: Decide
) -> dict[str, Importer]:
    """The importers, that of statements with the columns that were confirmed before, or that `decide` confirms now.

    `told` goes above what is proposed. With `vault` None nothing is kept. ColumnsProblem when a statement cannot be
    read as said.
    """
    if StatementImporter.name not in importers:
        return importers
    confirmed = load_columns(vault) if vault else {}
    importer = StatementImporter({} if told else confirmed)
    for tree in trees:
        for member in _candidates(tree, importers, told):
            try:
                proposal = importer.propose(tree, member, told)
                columns = proposal and decide(proposal)
            except ColumnsProblem as error:
                raise ColumnsProblem(f"{member}: {error}") from error
            if columns:
                confirmed[columns.header] = columns
    if vault and confirmed:
        with vault.transaction():
            vault.set(_SETTING, json.dumps([columns.json() for columns in confirmed.values()], ensure_ascii=False))
    return importers | {StatementImporter.name: StatementImporter(confirmed)}


def load_columns(vault: Vault) -> dict[tuple[str, ...], Columns]:
    """The columns confirmed so far, by the header of their statements."""
    kept = [Columns.from_json(data) for data in json.loads(vault.setting(_SETTING) or "[]")]
    return {columns.header: columns for columns in kept}


def _candidates(tree: Tree, importers: dict[str, Importer], told: Said | None) -> list[str]:
    """The members that may be statements: those that look like one, and those with the columns that are told."""
    found: list[str] = []
    if StatementImporter().detect(tree):  # the others, who may know it better, are asked only then: it takes a while
        matches, _ = find_matches(tree, importers)
        found = [match.members[0] for match in matches if match.importer == StatementImporter.name]
    if told and told.names:
        names = [member.name for member in tree.members() if member.name not in found]
        found += [name for name in names if find_sheet(tree, name, {}, told)]
    return found
