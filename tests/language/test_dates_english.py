"""English dates and the days they mean."""

import pytest
from tests.language.said_dates import read, table

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
