"""Questions about purchases of ordinary days: sums, averages, extremes, trends, comparisons."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from darak.sample import gold
from darak.sample.korean import month_en
from darak.sample.life import Life
from darak.sample.model import Evidence, Purchase
from darak.sample.ordinary.phone import COFFEE
from darak.sample.teller import Teller

LUNCH, GROCERIES = "점심 lunch", "식료품 groceries"

def tell(life: Life) -> None:
    t = Teller(life, "money")
    year = life.until.year - t.pick((1, 2, 3))
    t.values |= {"year": str(year), "before": str(year - 1)}

    def of(category: str, year: int, month: int | None = None) -> list[Purchase]:
        return [
            one for one in life.purchases
            if one.category == category and one.time.year == year and month in (None, one.time.month)
        ]  # fmt: skip

    _coffee(t, of(COFFEE, year), of(COFFEE, year - 1), year)
    month = t.rng.randint(1, 12)
    _lunch(t, of(LUNCH, year, month), of(LUNCH, year), year, month)
    groceries = of(GROCERIES, year)
    top = max(groceries, key=lambda one: one.amount)
    t.ask("max", [gold.money(top.amount)], [top.evidence], ko=("{year}년에 식료품 장보면서 한 번에 제일 많이 쓴 금액이 얼마야?",), en="What was my biggest single grocery purchase in {year}?")
    low = min(groceries, key=lambda one: one.amount)
    t.ask("min", [gold.money(low.amount)], [_period(GROCERIES, year)], ko="{year}년 식료품 결제 중 제일 적은 금액은?", en="What was my smallest grocery purchase in {year}?")
    t.ask_nothing("sum", ko="{year}년에 주유비로 쓴 돈이 얼마야?", en=("How much did I spend on parking in {year}?", "How much did I spend on cigarettes in {year}?"))


def _coffee(t: Teller, now: Sequence[Purchase], before: Sequence[Purchase], year: int) -> None:
    total, earlier = sum(one.amount for one in now), sum(one.amount for one in before)
    here, both = [_period(COFFEE, year)], [_period(COFFEE, year), _period(COFFEE, year - 1)]
    t.ask("sum", [gold.money(total)], here, ko=("{year}년에 커피값으로 얼마 썼어?", "{year}년 커피 지출 합계가 얼마야?"), en=("How much money went on coffee in {year}?", "What did I spend on coffee in {year} in total?"), both=True)
    t.ask("count", [(gold.number(len(now)),)], here, ko=("{year}년에 커피 결제를 몇 번 했지?", "{year}년 한 해 동안 커피를 몇 번 사 마셨어?"), en=("How many times did I buy coffee in {year}?", "How many coffee purchases did I make in {year}?"))
    t.ask("average", [(gold.number(fmean(one.amount for one in now), 30),)], here, ko="{year}년에 커피 한 번 살 때 평균 얼마 썼어?", en="What did a coffee purchase cost me on average in {year}?")
    more, less = ("늘", "more") if total > earlier else ("줄", "less")
    direction = gold.words(more, less, *(("더 많", "increase", "higher", "up") if total > earlier else ("더 적", "decrease", "lower", "fewer", "down", "감소")), *(("증가",) if total > earlier else ()))
    t.ask("compare", [gold.money(total), gold.money(earlier), direction], both, ko=("커피값이 {before}년보다 {year}년에 늘었어 줄었어?",), en="Did I spend more on coffee in {year} than in {before}?")


def _lunch(t: Teller, month: Sequence[Purchase], whole: Sequence[Purchase], year: int, number: int) -> None:
    after = f"{year + number // 12}-{number % 12 + 1:02}-01"
    evidence = Evidence("card", f"{year}-{number:02}-01/{after}", LUNCH)
    if month:
        t.ask("sum", [gold.money(sum(one.amount for one in month))], [evidence], ko="{year}년 {number}월 점심값 합계 얼마야?", en="How much did I spend on lunch in {name} {year}?", number=str(number), name=month_en(number))
    t.ask("average", [(gold.number(fmean(one.amount for one in whole), 30),)], [_period(LUNCH, year)], ko=("{year}년에 점심 한 끼에 평균 얼마 썼지?", "{year}년 점심값은 한 번에 평균 얼마야?"), en=("What was the average price of a lunch in {year}?", "How much did a lunch cost me on average in {year}?"))


def _period(category: str, year: int) -> Evidence:
    return Evidence("card", f"{year}-01-01/{year + 1}-01-01", category)
