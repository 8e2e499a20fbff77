"""Apple's Messages in, messages out: both epochs, attributed texts, reactions, edits, files, and what is damaged."""

from __future__ import annotations

import plistlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from darak.importers.chats.imessage import IMessageImporter
from darak.importers.chats.imessage_text import history, text_of_body
from darak.records.record import Identity

IMESSAGE = IMessageImporter()
SECONDS = 700_000_000
NANOSECONDS = SECONDS * 10**9
SCHEMA = """
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT NOT NULL, service TEXT);
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT, chat_identifier TEXT, display_name TEXT);
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);
CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER);
CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY, guid TEXT, filename TEXT, mime_type TEXT, transfer_name TEXT);
CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER);
CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid TEXT, text TEXT, attributedBody BLOB, handle_id INTEGER,
  service TEXT, date INTEGER, is_from_me INTEGER DEFAULT 0, item_type INTEGER DEFAULT 0, subject TEXT,
  associated_message_guid TEXT, associated_message_type INTEGER DEFAULT 0, associated_message_emoji TEXT,
  thread_originator_guid TEXT, balloon_bundle_id TEXT, message_summary_info BLOB, payload_data BLOB);
INSERT INTO handle VALUES (1, '+821012345678', 'iMessage'), (2, 'mira@example.org', 'iMessage');
INSERT INTO chat VALUES (1, 'iMessage;-;+821012345678', '+821012345678', ''), (2, 'iMessage;+;chat7', 'chat7', '등산');
INSERT INTO chat_handle_join VALUES (1, 1), (2, 1), (2, 2);
"""


def body(text: str, name: bytes = b"NSString") -> bytes:
    """A typedstream as Messages writes it."""
    data = text.encode()
    size = len(data)
    wide, sign = (4, b"\x82") if size > 0xFFFF else (2, b"\x81")
    length = bytes([size]) if size < 0x80 else sign + size.to_bytes(wide, "little")
    head = b"\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x12NSAttributedString\x00\x84\x84\x08NSObject\x00\x85"
    return head + b"\x92\x84\x84\x84" + bytes([len(name)]) + name + b"\x01\x94\x84\x01+" + length + data + b"\x86\x84"


class Phone:
    """A database that is being written."""

    def __init__(self, folder: Path, schema: str = SCHEMA) -> None:
        self.path = folder / "chat.db"
        self.database = sqlite3.connect(self.path)
        self.database.executescript(schema)

    def say(self, text: str | None, chat: int = 1, **values: Any) -> int:
        values = {"text": text, "date": NANOSECONDS, "handle_id": 1, "service": "iMessage"} | values
        (number,) = self.database.execute("SELECT count(*) + 1 FROM message").fetchone()
        values = {"guid": f"G-{number}"} | values
        marks = ", ".join("?" * len(values))
        self.database.execute(f"INSERT INTO message ({', '.join(values)}) VALUES ({marks})", list(values.values()))
        self.database.execute("INSERT INTO chat_message_join VALUES (?, ?)", (chat, number))
        return number

    def attach(self, message: int, path: str, name: str, mime: str) -> None:
        row = self.database.execute(
            "INSERT INTO attachment (filename, transfer_name, mime_type) VALUES (?, ?, ?)", (path, name, mime)
        )
        self.database.execute("INSERT INTO message_attachment_join VALUES (?, ?)", (message, row.lastrowid))

    def close(self) -> Path:
        self.database.commit()
        self.database.close()
        return self.path


def test_messages_have_their_sender_chat_and_row(tmp_path: Path, read: Callable) -> None:
    phone = Phone(tmp_path)
    phone.say("점심?")
    phone.say("좋아", is_from_me=1, handle_id=0, service="SMS")
    phone.say("내일 6시", chat=2, handle_id=2)
    came, went, group = read(IMESSAGE, phone.close()).records
    assert (came.author, came.people, came.thread, came.title) == (
        Identity("+821012345678"), (), "+821012345678", None,
    )  # fmt: skip
    assert (went.author, went.people, went.extra) == (
        Identity("me"), (Identity("+821012345678"),), {"service": "SMS"},
    )  # fmt: skip
    assert (group.author, group.people, group.title) == (
        Identity("mira@example.org"), (Identity("+821012345678"),), "등산",
    )  # fmt: skip
    assert came.native_id == "G-1" and group.origin.locator == "table message row 3"


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        (SECONDS, "2023-03-08T20:26:40Z"),
        (NANOSECONDS, "2023-03-08T20:26:40Z"),
        (NANOSECONDS + 250_000_000, "2023-03-08T20:26:40.250Z"),
        (0, ""),
    ],
)
def test_dates_are_seconds_or_nanoseconds_since_2001(date: int, shown: str, tmp_path: Path, read: Callable) -> None:
    phone = Phone(tmp_path)
    phone.say("x", date=date)
    (record,) = read(IMESSAGE, phone.close()).records
    assert record.time.iso() == shown


