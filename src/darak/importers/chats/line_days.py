"""The lines in LINE's chats that say which day begins, in the forms of its languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from darak.importers.chats.line_words import WEEKDAYS

_NOT_DIGITS = r"[^\d\t]{0,16}"
_YEAR_FIRST = re.compile(
    rf"(\d{{4}})([./年년-])\s?(\d{{1,2}})[./月월-]\s?(\d{{1,2}})[.日일]?(?P<weekday>{_NOT_DIGITS})"
)
_YEAR_LAST = re.compile(r"(?P<weekday>[^\d\t]{2,16}),?\s(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_CUT = re.compile(r"\d{1,4}(?:[./年년-]\s?\d{0,2})?(?:[./月월-]\s?\d{0,2})?.{0,16}")
_LONGEST = 40
_FILLERS = "0/.-"


@dataclass(frozen=True, slots=True)
class NamedDay:
    """Three numbers of a date in their order, and the weekday's first three letters. `dotted` is the form of
    computers, `2017.09.03 Sunday`."""

    numbers: tuple[int, int, int]
    weekday: str
    year_first: bool
    dotted: bool


def day_in(text: str) -> NamedDay | None:
    """The day that a whole line names, always with its weekday."""
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    if (match := _YEAR_FIRST.fullmatch(text)) and match["weekday"].strip(" ()（）"):
        numbers = int(match[1]), int(match[3]), int(match[4])
        return NamedDay(numbers, _weekday(match["weekday"]), True, match[2] == "." and match["weekday"][:1] == " ")
    if match := _YEAR_LAST.fullmatch(text):
        return NamedDay((int(match[2]), int(match[3]), int(match[4])), _weekday(match["weekday"]), False, False)
    return None


def was_day(text: str) -> bool:
    """Whether a line named a day before one of its letters was damaged."""
    text = text.strip()
    if len(text) > _LONGEST or sum(letter.isdigit() for letter in text) < 5:
        return False
    damaged = (text[:at] + filler + text[at + 1 :] for at in range(len(text)) for filler in _FILLERS)
    return any(day_in(line) is not None for line in damaged)


def is_cut_day(text: str) -> bool:
    """Whether the last line of a file, behind a blank one, is what is left of a day."""
    return _CUT.fullmatch(text.strip()) is not None


class Days:
    """All days of a file, over which it is decided whether the day or the month stands first."""

    def __init__(self) -> None:
        self._faults = {True: 0, False: 0}
        """Days that there are not, or whose weekday is another, by whether the month stands first."""
        self._any = False

    def add(self, day: NamedDay) -> None:
        if day.year_first:
            return
        self._any = True
        for month_first in self._faults:
            found = _date(day, month_first)
            wrong = found is None or (day.weekday in WEEKDAYS and WEEKDAYS[found.weekday()] != day.weekday)
            self._faults[month_first] += wrong

    @property
    def sure(self) -> bool:
        return not self._any or self._faults[True] != self._faults[False]

    def date_of(self, day: NamedDay) -> date | None:
        return _date(day, self._faults[True] < self._faults[False])


def _date(day: NamedDay, month_first: bool) -> date | None:
    first, second, third = day.numbers
    year, month, number = (first, second, third) if day.year_first else (third, second, first)
    if not day.year_first and month_first:
        month, number = number, month
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _weekday(text: str) -> str:
    return text.strip(" ,()（）").lower()[:3]
