"""Statements of banks and cards: columns found and confirmed, dates and amounts as banks write them, what is no row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.importers.written_documents import xlsx, xml_workbook

from darak.importers.money.cells import possible_orders, read_amount, read_time
from darak.importers.money.columns import Columns, ColumnsProblem, Said
from darak.importers.money.statement import Proposal, StatementImporter
from darak.importers.tree import open_tree

BANK = """조회기간,2026.01.01 ~ 2026.01.31
계좌번호,123-***-789

거래일시,적요,보낸분/받는분,출금액(원),입금액(원),잔액(원),거래점
2026.01.02 21:15:00,체크카드,"차, 떡","4,500",0,"1,234,500",두레
2026.01.03 09:00:00,급여,일터,0,"3,000,000","4,234,500",두레
합계,,,"4,500","3,000,000",,
"""
CARD = """카드 이용내역
이용일,이용카드,이용하신 가맹점,이용금액,할부개월,승인상태
25.08.13,본인 123,왜가리 서점,"4,500",,정상
25.08.14,본인 123,배 가게,"63,000",3,취소
총 합계,,,"67,500",,
"""
AMERICAN = """Transaction Date,Post Date,Description,Category,Type,Amount
01/15/2024,01/16/2024,HERON BOOKS,Shopping,Sale,-4.50
01/14/2024,01/14/2024,Thank You,,Payment,120.00
01/02/2024,01/03/2024,BOAT,Travel,Sale,-23.10
"""
GERMAN = """Umsatzanzeige;Datei erstellt am: 01.02.2024

IBAN;DE12 3456
Saldo;1.234,56;EUR

