"""A birthday is a day of the year, whichever record tells it; never that of somebody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.answers.conftest import event, message, note, record

from darak.answers.answer import Answer

Living = Callable[..., Callable[..., Answer]]


def card(name: str, birthday: str) -> dict[str, Any]:
    line = {"type": "record", "id": name, "source": "contacts", "account": "me", "kind": "contact", "title": name}
    text = f"{name}\nbirthday: {birthday}"
    return line | {"text": text, "people": [name], "extra": {"contact": True, "birthday": birthday}}


def yearly(title: str, *days: str) -> list[dict[str, Any]]:
    return [record("event", f"{title}{day}", day, "", title=title) for day in days]


@pytest.mark.parametrize(
    "question",
    [
        "언니 생일이 언제야?",
        "누나 생일 며칠이지",
        "언니 생일은?",
        "언니생일 언제더라",
        "when is my sister's birthday",
        "sister's bday?",
    ],
)
def test_the_day_of_the_year_is_told(living: Living, question: str) -> None:
    answer = living(*yearly("언니 생일", "2022-01-15", "2023-01-15", "2024-01-15"))(question)
    assert answer.status == "answered"
    assert answer.text.startswith(("1월 15일이에요.", "15 January."))
    assert "2026" in answer.text and "2022" not in answer.text


def test_the_date_of_a_year_of_the_last_and_of_the_next_one(living: Living) -> None:
    ask = living(*yearly("아빠 생신", "2022-10-21", "2023-10-21"))
    for question, day in (
        ("작년 아빠 생신이 언제였어?", "2024년 10월 21일"),
        ("올해 아빠 생일 무슨 요일이야?", "2025년 10월 21일 (화)"),
        ("아빠 지난 생일은 언제였지", "2024년 10월 21일"),
        ("다음 아빠 생신은 언제야?", "2025년 10월 21일"),
        ("아빠 생신까지 며칠 남았어?", "142일 남았어요"),
        ("How many days until dad's birthday?", "in 142 days"),
        ("When was dad's birthday in 2021?", "21 October 2021"),
    ):
        assert day in ask(question).text, question


def test_a_contact_tells_it_with_the_year_of_birth(living: Living) -> None:
    ask = living(card("Mina Cho", "1991-02-03"), card("박지민", "--07-29"), card("Leo Park", "1992-02-29"))
    assert ask("When is Mina Cho's birthday?").text.startswith("3 February (born in 1991).")
    assert ask("지민이 생일 언제야").text.startswith("7월 29일이에요. ")
    assert "28 February 2026" in ask("When is Leo Park's next birthday?").text


def test_what_somebody_says_of_it_tells_it(living: Living) -> None:
    ask = living(message("m", "2024-03-01T10:00", "Mina Cho", "My birthday is on 9 April, come over!", "mina"))
    assert ask("When is Mina Cho's birthday?").text.startswith("9 April.")
    assert ask("On which day was Mina Cho born?").text.startswith("9 April.")
    assert ask("When is my birthday?").status == "no_record"


def test_congratulations_make_it_likely(living: Living) -> None:
    ask = living(
        message("a1", "2023-05-06T10:00", "me", "지민아 생일 축하해!", "지민"),
        message("a2", "2023-05-06T10:02", "박지민", "고마워", "지민"),
        message("b1", "2023-08-09T10:00", "박지민", "생일 축하해!! 오늘 뭐 해?", "지민"),
        message("c1", "2024-08-09T11:00", "Mina Cho", "happy birthday!", "mina"),
        message("d1", "2024-02-02T11:00", "Mina Cho", "my mum has her birthday, happy birthday mum", "mina"),
    )
    assert ask("지민이 생일이 언제야?").status == "unsure" and "5월 6일" in ask("지민이 생일이 언제야?").text
    assert ask("내 생일이 언제야?").status == "unsure" and "8월 9일" in ask("내 생일이 언제야?").text


def test_a_lunar_birthday_is_another_day_each_year(living: Living) -> None:
    ask = living(*yearly("할머니 생신", "2023-06-20", "2024-06-08", "2025-06-27"))
    assert "2025년 6월 27일" in ask("할머니 생신이 언제야?").text
    assert "2024년 6월 8일" in ask("작년 할머니 생신 언제였어?").text


def test_a_lunar_day_is_told_as_it_is_written(living: Living) -> None:
    ask = living(note("n", "2024-01-02", "시아버지 생신은 음력 3월 4일이다."))
    assert "음력 3월 4일" in ask("시아버지 생신이 언제야?").text


def test_a_party_or_a_gift_is_no_birthday(living: Living) -> None:
    ask = living(
        event("e", "2024-08-17T18:00", "Anna's birthday party", "Luigi's"), *yearly("Anna's birthday", "2024-08-15")
    )
    assert "17 August 2024" in ask("When was Anna's birthday party?").text
    assert ask("When is Anna's birthday?").text.startswith("15 August.")
