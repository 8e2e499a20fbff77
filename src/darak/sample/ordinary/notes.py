"""Ordinary notes: daily notes and titled ones."""

from __future__ import annotations

from datetime import timedelta

from darak.sample.grammar import language_of
from darak.sample.life import Life
from darak.sample.teller import Teller
from darak.sample.wording.notes import DIARY, TITLED

_SHARED = ("book", "client", "food", "hobby", "where")


def tell_notes(life: Life) -> None:
    t = Teller(life, "notes")
    friends = (life.cast.best_friend, life.cast.expat_friend, life.cast.hiking_friend)
    day = life.start
    while day <= life.until:
        if t.rng.random() < 0.24 * life.scale or day in life.daily:
            for _ in range(t.rng.choice((1, 2, 2, 3))):
                t.diary(day, DIARY, friend=t.pick(friends))
        if t.rng.random() < 0.06 * life.scale:
            title, body, folder, tag = t.pick(TITLED)
            words = t.shared(language_of(body), *_SHARED)
            t.note(t.at(day, 9, 22), f"{title} ({day:%y%m%d})", body, folder, (tag,), **words)
        day += timedelta(days=1)
