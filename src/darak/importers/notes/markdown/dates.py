"""The dates that notes carry: in front matter and in file names. Only forms whose order of day and month is sure."""

from __future__ import annotations

import re
from datetime import datetime

from darak.records.time import Precision, Time, ZoneSource, parse_iso

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}
_CLOCK = (
    r"(?:(?:[ ,T]|\s+at\s+|\s)\s*(?P<half>오전|오후)?\s*(?P<hour>\d{1,2})[:시]\s?(?P<minute>\d{2})분?"
    r"(?::(?P<second>\d{2}))?(?:\.\d+)?\s*(?P<meridiem>[AaPp]\.?[Mm]\.?)?\s*(?P<offset>Z|[+-]\d{2}:?\d{2})?)?"
)
_WEEKDAY = (
    r"(?:\s*\(?(?:[월화수목금토일](?:요일)?(?![가-힣])"
    r"|(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?)\)?)?"
)
_FORMS = tuple(
    re.compile(form + _CLOCK)
    for form in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})" + _WEEKDAY,
        r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})",
        r"(?P<year>\d{4})\.\s?(?P<month>\d{1,2})\.\s?(?P<day>\d{1,2})\.?" + _WEEKDAY,
        r"(?P<year>\d{4})년\s?(?P<month>\d{1,2})월\s?(?P<day>\d{1,2})일" + _WEEKDAY,
        r"(?:[A-Za-z]{3,9},?\s+)?(?P<name>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4}),?",
        r"(?:[A-Za-z]{3,9},?\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<name>[A-Za-z]{3,9})\.?,?\s+(?P<year>\d{4}),?",
    )
)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
_YEAR = r"(?<!\d)(?P<date>(?P<year>(?:19|20)\d\d)"
_NAMED = re.compile(_YEAR + r"(?:[-_.]|년\s?)(?P<month>\d{1,2})(?:[-_.]|월\s?)(?P<day>\d{1,2})일?)(?!\d)")
_NAMED_DIGITS = re.compile(_YEAR + r"(?P<month>\d\d)(?P<day>\d\d)(?P<clock>\d{4}|\d{6})?)(?!\d)")
_NAMED_MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)(?:-|년\s?)(?P<month>\d{1,2})월?")


def written_date(text: str) -> Time | None:
    """The time of a front matter value, or None when it is no date whose reading is sure.

    ISO 8601, Korean (2021년 3월 4일, 2021. 3. 4.), English with the month's name, 20210304 and 202103041530.
    """
    text = text.strip().strip("\"'[]")
    try:
        if re.match(r"\d{4}(-|$)", text):
            return parse_iso(text)
    except (ValueError, IndexError):
        pass
    if digits := _DIGITS.fullmatch(text):
        return _time(text, *(int(part) if part else None for part in digits.groups()))
    for form in _FORMS:
        if match := form.fullmatch(text):
            return _from_form(text, match)
    return None


def _from_form(text: str, match: re.Match[str]) -> Time | None:
    parts = match.groupdict()
    name = parts.get("name")
    month = _MONTHS.get(name.lower()) if name else int(parts["month"])
    if month is None:
        return None
    hour = int(parts["hour"]) if parts["hour"] else None
    half = (parts["half"] or parts["meridiem"] or "").lower()
    if hour is not None and half:
        hour = hour % 12 + (12 if half == "오후" or half.startswith("p") else 0)
    minute = int(parts["minute"]) if parts["minute"] else None
    second = int(parts["second"]) if parts["second"] else None
    time = _time(text, int(parts["year"]), month, int(parts["day"]), hour, minute, second)
    offset = parts["offset"]
    if time is None or offset is None:
        return time
    if offset == "Z":
        return Time(text, time.local, time.precision, "UTC", ZoneSource.UTC)
    zone = offset if ":" in offset else f"{offset[:3]}:{offset[3:]}"
    return Time(text, time.local, time.precision, zone, ZoneSource.EXPLICIT)


def date_in_name(name: str) -> Time | None:
    """The date that a file's name holds: 2021-03-04, 2021_03_04, 20210304, 202103041530, 2021년 3월 4일, or a month."""
    if month := _NAMED_MONTH.fullmatch(name.strip()):
        try:
            return Time(month[0], datetime(int(month["year"]), int(month["month"]), 1), Precision.MONTH)
        except ValueError:
            return None
    for match in (*_NAMED.finditer(name), *_NAMED_DIGITS.finditer(name)):
        clock = match.groupdict().get("clock") or ""
        hour, minute, second = (int(clock[at : at + 2]) if clock[at : at + 2] else None for at in (0, 2, 4))
        date = (int(match["year"]), int(match["month"]), int(match["day"]))
        if time := _time(match["date"], *date, hour, minute, second):
            return time
    return None


def _time(
    written: str,
    year: int | None,
    month: int | None,
    day: int | None,
    hour: int | None = None,
    minute: int | None = None,
    second: int | None = None,
) -> Time | None:
    try:
        local = datetime(year or 0, month or 0, day or 0, hour or 0, minute or 0, second or 0)
    except ValueError:
        return None
    if hour is None:
        return Time(written, local, Precision.DAY)
    return Time(written, local, Precision.MINUTE if second is None else Precision.SECOND)
