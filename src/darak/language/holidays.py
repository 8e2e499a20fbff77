"""The dates of holidays: fixed ones, ones by rule, and the Korean ones of the lunar calendar."""

from collections.abc import Callable
from datetime import date, timedelta

_FIXED = {
    "new_year": (1, 1),
    "valentine": (2, 14),
    "independence_movement_day": (3, 1),
    "white_day": (3, 14),
    "april_fools": (4, 1),
    "arbor_day": (4, 5),
    "labour_day": (5, 1),
    "childrens_day": (5, 5),
    "parents_day": (5, 8),
    "teachers_day": (5, 15),
    "memorial_day": (6, 6),
    "us_independence_day": (7, 4),
    "constitution_day": (7, 17),
    "liberation_day": (8, 15),
    "foundation_day": (10, 3),
    "hangul_day": (10, 9),
    "halloween": (10, 31),
    "pepero_day": (11, 11),
    "christmas_eve": (12, 24),
    "christmas": (12, 25),
    "boxing_day": (12, 26),
    "new_years_eve": (12, 31),
}

# Lunar dates as solar month and day, 1990 to 2050, in Korean civil time (so 2027-02-07, not China's 02-06).
# Computed from new moons and solar longitudes (Meeus, Astronomical Algorithms, chapters 25 and 49).
_LUNAR_FROM = 1990
_SEOLLAL = (
    "0127 0215 0204 0123 0210 0131 0219 0208 0128 0216 "
    "0205 0124 0212 0201 0122 0209 0129 0218 0207 0126 "
    "0214 0203 0123 0210 0131 0219 0208 0128 0216 0205 "
    "0125 0212 0201 0122 0210 0129 0217 0207 0127 0213 "
    "0203 0123 0211 0131 0219 0208 0128 0215 0204 0124 "
    "0212 0201 0122 0210 0130 0217 0206 0126 0214 0202 0123"
)
_BUDDHAS_BIRTHDAY = (
    "0502 0521 0510 0528 0518 0507 0524 0514 0503 0522 "
    "0511 0501 0519 0508 0526 0515 0505 0524 0512 0502 "
    "0521 0510 0528 0517 0506 0525 0514 0503 0522 0512 "
    "0430 0519 0508 0527 0515 0505 0524 0513 0502 0520 "
    "0509 0528 0516 0506 0525 0515 0503 0522 0511 0430 "
    "0518 0507 0526 0516 0505 0524 0513 0502 0520 0509 0528"
)
_CHUSEOK = (
    "1003 0922 0911 0930 0920 0909 0927 0916 1005 0924 "
    "0912 1001 0921 0911 0928 0918 1006 0925 0914 1003 "
    "0922 0912 0930 0919 0908 0927 0915 1004 0924 0913 "
    "1001 0921 0910 0929 0917 1006 0925 0915 1003 0922 "
    "0912 1001 0919 0908 0927 0916 1004 0924 0913 1002 "
    "0921 0910 0928 0917 1005 0925 0915 1004 0922 0911 0930"
)


def _lunar(table: str, year: int) -> date | None:
    place = 5 * (year - _LUNAR_FROM)
    if not 0 <= place < len(table):
        return None
    return date(year, int(table[place : place + 2]), int(table[place + 2 : place + 4]))


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _easter(year: int) -> date:
    """Western Easter by the anonymous Gregorian computus (Meeus, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    r = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * r) // 451
    month, day = divmod(h + r - 7 * m + 114, 31)
    return date(year, month, day + 1)


_RULES: dict[str, Callable[[int], date | None]] = {
    "seollal": lambda year: _lunar(_SEOLLAL, year),
    "buddhas_birthday": lambda year: _lunar(_BUDDHAS_BIRTHDAY, year),
    "chuseok": lambda year: _lunar(_CHUSEOK, year),
    "easter": _easter,
    "good_friday": lambda year: _easter(year) - timedelta(days=2),
    "mothers_day": lambda year: _nth_weekday(year, 5, 6, 2),
    "fathers_day": lambda year: _nth_weekday(year, 6, 6, 3),
    "us_labor_day": lambda year: _nth_weekday(year, 9, 0, 1),
    "thanksgiving": lambda year: _nth_weekday(year, 11, 3, 4),
    "black_friday": lambda year: _nth_weekday(year, 11, 3, 4) + timedelta(days=1),
}
# The Korean family holidays are taken off from the day before to the day after.
_LONG = {"seollal_days": "seollal", "chuseok_days": "chuseok"}

HOLIDAYS = frozenset({*_FIXED, *_RULES, *_LONG})


def holiday(name: str, year: int) -> tuple[date, date] | None:
    """The first day of a holiday and the day after its last; None for a lunar one beyond the table (1990-2050)."""
    if name in _LONG:
        middle = _RULES[_LONG[name]](year)
        return middle and (middle - timedelta(days=1), middle + timedelta(days=2))
    day = date(year, *_FIXED[name]) if name in _FIXED else _RULES[name](year)
    return day and (day, day + timedelta(days=1))
