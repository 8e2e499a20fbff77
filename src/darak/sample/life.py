"""A life while it is told: everything that happened, before the writers turn it into export files."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from random import Random

from darak.sample.course import draw_course
from darak.sample.model import (
    AiChat,
    CalendarEvent,
    ChatLine,
    HealthSample,
    Mail,
    Note,
    Pressure,
    Purchase,
    Question,
    Workout,
)

SHORTEST_YEARS = 8


class Life:
    """Collects what the stories and the ordinary days tell. `scale` thins ordinary days only, never the stories."""

    def __init__(self, seed: int, until: date, years: int, scale: float) -> None:
        if years < SHORTEST_YEARS:
            raise ValueError(f"the stories need at least {SHORTEST_YEARS} years, not {years}")
        if scale <= 0:
            raise ValueError(f"scale must be above 0, not {scale}")
        self.seed = seed
        self.scale = scale
        self.start = _years_before(until, years) + timedelta(days=1)
        self.until = until
        self.now = datetime(until.year, until.month, until.day, 21, 0)
        self.course = draw_course(self.rng("course"), self.start, until)
        self.cast = self.course.cast
        self.lines: list[ChatLine] = []
        self.mails: list[Mail] = []
        self.notes: list[Note] = []
        self.daily: dict[date, list[str]] = defaultdict(list)
        self.events: list[CalendarEvent] = []
        self.ai_chats: list[AiChat] = []
        self.phone: list[dict[str, object]] = []
        self.purchases: list[Purchase] = []
        self.samples: list[HealthSample] = []
        self.pressures: list[Pressure] = []
        self.workouts: list[Workout] = []
        self.questions: list[Question] = []
        self.taken: set[tuple[str, date]] = set()
        self._counts: dict[str, int] = defaultdict(int)

    def rng(self, name: str) -> Random:
        """A generator of its own for each teller, so that one story changed leaves the others as they were."""
        return Random(f"{self.seed}:{name}")

    def number(self, series: str) -> int:
        """The next number of a series, from 1."""
        self._counts[series] += 1
        return self._counts[series]

    def covers(self, day: date) -> bool:
        return self.start <= day <= self.until


def _years_before(day: date, years: int) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if leap_day else day.day)
