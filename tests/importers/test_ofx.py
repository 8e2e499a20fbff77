"""OFX statements in, money out: both syntaxes, what is spending and what is not, clocks, damage."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darak.importers.money.ofx import OfxImporter
from darak.importers.money.ofx_elements import read_elements
from darak.importers.money.transaction import plain
from darak.records.record import Sample
from darak.records.time import Precision

OFX = OfxImporter()
HEADER = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n"
SPENT = (
    "<STMTTRN>\n<TRNTYPE>POS\n<DTPOSTED>20240305120000\n<TRNAMT>-4.50\n<FITID>77\n<NAME>Caf&amp; Heron\n"
    "<MEMO>card 1234\n</STMTTRN>\n"
)


def statement(transactions: str, account: str = "111-222") -> str:
    return (
        "<OFX><SIGNONMSGSRSV1><SONRS><LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS><STMTRS>\n"
        f"<CURDEF>EUR\n<BANKACCTFROM>\n<BANKID>10020\n<ACCTID>{account}\n<ACCTTYPE>CHECKING\n</BANKACCTFROM>\n"
        f"<BANKTRANLIST>\n<DTSTART>20240301\n{transactions}</BANKTRANLIST>\n"
        "<LEDGERBAL><BALAMT>1234.5<DTASOF>20240331</LEDGERBAL>\n</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"
    )


@pytest.fixture
def read_text(read, tmp_path: Path) -> Callable[..., object]:
    def read_text(text: str | bytes):
        path = tmp_path / "download"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read(OFX, path)

    return read_text


def test_what_was_spent_is_a_purchase(read_text) -> None:
    reading = read_text(HEADER + statement(SPENT))
    (record,) = reading.records
    assert (record.kind, record.title, record.text) == ("purchase", "Caf& Heron", "Caf& Heron · card 1234 · 4.50 EUR")
    assert record.extra == {"amount": 4.5, "currency": "EUR", "type": "pos"}
    assert (record.account, record.native_id) == ("10020/111-222", "77")
    assert record.time.iso() == "2024-03-05" and record.time.precision is Precision.DAY
    (balance,) = reading.of(Sample)
    assert (balance.metric, balance.value, balance.unit, balance.time.iso()) == (
        "account_balance",
        1234.5,
        "EUR",
        "2024-03-31",
    )


def test_xml_and_sgml_say_the_same(read_text) -> None:
    (sgml,) = read_text(HEADER + statement(SPENT)).records
    names = ("TRNTYPE", "DTPOSTED", "TRNAMT", "FITID", "NAME", "MEMO", "CURDEF", "BANKID", "ACCTID", "ACCTTYPE")
    text = statement(SPENT)
    for name in names:
        text = "".join(
            f"{line}</{name}>\n" if line.startswith(f"<{name}>") else line + "\n" for line in text.splitlines()
        )
    (xml,) = read_text('<?xml version="1.0"?>\n<?OFX OFXHEADER="200" VERSION="211"?>\n' + text).records
    assert (xml.title, xml.text, xml.extra, xml.account, xml.native_id) == (
        sgml.title,
        sgml.text,
        sgml.extra,
        sgml.account,
        sgml.native_id,
    )


@pytest.mark.parametrize(
    ("kind", "amount", "direction"), [("CREDIT", "2000", "in"), ("XFER", "-300.00", "out"), ("ATM", "-50", "out")]
)
def test_what_came_in_or_was_only_moved_is_no_purchase(read_text, kind: str, amount: str, direction: str) -> None:
    (record,) = read_text(statement(SPENT.replace("<TRNTYPE>POS", f"<TRNTYPE>{kind}").replace("-4.50", amount))).records
    assert record.kind == "other" and record.extra["direction"] == direction and record.extra["amount"] > 0


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("20240305", "2024-03-05"),
        ("20240305000000.000", "2024-03-05"),
        ("20240305120000[0:GMT]", "2024-03-05"),
        ("20240305153012", "2024-03-05T15:30:12"),
        ("20240305153012.250[-5:EST]", "2024-03-05T15:30:12.250-05:00"),
        ("20240305153012[+9:KST]", "2024-03-05T15:30:12+09:00"),
        ("20240305153012[5.30:IST]", "2024-03-05T15:30:12+05:30"),
        ("202403051530[0]", "2024-03-05T15:30Z"),
    ],
)
def test_clocks_are_those_of_the_bank(read_text, written: str, iso: str) -> None:
    (record,) = read_text(statement(SPENT.replace("20240305120000", written))).records
    assert (record.time.iso(), record.time.written) == (iso, written)


def test_each_account_of_a_file_keeps_its_own(read_text) -> None:
    both = statement(SPENT).replace("</OFX>\n", "") + statement(SPENT, "333").partition("<BANKMSGSRSV1>")[2]
    assert {record.account for record in read_text(both).records} == {"10020/111-222", "10020/333"}


def test_a_number_that_a_bank_uses_twice_tells_its_transactions_apart(read_text) -> None:
    records = read_text(statement(SPENT + SPENT.replace("-4.50", "-9.00"))).records
    assert [record.native_id for record in records] == ["77 20240305 -4.50", "77 20240305 -9.00"]


def test_shares_are_named_and_are_no_spending(read_text) -> None:
    text = (
        "<OFX><INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS><CURDEF>USD<INVACCTFROM><BROKERID>b<ACCTID>9</INVACCTFROM>"
        "<INVTRANLIST><BUYSTOCK><INVBUY><INVTRAN><FITID>1<DTTRADE>20240102</INVTRAN><SECID><UNIQUEID>X1"
        "<UNIQUEIDTYPE>CUSIP</SECID><UNITS>3.0<UNITPRICE>10<TOTAL>-30.00</INVBUY><BUYTYPE>BUY</BUYSTOCK>"
        "</INVTRANLIST></INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1><SECLISTMSGSRSV1><SECLIST><STOCKINFO><SECINFO>"
        "<SECID><UNIQUEID>X1</SECID><SECNAME>Heron Boats<TICKER>HRN</SECINFO></STOCKINFO></SECLIST></SECLISTMSGSRSV1>"
        "</OFX>"
    )
    (record,) = read_text(text).records
    assert (record.kind, record.title, record.text) == (
        "other",
        "buy Heron Boats",
        "buy Heron Boats · 3 × 10 · -30 USD",
    )


def test_a_payee_has_a_name_and_a_city(read_text) -> None:
    payee = "<PAYEE><NAME>Heron Ltd<CITY>Tampere<POSTALCODE>1</PAYEE>"
    (record,) = read_text(statement(SPENT.replace("<NAME>Caf&amp; Heron\n", payee))).records
    assert record.title == "Heron Ltd" and record.extra["city"] == "Tampere"


def test_letters_in_the_declared_charset_are_read(read_text) -> None:
    (record,) = read_text((HEADER + statement(SPENT.replace("Caf&amp;", "Café"))).encode("cp1252")).records
    assert record.title == "Café Heron"


def test_damage_costs_its_transaction(read_text) -> None:
    others = SPENT.replace("77", "78") + SPENT.replace("77", "79")
    for damaged in (SPENT.replace("-4.50", "-4.x0"), SPENT.replace("<DTPOSTED>", "<DTPXSTED>"), SPENT[:60]):
        reading = read_text(statement(damaged + others))
        assert [record.native_id for record in reading.records] == ["78", "79"] and len(reading.bad) == 1
    reading = read_text(statement(SPENT + others)[:-250])
    assert reading.bad and reading.bad[-1].code == "cut-off"


def test_the_beginning_of_a_transaction_that_is_damaged_is_told(read_text) -> None:
    reading = read_text(statement(SPENT.replace("<STMTTRN>", "<STMTxRN>") + SPENT))
    assert [bad.code for bad in reading.bad] == ["damaged-element"] and len(reading.records) == 1


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1).map(
                lambda text: text.replace("\xa0", " ").strip() or "x"
            ),
            st.decimals(-99999, 99999, places=2),
        ),
        max_size=5,
    ),
    st.booleans(),
)
def test_what_a_bank_writes_is_read_back_exactly(rows: list[tuple[str, Decimal]], xml: bool) -> None:
    def field(name: str, value: str) -> str:
        return f"<{name}>{escape(value, quote=False)}" + (f"</{name}>" if xml else "\n")

    data = (
        "".join(
            f"<STMTTRN>{field('TRNAMT', str(amount))}{field('NAME', name)}{field('FITID', str(number))}</STMTTRN>"
            for number, (name, amount) in enumerate(rows)
        ).encode()
        + b"</OFX>"
    )
    elements = list(read_elements(io.BytesIO(data), "utf-8"))
    assert [(one.fields["NAME"], Decimal(one.fields["TRNAMT"])) for one in elements] == rows
    assert all(data[one.start : one.end] == one.raw for one in elements)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("-4.50", 4.5), ("-4,50", 4.5), ("-4,500", 4500), ("-1,234,500", 1234500), ("-1.234,56", 1234.56),
        ("-1,234.56", 1234.56), ("-$4.50", 4.5), ("$-4.50", 4.5), (" - 4.5 ", 4.5), ("-₩4,500", 4500),
    ],
)  # fmt: skip
def test_amounts_as_banks_write_them(read_text, written: str, amount: float) -> None:
    (record,) = read_text(statement(SPENT.replace("-4.50", written))).records
    assert (record.kind, record.extra["amount"]) == ("purchase", amount)


def test_amounts_are_written_as_people_do() -> None:
    amounts = ("4500", "6.6", "-1500.0000", "115.8331")
    assert [plain(Decimal(amount)) for amount in amounts] == ["4,500", "6.60", "-1,500", "115.8331"]
