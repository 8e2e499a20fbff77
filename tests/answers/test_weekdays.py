"""Days of the week against the others; rates of what is done; and what no memory can know."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from tests.answers.conftest import note, purchase, sample

from darak.answers.answer import Answer

Living = Callable[..., Callable[..., Answer]]
_DAYS = [date(2024, 4, 1) + timedelta(days=n) for n in range(56)]


def _walking(weekend: float, weekday: float) -> list[dict[str, object]]:
    return [
        sample("steps", day.isoformat(), (weekend if day.weekday() > 4 else weekday) + 10 * (day.day % 7), "count")
        for day in _DAYS
    ]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Do I walk more on weekends?", "More on weekends, by 3,0"),
        ("how much do i walk on weekends", "More on weekends, by 3,0"),
        ("주말에 더 많이 걸어?", "주말에 3,0"),
        ("평일이랑 주말 중에 언제 더 많이 걸어?", "주말에 3,0"),
        ("월요일에는 덜 걸어?", "다른 요일에 "),
        ("Do I walk less on Mondays?", "More on other days, by "),
    ],
)
def test_days_of_the_week_are_set_against_the_others(living: Living, question: str, told: str) -> None:
    assert living(*_walking(9000, 6000))(question).text.startswith(told)


def test_no_difference_is_told_as_none(living: Living) -> None:
    ask = living(*_walking(6000, 6000))
    assert ask("Do I walk more on weekends?").text.startswith("There is no clear difference in daily steps")
    assert ask("주말에 더 많이 걸어?").text.startswith("뚜렷한 차이가 없어요.")


def test_a_certain_weekend_is_that_one(living: Living) -> None:
    ask = living(*_walking(9000, 6000), note("n", "2024-05-25", "주말에 바다를 보러 갔다."))
    assert "평균" in ask("2024년 5월 마지막 주말에 많이 걸었어?").text
    assert "weekdays" not in ask("How many steps did I take last weekend?").text


def test_what_is_spent_counts_the_days_without_any(living: Living) -> None:
    ask = living(*(purchase(f"p{day}", f"{day}T10:00", "마트", "장보기", 7000) for day in _DAYS if day.weekday() == 5))
    assert "weekends: 3,733 won, weekdays: 0 won" in ask("Do I spend more on weekends?").text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("커피 하루에 몇 잔 마셔?", "하루에 0.5번꼴이에요."),
        ("how many cups of coffee do I drink a day", "0.5 times a day."),
        ("how many coffees do I buy per week", "3.5 times a week."),
    ],
)
def test_how_many_a_day_is_a_rate(living: Living, question: str, told: str) -> None:
    ask = living(*(purchase(f"c{day}", f"{day}T08:20", "온도커피", "커피 4,500원", 4500) for day in _DAYS[::2]))
    assert ask(question).text.startswith(told)
