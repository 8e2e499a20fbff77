"""A chat in every dialect of KakaoTalk, and what it says."""

from __future__ import annotations

from pathlib import Path

from darak.importers.chats.kakaotalk.kakaotalk import KakaoTalkImporter
from darak.records.record import Record

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

WINDOWS_JAPANESE = """光
保存日時 : 2024-05-06 14:23:11

--------------- 2024年1月1日月曜日 ---------------
[光] [午後 3:15] こんにちは
二行目
[花子] [午前 12:05] やあ
花子さんが退室しました。
--------------- 2024年1月2日火曜日 ---------------
[光] [午後 12:15] スタンプ
"""
ANDROID_JAPANESE = """保存日時 : 2024年5月6日 午後4:45


2024年1月1日 午後3:15
2024年1月1日 午後3:15, 光 : こんにちは
2024年1月2日 午前12:05, 花子 : やあ
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
    "windows japanese": (WINDOWS_JAPANESE, [
        ("2024-01-01T15:15", "光", "こんにちは\n二行目"), ("2024-01-01T00:05", "花子", "やあ"),
        ("2024-01-02T12:15", "光", "スタンプ"),
    ], 1),
    "android japanese": (ANDROID_JAPANESE, [
        ("2024-01-01T15:15", "光", "こんにちは"), ("2024-01-02T00:05", "花子", "やあ"),
    ], 0),
    "csv": (CSV, [
        ("2024-01-01T09:00:01", "가온", "그는 \"아마도\"라고 했다\n둘째 줄\n\n넷째 줄"),
        ("2024-01-01T09:00:07", "가온", "어제 미르님이 나갔습니다."),
        ("2024-01-02T00:00:11", "가온", "쉼표, 그리고 끝"),
    ], 3),
}  # fmt: skip
