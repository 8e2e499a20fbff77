"""What people say about time, in both languages, and the days it means."""

from datetime import date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from darak.language.dates import DateExpression, find_periods, impossible_days
from darak.language.periods import Prefer

WEDNESDAY = datetime(2025, 5, 14, 15, 0)


def days_of(found: DateExpression) -> str:
    """The days in short: first..last, an open end empty, then times of day and role."""
    first = "" if found.since == date.min else str(found.since)
    last = "" if found.until == date.max else str(found.until - timedelta(days=1))
    text = first if first == last else f"{first}..{last}"
    if found.since_time or found.until_time:
        times = (f"{t:%H:%M}" if t else "" for t in (found.since_time, found.until_time))
        text += " " + "-".join(times)
    return text if found.role == "in" else f"{text} {found.role}"


def read(text: str, prefer: Prefer = "past", now: datetime = WEDNESDAY) -> str:
    return "; ".join(days_of(found) for found in find_periods(text, now, prefer))


def table(text: str) -> list[tuple[str, str]]:
    """Lines of `what is said => what it means`."""
    lines = (line.strip() for line in text.strip().splitlines())
    return [(said.strip(), meant.strip()) for said, _, meant in (line.partition("=>") for line in lines)]


ENGLISH_DATES = table(
    """
    2021-03-04 => 2021-03-04
    2021-03-04T14:30:00+09:00 => 2021-03-04
    2021-03 => 2021-03-01..2021-03-31
    3/4/2021 => 2021-03-04
    13/4/2021 => 2021-04-13
    on 3/4 => 2025-03-04
    March 4, 2021 => 2021-03-04
    March 4 2021 => 2021-03-04
    4 March 2021 => 2021-03-04
    4th of March 2020 => 2020-03-04
    the 4th of March => 2025-03-04
    Mar 4th => 2025-03-04
    on May 4 => 2025-05-04
    Thursday, March 4th, 2021 => 2021-03-04
    Friday, 14 March => 2025-03-14
    12 Dec '21 => 2021-12-12
    dec. 25th => 2024-12-25
    August 2019 => 2019-08-01..2019-08-31
    Dec 2020 => 2020-12-01..2020-12-31
    in May => 2025-05-01..2025-05-31
    in march => 2025-03-01..2025-03-31
    last May => 2024-05-01..2024-05-31
    this May => 2025-05-01..2025-05-31
    in October => 2024-10-01..2024-10-31
    how was March this year => 2025-03-01..2025-03-31
    early May => 2025-05-01..2025-05-10
    mid-January => 2025-01-11..2025-01-20
    late 2019 => 2019-09-01..2019-12-31
    end of November => 2024-11-21..2024-11-30
    at the end of 2019 => 2019-11-01..2019-12-31
    the beginning of 2020 => 2020-01-01..2020-02-29
    the middle of June 2021 => 2021-06-11..2021-06-20
    the first week of March => 2025-03-01..2025-03-07
    the last week of May 2024 => 2024-05-25..2024-05-31
    the second weekend of May => 2025-05-10..2025-05-11
    first Friday of May => 2025-05-02
    the last day of February 2024 => 2024-02-29
    the week of March 4 => 2025-03-03..2025-03-09
    in 2019 => 2019-01-01..2019-12-31
    in 2000 => 2000-01-01..2000-12-31
    spring of 2020 => 2020-03-01..2020-05-31
    summer 2019 => 2019-06-01..2019-08-31
    2020 spring => 2020-03-01..2020-05-31
    winter 2021 => 2021-12-01..2022-02-28
    fall 2020 => 2020-09-01..2020-11-30
    in the fall => 2024-09-01..2024-11-30
    in the summer of 2023 => 2023-06-01..2023-08-31
    over the summer => 2024-06-01..2024-08-31
    late summer 2021 => 2021-08-01..2021-08-31
    Q1 2020 => 2020-01-01..2020-03-31
    the third quarter of 2023 => 2023-07-01..2023-09-30
    the first half of 2024 => 2024-01-01..2024-06-30
    in H2 2022 => 2022-07-01..2022-12-31
    the 1990s => 1990-01-01..1999-12-31
    on the 15th => 2025-04-15
    the 15th of last month => 2025-04-15
    the 2024 Chinese New Year => 2024-02-10
    Mid-Autumn Festival 2023 => 2023-09-29
    during the Spring Festival => 2025-01-29
    I met her in May. Then => 2025-05-01..2025-05-31
    most recently =>
    """
)


