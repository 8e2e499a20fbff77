"""Statements of banks and cards as CSV or Excel, of any bank: what their columns hold is confirmed by the owner once.

Detected by a row of column names among the first fifty: a date, an amount (or money out and in), and who or what it
was for; in a workbook, or an HTML table as many banks write under the name .xls, also a balance, money out and in, or
with whom. Locators are "bytes A-B", the row, or "sheet NAME row N" in a workbook. Rows have no ids: a row is known by
its account, time, texts and amount. Titles above the header, rows of sums and remarks are ignored. Nothing is imported
before the columns are confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from darak.importers.archive import READ_ERRORS
from darak.importers.documents.document import Damaged
from darak.importers.formats.outcomes import unreadable
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Match, Units
from darak.importers.money.cells import read_amount, read_time
from darak.importers.money.column_names import PENDING, TOTALS, UNDONE
from darak.importers.money.columns import Columns, ColumnsProblem, Said, complete, direction
from darak.importers.money.sheet import Confirmed, Sheet, find_sheet
from darak.importers.money.tables import TableRow
from darak.importers.money.transaction import number, transaction
from darak.importers.tree import Tree
from darak.records.record import Origin

_LOOKED_AT = 100_000
"""Rows that a proposal rests on: the whole of any real statement."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the columns of a statement seem to hold, and its first row as it would be read."""

    member: str
    columns: Columns
    example: str


class StatementImporter:
    name = "bank"
    version = 1

    def __init__(self, confirmed: Confirmed | None = None) -> None:
        self._confirmed: Confirmed = confirmed or {}

    def detect(self, tree: Tree) -> list[Match]:
        matches: list[Match] = []
        for member in tree.members():
            if sheet := find_sheet(tree, member.name, self._confirmed):
                names = ", ".join(sheet.header[numbers[0]] for numbers in sheet.roles.values())
                score = 0.9 if sheet.header in self._confirmed else 0.7
                matches.append(Match(self.name, (member.name,), score, f"columns of a statement: {names}"))
        return matches

    def propose(self, tree: Tree, member: str, said: Said | None = None) -> Proposal | None:
        """The columns of a statement that are not confirmed yet; None when they are, or there is no statement, or one
        without any row.

        `said` goes above what is proposed. ColumnsProblem when it names columns that the statement has not.
        """
        sheet = find_sheet(tree, member, self._confirmed, said)
        if sheet is None or sheet.header in self._confirmed:
            return None
        below = (row.values for row in sheet.rows(tree) if row.number > sheet.start and row.values)
        rows = list(islice(below, _LOOKED_AT))
        settings = said.settings if said else None
        if said and (missing := said.missing(sheet.header)):
            raise ColumnsProblem(f"there is no column {missing[0]!r}; there are {', '.join(sheet.header)}")
        columns = complete(sheet.header, sheet.roles, rows, settings)
        example = _example(columns, rows)
        # Without a row nothing tells the order of dates and the signs, which hold for later statements, too.
        return Proposal(member, columns, example) if example or settings else None

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        (member,) = match.members
        end = 0
        try:
            sheet = find_sheet(tree, member, self._confirmed)
            if sheet is None:
                return
            if sheet.header not in self._confirmed:
                yield from self._ask(tree, member)
                return
            yield Units(sum(1 for _ in sheet.rows(tree)))
            table = _Table(self.name, sheet, self._confirmed[sheet.header])
            for row in sheet.rows(tree):
                end = row.number
                yield from table.row(row)
        except Damaged as error:
            yield Units(1)
            yield BadRow(error.code, Origin(member, "whole file"), str(error))
        except READ_ERRORS as error:
            yield from unreadable(member, end, error)

    def _ask(self, tree: Tree, member: str) -> Iterator[Item]:
        yield Units(1)
        proposal = self.propose(tree, member)
        if proposal is None:
            yield Ignored("no-rows", Origin(member, "bytes 0-"))
            return
        columns = proposal.columns
        how = (
            "if that is right, add --columns yes" if columns.dates else "add dates=DMY or dates=MDY, whichever is right"
        )
        what = f"--columns '{columns.said()}' ({how})"
        message = f"a statement whose columns you have not confirmed: {what}; nothing was imported"
        yield BadRow("columns-unconfirmed", Origin(member, "bytes 0-"), message)


