"""Plans, the nearest day, and words that are no date, in both languages."""

import pytest
from tests.language.said_dates import read, table

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
