"""The columns of bank statements, as a person at a terminal is asked for them or says them with --columns."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from darak.cli.session import UsageProblem
from darak.importers.importer import Importer
from darak.importers.money.columns import Columns, ColumnsProblem
from darak.importers.money.confirmed import agreed, read_said, with_confirmed
from darak.importers.money.statement import Proposal
from darak.importers.tree import Tree
from darak.records.vault import Vault

_YES = ("y", "yes", "ㅛ", "예", "네", "ㅇ", "ㅇㅇ")


def with_columns(
    importers: dict[str, Importer], trees: Iterable[Tree], vault: Vault | None, said: str | None
) -> dict[str, Importer]:
    """The importers, that of statements with the columns that the owner has confirmed, before or now.

    `said` is what the option --columns says: "yes" to what is proposed, or the columns. Without it a person at a
    terminal is asked. With `vault` None, in a dry run, what is proposed is taken for once, and told. UsageProblem when
    the columns cannot be as said.
    """

    def decide(proposal: Proposal) -> Columns | None:
        return agreed(proposal) if said is not None else _decide(proposal, dry=vault is None)

    try:
        told = read_said(said)
    except ColumnsProblem as error:
        raise UsageProblem(f"--columns: {error}") from error
    try:
        return with_confirmed(importers, trees, vault, told, decide)
    except ColumnsProblem as error:
        raise UsageProblem(str(error)) from error


def _decide(proposal: Proposal, *, dry: bool) -> Columns | None:
    columns = proposal.columns
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