def test_a_text_may_stand_in_the_attributed_body_alone(tmp_path: Path, read: Callable) -> None:
    phone = Phone(tmp_path)
    phone.say(None, attributedBody=body("긴 글 " * 100))
    phone.say("", attributedBody=body("short", b"NSMutableString"))
    phone.say(None, attributedBody=body("cut off")[:-6])
    reading = read(IMESSAGE, phone.close())
    assert [record.text for record in reading.records] == [("긴 글 " * 100).strip(), "short", ""]
    assert [flaw.code for flaw in reading.flaws] == ["unreadable-text"]


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=300))
def test_any_attributed_text_is_read_back(text: str) -> None:
    assert text_of_body(body(text)) == text
    assert text_of_body(body(text * 300)) == text * 300


def test_reactions_point_at_their_message_and_removed_ones_are_ignored(tmp_path: Path, read: Callable) -> None:
    phone = Phone(tmp_path)
    phone.say("dinner at 7")
    phone.say("Loved “dinner at 7”", associated_message_type=2000, associated_message_guid="p:0/G-1")
    phone.say("Reacted", associated_message_type=2006, associated_message_emoji="🥳", associated_message_guid="bp:G-1")
    phone.say("Removed a heart", associated_message_type=3000, associated_message_guid="p:0/G-1")
    reading = read(IMESSAGE, phone.close())
    assert [(r.text, r.parent, r.extra.get("reaction")) for r in reading.records[1:]] == [
        ("❤️", "G-1", "loved"), ("🥳", "G-1", "reacted"),
    ]  # fmt: skip
    assert reading.ignored == 1


def test_replies_edits_and_what_was_unsent(tmp_path: Path, read: Callable) -> None:
    phone = Phone(tmp_path)
    edits = plistlib.dumps({"ec": {"0": [{"d": 1.0, "t": body("at 6")}, {"d": 2.0, "t": body("at 7")}]}})
    phone.say("at 7", message_summary_info=edits, thread_originator_guid="G-0")
    phone.say(None, message_summary_info=plistlib.dumps({"rp": [0]}))
    phone.say("x", message_summary_info=b"no list at all")
    reading = read(IMESSAGE, phone.close())
    assert [record.extra.get("earlier") for record in reading.records] == [["at 6"], None]
    assert reading.records[0].parent == "G-0" and reading.ignored == 1


def test_files_come_with_their_messages(tmp_path: Path, read: Callable) -> None:
    phone = Phone(tmp_path)
    lost = phone.say("\ufffc")
    phone.attach(lost, "~/Library/Messages/Attachments/ab/IMG_2.heic", "IMG_2.heic", "image/heic")
    found = phone.say("the door \ufffc")
    phone.attach(found, "~/Library/Messages/Attachments/aa/0/IMG_1.png", "IMG_1.png", "image/png")
    phone.close()
    (tmp_path / "Attachments/aa/0").mkdir(parents=True)
    (tmp_path / "Attachments/aa/0/IMG_1.png").write_bytes(b"\x89PNG door")
    away, here = read(IMESSAGE, tmp_path).records
    assert (away.text, away.blobs, away.extra["files"]) == ("IMG_2.heic", (), ["IMG_2.heic"])
    assert here.text == "the door" and [blob.data for blob in here.blobs] == [b"\x89PNG door"]


def archived(value: Any) -> bytes:
    """A property list of NSKeyedArchiver, in which every value stands in a list and is referred to by its number."""
    objects: list[Any] = ["$null"]

    def put(one: Any) -> plistlib.UID:
        if isinstance(one, dict) and "NS.relative" in one:  # an address
            one = {"NS.relative": put(one["NS.relative"])}
        elif isinstance(one, dict):
            one = {"NS.keys": [put(key) for key in one], "NS.objects": [put(each) for each in one.values()]}
        objects.append(one)
        return plistlib.UID(len(objects) - 1)

    archive = {"$archiver": "NSKeyedArchiver", "$version": 100000, "$objects": objects, "$top": {"root": put(value)}}
    return plistlib.dumps(archive, fmt=plistlib.FMT_BINARY)


def test_what_apps_draw_is_read_as_words(tmp_path: Path, read: Callable) -> None:
    phone = Phone(tmp_path)
    paid = {"an": "Apple\u00a0Pay", "ldtext": "Sent $265 with Apple\u00a0Pay.", "userInfo": {"caption": "Apple Pay"}}
    table = {"caption": "Table for 4", "image-title": "Rusty Grill", "subcaption": ""}
    invited = {"an": "OpenTable", "userInfo": table, "URL": {"NS.relative": "https://example.org/book"}}
    link = {
        "richLinkMetadata": {"title": "Attic", "summary": "a house", "originalURL": {"NS.relative": "https://e.org"}}
    }
    phone.say("\ufffd", payload_data=archived(paid), balloon_bundle_id="com.apple.messages.X:PeerPayment")
    phone.say(None, payload_data=archived(invited), balloon_bundle_id="x")
    phone.say("https://e.org", payload_data=archived(link), balloon_bundle_id="com.apple.messages.URLBalloonProvider")
    phone.say("plain", payload_data=b"bplist00 broken")
    phone.say(None, payload_data=archived({"x": 1}), balloon_bundle_id="x")
    reading = read(IMESSAGE, phone.close())
    pay, book, page, plain = reading.records
    assert (pay.text, pay.extra) == ("Sent $265 with Apple Pay.", {"app": "Apple Pay"})
    assert (book.text, book.url) == ("Rusty Grill\nTable for 4", "https://example.org/book")
    assert (page.text, page.extra, page.url) == ("https://e.org", {"preview": "Attic\na house"}, "https://e.org")
    assert plain.text == "plain" and reading.ignored == 1


