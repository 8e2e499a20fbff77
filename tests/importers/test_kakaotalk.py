"""KakaoTalk chats in, messages out: every dialect, its traps, and what is damaged or cut off."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from darak.importers.chats.kakaotalk.kakaotalk import KakaoTalkImporter
from darak.importers.chats.kakaotalk.survey import longest_rise
from darak.records.record import Identity, Record, nfc, record_id
from darak.records.time import Precision

KAKAO = KakaoTalkImporter()

ANDROID = """두레 공방 12 님과 카카오톡 대화
저장한 날짜 : 2024년 5월 6일 오후 4:45


2023년 12월 31일 오후 11:59
2023년 12월 31일 오후 11:59, 미르 : 올해도 끝
2024년 1월 1일 오전 12:00, 가온 : 새해!
두 번째 줄

네 번째 줄
2024년 1월 1일 오전 12:01, 미르님이 나갔습니다.
2024년 1월 1일 오후 12:30, 가온 : 방금 미르님이 나갔습니다.
"""
IOS_NEW = """두레 공방
저장한 날짜 : 2024. 5. 6. 오후 4:45

2024년 1월 1일 월요일
2024. 1. 1. 오전 7:33, 가온 : 일어났다
2024. 1. 1. 오후 8:26: 가온님이 미르님을 초대했습니다.
2024년 1월 2일 화요일
2024. 1. 2. 오후 12:05, 부장:미르 : 점심 : 국밥
"""
IOS_OLD = """두레 공방 카카오톡 대화
저장한 날짜 : 2024년 5월 6일 오후 4:45


2024년 1월 1일 월요일
오전 12:36, 가온 : 안 자?
오후 8:37, 미르님이 들어왔습니다.

2024년 1월 2일 화요일
오후 12:05, 미르 : 점심
"""
IOS_ENGLISH = """Talk_2024.5.6 16:45-1.txt
Date Saved : May 6, 2024 at 16:45


Monday, January 1, 2024
Jan 1, 2024 at 00:05, Gaon : happy new year
and a second line
Jan 1, 2024 at 20:29: Gaon invited Mir.

Tuesday, January 2, 2024
Jan 2, 2024 at 12:05, Mir : lunch?
"""
WINDOWS = """두레 공방 님과 카카오톡 대화
저장한 날짜 : 2024-05-06 14:23:11

--------------- 2024년 1월 1일 월요일 ---------------
[가온] [오전 12:15] 할 일
[참고] 아래는 지난 기록
2023년 12월 3일 일요일
가온님이 미르님을 초대하였습니다.
[미르] [오후 12:07] 네
--------------- 2024년 1월 2일 화요일 ---------------
[미르] [오전 9:00] 좋은 아침
"""
WINDOWS_ENGLISH = """Gaon 님과 카카오톡 대화
저장한 날짜 : 2024-05-06 14:23:11

--------------- Monday, January 1, 2024 ---------------
[Gaon] [23:34] first
--------------- Tuesday, January 2, 2024 ---------------
[Mir] [00:00] second
"""
ISO = """2019-03-30 오전 4:39, 가온 : 잠이 안 와
2019-03-30 오후 4:39, 미르 : 낮잠 잤지
2019-03-31 오전 12:39, 가온 : 응
"""
ENGLISH = """Jul 16, 2020 22:23, Gaon : see you at nine
Jul 16, 2020 22:24, Mir : where?
Jul 17, 2020 0:24, Gaon : the usual place
"""
ANDROID_ENGLISH = """KakaoTalk Chats with Mir,Gaon (3)
Date Saved : 1:01am, May 6, 2024


11:59pm, December 31, 2023
11:59pm, December 31, 2023, Gaon invited Mir and Noeul.
11:59pm, December 31, 2023, Gaon : last one
12:05am, January 1, 2024
12:05am, January 1, 2024, Mir : happy new year
and a second line
12:30pm, January 1, 2024, Gaon : lunch?
"""
ENGLISH_2018 = """KakaoTalk Chats with Mir
Date Saved : May 6, 2018, 9:10 p.m.

May 5, 2018, 12:10 a.m., Gaon : awake?
May 5, 2018, 9:10 p.m., Mir : now I am
"""
IOS_DOTTED_DAYS = """두레 공방
저장한 날짜 : 2024. 5. 6. 오후 4:45

2024. 1. 1. 월요일

2024. 1. 1. 오전 7:33, 가온 : 일어났다

2024. 1. 2. 화요일