@pytest.mark.parametrize(("said", "meant"), ENGLISH_DATES)
def test_an_english_date_means_its_days(said: str, meant: str) -> None:
    assert read(said) == meant


ENGLISH_RELATIVE = table(
    """
    yesterday => 2025-05-13
    the day before yesterday => 2025-05-12
    today => 2025-05-14
    yesterday evening => 2025-05-13 17:00-22:00
    last night => 2025-05-13..2025-05-14 20:00-05:00
    tonight => 2025-05-14..2025-05-15 20:00-05:00
    this morning => 2025-05-14 05:00-12:00
    last Friday => 2025-05-09
    on Friday => 2025-05-09
    Friday => 2025-05-09
    last Friday night => 2025-05-09..2025-05-10 20:00-05:00
    Friday of last week => 2025-05-09
    last week on Friday => 2025-05-09
    last week's Friday => 2025-05-09
    Friday two weeks ago => 2025-05-02
    last weekend => 2025-05-10..2025-05-11
    on the weekend => 2025-05-10..2025-05-11
    last week => 2025-05-05..2025-05-11
    this week => 2025-05-12..2025-05-18
    the week before last => 2025-04-28..2025-05-04
    last month => 2025-04-01..2025-04-30
    last month's bill => 2025-04-01..2025-04-30
    early last month => 2025-04-01..2025-04-10
    last year => 2024-01-01..2024-12-31
    this year => 2025-01-01..2025-12-31
    the year before last => 2023-01-01..2023-12-31
    last year in May => 2024-05-01..2024-05-31
    last year's summer => 2024-06-01..2024-08-31
    summer last year => 2024-06-01..2024-08-31
    last winter => 2024-12-01..2025-02-28
    last summer => 2024-06-01..2024-08-31
    in May three years ago => 2022-05-01..2022-05-31
    two years ago => 2023-01-01..2023-12-31
    five years ago => 2020-01-01..2020-12-31
    a year ago => 2024-01-01..2024-12-31
    ten years ago => 2015-01-01..2015-12-31
    three years ago today => 2022-05-14
    about five years ago => 2019-07-02..2021-07-02 around
    around five years ago => 2019-07-02..2021-07-02 around
    five years ago or so => 2019-07-02..2021-07-02 around
    a few years ago => 2019-05-14..2023-05-14 around
    several months ago => 2024-11-14..2025-03-14 around
    a few days ago => 2025-05-08..2025-05-12 around
    three days ago => 2025-05-11
    two weeks ago => 2025-04-28..2025-05-04
    a couple of weeks ago => 2025-04-28..2025-05-04
    six months ago => 2024-11-01..2024-11-30
    3 hours ago => 2025-05-14 12:00-13:00
    30 minutes ago => 2025-05-14 14:30-15:30
    recently => 2025-04-14..2025-05-14 around
    lately => 2025-04-14..2025-05-14 around
    this time last year => 2024-04-14..2024-06-14 around
    the last three months => 2025-02-14..2025-05-14
    over the past year => 2024-05-14..2025-05-14
    in the past 2 weeks => 2025-04-30..2025-05-14
    the last 10 days => 2025-05-04..2025-05-14
    """
)


@pytest.mark.parametrize(("said", "meant"), ENGLISH_RELATIVE)
def test_an_english_relative_date_is_counted_from_now(said: str, meant: str) -> None:
    assert read(said) == meant


