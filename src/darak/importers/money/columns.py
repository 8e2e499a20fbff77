"""Which column of a statement holds what: proposed from the names and the values, confirmed by the owner."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from darak.importers.money.cells import (
    ORDERS,
    decimal_sign,
    is_dotted,
    order_matters,
    possible_orders,
    read_amount,
    read_time,
)
from darak.importers.money.column_names import CURRENCIES, INCOMING, NAMES, OUTGOING, rank_of, role_of

ONE = frozenset(("date", "time", "out", "in", "amount", "balance", "category", "type", "currency", "account", "status"))
"""Roles that one column has; of names and texts there may be several."""
SETTINGS = ("dates", "decimal", "spent", "currency")
_ALLOWED = {"dates": ORDERS, "decimal": ("point", "comma"), "spent": ("negative", "positive")}
_SHORT = 2
_HANGUL = re.compile("[가-힣]")
_CODE = re.compile(r"\b[A-Z]{3}\b")


class ColumnsProblem(Exception):
    """The columns cannot be taken as said; the message says why."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of all statements with this header.

    `roles` gives the numbers of the columns of each role. `dates` is the order of year, month and day, "" while it is
    undecided; `spent` says whether an amount that was spent is "negative" or "positive".
    """

    header: tuple[str, ...]
    roles: Mapping[str, tuple[int, ...]]
    dates: str = "YMD"
    decimal: str = "."
    spent: str = "negative"
    currency: str = ""

    def cell(self, values: Sequence[str], role: str) -> str:
        """The value of the role's first column, "" where there is none."""
        numbers = self.roles.get(role, ())
        return values[numbers[0]].strip() if numbers and numbers[0] < len(values) else ""

    def cells(self, values: Sequence[str], role: str) -> list[str]:
        return [values[number].strip() for number in self.roles.get(role, ()) if number < len(values)]

    def said(self) -> str:
        """The columns as the option --columns takes them."""
        parts = [f"{role}={self.header[number]}" for role, numbers in self.roles.items() for number in numbers]
        parts += [f"dates={self.dates}"] if self.dates else []
        parts += ["decimal=comma"] if self.decimal == "," else []
        parts += [f"spent={self.spent}"] if "amount" in self.roles else []
        parts += [f"currency={self.currency}"] if self.currency and "currency" not in self.roles else []
        return ",".join(f'"{part}"' if "," in part else part for part in parts)

    def json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Columns:
        roles: dict[str, tuple[int, ...]] = {role: tuple(numbers) for role, numbers in data["roles"].items()}
        settings: dict[str, str] = {name: data[name] for name in SETTINGS}
        return cls(tuple(data["header"]), roles, **settings)


def roles_of(header: Sequence[str]) -> dict[str, tuple[int, ...]] | None:
    """The columns of each role by their names; None when this is no header of a statement."""
    found: dict[str, list[int]] = {}
    for number, name in enumerate(header):
        if role := role_of(name):
            found.setdefault(role, []).append(number)
    if not found.keys() & {"out", "in", "amount"} or "date" not in found or not found.keys() & {"name", "text", "type"}:
        return None
    if found.keys() & {"out", "in"}:
        found.pop("amount", None)
    for role, numbers in found.items():
        numbers.sort(key=lambda number: rank_of(header[number]))
        if role in ONE:
            del numbers[1:]
    return {role: tuple(found[role]) for role in NAMES if role in found}


def complete(
    header: tuple[str, ...],
    roles: Mapping[str, tuple[int, ...]],
    rows: Sequence[Sequence[str]],
    settings: Mapping[str, str] | None = None,
) -> Columns:
    """The columns with what the values of all rows tell (order of dates, signs, currency); `settings` go above it."""
    columns = Columns(header, dict(roles))
    dates = [date for date in (columns.cell(row, "date") for row in rows) if date and any(map(str.isdigit, date))]
    orders = possible_orders([date for date in dates if any(_dated(date, order) for order in ORDERS)])
    korean = bool(_HANGUL.search("".join(header)))
    if not any(map(order_matters, dates)) or (korean and "YMD" in orders):
        order = "YMD"
    elif "DMY" in orders and all(map(is_dotted, dates)):
        order = "DMY"
    else:
        order = orders[0] if len(orders) == 1 else ""
    amounts = [cell for row in rows for role in ("amount", "out", "in") for cell in columns.cells(row, role)]
    columns = replace(columns, dates=order, decimal=decimal_sign(amounts))
    columns = replace(columns, **(settings or {}))
    told = {"spent": _sign_of_spending(columns, rows), "currency": _currency(columns, amounts, korean)}
    return replace(columns, **{**told, **(settings or {})})


