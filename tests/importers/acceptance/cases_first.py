"""Cases of the formats that Darak read first."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from tests.importers.acceptance.case import Case

_BEGIN = datetime(2024, 3, 4, 9, 0)


def moment(number: int) -> datetime:
    """When item `number` was: half a day after the one before."""
    return _BEGIN + timedelta(hours=12 * number, minutes=number % 7)


def word(number: int) -> str:
    return f"heron{number:03d}"


def write_native(folder: Path, numbers: Sequence[int]) -> Path:
    path = folder / "life.jsonl"
    items = [
        {
            "type": "record",
            "source": "phone",
            "kind": "message",
            "time": moment(number).isoformat(),
            "author": "가온",
            "text": f"{word(number)} 새를 봤다",
        }
        for number in numbers
    ]
    path.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items), "utf-8")
    return path


def mail(number: int) -> str:
    return (
        f"From: Gaon <gaon@example.org>\nTo: mir@example.org\nDate: {moment(number):%a, %d %b %Y %H:%M:%S} +0900\n"
        f"Subject: bird {number}\nMessage-ID: <{number}@example.org>\nContent-Type: text/plain; charset=utf-8\n\n"
        f"I saw {word(number)} 새.\n"
    )


def write_mbox(folder: Path, numbers: Sequence[int]) -> Path:
    path = folder / "All mail"
    path.write_text("".join(f"From MAILER {moment(n):%a %b %d %H:%M:%S %Y}\n{mail(n)}\n" for n in numbers), "utf-8")
    return path


def write_emlx(folder: Path, numbers: Sequence[int]) -> Path:
    listed = '<?xml version="1.0"?>\n<plist version="1.0"><dict><key>flags</key><integer>1</integer></dict></plist>\n'
    for number in numbers:
        (folder / f"{number}.emlx").write_text(f"{len(mail(number).encode()):<10}\n{mail(number)}{listed}", "utf-8")
    return folder


def write_eml(folder: Path, numbers: Sequence[int]) -> Path:
    for number in numbers:
        (folder / f"{number}.eml").write_text(mail(number), "utf-8")
    return folder


def clock(time: datetime) -> str:
    return f"{'오전' if time.hour < 12 else '오후'} {(time.hour - 1) % 12 + 1}:{time.minute:02d}"


def write_kakao_android(folder: Path, numbers: Sequence[int]) -> Path:
    lines = ["두레 공방 12 님과 카카오톡 대화", "저장한 날짜 : 2025년 5월 6일 오후 4:45", ""]
    for number in numbers:
        time = moment(number)
        stamp = f"{time.year}년 {time.month}월 {time.day}일 {clock(time)}"
        lines += ["", stamp, f"{stamp}, 가온 : {word(number)} 새를 봤다", "두 번째 줄"]
    path = folder / "chat.txt"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def write_kakao_english(folder: Path, numbers: Sequence[int]) -> Path:
    """As Android wrote it in English in 2015."""
    lines = ["KakaoTalk Chats with Dure (12)", "Date Saved : 4:45pm, May 6, 2025", ""]
    for number in numbers:
        time = moment(number)
        stamp = f"{time:%I:%M}{'am' if time.hour < 12 else 'pm'}, {time:%B} {time.day}, {time.year}".lstrip("0")
        lines += ["", stamp, f"{stamp}, Gaon : {word(number)} 새를 봤다", "a second line"]
    path = folder / "chat.txt"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def write_kakao_windows(folder: Path, numbers: Sequence[int]) -> Path:
    lines = ["두레 공방 님과 카카오톡 대화", "저장한 날짜 : 2025-05-06 14:23:11", ""]
    for number in numbers:
        time = moment(number)
        day = f"{time.year}년 {time.month}월 {time.day}일 {'월화수목금토일'[time.weekday()]}요일"
        if (divider := f"--------------- {day} ---------------") not in lines:
            lines.append(divider)
        lines.append(f"[가온] [{clock(time)}] {word(number)} 새를 봤다")
    path = folder / "chat.txt"
    path.write_text("\r\n".join(lines) + "\r\n", "cp949", newline="")
    return path


def write_kakao_csv(folder: Path, numbers: Sequence[int]) -> Path:
    rows = [f'{moment(number):%Y-%m-%d %H:%M:%S},"가온","{word(number)} 새를\n봤다"' for number in numbers]
    path = folder / "chat.csv"
    path.write_text("\n".join(["Date,User,Message", *rows]) + "\n", "utf-8")
    return path


def write_markdown(folder: Path, numbers: Sequence[int]) -> Path:
    vault = folder / "notes"
    (vault / ".obsidian").mkdir(parents=True)
    (vault / ".obsidian" / "app.json").write_text("{}", "utf-8")
    for number in numbers:
        text = f"---\ndate: {moment(number):%Y-%m-%d}\n---\n# 새\n\n{word(number)} 새를 [[봤다]]\n"
        (vault / f"note {number}.md").write_text(text, "utf-8")
    return folder


def write_calendar(folder: Path, numbers: Sequence[int]) -> Path:
    events = [
        f"BEGIN:VEVENT\r\nUID:{number}@example.org\r\nDTSTAMP:20240101T000000Z\r\n"
        f"DTSTART:{moment(number):%Y%m%dT%H%M%S}Z\r\nSUMMARY:{word(number)} 새 보기\r\nEND:VEVENT\r\n"
        for number in numbers
    ]
    path = folder / "home.ics"
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//made up//EN\r\n"
    path.write_bytes(f"{head}{''.join(events)}END:VCALENDAR\r\n".encode())
    return path


def lines_of(path: Path, member: str, locator: str) -> str:
    """What stands at "lines A-B"."""
    first, last = (int(part) for part in locator.removeprefix("lines ").split("-"))
    return "\n".join(path.read_text("utf-8").split("\n")[first - 1 : last])


def write_chatgpt(folder: Path, numbers: Sequence[int]) -> Path:
    path = folder / "conversations.json"
    path.write_text(json.dumps([conversation(number) for number in numbers], ensure_ascii=False), "utf-8")
    return path


def conversation(number: int) -> dict[str, object]:
    time = moment(number).timestamp()
    root, node = f"{number:08d}-root", f"{number:08d}-said"
    message = {
        "id": node,
        "author": {"role": "user", "name": None, "metadata": {}},
        "create_time": time,
        "content": {"content_type": "text", "parts": [f"{word(number)} 새를 봤다"]},
        "metadata": {},
    }
    return {
        "title": f"새 {number}",
        "create_time": time,
        "mapping": {
            root: {"id": root, "message": None, "parent": None, "children": [node]},
            node: {"id": node, "message": message, "parent": root, "children": []},
        },
        "current_node": node,
        "id": f"{number:08d}",
    }


def message_of(path: Path, member: str, locator: str) -> str:
    """What stands at `$[3].mapping["8d0c"].message`."""
    value = json.loads(path.read_text("utf-8"))
    for index, key, name in re.findall(r'\[(\d+)\]|\["([^"]*)"\]|\.(\w+)', locator):
        value = value[int(index)] if index else value[key or name]
    return json.dumps(value, ensure_ascii=False)


def write_apple_health(folder: Path, numbers: Sequence[int]) -> Path:
    records = [
        f' <Record type="HKQuantityTypeIdentifierStepCount" sourceName="시계" unit="count"'
        f' startDate="{moment(number)} +0900" endDate="{moment(number)} +0900" value="{1000 + number}"/>\n'
        for number in numbers
    ]
    path = folder / "export.xml"
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<HealthData locale="ko_KR">\n'
    exported = ' <ExportDate value="2025-01-01 00:00:00 +0900"/>\n'
    path.write_text(f"{head}{exported}{''.join(records)}</HealthData>\n", "utf-8")
    return path


CASES = [
    Case(importer="native", write=write_native, text=word),
    Case(importer="mail", id="mbox", write=write_mbox, text=word),
    Case(importer="mail", id="eml", write=write_eml, text=word),
    Case(importer="mail", id="emlx", write=write_emlx, text=word),
    Case(importer="kakaotalk", id="android", write=write_kakao_android, text=word),
    Case(importer="kakaotalk", id="android, English", write=write_kakao_english, text=word),
    Case(importer="kakaotalk", id="windows", write=write_kakao_windows, text=word),
    Case(importer="kakaotalk", id="csv", write=write_kakao_csv, text=word),
    Case(importer="markdown", write=write_markdown, text=word),
    Case(importer="calendar", write=write_calendar, text=word, find=lines_of),
    Case(importer="chatgpt", write=write_chatgpt, text=word, find=message_of),
    Case(importer="apple-health", write=write_apple_health, text=lambda number: f'value="{1000 + number}"'),
]
