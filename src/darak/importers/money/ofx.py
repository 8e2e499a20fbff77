"""OFX and QFX: the statements of banks, cards and brokers.

Detected by an <OFX> element with the message sets of OFX. Locators are "bytes A-B", the transaction. The native id is
the bank's own FITID within its account; where a file uses one for several transactions, their day and amount belong
to it. Spending is a purchase; balances are samples. A time of midnight or noon is what banks write for a day alone,
and one without a zone is the bank's own clock, whatever the specification says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.outcomes import unreadable
from darak.importers.importer import BadRow, Ignored, Item, Match, Units
from darak.importers.money.cells import read_amount
from darak.importers.money.ofx_elements import (
    BALANCE,
    BANK,
    SECURITY,
    WHOLE,
    Element,
    charset_of,
    count_elements,
    read_elements,
)
from darak.importers.money.transaction import number, plain, transaction
from darak.importers.tree import Tree
from darak.records.record import Origin, Sample
from darak.records.time import Precision, Time, ZoneSource, offset_name

_OFX = re.compile(rb"<OFX>\s*(?:<[^>]*>\s*)*?<(?:SIGNON|BANK|CREDITCARD|INVSTMT)MSGSRSV1>", re.IGNORECASE)
_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:OFXHEADER|<)", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"\D*(?:0,\d+|\d+,(?:\d{1,2}|\d{4,})|\d+(?:\.\d{3})+,\d+)\D*")
"""A comma that parts no thousands: behind a zero, before other than three digits, behind points that do."""
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?(\.\d+)?)?\s*(?:\[([+-]?[\d.]+)(?::\w*)?\])?.*")
_MOVED = frozenset(("XFER", "ATM", "CASH"))
"""Types of transactions whose money the owner still has, in another account or in hand."""
_WORDS = {"INVEXPENSE": "expense", "JRNLFUND": "moved", "JRNLSEC": "moved", "RETOFCAP": "return of capital"}


@dataclass(frozen=True)
class _Known:
    """What has to be known of the whole file: (account, FITID) that several transactions have; names of securities."""

    repeated: frozenset[tuple[str, str]]
    securities: Mapping[str, str]

    @classmethod
    def of(cls, elements: Iterable[Element]) -> _Known:
        seen: Counter[tuple[str, str]] = Counter()
        securities: dict[str, str] = {}
        for element in elements:
            fields = element.fields
            if element.name == SECURITY:
                securities[fields.get("UNIQUEID", "")] = fields.get("SECNAME") or fields.get("TICKER", "")
            elif "FITID" in fields:
                seen[_account(element), fields["FITID"]] += 1
        return cls(frozenset(key for key, count in seen.items() if count > 1), securities)

    def id(self, element: Element) -> str | None:
        fields = element.fields
        fitid = fields.get("FITID")
        if fitid is None or (_account(element), fitid) not in self.repeated:
            return fitid
        day = fields.get("DTPOSTED") or fields.get("DTTRADE", "")
        return f"{fitid} {day[:8]} {fields.get('TRNAMT') or fields.get('TOTAL', '')}"


class OfxImporter:
    name = "ofx"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        return [
            Match(self.name, (member.name,), 0.95, "a statement of a bank: OFX")
            for member in tree.members()
            if _BEGINS.match(head := tree.head(member.name)) and _OFX.search(head)
        ]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        (member,) = match.members
        charset = charset_of(tree.head(member))
        position = 0
        try:
            with tree.open(member) as stream:
                units = count_elements(stream)
            with tree.open(member) as stream:
                known = _Known.of(read_elements(stream, charset))
            yield Units(units)
            with tree.open(member) as stream:
                for element in read_elements(stream, charset):
                    position = element.end
                    if element.name == SECURITY:
                        continue
                    if element.problem == "no-beginning" or element.name == WHOLE:
                        yield Units(1)
                    yield self._item(element, Origin(member, f"bytes {element.start}-{element.end}"), known)
        except READ_ERRORS as error:
            yield from unreadable(member, position, error)

    def _item(self, element: Element, origin: Origin, known: _Known) -> Item:
        if element.problem:
            message = (
                "the file ends in the middle; download it again"
                if element.problem == "cut-off"
                else "a damaged transaction"
            )
            code = "cut-off" if element.problem == "cut-off" else "damaged-element"
            return BadRow(code, origin, message, element.raw)
        try:
            if element.name == BALANCE:
                if "BALAMT" not in element.fields:
                    return Ignored("no-balance", origin)
                return self._balance(element, origin)
            return (
                self._bank(element, origin, known) if element.name == BANK else self._security(element, origin, known)
            )
        except (KeyError, ValueError) as error:
            message = f"a transaction without a readable date or amount: {error}"
            return BadRow("damaged-element", origin, message, element.raw)

    def _bank(self, element: Element, origin: Origin, known: _Known) -> Item:
        fields, statement = element.fields, element.statement
        amount = _decimal(fields["TRNAMT"])
        kind = fields.get("TRNTYPE", "").upper()
        posted = fields["DTPOSTED"]
        return transaction(
            source=self.name,
            account=_account(element),
            time=_time(fields.get("DTUSER") or posted),
            amount=amount,
            currency=fields.get("CURRENCY.CURSYM") or statement.currency,
            title=_join(fields.get("NAME") or fields.get("PAYEE.NAME"), fields.get("EXTDNAME"))
            or fields.get("MEMO", ""),
            notes=[fields.get("MEMO", "")],
            moved=kind in _MOVED,
            origin=origin,
            native_id=known.id(element),
            extra={
                "type": kind.lower(),
                "check": fields.get("CHECKNUM"),
                "reference": fields.get("REFNUM"),
                "posted": posted[:8] if "DTUSER" in fields else None,
                "city": fields.get("PAYEE.CITY"),
                "original_currency": fields.get("ORIGCURRENCY.CURSYM"),
            },
        )

    def _security(self, element: Element, origin: Origin, known: _Known) -> Item:
        fields, statement = element.fields, element.statement
        total = fields.get("TOTAL")
        what = _WORDS.get(element.name, re.sub(r"(DEBT|MF|OPT|OTHER|STOCK)$", "", element.name).lower())
        security = known.securities.get(fields.get("UNIQUEID", ""), fields.get("UNIQUEID", ""))
        return transaction(
            source=self.name,
            account=_account(element),
            time=_time(fields["DTTRADE"]),
            amount=_decimal(total) if total else Decimal(0),
            currency=fields.get("CURRENCY.CURSYM") or statement.currency,
            title=_join(what, security),
            notes=[fields.get("MEMO", ""), _units(fields, price=True)],
            moved=True,
            origin=origin,
            native_id=known.id(element),
            extra={"type": element.name.lower(), "security": security, "units": _units(fields)},
        )

    def _balance(self, element: Element, origin: Origin) -> Item:
        statement = element.statement
        return Sample(
            source=self.name,
            account=_account(element),
            metric="account_balance",
            value=number(_decimal(element.fields["BALAMT"])),
            unit=statement.currency or "money",
            time=_time(element.fields["DTASOF"]),
            origin=origin,
            device=_account(element),
        )


def _account(element: Element) -> str:
    return "/".join(part for part in (element.statement.bank, element.statement.account) if part)


def _units(fields: Mapping[str, str], price: bool = False) -> str:
    if "UNITS" not in fields:
        return ""
    units = plain(_decimal(fields["UNITS"]))
    return f"{units} × {plain(_decimal(fields['UNITPRICE']))}" if price and "UNITPRICE" in fields else units


def _join(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _decimal(text: str) -> Decimal:
    """An amount as the specification has it, or with the comma, the separators and the signs that some banks write."""
    value = read_amount(text, "," if _DECIMAL_COMMA.fullmatch(text) else ".")
    if value is None:
        raise ValueError("an empty amount")
    return value


def _time(text: str) -> Time:
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"no date: {text!r}")
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    local = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), min(int(second or 0), 59))
    if not hour or (local.hour in (0, 12) and not local.minute and not local.second):
        return Time(text, local.replace(hour=0), Precision.DAY)
    precision = Precision.SECOND if second else Precision.MINUTE
    if fraction and int(fraction[1:]):
        local, precision = local.replace(microsecond=int(float(fraction) * 1000) * 1000), Precision.MILLISECOND
    if zone is None:
        return Time(text, local, precision)
    minutes = _zone_minutes(zone)
    if minutes == 0:
        return Time(text, local, precision, "UTC", ZoneSource.UTC)
    return Time(text, local, precision, offset_name(timedelta(minutes=minutes)), ZoneSource.EXPLICIT)


def _zone_minutes(zone: str) -> int:
    """Minutes east of UTC of "-5", "5.30" (hours and minutes), "+9"."""
    hours, _, rest = zone.lstrip("+-").partition(".")
    minutes = int(hours or 0) * 60 + int((rest + "0")[:2] if rest else 0)
    return -minutes if zone.startswith("-") else minutes
