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


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("은행다녀온게언제야", "은행 다녀온 게 언제야"),
        ("엄마랑마지막통화언제했지", "엄마랑 마지막 통화 언제 했지"),
        ("이모랑밥먹은게언제", "이모랑 밥 먹은 게 언제"),
        ("갈마동으로이사간게언제", "갈마동으로 이사 간 게 언제"),
        ("자전거얼마주고삿지", "자전거 얼마 주고 샀지"),
        ("이번달돈얼마썻어", "이번달 돈 얼마 썼어"),
        ("승우가빌려간등산스틱", "승우가 빌려간 등산스틱"),
        ("율무가어디아팟어", "율무가 어디 아팠어"),
        ("제주도언제갓다왓지", "제주도 언제 다녀왔지"),
        ("현 직장 입사일", "현재 직장 입사 날짜"),
        ("동남물산 미팅 일시", "동남물산 미팅 날짜"),
    ],
)
def test_korean_without_spaces_is_cut_into_words(typed: str, meant: str) -> None:
    assert tidied(typed, lambda name: name in ("승우", "율무")) == meant


@pytest.mark.parametrize(
    "word",
    [
        "한국사능력검정",
        "틸라모빌리티",
        "자동차검사소",
        "국민은행",
        "스타벅스",
        "돌려주겠다고",
        "얼마전에",
    ],
)
def test_what_may_be_one_word_is_not_cut(word: str) -> None:
    assert tidied(word, lambda _: False) == word
