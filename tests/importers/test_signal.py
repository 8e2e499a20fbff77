"""Signal in, messages out: the app's own export, what is meant to vanish, and what signal-export wrote."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from darak.importers.chats.signal import SignalImporter
from darak.importers.tree import open_tree
from darak.records.record import Identity, record_id

SIGNAL = SignalImporter()

MIRA = UUID("11111111-2222-4333-8444-555555555555")
START = 1709554500000


def frames(shift: int = 0) -> list[dict[str, Any]]:
    """What stands before the messages; numbers of recipients and chats differ from phone to phone."""
    mira = {"aci": base64.b64encode(MIRA.bytes).decode(), "e164": "821000000", "profileGivenName": "Mira"}
    group = {"masterKey": "a2V5", "snapshot": {"title": {"title": "Boats"}}}
    return [
        {"version": "1", "backupTimeMs": "1709600000000"},
        {"account": {"givenName": "Jon", "familyName": "Kay"}},
        {"recipient": {"id": str(1 + shift), "self": {}}},
        {"recipient": {"id": str(2 + shift), "contact": mira}},
        {"recipient": {"id": str(3 + shift), "group": group}},
        {"chat": {"id": str(10 + shift), "recipientId": str(2 + shift)}},
        {"chat": {"id": str(11 + shift), "recipientId": str(3 + shift)}},
    ]


def item(number: int, text: str = "hello", author: int = 2, chat: int = 10, **more: Any) -> dict[str, Any]:
    said = {"standardMessage": {"text": {"body": text}}} if text else {}
    stamp = {"chatId": str(chat), "authorId": str(author), "dateSent": str(START + number)}
    return {"chatItem": stamp | said | more}


def write(folder: Path, lines: list[dict[str, Any]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "main.jsonl").write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return folder


def test_messages_know_their_chat_writer_and_millisecond(read: Callable, tmp_path: Path) -> None:
    reading = read(SIGNAL, write(tmp_path / "e", [*frames(), item(1), item(2, "hi", 1), item(3, "all", 2, 11)]))
    first, own, group = reading.records
    assert (first.author, first.thread) == (Identity("+821000000", "Mira"), "Mira")
    assert first.time.iso() == "2024-03-04T12:15:00.001Z"
    assert own.author == Identity("me", "Jon Kay") and own.people == (Identity("+821000000", "Mira"),)
    assert (group.thread, group.people) == ("Boats", ())
    assert reading.ignored == 7


def test_another_phones_numbers_are_the_same_messages(read: Callable, tmp_path: Path) -> None:
    old = read(SIGNAL, write(tmp_path / "a", [*frames(), item(1), item(2, "all", 2, 11)])).records
    new = read(
        SIGNAL, write(tmp_path / "b", [*frames(100), item(1, "hello", 102, 110), item(2, "all", 102, 111)])
    ).records
    assert [record_id(r) for r in old] == [record_id(r) for r in new]


def test_what_was_meant_to_vanish_is_not_taken_in(read: Callable, tmp_path: Path) -> None:
    lines = [
        item(1, expiresInMs="3600000", expireStartDate=str(START)),
        item(2, "", remoteDeletedMessage={}),
        item(3, "", viewOnceMessage={}),
        item(4, "", updateMessage={"simpleUpdate": {"type": "IDENTITY_UPDATE"}}),
        item(5, "kept", expiresInMs="0"),
    ]
    reading = read(SIGNAL, write(tmp_path / "e", [*frames(), *lines]))
    assert [r.text for r in reading.records] == ["kept"] and reading.ignored == 7 + 4


def test_replies_reactions_edits_and_links_are_kept(read: Callable, tmp_path: Path) -> None:
    rich = {
        "text": {"body": "look"},
        "quote": {"targetSentTimestamp": str(START + 1), "authorId": "2", "text": {"body": "hello"}},
        "reactions": [{"emoji": "👍", "authorId": "2", "sentTimestamp": "1"}],
        "linkPreview": [{"url": "https://example.org/a"}],
    }
    before = item(2, "lok", 1)
    edited = item(9, "", 1, standardMessage=rich, revisions=[before["chatItem"]])
    (older,) = read(SIGNAL, write(tmp_path / "older", [*frames(), before])).records
    first, reply = read(SIGNAL, write(tmp_path / "e", [*frames(), item(1), edited])).records
    assert record_id(reply) == record_id(older) and reply.time == older.time
    assert reply.parent == first.native_id and reply.url == "https://example.org/a"
    assert reply.extra == {"reactions": [{"emoji": "👍", "by": "Mira"}], "earlier": ["lok"], "quoted": "hello"}


@pytest.mark.parametrize(
    ("said", "text"),
    (
        ({"stickerMessage": {"sticker": {"emoji": "🐟"}}}, "🐟"),
        ({"contactMessage": {"contact": {"name": {"givenName": "Ann"}, "number": [{"value": "+82"}]}}}, "Ann\n+82"),
        ({"poll": {"question": "When?", "options": [{"option": "now"}]}}, "When?\n- now"),
        ({"paymentNotification": {"amountMob": "2", "note": "lunch"}}, "2 MOB lunch"),
        ({"directStoryReplyMessage": {"textReply": {"text": {"body": "nice"}}}}, "nice"),
    ),
)
def test_every_kind_of_message_has_words(read: Callable, tmp_path: Path, said: dict[str, Any], text: str) -> None:
    (record,) = read(SIGNAL, write(tmp_path / "e", [*frames(), item(1, "", **said)])).records
    assert (record.kind, record.text) == ("message", text)


def test_a_kind_that_is_not_known_is_told(read: Callable, tmp_path: Path) -> None:
    reading = read(SIGNAL, write(tmp_path / "e", [*frames(), item(1, "", hologramMessage={})]))
    assert [row.code for row in reading.bad] == ["bad-entry"]


def test_who_is_mentioned_is_named(read: Callable, tmp_path: Path) -> None:
    ranges = [
        {"start": 9, "length": 1, "mentionAci": base64.b64encode(bytes(16)).decode()},
        {"start": 3, "length": 1, "mentionAci": base64.b64encode(MIRA.bytes).decode()},
        {"start": 0, "length": 2, "style": "BOLD"},
    ]
    said = {"standardMessage": {"text": {"body": "hi \ufffc, and \ufffc!", "bodyRanges": ranges}}}
    (record,) = read(SIGNAL, write(tmp_path / "e", [*frames(), item(1, "", **said)])).records
    assert record.text == "hi @Mira, and \ufffc!"


def test_calls_are_calls(read: Callable, tmp_path: Path) -> None:
    call = {
        "individualCall": {
            "type": "VIDEO_CALL", "direction": "INCOMING", "state": "ACCEPTED",
            "startedCallTimestamp": str(START), "endedCallTimestamp": str(START + 60_000),
        }
    }  # fmt: skip
    (record,) = read(SIGNAL, write(tmp_path / "e", [*frames(), item(1, "", updateMessage=call)])).records
    assert (record.kind, record.text) == ("call", "incoming, video call, accepted")
    assert record.end is not None and record.end.iso() == "2024-03-04T12:16:00.000Z"


def test_files_come_along_by_the_hash_of_their_bytes(read: Callable, tmp_path: Path) -> None:
    digest = bytes(range(32))
    pointer = {
        "contentType": "image/jpeg",
        "fileName": "sail.jpg",
        "locatorInfo": {"plaintextHash": base64.b64encode(digest).decode()},
    }
    folder = write(tmp_path / "e", [*frames(), item(1, "", standardMessage={"attachments": [{"pointer": pointer}]})])
    (folder / "files" / "00").mkdir(parents=True)
    (folder / "files" / "00" / f"{digest.hex()}.jpg").write_bytes(b"sail")
    reading = read(SIGNAL, folder)
    assert reading.records[0].text == "sail.jpg" and reading.records[0].blobs[0].data == b"sail"
    assert len(reading.matches[0].members) == 2


def test_a_damaged_line_costs_itself_and_a_cut_only_the_last(read: Callable, tmp_path: Path) -> None:
    folder = write(tmp_path / "e", [*frames(), *(item(n, f"number {n}") for n in range(4))])
    path = folder / "main.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b'"number 1"', b'"number 1'))
    reading = read(SIGNAL, folder)
    assert [r.text for r in reading.records] == ["number 0", "number 2", "number 3"]
    assert [row.code for row in reading.bad] == ["damaged"]
    path.write_bytes(whole[:-20])
    reading = read(SIGNAL, folder)
    assert [r.text for r in reading.records] == ["number 0", "number 1", "number 2"]
    assert [row.code for row in reading.bad] == ["cut-off"]


def test_signal_export_tells_a_chat_as_json_lines(read: Callable, tmp_path: Path) -> None:
    folder = tmp_path / "Mira"
    (folder / "media").mkdir(parents=True)
    (folder / "media" / "a b.jpg").write_bytes(b"sail")
    message = {
        "date": "2024-03-04T21:15:00", "sender": "Mira", "body": "look  ", "quote": "\n\n> where?\n\n", "sticker": None,
        "reactions": [["Me", "👍"]], "attachments": [{"name": "a b.jpg", "path": "./media/a%20b.jpg"}],
    }  # fmt: skip
    (folder / "data.json").write_text(json.dumps(message) + "\n" + json.dumps(message | {"deleted": True}) + "\n")
    (folder / "chat.md").write_text("[2024-03-04 21:15:00] Mira: look  \n\n")
    reading = read(SIGNAL, tmp_path)
    (record,) = reading.records
    assert (record.thread, record.author, record.text) == ("Mira", Identity("Mira"), "look\na b.jpg")
    assert record.extra["reactions"] == [{"emoji": "👍", "by": "Me"}] and record.extra["quoted"] == "where?"
    assert record.blobs[0].data == b"sail" and record.time.zone is None
    assert reading.ignored == 2


@pytest.mark.parametrize("stamp", ("2024-03-04, 21:{:02d}", "2024-03-04 21:15:{:02d}"))
def test_signal_export_tells_a_chat_as_text(read: Callable, tmp_path: Path, stamp: str) -> None:
    lines = [f"[{stamp.format(n)}] {'Me' if n % 2 else 'Mira'}: number {n}  \nmore  \n\n" for n in range(3)]
    path = tmp_path / "Mira" / "chat.md"
    path.parent.mkdir()
    path.write_text("".join(lines), "utf-8")
    records = read(SIGNAL, tmp_path).records
    assert [r.text for r in records] == [f"number {n}  \nmore" for n in range(3)]
    assert [r.author and r.author.handle for r in records] == ["Mira", "Me", "Mira"]
    assert {r.thread for r in records} == {"Mira"}
    path.write_text("".join(lines).replace("]", "x", 1), "utf-8")
    reading = read(SIGNAL, path)
    assert len(reading.records) == 2 or not reading.matches


def test_whatsapp_and_logs_are_not_signals(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("[2024-03-04 21:15:00] Mira: hello\n[2024-03-04 21:15:01] Jon: hi\n")
    (tmp_path / "b.jsonl").write_text('{"date": "2024-03-04", "level": "info"}\n{"recipient": 1}\n')
    assert SIGNAL.detect(open_tree(tmp_path)) == []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(st.characters(exclude_categories=("Cs",)), min_size=1), min_size=1, max_size=5))
def test_any_text_is_read_back(read: Callable, tmp_path: Path, texts: list[str]) -> None:
    lines = [*frames(), *(item(n, text) for n, text in enumerate(texts))]
    assert [r.text for r in read(SIGNAL, write(tmp_path / "e", lines)).records] == texts
