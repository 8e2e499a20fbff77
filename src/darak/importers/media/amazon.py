"""Amazon's orders, as its answer to a request for one's data has them (`Retail.OrderHistory.csv`): one record a thing
bought, in what it cost with tax and postage.

Sign: the columns `Order ID`, `ASIN`, `Product Name` and `Total Owed` (`Total Amount` in newer ones). Locators are
"bytes A-B", the row. Times are UTC. Of one order the same thing may come several times; it is known by its number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from darak.importers.formats.csv_items import Values, header_of, row_items
from darak.importers.importer import Item, Match
from darak.importers.money.cells import read_amount
from darak.importers.money.transaction import transaction
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import Time, parse_iso

_SIGNS = frozenset(("order id", "order date", "asin", "product name", "currency"))
_TOTALS = ("total owed", "total amount")
_NONE = frozenset(("", "not available", "not applicable"))
_CANCELLED = re.compile(r"(?i)cancel")
_KEPT = {
    "order": "order id",
    "quantity": "quantity",
    "status": "order status",
    "paid_with": "payment instrument type",
    "website": "website",
    "asin": "asin",
}


class AmazonImporter:
    """Amazon: orders of its shops (Retail.OrderHistory.csv)"""

    name = "amazon"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        return [
            Match(self.name, (member.name,), 0.95, "orders with ASIN, Product Name and Total Owed")
            for member in tree.members()
            if (columns := frozenset(header_of(tree.head(member.name)))) >= _SIGNS and columns.intersection(_TOTALS)
        ]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        (member,) = match.members
        bought = Counter[tuple[str, str]]()
        yield from row_items(tree, member, lambda row, origin: _bought(row, origin, bought))


def _bought(row: Values, origin: Origin, bought: Counter[tuple[str, str]]) -> Record | str:
    order, title, time = row["order id"].strip(), row["product name"].strip(), _time(row["order date"].strip())
    if not order or time is None:
        return "a row without an order or a date"
    written = next((value for name in _TOTALS if (value := row.get(name, "").strip().strip("'"))), "")
    try:
        amount = None if written.lower() in _NONE else read_amount(written, ".")
    except ValueError:
        return "a row whose amount cannot be read"
    bought[order, row["asin"]] += 1
    extra = {name: value for name, column in _KEPT.items() if (value := row.get(column, "").strip())}
    return transaction(
        source=AmazonImporter.name,
        account="",
        time=time,
        amount=-(amount or Decimal(0)),
        currency=row["currency"].strip(),
        title=title,
        notes=(row.get("website", "").strip(),),
        origin=origin,
        moved=_CANCELLED.search(row.get("order status", "")) is not None,
        native_id=f"{order} {row['asin']} {bought[order, row['asin']]}",
        extra={name: value for name, value in extra.items() if value.lower() not in _NONE},
    )


def _time(written: str) -> Time | None:
    try:
        return parse_iso(written) if written.lower() not in _NONE else None
    except ValueError:
        return None
