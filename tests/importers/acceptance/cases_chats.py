"""Cases of WhatsApp, Telegram, Slack, Discord and Signal."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.importers.acceptance.case import Case

_BEGIN = datetime(2024, 3, 14, 9, 0)
_FIRST_ID = 1214233000000000000


def moment(number: int) -> datetime:
    """When item `number` was, on days that can be no months: half a day after the one before."""
    return _BEGIN + timedelta(hours=12 * number, minutes=number % 7)


def seconds(number: int) -> int:
    return int((moment(number) - datetime(1970, 1, 1)).total_seconds())


def word(number: int) -> str:
    return f"grebe{number:03d}"


def name(number: int) -> str:
    return ("가온", "Mir")[number % 2]


def dump(path: Path, data: Any, indent: int | None = 1) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=indent), "utf-8")
    return path


def write_whatsapp(stamp: Callable[[datetime], str], end: str = "\n") -> Callable[[Path, Sequence[int]], Path]:
    def write(folder: Path, numbers: Sequence[int]) -> Path:
        lines = [f"{stamp(moment(n))}{name(n)}: {word(n)} 새를 봤다{end}두 번째 줄{end}" for n in numbers]
        notice = f"{stamp(_BEGIN)}Messages and calls are end-to-end encrypted.{end}"
        path = folder / "WhatsApp Chat with 가온.txt"
        path.write_bytes("".join([notice, *lines]).encode())
        return path

    return write


def american(time: datetime) -> str:
    return f"{time.month}/{time.day}/{time:%y}, {(time.hour - 1) % 12 + 1}:{time:%M}\u202f{time:%p} - "


def korean(time: datetime) -> str:
    half = "오전" if time.hour < 12 else "오후"
    return f"[{time.year}. {time.month}. {time.day}. {half} {(time.hour - 1) % 12 + 1}:{time:%M:%S}] "


def telegram_message(number: int) -> dict[str, Any]:
    return {
        "id": 100 + number,
        "type": "message",
        "date": moment(number).isoformat(),
        "date_unixtime": str(seconds(number)),
        "from": name(number),
        "from_id": f"user{number % 2}",
        "text": [f"{word(number)} ", {"type": "bold", "text": "새를 봤다"}],
        "text_entities": [{"type": "plain", "text": "새를 봤다"}],
    }


def write_telegram_chat(folder: Path, numbers: Sequence[int]) -> Path:
    messages = [telegram_message(n) for n in numbers]
    return dump(folder / "result.json", {"name": "가온", "type": "personal_chat", "id": 7, "messages": messages})


def write_telegram_account(folder: Path, numbers: Sequence[int]) -> Path:
    chats = [
        {"name": one, "type": "group", "id": i, "messages": [telegram_message(n) for n in numbers if n % 2 == i]}
        for i, one in enumerate(("두레", "birds"))
    ]  # fmt: skip
    account = {
        "about": "Here is the data you requested.",
        "personal_information": {"user_id": 1, "first_name": "Mir"},
        "chats": {"about": "All chats", "list": chats},
        "left_chats": {"about": "None", "list": []},
    }
    return dump(folder / "result.json", account)


def write_telegram_pages(folder: Path, numbers: Sequence[int]) -> Path:
    blocks = [
        f'<div class="message default clearfix" id="message{100 + n}">\n<div class="body">\n'
        f'<div class="pull_right date details" title="{moment(n):%d.%m.%Y %H:%M:%S} UTC+09:00">\n9:00\n</div>\n'
        f'<div class="from_name">\n{name(n)}\n</div>\n'
        f'<div class="text">\n{word(n)}<br>새를 봤다\n</div>\n</div>\n</div>\n'
        for n in numbers
    ]
    head = '<div class="page_header">\n<div class="text bold">\n두레\n</div>\n</div>\n<div class="history">\n'
    path = folder / "messages.html"
    path.write_text(f"<!DOCTYPE html>\n<html>\n<body>\n{head}{''.join(blocks)}</div>\n</body>\n</html>\n", "utf-8")
    return path


def write_slack(folder: Path, numbers: Sequence[int]) -> Path:
    dump(folder / "users.json", [{"id": "U00000000", "name": "mir", "profile": {"real_name": "Mir"}}])
    dump(folder / "channels.json", [{"id": "C00000000", "name": "birds", "members": ["U00000000"]}])
    days: dict[str, list[dict[str, Any]]] = {}
    for n in numbers:
        message = {
            "type": "message",
            "user": "U00000000",
            "text": f"{word(n)} 새를 봤다",
            "ts": f"{seconds(n)}.000{n:03d}",
        }
        days.setdefault(f"{moment(n):%Y-%m-%d}", []).append(message)
    for day, messages in days.items():
        dump(folder / "birds" / f"{day}.json", messages, 4)
    return folder


def write_discord_json(folder: Path, numbers: Sequence[int]) -> Path:
    rows = [
        {"ID": _FIRST_ID + n, "Timestamp": str(moment(n)), "Contents": f"{word(n)} 새를 봤다", "Attachments": ""}
        for n in numbers
    ]
    dump(folder / "messages" / "c77" / "messages.json", rows)
    return write_discord_package(folder)


def write_discord_csv(folder: Path, numbers: Sequence[int]) -> Path:
    path = folder / "messages" / "c77" / "messages.csv"
    path.parent.mkdir(parents=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["ID", "Timestamp", "Contents", "Attachments"])
        writer.writerows([_FIRST_ID + n, f"{moment(n)}+00:00", f"{word(n)}, 새를\n봤다", ""] for n in numbers)
    return write_discord_package(folder)


def write_discord_package(folder: Path) -> Path:
    dump(folder / "messages" / "c77" / "channel.json", {"id": "77", "type": 1, "recipients": ["1", "5"]})
    dump(folder / "messages" / "index.json", {"77": "Direct Message with mir#0"})
    dump(folder / "account" / "user.json", {"id": "1", "username": "gaon", "avatar_hash": "x", "relationships": []})
    return folder


def write_discord_channel(folder: Path, numbers: Sequence[int]) -> Path:
    messages = [
        {
            "id": str(_FIRST_ID + n),
            "type": "Default",
            "timestamp": f"{moment(n).isoformat()}+09:00",
            "timestampEdited": None,
            "content": f"{word(n)} 새를 봤다",
            "author": {"id": str(n % 2), "name": name(n)},
            "attachments": [],
        }
        for n in numbers
    ]
    about = {"guild": {"id": "9", "name": "두레"}, "channel": {"id": "88", "type": "GuildTextChat", "name": "birds"}}
    return dump(folder / "birds.json", {**about, "messages": messages, "messageCount": len(messages)}, 2)


def write_signal(folder: Path, numbers: Sequence[int]) -> Path:
    lines: list[dict[str, Any]] = [
        {"version": "1", "backupTimeMs": "1719600000000"},
        {"account": {"givenName": "Mir"}},
        {"recipient": {"id": "1", "self": {}}},
        {"recipient": {"id": "2", "contact": {"e164": "821000000", "profileGivenName": "가온"}}},
        {"chat": {"id": "10", "recipientId": "2"}},
    ]
    for n in numbers:
        said = {"standardMessage": {"text": {"body": f"{word(n)} 새를 봤다"}}}
        stamp = {"chatId": "10", "authorId": str(n % 2 + 1), "dateSent": str(seconds(n) * 1000)}
        lines.append({"chatItem": stamp | said})
    path = folder / "main.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return path


def write_signal_desktop(folder: Path, numbers: Sequence[int]) -> Path:
    lines = [
        {
            "date": moment(n).isoformat(),
            "sender": name(n),
            "body": f"{word(n)} 새를 봤다  ",
            "quote": "",
            "sticker": None,
        }
        for n in numbers
    ]
    path = folder / "가온" / "data.json"
    path.parent.mkdir()
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return folder


def write_signal_text(folder: Path, numbers: Sequence[int]) -> Path:
    path = folder / "chat.md"
    path.write_text("".join(f"[{moment(n):%Y-%m-%d, %H:%M}] {name(n)}: {word(n)} 새\n둘\n" for n in numbers), "utf-8")
    return path


CASES = [
    Case(
        importer="whatsapp", id="german, Android", write=write_whatsapp(lambda t: f"{t:%d.%m.%y, %H:%M} - "), text=word
    ),
    Case(importer="whatsapp", id="american, Android", write=write_whatsapp(american), text=word),
    Case(importer="whatsapp", id="korean, iOS", write=write_whatsapp(korean, "\r\n"), text=word),
    Case(importer="telegram", id="one chat", write=write_telegram_chat, text=word),
    Case(importer="telegram", id="account", write=write_telegram_account, text=word),
    Case(importer="telegram", id="pages", write=write_telegram_pages, text=word),
    Case(importer="slack", write=write_slack, text=word),
    Case(importer="discord", id="package, JSON", write=write_discord_json, text=word),
    Case(importer="discord", id="package, CSV", write=write_discord_csv, text=word),
    Case(importer="discord", id="DiscordChatExporter", write=write_discord_channel, text=word),
    Case(importer="signal", write=write_signal, text=word),
    Case(importer="signal", id="signal-export, JSON", write=write_signal_desktop, text=word),
    Case(importer="signal", id="signal-export, text", write=write_signal_text, text=word),
]
