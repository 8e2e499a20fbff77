"""LINE: the forms of phones and computers, days in every order, what is no message, and what is damaged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from darak.importers.chats.line import LineImporter
from darak.importers.chats.line_days import day_in
from darak.records.record import Identity

JAPANESE = """\ufeff[LINE] 森川 陽介とのトーク履歴
保存日時：2026/09/27 10:00

2026/09/25(金)
21:03\t花子\t明日は何時?
21:05\t森川 陽介\t"場所は駅前
地図はあとで"
21:10\t花子\t[スタンプ]
21:11\t\t花子が送信を取り消しました

2026/09/26(土)
8:15\t森川 陽介\t[写真]
"""


@pytest.fixture
def read_text(tmp_path: Path, read) -> Callable[..., object]:
    def read_text(text: str, name: str = "chat.txt", encoding: str = "utf-8"):
        path = tmp_path / name
        path.write_text(text, encoding, newline="")
        return read(LineImporter(), path)

    return read_text


def told(reading) -> list[tuple[str, str, str]]:
    return [(r.time.iso(), r.author.handle, r.text) for r in reading.records]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_chat_of_a_phone(read_text, end: str) -> None:
    reading = read_text(JAPANESE.replace("\n", end))
    assert told(reading) == [
        ("2026-09-25T21:03", "花子", "明日は何時?"),
        ("2026-09-25T21:05", "森川 陽介", "場所は駅前\n地図はあとで"),
        ("2026-09-25T21:10", "花子", "[スタンプ]"),
        ("2026-09-26T08:15", "森川 陽介", "[写真]"),
    ]
    assert [r.extra.get("placeholder") for r in reading.records] == [None, None, "emoticon", "photo"]
    assert {r.thread for r in reading.records} == {"森川 陽介"}
    assert reading.records[0].people == (Identity("森川 陽介"),) and reading.records[1].people == ()
    assert (reading.ignored, reading.bad) == (1, [])


@pytest.mark.parametrize(
    ("title", "room"),
    [
        ("Chat history with Jo Lee", "Jo Lee"),
        ("Chat history in Birds (5)", "Birds (5)"),
        ("鳥の会のトーク履歴", "鳥の会"),
        ("與小明的聊天記錄", "小明"),
        ("왜가리님과의 대화", "왜가리"),
        ("ประวัติการสนทนากับ Nok", "Nok"),
        ("Szczegóły: Ala", "Szczegóły: Ala"),
    ],
)
def test_the_room_is_named_by_the_first_line(read_text, title: str, room: str) -> None:
    (record,) = read_text(f"[LINE] {title}\nSaved: 2024/03/05 10:00\n\n2024.03.04 Monday\n10:00\tAna\thi\n").records
    assert record.thread == room


@pytest.mark.parametrize(
    ("stamp", "clock"),
    [
        ("오후 3:05", "15:05"),
        ("上午12:01", "00:01"),
        ("午後12:30", "12:30"),
        ("9:05 PM", "21:05"),
        ("11:59PM", "23:59"),
    ],
)
def test_halves_of_the_day(read_text, stamp: str, clock: str) -> None:
    text = f"[LINE] Chat history with Ana\nSaved on: 2024/03/05 10:00\n\n2024.03.04 Monday\n{stamp}\tAna\thi\n"
    assert [time for time, _, _ in told(read_text(text))] == [f"2024-03-04T{clock}"]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (["Fri, 9/4/2026"], ["2026-09-04"]),
        (["Tue, 06/01/2026"], ["2026-01-06"]),
        (["Mon, 05/01/2026"], ["2026-01-05"]),
        (["จ., 05/01/2026", "พ., 14/01/2026"], ["2026-01-05", "2026-01-14"]),
    ],
)
def test_weekdays_tell_whether_the_day_or_the_month_stands_first(read_text, days, found) -> None:
    body = "".join(f"\n{day}\n10:0{n}\tAna\thi\n" for n, day in enumerate(days))
    reading = read_text(f"[LINE] Chat history with Ana\nSaved on: x\n{body}")
    assert [time[:10] for time, _, _ in told(reading)] == found and reading.flaws == []


def test_an_order_that_nothing_tells_is_told(read_text) -> None:
    reading = read_text("[LINE] Chat history with Ana\nSaved on: x\n\nจ., 05/01/2026\n10:00\tAna\thi\n")
    assert [flaw.code for flaw in reading.flaws] == ["date-order"]


def test_a_chat_of_a_computer_knows_names_of_two_words_by_what_line_writes(read_text) -> None:
    text = (
        "2017.09.03 Sunday\n16:23 Bob I found something:\na heron\n16:25 Ana Lee Stickers\n16:26 Ana Lee Whaaat\n"
        "16:27 Bob unsent a message.\n2017.09.04 Monday\n9:01 Bob 2017.09.03 Sunday was good\n"
    )
    reading = read_text(text, "[LINE] Birds.txt")
    assert told(reading) == [
        ("2017-09-03T16:23", "Bob", "I found something:\na heron"),
        ("2017-09-03T16:25", "Ana Lee", "Stickers"),
        ("2017-09-03T16:26", "Ana Lee", "Whaaat"),
        ("2017-09-04T09:01", "Bob", "2017.09.03 Sunday was good"),
    ]
    assert {r.thread for r in reading.records} == {"Birds"} and reading.ignored == 1


def test_a_past_day_that_somebody_wrote_begins_no_day(read_text) -> None:
    text = JAPANESE.replace("明日は何時?", '"昔は\n2020/01/01(水)\nだった"')
    assert told(read_text(text))[0] == ("2026-09-25T21:03", "花子", "昔は\n2020/01/01(水)\nだった")
    assert told(read_text(text))[1][0] == "2026-09-25T21:05"


def test_after_a_damaged_day_messages_have_no_date_rather_than_a_wrong_one(read_text) -> None:
    reading = read_text(JAPANESE.replace("2026/09/26(土)", "2026/0x/26(土)"))
    assert [r.time.iso() is None or r.time.local is None for r in reading.records] == [False, False, False, True]
    assert [flaw.code for flaw in reading.flaws] == ["no-date"]


def test_a_damaged_stamp_costs_its_message(read_text) -> None:
    reading = read_text(JAPANESE.replace("21:10", "21z10"))
    assert [bad.code for bad in reading.bad] == ["damaged-stamp"] and len(reading.records) == 3


def test_other_texts_are_left_alone(read_text) -> None:
    for text in ("[LINE] of a song\nand more\n", "2017.09.03 Sunday\nDear diary\n", "10:00 tea\n11:00 walk\n", ""):
        assert read_text(text).matches == []


NAMES = st.text(st.characters(categories=("L", "Nd")), min_size=1, max_size=12)
TEXTS = st.text(st.characters(categories=("L", "Nd", "P", "S"), include_characters=" "), min_size=1, max_size=40)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(said=st.lists(st.tuples(st.integers(0, 10**6), NAMES, TEXTS), min_size=1, max_size=8))
def test_what_a_phone_writes_is_read_back(read_text, said) -> None:
    moments = [
        datetime(2015, 1, 1) + timedelta(minutes=minutes) for minutes in sorted(minutes for minutes, _, _ in said)
    ]
    lines, day = ["[LINE] Chat history in Birds", "Saved on: 2030/01/01 10:00"], date.min
    for moment, (_, name, text) in zip(moments, said, strict=True):
        lines += ["", f"{moment:%Y.%m.%d %A}"] if moment.date() != day else []
        day = moment.date()
        lines.append(f"{moment:%H:%M}\t{name}\t{text}")
    records = read_text("\n".join(lines) + "\n").records
    assert [(r.time.local, r.text) for r in records] == [
        (moment, text) for moment, (_, _, text) in zip(moments, said, strict=True)
    ]


@given(day=st.dates(date(2011, 6, 1), date(2100, 1, 1)))
def test_every_form_of_a_day_is_one(day: date) -> None:
    weekday = "월화수목금토일"[day.weekday()]
    for text in (f"{day:%Y/%m/%d}({weekday})", f"{day:%Y.%m.%d %A}", f"{day:%a, %m/%d/%Y}", f"{day:%Y/%m/%d}周五"):
        assert day_in(text) is not None
    assert day_in(f"{day.year}년 {day.month}월 {day.day}일 {weekday}요일") is not None
