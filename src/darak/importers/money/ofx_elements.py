"""The transactions of an OFX file, of the SGML of OFX 1 and the XML of OFX 2, each with its place and its account.

Format: https://www.ofx.net/downloads.html (sections 11 and 13). In OFX 1 elements with a value have no end tag, in
OFX 2 they have; aggregates have one in both. Where a tag is damaged, the next transaction begins anew.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from darak.importers.formats.decoding import codec_of

BANK = "STMTTRN"
INVESTMENTS = frozenset(
    (
        *("BUYDEBT", "BUYMF", "BUYOPT", "BUYOTHER", "BUYSTOCK", "CLOSUREOPT", "INCOME", "INVEXPENSE", "JRNLFUND"),
        *("JRNLSEC", "MARGININTEREST", "REINVEST", "RETOFCAP", "SELLDEBT", "SELLMF", "SELLOPT", "SELLOTHER"),
        *("SELLSTOCK", "SPLIT", "TRANSFER"),
    )
)
BALANCE = "LEDGERBAL"
_UNITS = frozenset((BANK, BALANCE, *INVESTMENTS))
SECURITY = "SECINFO"
WHOLE = "OFX"
_ELEMENTS = _UNITS | {SECURITY}
_STATEMENTS = frozenset(("STMTRS", "CCSTMTRS", "INVSTMTRS"))
_ACCOUNTS = frozenset(("BANKACCTFROM", "CCACCTFROM", "INVACCTFROM"))
_INNER = frozenset(("PAYEE", "BANKACCTTO", "CCACCTTO", "CURRENCY", "ORIGCURRENCY", "IMAGEDATA"))
"""Aggregates within a transaction whose elements have names that the transaction has, too."""
_TAG = re.compile(rb"<(/?)([A-Za-z][\w.]*)\s*>((?:[^<]|<!\[CDATA\[.*?\]\]>)*+)", re.DOTALL)
_START = re.compile(rb"<(?:" + "|".join(sorted(_UNITS)).encode() + rb")\s*>", re.IGNORECASE)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_CHARSET = re.compile(rb"CHARSET:\s*([\w-]+)")
_CHUNK = 1 << 20
_LONGEST = 1 << 20


@dataclass
class Statement:
    """The account that a transaction is of; the currency of its amounts."""

    bank: str = ""
    account: str = ""
    kind: str = ""
    currency: str = ""


@dataclass
class Element:
    """One transaction or balance at bytes [`start`, `end`); elements of inner aggregates are named PAYEE.NAME.

    `problem` is "no-beginning" or "no-end" where a tag is damaged, or "cut-off".
    """

    name: str
    start: int
    statement: Statement
    fields: dict[str, str] = field(default_factory=dict[str, str])
    end: int = 0
    raw: bytes = b""
    problem: str = ""


def count_elements(stream: BinaryIO) -> int:
    """How many transactions and balances begin in the file."""
    count, rest = 0, b""
    while chunk := stream.read(_CHUNK):
        data = rest + chunk
        cut = max(data.rfind(b"<"), len(data) - _LONGEST)
        count += len(_START.findall(data[:cut]))
        rest = data[cut:]
    return count + len(_START.findall(rest))


def charset_of(head: bytes) -> str:
    """The codec of what is not UTF-8: the one that the header declares, else Windows-1252."""
    declared = _CHARSET.search(head)
    name = declared[1].decode() if declared else ""
    return codec_of(f"cp{name}" if name.isdigit() else name) or "cp1252"


def read_elements(stream: BinaryIO, charset: str) -> Iterator[Element]:
    """Transactions and balances in the order of the file, and the SECURITY descriptions behind them.

    The last is a WHOLE, "cut-off", when the file ends between two of them.
    """
    yield from _Reader(charset).read(stream)


class _Reader:
    def __init__(self, charset: str) -> None:
        self._charset = charset
        self._statement = Statement()
        self._open: Element | None = None
        self._raw: list[bytes] = []
        self._inner = ""
        self._in_account = False
        self._ended = False

    def read(self, stream: BinaryIO) -> Iterator[Element]:
        position, buffer = 0, b""
        while True:
            chunk = stream.read(_CHUNK)
            buffer += chunk
            # A tag whose value may go on in the next chunk waits for it.
            limit = len(buffer) if not chunk or len(buffer) > 2 * _LONGEST else buffer.rfind(b"<")
            done = 0
            for tag in _TAG.finditer(buffer, 0, max(limit, 0)):
                yield from self._take(tag, position + tag.start(), buffer[done : tag.start()])
                done = tag.end()
            position += done
            buffer = buffer[done:]
            if not chunk:
                break
        if self._open is not None:
            self._raw.append(buffer)
            yield self._close(self._open, position + len(buffer), "cut-off")
        elif not self._ended:
            end = position + len(buffer)
            yield Element(WHOLE, position, self._statement, end=end, raw=buffer, problem="cut-off")

    def _take(self, tag: re.Match[bytes], at: int, between: bytes) -> Iterator[Element]:
        ends, name = bool(tag[1]), tag[2].decode("ascii", "replace").upper()
        if self._open is not None:
            self._raw.append(between)
        if ends:
            end = at + tag.start(3) - tag.start()
            yield from self._end(name, at, end, tag[0][: tag.start(3) - tag.start()])
            return
        if name in _ELEMENTS and not (self._open is not None and self._open.name == BANK and name != BANK):
            if self._open is not None:
                yield self._close(self._open, at, "no-end")
            self._open = Element(name, at, self._statement)
            self._raw = []
        if self._open is not None:
            self._raw.append(tag[0])
        value = self._text(tag[3])
        if name in _STATEMENTS:
            self._statement = Statement()
        elif name in _ACCOUNTS:
            self._in_account = True
        elif name == "CURDEF":
            self._statement.currency = value
        elif self._in_account:
            self._describe(name, value)
        elif self._open is not None:
            if name in _INNER:
                self._inner = name + "."
            elif value:
                self._open.fields.setdefault(self._inner + name, value)

    def _describe(self, name: str, value: str) -> None:
        statement = self._statement
        if name in ("BANKID", "BROKERID"):
            statement.bank = value
        elif name == "ACCTID":
            statement.account = value
        elif name == "ACCTTYPE":
            statement.kind = value

    def _end(self, name: str, at: int, end: int, raw: bytes) -> Iterator[Element]:
        if name == WHOLE:
            self._ended = True
        elif name in _ACCOUNTS:
            self._in_account = False
        elif name in _INNER:
            self._inner = ""
        if self._open is not None:
            self._raw.append(raw)
        if name not in _ELEMENTS or (self._open is not None and name != self._open.name):
            return
        if self._open is None:
            # The beginning was damaged: what it was cannot be known any more, but that it was.
            yield Element(name, at, self._statement, end=end, raw=raw, problem="no-beginning")
        else:
            yield self._close(self._open, end, "")

    def _close(self, element: Element, end: int, problem: str) -> Element:
        element.end, element.problem = end, problem
        element.raw = b"".join(self._raw)
        self._open, self._inner = None, ""
        return element

    def _text(self, data: bytes) -> str:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode(self._charset, "replace")
        return html.unescape(_CDATA.sub(r"\1", text)).strip() if text.strip() else ""
