"""Cases of statements of banks."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from tests.importers.acceptance.case import Case
from tests.importers.written_documents import xlsx

from darak.importers.money.columns import Columns
from darak.importers.money.statement import StatementImporter


def word(number: int) -> str:
    return f"heron{number:03d}"


def ofx_transaction(number: int, end: str) -> str:
    fields = {
        "TRNTYPE": "POS",
        "DTPOSTED": f"202403{number + 1:02d}",
        "TRNAMT": f"-{number + 1}.50",
        "FITID": f"f{number}",
        "NAME": f"{word(number)} 카페",
    }
    lines = [f"<{name}>{value}{end.format(name)}\n" for name, value in fields.items()]
    return f"<STMTTRN>\n{''.join(lines)}</STMTTRN>\n"


def write_ofx(folder: Path, numbers: Sequence[int], header: str, end: str) -> Path:
    path = folder / "statement"
    account = "".join(f"<{n}>{v}{end.format(n)}\n" for n, v in (("BANKID", "10020"), ("ACCTID", "111-222")))
    transactions = "".join(ofx_transaction(number, end) for number in numbers)
    path.write_text(
        f"{header}<OFX>\n<BANKMSGSRSV1><STMTTRNRS><STMTRS>\n<CURDEF>EUR{end.format('CURDEF')}\n"
        f"<BANKACCTFROM>\n{account}</BANKACCTFROM>\n<BANKTRANLIST>\n{transactions}</BANKTRANLIST>\n"
        "</STMTRS></STMTTRNRS></BANKMSGSRSV1>\n</OFX>\n",
        "utf-8",
    )
    return path


def write_sgml(folder: Path, numbers: Sequence[int]) -> Path:
    return write_ofx(folder, numbers, "OFXHEADER:100\nDATA:OFXSGML\nENCODING:UTF-8\n\n", "")


def write_xml(folder: Path, numbers: Sequence[int]) -> Path:
    return write_ofx(folder, numbers, '<?xml version="1.0"?>\n<?OFX OFXHEADER="200"?>\n', "</{}>")


HEADER = ("거래일시", "적요", "보낸분/받는분", "출금액(원)", "입금액(원)", "잔액(원)", "거래점")
ROLES = {"date": (0,), "out": (3,), "in": (4,), "balance": (5,), "name": (2,), "text": (1,)}


def write_statement(folder: Path, numbers: Sequence[int]) -> Path:
    """With a block above the header and a row of sums, in cp949, as banks in Korea write them."""
    rows = [f'2026.01.{n + 1:02d} 21:15:00,체크카드,"{word(n)}, 빵","{n + 1},500",0,"1,234,500",강남' for n in numbers]
    lines = [
        "조회기간,2026.01.01 ~ 2026.01.31",
        "계좌번호,123-***-789",
        "",
        ",".join(HEADER),
        *rows,
        '합계,,,"9,500",0,,',
    ]
    path = folder / "statement.csv"
    path.write_text("\n".join(lines) + "\n", "cp949")
    return path


def statement_row(number: int) -> list[str]:
    return [
        f"2026.01.{number + 1:02d} 21:15:00",
        "체크카드",
        f"{word(number)}, 빵",
        f"{number + 1},500",
        "",
        "9",
        "강남",
    ]


def write_workbook(folder: Path, numbers: Sequence[int]) -> Path:
    path = folder / "거래내역.xlsx"
    rows = [
        ["계좌번호", "", "123-***-789"],
        [],
        list(HEADER),
        *(statement_row(n) for n in numbers),
        ["합계", "", "", "9"],
    ]
    path.write_bytes(xlsx({"거래내역": rows}))
    return path


def row_of_sheet(path: Path, _: str, locator: str) -> str:
    number = locator.removeprefix("sheet 거래내역 row ")
    with zipfile.ZipFile(path) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    return sheet.partition(f'<row r="{number}">')[2].partition("</row>")[0]


def write_html_table(folder: Path, numbers: Sequence[int]) -> Path:
    """In cp949 under the name .xls, with a title over all columns, as banks in Korea write them."""
    path = folder / "거래내역.xls"
    title = f'<tr><td colspan="{len(HEADER)}">거래내역 조회</td></tr>\n'
    rows = [HEADER, *(statement_row(number) for number in numbers)]
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in rows)
    page = f'<meta http-equiv="Content-Type" content="text/html; charset=euc-kr">\n<table>\n{title}{lines}</table>\n'
    path.write_bytes(page.encode("cp949"))
    return path


def confirmed() -> StatementImporter:
    return StatementImporter({HEADER: Columns(HEADER, ROLES, currency="KRW")})


CASES = [
    Case(importer="bank", write=write_statement, text=word, make=confirmed),
    Case(
        importer="bank",
        id="workbook",
        write=write_workbook,
        text=word,
        make=confirmed,
        streams=False,
        find=row_of_sheet,
    ),
    Case(importer="bank", id="HTML", write=write_html_table, text=word, make=confirmed),
    Case(importer="ofx", id="1", write=write_sgml, text=word),
    Case(importer="ofx", id="2", write=write_xml, text=word),
]
