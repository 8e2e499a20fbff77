"""Amazon's orders: what a thing cost, what was cancelled, and the same thing twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from darak.importers.media.amazon import AmazonImporter

COLUMNS = (
    "Website,Order ID,Order Date,Purchase Order Number,Currency,Unit Price,{total},ASIN,Quantity,Order Status,"
    "Product Name"
)
ROW = 'Amazon.de,306-1,{date},Not Applicable,EUR,"1,000.00","{owed}",B0{asin},2,{status},"{name}"'


def row(owed: str = "13.90", name: str = "Field guide", asin: str = "1", status: str = "Closed") -> str:
    return ROW.format(date="2024-01-15T20:39:52Z", owed=owed, name=name, asin=asin, status=status)


@pytest.fixture
def read_rows(tmp_path: Path, read):
    def read_rows(*rows: str, total: str = "Total Owed"):
        path = tmp_path / "Retail.OrderHistory.1.csv"
        path.write_text("\ufeff" + "\n".join([COLUMNS.format(total=total), *rows]) + "\n", "utf-8")
        return read(AmazonImporter(), path)

    return read_rows


@pytest.mark.parametrize("total", ["Total Owed", "Total Amount"])
def test_what_a_thing_cost(read_rows, total: str) -> None:
    (record,) = read_rows(row("1,430.71", "Herons, and others"), total=total).records
    assert (record.kind, record.title, record.extra["amount"]) == ("purchase", "Herons, and others", 1430.71)
    assert "Amazon.de" in record.text
    assert (record.extra["currency"], record.extra["order"], record.time.iso()) == (
        "EUR",
        "306-1",
        "2024-01-15T20:39:52Z",
    )


def test_the_same_thing_twice_in_an_order_is_two_and_what_was_cancelled_is_no_purchase(read_rows) -> None:
    records = read_rows(row(), row(), row(status="Cancelled", owed="0", asin="2")).records
    assert [record.kind for record in records] == ["purchase", "purchase", "other"]
    assert len({record.native_id for record in records}) == 3


def test_rows_without_a_date_are_told(read_rows) -> None:
    reading = read_rows(ROW.format(date="Not Available", owed="1", name="x", asin="3", status="Closed"), row("abc"))
    assert [bad.code for bad in reading.bad] == ["bad-row", "bad-row"]
