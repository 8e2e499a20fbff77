"""A question that names two events is two questions."""

from __future__ import annotations

from datetime import datetime

import pytest

from darak.answers.people import People
from darak.answers.question.clauses import two_plans
from darak.answers.question.read import read_question
from darak.memory.memory import Memory

NOW = datetime(2025, 6, 1)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("How long was it from the interview to the first day at work?", "interview", "work"),
        ("How many days between the surgery and the marathon?", "surgery", "marathon"),
        ("How long after the interview did I sign the contract?", "interview", "contract"),
        ("면접 보고 나서 계약서 쓸 때까지 며칠 걸렸어?", "면접", "계약서"),
        ("수술부터 마라톤까지 며칠이야?", "수술", "마라톤"),
    ],
)
def test_both_events_are_looked_for(memory: Memory, question: str, first: str, last: str) -> None:
    pair = two_plans(read_question(question, NOW, People(memory.vault), ()))
    assert pair is not None
    assert any(first in want.surface for want in pair[0].wants)
    assert any(last in want.surface for want in pair[1].wants)


def test_one_event_is_one_question(memory: Memory) -> None:
    assert two_plans(read_question("How long was the flight?", NOW, People(memory.vault), ())) is None
