"""Questions with typing errors, in the shorthand of chats, and with foreign names in Hangul."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.answers.conftest import event, message, note

from darak.answers.answer import Answer

Living = Callable[..., Callable[..., Answer]]

WALLET = note("w", "2021-12-24", "Found my wallet in the bus lost property office.")
CAT = note("c", "2021-06-06", "Adopted a cat today. Her name is Yulmu.")
SHARE = (
    message("p1", "2023-08-26T20:02", "Priya Raman", "I'll pay you back 45,000 won in two weeks", "priya"),
    message("p2", "2023-08-27T20:02", "me", "no rush", "priya"),
    message("p3", "2023-08-28T20:02", "Priya Raman", "you are a star", "priya"),
)


@pytest.mark.parametrize(
    ("question", "told", "holds"),
    [
        ("wher did i find my walet", "No record of “walet”; looked for “wallet”.", "bus"),
        ("when did i adobt yulmu", "No record of “adobt”; looked for “adopt”.", "6 June 2021"),
        ("when did i find my wallett", "No record of “wallett”; looked for “wallet”.", "24 December 2021"),
    ],
)
def test_a_misspelt_word_is_read_as_meant_and_told(living: Living, question: str, told: str, holds: str) -> None:
    text = living(WALLET, CAT)(question).text
    assert text.startswith(told)
    assert holds in text


@pytest.mark.parametrize("question", ["wen did i find my wallet", "Whne did I find my wallet?"])
def test_a_misspelt_asking_word_needs_no_telling(living: Living, question: str) -> None:
    assert living(WALLET)(question).text.startswith("Friday 24 December 2021")


@pytest.mark.parametrize(
    "question",
    ["When did I go diving?", "When did I see Wallat?", 'When did I write "walet"?', "Did I mail bo@walet.example?"],
)
def test_other_words_names_and_what_is_quoted_stay(living: Living, question: str) -> None:
    ask = living(WALLET, note("d", "2022-01-01", "Driving lesson today."))
    answer = ask(question)
    assert answer.status == "no_record"
    assert "looked for" not in answer.text


def test_the_possessive_of_a_name_needs_no_apostrophe(living: Living) -> None:
    ask = living(*SHARE, event("b", "2024-01-20", "Priya's birthday", "home"))
    assert "20 January" in ask("whats priyas birthday").text


@pytest.mark.parametrize("question", ["프리야가 얼마 갚는다고 했지?", "프리야한테 빌려준 돈 얼마였더라"])
def test_a_foreign_name_in_hangul_finds_the_person(living: Living, question: str) -> None:
    assert "45,000" in living(*SHARE)(question).text


def test_a_korean_word_is_no_foreign_name(living: Living) -> None:
    ask = living(
        *(message(f"t{n}", f"2023-08-2{n}T20:02", "Emma Stone", "first things first", "emma") for n in range(4)),
        event("a", "2024-03-02T19:00", "이모랑 저녁", "바다횟집"),
    )
    assert "2024년 3월 2일" in ask("이모랑 처음 저녁 먹은 게 언제야?").text


@pytest.mark.parametrize(
    "question", ["지갑 어디서 찾았더라ㅋㅋ", "지갑 ㄹㅇ 어디서 찾았지ㅠㅠ", "지갑 어디서 찾았어~~"]
)
def test_what_is_typed_for_the_mood_is_no_word(living: Living, question: str) -> None:
    assert "분실물" in living(note("w", "2021-12-24", "지갑 찾았다. 버스 분실물센터에 있었다."))(question).text
