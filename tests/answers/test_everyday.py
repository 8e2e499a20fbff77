"""Everyday questions: the place one goes to most, the last few of something, what is said to Darak itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.answers.conftest import NOW, event, message, note, purchase, record, sample

from darak.answers.answer import Answer, Citation

Living = Callable[..., Callable[..., Answer]]


def _cited(answer: Answer) -> list[str | None]:
    return [one.record.native_id for one in answer.citations if isinstance(one, Citation)]


def test_the_place_one_goes_to_most(living: Living) -> None:
    ask = living(
        *(
            purchase(f"a{n}", f"2024-03-0{n}T12:00", "솔밭갈비", "솔밭갈비 20,000원 (외식 dining)", 20000)
            for n in (1, 2, 3)
        ),
        purchase("b", "2024-03-05T12:00", "우리분식", "우리분식 9,000원 (외식 dining)", 9000),
        *(purchase(f"c{n}", f"2024-04-0{n}T12:00", "한강택시", "한강택시 9,000원 (교통)", 9000) for n in range(1, 8)),
    )
    assert ask("내가 제일 자주 간 식당은?").text.startswith("솔밭갈비예요 (4번 중 3번).")
    assert ask("Which restaurant do I go to most?").text.startswith("솔밭갈비: 3 of 4 times.")
    assert ask("Which cafe do I go to most?").status == "no_record"


@pytest.mark.parametrize("question", ["show my last 3 mails", "최근에 받은 메일 3개 보여줘", "최근 메일 3통"])
def test_the_last_few(living: Living, question: str) -> None:
    mails = [
        record(
            "mail",
            f"m{n}",
            f"2025-05-{n:02d}T09:00",
            f"Letter {n}",
            author="a@example.com",
            people=["a@example.com", "me"],
        )
        for n in range(1, 9)
    ]
    assert _cited(living(*mails)(question)) == ["m6", "m7", "m8"]


def test_of_several_values_the_one_beside_the_word(living: Living) -> None:
    ask = living(
        note("n", "2023-07-22T12:00", "계약 내용: 보증금 1,000만원에 월세 900,000원, 관리비는 80,000원입니다.")
    )
    for question, value in (
        ("월세 얼마야?", "900,000원"),
        ("보증금 얼마야?", "1,000만원"),
        ("관리비 얼마야?", "80,000원"),
    ):
        assert ask(question).text.startswith(value)


def test_what_ends_is_asked_as_it_is_spoken(living: Living) -> None:
    ask = living(note("n", "2024-05-09T10:00", "이용 중인 인터넷 약정이 2024년 6월 18일에 만료됩니다."))
    assert ask("인터넷 약정 언제 끝나?").text.startswith("2024년 6월 18일")


def test_to_leave_a_job_is_not_the_last_time_of_work(living: Living) -> None:
    ask = living(
        note("quit", "2022-03-11T18:00", "오늘 퇴사했다. 다들 고마웠다."),
        note("stop", "2024-05-01T10:00", "회사에서 보고서 쓰다가 그만 잠들었다."),
        message("lunch", "2024-08-12T13:00", "박지민", "회사 앞 육개장 비싸졌더라", "지민"),
    )
    for question in ("회사 언제 그만뒀어?", "When did I quit my job?"):
        assert _cited(ask(question)) == ["quit"]


def test_what_somebody_said_of_a_number_is_not_measured(living: Living) -> None:
    ask = living(
        message("m", "2025-01-04T20:00", "엄마", "혈압이 높으니 짜게 먹지 마라", "엄마"),
        *(sample("blood_pressure_systolic", f"2025-02-0{n}T08:00", 120 + n, "mmHg") for n in range(1, 5)),
    )
    assert _cited(ask("What did mom say about blood pressure?")) == ["m"]
    assert _cited(ask("엄마가 혈압에 대해 뭐라고 했어?")) == ["m"]
    assert "124" in ask("What was my last blood pressure?").text


def test_who_only_asks_to_meet_was_not_met(living: Living) -> None:
    ask = living(message("m", "2025-05-28T12:00", "홍예진", "다음 달에 다들 한번 만날까?", "예진"))
    assert ask("지난주에 누구 만났어?").status == "no_record"


@pytest.mark.parametrize("said", ["hello", "Thank you!", "안녕", "고마워요", "what can you do?"])
def test_who_greets_is_told_what_can_be_asked(living: Living, said: str) -> None:
    answer = living(note("n", "2024-05-01T10:00", "hello, 고마워, 안녕"))(said)
    assert (answer.status, answer.citations) == ("no_record", ())
    assert "물어보세요" in answer.text or "Ask me" in answer.text


def test_the_day_is_read_from_the_clock(living: Living) -> None:
    ask = living(note("n", "2024-05-01T10:00", "a day"))
    assert ask("오늘 며칠이야?").text == f"오늘은 {NOW.year}년 {NOW.month}월 {NOW.day}일 (일)이에요."
    assert ask("What day is it today?").text == "Today is Sunday 1 June 2025."


def test_one_lives_where_one_moved_last(living: Living) -> None:
    ask = living(
        event("first", "2019-03-09", "새 집으로 이사 (중계동 → 연희동)", "서울"),
        event("second", "2023-08-26", "새 집으로 이사 (연희동 → 석촌동)", "서울"),
    )
    assert _cited(ask("How long have I lived here?")) == ["second"]
    assert _cited(ask("지금 사는 집으로 언제 이사 왔어?")) == ["second"]


def test_the_day_of_the_week(living: Living) -> None:
    ask = living(
        *(sample("steps", f"2025-03-{n:02d}T12:00", 9000 if n % 7 == 1 else 3000, "count") for n in range(1, 29))
    )
    answer = ask("요일별로 얼마나 걸어?")
    assert answer.text.startswith("하루 걸음 수: 토요일에 가장 많고(9,000걸음)")
    assert [point.label for point in answer.series[0].points][5] == "토요일"
    assert "most on Saturday (9,000 steps)" in ask("On which day of the week do I take the most steps?").text


def test_what_was_spent_is_a_sum(living: Living) -> None:
    ask = living(
        purchase("a", "2025-05-02T12:00", "온도커피", "온도커피 4,500원 (커피 coffee)", 4500),
        purchase("b", "2025-05-09T12:00", "온도커피", "온도커피 5,500원 (커피 coffee)", 5500),
    )
    assert ask("What did I spend on coffee last month?").text.startswith("10,000 won")


@pytest.mark.parametrize(
    "question",
    [
        "재작년에 커피에 얼마 썼어?",
        "재작년엔 커피에 얼마 썼어?",
        "재작년 커피 지출은?",
        "How much did I spend on coffee the year before last?",
        "2년 전에 커피에 얼마 썼어?",
        "coffee spending two years ago?",
    ],
)
def test_a_sum_over_a_year_holds_that_year_alone(living: Living, question: str) -> None:
    ask = living(
        purchase("in", "2023-05-02T12:00", "온도커피", "온도커피 4,500원 (커피 coffee)", 4500),
        purchase("also", "2023-01-01T12:00", "온도커피", "온도커피 5,000원 (커피 coffee)", 5000),
        purchase("out", "2024-02-09T12:00", "온도커피", "온도커피 70,000원 (커피 coffee)", 70000),
        purchase("before", "2022-12-09T12:00", "온도커피", "온도커피 90,000원 (커피 coffee)", 90000),
    )
    assert "9,500" in ask(question).text


def test_where_the_most_was_spent(living: Living) -> None:
    ask = living(
        *(
            purchase(f"a{n}", f"2024-03-0{n}T12:00", "솔밭갈비", "솔밭갈비 20,000원 (외식 dining)", 20000)
            for n in (1, 2, 3)
        ),
        purchase("b", "2024-03-05T12:00", "전자랜드", "전자랜드 90,000원 (가전)", 90000),
    )
    assert ask("2024년에 제일 많이 쓴 가게는 어디야?").text.startswith("전자랜드예요 (150,000원 중 90,000원).")
    assert ask("Where did I spend the most money in 2024?").text.startswith("전자랜드: 90,000 won of 150,000 won.")
    assert ask("Which restaurant did I spend the most at?").text.startswith("솔밭갈비: 60,000 won of 60,000 won.")


def test_what_i_read_is_no_newsletter(living: Living) -> None:
    ask = living(
        note("n", "2024-01-31T17:00", "Finished reading The Ninth Letter.", title="Book notes - The Ninth Letter"),
        record(
            "mail", "x", "2024-02-07T09:00", "We liked a book. Reply and tell us which books you read.",
            author="news@pixel.example", people=["news@pixel.example", "me"], title="Weekly",
        ),
    )  # fmt: skip
    answer = ask("What books did I read in 2024?")
    assert _cited(answer) == ["n"] and "Book notes - The Ninth Letter [1]" in answer.text


def test_who_asks_where_tells_no_place(living: Living) -> None:
    ask = living(message("m", "2024-07-20T12:00", "박지민", "여름휴가에 어디 가?", "지민"))
    assert ask("작년 여름휴가 때 어디 갔어?").status == "no_record"
