"""How long an event lasts, in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from darak.answers.wording.english import plural
from darak.answers.wording.wording import Wording

_HOUR = 3600


def lasted(say: Wording, korean: bool, first: datetime, last: datetime, *, clock: bool, nights: bool) -> str:
    """5일이에요. 2024년 8월 1일 (목)부터 2024년 8월 5일 (월)까지예요. 2 hours, from …, 19:00 to 21:00.

    `clock`: the times of day are known. Days are counted with the first and the last; nights between them.
    """
    days = (last.date() - first.date()).days
    begin = say.date(first.date(), first.time() if clock else None)
    if not days and clock:
        length, end = _time(last - first, korean), f"{last:%H:%M}"
    else:
        length = _nights(days, korean) if nights and days else f"{days + 1}일" if korean else plural(days + 1, "day")
        end = say.date(last.date(), last.time() if clock else None)
    if not days and not clock:
        return f"{length}이에요. {begin}예요." if korean else f"{length}, {begin}."
    return f"{length}이에요. {begin}부터 {end}까지예요." if korean else f"{length}, from {begin} to {end}."


def _nights(days: int, korean: bool) -> str:
    return f"{days}박 {days + 1}일" if korean else plural(days, "night")


def _time(length: timedelta, korean: bool) -> str:
    hours, seconds = divmod(int(length.total_seconds()), _HOUR)
    minutes = seconds // 60
    if korean:
        return " ".join([f"{hours}시간"] * bool(hours) + [f"{minutes}분"] * bool(minutes or not hours))
    return " ".join([plural(hours, "hour")] * bool(hours) + [plural(minutes, "minute")] * bool(minutes or not hours))
