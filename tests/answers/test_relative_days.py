"""Days that records and questions name relative to a moment are told as days of the calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from darak.answers.answer import Answer

Asked = Callable[..., Answer]


@pytest.mark.parametrize(
    ("question", "day", "written_on"),
    [
        ("When did Seojun Kim adopt a puppy?", "1 March 2024", "2 March"),
        ("When did Mina have her first piano lesson?", "9 February 2025", "10 February"),
        ("박지민이 청첩장 돌린 게 언제야?", "2023년 10월 13일", "10월 14일"),
        ("When does Seojun Kim start his new job?", "13 May 2024", "11 May"),
    ],
)
def test_yesterday_in_a_record_is_the_day_before_the_record(
    asked: Asked, question: str, day: str, written_on: str
) -> None:
    answer = asked(question)
    assert answer.status == "answered"
    assert day in answer.text and written_on not in answer.text


def test_a_day_without_a_year_in_a_record_is_the_next_one_after_it(asked: Asked) -> None:
    assert "2023년 11월 25일" in asked("박지민 결혼식이 언제야?").text


def test_the_moment_of_asking_changes_no_day_that_a_record_names(asked: Asked) -> None:
    early, late = (asked("When did Seojun Kim adopt a puppy?", datetime(year, 9, 9)) for year in (2024, 2031))
    assert early.text == late.text


def test_a_moved_appointment_is_on_its_new_day_and_the_old_one_is_told(asked: Asked) -> None:
    answer = asked("When is my dentist check-up?")
    assert answer.text.startswith("Tuesday 4 March 2025")
    assert "25 February" in answer.text
    assert {citation.record.native_id for citation in answer.citations} == {"e-dentist", "x-dentist"}


def test_a_moved_appointment_is_found_in_the_other_language_too(asked: Asked) -> None:
    answer = asked("치과 예약이 언제야?")
    assert answer.text.startswith("2025년 3월 4일") and "2월 25일" in answer.text


@pytest.mark.parametrize(
    ("question", "now", "count"),
    [
        ("How many swimming lessons did I have this year?", datetime(2024, 12, 1), "3 times"),
        ("How many swimming lessons did I have last year?", datetime(2025, 2, 1), "3 times"),
        ("작년에 미용실 몇 번 갔어?", datetime(2025, 2, 1), "4번"),
    ],
)
def test_relative_days_of_a_question_count_from_the_moment_of_asking(
    asked: Asked, question: str, now: datetime, count: str
) -> None:
    assert count in asked(question, now).text


def test_how_long_since_grows_with_the_moment_of_asking(asked: Asked) -> None:
    question = "How long has it been since the knee surgery?"
    assert "10 days" in asked(question, datetime(2023, 9, 22)).text
    assert "31 days" in asked(question, datetime(2023, 10, 13)).text
