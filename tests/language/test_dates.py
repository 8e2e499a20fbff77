"""What people say about time, in both languages, and the days it means."""

from datetime import datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.language.said_dates import WEDNESDAY, days_of, read, table
from tests.language.test_dates_english import ENGLISH_DATES, ENGLISH_RELATIVE, ENGLISH_ROLES
from tests.language.test_dates_korean import KOREAN_DATES, KOREAN_RELATIVE, KOREAN_ROLES
from tests.language.test_dates_meant import PLANS

from darak.language.dates import find_periods, impossible_days
from darak.language.periods import Prefer


@pytest.mark.parametrize(
    ("question", "surface", "days"),
    [
        ("작년 가을에 간 여행에서 누구랑 있었어?", "작년 가을", "2024-09-01..2024-11-30"),
        ("5년 전쯤에 떨렸던 발표 언제였지?", "5년 전쯤", "2019-07-02..2021-07-02 around"),
        ("3월 15일 저녁에 뭐 먹었어?", "3월 15일 저녁", "2025-03-15 17:00-22:00"),
        (
            "When did I last see the dentist before the summer of 2023?",
            "before the summer of 2023",
            "..2023-05-31 before",
        ),
        ("What did I do on the first weekend of May 2024?", "the first weekend of May 2024", "2024-05-04..2024-05-05"),
        ("How much did I spend in the first half of 2024?", "the first half of 2024", "2024-01-01..2024-06-30"),
    ],
)
def test_a_date_is_found_within_a_question_with_its_place(question: str, surface: str, days: str) -> None:
    (found,) = find_periods(question, WEDNESDAY)
    assert (found.surface, days_of(found)) == (surface, days)
    assert question[slice(*found.span)] == surface


@pytest.mark.parametrize(
    ("text", "grain"),
    [
        *(("2020", "year"), ("작년", "year"), ("the 1990s", "year"), ("last summer", "season"), ("하반기", "season")),
        *(("in May", "month"), ("지난달", "month"), ("early May", "week"), ("지난주", "week"), ("어제", "day")),
        *(("Christmas", "day"), ("어제 3시에", "hour"), ("last night", "hour")),
    ],
)
def test_the_grain_tells_how_precise_the_words_are(text: str, grain: str) -> None:
    assert [found.grain for found in find_periods(text, WEDNESDAY)] == [grain]


@pytest.mark.parametrize(
    ("text", "relative"),
    [
        *(("yesterday", True), ("지난주 금요일", True), ("last May", True), ("3년 전", True), ("최근", True)),
        *(("May 4", False), ("3월 4일", False), ("2021-03-04", False), ("크리스마스", False), ("on Friday", False)),
    ],
)
def test_relative_means_that_the_words_point_from_now(text: str, relative: bool) -> None:
    assert [found.relative for found in find_periods(text, WEDNESDAY)] == [relative]


def test_last_winter_is_the_running_one_in_winter_and_the_finished_one_after() -> None:
    assert read("last winter", now=datetime(2025, 1, 20)) == "2024-12-01..2025-02-28"
    assert read("지난 겨울", now=datetime(2025, 11, 1)) == "2024-12-01..2025-02-28"


def test_next_friday_is_in_the_next_week_whichever_day_it_is() -> None:
    for day in range(12, 19):  # Monday to Sunday
        assert read("next Friday", now=datetime(2025, 5, day)) == "2025-05-23"
        assert read("다음 주 금요일", now=datetime(2025, 5, day)) == "2025-05-23"


def test_a_moment_with_a_zone_is_read_by_its_own_clock() -> None:
    seoul = datetime(2025, 5, 14, 1, 0, tzinfo=timezone(timedelta(hours=9)))
    assert read("yesterday", now=seoul) == "2025-05-13"


moments = st.datetimes(datetime(1970, 1, 1), datetime(2100, 12, 31))
phrases = st.sampled_from(
    [
        said
        for said, _ in ENGLISH_DATES
        + ENGLISH_RELATIVE
        + ENGLISH_ROLES
        + KOREAN_DATES
        + KOREAN_RELATIVE
        + KOREAN_ROLES
        + PLANS
    ]
)
fragments = st.sampled_from(
    [
        *(
            "in",
            "the",
            "last",
            "next",
            "May",
            "march",
            "4",
            "2020",
            "4th",
            "-",
            "~",
            "to",
            "and",
            "before",
            "at",
            "3pm",
        ),
        *(
            "3월",
            "5일",
            "년",
            "전",
            "뒤",
            "주",
            "지난",
            "작년",
            "부터",
            "까지",
            "금요일",
            "of",
            "week",
            "ago",
            "two",
            "첫째",
        ),
    ]
)
prefers = st.sampled_from(["past", "future", "nearest"])


