"""Questions that this memory can answer, to show somebody who has not asked anything yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice, zip_longest
from typing import Annotated, Literal
from weakref import WeakKeyDictionary

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from darak.answers.people import People
from darak.memory.people import list_people
from darak.records.time import local_seconds
from darak.records.vault import Vault
from darak.server.caller import Asks
from darak.server.house import House
from darak.server.limits import Limits
from darak.server.readers import View

router = APIRouter(prefix="/api", tags=["knowing"])
Language = Literal["ko", "en"]
LANGUAGES = ("ko", "en")
Candidate = tuple[str, str]
"""A sort of question, and the question."""
MOST = 3
_TRIED = 12
"""Questions that are asked at most, to find those with an answer."""
_METRICS = {
    "body_mass": ("몸무게가 어떻게 변했어?", "How did my weight change from {first} to {last}?"),
    "steps": ("걸음 수가 어떻게 변했어?", "How did my steps change from {first} to {last}?"),
    "heart_rate": ("심박수가 어떻게 변했어?", "How did my heart rate change from {first} to {last}?"),
    "sleep": ("수면 시간이 어떻게 변했어?", "How did my sleep change from {first} to {last}?"),
}
"""Metrics whose names everybody knows."""


_answered: WeakKeyDictionary[House, dict[tuple[Limits, tuple[Candidate, ...]], list[str]]] = WeakKeyDictionary()


class Examples(BaseModel):
    """Questions that have an answer; `empty` when there is nothing yet to ask about."""

    questions: list[str]
    empty: bool


@router.get("/examples")
def examples(request: Request, caller: Asks, language: Annotated[Language, Query()] = "en") -> Examples:
    """A few questions that this memory can answer, each of another kind."""
    house: House = request.app.state.house
    with house.read(caller.limits) as view:
        now = house.clock(view.vault.zone)
        candidates = tuple(_candidates(view, language, now))
        known, asked = _answered.setdefault(house, {}), (caller.limits, candidates)
        questions = known.get(asked)
        if questions is None:  # what is forgotten or new makes other candidates
            while len(known) >= len(LANGUAGES):
                known.pop(next(iter(known)), None)
            questions = known[asked] = _choose(view, candidates, now)
        empty = not questions and not view.vault.rows("SELECT 1 FROM record UNION ALL SELECT 1 FROM series LIMIT 1")
        return Examples(questions=questions, empty=empty)


def _choose(view: View, candidates: tuple[Candidate, ...], now: datetime) -> list[str]:
    found: dict[str, str] = {}
    for kind, question in candidates[:_TRIED]:
        if len(found) < MOST and kind not in found and view.ask(question, now).status == "answered":
            found[kind] = question
    return list(found.values())


def _candidates(view: View, language: Language, now: datetime) -> list[Candidate]:
    """What might be asked: of somebody close, of a number over the years, of an event."""
    several = _of_people(view, language), _of_numbers(view.vault, language), _of_events(view.vault, language, now)
    return [one for row in zip_longest(*(islice(some, _TRIED) for some in several)) for one in row if one is not None]


def _of_people(view: View, language: Language) -> Iterator[Candidate]:
    owner = view.once(People).owner
    people = [p for p in view.once(list_people)[:50] if p.number not in owner and p.name.replace(" ", "").isalpha()]
    people.sort(key=lambda person: person.name.isascii() == (language == "ko"))
    for person in people:
        asked = f"{person.name}한테 마지막으로 연락 온 게 언제지?"
        yield "person", asked if language == "ko" else f"When did I last hear from {person.name}?"


def _of_numbers(vault: Vault, language: Language) -> Iterator[Candidate]:
    for metric, (korean, english) in _METRICS.items():
        bounds = [
            vault.rows("SELECT min(start), max(start) FROM sample WHERE series=?", row)[0]
            for row in vault.rows("SELECT id FROM series WHERE metric=?", (metric,))
        ]
        years = [datetime.fromtimestamp(ms / 1000, UTC).year for both in bounds for ms in both if ms is not None]
        if years and min(years) < max(years):
            first, last = min(years), max(years)
            asked = f"{first}년부터 {last}년까지 {korean}"
            yield "number", asked if language == "ko" else english.format(first=first, last=last)


def _of_events(vault: Vault, language: Language, now: datetime) -> Iterator[Candidate]:
    """Events of the last years whose name is told once, those in the language first."""
    sql = "SELECT n FROM record WHERE kind='event' AND local < ? ORDER BY local DESC LIMIT 200"
    found = vault.get(n for (n,) in vault.rows(sql, (local_seconds(now.replace(tzinfo=None)),)))
    titles = Counter(stored.record.title or "" for stored in found.values())
    fitting = [title for title, count in titles.items() if count == 1 and 4 <= len(title) <= 30]
    fitting.sort(key=lambda title: title.isascii() == (language == "ko"))
    for title in fitting[:_TRIED]:
        yield "event", f"‘{title}’ 언제였지?" if language == "ko" else f"When was “{title}”?"
