"""Google Play: purchases with their amounts, installed apps, reviews."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from darak.importers.media.google.play_store import PlayStoreImporter, read_price

PLAY = PlayStoreImporter()
DOC = {"documentType": "Android Apps", "title": "다락"}


def write(tmp_path: Path, *entries: dict[str, Any]) -> Path:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(entries, ensure_ascii=False), "utf-8")
    return path


def test_a_purchase_has_its_amount(tmp_path: Path, read: Callable) -> None:
    bought = {"invoicePrice": "₩1,100", "userCountry": "KR", "doc": DOC, "purchaseTime": "2026-01-02T21:15:00.25Z"}
    (record,) = read(PLAY, write(tmp_path, {"purchaseHistory": bought})).records
    assert (record.kind, record.title, record.text) == ("purchase", "다락", "다락 – ₩1,100")
    assert record.extra == {"amount": 1100, "currency": "KRW"} and record.time.iso() == "2026-01-02T21:15:00.250Z"


def test_an_order_names_what_was_bought(tmp_path: Path, read: Callable) -> None:
    lines = [{"doc": DOC, "quantity": 1}, {"doc": {"title": "Attic"}}]
    order = {"orderId": "GPA.1", "creationTime": "2026-01-02T21:15:00Z", "totalPrice": "$4.98", "lineItem": lines}
    (record,) = read(PLAY, write(tmp_path, {"orderHistory": order | {"billingContact": {"countryCode": "US"}}})).records
    assert (record.title, record.native_id, record.extra["amount"]) == ("다락, Attic", "GPA.1", 4.98)


def test_apps_and_reviews(tmp_path: Path, read: Callable) -> None:
    app = {"doc": DOC, "firstInstallationTime": "2026-01-02T21:15:00Z", "deviceAttribute": {"deviceDisplayName": "S24"}}
    review = {"document": DOC, "creationTime": "2026-01-02T21:15:00Z", "starRating": 5, "comment": "Good"}
    installed, said = read(PLAY, write(tmp_path, {"install": app}, {"review": review})).records
    assert (installed.text, installed.kind) == ("다락 – S24", "other")
    assert (said.text, said.kind, said.extra["rating"]) == ("다락 ★ 5\nGood", "post", 5)


@pytest.mark.parametrize(
    ("price", "country", "read_as"),
    [
        ("₩1,100", "KR", (1100, "KRW")),
        ("$4.99", "US", (4.99, "USD")),
        ("$4.99", "", (None, "")),
        ("4,99\xa0€", "DE", (4.99, "EUR")),
        ("€1.234,50", "DE", (1234.5, "EUR")),
        ("KRW 12,000", "", (12000, "KRW")),
        ("free", "US", (None, "")),
        ("", "", (None, "")),
    ],
)
def test_prices(price: str, country: str, read_as: tuple[float | None, str]) -> None:
    assert read_price(price, country) == read_as