@given(st.text() | st.lists(fragments, max_size=9).map(" ".join), moments, prefers)
def test_no_text_makes_it_fail_and_every_period_has_days(text: str, now: datetime, prefer: Prefer) -> None:
    everything = find_periods(text, now, prefer)
    for found in everything:
        assert found.since < found.until
        assert text[slice(*found.span)] == found.surface
    assert all(before.span[1] <= after.span[0] for before, after in pairwise(everything))


@given(phrases, moments, prefers)
def test_what_people_say_means_some_day_at_any_moment(said: str, now: datetime, prefer: Prefer) -> None:
    for found in find_periods(said, now, prefer):
        assert found.since < found.until


@given(moments)
def test_a_bare_month_in_a_question_is_the_latest_that_has_begun(now: datetime) -> None:
    (found,) = find_periods("10월에", now)
    assert found.since <= now.date()
    assert (now.date() - found.since).days < 366


OLD_YEARS = table(
    """
    2 September 1666 => 1666-09-02
    on 2 September, 1666 => 1666-09-02
    Sept 2nd 1666 => 1666-09-02
    1666-09-02 => 1666-09-02
    1666. 9. 2. => 1666-09-02
    1666-09 => 1666-09-01..1666-09-30
    September 1666 => 1666-09-01..1666-09-30
    Christmas 1662 => 1662-12-25
    winter 1664 => 1664-12-01..1665-02-28
    the summer of 1666 => 1666-06-01..1666-08-31
    what happened in 1667? => 1667-01-01..1667-12-31
    the fire of 1666 => 1666-01-01..1666-12-31
    before 1700 => ..1699-12-31 before
    since 1660 => 1660-01-01..2025-05-14 since
    between 1660 and 1669 => 1660-01-01..1669-12-31
    from 1660 to 1669 => 1660-01-01..1669-12-31
    the 1660s => 1660-01-01..1669-12-31
    1666년 9월 2일 => 1666-09-02
    1666년 가을 => 1666-09-01..1666-11-30
    1667년에 => 1667-01-01..1667-12-31
    1666년 전에 => ..1665-12-31 before
    """
)


@pytest.mark.parametrize(("said", "meant"), OLD_YEARS)
def test_a_year_before_1900_is_a_year_where_the_words_say_so(said: str, meant: str) -> None:
    assert read(said) == meant


@pytest.mark.parametrize(
    "text",
    [
        *("I paid 1200 dollars", "1500 people", "in 1500 steps", "in 1500 won", "in 1800 hours", "in 1500m"),
        *("a total of 1500", "of 1500 calories", "room 1666", "1200년 된 나무", "1,667", "after 1,500"),
    ],
)
def test_a_number_below_1900_that_counts_is_no_year(text: str) -> None:
    assert read(text) == ""


@pytest.mark.parametrize(
    "day",
    [
        *("31 April", "April 31st", "Feb 30", "February 29, 2021", "30 February 1700", "2021-02-30", "2021-02-29"),
        *("2월 30일", "9월 31일", "2021년 2월 29일", "올해 2월 29일", "지난달 31일"),
    ],
)
def test_a_day_that_no_calendar_has_is_told_as_it_was_said(day: str) -> None:
    assert impossible_days(f"what was on {day}?", WEDNESDAY) == (day,)
    assert find_periods(day, WEDNESDAY) == []


@pytest.mark.parametrize(
    "text", ["29 February", "2월 29일", "2024-02-29", "the 31st", "this month", "뭐 했어?", "April"]
)
def test_a_day_that_exists_is_not_impossible(text: str) -> None:
    assert impossible_days(text, WEDNESDAY) == ()


@pytest.mark.parametrize("prefer", ["past", "nearest", "future"])
@pytest.mark.parametrize(
    ("said", "meant"),
    [
        *(("tomorrow", "2025-05-15"), ("next week", "2025-05-19..2025-05-25"), ("next Friday", "2025-05-23")),
        *(("next month", "2025-06-01..2025-06-30"), ("next year", "2026-01-01..2026-12-31"), ("내일", "2025-05-15")),
        *(("다음 주", "2025-05-19..2025-05-25"), ("다음 달", "2025-06-01..2025-06-30"), ("모레", "2025-05-16")),
        *(("내년", "2026-01-01..2026-12-31"), ("다음 주 금요일", "2025-05-23")),
    ],
)
def test_words_that_name_the_future_mean_it_whatever_is_preferred(said: str, meant: str, prefer: Prefer) -> None:
    assert read(said, prefer) == meant