ENGLISH_ROLES = table(
    """
    since 2020 => 2020-01-01..2025-05-14 since
    since March => 2025-03-01..2025-05-14 since
    since last May => 2024-05-01..2025-05-14 since
    from 2019 on => 2019-01-01..2025-05-14 since
    from 2020 to now => 2020-01-01..2025-05-14 since
    before 2019 => ..2018-12-31 before
    before Christmas => ..2024-12-24 before
    until March => ..2025-03-31 until
    by 2020 => ..2020-12-31 until
    after 2019 => 2020-01-01..2025-05-14 after
    after March 4 => 2025-03-05..2025-05-14 after
    around 3 May => 2025-04-30..2025-05-06 around
    around 2015 => 2014-07-02..2016-07-01 around
    from March to May => 2025-03-01..2025-05-31
    from March until May 2020 => 2020-03-01..2020-05-31
    March-May 2020 => 2020-03-01..2020-05-31
    between 2019 and 2021 => 2019-01-01..2021-12-31
    between May 3 and June 2, 2024 => 2024-05-03..2024-06-02
    May 3 to May 9, 2023 => 2023-05-03..2023-05-09
    March 4-6 => 2025-03-04..2025-03-06
    March 4-6, 2021 => 2021-03-04..2021-03-06
    4-6 March 2020 => 2020-03-04..2020-03-06
    from November 2020 to March 2021 => 2020-11-01..2021-03-31
    from November to March => 2024-11-01..2025-03-31
    Monday to Wednesday => 2025-05-12..2025-05-14
    2021-03-04 - 2021-03-06 => 2021-03-04..2021-03-06
    2023 vs 2024 => 2023-01-01..2023-12-31; 2024-01-01..2024-12-31
    photos from May => 2025-05-01..2025-05-31
    """
)


@pytest.mark.parametrize(("said", "meant"), ENGLISH_ROLES)
def test_english_says_how_a_date_is_used(said: str, meant: str) -> None:
    assert read(said) == meant


ENGLISH_HOLIDAYS = table(
    """
    Christmas => 2024-12-25
    Christmas Eve 2020 => 2020-12-24
    last Christmas => 2024-12-25
    Christmas last year => 2024-12-25
    New Year's Eve => 2024-12-31
    New Year's Day 2021 => 2021-01-01
    Valentine's Day => 2025-02-14
    Halloween 2021 => 2021-10-31
    Thanksgiving 2023 => 2023-11-23
    Easter 2024 => 2024-03-31
    Lunar New Year 2023 => 2023-01-22
    Chuseok 2022 => 2022-09-10
    Mother's Day 2024 => 2024-05-12
    """
)


@pytest.mark.parametrize(("said", "meant"), ENGLISH_HOLIDAYS)
def test_an_english_holiday_has_its_day(said: str, meant: str) -> None:
    assert read(said) == meant


ENGLISH_TIMES = table(
    """
    yesterday at 3pm => 2025-05-13 15:00-16:00
    on May 4 at 15:30 => 2025-05-04 15:30-16:30
    2024-03-05 14:30 => 2024-03-05 14:30-15:30
    3pm yesterday => 2025-05-13 15:00-16:00
    the morning of May 4th => 2025-05-04 05:00-12:00
    last Friday at 9 o'clock => 2025-05-09 09:00-10:00
    yesterday at noon => 2025-05-13 11:00-14:00
    by 5pm yesterday => ..2025-05-13 -17:00 until
    """
)


@pytest.mark.parametrize(("said", "meant"), ENGLISH_TIMES)
def test_an_english_time_of_day_narrows_a_date(said: str, meant: str) -> None:
    assert read(said) == meant


