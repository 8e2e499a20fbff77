"""Cases of LINE, Google Chat, Skype, Google Tasks, Kindle, Amazon and pages saved for later."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from tests.importers.acceptance.case import Case

_BEGIN = datetime(2024, 3, 4, 9, 5)


def moment(number: int) -> datetime:
    """When item `number` was: half a day after the one before."""
    return _BEGIN + timedelta(hours=12 * number, minutes=number % 7)


def word(number: int) -> str:
    return f"crane{number:03d}"


def write_line(folder: Path, numbers: Sequence[int]) -> Path:
    lines = ["[LINE] 가온とのトーク履歴", "保存日時：2024/04/01 10:00"]
    day = ""
    for number in numbers:
        now = moment(number)
        if f"{now:%Y/%m/%d}" != day:
            day = f"{now:%Y/%m/%d}"
            lines += ["", f"{day}({'月火水木金土日'[now.weekday()]})"]
        lines.append(f"{now:%H:%M}\t{'가온' if number % 2 else 'Mira'}\t{word(number)} 새를 봤다")
    path = folder / "[LINE] 가온.txt"
    path.write_text("\ufeff" + "\r\n".join(lines) + "\r\n", "utf-8")
    return path


def write_line_of_computer(folder: Path, numbers: Sequence[int]) -> Path:
    lines: list[str] = []
    for number in numbers:
        day = f"{moment(number):%Y.%m.%d %A}"
        lines += [] if day in lines else [day]
        lines.append(f"{moment(number):%H:%M} {'Gaon' if number % 2 else 'Mira'} {word(number)} was there")
    path = folder / "gaon.txt"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def save(path: Path, value: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False), "utf-8")
    return path


def write_google_chat(folder: Path, numbers: Sequence[int]) -> Path:
    people = [{"name": name, "email": f"{name.lower()}@example.org", "user_type": "Human"} for name in ("Gaon", "Mira")]
    messages = [
        {
            "creator": people[number % 2],
            "created_date": f"{moment(number):%A, %B %-d, %Y at %-I:%M:%S %p} UTC",
            "text": f"{word(number)} 새를 봤다",
            "topic_id": f"t{number}",
            "message_id": f"g/t{number}/t{number}",
        }
        for number in numbers
    ]
    save(folder / "Google Chat/Groups/DM g/messages.json", {"messages": messages})
    return folder


def write_skype(folder: Path, numbers: Sequence[int]) -> Path:
    messages = [
        {
            "id": f"{1709500000000 + number}",
            "displayName": None,
            "originalarrivaltime": f"{moment(number):%Y-%m-%dT%H:%M:%S}.{number:03d}Z",
            "messagetype": "RichText",
            "version": 1709500000000 + number,
            "content": f"{word(number)} 새를 봤다",
            "conversationid": "8:live:gaon",
            "from": "8:live:gaon" if number % 2 else "8:mira",
            "properties": None,
        }
        for number in reversed(numbers)
    ]
    talk = {"id": "8:live:gaon", "displayName": "Gaon", "version": 1.0, "properties": {}, "MessageList": messages}
    value = {"userId": "8:mira", "exportDate": "2024-04-01T10:00", "conversations": [talk]}
    return save(folder / "messages.json", value)


def write_tasks(folder: Path, numbers: Sequence[int]) -> Path:
    tasks = [
        {
            "kind": "tasks#task",
            "id": f"id{number}",
            "title": f"{word(number)} 보러 가기",
            "status": "needsAction",
            "created": f"{moment(number):%Y-%m-%dT%H:%M:%S}.000Z",
            "updated": f"{moment(number):%Y-%m-%dT%H:%M:%S}.000Z",
        }
        for number in numbers
    ]
    one = {"kind": "tasks#tasks", "id": "l", "title": "새", "updated": "2024-04-01T10:00:00.000Z", "items": tasks}
    return save(folder / "Tasks.json", {"kind": "tasks#taskLists", "items": [one]})


def write_kindle(folder: Path, numbers: Sequence[int]) -> Path:
    path = folder / "My Clippings.txt"
    path.write_text(
        "".join(
            f"\ufeffBirds of Here (Lee, Gaon)\r\n- Your Highlight on page {number} | location {number}0-{number}5 |"
            f" Added on {moment(number):%A, %-d %B %Y %H:%M:%S}\r\n\r\n{word(number)} 물떼새\r\n==========\r\n"
            for number in numbers
        ),
        "utf-8",
        newline="",
    )
    return path


def write_pocket(folder: Path, numbers: Sequence[int]) -> Path:
    rows = [
        f'"{word(number)}, 새",https://example.org/{number},{int(moment(number).timestamp())},a|b,unread\n'
        for number in numbers
    ]
    path = folder / "part_000000.csv"
    path.write_text("title,url,time_added,tags,status\n" + "".join(rows), "utf-8")
    return path


def write_amazon(folder: Path, numbers: Sequence[int]) -> Path:
    rows = [
        f"Amazon.com,111-{number},{moment(number):%Y-%m-%dT%H:%M:%S}Z,USD,{number}.50,B0{number},Closed,"
        f'"{word(number)}, 새 책"\n'
        for number in numbers
    ]
    path = folder / "Retail.OrderHistory.1.csv"
    head = "Website,Order ID,Order Date,Currency,Total Owed,ASIN,Order Status,Product Name\n"
    path.write_text(head + "".join(rows), "utf-8")
    return path


CASES = [
    Case(importer="line", write=write_line, text=word),
    Case(importer="line", id="computer", write=write_line_of_computer, text=word),
    Case(importer="google-chat", write=write_google_chat, text=word),
    Case(importer="skype", write=write_skype, text=word),
    Case(importer="google-tasks", write=write_tasks, text=word),
    Case(importer="kindle", write=write_kindle, text=word),
    Case(importer="amazon", write=write_amazon, text=word),
    Case(importer="read-later", write=write_pocket, text=word),
]
