"""The times in the HTML form of Google's activity: the language's way to write them, and the zone's short name.

A zone's name stands for the offset that the account had on the day of the export, for all entries alike, summer or
winter. Names that stand for several zones (IST, CST in Chinese pages) give no zone.
"""

from __future__ import annotations

import re
from datetime import datetime

from darak.records.time import Precision, Time, ZoneSource

_MONTHS = (
    ("jan", "janv", "ene", "gen", "янв", "sty", "oca"),
    ("feb", "févr", "fev", "febr", "фев", "февр", "lut", "şub", "feb"),
    ("mar", "mars", "märz", "mrt", "мар", "мart", "mär", "мар"),
    ("apr", "avr", "abr", "апр", "kwi", "nis"),
    ("may", "mai", "mag", "mei", "maj", "мая", "май", "may"),
    ("jun", "juin", "juni", "giu", "июн", "cze", "haz"),
    ("jul", "juil", "juli", "lug", "июл", "lip", "tem"),
    ("aug", "août", "ago", "авг", "sie", "ağu"),
    ("sep", "sept", "set", "сен", "сент", "wrz", "eyl"),
    ("oct", "okt", "out", "ott", "окт", "paź", "eki"),
    ("nov", "ноя", "нояб", "lis", "kas"),
    ("dec", "déc", "dic", "dez", "дек", "gru", "ara"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_CLOCK = r"(?P<h>\d{1,2}):(?P<m>\d\d):(?P<s>\d\d)"
_ZONE = r"(?:\s+(?P<zone>[A-Z]{2,5}|(?:GMT|UTC)[+-]\d{1,2}(?::?\d\d)?|[+-]\d{2}:?\d\d))?"
_FORMS = tuple(
    re.compile(form + _ZONE)
    for form in (
        rf"(?P<month>[^\W\d]+)\.? (?P<d>\d+), (?P<y>\d{{4}}),? {_CLOCK}\s*(?P<half>[AP]M)",
        rf"(?P<d>\d+)\.? (?:de )?(?P<month>[^\W\d]+)\.?(?: de)? (?P<y>\d{{4}}),? {_CLOCK}"
        r"(?:\s*(?P<half>[apAP]\.?[mM]\.?))?",
        rf"(?P<y>\d{{4}})\. (?P<n>\d+)\. (?P<d>\d+)\. (?P<half>오전|오후) {_CLOCK}",
        rf"(?P<d>\d{{1,2}})\.(?P<n>\d{{1,2}})\.(?P<y>\d{{4}}),? {_CLOCK}",
        rf"(?P<y>\d{{4}})[/-](?P<n>\d+)[/-](?P<d>\d+),? {_CLOCK}",
        rf"(?P<y>\d{{4}})年(?P<n>\d+)月(?P<d>\d+)日 {_CLOCK}",
    )
)
_OFFSETS = {
    "KST": 540, "JST": 540, "SGT": 480, "HKT": 480, "PHT": 480, "AWST": 480, "WIB": 420, "ICT": 420, "AEST": 600,
    "AEDT": 660, "ACST": 570, "ACDT": 630, "NZST": 720, "NZDT": 780, "MSK": 180, "EET": 120, "EEST": 180, "TRT": 180,
    "CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120, "WET": 0, "WEST": 60, "GMT": 0, "BST": 60, "BRT": -180,
    "ART": -180, "AST": -240, "ADT": -180, "EST": -300, "EDT": -240, "CDT": -300, "CST": -360, "MST": -420,
    "MDT": -360, "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600,
}  # fmt: skip
_OFFSET = re.compile(r"(?:GMT|UTC)?([+-])(\d{1,2})(?::?(\d\d))?")


def written_time(text: str) -> Time | None:
    """The Time of a date and clock in one of the known languages; None when it is in none."""
    text = " ".join(text.split())
    match = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
    if match is None:
        return None
    found = match.groupdict()
    month = int(found["n"]) if found.get("n") else _MONTH.get(found["month"].lower(), 0)
    hour, half = int(found["h"]), (found.get("half") or "").replace(".", "").upper()
    if half:
        hour = hour % 12 + (12 if half in ("PM", "오후") else 0)
    try:
        local = datetime(int(found["y"]), month, int(found["d"]), hour, int(found["m"]), int(found["s"]))
    except ValueError:
        return None
    zone = _zone(found.get("zone") or "")
    source = ZoneSource.ASSUMED if zone is None else ZoneSource.UTC if zone == "UTC" else ZoneSource.EXPLICIT
    return Time(text, local, Precision.SECOND, zone, source)


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