KOREAN_DATES = table(
    """
    2021년 3월 4일 => 2021-03-04
    2021. 3. 4. => 2021-03-04
    2021.3.4 => 2021-03-04
    '21.3.4 => 2021-03-04
    3월 4일 => 2025-03-04
    3월4일에 => 2025-03-04
    2021년 3월 => 2021-03-01..2021-03-31
    2021년3월에 => 2021-03-01..2021-03-31
    2021 3월 => 2021-03-01..2021-03-31
    21년 봄 => 2021-03-01..2021-05-31
    21년 3월에 => 2021-03-01..2021-03-31
    3월 4일 금요일 => 2022-03-04
    6월 3일(화) => 2025-06-03
    5/12(월) => 2025-05-12
    3/4에 => 2025-03-04
    5월에 => 2025-05-01..2025-05-31
    10월에 => 2024-10-01..2024-10-31
    5월 초 => 2025-05-01..2025-05-10
    5월초에 => 2025-05-01..2025-05-10
    5월 중순에 => 2025-05-11..2025-05-20
    5월 말 => 2024-05-21..2024-05-31
    5월 말일 => 2024-05-31
    5월 첫째 주 => 2025-05-01..2025-05-07
    3월 2주차 => 2025-03-08..2025-03-14
    3월 셋째 주 금요일 => 2025-03-21
    5월 마지막 주 => 2024-05-25..2024-05-31
    3월 둘째 주말 => 2025-03-08..2025-03-09
    2024년 5월 마지막 날 => 2024-05-31
    2019년 말 => 2019-11-01..2019-12-31
    2019년 초에 => 2019-01-01..2019-04-30
    2020년 봄에 => 2020-03-01..2020-05-31
    2021년 겨울 => 2021-12-01..2022-02-28
    2023년 여름 휴가 때 => 2023-06-01..2023-08-31
    초여름에 => 2024-06-01..2024-06-30
    작년 늦가을 => 2024-11-01..2024-11-30
    상반기 => 2025-01-01..2025-06-30
    2020년 하반기 => 2020-07-01..2020-12-31
    1분기에 => 2025-01-01..2025-03-31
    2024년 3분기 => 2024-07-01..2024-09-30
    연말에 => 2024-11-01..2024-12-31
    90년대 => 1990-01-01..1999-12-31
    2010년대에 => 2010-01-01..2019-12-31
    15일에 뭐했지 => 2025-04-15
    제일 최근에 만난 날 =>
    가장 최근 =>
    """
)


@pytest.mark.parametrize(("said", "meant"), KOREAN_DATES)
def test_a_korean_date_means_its_days(said: str, meant: str) -> None:
    assert read(said) == meant


