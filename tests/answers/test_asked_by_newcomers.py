"""Questions as people first ask them: of contacts, pay, ends, birthdays, and with words that only ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from tests.answers.conftest import event, message, note, purchase, record

from darak.answers.answer import Answer, Citation

Living = Callable[..., Callable[..., Answer]]


def contact(key: str, name: str, text: str) -> dict[str, Any]:
    line = {"type": "record", "id": key, "source": "contacts", "account": "me", "kind": "contact", "title": name}
    return line | {"text": text, "people": [name]}


def _cited(answer: Answer) -> list[str | None]:
    return [one.record.native_id for one in answer.citations if isinstance(one, Citation)]


def test_a_phone_number_is_that_of_the_contact(living: Living) -> None:
    ask = living(
        contact("c", "Maple Street Nursery", "work: 345 111 2222\nmail@nursery.example"),
        note("n", "2024-05-01T10:00", "To Maple Street Nursery late, past 12, the phone was dead."),
    )
    assert ask("phone number of Maple Street Nursery?").text.startswith("345 111 2222.")
    assert ask("Maple Street Nursery 전화번호가 뭐야?").text.startswith("345 111 2222")
    assert ask("What is the email address of Maple Street Nursery?").text.startswith("mail@nursery.example")


def test_who_somebody_is_names_nobody_else(living: Living) -> None:
    ask = living(
        message("1", "2024-05-01T10:00", "Hanna Frey", "Thanks Olaf Berg!", "team"),
        message("2", "2024-06-01T10:00", "Olaf Berg", "Sure.", "team"),
    )
    assert ask("Who is Hanna Frey?").text.startswith("Hanna Frey: 1 record in phone.")


def test_the_end_of_what_runs_is_never_the_day_it_was_spoken_of(living: Living) -> None:
    ask = living(
        note("talk", "2024-05-02T10:00", "Talked about the lease yesterday. Anna comes in a day."),
        note("pass", "2024-05-02T11:00", "The gym pass expires on 3 February 2025."),
    )
    assert ask("When does my lease end?").status == "no_record"
    assert ask("When does my gym pass expire?").text.startswith("Monday 3 February 2025")


def test_whoever_congratulates_has_no_birthday(living: Living) -> None:
    ask = living(message("m", "2023-02-28T22:34", "정소윤", "생일 축하해! 선물은 내일 줄게", "소윤"))
    assert ask("소윤이 생일이 언제야?").status == "no_record"


def test_pay_is_what_the_bank_took_in(living: Living) -> None:
    salary = {"type": "record", "id": "s", "source": "bank", "account": "me", "kind": "other", "title": "급여"}
    ask = living(
        salary | {"time": "2025-01-03", "text": "급여 2,900,000원", "extra": {"amount": 2900000, "currency": "KRW"}},
        purchase("p", "2025-01-05T09:00", "온도커피", "커피 4,500원", 4500),
        message("m", "2025-01-09T09:00", "박지민", "월급 언제 들어오냐", "지민"),
    )
    for question in ("When did I last get paid?", "월급은 언제 들어왔어?"):
        assert _cited(ask(question)) == ["s"]


def test_the_sign_of_a_currency_is_whole(living: Living) -> None:
    ask = living(note("n", "2024-03-01T10:00", "Espresso machine, price: R$67.3"))
    assert ask("price of the espresso machine").text.startswith("R$67.3.")


def test_another_of_the_same_family_name_is_not_meant(living: Living) -> None:
    ask = living(
        message("1", "2024-05-01T10:00", "Hermine Grangier", "See the file.", "team"),
        note("n", "2019-02-22T10:00", "Met my cousin, who had met with old Grangier."),
    )
    assert "n" not in _cited(ask("When did I first meet Hermine Grangier?"))


@pytest.mark.parametrize("request_", ["찾아 줘", "찾아줘", "보여 줘", "보여 주세요", "알려 줄래?", "알려 줄 수 있어?"])
def test_words_that_only_ask_are_not_looked_for(living: Living, request_: str) -> None:
    ask = living(message("m", "2024-05-01T10:00", "박지민", "운동화 환불은 어제 접수됐어", "지민"))
    answer = ask(f"운동화 환불 메시지 {request_}")
    assert (answer.status, _cited(answer)) == ("answered", ["m"])


def test_a_given_name_of_one_syllable_is_known_as_it_is_called(living: Living) -> None:
    ask = living(message("m", "2024-05-01T10:00", "김솔", "나 파주로 이사했어", "솔"))
    assert ask("솔이가 언제 이사했어?").plan.people[0].surface == "솔이"


def test_somebody_with_records_is_not_called_unknown(living: Living) -> None:
    ask = living(message("m", "2024-05-01T10:00", "Ethan Brooks", "hello", "e"), note("n", "2024-01-01", "고양이 식당"))
    assert "Ethan" not in ask("Ethan이 추천한 식당").text.split("가장")[0]


def test_the_month_of_most_spending_is_a_month_with_its_sum(living: Living) -> None:
    ask = living(
        purchase("1", "2024-03-02T10:00", "가", "30,000원", 30000),
        purchase("2", "2024-03-09T10:00", "나", "30,000원", 30000),
        purchase("3", "2024-05-02T10:00", "다", "50,000원", 50000),
    )
    for question in ("2024년에 돈을 제일 많이 쓴 달은?", "Which month in 2024 did I spend the most money?"):
        text = ask(question).text
        assert "60,000" in text
        assert "2024년 3월" in text or "March 2024" in text


def test_a_verb_alone_does_not_hide_the_records_of_a_person_or_a_day(living: Living) -> None:
    ask = living(
        message("m", "2025-01-03T10:00", "Ana Ruiz", "hello there", "ana"),
        *(note(f"n{day}", f"2024-06-{day:02}T10:00", f"We drank wine number {day} again.") for day in range(1, 29)),
        *(note(f"o{day}", f"2024-07-{day:02}T10:00", "Drank wine, drank cider, all drank.") for day in range(1, 29)),
        event("e", "2025-06-05T10:00", "Review with Omar", "Room 2"),
    )  # fmt: skip
    assert _cited(ask("What did Ana write me in January 2025?")) == ["m"]
    assert _cited(ask("What did I drink on 9 June 2024?")) == ["n9"]
    assert _cited(ask("What meetings do I have next week?", datetime(2025, 5, 28, 12))) == ["e"]


def test_documents_are_found_by_a_name_of_two_words(living: Living) -> None:
    ask = living(
        record("note", "d", "2024-05-01T10:00", "Budget", author="애덤 포니") | {"kind": "document"},
        record("note", "o", "2024-05-02T10:00", "Minutes", author="포니 정") | {"kind": "document"},
    )
    answer = ask("애덤 포니가 쓴 문서 뭐 있어?")
    assert (answer.plan.people[0].surface, _cited(answer)) == ("애덤 포니", ["d"])
