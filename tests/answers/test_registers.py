"""Questions for records themselves: the last mail, what is on next week, who called most, what was bought."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from tests.answers.conftest import event, message, purchase, record

from darak.answers.answer import Answer

Ask = Callable[..., Answer]


def call(key: str, time: str, who: str, **extra: Any) -> dict[str, Any]:
    return record("event", key, time, "", author=who, people=[who, "me"], extra=extra) | {
        "kind": "call",
        "source": "phone",
    }


@pytest.fixture
def ask(living: Callable[..., Ask]) -> Ask:
    """On 1 June 2025."""
    return living(
        message("m1", "2024-09-01T10:00", "엄마", "밥 먹었니", "엄마"),
        message("m2", "2024-11-20T19:30", "엄마", "김치 보냈다", "엄마"),
        record("mail", "x1", "2024-03-01T09:00", "See attached.", author="Mina Cho", people=["me"], title="Invoice"),
        record("mail", "x2", "2024-12-24T09:00", "Love to all.", author="Mina Cho", people=["me"], title="Greetings"),
        call("c1", "2024-07-01T10:00", "박지민", seconds=120, direction="in"),
        call("c2", "2024-07-02T10:00", "박지민", seconds=60, direction="in"),
        call("c3", "2024-07-03T10:00", "최은지", seconds=60, direction="in"),
        call("c4", "2024-07-04T10:00", "최은지", seconds=0, direction="missed"),
        call("c5", "2024-07-05T10:00", "최은지", seconds=60, direction="out"),
        call("c6", "2024-07-06T10:00", "최은지", seconds=90, direction="out"),
        purchase("p1", "2024-05-03T08:20", "온도커피", "커피 4,500원", 4500),
        purchase("p2", "2024-05-18T14:00", "골목서점", "책 32,000원", 32000),
        purchase("p3", "2024-06-18T14:00", "한마음마트", "장보기 81,200원", 81200),
        event("e0", "2025-05-20T15:00", "치과 예약", "튼튼치과"),
        event("e1", "2025-06-04T15:00", "안과 검진", "밝은안과"),
        event("e2", "2025-06-10T09:00", "치과 예약", "튼튼치과"),
        event("e3", "2025-07-01T09:00", "Car inspection", "Garage"),
        event("e4", "2025-06-01T09:00", "아침 요가", "센터"),
    )


@pytest.mark.parametrize(
    ("question", "kind", "cited"),
    [
        ("엄마랑 마지막으로 연락한 게 언제야?", "last", ["m2"]),
        ("When was I last in touch with 엄마?", "last", ["m2"]),
        ("마지막 메일이 언제 왔어?", "last", ["x2"]),
        ("When did I get my last mail?", "last", ["x2"]),
        ("When did I last call 최은지?", "last", ["c6"]),
        ("2024년 5월에 뭐 샀어?", "list", ["p1", "p2"]),
        ("List my purchases in May 2024", "list", ["p1", "p2"]),
        ("다음 주 일정 뭐야?", "list", ["e1"]),
        ("When is my next appointment?", "next", ["e1"]),
        ("내 다음 일정이 뭐야?", "next", ["e1"]),
        ("다음 치과 예약이 언제야?", "next", ["e2"]),
    ],
)
def test_the_records_that_are_asked_for_are_told(ask: Ask, question: str, kind: str, cited: list[str]) -> None:
    answer = ask(question)
    assert (answer.plan.kind, answer.status) == (kind, "answered"), answer.text
    assert [one["native_id"] for one in answer.json()["citations"]] == cited


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("누가 나한테 전화를 가장 많이 했어?", "박지민"),
        ("Who called me most often?", "박지민"),
        ("누구랑 통화를 제일 많이 했어?", "최은지"),
        ("Who did I call the most?", "최은지"),
    ],
)
def test_calls_are_counted_by_person_and_those_to_the_owner_by_who_called(ask: Ask, question: str, name: str) -> None:
    assert ask(question).text.startswith(name)


def test_a_missed_call_was_no_call(ask: Ask) -> None:
    assert "3번" in ask("최은지랑 통화 몇 번 했어?").text
    assert "1 time" in ask("How many missed calls did I get?").text


def test_what_is_over_today_is_not_next_and_what_is_later_today_is(ask: Ask) -> None:
    assert "09:00" in ask("When is my next appointment?", datetime(2025, 6, 1, 8, 0)).text
    assert "4 June" in ask("When is my next appointment?", datetime(2025, 6, 1, 9, 30)).text


def test_a_time_without_any_is_told_as_no_record(ask: Ask) -> None:
    assert ask("List my purchases in January 2020").status == "no_record"


def test_time_that_was_spent_is_no_purchase(ask: Ask) -> None:
    answer = ask("How did I spend May 2024?")
    assert answer.plan.kind == "on_day"


@pytest.mark.parametrize("question", ["다가오는 안과 검진이 언제 몇 시야?", "When is my upcoming appointment?"])
def test_what_is_upcoming_is_next(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.plan.kind == "next" and "15:00" in answer.text


def test_what_somebody_said_last_is_their_own_message(ask: Ask) -> None:
    answer = ask("엄마가 마지막으로 뭐라고 했어?")
    assert [one["native_id"] for one in answer.json()["citations"]] == ["m2"]


def test_to_write_to_somebody_is_not_to_see_them(ask: Ask) -> None:
    assert ask("When did I last see 엄마?").status != "answered"


@pytest.mark.parametrize("question", ["마지막으로 통화한 사람이 누구야?", "Who was the last person I called?"])
def test_who_took_part_in_the_last_one_is_told(ask: Ask, question: str) -> None:
    assert ask(question).text.startswith("최은지")


@pytest.mark.parametrize("question", ["6월 4일에 뭐 있어?", "What's on my calendar on 4 June?"])
def test_a_day_that_is_asked_of_as_to_come_is_the_next_one(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.status == "answered" and "안과 검진" in answer.text


def test_the_dearest_purchase_is_among_all_of_them(ask: Ask) -> None:
    assert "81,200" in ask("What was my most expensive purchase in 2024?").text


def test_recent_ones_are_the_latest_of_all(ask: Ask) -> None:
    assert [one["native_id"] for one in ask("최근 메일 보여줘").json()["citations"]] == ["x1", "x2"]


def test_where_no_purchases_are_known_notes_tell_what_was_bought(living: Callable[..., Ask]) -> None:
    ask = living(record("note", "n", "2024-05-03", "Bought a red kettle at the market.", author="me"))
    assert "red kettle" in ask("What did I buy in May 2024?").text
