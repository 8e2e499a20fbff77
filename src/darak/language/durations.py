"""Lengths of time in Korean and English text: for three years, 2주 동안, 사흘, an hour and a half."""

import re
from dataclasses import dataclass

from darak.language.mentions import fold, one_of
from darak.language.numbers import ENGLISH_NUMBER, KOREAN_NUMBER, english_number, korean_number
from darak.language.periods import Unit
from darak.language.words_korean import DAY_COUNTS, KOREAN, UNITS

DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}

_english = re.compile(
    rf"(?<![\w.])(?P<count>{ENGLISH_NUMBER})(?:\s+|-)(?P<unit>minute|hour|day|week|month|year)s?\b"
    r"(?P<half>\s+and\s+a\s+half)?(?!\s+(?:ago|back|later|old|before|after|earlier|from\s+now)\b)",
    re.IGNORECASE | re.ASCII,
)
_korean = re.compile(
    rf"(?<![가-힣\d.])(?:(?P<days>{one_of(DAY_COUNTS)})|(?P<count>\d+(?:\.\d+)?|{KOREAN_NUMBER})\s*(?P<unit>{one_of(UNITS)}))"
    r"(?P<half>\s*반)?(?P<meant>\s*(?:동안|만에|째|간|이나|넘게|정도|가량|내내)|(?=\s*걸))?"
    r"(?!\s*(?:전(?!화)|뒤|후|차|생|[가-힣]*요일))"
)
# 3일 and 2년 are also dates: a bare one is a length only with a word that says so.
_DATES_TOO = ("일", "년", "분")


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as said: `count` of `unit`; `days` is that in days (a month 30.44, a year 365.25)."""

    surface: str
    span: tuple[int, int]
    count: float
    unit: Unit
    days: float


def find_durations(text: str) -> list[Duration]:
    """The lengths of time in a text, in order; not the distances from now (two weeks ago, 3일 뒤)."""
    found = [
        _duration(match, english_number(match["count"]), match["unit"].lower()) for match in _english.finditer(text)
    ]
    for match in _korean.finditer(text):
        if match["days"]:
            found.append(_duration(match, DAY_COUNTS[match["days"]], "일"))
        elif match["meant"] is not None or match["unit"] not in _DATES_TOO:
            number = match["count"]
            found.append(_duration(match, float(number) if "." in number else korean_number(number), match["unit"]))
    return sorted((duration for duration in found if duration), key=lambda duration: duration.span)


def _duration(match: re.Match[str], count: float | None, word: str) -> Duration | None:
    if not count:
        return None
    unit = KOREAN.units.get(fold(word)) or _UNITS[word]
    count += 0.5 if match["half"] else 0
    return Duration(match[0].strip(), match.span(), count, unit, count * DAYS[unit])


_UNITS: dict[str, Unit] = {
    "minute": "minute",
    "hour": "hour",
    "day": "day",
    "week": "week",
    "month": "month",
    "year": "year",
}