Buchung;Auftraggeber/Empfänger;Verwendungszweck;Saldo;Währung;Betrag
31.01.2024;Café Reiher;Kaffee;1.234,56;EUR;-4,50
15.01.2024;Werft;Lohn;1.239,06;EUR;2.000,00
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write(text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "download.csv"
        path.write_text(text, encoding)
        return path

    return write


@pytest.fixture
def propose(write: Callable[..., Path]) -> Callable[..., Proposal]:
    def propose(text: str, encoding: str = "utf-8") -> Proposal:
        tree = open_tree(write(text, encoding))
        proposal = StatementImporter().propose(tree, "download.csv")
        assert proposal is not None
        return proposal

    return propose


@pytest.fixture
def read_text(read, write, propose) -> Callable[..., object]:
    """Reads a statement with its columns as proposed, or as told."""

    def read_text(text: str, encoding: str = "utf-8", **settings: str):
        columns = replace(propose(text, encoding).columns, **settings)
        return read(StatementImporter({columns.header: columns}), write(text, encoding))

    return read_text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_statement_of_a_korean_bank(read_text, encoding: str) -> None:
    spent, came = read_text(BANK, encoding).records
    assert (spent.kind, spent.title, spent.text) == ("purchase", "차, 떡", "차, 떡 · 체크카드 · 4,500원")
    assert spent.extra == {"amount": 4500, "currency": "KRW", "balance": 1234500}
    assert (spent.account, spent.time.iso()) == ("123-***-789", "2026-01-02T21:15:00")
    assert (came.kind, came.text, came.extra["direction"]) == ("other", "일터 · 급여 · +3,000,000원", "in")


def test_a_list_of_a_card_counts_no_cancelled_payment(read_text) -> None:
    reading = read_text(CARD)
    assert [(r.kind, r.title, r.account, r.time.iso()) for r in reading.records] == [
        ("purchase", "왜가리 서점", "본인 123", "2025-08-13"),
        ("other", "배 가게", "본인 123", "2025-08-14"),
    ]
    assert reading.ignored == 3, "the title, the header and the sum"


def test_the_order_of_day_and_month_is_decided_over_the_whole_file(propose) -> None:
    assert propose(AMERICAN).columns.dates == "MDY"
    assert propose(GERMAN).columns.dates == "DMY"
    assert propose(AMERICAN.replace("01/15/", "01/05/").replace("01/14/", "01/04/")).columns.dates == ""


def test_a_sign_says_what_was_spent(propose, read_text) -> None:
    assert propose(AMERICAN).columns.spent == "negative"
    assert [record.kind for record in read_text(AMERICAN).records] == ["purchase", "other", "purchase"]
    turned = AMERICAN.replace("-4.50", "4.50").replace("-23", "23").replace("120.00", "-120.00")
    assert propose(turned).columns.spent == "positive"
    assert [record.kind for record in read_text(turned).records] == ["purchase", "other", "purchase"]


def test_a_decimal_comma_and_semicolons(read_text) -> None:
    spent, came = read_text(GERMAN).records
    assert (spent.extra["amount"], spent.extra["currency"], spent.account) == (4.5, "EUR", "DE12 3456")
    assert (spent.title, came.extra["amount"]) == ("Café Reiher", 2000)


def test_a_header_in_two_lines_loses_no_column(read_text) -> None:
    two = BANK.replace(BANK.splitlines()[3], "거래일시,적요,보낸분/받는분,거래금액,,잔액(원),거래점\n,,,출금,입금,,")
    assert [record.text for record in read_text(two).records] == [record.text for record in read_text(BANK).records]
    again = two.replace("\n,,,출금,입금,,", "\n거래일시,적요,보낸분/받는분,출금,입금,잔액(원),거래점")
    assert [record.extra["amount"] for record in read_text(again).records] == [4500, 3000000]
    card = CARD.replace(
        "이용일,이용카드,이용하신 가맹점,이용금액,,승인상태\n",
        "이용일,이용카드,이용하신 가맹점,이용금액,이번달,승인상태\n,,,,회차,\n",
    )
    assert [record.title for record in read_text(card).records] == ["왜가리 서점", "배 가게"]


@pytest.mark.parametrize(
    ("text", "title", "amount"),
    [
        ("Datum;Naam tegenpartij;Omschrijving;Bedrag\n13-01-2024;Reiger;boek;-4,50\n", "Reiger", -4.5),
        ("Data operacji;Opis operacji;Kwota;Saldo po operacji\n2024-01-13;Czapla;-4,50;9,00\n", "Czapla", -4.5),
        ("Date;Libellé;Débit euros;Crédit euros\n13/01/2024;Héron;4,50;\n", "Héron", -4.5),
        ("Buchungstag;Vorgang;Buchungstext;Umsatz in EUR;\n13.01.2024;Karte;Reiher;-4,50;\n", "Reiher", -4.5),
        ("取引日,ご利用先,ご利用金額\n2024/01/13,サギ書店,450\n", "サギ書店", -450),
        ("交易时间,交易对方,商品说明,收/支,金额(元)\n2024-01-13 09:00:00,苍鹭,书,支出,4.50\n", "苍鹭", -4.5),
        ("Date,Title,Amount\n2024-01-13,Garça,4.50\n", "Garça", -4.5),
    ],
)
def test_columns_are_known_in_many_languages(read_text, text: str, title: str, amount: float) -> None:
    (record,) = read_text(text).records
    spent = record.extra["amount"] * (1 if record.extra.get("direction") == "in" else -1)
    assert (record.title, spent, record.time.iso()[:10]) == (title, amount, "2024-01-13")


@pytest.mark.parametrize("encoding", ["cp1252", "cp932"])
def test_letters_of_europe_and_japan(read_text, encoding: str) -> None:
    texts = {
        "cp1252": "Buchungstag;Empfänger;Betrag\n13.01.2024;Müller Straße;-4,50\n14.01.2024;Käse für Éric;-1,50\n",
        "cp932": "取引日,ご利用先,ご利用金額\n2024/01/13,サギの書店,450\n2024/01/14,ことり食堂,900\n",
    }
    titles = {"cp1252": ["Müller Straße", "Käse für Éric"], "cp932": ["サギの書店", "ことり食堂"]}
    assert [record.title for record in read_text(texts[encoding], encoding).records] == titles[encoding]


def test_points_before_three_digits_stand_between_thousands(propose, read_text) -> None:
    german = "Buchungsdatum;Empfänger;Betrag (€)\n10.12.24;Reiher;1.000\n01.10.24;Werft;-12.000\n"
    assert [record.extra["amount"] for record in read_text(german).records] == [1000, 12000]
    assert propose(german).columns.dates == "DMY", "who writes points begins with the day"
    assert (
        propose(AMERICAN.replace("-4.50", "-1,234").replace("120.00", "120").replace("-23.10", "-23")).columns.decimal
        == "."
    )


@pytest.mark.parametrize("newest_first", [True, False])
def test_the_balance_tells_what_was_spent(propose, read_text, newest_first: bool) -> None:
    """Even where more came in than was spent, and where a word in the type looks like spending."""
    moves = [("체크카드결제", -4500), ("입금", 10000), ("결제환급", 500), ("입금", 20000), ("체크카드결제", -700)]
    rows, balance = [], 100000
    for day, (kind, amount) in enumerate(moves, 1):
        balance += amount
        rows.append(f'2026.01.0{day} 09:00:00,두레 {day},{kind},"{amount:,}","{balance:,}"')
    head = "거래 일시,적요,거래 유형,거래 금액,거래 후 잔액"
    text = "\n".join([head, *(reversed(rows) if newest_first else rows)]) + "\n"
    assert propose(text).columns.spent == "negative"
    turned = text.replace('"-', '"').replace("체크카드결제", "출금")
    assert propose(turned).columns.spent == "positive", "all amounts without a sign, the type tells"
    assert sum(record.extra.get("direction") == "in" for record in read_text(text).records) == 3


def test_a_plus_is_money_that_came_in(propose, read_text) -> None:
    signed = "Datetime,Type,Note,From,To,Amount\n2024-01-13T09:00:00,Payment,tea,Gaon,Mir,{}$4.50\n" * 2
    mixed = signed.format("+ ", "- ")
    assert propose(mixed).columns.spent == "negative"
    assert [record.extra.get("direction") for record in read_text(mixed).records] == ["in", None]
    plain = "Date,Description,Amount\n2024-01-13,tea,4.50\n2024-01-14,thanks,+ 9.00\n"
    assert [record.extra.get("direction") for record in read_text(plain).records] == [None, "in"]


def test_a_statement_without_rows_is_nothing_to_confirm(read, write) -> None:
    reading = read(StatementImporter(), write("Buchungstag;Verwendungszweck;Betrag\n"))
    assert len(reading.matches) == 1 and reading.ignored == 1 and not reading.bad


def test_what_is_pending_comes_again_with_its_date(read_text) -> None:
    reading = read_text("Date Processed,Description,Amount\nPending,tea,4.50\n13-Dec-2024,boat,9.00\n")
    assert [record.title for record in reading.records] == ["boat"] and not reading.bad


def test_nothing_is_read_before_the_columns_are_confirmed(read, write) -> None:
    reading = read(StatementImporter(), write(BANK))
    assert reading.records == [] and [bad.code for bad in reading.bad] == ["columns-unconfirmed"]
    assert "date=거래일시,out=출금액(원)" in reading.bad[0].message and "--columns yes" in reading.bad[0].message


def test_what_is_no_statement_is_left_alone(read, write) -> None:
    for text in ("Title,Date\nHeron,1/2/24\n", "a,b\n1,2\n", "words\n", "date,steps\n2024-01-01,5\n"):
        assert read(StatementImporter(), write(text)).matches == []


def test_damaged_rows_are_told_and_remarks_are_not(read_text) -> None:
    damaged = BANK.replace("2026.01.03", "2026.xx.03") + "※ 이 내역은 참고용입니다\n"
    reading = read_text(damaged)
    assert [bad.code for bad in reading.bad] == ["no-date"] and len(reading.records) == 1
    assert [bad.code for bad in read_text(BANK.replace('"4,500",0', "four,0")).bad] == ["no-amount"]


def test_columns_can_be_said(write) -> None:
    tree = open_tree(write(AMERICAN))

    def columns(text: str) -> Columns:
        proposal = StatementImporter().propose(tree, "download.csv", Said.of(text))
        assert proposal is not None
        return proposal.columns

    said = columns("date=Post Date,amount=Amount,name=Description,spent=positive,currency=USD")
    assert said.roles == {"date": (1,), "amount": (5,), "name": (2,)}
    assert (said.spent, said.currency, said.dates) == ("positive", "USD", "MDY")
    assert columns("dates=DMY").dates == "DMY"
    for wrong in ("Amount", "day=Amount", "date=Nothing,amount=Amount", "date=Post Date", "dates=DYM"):
        with pytest.raises(ColumnsProblem):
            columns(wrong)


def test_columns_of_names_that_were_never_seen_can_be_said(read, write) -> None:
    path = write("Konto;Nr 5\nWann;Wieviel;Wofür\n05.03.2024;-1,50;Reiher\n25.03.2024;-2,50;Boot\n")
    assert StatementImporter().detect(open_tree(path)) == []
    said = Said.of("date=Wann,amount=Wieviel,text=Wofür,currency=EUR")
    proposal = StatementImporter().propose(open_tree(path), "download.csv", said)
    assert proposal is not None and (proposal.columns.dates, proposal.columns.decimal) == ("DMY", ",")
    records = read(StatementImporter({proposal.columns.header: proposal.columns}), path).records
    assert [(r.title, r.extra["amount"], r.account) for r in records] == [
        ("Reiher", 1.5, "Nr 5"),
        ("Boot", 2.5, "Nr 5"),
    ]


def test_columns_survive_being_said_and_being_kept(propose, write) -> None:
    for text in (BANK, CARD, AMERICAN, GERMAN):
        columns = propose(text).columns
        assert Columns.from_json(columns.json()) == columns
        again = StatementImporter().propose(open_tree(write(text)), "download.csv", Said.of(columns.said()))
        assert again is not None and again.columns == columns


@pytest.mark.parametrize(
    ("written", "order", "iso"),
    [
        ("2026.01.02 21:15:00", "YMD", "2026-01-02T21:15:00"),
        ("20260102211500", "YMD", "2026-01-02T21:15:00"),
        ("2026년 1월 2일 오후 9:15", "YMD", "2026-01-02T21:15"),
        ("26/01/02", "YMD", "2026-01-02"),
        ("02.01.26", "DMY", "2026-01-02"),
        ("1/2/2026 9:15 PM", "MDY", "2026-01-02T21:15"),
        ("2 Jan 2026", "YMD", "2026-01-02"),
        ("Jan 2, 2026", "YMD", "2026-01-02"),
        ("2026-01-02T21:15:00Z", "YMD", "2026-01-02T21:15:00Z"),
    ],
)
def test_dates_as_banks_write_them(written: str, order: str, iso: str) -> None:
    assert read_time(written, "", order).iso() == iso


@pytest.mark.parametrize("written", ["", "2026.13.02", "합계", "1234", "99/99/9999", "2026.02.30"])
def test_what_is_no_date(written: str) -> None:
    with pytest.raises(ValueError):
        read_time(written, "", "YMD")


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2068, 12, 31)), st.sampled_from("./-"), st.booleans())
def test_a_written_day_is_read_back_in_its_order(day: date, sign: str, short: bool) -> None:
    year = f"{day.year % 100:02d}" if short else str(day.year)
    parts = {"Y": year, "M": f"{day.month:02d}", "D": f"{day.day:02d}"}
    for order in ("YMD", "DMY", "MDY"):
        written = sign.join(parts[part] for part in order)
        assert read_time(written, "", order).day == day and order in possible_orders([written])


