"""Words that look alike and mean another thing; sums and averages as they are asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.answers.conftest import event, message, note, record, sample

from darak.answers.answer import Answer

Living = Callable[..., Callable[..., Answer]]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("how much is my rent", "450,000원"),
        ("how much was the deposit", "1,500만원"),
        ("월세 얼마야", "450,000원"),
        ("보증금 얼마야", "1,500만원"),
    ],
)
def test_the_value_beside_what_says_the_same_is_meant(living: Living, question: str, told: str) -> None:
    ask = living(note("n", "2024-05-06", "집주인과 만나 보증금 1,500만원에 월세 450,000원으로 정했다."))
    assert ask(question).text.startswith(told)


def test_a_moved_flight_is_no_move(living: Living) -> None:
    ask = living(
        message("f", "2024-03-04T10:00", "Mina Cho", "heads up: the flight moved from 3 April to 5 April", "mina"),
        event("m", "2023-06-10T09:00", "이사", "송천동"),
    )
    assert "10 June 2023" in ask("when did i move").text


def test_a_smoke_alarm_ends_no_habit(living: Living) -> None:
    ask = living(message("s", "2025-05-17T20:00", "Mina Cho", "cooked at home, smoke alarm approved", "mina"))
    assert ask("when did i quit smoking").status == "no_record"


def test_a_blood_type_is_no_blood_test(living: Living) -> None:
    assert living(note("b", "2022-02-03", "Blood test again in 3 months."))("whats my blood type").status == "no_record"


def test_a_list_by_a_verb_alone_is_not_sure(living: Living) -> None:
    ask = living(
        event("h", "2024-12-11T18:30", "집 보기", "서학동"), event("i", "2024-12-17T18:30", "집 보기", "금암동")
    )
    assert ask("what movies have i watched").status != "answered"


@pytest.mark.parametrize("question", ["how far did i run this year", "올해 얼마나 뛰었어"])
def test_how_far_is_a_sum(living: Living, question: str) -> None:
    runs = (("a", "2025-02-03T07:00", 5.0), ("b", "2025-03-03T07:00", 7.5), ("c", "2024-03-03T07:00", 9.0))
    ask = living(
        *(
            record("event", key, time, "Running", title="Running", extra={"distance_km": km, "activity": "running"})
            | {"kind": "other"}
            for key, time, km in runs
        )
    )
    assert "12.50 km" in ask(question).text


def test_these_days_are_averaged(living: Living) -> None:
    nights = [sample("sleep_asleep", f"2025-05-{day:02}T07:00:00+09:00", 400 + day, "min") for day in range(2, 20)]
    assert "average" in living(*nights)("how much sleep did i get lately").text


@pytest.mark.parametrize("question", ["did my weight go up", "did i gain weight", "살 쪘나?"])
def test_weight_that_goes_up_is_a_course(living: Living, question: str) -> None:
    weights = [
        sample("body_mass", f"2024-{month:02}-03T07:00:00+09:00", 60 + month / 2, "kg") for month in range(1, 11)
    ]
    answer = living(*weights)(question)
    assert answer.plan.kind == "trend" and ("rose" in answer.text or "늘었어요" in answer.text)


def test_a_deed_by_a_verb_that_ends_in_a_consonant_is_found(living: Living) -> None:
    ask = living(event("r", "2025-03-22T18:30", "고등학교 동창회", "포차마당"))
    assert "2025년 3월 22일" in ask("동창들 모인 날이 며칠이었어?").text


def test_a_street_is_no_verb(living: Living) -> None:
    ask = living(note("n", "2023-01-14", "해리단길 집은 보증금 4,000만원에 월세 450,000원이다."))
    assert ask("해리단길 집 보증금이 얼마야?").text.startswith("4,000만원")


@pytest.mark.parametrize("question", ["망미동에 살기 시작한 날이 언제야?", "When did I first live in Mangmi-dong?"])
def test_where_one_only_looked_one_did_not_live(living: Living, question: str) -> None:
    assert living(event("e", "2023-01-01T18:30", "망미동 Mangmi-dong 방문", "망미동"))(question).status != "answered"


def test_somebody_and_to_go_are_no_place(living: Living) -> None:
    ask = living(
        *(
            message(f"m{n}", f"2024-05-0{n}T10:00", "조성빈", text, "성빈")
            for n, text in enumerate(("헬스 등록했는데 한 번 가고 안 감", "중간에 좀 졸았어", "다음에 같이 가자"), 1)
        )
    )
    assert ask("조성빈은 어느 도시로 가게 됐어?").status != "answered"
