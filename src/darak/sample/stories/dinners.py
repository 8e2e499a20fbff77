"""Dinners that recur: with the aunt in Korean, with a foreign friend in English."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from datetime import date, timedelta

from darak.sample import gold
from darak.sample.life import Life
from darak.sample.model import Evidence
from darak.sample.teller import Teller

KOREAN_TABLES = ("솔밭갈비", "만리향", "명가국시", "바다횟집")
ENGLISH_TABLES = ("Trattoria Luce", "The Copper Pot", "Noor Kitchen", "Little Hanoi")


def tell(life: Life) -> None:
    t = Teller(life, "dinners")
    aunt = _series(t, 4.4, 0.2, t.rng.randint(38, 55), "{aunt}랑 저녁", KOREAN_TABLES)
    friend = _series(t, 3.5, 0.1, t.rng.randint(25, 40), "Dinner with {expat_friend.full}", ENGLISH_TABLES)
    _ask_korean(t, aunt)
    _ask_english(t, friend)
    t.ask_nothing("count", ko="{soundalike.full}{이랑} 저녁 먹은 게 몇 번이지?", en="How many dinners did I have with {second_designer.full}?", both=True)


def _series(t: Teller, begin: float, end: float, gap: int, title: str, tables: tuple[str, ...]) -> list[tuple[date, Evidence, str]]:
    """Dinners every `gap` days, a week more or less, from `begin` to `end` years ago."""
    out: list[tuple[date, Evidence, str]] = []
    day, last = t.day(begin, 20), t.day(end, 10)
    favourite = t.pick(tables)
    while day <= last:
        table = favourite if t.rng.random() < 0.5 else t.pick(tables)
        out.append((day, t.event(title, t.at(day, 19), hours=2, place=table), table))
        day += timedelta(days=gap + t.rng.randint(-7, 7))
    return out


def _ask_korean(t: Teller, dinners: list[tuple[date, Evidence, str]]) -> None:
    year = t.life.until.year - t.pick((1, 2))
    within = [evidence for day, evidence, _ in dinners if day.year == year]
    t.ask("count", [(gold.number(len(within)),)], within, ko=("{year}년에 이모랑 저녁 몇 번 먹었지?", "{year}년 한 해 동안 이모랑 저녁 식사를 몇 번 했어?"), year=str(year))
    t.ask("last", [gold.day(dinners[-1][0])], [dinners[-1][1]], ko=("마지막으로 이모랑 저녁 먹은 게 언제야?", "이모랑 제일 최근에 저녁 먹은 날은?"))
    t.ask("first", [gold.day(dinners[0][0])], [dinners[0][1]], ko=("이모랑 처음 저녁 먹은 건 언제부터지?", "이모하고 저녁 먹기 시작한 첫날이 언제야?"))
    span = (dinners[-1][0] - dinners[0][0]).days / (len(dinners) - 1)
    t.ask("how_often", [gold.often(span)], [evidence for _, evidence, _ in dinners], ko=("이모랑 저녁은 얼마나 자주 먹어?", "이모랑 저녁 식사 간격이 보통 며칠이야?"))
    last = dinners[-1]
    t.ask("where", [gold.words(last[2])], [last[1]], ko=("이모랑 마지막 저녁은 어느 식당이었지?", "제일 최근에 이모랑 저녁 먹은 데가 어디야?"))


def _ask_english(t: Teller, dinners: list[tuple[date, Evidence, str]]) -> None:
    year = t.life.until.year - t.pick((1, 2))
    within = [evidence for day, evidence, _ in dinners if day.year == year]
    t.ask("count", [(gold.number(len(within)),)], within, en=("How many times did I have dinner with {expat_friend} in {year}?", "In {year}, how many dinners did I share with {expat_friend.full}?"), year=str(year))
    t.ask("last", [gold.day(dinners[-1][0])], [dinners[-1][1]], en=("When did I last have dinner with {expat_friend}?", "When was my most recent dinner with {expat_friend.full}?"))
    t.ask("first", [gold.day(dinners[0][0])], [dinners[0][1]], en=("When was my first dinner with {expat_friend}?", "When did {expat_friend} and I have dinner for the first time?"))
    span = (dinners[-1][0] - dinners[0][0]).days / (len(dinners) - 1)
    t.ask("how_often", [gold.often(span)], [evidence for _, evidence, _ in dinners], en=("How often do {expat_friend} and I have dinner?", "How frequently did I dine with {expat_friend.full}?"))
    last = dinners[-1]
    t.ask("where", [gold.words(last[2])], [last[1]], en=("Where was my last dinner with {expat_friend}?", "At which restaurant did I last eat with {expat_friend}?"))
