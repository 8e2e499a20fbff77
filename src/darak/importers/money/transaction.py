"""Money that moved, as a record: spending is a purchase, money that came in or was only moved is not."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from darak.records.record import Origin, Record
from darak.records.time import Time


def transaction(
    *,
    source: str,
    account: str,
    time: Time,
    amount: Decimal,
    currency: str,
    title: str,
    notes: Iterable[str],
    origin: Origin,
    moved: bool = False,
    native_id: str | None = None,
    extra: dict[str, Any] | None = None,
) -> Record:
    """A record of `amount`, which is negative for money spent; `moved` says that it stayed the owner's.

    What was spent stands in `extra` as a positive `amount` with its `currency`, as for any purchase; other amounts
    have a `direction`, "in" or "out", beside them. The text names the amount too: it is what a citation shows.
    """
    spent = amount < 0 and not moved
    about: dict[str, Any] = {"amount": number(abs(amount)), **({"currency": currency} if currency else {})}
    if not spent and amount:
        about["direction"] = "in" if amount > 0 else "out"
    said = [title, *(note for note in notes if note and note != title)]
    shown = plain(abs(amount)) if spent else ("+" if amount > 0 else "") + plain(amount)
    shown += "원" if currency == "KRW" else f" {currency}" if currency else ""
    return Record(
        source=source,
        account=account,
        kind="purchase" if spent else "other",
        time=time,
        origin=origin,
        native_id=native_id,
        title=title or None,
        text=" · ".join(part for part in (*dict.fromkeys(said), shown) if part),
        extra={**about, **{key: value for key, value in (extra or {}).items() if value}},
    )


def plain(amount: Decimal) -> str:
    """The amount as a person writes it: "4,500", "6.60", "115.8331"."""
    if amount == amount.to_integral_value():
        return f"{int(amount):,}"
    return f"{amount:,.2f}" if amount == round(amount, 2) else f"{amount.normalize():,f}"


def number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)