@pytest.mark.parametrize(
    ("written", "decimal", "amount"),
    [
        ("4,500", ".", "4500"),
        ("₩ 4,500원", ".", "4500"),
        ("-1,234.56", ".", "-1234.56"),
        ("−5", ".", "-5"),
        ("(12.50)", ".", "-12.50"),
        ("12.50-", ".", "-12.50"),
        ("△300", ".", "-300"),
        ("1.234,56", ",", "1234.56"),
        ("1 234,56 EUR", ",", "1234.56"),
        ("+$7", ".", "7"),
        ("12.50 DR", ".", "-12.50"),
    ],
)
def test_amounts_as_banks_write_them(written: str, decimal: str, amount: str) -> None:
    assert read_amount(written, decimal) == Decimal(amount)


@settings(deadline=None)
@given(st.decimals(-(10**9), 10**9, places=2))
def test_a_written_amount_is_read_back(amount: Decimal) -> None:
    assert read_amount(f"{amount:,}") == amount
    assert read_amount(f"{amount:,}".translate(str.maketrans(",.", ".,")), ",") == amount


def test_what_is_no_amount() -> None:
    assert read_amount("") is None and read_amount(" - ") is None
    for written in ("four", "1-2", "12:50", "0x5"):
        with pytest.raises(ValueError):
            read_amount(written)


