"""Questions in passing: answers that only look like one are none, and what comes again is told once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.answers.conftest import event, message, note, purchase, record, sample

from darak.answers.answer import Answer

Living = Callable[..., Callable[..., Answer]]


def mail(key: str, time: str, author: str, text: str) -> dict[str, Any]:
    return record("mail", key, time, text, author=author, people=[author, "me"], title=f"Letter {key}")


def test_a_question_somebody_asked_is_no_answer(living: Living) -> None:
    ask = living(
        message("a", "2024-05-01T10:00", "박지민", "너 혈액형 뭐였지", "지민"),
        message("b", "2024-05-02T10:00", "박지민", "연수원 위치 어디였는지 물어봤어", "지민"),
    )
    assert ask("내 혈액형 뭐야").status == "no_record"


def test_an_entry_that_names_no_end_ends_nothing(living: Living) -> None:
    ask = living(event("e", "2025-11-26T15:00", "별빛호텔 집 계약 검토", "본사"))
    assert ask("지금 집 계약 언제 끝나").status != "answered"


def test_a_newsletter_was_not_met(living: Living) -> None:
    ask = living(mail("w", "2025-05-28T09:00", "newsletter@pixel.example", "This week: fonts. See you next week."))
    assert ask("이번주에 누구 만났어").status != "answered"


def test_the_last_mail_from_somebody_is_not_one_s_own(living: Living) -> None:
    ask = living(
        *(mail(f"a{n}", f"2025-05-0{n}T09:00", "anna@mill.example", "Hello") for n in (1, 2, 3)),
        mail("me", "2025-05-09T09:00", "me", "My reply"),
    )
    assert ask("마지막 메일 누구한테 왔어").text.startswith("anna@mill.example")


def test_a_series_is_listed_once(living: Living) -> None:
    months = [f"2024-{month:02}-06T10:00" for month in range(1, 13)]
    ask = living(
        *(purchase(f"a{day}", day, "필름바다", "구독 9,900원", 9900) for day in months),
        *(purchase(f"b{day}", day, "새벽신문", "구독 12,000원", 12000) for day in months[:5]),
    )
    text = ask("구독 뭐뭐 하고 있지").text
    assert text.startswith("2건이 있어요") and "(12번)" in text and "(5번)" in text


@pytest.mark.parametrize("question", ["작년보다 많이 걸었어?", "did i walk more than last year"])
def test_than_last_year_is_against_this_year(living: Living, question: str) -> None:
    days = [f"{year}-0{month}-03" for year in (2024, 2025) for month in (1, 2, 3)]
    text = living(*(sample("steps", day, 9000 if "2025" in day else 5000, "count") for day in days))(question).text
    assert "9,000" in text and "5,000" in text


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("감기 걸린게 언제였더라", "2024년 3월 2일"),
        ("지갑 잃어버린적 있나", "지갑을 잃어버렸다"),
        ("약 뭐 먹고있어", "혈압약을 먹는다"),
    ],
)
def test_words_run_together_are_found(living: Living, question: str, found: str) -> None:
    ask = living(
        note("a", "2024-03-02", "감기에 걸려서 하루 종일 누워 있었다."),
        note("b", "2024-04-02", "버스에서 지갑을 잃어버렸다."),
        note("c", "2024-05-02", "아침마다 혈압약을 먹는다."),
    )
    assert found in ask(question).text
