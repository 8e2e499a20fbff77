"""What the records do not say is not answered: the nearest records are shown, and never as the answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from darak.answers.answer import Answer
from darak.answers.ask import ask
from darak.memory.memory import Memory
from darak.records.vault import Vault

Asked = Callable[..., Answer]

NEAR_MISSES = [
    # another person did it
    ("When did Seojun Lee adopt a puppy?", "m-seojun-dog"),
    ("When did Seojun Kim sell his motorcycle?", "m-seojun-lee-2"),
    ("박지민이 마라톤 완주한 게 언제야?", "m-eunji-marathon"),
    ("When did Mina Cho finish the marathon?", "m-mina-piano"),
    ("When did I sell my motorcycle?", "m-seojun-lee-2"),
    ("What is Seojun Lee's dog called?", "m-seojun-dog"),
    # of another thing
    ("시골집 현관 비밀번호가 뭐야?", "n-wifi"),
    ("여행 가방 비밀번호가 뭐야?", "n-wifi"),
]

ANOTHER_YEAR = [
    "How many swimming lessons did I have in 2022?",
    "2021년에 미용실 몇 번 갔어?",
    "How much did I spend on coffee in 2019?",
    "2019년에 커피에 얼마 썼어?",
    "What was my average blood pressure in 2021?",
    "2021년 혈압 평균은?",
    "When did I pass my driving test in 2023?",
    "What did I do on 10 August 2019?",
    "What happened around Christmas 2024?",
    "부산 가족 여행을 2023년에 간 게 언제야?",
]

NEVER = [
    "When did I go skydiving?",
    "스카이다이빙 언제 했어?",
    "파리에 마지막으로 간 게 언제야?",
    "How long since I went to Paris?",
    "Where is my sailing boat?",
    "누가 등대를 샀어?",
]


@pytest.mark.parametrize(("question", "nearest"), NEAR_MISSES)
def test_what_another_person_did_is_near_but_no_answer(asked: Asked, question: str, nearest: str) -> None:
    answer = asked(question)
    assert answer.status == "no_record", answer.text
    assert nearest in [citation.record.native_id for citation in answer.citations]
    assert "nearest" in answer.text or "가장 가까운" in answer.text


@pytest.mark.parametrize("question", ANOTHER_YEAR)
def test_another_year_is_no_answer(asked: Asked, question: str) -> None:
    assert asked(question).status == "no_record"


@pytest.mark.parametrize("question", NEVER)
def test_what_never_happened_has_no_record(asked: Asked, question: str) -> None:
    assert asked(question).status == "no_record"


def test_a_given_name_of_two_people_finds_the_one_who_did_it(asked: Asked) -> None:
    answer = asked("When did Seojun sell the motorcycle?")
    assert [citation.record.native_id for citation in answer.citations] == ["m-seojun-lee-2"]


@pytest.mark.parametrize(
    "question",
    [
        "When did I move?",
        "커피에 얼마 썼어?",
        "What was my average blood pressure?",
        "2024년 5월 3일에 뭐 했어?",
        "누가 왔어?",
    ],
)
def test_an_empty_vault_has_no_record_of_anything(vault: Vault, question: str) -> None:
    with Memory(vault) as memory:
        answer = ask(memory, question, datetime(2025, 6, 1, 12, 0))
    assert (answer.status, answer.citations, answer.coverage) == ("no_record", (), ())
