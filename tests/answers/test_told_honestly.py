"""What no record can tell is said so; and people are counted, not messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.answers.conftest import message, note, purchase, record

from darak.answers.answer import Answer, Citation

Living = Callable[..., Callable[..., Answer]]


def mail(key: str, time: str, **extra: Any) -> dict[str, Any]:
    return record("mail", key, time, "Hello there.", author="anna@mill.example", title=f"Letter {key}", extra=extra)


@pytest.mark.parametrize("question", ["안 읽은 메일 있어?", "안읽은 메일 몇 개야", "how many unread mails do i have"])
def test_what_was_read_is_not_known_where_no_record_says_so(living: Living, question: str) -> None:
    answer = living(mail("a", "2024-01-01T10:00"))(question)
    assert answer.status == "no_record" and not answer.citations
    assert answer.text.startswith(("기록에는 읽었는지", "Your records do not say"))


def test_labels_and_flags_tell_what_was_read(living: Living) -> None:
    ask = living(
        mail("a", "2024-01-01T10:00", labels=["Inbox", "Unread"]),
        mail("b", "2024-01-02T10:00", labels=["Inbox", "Opened"]),
        mail("c", "2024-01-03T10:00", flags=["replied"]),
        mail("d", "2024-01-04T10:00", flags=["seen"]),
        mail("e", "2024-01-05T10:00"),
    )
    cited = [one.record.native_id for one in ask("show me unread emails").citations if isinstance(one, Citation)]
    assert cited == ["a", "c"]
    assert ask("안 읽은 메일 있어?").text.startswith("2건이 있어요")


def test_people_are_counted_and_not_their_messages(living: Living) -> None:
    ask = living(
        *(message(f"a{n}", f"2024-03-0{n}T10:00", "Mina Cho", "hello", "mina") for n in (1, 2, 3)),
        message("b", "2024-04-01T10:00", "박지민", "안녕", "지민"),
        message("c", "2023-04-01T10:00", "최은지", "안녕", "은지"),
        message("d", "2024-04-01T10:01", "me", "안녕", "지민"),
        record("call", "e", "2024-05-01T10:00", "", author="Seojun Kim", people=["Seojun Kim", "me"]),
    )
    assert ask("how many people did I talk to last year").text.startswith("3 people in 2024. Most often: Mina Cho (3)")
    assert ask("작년에 몇 명이랑 얘기했어?").text.startswith("2024년에 3명이에요.")
    assert ask("작년에 통화한 사람이 몇 명이야?").text.startswith("2024년에 1명이에요.")
    assert ask("How many people did I talk to in 2021?").status == "no_record"


@pytest.mark.parametrize(
    "question",
    ["what happened in year 0", "서기 0년에 무슨 일이 있었어?", "13월에 뭐 했어", "what did i do on january 32",
     "5월 45일에 뭐 했어", "what happened in the year 99999"],
)  # fmt: skip
def test_a_date_that_no_calendar_has_is_told_as_such(living: Living, question: str) -> None:
    ask = living(record("call", "c", "2024-05-02T10:00", "발신 통화 (0분 13초)", people=["Mina Cho", "me"]))
    answer = ask(question)
    assert answer.status == "no_record" and ("no such date" in answer.text or "없는 날짜" in answer.text)


@pytest.mark.parametrize("question", ["What ideas did I have about books?", "책에 대해 무슨 아이디어가 있었지?"])
def test_an_idea_about_books_is_no_book(living: Living, question: str) -> None:
    ask = living(
        *(purchase(f"p{n}", f"2024-0{n}-01T10:00", "서점", "책 books 12,000원", 12000) for n in (1, 2, 3)),
        note("n", "2024-04-04", "아이디어: 책에 그은 밑줄로 친구를 찾는 모임."),
    )
    assert [one.record.native_id for one in ask(question).citations if isinstance(one, Citation)] == ["n"]


@pytest.mark.parametrize("question", ["2024년에 몇 번 갔어 미용실", "작년에 몇 번이나 미용실 갔어?"])
def test_a_year_is_no_rate(asked: Callable[..., Answer], question: str) -> None:
    assert asked(question).plan.kind == "count"
