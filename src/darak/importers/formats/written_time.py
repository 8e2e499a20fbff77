"""Times as Google's and Meta's pages write them: in the account's language, with or without a zone's short name.

A zone's name stands for the offset that the account had on the day of the export, for all entries alike, summer or
winter. Names that stand for several zones (IST, CST in Chinese pages) give no zone.
"""

from __future__ import annotations

import re
from datetime import datetime

from darak.records.time import Precision, Time, ZoneSource

_MONTHS = (
    ("jan", "янв", "ene", "gen", "sty", "oca"),
    ("feb", "fév", "fev", "фев", "lut", "şub", "helmi"),
    ("mar", "mär", "mrt", "maart", "maa", "мар"),
    ("apr", "avr", "abr", "апр", "kwi", "nis"),
    ("may", "mai", "mag", "mei", "maj", "мая", "май"),
    ("jun", "juin", "giu", "июн", "cze", "haz"),
    ("jul", "juil", "lug", "июл", "lip", "tem"),
    ("aug", "aoû", "ago", "agu", "авг", "sie", "ağu"),
    ("sep", "set", "сен", "wrz", "eyl"),
    ("oct", "okt", "out", "ott", "окт", "paź", "eki"),
    ("nov", "ноя", "lis", "kas"),
    ("dec", "déc", "dic", "dez", "des", "дек", "gru", "ara"),
)
"""What the names of months begin with, in short and in full."""
_MONTH = sorted(
    ((name, number) for number, names in enumerate(_MONTHS, 1) for name in names), key=lambda one: -len(one[0])
)
_CLOCK = r"(?P<h>\d{1,2}):(?P<m>\d\d)(?::(?P<s>\d\d))?"
_HALF = (
    r"(?P<half>[ap]\.?\s?m\.?|오전|오후|午前|午後|上午|下午|öö|ös|sa|ch|sáng|chiều|tối"
    r"|d(?:a|e la) (?:manhã|tarde/noite|tarde|noite|mañana|noche))"
)
_AFTERNOON = ("p", "오후", "午後", "下午", "ös", "ch", "tối", "da tarde", "da noite", "de la tarde", "de la noche")
_NAME = r"(?P<month>[^\W\d]{3,12})\.?"
_AT = r",? (?:(?:at|um|à|a las|alle|às) )?"
_ZONE = r"(?:\s+(?P<zone>[A-Z]{2,5}|(?:GMT|UTC)[+-]\d{1,2}(?::?\d\d)?|[+-]\d{2}:?\d\d))?"
_FORMS = tuple(
    re.compile(form + _ZONE, re.IGNORECASE)
    for form in (
        rf"{_NAME} (?P<d>\d{{1,2}}), (?P<y>\d{{4}}){_AT}{_CLOCK}(?:\s*{_HALF})?",
        rf"(?P<d>\d{{1,2}})\.? (?:de )?{_NAME}(?: de)? (?P<y>\d{{4}}){_AT}{_CLOCK}(?:\s*{_HALF})?",
        rf"(?P<y>\d{{4}})[년年.] ?(?P<n>\d{{1,2}})[월月.] ?(?P<d>\d{{1,2}})[일日.]? ?(?:{_HALF} ?)?{_CLOCK}",
        rf"(?P<n>\d{{1,2}})[월月] (?P<d>\d{{1,2}}), (?P<y>\d{{4}}),? {_CLOCK}(?:\s*{_HALF})?",
        rf"tháng (?P<n>\d{{1,2}}) (?P<d>\d{{1,2}}), (?P<y>\d{{4}}),? {_CLOCK}(?:\s*{_HALF})?",
        rf"(?P<d>\d{{1,2}})\.(?P<n>\d{{1,2}})\.(?P<y>\d{{4}}),? {_CLOCK}",
        rf"(?P<y>\d{{4}})[/-](?P<n>\d{{1,2}})[/-](?P<d>\d{{1,2}}),? {_CLOCK}",
    )
)
_OFFSETS = {
    "KST": 540, "JST": 540, "SGT": 480, "HKT": 480, "PHT": 480, "AWST": 480, "WIB": 420, "ICT": 420, "AEST": 600,
    "AEDT": 660, "ACST": 570, "ACDT": 630, "NZST": 720, "NZDT": 780, "MSK": 180, "EET": 120, "EEST": 180, "TRT": 180,
    "CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120, "WET": 0, "WEST": 60, "GMT": 0, "BST": 60, "BRT": -180,
    "ART": -180, "AST": -240, "ADT": -180, "EST": -300, "EDT": -240, "CDT": -300, "CST": -360, "MST": -420,
    "MDT": -360, "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600,
}  # fmt: skip
_WEEKDAY = re.compile(r"\s?(?:星期[一二三四五六日天]|[月火水木金土日]曜日|[월화수목금토일]요일),?")
_KOREAN_CLOCK = re.compile(r"(\d{1,2})시\s?(\d{1,2})분(?:\s?(\d{1,2})초)?")
_BEHIND = re.compile(r"(?<=\d)\s?[가-힣ぁ-ん][가-힣ぁ-ん\s]*$")
"""What Korean and Japanese say behind a time, such as 에 추가됨."""
_WORD = re.compile(r"(?<![^\W_])[^\W_]|(?<!\d)\d")
_OFFSET = re.compile(r"(?:GMT|UTC)?([+-])(\d{1,2})(?::?(\d\d))?")


def written_time(text: str) -> Time | None:
    """The Time of a date and clock in one of the known languages; None when it is in none."""
    text = " ".join(text.split())
    match = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
    if match is None:
        return None
    found = match.groupdict()
    month = int(found["n"]) if found.get("n") else _month(found["month"].lower())
    hour, half = int(found["h"]), (found.get("half") or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith(_AFTERNOON) else 0)
    try:
        local = datetime(int(found["y"]), month, int(found["d"]), hour, int(found["m"]), int(found["s"] or 0))
    except ValueError:
        return None
    zone = _zone(found.get("zone") or "")
    source = ZoneSource.ASSUMED if zone is None else ZoneSource.UTC if zone == "UTC" else ZoneSource.EXPLICIT
    return Time(text, local, Precision.SECOND if found["s"] else Precision.MINUTE, zone, source)


def time_at_end(text: str) -> Time | None:
    """The Time that a text ends with, behind words such as "Added on Friday,"; None when it ends with none."""
    plain = _KOREAN_CLOCK.sub(_with_colons, _WEEKDAY.sub(" ", text))
    plain = _BEHIND.sub("", plain)
    times = (written_time(plain[match.start() :].strip()) for match in _WORD.finditer(plain))
    time = next((time for time in times if time), None)
    return Time(text.strip(), time.local, time.precision, time.zone, time.zone_source) if time else None


def _with_colons(clock: re.Match[str]) -> str:
    return ":".join(number.zfill(2) for number in clock.groups() if number)


def _month(name: str) -> int:
    return next((number for beginning, number in _MONTH if name.startswith(beginning)), 0)


def _zone(name: str) -> str | None:
    if name in ("UTC", "Z"):
        return "UTC"
    minutes = _OFFSETS.get(name)
    if minutes is None:
        offset = _OFFSET.fullmatch(name)
        if offset is None:
            return None
        return f"{offset[1]}{int(offset[2]):02d}:{offset[3] or '00'}"
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
