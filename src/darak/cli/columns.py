"""The columns of bank statements: proposed, confirmed by the owner, and kept in the vault for the next statement."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from darak.cli.session import UsageProblem
from darak.importers.importer import Importer
from darak.importers.money.columns import Columns, ColumnsProblem, Said
from darak.importers.money.sheet import find_sheet
from darak.importers.money.statement import Proposal, StatementImporter
from darak.importers.registry import find_matches
from darak.importers.tree import Tree
from darak.records.vault import Vault

_SETTING = "statement_columns"
_AS_PROPOSED = ("yes", "예")
_YES = ("y", "yes", "ㅛ", "예", "네", "ㅇ", "ㅇㅇ")


def with_columns(
    importers: dict[str, Importer], trees: Iterable[Tree], vault: Vault | None, said: str | None
) -> dict[str, Importer]:
    """The importers, that of statements with the columns that the owner has confirmed, before or now.

    `said` is what the option --columns says: "yes" to what is proposed, or the columns. Without it a person at a
    terminal is asked. With `vault` None, in a dry run, what is proposed is taken for once, and told. UsageProblem when
    the columns cannot be as said.
    """
    if StatementImporter.name not in importers:
        return importers
    confirmed = load_columns(vault) if vault else {}
    told = _read_said(said)
    importer = StatementImporter({} if told else confirmed)
    for tree in trees:
        for member in _candidates(tree, importers, told):
            try:
                proposal = importer.propose(tree, member, told)
                columns = proposal and _decide(proposal, agreed=said is not None, dry=vault is None)
            except ColumnsProblem as error:
                raise UsageProblem(f"{member}: {error}") from error
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


def _read_said(said: str | None) -> Said | None:
    if said is None or said in _AS_PROPOSED:
        return None
    try:
        return Said.of(said)
    except ColumnsProblem as error:
        raise UsageProblem(f"--columns: {error}") from error


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


def _decide(proposal: Proposal, *, agreed: bool, dry: bool) -> Columns | None:
    columns = proposal.columns
    if agreed:
        if not columns.dates:
            raise ColumnsProblem("does the day or the month come first? Add dates=DMY or dates=MDY to --columns")
        return columns
    if dry and columns.dates:
        print(f"{proposal.member}: columns taken for {columns.said()}; the import asks you first", file=sys.stderr)
        return columns
    if dry or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    return _ask(proposal)


def _ask(proposal: Proposal) -> Columns | None:
    """What the person at the terminal says to a proposal."""
    columns = proposal.columns
    print(f"\n{PurePosixPath(proposal.member).name} seems to be a statement of a bank or a card:", file=sys.stderr)
    for role, numbers in columns.roles.items():
        print(f"  {role:9} {', '.join(columns.header[number] for number in numbers)}", file=sys.stderr)
    print(f"  so that its first row is: {proposal.example}", file=sys.stderr)
    if not columns.dates:
        order = _answer("Its dates can be read in two ways. Is the day first, or the month? [d/m] ").lower()[:1]
        if order not in ("d", "m"):
            return None
        columns = replace(columns, dates="DMY" if order == "d" else "MDY")
    if _answer("Is that right? It is kept for the next statement like this. [y/N] ").lower() in _YES:
        return columns
    print(f"Left out. Say its columns as in --columns '{columns.said()}'", file=sys.stderr)
    return None


def _answer(question: str) -> str:
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()
