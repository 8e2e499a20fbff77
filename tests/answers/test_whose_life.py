"""What others did is no answer to what the owner did, nor one friend's deed to what another friend did."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.answers.conftest import event, message, note, purchase, record

from darak.answers.answer import Answer

Living = Callable[..., Callable[..., Answer]]

WEDDING = (
    message("m1", "2020-06-22T21:35", "장소율", "얘들아 나 결혼한다 8월 1일 토요일 낮 12시야", "동아리"),
    message("m2", "2020-08-01T18:56", "me", "소율이 결혼식 다녀왔어.", "최승우"),
    message("m3", "2020-08-01T18:59", "최승우", "적당해 나도 그만큼 했어.", "최승우"),
    event("e1", "2020-08-01T12:00", "장소율 결혼식", "라온하우스"),
)


@pytest.mark.parametrize("question", ["승우가 언제 결혼했지?", "When did Seungwoo get married?", "내가 언제 결혼했지?"])
def test_a_wedding_is_of_whom_it_is(living: Living, question: str) -> None:
    assert living(*WEDDING)(question).status == "no_record"


def test_the_one_who_married_is_found(living: Living) -> None:
    assert "2020년 8월 1일" in living(*WEDDING)("소율이가 언제 결혼했지?").text


@pytest.mark.parametrize("question", ["When did Priya graduate?", "When did I graduate?"])
def test_the_graduation_of_a_friends_sister_is_the_sisters(living: Living, question: str) -> None:
    ask = living(
        message("m1", "2022-09-23T20:50", "Priya Raman", "my sister had her graduation show", "priya"),
        message("m2", "2022-09-23T20:51", "me", "how was it?", "priya"),
    )
    assert ask(question).status == "no_record"


@pytest.mark.parametrize("question", ["내 생일", "내 생일 언제야?", "my birthday?"])
def test_somebody_elses_birthday_is_not_the_owners(living: Living, question: str) -> None:
    ask = living(event("b1", "2017-06-25", "아빠 생일", ""), event("b2", "2018-08-05", "Ruth's birthday", ""))
    assert ask(question).status == "no_record"


def test_having_eaten_ice_cream_by_the_flat_white_is_no_house(living: Living) -> None:
    ask = living(
        purchase("p1", "2016-08-30T09:26", "Bean There", "Bean There · flat white 4,100원", 4100),
        note("n1", "2022-06-26", "Bought a bicycle today. Rode home grinning."),
    )
    assert ask("When did I buy a house?").status != "answered"


def test_whoever_sits_on_the_right_is_no_mountaineer(living: Living) -> None:
    ask = living(
        record("mail", "x1", "2023-10-17", "오늘 오른쪽 위 어금니를 발치하셨습니다.", author="남소율"),
        event("e1", "2023-09-01T08:00", "등산", "설악산"),
    )
    assert "남소율" not in ask("누구랑 등산 갔어?").text


def test_what_is_asked_about_is_no_sort_of_thing(living: Living) -> None:
    ask = living(
        note("n1", "2021-06-06", "Brought Yulmu home today."),
        *(note(f"n{day}", f"2021-07-{day}", "Nothing happened today.") for day in range(10, 29)),
        record("mail", "x1", "2022-03-21", "Count me in. No allergies here.", author="ben@office.example"),
    )
    assert ask("what is yulmu allergic to").status == "no_record"


def test_a_phone_number_looks_like_one(living: Living) -> None:
    ask = living(message("m1", "2021-03-13", "Ruth", "on hold with the phone company for 35 minutes", "ruth"))
    assert ask("what is the phone number of the phone company").status == "no_record"


@pytest.mark.parametrize("question", ["what is my email address", "내 이메일 주소 뭐야?"])
def test_the_owners_own_address_is_known_from_their_mail(living: Living, question: str) -> None:
    mails = (
        record(
            "mail",
            f"x{n}",
            f"2024-03-2{n}",
            "See you on Friday.",
            author="황은지 <eunji@dalmail.example>",
            people=[f"Ben {n} <ben{n}@office.example>"],
            thread=f"t{n}",
        )
        for n in range(4)
    )
    assert "eunji@dalmail.example" in living(*mails)(question).text


def test_the_rent_that_is_paid_is_a_sum_of_money(living: Living) -> None:
    ask = living(
        record("mail", "x1", "2023-08-12", "Deposit 20,000,000 won, rent 500,000 won.", author="agent@x.example")
    )
    assert ask("how much rent do I pay?").text.startswith("500,000 won")


@pytest.mark.parametrize(
    ("question", "place"), [("동창들 어디에서 모였어?", "포차마당"), ("타이베이에서 어디 묵었어?", "올리바")]
)
def test_verbs_in_a_long_past_are_read(living: Living, question: str, place: str) -> None:
    ask = living(
        event("e1", "2025-02-01T18:30", "고등학교 동창 모임", "포차마당"),
        note("n1", "2024-09-07", "타이베이 카사 올리바 호텔에서 이틀 묵었다."),
    )
    assert place in ask(question).text
