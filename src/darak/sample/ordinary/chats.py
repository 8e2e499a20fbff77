"""Ordinary conversations in every chat room."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from darak.sample.course import Room
from darak.sample.grammar import expand
from darak.sample.korean import weekday_en, weekday_ko
from darak.sample.life import Life
from darak.sample.model import ChatLine
from darak.sample.wording.conversations import CONVERSATIONS, Conversation
from darak.sample.wording.seasons import seasonal
from darak.sample.wording.vocabulary import VOCABULARY

_LINES_A_TALK = 2.9
_APART = 6
"""So many other conversations stand between two of the same table row."""
_GAPS = (0, 0, 1, 1, 1, 2, 2, 3, 4, 7, 12)


def tell_chats(life: Life) -> None:
    for room in life.course.rooms.values():
        _tell_room(life, room, life.rng(f"chat:{room.key}"))


def _tell_room(life: Life, room: Room, rng: Random) -> None:
    """Talks on random days. Days on which a story happened in this room stay free, so that no talk is torn."""
    table = CONVERSATIONS[room.wording]
    working = room.wording.startswith("work")
    talks_a_week = room.lines_per_week / _LINES_A_TALK * life.scale
    chance = min(talks_a_week / (5 if working else 7), 0.95)
    day = room.since
    last = min(room.until, life.until)
    recent: list[Conversation] = []
    _invitation(life, room)
    while day <= last:
        if rng.random() < chance and (room.key, day) not in life.taken and not (working and day.weekday() > 4):
            when = _moment(rng, day, working)
            fitting = [one for one in table if one not in recent and one.fits(when, len(room.members))]
            talk = fitting[int(rng.random() * len(fitting))]
            recent = [*recent[-_APART:], talk]
            _talk(life, room, rng, talk, when)
        day += timedelta(days=1)


def _invitation(life: Life, room: Room) -> None:
    """A group room begins with the line that somebody was invited."""
    if len(room.members) < 2:
        return
    first, *others = (getattr(life.cast, key).nick for key in room.members)
    names = [life.cast.owner.nick, *others]
    text = f"{first} invited {', '.join(names[:-1])} and {names[-1]}."
    if room.variant != "mac_csv":
        text = f"{first}님이 {'님, '.join(names[:-1])}님과 {names[-1]}님을 초대했습니다."
    when = datetime(room.since.year, room.since.month, room.since.day, 7, 30)
    life.lines.append(ChatLine(room.key, when, first, text, system=True))


def _moment(rng: Random, day: date, working: bool) -> datetime:
    hour = rng.choice((9, 9, 10, 10, 11, 13, 14, 14, 15, 16, 17) if working else (8, 12, 12, 13, 18, 19, 20, 21, 22))
    return datetime(day.year, day.month, day.day, hour, int(rng.random() * 60))


def _talk(life: Life, room: Room, rng: Random, talk: Conversation, when: datetime) -> None:
    others = [getattr(life.cast, key) for key in room.members]
    if room.wording.startswith("friends"):
        rng.shuffle(others)
    speakers = {"me": life.cast.owner}
    values: dict[str, object] = {"me": life.cast.owner, **seasonal(room.language, when.month, rng)}
    values["today"] = weekday_ko(when) if room.language == "ko" else weekday_en(when)
    for letter, person in zip("abc", others, strict=False):
        speakers[letter] = values[letter] = person
    for speaker, template in talk.lines:
        text = expand(template, rng, values, VOCABULARY[room.language], room.language)
        life.lines.append(ChatLine(room.key, when, speakers[speaker].nick, " ".join(text.split())))
        when += timedelta(minutes=_GAPS[int(rng.random() * len(_GAPS))])