KOREAN_RELATIVE = table(
    """
    오늘 => 2025-05-14
    어제 => 2025-05-13
    그저께 => 2025-05-12
    그제 => 2025-05-12
    엊그제 => 2025-05-12
    어제 저녁에 => 2025-05-13 17:00-22:00
    어젯밤 => 2025-05-13..2025-05-14 20:00-05:00
    간밤에 => 2025-05-13..2025-05-14 20:00-05:00
    오늘 아침 => 2025-05-14 05:00-12:00
    지난주 => 2025-05-05..2025-05-11
    저번 주 => 2025-05-05..2025-05-11
    이번 주 => 2025-05-12..2025-05-18
    지지난주 => 2025-04-28..2025-05-04
    지난주 금요일 => 2025-05-09
    지난 주 금요일 => 2025-05-09
    이번 주 월요일에 => 2025-05-12
    금요일에 => 2025-05-09
    지난 금요일 => 2025-05-09
    주말에 => 2025-05-10..2025-05-11
    지난 주말에 => 2025-05-10..2025-05-11
    이번 주말 => 2025-05-17..2025-05-18
    지난달 => 2025-04-01..2025-04-30
    지난달 15일 => 2025-04-15
    저번 달 말 => 2025-04-21..2025-04-30
    이번 달 초 => 2025-05-01..2025-05-10
    지지난달 => 2025-03-01..2025-03-31
    작년 => 2024-01-01..2024-12-31
    작년 5월 => 2024-05-01..2024-05-31
    작년 봄 => 2024-03-01..2024-05-31
    지난해 말 => 2024-11-01..2024-12-31
    재작년 => 2023-01-01..2023-12-31
    재작년 여름 => 2023-06-01..2023-08-31
    올해 => 2025-01-01..2025-12-31
    올해 3월 => 2025-03-01..2025-03-31
    올봄 => 2025-03-01..2025-05-31
    올여름 => 2025-06-01..2025-08-31
    지난여름에 => 2024-06-01..2024-08-31
    지난 겨울 => 2024-12-01..2025-02-28
    지난 5월 => 2024-05-01..2024-05-31
    3년 전 => 2022-01-01..2022-12-31
    일 년 전 => 2024-01-01..2024-12-31
    십 년 전 => 2015-01-01..2015-12-31
    3년 전 봄 => 2022-03-01..2022-05-31
    3년 전 5월 => 2022-05-01..2022-05-31
    3년 전 오늘 => 2022-05-14
    5년 전쯤 => 2019-07-02..2021-07-02 around
    한 5년 전에 => 2019-07-02..2021-07-02 around
    약 3년 전 => 2021-07-02..2023-07-02 around
    몇 년 전 => 2019-05-14..2023-05-14 around
    몇 달 전에 => 2024-11-14..2025-03-14 around
    며칠 전 => 2025-05-08..2025-05-12 around
    두 달 전 => 2025-03-01..2025-03-31
    6개월 전에 => 2024-11-01..2024-11-30
    두 달 전 15일 => 2025-03-15
    3주 전 => 2025-04-21..2025-04-27
    일주일 전 => 2025-05-05..2025-05-11
    3주 전 금요일 => 2025-04-25
    이틀 전 => 2025-05-12
    사흘 전에 => 2025-05-11
    보름 전 => 2025-04-29
    2일 전 => 2025-05-12
    3시간 전 => 2025-05-14 12:00-13:00
    30분 전 => 2025-05-14 14:30-15:30
    요즘 => 2025-04-14..2025-05-14 around
    최근 => 2025-04-14..2025-05-14 around
    최근 일주일 => 2025-05-07..2025-05-14
    지난 3개월 => 2025-02-14..2025-05-14
    지난 3년간 => 2022-05-14..2025-05-14
    최근 한 달 동안 => 2025-04-14..2025-05-14
    작년 이맘때 => 2024-04-14..2024-06-14 around
    """
)


@pytest.mark.parametrize(("said", "meant"), KOREAN_RELATIVE)
def test_a_korean_relative_date_is_counted_from_now(said: str, meant: str) -> None:
    assert read(said) == meant


KOREAN_ROLES = table(
    """
    2020년 이후 => 2020-01-01..2025-05-14 since
    2020년부터 => 2020-01-01..2025-05-14 since
    3월부터 지금까지 => 2025-03-01..2025-05-14 since
    2019년 이전 => ..2018-12-31 before
    2019년 전에 => ..2018-12-31 before
    3월 5일 전에 => ..2025-03-04 before
    2019년까지 => ..2019-12-31 until
    3월까지 => ..2025-03-31 until
    5월 5일쯤 => 2025-05-02..2025-05-08 around
    2015년 무렵 => 2014-07-02..2016-07-01 around
    크리스마스 전에 => ..2024-12-24 before
    추석 지나고 => 2024-09-18..2025-05-14 after
    3월부터 5월까지 => 2025-03-01..2025-05-31
    3월 4일부터 6일까지 => 2025-03-04..2025-03-06
    2020년 11월부터 2021년 3월까지 => 2020-11-01..2021-03-31
    작년 12월부터 올해 2월까지 => 2024-12-01..2025-02-28
    지난주 월요일부터 수요일까지 => 2025-05-05..2025-05-07
    2024년 1월부터 6월까지 => 2024-01-01..2024-06-30
    3월에서 5월 사이 => 2025-03-01..2025-05-31
    2020년과 2022년 사이에 => 2020-01-01..2022-12-31
    3~5월 => 2025-03-01..2025-05-31
    3월 4~6일 => 2025-03-04..2025-03-06
    2019~2021년 => 2019-01-01..2021-12-31
    2023년이랑 2024년 => 2023-01-01..2023-12-31; 2024-01-01..2024-12-31
    """
)


