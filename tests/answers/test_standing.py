"""What goes on until the next step, who somebody is, and the last of what comes again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.answers.conftest import event, message, note, purchase, record

from darak.answers.answer import Answer

Living = Callable[..., Callable[..., Answer]]

JOBS = (
    event("j0", "2022-02-25", "Last day at Hanbit Solutions", "Hanbit"),
    event("j1", "2022-03-21T09:00", "첫 출근 틸라모빌리티", "틸라모빌리티"),
    event("j2", "2024-10-16T14:00", "세움건설 미팅", "회사"),
    note("j3", "2023-02-02", "Someone moved the plant by the door. I noticed it."),
)
MOVES = (
    event("h1", "2019-05-25", "이사 (대흥동 → 갈마동)", "갈마동"),
    event("h2", "2023-09-16", "이사 (갈마동 → 문화동)", "문화동"),
)


@pytest.mark.parametrize(
    ("question", "step"),
    [
        ("지금 회사 이름", "틸라모빌리티"),
        ("현재 직장이 어디야?", "틸라모빌리티"),
        ("where do i work", "틸라모빌리티"),
        ("전 직장", "Hanbit"),
        ("첫 직장 어디였지?", "Hanbit"),
        ("what was my previous job?", "Hanbit"),
        ("where did I work in 2020?", "Hanbit"),
        ("where did I live in 2018?", "대흥동 → 갈마동"),
        ("2021년에 어디 살았지?", "대흥동 → 갈마동"),
    ],
)
def test_the_last_step_tells_what_goes_on_and_the_next_one_what_was_left(
    living: Living, question: str, step: str
) -> None:
    answer = living(*JOBS, *MOVES)(question)
    assert answer.status == "unsure"
    assert step in answer.text


@pytest.mark.parametrize("question", ["오빠랑 언제 통화했어?", "When did I talk to 오빠 on the phone?"])
def test_of_calls_the_last_that_was_taken_is_told(living: Living, question: str) -> None:
    calls = (
        ("2016-02-20T18:50", "부재중 통화 오빠"),
        ("2024-05-01T10:00", "발신 통화 오빠"),
        ("2025-03-02T10:00", "발신 통화 오빠"),
    )
    ask = living(*(record("call", f"c{n}", at, text, author="오빠") for n, (at, text) in enumerate(calls)))
    assert "2025" in ask(question).text


@pytest.mark.parametrize("question", ["how do I know Priya?", "프리야 언제부터 알았지?", "what did Priya do for me?"])
def test_of_somebody_alone_it_is_told_who_they_are(living: Living, question: str) -> None:
    ask = living(*(message(f"m{n}", f"202{n}-03-01T10:00", "Priya Raman", "hello there", "p") for n in range(3)))
    assert "3" in ask(question).text
    assert "2020" in ask(question).text


def test_of_prices_that_stand_alike_the_last_holds(living: Living) -> None:
    bills = ((2021, 9900), (2022, 12000), (2024, 13500))
    ask = living(*(purchase(f"b{y}", f"{y}-11-08", "무비나루", f"무비나루 {n:,}원 (구독)", n) for y, n in bills))
    assert ask("무비나루 구독료 얼마야?").text.startswith("13,500원")


@pytest.mark.parametrize("question", ["무비나루 언제까지 냈지?", "무비나루 last 결제 언제였지?"])
def test_until_when_something_was_done_is_its_last_time(living: Living, question: str) -> None:
    ask = living(
        *(purchase(f"b{y}", f"{y}-11-08", "무비나루", "무비나루 9,900원 (구독)", 9900) for y in (2021, 2022, 2024))
    )
    assert "2024년 11월 8일" in ask(question).text


def test_what_is_quoted_is_one_phrase_with_its_hyphens(living: Living) -> None:
    ask = living(
        note("n1", "2022-04-07", "they need single sign-on by autumn"),
        note("n2", "2022-05-07", "single, and happy: sign-on"),
    )
    assert len(ask('"single sign-on"').citations) == 1


def test_how_far_a_year_of_running_went_is_summed(living: Living) -> None:
    run = {"kind": "other", "extra": {"activity": "running", "distance_km": 5.0}}
    runs = (event(f"r{n}", f"2024-0{n}-01T07:00", "Running (달리기)", "강변", "40 min") | run for n in (1, 2, 3))
    assert "15" in living(*runs)("작년에 몇 km 뛰었어?").text
