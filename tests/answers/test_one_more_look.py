"""When one slept, until when something runs, who somebody is; and nouns that look like verbs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.answers.conftest import event, message, note, purchase, sample

from darak.answers.answer import Answer

Living = Callable[..., Callable[..., Answer]]


@pytest.mark.parametrize(
    ("question", "clock"), [("어제 몇 시에 잤어?", "23:40"), ("What time did I wake up yesterday?", "06:40")]
)
def test_the_hour_of_a_night_is_a_clock_and_no_sum(living: Living, question: str, clock: str) -> None:
    night = sample("sleep_asleep", "2025-05-30T23:40:00+09:00", 420, "min") | {"end": "2025-05-31T06:40:00+09:00"}
    assert living(night)(question).text.startswith(clock)


def test_a_report_is_no_form_of_to_see(living: Living) -> None:
    ask = living(
        event("r", "2025-06-20T18:00", "분기 보고서 마감", "본사"), note("n", "2025-05-01", "영화를 보고 왔다.")
    )
    assert "2025년 6월 20일" in ask("보고서 마감 언제야").text


def test_until_when_is_a_day(living: Living) -> None:
    ask = living(
        note("n", "2025-01-02", "새 노트북 보증기간은 2027년 1월 2일까지."),
        note("m", "2025-01-01", "노트북은 일주일 안에 온다."),
    )
    assert "2027년 1월 2일" in ask("노트북 보증기간 언제까지야").text


def test_a_value_ends_before_its_comma(living: Living) -> None:
    ask = living(note("n", "2022-02-03", "총콜레스테롤 224, 조금 높은 편"))
    assert (
        ask("콜레스테롤 수치 얼마였지").text.startswith("224예요.")
        or "224이에요." in ask("콜레스테롤 수치 얼마였지").text
    )


@pytest.mark.parametrize("question", ["작년에 제일 많이 쓴 데가 어디야", "제일 많이 돈 쓴 가게"])
def test_where_most_was_spent_is_a_place(living: Living, question: str) -> None:
    ask = living(
        purchase("a", "2024-02-01T10:00", "온도커피", "커피", 4500),
        purchase("b", "2024-03-01T10:00", "온도커피", "커피", 4500),
        purchase("c", "2024-04-01T10:00", "한마음마트", "장보기", 81200),
    )
    assert ask(question).text.startswith("한마음마트예요")


def test_a_birthday_of_another_is_not_one_s_own(living: Living) -> None:
    ask = living(event("b", "2024-12-27", "오빠 생일", "집"))
    assert ask("작년 생일에 뭐했지").status != "answered"


def test_what_somebody_does_is_who_they_are(living: Living) -> None:
    ask = living(message("m", "2024-05-01T10:00", "권소율", "커피 좀 줄여", "소율"))
    assert ask("소율이 뭐하는 사람이야").text.startswith("소율")
