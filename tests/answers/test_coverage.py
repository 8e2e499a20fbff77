"""An answer says which sources do not reach the period that was asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests.answers.conftest import message

from darak.answers.answer import Answer

Asked = Callable[..., Answer]
Living = Callable[..., Asked]


def test_a_source_that_ends_before_the_asked_period_is_told(asked: Asked) -> None:
    (told,) = asked("How much did I spend on coffee in December 2024?").coverage
    assert told == "card ends on Saturday 25 May 2024."
    (told,) = asked("2024년 12월에 커피에 얼마 썼어?").coverage
    assert told == "card 기록은 2024년 5월 25일 (토)까지만 있어요."


def test_a_source_that_begins_after_the_asked_period_is_told(asked: Asked) -> None:
    (told,) = asked("How many swimming lessons did I have in 2022?").coverage
    assert "calendar begins on Saturday 13 January 2024" in told


def test_a_source_that_reaches_the_whole_period_is_not_told(asked: Asked) -> None:
    assert asked("How much did I spend on coffee in March 2024?").coverage == ()


def test_what_is_kept_rather_than_comes_in_is_never_out_of_date(asked: Asked) -> None:
    assert "diary" not in "".join(asked("When did I pass my driving test?", datetime(2025, 12, 1)).coverage)


def test_the_sources_of_the_cited_records_are_named_and_the_others_counted(living: Living) -> None:
    def told_in(source: str, year: int, text: str) -> dict[str, Any]:
        line = message(source, f"{year}-03-02T10:00", "Ada", text, source)
        return line | {"source": source}

    ask = living(*(told_in(f"chat-{year}", year, f"Lunch of {year}") for year in range(2010, 2020)),
                 told_in("letters", 2009, "The canoe is painted red."))  # fmt: skip
    (told,) = ask("What colour is the canoe painted?").coverage
    assert told == "letters ends on Monday 2 March 2009; 10 other sources fall short, too."
    (told,) = ask("카누는 무슨 색으로 칠했어?").coverage
    assert told.endswith("곳의 기록도 모자라요.") and len(told) < 200
