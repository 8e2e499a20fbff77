"""Numbers of a life: days told once, currencies apart, courses and seasons told by what the values show."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.answers.conftest import record, sample

from darak.answers.answer import Answer
from darak.answers.numbers.metrics import metric_of, metric_patterns
from darak.answers.numbers.samples import Samples, Value
from darak.answers.numbers.statistics import grouped, season, seasonal_rise, trend
from darak.answers.wording import wording
from darak.records.vault import Vault

Living = Callable[..., Callable[..., Answer]]

FIRST = date(2020, 1, 1)


def values(*pairs: tuple[date, float]) -> list[Value]:
    return [Value(day, value) for day, value in pairs]


def test_values_are_grouped_by_month_year_and_season() -> None:
    some = values((date(2024, 1, 31), 1), (date(2024, 2, 1), 2), (date(2024, 12, 1), 3), (date(2025, 1, 1), 4))
    assert [part.key for part in grouped(some, "month")] == [(2024, 1), (2024, 2), (2024, 12), (2025, 1)]
    assert [part.total for part in grouped(some, "year")] == [6, 4]
    assert [(part.key, part.mean) for part in grouped(some, "season")] == [((2023, 0), 1.5), ((2024, 0), 3.5)]


def test_january_belongs_to_the_winter_that_began_in_december() -> None:
    assert season(date(2025, 1, 1)) == season(date(2024, 12, 31)) == (2024, 0)


def test_a_straight_course_is_told_by_its_change_in_a_year() -> None:
    course = trend([Value(FIRST + timedelta(days=n * 30), 60 + n * 0.1 + (n % 2) * 0.01) for n in range(36)])
    assert course is not None and course.direction == 1
    assert course.per_year == pytest.approx(0.1 * 365.25 / 30, rel=0.05)


def test_noise_has_no_direction() -> None:
    chance = random.Random(3)
    course = trend([Value(FIRST + timedelta(days=n * 30), chance.gauss(60, 3)) for n in range(36)])
    assert course is not None and course.direction == 0


def test_two_days_make_no_course() -> None:
    assert trend(values((FIRST, 1), (FIRST + timedelta(days=9), 2))) is None


@given(st.lists(st.tuples(st.integers(0, 4000), st.floats(-1e5, 1e5)), max_size=40))
def test_any_values_have_a_course_or_none(pairs: list[tuple[int, float]]) -> None:
    some = [Value(FIRST + timedelta(days=day), value) for day, value in pairs]
    course = trend(some)
    assert (course is None) == (len({value.day for value in some}) < 3)
    assert course is None or course.direction in (-1, 0, 1)
    seasonal_rise(some)


def test_a_rise_each_winter_is_seen() -> None:
    days_ = [FIRST + timedelta(days=n * 7) for n in range(52 * 4)]
    rise = seasonal_rise([Value(day, 130.0 if season(day)[1] == 0 else 118.0) for day in days_])
    assert rise is not None
    assert (rise.season, rise.mean, rise.other) == (0, 130, 118)


def test_noise_makes_no_season() -> None:
    chance = random.Random(5)
    assert seasonal_rise([Value(FIRST + timedelta(days=n * 7), chance.gauss(120, 8)) for n in range(52 * 4)]) is None


def steps(time: str, end: str, value: float, device: str) -> dict[str, Any]:
    return {
        "type": "sample", "source": "watch", "metric": "steps", "unit": "count",
        "time": time, "end": end, "value": value, "device": device,
    }  # fmt: skip


def test_steps_that_two_devices_counted_are_told_once(vault: Vault, take_in: Callable[..., object]) -> None:
    take_in(vault, [
        steps("2024-05-01T08:00:00+09:00", "2024-05-01T09:00:00+09:00", 5000, "watch"),
        steps("2024-05-01T08:00:00+09:00", "2024-05-01T09:00:00+09:00", 4000, "phone"),
        steps("2024-05-01T12:00:00+09:00", "2024-05-01T13:00:00+09:00", 1000, "phone"),
    ])  # fmt: skip
    (day,) = Samples(vault, metric_of("steps")).days()
    assert (day.day, day.value) == (date(2024, 5, 1), 6000)


def test_a_night_belongs_to_the_day_on_which_it_ends(vault: Vault, take_in: Callable[..., object]) -> None:
    night = sample("sleep_asleep", "2024-05-01T23:30:00+09:00", 450, "min") | {"end": "2024-05-02T07:00:00+09:00"}
    take_in(vault, [night])
    (day,) = Samples(vault, metric_of("sleep_asleep")).days()
    assert (day.day, day.value) == (date(2024, 5, 2), 7.5)


def test_the_day_is_that_of_the_place_where_it_was_measured(vault: Vault, take_in: Callable[..., object]) -> None:
    take_in(vault, [sample("body_mass", "2024-05-02T06:00:00+09:00", 60, "kg")])  # still 1 May in UTC
    assert [value.day for value in Samples(vault, metric_of("body_mass"), date(2024, 5, 2), date(2024, 5, 3)).days()]


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("윗 혈압 평균", "blood_pressure_systolic"),
        ("my resting heart rate", "resting_heart_rate"),
        ("how long did I sleep", "sleep_asleep"),
        ("어제 몇 시간 잤어", "sleep_asleep"),
        ("가장 많이 걸은 날", "steps"),
        ("how much did I weigh", "body_mass"),
    ],
)
def test_a_metric_is_called_by_many_names(text: str, metric: str) -> None:
    found = next(names for pattern, names in metric_patterns() if pattern.search(text))
    assert found[0] == metric


@pytest.mark.parametrize("text", ["the first step towards peace", "수면제를 먹었다", "step by step"])
def test_other_senses_of_a_word_measure_nothing(text: str) -> None:
    assert not [names for pattern, names in metric_patterns() if pattern.search(text)]


def paid(key: str, time: str, amount: float, currency: str | None) -> dict[str, Any]:
    extra = {"amount": amount} | ({"currency": currency} if currency else {})
    return record("purchase", key, time, f"lunch {amount}", title="Bistro", extra=extra)


def test_money_of_different_currencies_is_never_added_up(living: Living) -> None:
    ask = living(
        paid("a", "2024-05-01", 9000, "KRW"), paid("b", "2024-05-02", 8000, "KRW"), paid("c", "2024-05-03", 7.5, "EUR")
    )
    text = ask("How much did I spend on lunch in May 2024?").text
    assert "17,000 won" in text and "7.50 euros" in text and "17,007" not in text


def test_money_without_a_currency_has_no_unit(living: Living) -> None:
    ask = living(paid("a", "2024-05-01", 12, None), paid("b", "2024-05-02", 13, None))
    assert ask("How much did I spend on lunch in total?").text.startswith("25: ")


def test_calls_are_counted_in_minutes(living: Living) -> None:
    calls = [
        record("purchase", f"c{n}", f"2024-05-0{n}T10:00", "", people=["Anna Weber"], extra={"seconds": 90})
        | {"kind": "call", "source": "phone"}
        for n in (1, 2)
    ]
    ask = living(*calls)
    assert ask("How many minutes did I talk on the phone with Anna in total?").text.startswith("3.0 min")


def test_runs_are_told_in_kilometres_and_swims_apart(living: Living) -> None:
    def workout(key: str, day: str, activity: str, km: float) -> dict[str, Any]:
        line = record("note", key, day, activity, extra={"activity": activity, "distance_km": km})
        return line | {"kind": "other", "source": "watch"}

    ask = living(
        workout("r1", "2024-05-01", "running", 5.25),
        workout("r2", "2024-05-03", "running", 10),
        workout("s", "2024-05-04", "swimming", 1),
    )
    assert "15.25 km" in ask("How far did I run in May 2024 in total?").text
    assert "2번" in ask("2024년 5월에 달리기 몇 번 했어?").text


def test_a_month_that_still_runs_is_no_fall(living: Living) -> None:
    lines = [paid(f"p{month}", f"2024-{month:02}-10", 10_000 + month * 10, "KRW") for month in range(1, 9)]
    ask = living(*lines, paid("now", "2024-09-01", 50, "KRW"))
    from datetime import datetime

    answer = ask("How did my lunch spending change over time?", datetime(2024, 9, 2))
    assert "fell" not in answer.text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_metric_has_a_title_and_a_unit_in_both_languages(language: Any) -> None:
    from darak.answers.plan import Measure

    say = wording(language)
    for _, names in metric_patterns():
        for name in names:
            measure = Measure("", metrics=(name,))
            assert say.title(measure)
            assert say.unit(measure) or name in ("vo2_max", "body_mass_index")


def test_korean_particles_fit_the_sound_before_them() -> None:
    from darak.answers.wording.korean import particle

    assert particle("김민수", "이", "가") == "김민수가"
    assert particle("박지훈", "이", "가") == "박지훈이"
    assert particle("3", "이에요", "예요") == "3이에요"
    assert particle("2", "이에요", "예요") == "2예요"
    assert particle("kg", "은", "는") == "kg는"
