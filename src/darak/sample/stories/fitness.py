"""Questions about the body in numbers: weight, steps, runs, sleep, pulse."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from statistics import fmean

from darak.sample import gold
from darak.sample.body import phone_name
from darak.sample.korean import month_en
from darak.sample.life import Life
from darak.sample.model import Evidence
from darak.sample.teller import Teller


def tell(life: Life) -> None:
    t = Teller(life, "fitness")
    year = life.until.year - t.pick((1, 2, 3))
    t.values |= {"year": str(year), "before": str(year - 1), "three": str(year - 2)}
    _weight(t, year)
    _steps(t, year)
    _runs(t, year)
    _sleep(t, year)
    _pulse(t, year)
    t.ask_nothing("max", ko=("{year}년에 제일 멀리 자전거 탄 거리가 얼마야?", "{year}년 체지방률 평균이 얼마야?"), en=("What was my longest bike ride in {year}?", "What was my average body fat in {year}?"), both=True)


def _values(t: Teller, kind: str) -> list[tuple[datetime, float]]:
    return [(one.start, float(one.value)) for one in t.life.samples if one.kind == kind]


def _in_year(values: Iterable[tuple[datetime, float]], year: int) -> list[tuple[datetime, float]]:
    return [one for one in values if one[0].year == year]


def _period(metric: str, year: int) -> Evidence:
    return Evidence("apple-health", f"{year}-01-01/{year + 1}-01-01", "", metric)


def _in_month(metric: str, year: int, month: int) -> Evidence:
    after = date(year + month // 12, month % 12 + 1, 1)
    return Evidence("apple-health", f"{date(year, month, 1)}/{after}", "", metric)


def _weight(t: Teller, year: int) -> None:
    weights = _values(t, "BodyMass")
    within = _in_year(weights, year)
    here = [_period("body_mass", year)]
    t.ask("average", [(gold.number(fmean(value for _, value in within), 0.15),)], here, ko="{year}년 평균 몸무게가 얼마였어?", en=("What did I weigh on average in {year}?", "What was my average weight in {year}?"))
    heaviest = max(value for _, value in weights)
    days = tuple(form for when, value in weights if value == heaviest for form in gold.day(when.date()))
    whole = [Evidence("apple-health", f"{t.life.start}/{t.life.until}", "", "body_mass")]
    t.ask("max", [(gold.number(heaviest),), days], whole, ko=("내가 제일 무거웠을 때가 언제고 몇 킬로였어?", "몸무게 최고 기록이 얼마고 언제야?"), en="When was I heaviest, and how much did I weigh?")
    t.ask("last", [(gold.number(weights[-1][1]),)], whole, ko="가장 최근에 잰 몸무게가 얼마야?", en="What was my latest weight measurement?")
    three = _in_year(weights, year - 2)
    first, last = fmean(value for _, value in three), fmean(value for _, value in within)
    down = last < first
    words = ("줄", "감소", "내려", "빠", "down", "decreas", "fell", "lost", "lower") if down else ("늘", "증가", "올라", "up", "increas", "rose", "gain", "higher")
    t.ask("trend", [gold.words(*words)], [_period("body_mass", year - 2), _period("body_mass", year)], ko=("{three}년부터 {year}년까지 몸무게가 어떻게 변했어?",), en="How did my weight develop from {three} to {year}?")


def _daily_steps(t: Teller) -> dict[date, float]:
    """Steps of a day by the device that counted most, for watch and phone count the same walk."""
    by_device: dict[tuple[date, str], float] = defaultdict(float)
    for one in t.life.samples:
        if one.kind == "StepCount":
            by_device[one.start.date(), one.device] += float(one.value)
    days: dict[date, float] = defaultdict(float)
    for (day, _), steps in by_device.items():
        days[day] = max(days[day], steps)
    return days


def _steps(t: Teller, year: int) -> None:
    days = _daily_steps(t)
    means = {y: fmean(steps for day, steps in days.items() if day.year == y) for y in (year - 1, year)}
    bounds = tuple((gold.number(mean, mean * 0.02),) for mean in means.values())
    periods = [_period("steps", year - 1), _period("steps", year)]
    more = year if means[year] > means[year - 1] else year - 1
    t.ask("compare", [*bounds, gold.words(str(more))], periods, ko=("{before}년이랑 {year}년 중에 언제 하루 평균 걸음 수가 더 많았어?",), en=("Did I walk more steps a day in {before} or in {year}?", "Which year had more steps a day on average, {before} or {year}?"), both=True)
    month = t.rng.randint(1, 12)
    within = [steps for day, steps in days.items() if (day.year, day.month) == (year, month)]
    t.ask("average", [(gold.number(fmean(within), fmean(within) * 0.02),)], [_in_month("steps", year, month)], ko="{year}년 {number}월 하루 평균 걸음 수는?", en="How many steps a day did I average in {name} {year}?", number=str(month), name=month_en(month))
    top = max((day for day in days if day.year == year), key=lambda day: days[day])
    t.ask("max", [gold.day(top)], [_period("steps", year)], ko="{year}년에 제일 많이 걸은 날이 언제야?", en="On which day of {year} did I walk the most steps?")


def _runs(t: Teller, year: int) -> None:
    runs = t.life.workouts
    longest = max(runs, key=lambda run: run.kilometres)
    whole = [Evidence("apple-health", f"{t.life.start}/{t.life.until}", "", "workout_running")]
    t.ask("max", [(gold.number(longest.kilometres, 0.06),), gold.day(longest.start.date())], whole, ko=("지금까지 제일 멀리 달린 게 언제고 몇 킬로였어?", "가장 긴 달리기 기록이 언제, 몇 km야?"), en=("What was my longest run ever, and when?", "When did I run the farthest, and how far?"))
    within = [run for run in runs if run.start.year == year]
    here = [_period("workout_running", year)]
    total = sum(run.kilometres for run in within)
    t.ask("sum", [(gold.number(total, max(0.6, total * 0.005)),)], here, ko="{year}년에 달린 거리를 다 합치면 몇 킬로야?", en="How many kilometres did I run in {year} altogether?")
    t.ask("count", [(gold.number(len(within)),)], here, ko="{year}년에 달리기를 몇 번 했어?", en="How many times did I go running in {year}?")


def _sleep(t: Teller, year: int) -> None:
    nights: dict[date, float] = defaultdict(float)
    for one in t.life.samples:
        if one.kind == "SleepAnalysis" and one.value.endswith("Asleep") and one.device == phone_name(t.life):
            nights[one.end.date()] += (one.end - one.start).total_seconds() / 3600
    month = t.rng.randint(1, 12)
    hours = [value for day, value in nights.items() if (day.year, day.month) == (year, month)]
    mean = fmean(hours)
    t.ask("average", [(gold.number(mean, 0.12), gold.number(mean * 60, 7))], [_in_month("sleep_asleep", year, month)], ko="{year}년 {number}월에 하루 평균 몇 시간 잤어?", en="How many hours did I sleep a night on average in {name} {year}?", number=str(month), name=month_en(month))
    within = {day: value for day, value in nights.items() if day.year == year}
    shortest = min(within.values())
    t.ask("min", [(gold.number(shortest, 0.06), gold.number(shortest * 60, 3))], [_period("sleep_asleep", year)], ko="{year}년에 제일 적게 잔 날은 몇 시간 잤어?", en="How short was my shortest night in {year}?")


def _pulse(t: Teller, year: int) -> None:
    pulses = _values(t, "RestingHeartRate")
    means = [fmean(value for _, value in _in_year(pulses, y)) for y in (year - 2, year)]
    periods = [_period("resting_heart_rate", year - 2), _period("resting_heart_rate", year)]
    t.ask("compare", [(gold.number(means[0], 0.6),), (gold.number(means[1], 0.6),)], periods, ko="{three}년과 {year}년의 안정시 심박수 평균을 비교해줘", en="How does my average resting heart rate of {three} compare with {year}?")
