"""Lengths of time are told from distances and dates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from darak.language.durations import find_durations


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        *(("for three years", 3, "year"), ("a 10-day trip", 10, "day"), ("an hour and a half", 1.5, "hour")),
        *(
            ("a couple of weeks", 2, "week"),
            ("twelve months", 12, "month"),
            ("2주 동안", 2, "week"),
            ("사흘 걸렸다", 3, "day"),
        ),
        *(("한 시간 반", 1.5, "hour"), ("1.5시간", 1.5, "hour"), ("3일 만에", 3, "day"), ("세 달", 3, "month")),
        *(("30분 동안", 30, "minute"), ("십 년째", 10, "year"), ("일주일 내내", 1, "week"), ("5개월", 5, "month")),
    ],
)
def test_a_length_of_time_is_found(text: str, count: float, unit: str) -> None:
    assert [(found.count, found.unit) for found in find_durations(text)] == [(count, unit)]


@pytest.mark.parametrize(
    "text", ["two weeks ago", "3 days later", "2년 전", "3일 뒤", "3일에 만나", "2020년", "몇 년", "a few days", "days"]
)
def test_distances_dates_and_vague_words_are_no_lengths(text: str) -> None:
    assert find_durations(text) == []


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    for found in find_durations(text):
        assert found.days > 0