2024. 1. 2. 오후 12:05, 미르 : 점심
"""
IOS_OPEN_CHAT = """Talk_2024.5.6 16:45-1.txt
저장한 날짜 : 2024. 5. 6. 16:45


타인, 기관 등의 사칭에 유의해 주세요. 금전을 요구 받으면 신고해 주시기 바랍니다.
운영정책 보기
2024년 1월 1일 월요일
2024. 1. 1. 07:33: 가온님이 들어왔습니다.
2024. 1. 1. 07:34, 가온 : 안녕하세요
메시지가 삭제되었습니다.
2024. 1. 1. 19:05, 미르 : 삭제된 메시지입니다.
2024년 1월 2일 화요일
2024. 1. 2. 12:05, 미르 : 점심
삭제된 메시지입니다.
"""
CSV = """Date,User,Message
2024-01-01 09:00:01,"가온","그는 ""아마도""라고 했다
둘째 줄

넷째 줄"
2024-01-01 09:00:05,"미르","미르님이 나갔습니다."
2024-01-01 09:00:07,"가온","어제 미르님이 나갔습니다."
2024-01-01 09:00:09,"가온","Mir has been removed from this chatroom."
2024-01-01 09:00:11,"","알림"
2024-01-02 00:00:11,"가온","쉼표, 그리고 끝"
"""

Said = tuple[str, str, str]


def write(tmp_path: Path, text: str | bytes, name: str = "chat.txt", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def said(records: list[Record]) -> list[Said]:
    return [(r.time.iso(), r.author.handle if r.author else "", r.text) for r in records]


EXPECTED: dict[str, tuple[str, list[Said], int]] = {
    "android": (ANDROID, [
        ("2023-12-31T23:59", "미르", "올해도 끝"),
        ("2024-01-01T00:00", "가온", "새해!\n두 번째 줄\n\n네 번째 줄"),
        ("2024-01-01T12:30", "가온", "방금 미르님이 나갔습니다."),
    ], 1),
    "ios new": (IOS_NEW, [
        ("2024-01-01T07:33", "가온", "일어났다"),
        ("2024-01-02T12:05", "부장:미르", "점심 : 국밥"),
    ], 1),
    "ios old": (IOS_OLD, [("2024-01-01T00:36", "가온", "안 자?"), ("2024-01-02T12:05", "미르", "점심")], 1),
    "ios english": (IOS_ENGLISH, [
        ("2024-01-01T00:05", "Gaon", "happy new year\nand a second line"),
        ("2024-01-02T12:05", "Mir", "lunch?"),
    ], 1),
    "windows": (WINDOWS, [
        ("2024-01-01T00:15", "가온", "할 일\n[참고] 아래는 지난 기록\n2023년 12월 3일 일요일"),
        ("2024-01-01T12:07", "미르", "네"),
        ("2024-01-02T09:00", "미르", "좋은 아침"),
    ], 1),
    "windows english": (WINDOWS_ENGLISH, [
        ("2024-01-01T23:34", "Gaon", "first"), ("2024-01-02T00:00", "Mir", "second"),
    ], 0),
    "iso dates": (ISO, [
        ("2019-03-30T04:39", "가온", "잠이 안 와"), ("2019-03-30T16:39", "미르", "낮잠 잤지"),
        ("2019-03-31T00:39", "가온", "응"),
    ], 0),
    "english": (ENGLISH, [
        ("2020-07-16T22:23", "Gaon", "see you at nine"), ("2020-07-16T22:24", "Mir", "where?"),
        ("2020-07-17T00:24", "Gaon", "the usual place"),
    ], 0),
    "android english": (ANDROID_ENGLISH, [
        ("2023-12-31T23:59", "Gaon", "last one"), ("2024-01-01T00:05", "Mir", "happy new year\nand a second line"),
        ("2024-01-01T12:30", "Gaon", "lunch?"),
    ], 1),
    "english, a.m.": (ENGLISH_2018, [
        ("2018-05-05T00:10", "Gaon", "awake?"), ("2018-05-05T21:10", "Mir", "now I am"),
    ], 0),
    "ios dotted days": (IOS_DOTTED_DAYS, [
        ("2024-01-01T07:33", "가온", "일어났다"), ("2024-01-02T12:05", "미르", "점심"),
    ], 0),
    "ios open chat": (IOS_OPEN_CHAT, [
        ("2024-01-01T07:34", "가온", "안녕하세요"), ("2024-01-01T19:05", "미르", "삭제된 메시지입니다."),
        ("2024-01-02T12:05", "미르", "점심"),
    ], 5),
    "csv": (CSV, [
        ("2024-01-01T09:00:01", "가온", "그는 \"아마도\"라고 했다\n둘째 줄\n\n넷째 줄"),
        ("2024-01-01T09:00:07", "가온", "어제 미르님이 나갔습니다."),
        ("2024-01-02T00:00:11", "가온", "쉼표, 그리고 끝"),
    ], 3),
}  # fmt: skip


@pytest.mark.parametrize("dialect", EXPECTED)
@pytest.mark.parametrize("form", ["utf-8", "crlf", "bom", "cp949", "utf-16"])
def test_each_dialect_is_read_in_each_form(dialect: str, form: str, tmp_path: Path, read: Callable) -> None:
    text, expected, notices = EXPECTED[dialect]
    data = text.replace("\n", "\r\n") if form == "crlf" else text
    encoding = {"cp949": "cp949", "utf-16": "utf-16", "bom": "utf-8-sig"}.get(form, "utf-8")
    reading = read(KAKAO, write(tmp_path, data, encoding=encoding))
    assert said(reading.records) == expected
    assert reading.ignored == notices
    assert not reading.bad and not reading.flaws


@pytest.mark.parametrize("dialect", EXPECTED)
def test_origins_lead_back_to_the_bytes(dialect: str, tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, EXPECTED[dialect][0].replace("\n", "\r\n"))
    data = path.read_bytes()
    for record in read(KAKAO, path).records:
        start, end = map(int, re.fullmatch(r"bytes (\d+)-(\d+)", record.origin.locator).groups())  # type: ignore[union-attr]
        place = data[start:end].decode().replace("\r\n", "\n").replace('""', '"')
        assert record.text in place and record.author.handle in place
        assert data[start - 1 : start] == b"\n" or start == 0


def test_time_is_kept_as_written_with_the_precision_of_the_source(tmp_path: Path, read: Callable) -> None:
    time = read(KAKAO, write(tmp_path, ANDROID)).records[0].time
    assert (time.written, time.precision, time.zone) == ("2023년 12월 31일 오후 11:59", Precision.MINUTE, None)
    time = read(KAKAO, write(tmp_path, WINDOWS)).records[0].time
    assert time.written == "2024년 1월 1일 월요일 오전 12:15"
    time = read(KAKAO, write(tmp_path, CSV)).records[0].time
    assert (time.written, time.precision) == ("2024-01-01 09:00:01", Precision.SECOND)


@pytest.mark.parametrize(
    ("name", "header", "room"),
    [
        ("Chats.txt", "두레 공방 12 님과 카카오톡 대화\n저장한 날짜 : 2024년 5월 6일 오후 4:45\n", "두레 공방"),
        ("a.txt", "두레 공방 카카오톡 대화\n저장한 날짜 : 2024년 5월 6일 오후 4:45\n", "두레 공방"),
        ("a.txt", "미르님과 카카오톡 대화\n저장한 날짜 : 2024-05-06 14:23:11\n", "미르"),
        ("a.txt", "미르님과의 카카오톡 대화\n저장한 날짜 : 2024-05-06 14:23:11\n", "미르"),
        ("a.txt", "두레 공방 (4명)과 카카오톡 대화-1.txt\n저장한 날짜 : 2024. 5. 6. 오후 4:45\n", "두레 공방"),
        ("a.txt", "KakaoTalk Chats with Dure\nDate Saved : May 6, 2024 at 16:45\n", "Dure"),
        ("a.txt", "KakaoTalk Chats with Dure (4)\nDate Saved : 1:01am, May 6, 2024\n", "Dure"),
        ("a.txt", "KakaoTalk Chats with Dure (4 people)-1.txt\nDate Saved : May 6, 2024, 4:45 PM\n", "Dure"),
        ("a.txt", "Dure with KakaoTalk Chats\nDate Saved : 2024-05-06 14:23:11\n", "Dure"),
        ("a.txt", "\ufeff두레 공방\n저장한 날짜 : 2024. 5. 6. 오후 4:45\n", "두레 공방"),
        ("a.txt", "Talk_2024.5.6 16:45-1.txt\nDate Saved : May 6, 2024 at 16:45\n", "가온, 미르"),
        ("Talk_2024.5.6 16.45-1.txt", "", "가온, 미르"),
        ("우리 방 (2).txt", "", "우리 방"),
    ],
)
def test_the_room_is_named_by_the_header_or_the_file(
    name: str, header: str, room: str, tmp_path: Path, read: Callable
) -> None:
    body = "2024년 1월 1일 오전 9:00, 가온 : 왔어?\n2024년 1월 1일 오전 9:01, 미르 : 응\n"
    first, second = read(KAKAO, write(tmp_path, header + body, name)).records
    assert {first.thread, first.title, second.thread} == {room}


def test_a_csv_takes_its_room_from_the_file_without_the_moment_of_the_export(tmp_path: Path, read: Callable) -> None:
    reading = read(KAKAO, write(tmp_path, CSV, "KakaoTalk_Chat_두레 공방_2024-05-06-14-23-11.csv"))
    assert {record.thread for record in reading.records} == {"두레 공방"}


def test_in_a_talk_of_two_the_other_one_is_involved(tmp_path: Path, read: Callable) -> None:
    text = ANDROID.replace("두레 공방 12 님과", "미르 님과")
    mine = [record for record in read(KAKAO, write(tmp_path, text)).records if record.author == Identity("가온")]
    assert all(record.people == (Identity("미르"),) for record in mine)
    assert not any(record.people for record in read(KAKAO, write(tmp_path, ANDROID)).records)


def test_placeholders_are_kept_as_written_and_named(tmp_path: Path, read: Callable) -> None:
    words = [
        "사진",
        "사진 3장",
        "이모티콘",
        "<사진 읽지 않음>",
        "삭제된 메시지입니다.",
        "사진 잘 나왔다",
        "<Photo>",
        "(사진)",
    ]
    lines = "".join(f"2024년 1월 1일 오전 9:0{i}, 가온 : {word}\n" for i, word in enumerate(words))
    records = read(KAKAO, write(tmp_path, lines)).records
    assert [record.text for record in records] == words
    stands_for = [record.extra.get("placeholder") for record in records]
    assert stands_for == ["photo", "photo", "emoticon", "photo", "deleted", None, "photo", "photo"]


def test_identical_messages_of_one_minute_are_all_kept(tmp_path: Path, read: Callable) -> None:
    line = "2024년 1월 1일 오전 9:00, 가온 : ㅋㅋ\n"
    assert len(read(KAKAO, write(tmp_path, line * 3)).records) == 3


def test_a_later_export_gives_the_same_ids(tmp_path: Path, read: Callable) -> None:
    header = ANDROID.replace("12 님과", "13 님과").replace("5월 6일", "5월 9일")
    later = header + "2024년 2월 1일 오전 9:00, 가온 : 또\n"
    first = {record_id(record) for record in read(KAKAO, write(tmp_path, ANDROID, "a.txt")).records}
    second = {record_id(record) for record in read(KAKAO, write(tmp_path, later, "b.txt")).records}
    assert first < second and len(second - first) == 1


def test_dates_that_people_write_do_not_begin_a_day(tmp_path: Path, read: Callable) -> None:
    text = """방 카카오톡 대화
