"""What was once mistaken for an answer: words inside others, other people's lives, days that do not exist."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.answers.conftest import event, message, note, purchase

from darak.answers.answer import Answer

Living = Callable[..., Callable[..., Answer]]

MOVED = note("moved", "2023-04-15T22:00", "오늘 성수동으로 이사했다. 상자가 서른 개다.")


@pytest.mark.parametrize(
    "question", ["언제 이사했어?", "이사 간 날이 언제야?", "마지막으로 이사한 게 언제야?", "When did I move house?"]
)
def test_a_board_meeting_or_a_moved_appointment_is_no_move(living: Living, question: str) -> None:
    ask = living(
        MOVED,
        event("board", "2024-02-05T10:00", "이사회 정기 회의", "본사"),
        event("dentist", "2024-06-11T15:00", "치과 예약", "튼튼치과", "6월 4일에서 6월 11일로 옮김"),
        event("doctor", "2024-07-11T15:00", "Eye doctor", "Clinic", "Moved from 4 July to 11 July."),
    )
    assert "2023" in ask(question).text


@pytest.mark.parametrize("question", ["여권 만료일이 언제야?", "When does my passport expire?"])
def test_the_expiry_is_not_the_day_of_issue(living: Living, question: str) -> None:
    ask = living(note("p", "2024-12-05", "여권을 새로 발급받았다. 만료일은 2034년 12월 4일이다."))
    assert "2034" in ask(question).text


def test_events_of_one_title_are_all_listed(living: Living) -> None:
    ask = living(*(event(f"y{n}", f"2024-0{n}-03T19:00", "요가 수업", "센터") for n in range(1, 6)))
    assert len(ask("요가 수업 목록 보여줘").citations) == 5


@pytest.mark.parametrize(
    "question", ["미용실 간 지 얼마나 됐어?", "How long has it been since I went to the hairdresser?"]
)
def test_time_since_something_done_often_counts_from_the_last_time(living: Living, question: str) -> None:
    ask = living(*(event(f"h{n}", f"2025-0{n}-13T11:00", "미용실 커트", "새봄 미용실") for n in (1, 3, 5)))
    assert "19" in ask(question).text


def test_time_since_something_that_goes_on_counts_from_its_beginning(living: Living) -> None:
    ask = living(*(event(f"s{n}", f"2025-0{n}-01T11:00", "Cello lesson", "School") for n in (1, 3, 5)))
    assert "1 January 2025" in ask("How long have I been taking cello lessons?").text


@pytest.mark.parametrize("question", ["커피 한 번에 평균 얼마 써?", "What do I spend on a coffee on average?"])
def test_a_mean_is_of_all_purchases(living: Living, question: str) -> None:
    ask = living(*(purchase(f"c{n}", f"2024-05-0{n}", "카페", "커피", 4000 + n * 100) for n in (1, 2, 6)))
    assert "4,300" in ask(question).text


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        ("The laptop came: serial number LX-4471, two years of warranty.", "What is its serial number?", "LX-4471."),
        ("제주행 비행기 예약 번호는 KT-88-201A 이다.", "제주행 비행기 예약 번호가 뭐야?", "KT-88-201A"),
        ("시골집 와이파이 비밀번호는 감자밭2023이다.", "시골집 와이파이 비밀번호가 뭐야?", "감자밭2023이에요"),
    ],
)  # fmt: skip
def test_a_code_is_told_whole(living: Living, text: str, question: str, value: str) -> None:
    assert living(note("n", "2024-11-02", text))(question).text.startswith(value)


def test_a_day_is_told_with_the_titles_of_its_events(living: Living) -> None:
    ask = living(event("d", "2024-08-15T18:00", "Anna's birthday dinner", "Luigi's", "Bring the cake."))
    assert "Anna's birthday dinner: Bring the cake." in ask("What happened on 15 August 2024?").text


@pytest.mark.parametrize("question", ["언제 결혼했어?", "When did I get married?"])
def test_a_friend_s_wedding_is_not_one_s_own(living: Living, question: str) -> None:
    friends = [
        message("w", "2023-10-14T09:10", "박지민", "나 11월 25일에 결혼해! 결혼식 꼭 와", "지민"),
        event("e", "2023-11-25T12:00", "지민이 결혼식", "그랜드홀"),
        event("t", "2023-12-25T12:00", "Tom's wedding", "Town hall"),
    ]
    ask = living(*friends)
    assert ask(question).status != "answered"
    assert "2023" in ask("지민이 언제 결혼했어?").text


def test_one_s_own_wedding_is_found(living: Living) -> None:
    ask = living(event("e", "2021-05-22T12:00", "우리 결혼식", "그랜드홀"))
    assert "2021" in ask("언제 결혼했어?").text


def test_each_quote_stands_under_its_own_day(living: Living) -> None:
    ask = living(
        note("a", "2024-03-01", "The plumber said the boiler needs a new valve."),
        note("b", "2024-04-09", "The plumber said the boiler is fine now."),
    )
    text = ask("What did the plumber say about the boiler?").text
    first, second = sorted(("new valve", "fine now"), key=text.index)
    days = {"new valve": "1 March", "fine now": "9 April"}
    assert text.index(days[first]) < text.index(first) < text.index(days[second]) < text.index(second)


@pytest.mark.parametrize(
    ("question", "said"),
    [("What happened on 30 February 2024?", "no such date as 30 February"), ("2월 30일에 뭐 했어?", "없는 날짜")],
)
def test_a_day_that_no_calendar_has_is_told(living: Living, question: str, said: str) -> None:
    answer = living(note("n", "2024-02-28", "Quiet day."))(question)
    assert answer.status == "no_record" and said in answer.text


def test_a_span_of_years_is_a_period(living: Living) -> None:
    ask = living(event("y", "2019-05-03T19:00", "Yoga", "Hall"), event("z", "2021-05-03T19:00", "Yoga", "Hall"))
    assert "1 time" in ask("How many times did I do yoga 2018-2020?").text


def test_no_weekday_is_told_of_days_before_the_calendars_met(living: Living) -> None:
    ask = living(note("n", "1666-09-02", "A great fire in the city."))
    assert ask("When was the great fire?").text.startswith("2 September 1666")


def test_time_at_work_counts_from_the_first_day_there(living: Living) -> None:
    ask = living(
        message("m", "2021-09-14T10:00", "Ann", "Lumenworks is looking for people", "ann"),
        note("n", "2021-11-15", "First day at Lumenworks. Everybody was kind."),
    )
    assert "15 November 2021" in ask("How long have I worked at Lumenworks?").text


def test_what_is_still_to_come_did_not_happen(living: Living) -> None:
    ask = living(
        event("a", "2024-06-11T15:00", "Dentist", "Maple Dental"),
        event("b", "2025-06-10T09:00", "Dentist", "Maple Dental"),
    )
    assert "2024" in ask("When did I go to the dentist?").text


@pytest.mark.parametrize("question", ["내 생일이 언제야?", "When is my birthday?"])
def test_somebody_else_s_birthday_is_not_one_s_own(living: Living, question: str) -> None:
    assert living(event("a", "2024-08-15T18:00", "Anna's birthday", "Luigi's"))(question).status != "answered"


@pytest.mark.parametrize("question", ["How much was my last coffee?", "마지막 커피 얼마였어?"])
def test_the_price_of_the_last_one_is_of_the_last_one(living: Living, question: str) -> None:
    ask = living(*(purchase(f"c{n}", f"2024-05-0{n}", "카페", f"커피 {4000 + n * 100:,}원", 4000) for n in (1, 2, 6)))
    assert ask(question).text.startswith("4,600원")


def test_the_last_of_a_series_is_counted_from(living: Living) -> None:
    ask = living(*(event(f"y{n}", f"2025-0{n}-01T19:00", "요가 수업", "센터") for n in (1, 3, 5)))
    assert "1 May 2025" in ask("How long ago was my last yoga class?").text
    assert "2025년 5월 1일" in ask("요가 수업 마지막이 언제야?").text


def test_holiday_greetings_are_no_trip(living: Living) -> None:
    ask = living(note("g", "2024-12-24", "Happy holidays to you all."))
    assert ask("여행 언제 갔어?").status != "answered"


@pytest.mark.parametrize("question", ["첫 요가 수업 언제였어?", "When was the first yoga class?"])
def test_the_first_of_several_is_the_earliest(living: Living, question: str) -> None:
    ask = living(*(event(f"y{n}", f"2025-0{n}-01T19:00", "요가 수업", "센터") for n in (1, 3, 5)))
    assert ask(question).json()["citations"][0]["native_id"] == "y1"


@pytest.mark.parametrize("question", ["내가 해금 배우기 시작한 게 언제지?", "When did I start learning the haegeum?"])
def test_what_still_goes_on_had_begun_before(living: Living, question: str) -> None:
    ask = living(message("h", "2024-11-06T20:00", "준호", "해금 이제 좀 소리가 난다 아직도 배우는 중", "준호"))
    assert ask(question).status != "answered"


@pytest.mark.parametrize("question", ["Where did I leave my passport?", "여권 어디에 뒀지?"])
def test_where_a_thing_lies_is_not_where_an_appointment_about_it_is(living: Living, question: str) -> None:
    renewal = event("p", "2026-01-23T14:00", "Passport renewal 여권 갱신", "district office")
    assert living(renewal)(question).status != "answered"


def test_where_a_thing_was_put_is_told(living: Living) -> None:
    ask = living(note("p", "2025-01-23T14:00", "여권은 책상 서랍에 넣어 뒀다."))
    assert "서랍" in ask("여권 어디에 뒀지?").text
