"""An answer says which sources do not reach the period that was asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from darak.answers.answer import Answer

Asked = Callable[..., Answer]


def test_a_source_that_ends_before_the_asked_period_is_told(asked: Asked) -> None:
    assert "card ends on Saturday 25 May 2024." in asked("What happened around Christmas 2024?").coverage
    assert "card 기록은 2024년 5월 25일 (토)까지만 있어요." in asked("2024년 12월에 커피에 얼마 썼어?").coverage


def test_a_source_that_begins_after_the_asked_period_is_told(asked: Asked) -> None:
    coverage = asked("How many swimming lessons did I have in 2022?").coverage
    assert "calendar begins on Saturday 13 January 2024." in coverage


def test_a_source_that_reaches_the_whole_period_is_not_told(asked: Asked) -> None:
    coverage = asked("How much did I spend on coffee in March 2024?").coverage
    assert not [line for line in coverage if line.startswith(("card", "calendar", "phone", "diary"))]


def test_without_a_period_only_sources_that_ended_long_ago_are_told(asked: Asked) -> None:
    now = datetime(2025, 3, 10)
    told = {line.split(" ends ")[0] for line in asked("When did I pass my driving test?", now).coverage}
    assert told == {"card", "diary"}