@dataclass(frozen=True, slots=True)
class Said:
    """What the option --columns says: names of columns by their role, and settings of all rows."""

    names: Mapping[str, tuple[str, ...]]
    settings: Mapping[str, str]

    @classmethod
    def of(cls, text: str) -> Said:
        """Reads "date=Day,amount=Sum,dates=DMY". ColumnsProblem when it cannot be that."""
        names: dict[str, list[str]] = {}
        settings: dict[str, str] = {}
        for part in next(csv.reader([text], skipinitialspace=True)):
            key, equals, name = (side.strip() for side in part.partition("="))
            if not equals:
                raise ColumnsProblem(f"{part!r} is no column; write it as in date=거래일시")
            if key in _ALLOWED or (key == "currency" and _CODE.fullmatch(name)):
                settings[key] = _setting(key, name)
            elif key in NAMES:
                names.setdefault(key, []).append(name)
            else:
                raise ColumnsProblem(f"{key!r} is no role of a column; there are {', '.join(NAMES)}")
        if names and ("date" not in names or not names.keys() & {"out", "in", "amount"}):
            raise ColumnsProblem("say at least the columns of the date and of the amount, as in date=Day,amount=Sum")
        return cls({role: tuple(those) for role, those in names.items()}, settings)

    def roles(self, header: Sequence[str]) -> dict[str, tuple[int, ...]] | None:
        """The numbers of the columns in a header that has all of them; None for another header."""
        try:
            return {role: tuple(header.index(name) for name in those) for role, those in self.names.items()}
        except ValueError:
            return None

    def missing(self, header: Sequence[str]) -> list[str]:
        return [name for those in self.names.values() for name in those if name not in header]


def _setting(key: str, value: str) -> str:
    allowed = _ALLOWED.get(key)
    if allowed and value not in allowed:
        raise ColumnsProblem(f"{key} is one of {', '.join(allowed)}")
    return {"point": ".", "comma": ","}.get(value, value)


def _dated(text: str, order: str) -> bool:
    try:
        read_time(text, "", order)
    except ValueError:
        return False
    return True


def _sign_of_spending(columns: Columns, rows: Sequence[Sequence[str]]) -> str:
    """The sign that the balance or a column of types gives what was spent; without them, that of most amounts: people
    pay more often than they are paid."""
    if {"+", "-"} <= {columns.cell(row, "amount")[:1] for row in rows}:
        return "negative"
    moved = [(columns.cell(row, "type"), amount, balance) for row, amount, balance in _moved(columns, rows)]
    told = _signs_by_balance([(amount, balance) for _, amount, balance in moved])
    told = told or [_sign(amount) for kind, amount, _ in moved if amount and direction(kind) < 0]
    if told:
        return "negative" if sum(told) < 0 else "positive"
    negative = sum(amount < 0 for _, amount, _ in moved)
    return "negative" if negative and negative * 2 >= sum(amount != 0 for _, amount, _ in moved) else "positive"


def _signs_by_balance(moved: Sequence[tuple[Decimal, Decimal | None]]) -> list[int]:
    """-1 or 1, the sign of each amount by which the balance fell; where it only rose, the other one than of those."""
    both = [(amount, balance) for amount, balance in moved if balance is not None]
    pairs = [(a, b, later - earlier) for (a, earlier), (b, later) in pairwise(both)]
    # Statements begin with the oldest or with the newest: a balance is that after its own amount.
    oldest_first = [(later, change) for _, later, change in pairs if abs(later) == abs(change)]
    newest_first = [(earlier, -change) for earlier, _, change in pairs if abs(earlier) == abs(change)]
    found = max(oldest_first, newest_first, key=len) if len(oldest_first) != len(newest_first) else []
    fell = [_sign(amount) for amount, change in found if change < 0]
    return fell or [-_sign(amount) for amount, change in found if change > 0]


def _sign(amount: Decimal) -> int:
    return (amount > 0) - (amount < 0)


def _moved(columns: Columns, rows: Sequence[Sequence[str]]) -> Iterator[tuple[Sequence[str], Decimal, Decimal | None]]:
    """The rows with a date and an amount, with both amount and balance."""
    for row in rows:
        try:
            amount = read_amount(columns.cell(row, "amount"), columns.decimal)
        except ValueError:
            continue
        if amount is not None and _dated(columns.cell(row, "date"), columns.dates or "DMY"):
            yield row, amount, _balance(columns, row)


def _balance(columns: Columns, row: Sequence[str]) -> Decimal | None:
    try:
        return read_amount(columns.cell(row, "balance"), columns.decimal)
    except ValueError:
        return None


def _currency(columns: Columns, amounts: Sequence[str], korean: bool) -> str:
    """The currency that the headers of amounts or the amounts name; won where the columns have Korean names."""
    names = " ".join(columns.header[n] for role in ("out", "in", "amount") for n in columns.roles.get(role, ()))
    if code := _CODE.search(names):
        return code[0]
    for sign, currency in CURRENCIES.items():
        if f"({sign})" in names or any(sign in amount for amount in amounts[:100]):
            return currency
    return "KRW" if korean else ""


def direction(kind: str) -> int:
    """-1 for a word that says money went out, 1 for one that says it came in, 0 for others."""
    for sign, words in ((-1, OUTGOING), (1, INCOMING)):
        if words.fullmatch(kind) or (len(kind) > _SHORT and words.match(kind)):
            return sign
    return 0
