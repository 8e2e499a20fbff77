"""How Outlook keeps the rule of a series (MS-OXOCAL 2.2.1.44.1), as iCalendar writes it."""

from __future__ import annotations

import struct
from datetime import datetime, time, timedelta

_FREQUENCIES = {0x200A: "DAILY", 0x200B: "WEEKLY", 0x200C: "MONTHLY", 0x200D: "YEARLY"}
_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_WEEKLY, _MONTHLY, _MONTHLY_ON, _MONTH_END = 1, 2, 3, 4
_UNTIL, _COUNT = 0x2021, 0x2022
_LAST = 5
_DAY = 24 * 60


def recurrence(rule: bytes, at: time, all_day: bool) -> list[tuple[str, str]]:
    """The lines RRULE, EXDATE and RDATE; `at` is when on a day it begins. None when the rule is damaged, or one of a
    calendar that iCalendar does not know."""
    try:
        frequency, kind, calendar, _, period, _ = struct.unpack_from("<HHHIII", rule, 4)
        if frequency not in _FREQUENCIES or calendar > 1 or kind > _MONTH_END:
            return []
        place = 22
        words = [f"FREQ={_FREQUENCIES[frequency]}"]
        if kind == _WEEKLY:
            words.append(f"BYDAY={_weekdays(_number(rule, place))}")
        elif kind in (_MONTHLY, _MONTH_END):
            day = _number(rule, place)
            words.append(f"BYMONTHDAY={-1 if kind == _MONTH_END or day == 31 else day}")
        elif kind == _MONTHLY_ON:
            which = _number(rule, place + 4)
            words += [f"BYDAY={_weekdays(_number(rule, place))}", f"BYSETPOS={-1 if which == _LAST else which}"]
        place += {0: 0, _MONTHLY_ON: 8}.get(kind, 4)
        steps = period // _DAY if kind == 0 else period // 12 if frequency == 0x200D else period
        words += [f"INTERVAL={steps}"] if steps > 1 else []
        ends, count, _ = struct.unpack_from("<III", rule, place)
        removed, place = _list(rule, place + 12)
        moved, place = _list(rule, place)
        start, last = struct.unpack_from("<II", rule, place)
        if frequency == 0x200D:
            words.insert(1, f"BYMONTH={_date(start).month}")
        if ends == _COUNT:
            words.append(f"COUNT={count}")
        elif ends == _UNTIL:
            words.append(f"UNTIL={_date(last):%Y%m%d}")
    except (struct.error, OverflowError):
        return []
    lines = [("RRULE", ";".join(words))]
    for name, days in (("EXDATE", removed - moved), ("RDATE", moved - removed)):
        if days:
            values = (f"{_date(day):%Y%m%d}" + ("" if all_day else f"T{at:%H%M%S}") for day in sorted(days))
            lines.append((f"{name};VALUE=DATE" if all_day else name, ",".join(values)))
    return lines


def _number(rule: bytes, place: int) -> int:
    return struct.unpack_from("<I", rule, place)[0]


def _list(rule: bytes, place: int) -> tuple[set[int], int]:
    """A list of days, each in minutes since 1601, and where it ends."""
    count = _number(rule, place)
    return set(struct.unpack_from(f"<{count}I", rule, place + 4)), place + 4 + 4 * count


def _date(minutes: int) -> datetime:
    return datetime(1601, 1, 1) + timedelta(minutes=minutes)


def _weekdays(mask: int) -> str:
    return ",".join(day for place, day in enumerate(_DAYS) if mask >> place & 1)