@pytest.mark.parametrize(("said", "meant"), KOREAN_ROLES)
def test_korean_says_how_a_date_is_used(said: str, meant: str) -> None:
    assert read(said) == meant


KOREAN_HOLIDAYS = table(
    """
    설날 => 2025-01-29
    설에 => 2025-01-29
    이번 설에 => 2025-01-29
    설 연휴 => 2025-01-28..2025-01-30
    작년 추석 => 2024-09-17
    2020년 추석 때 => 2020-10-01
    추석 연휴 => 2024-09-16..2024-09-18
    재작년 크리스마스 => 2023-12-25
    크리스마스이브 => 2024-12-24
    어린이날 => 2025-05-05
    어버이날 => 2025-05-08
    한글날 => 2024-10-09
    삼일절 => 2025-03-01
    부처님 오신 날 => 2025-05-05
    발렌타인데이 => 2025-02-14
    2027년 설날 => 2027-02-07
    """
)


@pytest.mark.parametrize(("said", "meant"), KOREAN_HOLIDAYS)
def test_a_korean_holiday_has_its_day(said: str, meant: str) -> None:
    assert read(said) == meant


KOREAN_TIMES = table(
    """
    어제 오후 3시에 => 2025-05-13 15:00-16:00
    3월 15일 저녁에 => 2025-03-15 17:00-22:00
    어제 밤 11시 => 2025-05-13 23:00-
    오늘 새벽 2시에 => 2025-05-14 02:00-03:00
    어제 3시 반에 => 2025-05-13 15:30-16:30
    2024년 3월 5일 14:30 => 2024-03-05 14:30-15:30
    3월 5일 오전 10시 20분 => 2025-03-05 10:20-11:20
    """
)


@pytest.mark.parametrize(("said", "meant"), KOREAN_TIMES)
def test_a_korean_time_of_day_narrows_a_date(said: str, meant: str) -> None:
    assert read(said) == meant


