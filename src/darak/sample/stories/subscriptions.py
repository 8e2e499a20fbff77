"""Subscriptions: when they began, grew dearer and ended; their yearly cost."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise

from darak.sample import gold
from darak.sample.life import Life
from darak.sample.model import Evidence
from darak.sample.teller import Teller

FILMS = ("무비나루", "Reelhouse", "필름바다")
MUSIC = ("Tunely", "소리창고", "Wavebox")
NEWS = ("새벽신문", "The Ledger Daily")


def tell(life: Life) -> None:
    t = Teller(life, "subscriptions")
    t.draw(film=FILMS, music=MUSIC, news=NEWS)
    film = _charges(t, "film", 5.2, None, 9_900, 13_500, 2.2)
    music = _charges(t, "music", 4.1, 0.9, 7_900, 8_900, 2.5)
    news = _charges(t, "news", 2.8, 1.6, 12_000, 12_000, 9)
    year = life.until.year - t.pick((1, 2, 3))
    for slot, charges in (("film", film), ("music", music)):
        within = [(day, amount) for day, amount, _ in charges if day.year == year]
        total = sum(amount for _, amount in within)
        t.ask("sum", [gold.money(total)], [_period(t, slot, year)],
              ko=("{year}년에 {name}에 쓴 돈이 모두 얼마야?", "{name} 구독료 {year}년 합계 알려줘"),
              en=("How much did I pay for {name} in {year} altogether?", "What was the total of my {name} charges in {year}?"), year=str(year), name=t.values[slot])  # fmt: skip
    t.ask("first", [gold.day(film[0][0])], [film[0][2]], ko=("{film} 처음 결제한 날이 언제야?", "{film} 구독 시작한 게 언제지?"), en="When did I first pay for {film}?")
    t.ask("last", [gold.day(music[-1][0])], [music[-1][2]], ko="{music} 마지막으로 결제된 게 언제야?", en=("When was I last charged for {music}?", "When did my {music} subscription last cost me money?"))
    rise = next(entry for before, entry in pairwise(film) if entry[1] > before[1])
    t.ask("when", [gold.day(rise[0])], [rise[2]], ko=("{film} 요금이 13,500원으로 오른 게 언제부터야?",), en="When did {film} go up to 13,500 won?")
    t.ask("count", [(gold.number(len(news)),)], [_all(t, "news")], ko="{news} 구독료를 모두 몇 번 냈지?", en="How many times was I charged for {news}?")
    t.ask_nothing("sum", ko="{year}년에 {other}에 쓴 돈이 모두 얼마야?", en="How much did I pay for {other} in {year}?", year=str(year), other=next(one for one in FILMS if one != t.values["film"]))


def _charges(t: Teller, slot: str, begin: float, end: float | None, price: int, raised: int, raised_ago: float) -> list[tuple[date, int, Evidence]]:
    """One charge a month on the same day, the price raised `raised_ago` years before the end."""
    first = t.day(begin, 20).replace(day=t.rng.randint(2, 27))
    last = t.life.until if end is None else t.day(end, 20)
    out: list[tuple[date, int, Evidence]] = []
    name, minute = str(t.values[slot]), t.rng.randint(0, 59)
    day = first
    while day <= last:
        amount = raised if (t.life.until - day).days < raised_ago * 365.25 else price
        when = datetime(day.year, day.month, day.day, 4, minute)
        out.append((day, amount, t.buy(when, name, "구독 subscription", amount)))
        day = date(day.year + day.month // 12, day.month % 12 + 1, day.day)
    return out


def _period(t: Teller, slot: str, year: int) -> Evidence:
    return Evidence("card", f"{year}-01-01/{year + 1}-01-01", str(t.values[slot]))


def _all(t: Teller, slot: str) -> Evidence:
    return Evidence("card", f"{t.life.start}/{t.life.until.year + 1}-01-01", str(t.values[slot]))
