"""Ordinary calendar entries: series with exceptions, appointments, birthdays."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from datetime import date, datetime, timedelta

from darak.sample.life import Life
from darak.sample.model import KOREA
from darak.sample.teller import Teller

# title, hour, place
_WORKDAYS = (
    ("{client} 미팅", 14, "회사 {3층|5층} 회의실"), ("{team} 공유회", 11, "대회의실"), ("{task} 마감", 17, ""), ("은행 방문", 11, "{중앙|역전}지점"),
    ("Call with {client}", 16, "online"), ("Design sync", 10, "room {2|4|7}"), ("Quarterly numbers presentation", 10, "room 4"), ("{task} review", 15, "online"),
    ("Onboarding talk", 11, "room {2|4|7}"), ("{client} 계약 갱신 검토", 15, ""), ("Lunch with {friend}", 12, ""), ("{food} 먹으러", 19, ""), ("{hobby}", 20, ""),
)  # fmt: skip
_ANY_DAY = (
    ("미용실", 18, "{역 앞|집 근처} 미용실"), ("영화 {film}", 19, "{시네마 온|작은극장}"), ("Coffee with {friend}", 15, "Cafe {Juniper|Ondo|Maru}"),
    ("대청소", 10, ""), ("Library return: {book}", 13, "city library"), ("모델하우스 구경", 14, ""), ("자동차 극장", 20, ""), ("{food} 먹으러", 19, ""),
    ("{friend.called} 만나기", 19, "{역 앞|시장 입구|공원 정문}"), ("분리수거 당번", 9, ""), ("{hobby}", 20, ""), ("사진 전시", 14, "{시립|현대}미술관"),
    ("Haircut", 18, ""), ("도서관 반납", 13, "시민도서관"), ("가구 배송", 13, ""), ("Board game night", 19, "my place"), ("Pick up shoes", 17, ""), ("동네 벼룩시장", 11, ""),
)  # fmt: skip


def tell_calendar(life: Life) -> None:
    t = Teller(life, "calendar")
    _series(t)
    _birthdays(t)
    friends = (life.cast.best_friend, life.cast.expat_friend, life.cast.hiking_friend)
    day = life.start
    while day <= life.until:
        if t.rng.random() < 0.15 * life.scale:
            title, hour, place = t.pick(_ANY_DAY if day.weekday() > 4 or t.rng.random() < 0.5 else _WORKDAYS)
            floating = t.rng.random() < 0.1
            t.event(title, t.at(day, hour), hours=t.pick((0.5, 1, 1, 2)), place=place, floating=floating,
                    fill={"friend": t.pick(friends)})  # fmt: skip
        day += timedelta(days=1)


def _series(t: Teller) -> None:
    """Weekly meetings of each job with days left out, and a floating reminder every month."""
    for job, title in zip(t.life.course.jobs, ("주간 회의", "Weekly product sync"), strict=True):
        first = job.since + timedelta(days=(0 - job.since.weekday()) % 7 + 1)
        start = datetime(first.year, first.month, first.day, 10, 0)
        last = min(job.until, t.life.until)
        left_out = [start + timedelta(weeks=week) for week in (8, 21, 40)]
        until = datetime(last.year, last.month, last.day, tzinfo=KOREA).strftime("%Y%m%dT145959Z")
        t.event(title, start, rule=f"FREQ=WEEKLY;BYDAY=TU;UNTIL={until}", without=left_out, place="회의실")
    begin = t.life.start + timedelta(days=40)
    t.event("관리비 확인", datetime(begin.year, begin.month, 25, 9, 0), rule="FREQ=MONTHLY;COUNT=36", floating=True)


def _birthdays(t: Teller) -> None:
    cast = t.life.cast
    for person in (cast.father, cast.sibling, cast.college_friend, cast.hiking_friend):
        month, day = person.birthday
        first = date(t.life.start.year + 1, month, day)
        title = f"{person.nick} 생일" if person.korean else f"{person.full('en')}'s birthday"
        t.event(title, first, rule="FREQ=YEARLY")
