"""What is usual, where somebody was, a time in short, and which of several entries of one name is meant."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from tests.answers.conftest import event, message, note, purchase, sample

from darak.answers.answer import Answer, Citation
from darak.answers.kinds.usual import middle_half

Living = Callable[..., Callable[..., Answer]]


def _cited(answer: Answer) -> list[str | None]:
    return [one.record.native_id for one in answer.citations if isinstance(one, Citation)]


def _night(day: int, start: str, minutes: int) -> dict[str, Any]:
    hour = int(start[:2])
    date = f"2025-03-{day + (hour < 12):02d}"
    end_minutes = hour * 60 + int(start[3:]) + minutes
    end = f"2025-03-{day + (hour < 12) + end_minutes // 1440:02d}T{end_minutes % 1440 // 60:02d}:{end_minutes % 60:02d}"
    return sample("sleep_in_bed", f"{date}T{start}:00", minutes, "min") | {"end": f"{end}:00"}


def test_times_around_midnight_have_a_middle() -> None:
    low, middle, high = middle_half([23.5 * 3600, 0.5 * 3600, 0, 23 * 3600, 1 * 3600])
    assert math.isclose(middle % 86400, 0, abs_tol=1) or math.isclose(middle, 86400, abs_tol=1)
    assert (round(low / 3600, 3), round(high / 3600, 3)) == (23.5, 0.5)


def test_the_usual_bedtime_is_that_of_the_nights(living: Living) -> None:
    nights = [_night(day, start, 450) for day, start in enumerate(("23:40", "23:50", "00:00", "00:10", "00:20"), 3)]
    ask = living(*nights, event("e", "2024-01-03T13:00", "Bed delivery", "Home"))
    answer = ask("What time do I usually go to bed?")
    assert answer.text.startswith("Usually around 00:00: half of 5 times between 23:50 and 00:10.")
    assert ask("나 보통 몇 시에 자?").text.startswith("보통 00:00쯤이에요.")
    assert ask("보통 몇 시에 일어나?").text.startswith("보통 07:30쯤이에요.")
    assert answer.citations, "the nights are cited"


def test_what_happens_at_a_time_has_a_usual_one(living: Living) -> None:
    ask = living(*(event(f"y{n}", f"2024-0{n}-02T{18 + n % 2}:00", "Yoga", "Studio") for n in range(1, 8)))
    answer = ask("When do I usually go to yoga?")
    assert answer.text.startswith("Usually around 19:00: half of 7 times between 18:00 and 19:00.")
    assert len(_cited(answer)) == 3


def test_nothing_is_usual_of_a_few_times(living: Living) -> None:
    ask = living(event("y", "2024-01-02T18:00", "Yoga", "Studio"), event("z", "2024-02-02T18:00", "Yoga", "Studio"))
    assert ask("When do I usually go to yoga?").status == "no_record"


def test_where_i_was_is_told_by_places(living: Living) -> None:
    ask = living(
        note("n", "2024-05-05T08:00", "The tomatoes want water in the morning."),
        purchase("p", "2024-05-05T12:10", "솔밭갈비", "점심 20,000원", 20000),
        event("e", "2024-05-05T15:30", "Coffee with Nadia", "Cafe Juniper"),
        note("m", "2024-05-06T08:00", "It rained all day."),
    )
    for question in ("Where was I on 5 May 2024?", "2024년 5월 5일에 나 어디 있었어?"):
        answer = ask(question)
        assert _cited(answer) == ["p", "e"]
        assert "12:10 솔밭갈비 [1]" in answer.text and "15:30 Cafe Juniper [2]" in answer.text
    elsewhere = ask("Where was I on 6 May 2024?")
    assert (elsewhere.status, _cited(elsewhere)) == ("no_record", ["m"])


@pytest.mark.parametrize(
    "question", ["Summarise my 2024", "Give me an overview of 2024", "2024년 요약해줘", "2024년을 정리해 줘"]
)
def test_a_year_in_short_leaves_no_part_of_it_out(living: Living, question: str) -> None:
    ask = living(
        *(note(f"n{month}", f"2024-{month:02d}-15T10:00", f"Something new, number {month}.") for month in range(1, 13))
    )
    months = [int(str(key)[1:]) for key in _cited(ask(question))]
    assert len(months) == 6 and all(2 * part < month <= 2 * part + 2 for part, month in enumerate(months))


_DENTIST = [event(f"d{year}", f"{year}-03-13T17:00", "치과", "서울치과") for year in (2022, 2023, 2024)]


def test_of_entries_of_one_name_the_coming_one_is_meant(living: Living) -> None:
    ask = living(*_DENTIST, event("next", "2025-09-01T10:00", "치과", "서울치과"))
    assert _cited(ask("치과 예약 언제야?")) == ["next"]
    assert _cited(ask("When did I go to the dentist?")) == ["d2024"]


def test_of_past_entries_of_one_name_the_last_is_meant(living: Living) -> None:
    assert _cited(living(*_DENTIST)("치과 예약 언제야?")) == ["d2024"]


def test_to_tremble_is_not_to_fall(living: Living) -> None:
    ask = living(
        message("fell", "2020-05-01T10:00", "박지민", "비 와서 꽃이 다 떨어졌어", "지민"),
        message("asked", "2020-06-01T10:00", "엄마", "요즘 혈압은 어떠니", "엄마"),
        message("shook", "2020-07-01T10:00", "me", "발표하는데 다리가 떨려서 죽는 줄 알았어", "지민"),
    )
    assert _cited(ask("What was I nervous about five years ago?")) == ["shook"]


def test_to_swap_is_not_to_borrow(living: Living) -> None:
    ask = living(message("swap", "2024-05-01T10:00", "안 팀장", "순서 바꿔서 할게요", "팀"))
    assert ask("누가 나한테 돈 빌려갔어?").status == "no_record"


def test_home_is_where_the_last_move_led(living: Living) -> None:
    ask = living(
        event("first", "2019-04-06", "Moving day (Mill Road to Dock Street)", ""),
        event("second", "2023-06-03", "이사 (부두길 → 솔밭길)", ""),
        event("board", "2024-02-01T10:00", "이사회 발표", ""),
        note("m", "2024-03-01T20:00", "The band plays live music where we met."),
    )
    for question in ("Where do I live?", "나 지금 어디 살아?", "우리 집 주소가 뭐야?", "what's my address"):
        answer = ask(question)
        assert answer.status == "unsure" and _cited(answer) == ["second"], question
    assert _cited(ask("where did I live in 2021?")) == _cited(ask("2021년에 어디 살았어?")) == ["first"]
    assert _cited(ask("where did I live in 2015?")) == ["first"]  # which tells what was left
