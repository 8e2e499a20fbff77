"""Dates and amounts as statements of banks write them. The order of day and month is given, never guessed here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal, InvalidOperation

from darak.records.time import Precision, Time, parse_iso

ORDERS = ("YMD", "DMY", "MDY")
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)")
_PARTS = re.compile(r"(\d{1,4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,4})\s*[일.]?(?!\d)")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:(?=\d{6}$)|(?!\d))")
_DAY_MONTH = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4}|\d\d)(?!\d)")
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})(?!\d)")
_CLOCK = re.compile(r"(오전|오후|AM|PM)?\s*(\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?\s*(AM|PM)?", re.IGNORECASE)
_COMPACT_CLOCK = re.compile(r"(\d\d)(\d\d)(\d\d)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UNITS = re.compile(r"(?i)[₩￦$€£¥円원]|\b(?:KRW|USD|EUR|GBP|JPY|CHF|AUD|CAD|CNY|HKD|SGD)\b|[\s\u00a0\u202f'’]")
_SIGNS = re.compile(r"(?i)^[-−△▲(+]+|[-−)+]*(?:[CD]R)?$")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|[.,]\d+")
_DECIMAL_COMMA = re.compile(r"\d,\d{1,2}(?!\d)[^\d,.]*$")
_DECIMAL_POINT = re.compile(r"\.\d{1,2}(?!\d)[^\d,.]*$")
_POINTED_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3})+(?![\d.,])")
_DOTTED = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}\.?(?!\d)")


def read_time(date: str, clock: str, order: str) -> Time:
    """The time of a cell with a date, and of one with a clock if there is one. ValueError when it is none."""
    written = f"{date} {clock}".strip()
    if _ISO.fullmatch(date):
        return parse_iso(date.replace(" +", "+").replace(" Z", "Z"))
    year, month, day, rest = _date(date, order)
    hour, minute, second = _clock(clock or rest)
    if hour is None:
        return Time(written, datetime(year, month, day), Precision.DAY)
    precision = Precision.MINUTE if second is None else Precision.SECOND
    return Time(written, datetime(year, month, day, hour, minute, second or 0), precision)


def possible_orders(dates: Iterable[str]) -> list[str]:
    """The orders of year, month and day in which all the dates are some; all of them where months have names."""
    left: list[str] = list(ORDERS)
    for date in dates:
        left = [order for order in left if _is_date(date, order)]
        if not left:
            break
    return left


def is_dotted(date: str) -> bool:
    """Whether points stand between day, month and year: who writes the month first writes other signs."""
    return _DOTTED.match(date.strip()) is not None


def order_matters(date: str) -> bool:
    """Whether the date is three numbers of which the year cannot be known by its size or place."""
    match = _PARTS.match(date.strip())
    return match is not None and len(match[1]) != 4


def read_amount(text: str, decimal: str = ".") -> Decimal | None:
    """The number of a cell; None when it is empty. ValueError when it is none."""
    body = _UNITS.sub("", text)
    negative = body[:1] in ("-", "−", "△", "▲", "(") or body[-1:] in ("-", "−") or body.upper().endswith("DR")
    digits = _SIGNS.sub("", body)
    if not digits:
        return None
    if not _NUMBER.fullmatch(digits):
        raise ValueError(f"no amount: {text!r}")
    thousands = "," if decimal == "." else "."
    try:
        value = Decimal(digits.replace(thousands, "").replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(f"no amount: {text!r}") from error
    return -value if negative else value


def decimal_sign(amounts: Iterable[str]) -> str:
    """Whether "." or "," stands before the parts of a unit."""
    found = [amount for amount in amounts if amount]
    commas = sum(bool(_DECIMAL_COMMA.search(amount)) for amount in found)
    points = sum(bool(_DECIMAL_POINT.search(amount)) for amount in found)
    if not commas and not points:  # no unit of money has thousandths
        commas = sum(bool(_POINTED_THOUSANDS.search(amount)) for amount in found)
        points = sum("," in amount for amount in found)
    return "," if commas > points else "."


def _is_date(text: str, order: str) -> bool:
    try:
        read_time(text, "", order)
    except ValueError:
        return False
    return True


def _date(text: str, order: str) -> tuple[int, int, int, str]:
    """(year, month, day, what stands behind them)."""
    text = text.strip()
    if match := _COMPACT.match(text):
        year, month, day = map(int, match.groups())
    elif match := _PARTS.match(text):
        parts = dict(zip(order, match.groups(), strict=True))
        if len(parts["Y"]) not in (2, 4) or len(parts["M"]) > 2 or len(parts["D"]) > 2:
            raise ValueError(f"no date: {text!r}")
        year, month, day = int(parts["Y"]), int(parts["M"]), int(parts["D"])
    elif match := _DAY_MONTH.match(text):
        year, month, day = int(match[3]), _month(match[2]), int(match[1])
    elif match := _MONTH_DAY.match(text):
        year, month, day = int(match[3]), _month(match[1]), int(match[2])
    else:
        raise ValueError(f"no date: {text!r}")
    if year < 100:
        year += 2000
    datetime(year, month, day)
    return year, month, day, text[match.end() :]


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _clock(text: str) -> tuple[int | None, int, int | None]:
    text = text.strip()
    if match := _CLOCK.search(text):
        half = (match[1] or match[5] or "").upper()
        hour = int(match[2])
        if half:
            hour = hour % 12 + (12 if half in ("오후", "PM") else 0)
        return hour, int(match[3]), int(match[4]) if match[4] else None
    if match := _COMPACT_CLOCK.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3]) if match[3] else None
    return None, 0, None
