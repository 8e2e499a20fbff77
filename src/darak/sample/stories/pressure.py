"""Blood pressure that rises each winter."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from statistics import fmean

from darak.sample import gold
from darak.sample.life import Life
from darak.sample.model import Evidence, Pressure
from darak.sample.teller import Teller

METRIC = "blood_pressure_systolic"


def tell(life: Life) -> None:
    t = Teller(life, "pressure")
    year = life.until.year - t.pick((0, 1, 2))
    _remark(t)
    winter = (date(year - 2, 12, 1), date(year - 1, 3, 1))
    summer = (date(year - 1, 6, 1), date(year - 1, 9, 1))
    cold, warm = _between(life.pressures, *winter), _between(life.pressures, *summer)
    mean_cold, mean_warm = _mean(cold), _mean(warm)
    t.values |= {"summer": str(year - 1), "winter": str(year - 2), "year": str(year - 1)}
    t.ask("average", [(gold.number(mean_cold, 0.6),)], [_period(*winter)],
          ko=("{winter}년 겨울에 내 수축기 혈압 평균이 얼마였어?", "{winter}년 12월부터 이듬해 2월까지 위 혈압 평균은?"),
          en=("What was my average systolic blood pressure in the winter of {winter}?",
              "What did my systolic pressure average from December {winter} to February {year}?"))  # fmt: skip
    t.ask("average", [(gold.number(mean_warm, 0.6),)], [_period(*summer)],
          ko=("{summer}년 여름 수축기 혈압 평균 알려줘", "{summer}년 6월부터 8월까지 위 혈압이 평균 얼마였지?"),
          en="What was my mean systolic blood pressure in summer {summer}?")
    t.ask("compare", [gold.words("높", "올라", "higher", "more in winter", "winter"), (gold.number(mean_cold, 0.6),),
                      (gold.number(mean_warm, 0.6),)], [_period(*winter), _period(*summer)],
          ko="{winter}년 겨울이랑 {summer}년 여름 중에 수축기 혈압이 언제 더 높았어?",
          en="Was my systolic blood pressure higher in winter {winter} or in summer {summer}?")  # fmt: skip
    whole = _between(life.pressures, date(year - 1, 1, 1), date(year, 1, 1))
    top = max(whole, key=lambda one: one.systolic)
    tops = tuple(form for one in whole if one.systolic == top.systolic for form in gold.day(one.time.date()))
    year_period = _period(date(year - 1, 1, 1), date(year, 1, 1))
    t.ask("max", [(gold.number(top.systolic),), tops], [year_period],
          ko=("{year}년에 수축기 혈압이 제일 높았던 때는 언제고 얼마였어?", "{year}년 최고 혈압(수축기)이 얼마였지? 날짜도"),
          en="What was my highest systolic reading in {year}, and on which day?")
    low = min(one.diastolic for one in whole)
    t.ask("min", [(gold.number(low),)],
          [Evidence("apple-health", year_period.time, "", "blood_pressure_diastolic")],
          ko="{year}년에 이완기 혈압 최저가 얼마였지?", en="What was my lowest diastolic reading in {year}?")
    t.ask_nothing("average", ko=("{year}년 공복 혈당 평균이 얼마였지?", "{year}년 내 혈중 산소 평균 알려줘"),
                  en=("What was my average blood glucose in {year}?", "What was my average blood oxygen in {year}?"), both=True)  # fmt: skip


def _remark(t: Teller) -> None:
    for years in (4.95, 2.95, 0.95):
        day = t.day(years, 15)
        t.talk("mother", t.at(day, 20), (
            ("mother", "{요즘 날이 찬데|겨울이라|감기는 안 걸렸니} 혈압은 {재고 있니|괜찮니|어떠니}"),
            ("me", "{네 추워지니까 또 올라가네요|겨울만 되면 좀 높게 나와요|재고 있어요 여름보다 높아요}"),
            ("mother", "{짜게 먹지 말고|모자 쓰고 다녀라|약 먹을 정도는 아니지}"),
        ))  # fmt: skip


def _between(readings: Sequence[Pressure], first: date, last: date) -> list[Pressure]:
    return [one for one in readings if first <= one.time.date() < last]


def _mean(readings: Sequence[Pressure]) -> float:
    return fmean(one.systolic for one in readings)


def _period(first: date, last: date) -> Evidence:
    return Evidence("apple-health", f"{first}/{last}", "", METRIC)