def test_a_card_tells_the_clock_and_which_card_it_was(read_text) -> None:
    text = (
        "승인일,승인시각,카드구분,카드종류,가맹점명,승인금액,승인구분\n"
        "2026년 01월 02일,21:15,본인,다락카드,찻집,\"4,500원\",정상\n"
    )  # fmt: skip
    (record,) = read_text(text).records
    assert (record.time.iso(), record.account, record.extra["amount"]) == ("2026-01-02T21:15", "다락카드", 4500)


KAKAOBANK = [
    ["", "카카오뱅크 거래내역"],
    ["", "계좌번호", "", "3333-01-1234567"],
    ["", "거래일시", "구분", "거래금액", "거래 후 잔액", "거래구분", "내용", "메모"],
    ["", "2026.01.02 21:15:00", "입금", "3,000,000", "3,010,000", "일반입금", "일터", ""],
    ["", "2026.01.03 09:00:00", "입금", "10,000", "3,020,000", "일반입금", "왜가리", ""],
    ["", "2026.01.04 12:30:10", "출금", "-4,500", "3,015,500", "체크카드결제", "찻집", ""],
]


@pytest.fixture
def read_book(tmp_path: Path, read):
    """Reads the bytes of a workbook or a page as the statement that it seems to be."""

    def read_book(data: bytes, name: str = "거래내역.xls"):
        path = tmp_path / name
        path.write_bytes(data)
        proposal = StatementImporter().propose(open_tree(path), name)
        assert proposal is not None
        return read(StatementImporter({proposal.columns.header: proposal.columns}), path)

    return read_book


