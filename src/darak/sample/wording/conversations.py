"""Conversations of ordinary days: parsing of the tables `speaker: text`, blocks apart by an empty line.

A block may begin with the times at which it can be said, as in `[winter evening]`: seasons, parts of the day (morning
until 12, noon until 18, then evening), weekday or weekend.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from darak.sample.wording.chat_friends_en import FRIENDS_EN
from darak.sample.wording.chat_friends_ko import FRIENDS_KO
from darak.sample.wording.chat_more_en import MORE_FRIENDS_EN
from darak.sample.wording.chat_more_ko import MORE_FRIENDS_KO
from darak.sample.wording.chat_more_work import MORE_WORK_EN, MORE_WORK_KO
from darak.sample.wording.chat_others_ko import CLUB_KO, FAMILY_KO
from darak.sample.wording.chat_work import WORK_EN, WORK_KO
from darak.sample.wording.seasons import SEASONS

_KINDS = (frozenset(SEASONS), frozenset(("morning", "noon", "evening")), frozenset(("weekday", "weekend")))


@dataclass(frozen=True, slots=True)
class Conversation:
    """Speakers are `me` and, by their place in the room, `a`, `b`, `c`; `times` are those named above it."""

    lines: tuple[tuple[str, str], ...]
    times: frozenset[str] = frozenset()

    def fits(self, when: datetime, others: int) -> bool:
        """Whether it can be said at this time in a room of so many others."""
        part = "morning" if when.hour < 12 else "noon" if when.hour < 18 else "evening"
        now = {SEASONS[when.month % 12 // 3 - 1], part, "weekend" if when.weekday() > 4 else "weekday"}
        people = all(speaker == "me" or "abc".index(speaker) < others for speaker, _ in self.lines)
        return people and all(not (self.times & kind) or self.times & kind & now for kind in _KINDS)


def _parsed(table: str) -> tuple[Conversation, ...]:
    return tuple(_block(block.splitlines()) for block in table.strip().split("\n\n"))


def _block(rows: list[str]) -> Conversation:
    times: frozenset[str] = frozenset()
    if rows[0].startswith("["):
        times = frozenset(rows.pop(0).strip("[]").split())
    lines = (row.partition(":") for row in rows)
    return Conversation(tuple((speaker.strip(), text.strip()) for speaker, _, text in lines), times)


CONVERSATIONS: dict[str, tuple[Conversation, ...]] = {
    "friends_ko": _parsed(FRIENDS_KO + MORE_FRIENDS_KO),
    "friends_en": _parsed(FRIENDS_EN + MORE_FRIENDS_EN),
    "family_ko": _parsed(FAMILY_KO),
    "club_ko": _parsed(CLUB_KO),
    "work_ko": _parsed(WORK_KO + MORE_WORK_KO),
    "work_en": _parsed(WORK_EN + MORE_WORK_EN),
}
