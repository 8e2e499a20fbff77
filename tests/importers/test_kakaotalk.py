"""KakaoTalk chats in, messages out: every dialect and its traps."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.importers.kakaotalk_chats import ANDROID, CSV, EXPECTED, IOS_NEW, KAKAO, WINDOWS, said, write

from darak.records.record import Identity, lesser_ids, record_id
from darak.records.time import Precision


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
        ("a.txt", "두레 공방 (14명) 카카오톡 대화\n저장한 날짜 : 2014년 2월 20일 오전 1:32\n", "두레 공방"),
        ("a.txt", "노을,미르 (4명) 님과 카카오톡 대화\n저장한 날짜 : 2014년 2월 20일 오전 1:32\n", "노을,미르"),
        ("a.txt", "N04 (11명)과 카카오톡 대화.txt\n저장한 날짜 : 2014. 2. 21. 오후 10:21\n", "N04"),
        ("a.txt", "노을선생님님과 카카오톡 대화.txt\n저장한 날짜 : 2014. 2. 21. 오후 10:21\n", "노을선생님"),
        ("a.txt", "두레 공방 12 카카오톡 대화\n저장한 날짜 : 2024년 5월 6일 오후 4:45\n", "두레 공방"),
        ("a.txt", "사과 카카오톡 대화\n저장한 날짜 : 2024년 5월 6일 오후 4:45\n", "사과"),
        ("a.txt", "KakaoTalk Chats 두레방 (27)\nDate Saved : 1:13PM, January 21, 2014\n", "두레방"),
    ],
)
def test_the_room_is_named_by_the_header_or_the_file(
    name: str, header: str, room: str, tmp_path: Path, read: Callable
) -> None:
    body = "2024년 1월 1일 오전 9:00, 가온 : 왔어?\n2024년 1월 1일 오전 9:01, 미르 : 응\n"
    first, second = read(KAKAO, write(tmp_path, header + body, name)).records
    assert {first.thread, first.title, second.thread} == {room}


@pytest.mark.parametrize("text", ["android", "windows"])
def test_a_number_that_ends_a_name_is_no_count_of_members(text: str, tmp_path: Path, read: Callable) -> None:
    lines = {
        "android": "2024년 1월 1일 오전 9:00, 미르 19 : 왔어?\n",
        "windows": "--------------- 2024년 1월 1일 월요일 ---------------\n[미르 19] [오전 9:00] 왔어?\n",
    }
    head = "미르 19 님과 카카오톡 대화\n저장한 날짜 : 2024년 5월 6일 오후 4:45\n\n"
    (record,) = read(KAKAO, write(tmp_path, head + lines[text])).records
    assert record.thread == "미르 19"


def test_the_owner_of_a_phone_is_known_by_its_word_for_them(tmp_path: Path, read: Callable) -> None:
    korean = "2024년 1월 1일 오전 9:00, 회원님 : 왔어?\n2024년 1월 1일 오전 9:01, you : 응\n"
    english = "9:46AM, February 20, 2014, you : there?\n9:47AM, February 20, 2014, 미르 : yes\n" * 2
    one, other = (read(KAKAO, write(tmp_path, text)).records for text in (korean, english))
    assert [record.author for record in one] == [Identity("me"), Identity("you")]
    assert [record.author for record in other][:2] == [Identity("me"), Identity("미르")]


def test_when_two_say_the_same_in_a_minute_neither_is_taken_for_the_owner(tmp_path: Path, read: Callable) -> None:
    lines = [f"[{name}] [오후 3:15] {text}\n" for name, text in (("가온", "ㅋㅋ"), ("미르", "ㅋㅋ"), ("가온", "왔어?"))]
    windows = "--------------- 2024년 1월 1일 월요일 ---------------\n" + "".join(lines)
    phone = "2024년 1월 1일 오후 3:15, 회원님 : ㅋㅋ\n2024년 1월 1일 오후 3:15, 회원님 : 왔어?\n"
    named, mine = (read(KAKAO, write(tmp_path, text, "두레.txt")).records for text in (windows, phone * 2))
    assert [bool(record.also) for record in named] == [False, False, True]
    assert lesser_ids(named[2])[0] == record_id(mine[1]) and len(mine) == 4


def test_a_room_without_a_name_stays_the_same_when_others_speak_later(tmp_path: Path, read: Callable) -> None:
    lines = [f"2024. 1. 1. 오전 9:0{n}, {name} : {n}\n" for n, name in enumerate(("미르", "가온", "노을", "두레"))]
    head = "Talk_2024.5.{} 16:45-1.txt\n저장한 날짜 : 2024. 5. 6. 오후 4:45\n\n"
    older, newer = (read(KAKAO, write(tmp_path, head.format(n) + "".join(lines[:n]), f"{n}.txt")) for n in (3, 4))
    assert {record.thread for record in (*older.records, *newer.records)} == {"가온, 미르 …"}


def test_the_parts_of_a_chat_are_one_room(tmp_path: Path, read: Callable) -> None:
    head = "Talk_2024.5.6 16:45-{}.txt\n저장한 날짜 : 2024. 5. 6. 오후 4:45\n\n"
    for part, names in ((1, "미르 가온 노을"), (2, "두레 미르"), (3, "노을")):
        lines = "".join(f"2024. 1. {part}. 오전 9:00, {name} : 응\n" for name in names.split())
        write(tmp_path, head.format(part) + lines, f"Talk_2024.5.6 16:45-{part}.txt")
    records = read(KAKAO, tmp_path).records
    assert len(records) == 6 and {record.thread for record in records} == {"가온, 미르 …"}


def test_an_empty_file_with_a_byte_order_mark_is_no_chat(tmp_path: Path, read: Callable) -> None:
    assert not read(KAKAO, write(tmp_path, "\ufeff\r\n")).matches


def test_a_chat_of_line_is_none_of_kakaotalk(tmp_path: Path, read: Callable) -> None:
    text = "[LINE] 鷺とのトーク履歴\n保存日時：2024/01/02 21:00\n\n2024/01/01(月)\n21:15\t鷺\tやあ\n"
    assert not read(KAKAO, write(tmp_path, text)).matches


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
        "(이모티콘_Muzi and Friends) ",
        "(Emoticon_Piggy Bun) ",
        "<음성 메시지 읽지 않음>",
        "<연락처:노을 읽지 않음>",
        "1389012345678-0.jpg",
        "8c1f0a77d0e24b6f9f1b2c3d4e5f6071.mp4",
        "가족.jpg",
    ]
    lines = "".join(f"2024년 1월 1일 오전 9:{i:02}, 가온 : {word}\n" for i, word in enumerate(words))
    records = read(KAKAO, write(tmp_path, lines)).records
    assert [record.text for record in records] == words
    stands_for = [record.extra.get("placeholder") for record in records]
    first = ["photo", "photo", "emoticon", "photo", "deleted", None, "photo", "photo"]
    assert stands_for == [*first, "emoticon", "emoticon", "voice", "contact", "photo", "video", None]


def test_photos_that_came_with_the_chat_are_kept_with_their_messages(tmp_path: Path, read: Callable) -> None:
    photo, voice = "8c1f0a77d0e24b6f9f1b2c3d4e5f6071.jpg", "1389012345678-0.m4a"
    lines = "".join(f"2024년 1월 1일 오전 9:00, 가온 : {text}\n" for text in (photo, voice, "응"))
    write(tmp_path, "두레 2 님과 카카오톡 대화\n" + lines, "KakaoTalkChats.txt")
    (tmp_path / photo).write_bytes(b"JPEG")
    reading = read(KAKAO, tmp_path)
    assert [[blob.name for blob in record.blobs] for record in reading.records] == [[photo], [], []]
    assert [record.extra.get("placeholder") for record in reading.records] == ["photo", "voice", None]
    assert reading.ignored == 1


def test_identical_messages_of_one_minute_are_all_kept(tmp_path: Path, read: Callable) -> None:
    line = "2024년 1월 1일 오전 9:00, 가온 : ㅋㅋ\n"
    assert len(read(KAKAO, write(tmp_path, line * 3)).records) == 3


def test_a_later_export_gives_the_same_ids(tmp_path: Path, read: Callable) -> None:
    header = ANDROID.replace("12 님과", "13 님과").replace("5월 6일", "5월 9일")
    later = header + "2024년 2월 1일 오전 9:00, 가온 : 또\n"
    first = {record_id(record) for record in read(KAKAO, write(tmp_path, ANDROID, "a.txt")).records}
    second = {record_id(record) for record in read(KAKAO, write(tmp_path, later, "b.txt")).records}
    assert first < second and len(second - first) == 1


def test_platforms_and_languages_give_a_message_the_same_id(tmp_path: Path, read: Callable) -> None:
    android = "2024년 1월 1일 오전 9:01, 가온 : 왔어?\n2024년 1월 1일 오후 12:01, 미르 : 사진\n"
    windows = "--------------- Monday, January 1, 2024 ---------------\n[가온] [9:01] 왔어?\n[미르] [12:01] <Photo>\n"
    table = 'Date,User,Message\n2024-01-01 09:01:40,"가온","왔어?"\n2024-01-01 12:01:00,"미르","사진"\n'
    one, other, third = (read(KAKAO, write(tmp_path, text, "두레.txt")).records for text in (android, windows, table))
    assert list(map(record_id, one)) == list(map(record_id, other)) == [lesser_ids(record)[0] for record in third]


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


def test_three_numbers_of_four_digits_are_no_damaged_day(tmp_path: Path, read: Callable) -> None:
    head = "--------------- 2024년 1월 1일 월요일 ---------------\n"
    text = head + "[가온] [오전 9:00] 여기로\n가온뱅크 1000-0026-5822 두레\n[미르] [오전 9:01] 보냈어\n"
    reading = read(KAKAO, write(tmp_path, text))
    assert [record.text for record in reading.records] == ["여기로\n가온뱅크 1000-0026-5822 두레", "보냈어"]
    assert not reading.bad and not reading.flaws


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
