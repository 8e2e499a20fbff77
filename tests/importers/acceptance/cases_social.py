"""Cases of personal messages, AI chats and social networks."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.importers.acceptance.case import Case

_BEGIN = datetime(2024, 3, 4, 9, 0, tzinfo=UTC)
_APPLE = datetime(2001, 1, 1, tzinfo=UTC)


def moment(number: int) -> datetime:
    """When item `number` was: half a day after the one before."""
    return _BEGIN + timedelta(hours=12 * number, minutes=number % 7)


def seconds(number: int) -> int:
    return int(moment(number).timestamp())


def iso(number: int) -> str:
    return f"{moment(number):%Y-%m-%dT%H:%M:%S}.{number:03d}Z"


def word(number: int) -> str:
    return f"wren{number:03d}"


def mangled(text: str) -> str:
    """UTF-8 as Meta writes it: each byte as a character."""
    return text.encode().decode("latin-1")


def save(folder: Path, name: str, value: object, before: str = "") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(before + json.dumps(value, indent=1), "utf-8")
    return path


def write_imessage(folder: Path, numbers: Sequence[int]) -> Path:
    path = folder / "chat.db"
    database = sqlite3.connect(path)
    database.executescript("""
        CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT);
        CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT, chat_identifier TEXT);
        CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);
        CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid TEXT, text TEXT, handle_id INTEGER, date INTEGER,
          is_from_me INTEGER);
        INSERT INTO handle VALUES (1, '+15550001');
        INSERT INTO chat VALUES (1, 'iMessage;-;+15550001', '+15550001');
    """)
    for row, number in enumerate(numbers, 1):
        date = int((moment(number) - _APPLE).total_seconds()) * 10**9
        said = (row, f"GUID-{number}", f"{word(number)} 새를 봤다", 1, date, number % 2)
        database.execute("INSERT INTO message VALUES (?, ?, ?, ?, ?, ?)", said)
        database.execute("INSERT INTO chat_message_join VALUES (1, ?)", (row,))
    database.commit()
    database.close()
    return path


def row_of(path: Path, member: str, locator: str) -> str:
    """What stands in "table message row 3"."""
    found = re.fullmatch(r"table (\w+) row (\d+)", locator)
    assert found
    database = sqlite3.connect(path)
    (row,) = database.execute(f"SELECT * FROM {found[1]} WHERE rowid = ?", (int(found[2]),))
    database.close()
    return str(row)


def write_sms(folder: Path, numbers: Sequence[int]) -> Path:
    messages = "".join(
        f'  <sms protocol="0" address="+15550001" date="{seconds(n) * 1000 + n}" type="{1 + n % 2}" subject="null"'
        f' body="{word(n)} &#55357;&#56832; 새를 봤다" read="1" contact_name="Gaon" />\n'
        for n in numbers
    )
    path = folder / "sms.xml"
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
    path.write_text(f'{head}<smses count="{len(numbers)}">\n{messages}</smses>', "utf-8")
    return path


def write_calls(folder: Path, numbers: Sequence[int]) -> Path:
    calls = "".join(
        f'  <call number="+1555{n:03d}001" duration="{n}" date="{seconds(n) * 1000}" type="1"'
        f' contact_name="{word(n)}"/>\n'
        for n in numbers
    )
    path = folder / "calls.xml"
    path.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n<calls count="{len(numbers)}">\n{calls}</calls>', "utf-8")
    return path


def thread(numbers: Sequence[int], **other: Any) -> dict[str, Any]:
    messages = [
        {
            "sender_name": mangled("가온"),
            "timestamp_ms": seconds(n) * 1000 + n,
            "content": mangled(f"{word(n)} 새를 봤다"),
        }
        for n in reversed(numbers)
    ]
    people = [{"name": mangled("가온")}, {"name": "Mira"}]
    return {"participants": people, "messages": messages, "title": "Gaon", "thread_path": "inbox/gaon_42"} | other


def write_facebook(folder: Path, numbers: Sequence[int]) -> Path:
    save(folder, "your_facebook_activity/messages/inbox/gaon_42/message_1.json", thread(numbers))
    return folder


def write_facebook_posts(folder: Path, numbers: Sequence[int]) -> Path:
    posts = [
        {
            "timestamp": seconds(n),
            "attachments": [{"data": [{"external_context": {"url": f"https://example.org/{n}"}}]}],
            "data": [{"post": mangled(f"{word(n)} 새를 봤다")}],
            "title": "Mira shared a link.",
        }
        for n in numbers
    ]
    return save(folder, "your_posts_1.json", posts)


def write_instagram(folder: Path, numbers: Sequence[int]) -> Path:
    save(folder, "your_instagram_activity/messages/inbox/gaon_42/message_1.json", thread(numbers))
    return folder


def write_instagram_posts(folder: Path, numbers: Sequence[int]) -> Path:
    posts = [
        {
            "media": [
                {"uri": f"media/posts/{n}.jpg", "creation_timestamp": seconds(n), "title": mangled(f"{word(n)} 새")}
            ]
        }
        for n in numbers
    ]
    return save(folder, "posts_1.json", posts)


def write_instagram_comments(folder: Path, numbers: Sequence[int]) -> Path:
    comments = [
        {
            "media_list_data": [{"uri": ""}],
            "string_map_data": {
                "Comment": {"value": mangled(f"{word(n)} 새")},
                "Media Owner": {"value": "gaon"},
                "Time": {"timestamp": seconds(n)},
            },
        }
        for n in numbers
    ]
    return save(folder, "post_comments_1.json", comments)


def write_instagram_page(folder: Path, numbers: Sequence[int]) -> Path:
    blocks = "".join(
        '<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><h2 class="_3-95 _2pim _a6-h _a6-i">가온</h2>'
        f'<div class="_3-95 _a6-p"><div><div></div><div>{word(n)} 새를 봤다</div></div></div>'
        f'<div class="_3-94 _a6-o">{moment(n):%b %d, %Y %-I:%M %p}</div></div>'
        for n in reversed(numbers)
    )
    path = folder / "your_instagram_activity/messages/inbox/gaon_42/message_1.html"
    path.parent.mkdir(parents=True)
    path.write_text(f"<html><head><title>가온</title></head><body><main>{blocks}</main></body></html>", "utf-8")
    return folder


def write_claude(folder: Path, numbers: Sequence[int]) -> Path:
    conversations = [
        {
            "uuid": f"c-{n}",
            "name": f"새 {n}",
            "created_at": iso(n),
            "updated_at": iso(n),
            "chat_messages": [
                {
                    "uuid": f"m-{n}",
                    "text": "",
                    "content": [{"type": "text", "text": f"{word(n)} 새를 봤다"}],
                    "sender": "human",
                    "created_at": iso(n),
                    "attachments": [],
                }
            ],
        }
        for n in numbers
    ]
    return save(folder, "conversations.json", conversations)


def value_at(path: Path, member: str, locator: str) -> str:
    """What stands at `$[3].chat_messages[0]`."""
    value = json.loads(path.read_text("utf-8"))
    for index, key in re.findall(r"\[(\d+)\]|\.(\w+)", locator):
        value = value[int(index)] if index else value[key]
    return json.dumps(value, ensure_ascii=False)


def write_gemini(folder: Path, numbers: Sequence[int]) -> Path:
    entries = [
        {
            "header": "Gemini Apps",
            "title": f"Prompted {word(n)} 새는?",
            "time": iso(n),
            "products": ["Gemini Apps"],
            "safeHtmlItem": [{"html": "<p>굴뚝새</p>"}],
        }
        for n in reversed(numbers)
    ]
    return save(folder, "MyActivity.json", entries)


def write_gemini_page(folder: Path, numbers: Sequence[int]) -> Path:
    cells = "".join(
        '<div class="outer-cell mdl-cell"><div class="mdl-grid"><div class="header-cell mdl-cell">'
        '<p class="mdl-typography--title">Gemini Apps<br></p></div><div class="content-cell mdl-typography--body-1">'
        f"Prompted&nbsp;{word(n)} 새는?<br>{moment(n):%b %-d, %Y, %-I:%M:%S %p} UTC<br><p>굴뚝새</p></div>"
        '<div class="content-cell mdl-typography--caption"><b>Products:</b><br>&emsp;Gemini Apps<br></div></div>'
        "</div>\n"
        for n in reversed(numbers)
    )
    path = folder / "MyActivity.html"
    path.write_text(f"<html><body><div>{cells}</div></body></html>", "utf-8")
    return path


def write_x(folder: Path, numbers: Sequence[int]) -> Path:
    tweets = [
        {
            "tweet": {
                "id_str": str(1000 + n),
                "created_at": f"{moment(n):%a %b %d %H:%M:%S} +0000 2024",
                "full_text": word(n),
            }
        }
        for n in numbers
    ]
    return save(folder, "tweets.js", tweets, "window.YTD.tweets.part0 = ")


def write_x_messages(folder: Path, numbers: Sequence[int]) -> Path:
    messages = [
        {
            "messageCreate": {
                "id": str(n),
                "senderId": "2",
                "text": f"{word(n)} 새",
                "createdAt": iso(n),
                "mediaUrls": [],
            }
        }
        for n in reversed(numbers)
    ]
    value = [{"dmConversation": {"conversationId": "1-2", "messages": messages}}]
    return save(folder, "direct-messages.js", value, "window.YTD.direct_messages.part0 = ")


def write_mastodon(folder: Path, numbers: Sequence[int]) -> Path:
    me = "https://m.example/users/mira"
    activities = [
        {
            "id": f"{me}/statuses/{n}/activity",
            "type": "Create",
            "actor": me,
            "published": iso(n),
            "object": {
                "id": f"{me}/statuses/{n}",
                "type": "Note",
                "published": iso(n),
                "content": f"<p>{word(n)} 새</p>",
            },
        }
        for n in numbers
    ]
    head = {"@context": "https://www.w3.org/ns/activitystreams", "id": "outbox.json", "type": "OrderedCollection"}
    return save(folder, "outbox.json", head | {"orderedItems": activities})


def write_reddit(folder: Path, numbers: Sequence[int]) -> Path:
    rows = "".join(
        f"c{n},https://www.reddit.com/r/birds/comments/p1/_/c{n}/,{moment(n):%Y-%m-%d %H:%M:%S} UTC,,birds,0,"
        f'https://www.reddit.com/r/birds/comments/p1/_/,,"{word(n)}, 새를\n봤다",\n'
        for n in numbers
    )
    path = folder / "comments.csv"
    path.write_text(f"id,permalink,date,ip,subreddit,gildings,link,parent,body,media\n{rows}", "utf-8")
    return path


CASES = [
    Case(importer="imessage", write=write_imessage, text=word, streams=False, find=row_of),
    Case(importer="sms", id="messages", write=write_sms, text=word),
    Case(importer="sms", id="calls", write=write_calls, text=word),
    Case(importer="facebook", id="messages", write=write_facebook, text=word),
    Case(importer="facebook", id="posts", write=write_facebook_posts, text=word),
    Case(importer="instagram", id="messages", write=write_instagram, text=word),
    Case(importer="instagram", id="posts", write=write_instagram_posts, text=word),
    Case(importer="instagram", id="comments", write=write_instagram_comments, text=word),
    Case(importer="instagram", id="page", write=write_instagram_page, text=word),
    Case(importer="claude", write=write_claude, text=word, find=value_at),
    Case(importer="gemini", id="JSON", write=write_gemini, text=word),
    Case(importer="gemini", id="page", write=write_gemini_page, text=word),
    Case(importer="x", id="posts", write=write_x, text=word),
    Case(importer="x", id="messages", write=write_x_messages, text=word),
    Case(importer="mastodon", write=write_mastodon, text=word),
    Case(importer="reddit", write=write_reddit, text=word),
]