def test_texts_around_files_are_lines_of_their_own(tmp_path: Path, read: Callable) -> None:
    phone = Phone(tmp_path)
    phone.say("\ufffctest 1\ufffctest 2 \ufffctest 3")
    assert read(IMESSAGE, phone.close()).records[0].text == "test 1\ntest 2\ntest 3"


def test_a_message_that_stands_in_two_chats_is_one(tmp_path: Path, read: Callable) -> None:
    phone = Phone(tmp_path)
    number = phone.say("once")
    phone.database.execute("INSERT INTO chat_message_join VALUES (2, ?)", (number,))
    phone.say("then")
    assert [(record.text, record.thread) for record in read(IMESSAGE, phone.close()).records] == [
        ("once", "+821012345678"), ("then", "+821012345678"),
    ]  # fmt: skip


def test_changes_of_a_group_and_empty_rows_are_ignored(tmp_path: Path, read: Callable) -> None:
    phone = Phone(tmp_path)
    phone.say(None, item_type=2)
    phone.say(None, balloon_bundle_id="com.apple.game")
    phone.say(None)
    reading = read(IMESSAGE, phone.close())
    assert not reading.records and reading.ignored == 3


def test_what_is_in_the_write_ahead_log_is_read(tmp_path: Path, read: Callable) -> None:
    phone = Phone(tmp_path)
    phone.database.execute("PRAGMA journal_mode=WAL")
    phone.database.execute("PRAGMA wal_autocheckpoint=0")
    phone.say("only in the log")
    phone.database.commit()
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in tmp_path.glob("chat.db*"):
        (copy / path.name).write_bytes(path.read_bytes())
    phone.database.close()
    assert [record.text for record in read(IMESSAGE, copy).records] == ["only in the log"]


def test_an_old_database_without_the_newer_columns_is_read(tmp_path: Path, read: Callable) -> None:
    schema = """
    CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT);
    CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT);
    CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);
    CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid TEXT, text TEXT, handle_id INTEGER, service TEXT,
      date INTEGER, is_from_me INTEGER);
    INSERT INTO handle VALUES (1, '+1555'); INSERT INTO chat VALUES (1, 'iMessage;-;+1555');
    """
    phone = Phone(tmp_path, schema)
    phone.say("long ago", date=SECONDS - 400_000_000)
    (record,) = read(IMESSAGE, phone.close()).records
    assert (record.text, record.author, record.thread) == ("long ago", Identity("+1555"), "iMessage;-;+1555")


def test_reading_goes_on_after_a_row(tmp_path: Path, read: Callable) -> None:
    phone = Phone(tmp_path)
    for number in range(4):
        phone.say(f"message {number}")
    reading = read(IMESSAGE, phone.close(), "2")
    assert [record.native_id for record in reading.records] == ["G-3", "G-4"]


def test_a_cut_database_is_told_and_its_accounts_close(tmp_path: Path, read: Callable) -> None:
    phone = Phone(tmp_path)
    for number in range(2000):
        phone.say(f"message {number} " * 10)
    path = phone.close()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    reading = read(IMESSAGE, path)
    assert [row.code for row in reading.bad] == ["damaged-database"]


@pytest.mark.parametrize("lost", [1, 100, 1500, 3000, 5000])
def test_a_database_whose_last_page_is_cut_comes_to_an_end(tmp_path: Path, read: Callable, lost: int) -> None:
    phone = Phone(tmp_path)
    for number in range(8):
        phone.say(f"message {number}")
    path = phone.close()
    path.write_bytes(path.read_bytes()[:-lost])
    reading = read(IMESSAGE, path)
    assert len(reading.bad) <= 1 and reading.seen == reading.units < 20


def test_other_databases_are_left_alone(tmp_path: Path, read: Callable) -> None:
    phone = Phone(tmp_path, "CREATE TABLE message (ROWID INTEGER PRIMARY KEY); CREATE TABLE handle (id TEXT)")
    assert not read(IMESSAGE, phone.close()).matches


def test_a_summary_of_another_form_tells_nothing() -> None:
    assert history(plistlib.dumps(["x"])) == ([], False)
