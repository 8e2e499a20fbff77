"""Questions as they are typed are read as they are meant."""

from __future__ import annotations

import pytest

from darak.answers.question.tidying import tidied

NAMES = {"엄마", "지민"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("엄마생일언제야", "엄마 생일 언제야"),
        ("지민이생일언제더라", "지민이 생일 언제더라"),
        ("어제뭐먹었어", "어제 뭐 먹었어"),
        ("노트북언제샀지", "노트북 언제 샀지"),
        ("병원몇번갔어", "병원 몇번 갔어"),
        ("치과예약 시간", "치과 예약 시간"),
        ("누구랑갔어?", "누구랑 갔어?"),
        ("어제 뭐 먹엇어", "어제 뭐 먹었어"),
        ("어디 갓더라", "어디 갔더라"),
        ("제일 비싼거 산게 뭐야", "제일 비싼 거 산 게 뭐야"),
        ("지갑 잃어버린적 있나", "지갑 잃어버린 적 있나"),
        ("젤 많이 간데", "제일 많이 간 데"),
        ("담주 일정", "다음주 일정"),
        ("약 먹고있어?", "약 먹고 있어?"),
        ("whens my next dentist visit", "when's my next dentist visit"),
        ("why didnt I go", "why didn't I go"),
    ],
)
def test_what_is_run_together_or_mistyped_is_set_right(typed: str, meant: str) -> None:
    assert tidied(typed, NAMES.__contains__) == meant


@pytest.mark.parametrize(
    "question",
    [
        *(
            "언제였지",
            "언제까지 내야 해",
            "몇번이나 갔지",
            "언제나 그래",
            "얼마전에 간 곳",
            "맛나 보여",
            "아이디어 목록",
        ),
        *(
            "안건이 뭐였지",
            "물건 목록",
            "조건이 뭐야",
            "담배 끊은 날",
            "건강검진 결과",
            "얼마나 자주 가?",
            "며칠이야?",
            "빼앗어",
            "누구한테 들었지",
        ),
    ],
)
def test_what_is_whole_stays_as_it_is(question: str) -> None:
    assert tidied(question, NAMES.__contains__) == question
