"""Birthdays of friends, and appointments to come."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

from datetime import timedelta

from darak.sample import gold
from darak.sample.grammar import Both
from darak.sample.korean import month_en
from darak.sample.life import Life
from darak.sample.teller import Teller

ERRANDS = (Both("여권 갱신", "Passport renewal"), Both("자동차 검사", "Car inspection"), Both("안과 예약", "Eye doctor"), Both("세무사 상담", "Tax consultation"))
PLACES = (Both("구청 민원실", "district office"), Both("중앙검사소", "central test station"), Both("밝은안과", "Bright Eye Clinic"), Both("나눔세무", "Nanum Tax"))


def tell(life: Life) -> None:
    t = Teller(life, "appointments")
    _birthdays(t)
    first, second = t.rng.sample(range(len(ERRANDS)), 2)
    _coming(t, first, "ko", 9)
    _coming(t, second, "en", 23)
    _past(t)


def _birthdays(t: Teller) -> None:
    cast = t.life.cast
    month, day = cast.club_friend.birthday
    said = t.talk("club", t.at(t.day(4.1, 60), 20), (
        ("club_friend", "{저는 생일이|제 생일은} {month}월 {day}일이라 {그날은 모임에 못 가요|그 주엔 쉴게요}"),
        ("me", "{미리 축하드려요|오 축하드립니다} {케이크 준비할게요|}"),
    ), month=str(month), day=str(day))  # fmt: skip
    t.ask("lookup", [gold.day_of_year(month, day)], [said[0]], ko=("{club_friend.full}님 생일이 언제야?", "독서모임 {club_friend} 씨 생일이 몇 월 며칠이지?"))
    month, day = cast.expat_friend.birthday
    told = t.talk("expat", t.at(t.day(3.3, 60), 20), (
        ("me", "when is your birthday again? {asking for a cake|my calendar is blank}"),
        ("expat_friend", "{day} {month}, {same day as my cat|shared with nobody famous}"),
    ), month=month_en(month), day=str(day))  # fmt: skip
    t.ask("lookup", [gold.day_of_year(month, day)], [told[1], told[0]], en=("When is {expat_friend.full}'s birthday?", "On which day was {expat_friend} born?"))
    t.ask_nothing("lookup", ko="{first_junior.full} 사원 생일이 언제야?", en="When is {second_designer.full}'s birthday?")


def _coming(t: Teller, index: int, language: str, ahead: int) -> None:
    errand, place = ERRANDS[index], PLACES[index]
    day = t.life.until + timedelta(days=ahead + t.rng.randint(0, 6))
    when = t.at(day, 10, 15).replace(minute=t.pick((0, 30)))
    entry = t.event(errand.form(language), when, place=place.form(language))
    named = errand.en[0].lower() + errand.en[1:]
    if language == "ko":
        t.ask("lookup", [gold.day(day), gold.clock(when)], [entry], ko=("{what} 예약이 며칠 몇 시야?", "다가오는 {what} 일정이 언제 몇 시지?"), what=errand.ko)
        t.ask("where", [gold.words(place.ko)], [entry], ko="{what} 어디로 가야 해?", what=errand.ko)
    else:
        t.ask("lookup", [gold.day(day), gold.clock(when)], [entry], en=("What day and time is my {what} appointment?", "When exactly is the {what} coming up?"), what=named)


def _past(t: Teller) -> None:
    day = t.day(1.3, 60, "01234")
    when = t.at(day, 11, 16).replace(minute=t.pick((0, 30)))
    entry = t.event("{변호사|법무사} 상담 - 전세보증금", when, place="{한길|정담} 사무실 402호")
    t.ask("lookup", [gold.clock(when)], [entry], ko=("전세보증금 상담 받은 게 몇 시였지?", "전세보증금 상담 그날 몇 시 약속이었어?"))
    t.ask("when", [gold.day(day)], [entry], ko="전세보증금 때문에 상담 받은 날이 언제야?")