class _Table:
    """Turns the rows of one statement into records."""

    def __init__(self, source: str, sheet: Sheet, columns: Columns) -> None:
        self._source, self._sheet, self._columns = source, sheet, columns
        self._begun = False

    def row(self, row: TableRow) -> Iterator[Item]:
        origin = Origin(self._sheet.member, row.place)
        columns = self._columns
        if row.number <= self._sheet.start:
            yield Ignored("header", origin)
            return
        if len(row.values) <= max(columns.roles["date"]):
            yield self._odd(row, origin)
            return
        try:
            time = read_time(columns.cell(row.values, "date"), columns.cell(row.values, "time"), columns.dates)
        except ValueError:
            yield self._odd(row, origin)
            return
        self._begun = True
        if len(row.values) < len(columns.header) and any(columns.header[len(row.values) :]):
            yield BadRow("damaged-row", origin, "a row that ends too early", row.raw)
            return
        if not any(cell for role in ("amount", "out", "in") for cell in columns.cells(row.values, role)):
            yield Ignored("balance", origin)
            return
        try:
            amount = _amount(columns, row.values)
        except ValueError as error:
            yield BadRow("no-amount", origin, f"a row whose amount cannot be read: {error}", row.raw)
            return
        names, texts = columns.cells(row.values, "name"), columns.cells(row.values, "text")
        said = list(dict.fromkeys(text for text in (*names, *texts) if text))
        status, kind = columns.cell(row.values, "status"), columns.cell(row.values, "type")
        yield transaction(
            source=self._source,
            account=columns.cell(row.values, "account") or self._sheet.account,
            time=time,
            amount=amount,
            currency=columns.cell(row.values, "currency") or columns.currency,
            title=said[0] if said else kind,
            notes=said[1:],
            moved=bool(UNDONE.fullmatch(status)),
            origin=origin,
            extra={
                "category": columns.cell(row.values, "category"),
                "type": kind,
                "status": status,
                "balance": _balance(columns, row.values),
            },
        )
        if not row.intact:
            yield Flaw("undecodable", origin, "some letters cannot be read")

    def _odd(self, row: TableRow, origin: Origin) -> Item:
        """A row without a date: of sums, a remark, the header's second line or once more, else damaged."""
        values = [value.strip() for value in row.values]
        filled = [value for value in values if value]
        if values and tuple(values) == self._columns.header:
            return Ignored("header", origin)
        if row.values and row.ended and not self._begun:
            return Ignored("header", origin)
        if filled and any(TOTALS.fullmatch(value) for value in filled[:2]):
            return Ignored("sum", origin)
        if PENDING.fullmatch(self._columns.cell(values, "date")):
            return Ignored("pending", origin)
        amounts = [cell for role in ("amount", "out", "in") for cell in self._columns.cells(values, role)]
        if row.values and not self._columns.cell(values, "date") and not any(amounts):
            return Ignored("remark", origin)
        if len(filled) == 1 and len(values) < len(self._columns.header) and row.ended:
            return Ignored("remark", origin)
        return BadRow("no-date", origin, "a row whose date cannot be read", row.raw)


def _amount(columns: Columns, values: list[str]) -> Decimal:
    """What the row moved, negative for money that went out."""
    if "amount" not in columns.roles:
        out, into = (read_amount(columns.cell(values, role), columns.decimal) for role in ("out", "in"))
        if out is None and into is None:
            raise ValueError("there is none")
        return (into or Decimal(0)) - abs(out or Decimal(0))
    amount = read_amount(columns.cell(values, "amount"), columns.decimal)
    if amount is None:
        raise ValueError("there is none")
    if columns.spent == "negative" or columns.cell(values, "amount").startswith("+"):
        return amount
    return amount * (direction(columns.cell(values, "type")) or -1)


def _balance(columns: Columns, values: list[str]) -> int | float | None:
    try:
        balance = read_amount(columns.cell(values, "balance"), columns.decimal)
    except ValueError:
        return None
    return None if balance is None else number(balance)


def _example(columns: Columns, rows: list[list[str]]) -> str:
    """The first row with a date and an amount, as it would be read."""
    for values in rows:
        try:
            time = read_time(columns.cell(values, "date"), columns.cell(values, "time"), columns.dates or "DMY")
            amount = _amount(columns, values)
        except ValueError:
            continue
        said = [text for role in ("name", "text") for text in columns.cells(values, role) if text]
        moved = "spent" if amount < 0 else "received"
        when = time.iso() if columns.dates else columns.cell(values, "date")
        return f"{when}  {' · '.join(said)}  {abs(amount):,f} {columns.currency} {moved}".replace("  ", " ").strip()
    return ""
