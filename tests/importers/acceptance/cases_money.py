"""Cases of statements of banks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.importers.acceptance.case import Case


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


CASES = [
    Case(importer="ofx", id="1", write=write_sgml, text=word),
    Case(importer="ofx", id="2", write=write_xml, text=word),
]
