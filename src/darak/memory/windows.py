"""The days a query speaks of, as windows of the calendar with soft edges."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import exp

from darak.language.dates import DateExpression, find_periods
from darak.records.time import day_number

REACH = 14
"""How many days before and after a window its records may still lie: plans are made before, accounts written after."""
_NEAR = 0.6
_FADE = 4.0
_FEW = 3
_SOON = 60
"""Of an open end ("before August") the days next to the date are meant first."""


@dataclass(frozen=True, slots=True)
class Window:
    """Days from `since` to before `until`, counted from 1970; `anchor` is the day at which an open end begins."""

    since: int
    until: int
    anchor: int | None = None

    def weight(self, day: int) -> float:
        """How well a day fits: 1 inside, `_NEAR` and less outside and far from the anchor, 0 past REACH."""
        distance = max(self.since - day, day - self.until + 1, 0)
        if distance == 0:
            return 1.0 if self.anchor is None or abs(day - self.anchor) <= _SOON else _NEAR
        return _NEAR * exp((1 - distance) / _FADE) if distance <= REACH else 0.0

    def holds(self, other: Window) -> bool:
        """Whether another window is a part of this one."""
        within = self.since <= other.since and other.until <= self.until
        return within and (self.since, self.until) != (other.since, other.until)


@dataclass(frozen=True, slots=True)
class Framed:
    """The windows of a query and what is left to look for. Windows that are not `strict` may be gone beyond."""

    windows: tuple[Window, ...]
    strict: bool
    rest: str

    def days(self) -> list[int]:
        """The days asked for, when they are few."""
        days = [day for w in self.windows if w.until - w.since <= _FEW for day in range(w.since, w.until)]
        return days if len(days) <= _FEW else []

    def weight(self, second: int | None) -> float:
        """How much a record's wall clock fits, from 0 to 1."""
        if not self.windows:
            return 1.0
        best = 0.0 if second is None else max(window.weight(second // 86400) for window in self.windows)
        return best if self.strict else max(best, _NEAR)


def framed(query: str, now: datetime) -> Framed:
    """Reads the dates of a query.

    A calendar date frames what is asked. Beside one, words that point from now ("recently", "next week") and names
    of days and seasons ("the weekend", "Christmas", "autumn clothes") belong to the story that is told; such names are
    looked for as words, too, and alone they only hint at the time. A year beside a month of it, and an open end beside
    a date, say less of the same.
    """
    found = find_periods(query, now)
    dated = [e for e in found if not _by_name(e)]
    frames = [e for e in dated if not e.relative] or dated or found
    frames = [e for e in frames if e.role in ("in", "around")] or frames
    windows = dict.fromkeys(map(_window, frames))
    finest = tuple(w for w in windows if not any(w.holds(other) for other in windows))
    rest = query
    for start, end in reversed([expression.span for expression in dated]):
        rest = f"{rest[:start]} {rest[end:]}"
    return Framed(finest, bool(dated), rest)


def _by_name(expression: DateExpression) -> bool:
    """Whether a day or season is called by a name that records may use, rather than by the calendar's numbers."""
    named = expression.grain in ("day", "season") and not expression.relative
    return named and not any(char.isdigit() for char in expression.surface)


def _window(expression: DateExpression) -> Window:
    since, until = day_number(expression.since), day_number(expression.until)
    match expression.role:
        case "before" | "until":
            return Window(since, until, until)
        case "after" | "since":
            return Window(since, until, since)
        case _:
            return Window(since, until)
