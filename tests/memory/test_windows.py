"""The dates of a query say where in time to look; what is left says what for."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from darak.memory.windows import REACH, Window, framed
from darak.records.time import day_number

NOW = datetime(2025, 6, 18, 9, 0)


def days(query: str) -> list[tuple[str, str]]:
    epoch = date(1970, 1, 1).toordinal()
    return [
        (date.fromordinal(w.since + epoch).isoformat(), date.fromordinal(w.until + epoch).isoformat())
        for w in framed(query, NOW).windows
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("what did we eat in May 2024?", [("2024-05-01", "2024-06-01")]),
        ("2024년 5월에 뭐 먹었지", [("2024-05-01", "2024-06-01")]),
        ("어제 누구 만났지", [("2025-06-17", "2025-06-18")]),
        ("the dentist", []),
    ],
)
def test_a_date_frames_the_query(query: str, expected: list[tuple[str, str]]):
    assert days(query) == expected


def test_words_that_point_from_now_belong_to_the_story_when_a_date_is_named():
    assert days("In March 2025, what had recently happened to Jihye?") == [("2025-03-01", "2025-04-01")]


def test_a_name_of_a_day_belongs_to_the_story_when_a_date_is_named():
    framing = framed("what did we bake for Christmas in December 2024?", NOW)
    assert framing.windows == (Window(day_number(date(2024, 12, 1)), day_number(date(2025, 1, 1))),)
    assert "Christmas" in framing.rest


def test_a_name_of_a_day_alone_only_hints_at_the_time():
    framing = framed("the Christmas cookies", NOW)
    assert framing.windows and not framing.strict
    assert framing.weight(None) > 0
    assert "Christmas" in framing.rest


def test_a_year_beside_its_month_says_no_more():
    assert days("the stamps of 2025 that we saw in early January 2025") == [("2025-01-01", "2025-01-11")]


def test_the_words_of_a_date_are_not_looked_for():
    for query in ("저녁 2024년 5월 3일 아빠랑", "dinner, 3 May 2024, with dad"):
        rest = framed(query, NOW).rest
        assert not any(said in rest for said in ("2024", "5월", "May", "3"))
        assert "아빠랑" in rest or "dad" in rest


def test_days_fit_less_the_further_from_the_window_they_are():
    window = Window(100, 110)
    inside, near, far = window.weight(105), window.weight(111), window.weight(110 + REACH - 1)
    assert inside == 1 > near > far > 0 == window.weight(110 + REACH)


def test_of_an_open_end_the_days_next_to_the_date_fit_best():
    (window,) = framed("before 1 August 2023", NOW).windows
    last_of_july, years_before = day_number(date(2023, 7, 31)), day_number(date(2015, 7, 31))
    assert window.weight(last_of_july) == 1 > window.weight(years_before) > 0


def test_without_a_date_every_time_fits():
    assert framed("the dentist", NOW).weight(None) == 1
    assert framed("the dentist in May 2024", NOW).weight(None) == 0