PLANS = table(
    """
    tomorrow => 2025-05-15
    the day after tomorrow => 2025-05-16
    next Friday => 2025-05-23
    this Friday => 2025-05-16
    on Friday => 2025-05-16
    by Friday => 2025-05-14..2025-05-16 until
    next week => 2025-05-19..2025-05-25
    next Tuesday at 7pm => 2025-05-20 19:00-20:00
    Saturday morning => 2025-05-17 05:00-12:00
    next weekend => 2025-05-24..2025-05-25
    next month => 2025-06-01..2025-06-30
    next year => 2026-01-01..2026-12-31
    in two weeks => 2025-05-28
    in three days => 2025-05-17
    in a month => 2025-06-01..2025-06-30
    in two years => 2027-01-01..2027-12-31
    a week from today => 2025-05-21
    within three days => 2025-05-14..2025-05-17
    by the end of the month => 2025-05-14..2025-05-31 until
    by the end of next week => 2025-05-14..2025-05-25 until
    until Sunday => 2025-05-14..2025-05-18 until
    tomorrow at 3pm => 2025-05-15 15:00-16:00
    by 5pm Friday => 2025-05-14..2025-05-16 -17:00 until
    next May => 2026-05-01..2026-05-31
    in May => 2025-05-01..2025-05-31
    in March => 2026-03-01..2026-03-31
    on the 20th => 2025-05-20
    next Christmas => 2025-12-25
    the next two weeks => 2025-05-14..2025-05-28
    in a few days => 2025-05-16..2025-05-20 around
    내일 => 2025-05-15
    모레 => 2025-05-16
    글피 => 2025-05-17
    내일모레 => 2025-05-16
    다음 주 화요일 => 2025-05-20
    다음 주 화요일까지 보내줄게 => 2025-05-14..2025-05-20 until
    이번 주 토요일 저녁 7시에 봐 => 2025-05-17 19:00-20:00
    담주 화욜에 봐 => 2025-05-20
    다다음 주 => 2025-05-26..2025-06-01
    다음 주말에 => 2025-05-24..2025-05-25
    금요일까지 => 2025-05-14..2025-05-16 until
    모레 오전까지 드릴게요 => 2025-05-14..2025-05-16 -12:00 until
    금요일 오후 3시까지 => 2025-05-14..2025-05-16 -15:00 until
    2주 뒤 => 2025-05-28
    이 주 뒤에 => 2025-05-28
    3주 후에 보자 => 2025-06-04
    3일 뒤에 => 2025-05-17
    사흘 뒤 => 2025-05-17
    열흘 후에 갚을게 => 2025-05-24
    보름 뒤 => 2025-05-29
    한 달 뒤 => 2025-06-01..2025-06-30
    3개월 후 => 2025-08-01..2025-08-31
    며칠 뒤에 => 2025-05-16..2025-05-20 around
    다음 달 5일 => 2025-06-05
    다음달 초에 => 2025-06-01..2025-06-10
    월말까지 제출 => 2025-05-14..2025-05-31 until
    내년 2월에 결혼해 => 2026-02-01..2026-02-28
    내년 봄 => 2026-03-01..2026-05-31
    3일 안에 => 2025-05-14..2025-05-17
    2주 이내에 갚기 => 2025-05-14..2025-05-28
    15일까지 => 2025-05-14..2025-05-15 until
    5월 20일에 => 2025-05-20
    5/20 (화) 오후 2시 => 2025-05-20 14:00-15:00
    앞으로 2주 => 2025-05-14..2025-05-28
    돌아오는 토요일 => 2025-05-17
    this coming Friday => 2025-05-16
    the coming weekend => 2025-05-17..2025-05-18
    다가오는 주말 => 2025-05-17..2025-05-18
    """
)


@pytest.mark.parametrize(("said", "meant"), PLANS)
def test_a_plan_points_ahead(said: str, meant: str) -> None:
    assert read(said, "future") == meant


NEAREST = table(
    """
    in May => 2025-05-01..2025-05-31
    in March => 2025-03-01..2025-03-31
    in June => 2025-06-01..2025-06-30
    on Monday => 2025-05-12
    on Friday => 2025-05-16
    4월에 => 2025-04-01..2025-04-30
    6월 3일에 => 2025-06-03
    목요일에 => 2025-05-15
    """
)


@pytest.mark.parametrize(("said", "meant"), NEAREST)
def test_the_nearest_may_be_asked_for(said: str, meant: str) -> None:
    assert read(said, "nearest") == meant


NO_DATES = """
may I ask you something
It may rain
This may be wrong
march on
I march every day in the army
I sat down
the sun is shining
one second please
the second time
spring rolls
spring cleaning
the fall of the wall
did I fall down
summer trip
three weeks later
every Monday
on Mondays
each May
2000 won
I paid 2019 won
room 2015
version 21.3.4.5
call 010-1234-5678
192.168.0.1
10.5 kg
3:2
50% off
Section 3 may apply
two weeks
for three years
in two weeks
무슨 일이야
일이 많다
봄
해봄
한 번 봄
겨울 코트
3일에 한 번
3일 걸렸다
2년 동안
10년 만에
20년째
2주 뒤
3일 전화했다
1월급
오늘날
그제서야
연말정산
소설 설명
매주 금요일
금요일마다
겨울마다
매년 5월
13월
2월 30일
2023년 2월 29일
April 31
스무 살 때
아침에
오후 3시에
이제
어제야말로
수요가 늘었다
토요
010-2024-0304
1000원
5시간
""".strip()


@pytest.mark.parametrize("text", NO_DATES.splitlines())
def test_ordinary_words_are_no_dates(text: str) -> None:
    assert read(text) == ""


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
