"""Ordinary talks with an AI, in the last three years."""

from __future__ import annotations

from datetime import date, timedelta

from darak.sample.life import Life
from darak.sample.teller import Teller
from darak.sample.wording.ai_chats import AI_CHATS


def tell_ai_chats(life: Life) -> None:
    t = Teller(life, "ai")
    day = date(life.until.year - 2, 1, 10)
    while day <= life.until:
        if t.rng.random() < 0.2 * life.scale:
            title, turns = t.pick(AI_CHATS)
            t.ask_ai(t.at(day, 8, 23), title, turns)
        day += timedelta(days=1)