def page(rows: list[list[str]], encoding: str) -> bytes:
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>{lines}</table>".encode(encoding)


@pytest.mark.parametrize(
    "data",
    [xlsx({"1월": KAKAOBANK}), xml_workbook({"1월": KAKAOBANK}, "euc-kr"), page(KAKAOBANK, "cp949")],
    ids=["xlsx", "XML", "HTML"],
)
def test_a_statement_is_the_same_in_every_kind_of_file_that_banks_give(read_book, data) -> None:
    reading = read_book(data)
    assert [(r.kind, r.title, r.extra["amount"], r.extra.get("direction")) for r in reading.records] == [
        ("other", "일터", 3_000_000, "in"),
        ("other", "왜가리", 10_000, "in"),
        ("purchase", "찻집", 4_500, None),
    ]
    assert {r.account for r in reading.records} == {"3333-01-1234567"} and reading.bad == []
    assert reading.records[2].time.iso() == "2026-01-04T12:30:10"


def test_a_workbook_with_a_sheet_a_month_is_one_statement(read_book) -> None:
    reading = read_book(xlsx({"1월": KAKAOBANK, "비었음": [], "2월": [*KAKAOBANK[:3], *KAKAOBANK[5:]]}), "a.xlsx")
    assert [r.origin.locator for r in reading.records][2:] == ["sheet 1월 row 6", "sheet 2월 row 4"]


def test_workbooks_that_are_no_statement_stay_documents(tmp_path: Path) -> None:
    travel = [["날짜", "내용", "금액"], ["2024-03-01", "찻집", "4,500"]]
    for sheets in ({"여행": travel}, {"1월": KAKAOBANK, "메모": [["할 일"], ["왜가리 보기"]]}):
        path = tmp_path / "a.xlsx"
        path.write_bytes(xlsx(sheets))
        assert StatementImporter().detect(open_tree(path)) == []


def test_a_row_of_a_page_that_is_damaged_costs_no_other(read_book) -> None:
    damaged = page(KAKAOBANK, "utf-8").replace("<td>왜가리".encode(), "<xx>왜가리".encode())
    reading = read_book(damaged)
    assert [r.title for r in reading.records] == ["일터", "찻집"] and [bad.code for bad in reading.bad] == ["no-date"]


@pytest.mark.parametrize("newest_first", [True, False])
def test_the_balance_tells_which_sign_was_spent(read_book, newest_first: bool) -> None:
    rows = [
        ["", "2026.05.20 10:00:00", "일터", "입금", "1,000,000", "1,200,000"],
        ["", "2026.05.10 10:00:00", "왜가리", "입금", "100,000", "200,000"],
        ["", "2026.05.02 12:00:00", "찻집", "체크카드결제", "-5,000", "100,000"],
        ["", "2026.05.01 12:00:00", "일터", "입금", "5,000", "105,000"],
    ]
    header = ["", "거래 일시", "적요", "거래 유형", "거래 금액", "거래 후 잔액"]
    reading = read_book(xlsx({"토스뱅크 거래내역": [header, *(rows if newest_first else rows[::-1])]}), "toss.xlsx")
    assert sorted((r.title, r.kind) for r in reading.records if r.kind == "purchase") == [("찻집", "purchase")]


@pytest.mark.parametrize("newest_first", [True, False])
def test_a_statement_of_what_came_in_alone_has_nothing_spent(propose, newest_first: bool) -> None:
    rows = [
        f'2026.01.0{n} 09:00,두레,"{amount:,}","{balance:,}"'
        for n, amount, balance in ((1, 500, 500), (2, 500, 1000), (3, 700, 1700), (4, 900, 2600))
    ]
    text = "\n".join(["거래일시,내용,거래금액,잔액", *(reversed(rows) if newest_first else rows)]) + "\n"
    assert propose(text).columns.spent == "negative"
