"""What the phone knows of ordinary days: purchases, calls, photos and visits."""

from __future__ import annotations

from datetime import date, timedelta

from darak.sample.grammar import language_of
from darak.sample.life import Life
from darak.sample.places import Place
from darak.sample.teller import Teller
from darak.sample.wording.phone import (
    CAFE_ITEMS,
    CAFES,
    CAPTIONS,
    NIGHT_CAPTIONS,
    SHOPS,
    SUNSET,
    SUNSET_CAPTIONS,
    VISITS,
)
from darak.sample.wording.seasons import seasonal

COFFEE = "커피 coffee"
_SHOPPING = 0.3  # questions of sums need enough purchases, however thin the life


def tell_phone(life: Life) -> None:
    t = Teller(life, "phone")
    day = life.start
    while day <= life.until:
        _purchases(t, day)
        _calls(t, day)
        if t.rng.random() < 0.3 * life.scale:
            people = (t.life.cast.best_friend,) if t.rng.random() < 0.15 else ()
            when = t.at(day, 8, 21)
            sunset = SUNSET[day.month - 1]
            light = (CAPTIONS, SUNSET_CAPTIONS, NIGHT_CAPTIONS)[(when.hour >= sunset) + (when.hour > sunset)]
            caption = t.pick(light)
            t.photo(when, caption, _place(t, day), people, **seasonal(language_of(caption), day.month, t.rng))
        if t.rng.random() < 0.3 * life.scale:
            name, minutes = t.pick(VISITS)
            t.visit(t.at(day, 9, 19), name, _place(t, day), minutes + t.rng.randint(-15, 30))
        day += timedelta(days=1)


def _place(t: Teller, day: date) -> Place:
    return t.pick((t.life.course.home(day).place, *t.life.course.city.parks))


def _purchases(t: Teller, day: date) -> None:
    """Coffee grows dearer; it grows more frequent for seven tenths of the time and then rarer."""
    share = (day - t.life.start).days / (t.life.until - t.life.start).days
    habit = 0.2 + 0.75 * share if share < 0.7 else 0.725 - 1.5 * (share - 0.7)
    if t.rng.random() < habit * max(t.life.scale, _SHOPPING):
        price = 100 * round((3200 + 2000 * share + t.rng.uniform(-400, 900)) / 100)
        t.buy(t.at(day, 8, 17), t.pick(CAFES), COFFEE, price, t.pick(CAFE_ITEMS))
    for category, (chance, merchants, low, high) in SHOPS.items():
        if t.rng.random() < chance * max(t.life.scale, _SHOPPING):
            amount = 100 * round(t.rng.triangular(low, high, low + (high - low) * 0.25) / 100)
            t.buy(t.at(day, 11, 20), t.pick(merchants), category, amount)


def _calls(t: Teller, day: date) -> None:
    cast = t.life.cast
    if t.rng.random() < 0.25 * t.life.scale:
        person = t.pick((cast.mother, cast.mother, cast.father, cast.best_friend, cast.sibling, cast.hometown_friend))
        direction = t.pick(("in", "out", "out", "missed"))
        seconds = 0 if direction == "missed" else int(t.rng.expovariate(1 / 260)) + 12
        t.call(t.at(day, 8, 22), person, min(seconds, 2700), direction)