저장한 날짜 : 2024년 5월 6일 오후 4:45

2024년 1월 1일 월요일
오전 9:00, 가온 : 그때가

2023년 12월 3일 일요일

2024년 1월 3일 수요일
오전 9:01, 미르 : 약속은

2024년 3월 9일 토요일
오전 9:02, 가온 : 좋아

2024년 1월 4일 목요일
오전 9:03, 미르 : 아침

2024년 1월 5일 금요일
오전 9:04, 미르 : 저녁
"""
    records = read(KAKAO, write(tmp_path, text)).records
    days = [record.time.iso()[:10] for record in records]
    assert days == ["2024-01-01", "2024-01-03", "2024-01-03", "2024-01-04", "2024-01-05"]
    assert records[0].text == "그때가\n\n2023년 12월 3일 일요일"
    assert records[1].text == "약속은\n\n2024년 3월 9일 토요일"


def test_a_date_line_before_a_message_of_the_same_day_was_written_by_somebody(tmp_path: Path, read: Callable) -> None:
    text = IOS_NEW.replace("일어났다\n2024", "일어났다\n2024년 1월 1일 월요일\n2024")
    assert read(KAKAO, write(tmp_path, text)).records[0].text == "일어났다\n2024년 1월 1일 월요일"


def test_a_message_without_any_day_is_kept_without_a_time(tmp_path: Path, read: Callable) -> None:
    text = WINDOWS.replace("--------------- 2024년 1월 1일 월요일 ---------------\n", "")
    reading = read(KAKAO, write(tmp_path, text))
    assert [record.time.precision for record in reading.records[:2]] == [Precision.UNKNOWN] * 2
    assert [flaw.code for flaw in reading.flaws] == ["no-date", "no-date"]


def test_an_impossible_time_is_a_bad_row(tmp_path: Path, read: Callable) -> None:
    text = ANDROID.replace("1월 1일 오전 12:00", "13월 1일 오전 12:00")
    reading = read(KAKAO, write(tmp_path, text))
    assert [(row.code, "네 번째 줄" in row.raw.decode()) for row in reading.bad] == [("impossible-time", True)]
    assert len(reading.records) == 2


UNQUOTED = '''Date,User,Message
2024-01-01 09:00:01,가온,여러 줄
둘째 줄

넷째 줄
2024-01-01 09:00:02,미르,"쉼표, 따옴표 ""하나"""
2024-01-01 09:00:03,가온,끝
'''
PASTED = """Date,User,Message
2024-01-01 09:00:01,"가온","이 줄 봐
2023-01-01 09:00:00,""미르"",""안녕""
2023-01-01 09:00:00,미르,안녕"
2024-01-01 09:00:02,"미르","봤어"
,"","The message has been deleted."
"""


def test_csv_rows_without_quotes_may_have_many_lines(tmp_path: Path, read: Callable) -> None:
    texts = [record.text for record in read(KAKAO, write(tmp_path, UNQUOTED)).records]
    assert texts == ["여러 줄\n둘째 줄\n\n넷째 줄", '쉼표, 따옴표 "하나"', "끝"]


def test_a_row_that_was_pasted_into_a_message_stays_there(tmp_path: Path, read: Callable) -> None:
    reading = read(KAKAO, write(tmp_path, PASTED))
    pasted = '이 줄 봐\n2023-01-01 09:00:00,"미르","안녕"\n2023-01-01 09:00:00,미르,안녕'
    assert [record.text for record in reading.records] == [pasted, "봤어"]
    assert reading.ignored == 1


@pytest.mark.parametrize("dialect", EXPECTED)
def test_a_file_that_is_cut_anywhere_keeps_what_stands_before(dialect: str, tmp_path: Path, read: Callable) -> None:
    text, expected, _ = EXPECTED[dialect]
    data = text.encode()
    for size in range(len(data) // 2, len(data)):
        reading = read(KAKAO, write(tmp_path, data[:size]))
        if not reading.matches:
            continue
        got = said(reading.records)
        assert got[:-1] == expected[: len(got) - 1] if got else True
        assert len(reading.bad) <= 1


@pytest.mark.parametrize("dialect", EXPECTED)
@pytest.mark.parametrize("byte", [0x00, 0x41, 0xFF])
def test_one_damaged_byte_costs_at_most_one_message(dialect: str, byte: int, tmp_path: Path, read: Callable) -> None:
    text, expected, _ = EXPECTED[dialect]
    data = text.encode()
    body = data.index(b"\n\n") if b"\n\n" in data[:200] else 0
    for position in range(body, len(data)):
        # A lost line ending joins two messages, and a lost date takes the date of its whole day with it.
        line = data[data.rfind(b"\n", 0, position) + 1 : data.find(b"\n", position)]
        if data[position : position + 1] == b"\n" or b"---" in line or "요일" in line.decode("utf-8", "replace"):
            continue
        reading = read(KAKAO, write(tmp_path, data[:position] + bytes([byte]) + data[position + 1 :]))
        lost = Counter(expected) - Counter(said(reading.records))
        assert lost.total() <= 1
        assert len(reading.bad) <= 1


def test_a_damaged_divider_takes_the_date_from_its_messages_and_says_so(tmp_path: Path, read: Callable) -> None:
    reading = read(KAKAO, write(tmp_path, WINDOWS.replace("2024년 1월 2일", "2024년 1x 2일")))
    assert [row.code for row in reading.bad] == ["damaged-date"]
    assert reading.records[-1].time.local is None and reading.records[-1].text == "좋은 아침"


def test_one_endless_line_is_cut_and_told(tmp_path: Path, read: Callable) -> None:
    text = ANDROID.replace("올해도 끝", "x" * 3_000_000)
    reading = read(KAKAO, write(tmp_path, text))
    assert [flaw.code for flaw in reading.flaws] == ["line-too-long"]
    assert len(reading.records) == 3 and len(reading.records[0].text) < 2_000_000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Notes\n\n2024년 1월 1일 오전 9:00, 가온 : 이런 줄이 하나\n" + "다른 글\n" * 20,
        "Date,Amount,Memo\n2024-01-01,100,x\n",
        "[1/2/24, 10:00:00] Gaon: WhatsApp\n[1/2/24, 10:01:00] Mir: yes\n",
    ],
)
def test_other_files_are_left_alone(text: str, tmp_path: Path, read: Callable) -> None:
    assert not read(KAKAO, write(tmp_path, text)).matches


def test_the_longest_rise_takes_the_earliest_days_it_can() -> None:
    days = [date(2024, 1, day) for day in (1, 9, 2, 3, 3, 1, 4)]
    assert longest_rise(days) == [0, 2, 3, 6]
    assert longest_rise([]) == []


def clock(moment: datetime) -> str:
    return f"{'오전' if moment.hour < 12 else '오후'} {moment.hour % 12 or 12}:{moment.minute:02d}"


def korean(moment: datetime) -> str:
    return f"{moment.year}년 {moment.month}월 {moment.day}일"


def weekday(moment: datetime) -> str:
    return f"{korean(moment)} {'월화수목금토일'[moment.weekday()]}요일"


WRITERS: dict[str, tuple[Callable[[datetime], str], Callable[[datetime, str, str], str]]] = {
    "android": (lambda t: f"\n{korean(t)} {clock(t)}", lambda t, who, text: f"{korean(t)} {clock(t)}, {who} : {text}"),
    "ios new": (
        lambda t: weekday(t),
        lambda t, who, text: f"{t.year}. {t.month}. {t.day}. {clock(t)}, {who} : {text}",
    ),
    "ios old": (lambda t: f"\n{weekday(t)}", lambda t, who, text: f"{clock(t)}, {who} : {text}"),
    "ios english": (
        lambda t: f"\n{t:%A, %B} {t.day}, {t.year}",
        lambda t, who, text: f"{t:%b} {t.day}, {t.year} at {t:%H:%M}, {who} : {text}",
    ),
    "windows": (
        lambda t: f"--------------- {weekday(t)} ---------------",
        lambda t, who, text: f"[{who}] [{clock(t)}] {text}",
    ),
}
LETTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffd")
NAMES = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8).map(nfc)
# KakaoTalk separates days by empty lines, so a blank end of a message is not to be told from them.
TEXTS = (
    st.lists(st.text(LETTERS, max_size=30), min_size=1, max_size=4)
    .filter(lambda lines: len(lines) == 1 or bool(lines[-1].strip()))
    .map("\n".join)
)
CHATS = st.lists(st.tuples(st.integers(0, 3000), NAMES, TEXTS), min_size=1, max_size=8)


@pytest.mark.parametrize("dialect", WRITERS)
@given(chat=CHATS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read_back(
    dialect: str, chat: list[tuple[int, str, str]], tmp_path: Path, read: Callable
) -> None:
    divide, line = WRITERS[dialect]
    moment, out, expected = datetime(2024, 2, 27, 22, 30), ["방 님과 카카오톡 대화", "저장한 날짜 : 나중", ""], []
    day = None
    for minutes, who, text in chat:
        moment += timedelta(minutes=minutes)
        if moment.date() != day:
            out.append(divide(moment))
            day = moment.date()
        out.append(line(moment, who, text))
        expected.append((moment.isoformat(timespec="minutes"), who, text))
    reading = read(KAKAO, write(tmp_path, "\n".join(out) + "\n"))
    assert said(reading.records) == expected
    assert not reading.bad and not reading.flaws


@given(chat=CHATS, quoted=st.booleans())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_as_csv_is_read_back(
    chat: list[tuple[int, str, str]], quoted: bool, tmp_path: Path, read: Callable
) -> None:
    moment, out, expected = datetime(2024, 2, 27, 22, 30), ["Date,User,Message"], []
    for minutes, who, text in chat:
        moment += timedelta(minutes=minutes)
        name = f'"{who}"' if quoted else who
        field = '"' + text.replace('"', '""') + '"'
        out.append(f"{moment:%Y-%m-%d %H:%M:%S},{name},{field}")
        expected.append((moment.isoformat(timespec="seconds"), who, text))
    reading = read(KAKAO, write(tmp_path, "\n".join(out) + "\n", "방.csv"))
    assert said(reading.records) == expected
    assert not reading.bad and not reading.flaws
