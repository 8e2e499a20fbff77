"""The columns of Strava's activities.csv in the languages of accounts, and how each writes its dates."""

from __future__ import annotations

import re
from datetime import datetime

COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("Activity ID", "Aktivitäts-ID"),
    "date": ("Activity Date", "Aktivitätsdatum"),
    "name": ("Activity Name", "Name der Aktivität"),
    "type": ("Activity Type", "Aktivitätsart"),
    "description": ("Activity Description", "Aktivitätsbeschreibung"),
    "elapsed": ("Elapsed Time 2", "Verstrichene Zeit 2", "Elapsed Time", "Verstrichene Zeit"),
    "moving": ("Moving Time", "Bewegungszeit"),
    "metres": ("Distance 2", "Distanz 2"),
    "kilometres": ("Distance", "Distanz"),
    "heart_rate": ("Average Heart Rate", "Durchschnittliche Herzfrequenz"),
    "max_heart_rate": ("Max Heart Rate", "Max. Herzfrequenz"),
    "calories": ("Calories", "Kalorien"),
    "ascent": ("Elevation Gain", "Höhenzunahme"),
    "power": ("Average Watts", "Durchschnittliche Watt"),
    "gear": ("Activity Gear", "Aktivitätsausrüstung"),
    "note": ("Activity Private Note", "Hinweis zur Privatsphäre für Aktivitäten"),
    "file": ("Filename", "Dateiname"),
}
"""What a column means, by its header; a second column of the same name holds the value in SI units.

In other languages the first columns are known by their place and the file by its form.
"""
BY_POSITION: tuple[str, ...] = ("id", "date", "name", "type", "description")
"""The first columns in every language."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier janv enero ene gennaio gen januari janeiro",
            "feb february februar février févr fev febrero febbraio februari fevereiro",
            "mar march märz mär mars marzo maart mrt março",
            "apr april avril avr abril abr aprile",
            "may mai mayo maggio mag mei maio",
            "jun june juni juin junio giugno giu junho",
            "jul july juli juillet juil julio luglio lug julho",
            "aug august août aout agosto ago augustus",
            "sep sept september septembre septiembre settembre set setembro",
            "oct okt october oktober octobre octubre ottobre ott outubro out",
            "nov november novembre noviembre novembro",
            "dec dez december dezember décembre déc diciembre dic dicembre dezembro",
        ),
        1,
    )
    for name in names.split()
}
_CLOCK = (
    r",?\s+(?:(?P<before>오전|오후|午前|午後)\s*)?(?P<h>\d{1,2}):(?P<i>\d{2}):(?P<s>\d{2})"
    r"(?:\s*(?P<after>[AaPp]\.?\s?[Mm]\.?))?"
)
_DATES = tuple(
    re.compile(date + _CLOCK)
    for date in (
        r"(?P<month>[^\W\d]+)\.? (?P<d>\d{1,2}), (?P<y>\d{4})",
        r"(?P<d>\d{1,2})\.? (?:de )?(?P<month>[^\W\d]+)\.? (?:de )?(?P<y>\d{4})",
        r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})",
        r"(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})",
        r"(?P<y>\d{4})\. ?(?P<m>\d{1,2})\. ?(?P<d>\d{1,2})\.?",
        r"(?P<y>\d{4})년 ?(?P<m>\d{1,2})월 ?(?P<d>\d{1,2})일",
        r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日",
    )
)
"""No form with slashes and the year at the end: its order of day and month cannot be known."""


def moment(written: str) -> datetime | None:
    """The date and time of a row, in UTC; None when it is in no form that is known."""
    text = re.sub(r"\s+", " ", written.strip())
    for form in _DATES:
        if found := form.fullmatch(text):
            parts = found.groupdict()
            month = _MONTHS.get(parts["month"].lower()) if "month" in parts else int(parts["m"])
            half = (parts["before"] or parts["after"] or "").lower()
            hour = int(parts["h"])
            if half:
                hour = hour % 12 + 12 * (half in ("오후", "午後") or half.startswith("p"))
            try:
                return datetime(int(parts["y"]), month or 0, int(parts["d"]), hour, int(parts["i"]), int(parts["s"]))
            except ValueError:
                return None
    return None
