"""When what a record tells of happened or will happen: its own day, unless it names another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from darak.answers.evidence.passages import Passage
from darak.language.dates import DateExpression, find_periods
from darak.records.record import Record
from darak.records.time import Precision

_FINE = ("day", "hour")
_HAPPENING = ("event", "visit", "call", "purchase", "photo", "play", "place")
_FAR = 1200
"""Days beyond which a date in a text without its year is hardly that of what the text tells."""
_YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20|21)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, with the time of day when that is known. `named`: the text itself names the day, as `surface`; what it
    names may run to `last`."""

    day: date
    clock: time | None = None
    named: bool = False
    surface: str = ""
    grain: str = "day"
    last: date | None = None


def own_moment(record: Record) -> Moment | None:
    """The record's own day and time; None when its time is unknown or coarser than a month."""
    local = record.time.local
    if local is None or record.time.precision in (Precision.UNKNOWN, Precision.YEAR):
        return None
    if record.time.precision == Precision.MONTH:
        return Moment(local.date(), grain="month")
    clock = None if record.time.precision == Precision.DAY else local.time()
    return Moment(local.date(), clock)


def told_moments(record: Record, passage: str) -> list[Moment]:
    """The days that a passage of a record names, resolved against the record's own time, in order."""
    local = record.time.local
    if local is None:
        return []
    found = (
        find_periods(passage, local, prefer="nearest")
        if _looks_back(record)
        else find_periods(passage, local, prefer="future")
    )
    return [_moment(one) for one in found if _usable(one, local)]


def due(record: Record, passages: Sequence[Passage]) -> tuple[Moment, Passage] | None:
    """The day ahead that a record sets: a deadline, an expiry, a promise; of its best passage that names one."""
    own = record.time.day
    for passage in sorted(passages, key=lambda passage: (-round(passage.own, 2), passage.index)):
        ahead = [moment for moment in told_moments(record, passage.text) if own is not None and moment.day > own]
        if ahead:
            return min(ahead, key=lambda moment: (moment.grain != "day", -moment.day.toordinal())), passage
    return None


def _looks_back(record: Record) -> bool:
    return record.kind in ("note", "document")


def _usable(one: DateExpression, local: datetime) -> bool:
    if one.grain not in (*_FINE, "month", "week") or one.role not in ("in", "until", "since", "around"):
        return False
    day = one.until if one.role == "until" else one.since
    near = abs((day - local.date()).days) < _FAR or bool(_YEAR.search(one.surface))
    return date(1600, 1, 1) < day < date(2200, 1, 1) and near


def _moment(one: DateExpression) -> Moment:
    last = one.until - timedelta(days=1)
    grain = "day" if one.grain in _FINE else one.grain
    if one.role == "until":  # "by Friday": the last day that is still in time
        return Moment(last, one.until_time, True, one.surface, grain)
    return Moment(one.since, one.since_time, True, one.surface, grain, last)


def happened(record: Record, passage: str) -> Moment | None:
    """When the thing that a passage tells of took place.

    What is recorded as it happens (an event, a visit, a purchase) is dated by itself. A text is dated by the one
    day it names; one that names none, or several, by its own day.
    """
    own = own_moment(record)
    if record.kind in _HAPPENING:
        return own
    told = [moment for moment in told_moments(record, passage) if moment.grain == "day"]
    days = {moment.day for moment in told}
    if len(days) == 1:
        return told[0]
    return own
