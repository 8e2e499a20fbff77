"""Google Chat in a Takeout: rooms and their members, threads, files, times in the account's language."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from darak.importers.chats.google_chat import GoogleChatImporter
from darak.records.record import Identity

MIRA = {"name": "Mira", "email": "Mira@example.org", "user_type": "Human"}
GAON = {"name": "가온", "email": "gaon@example.org", "user_type": "Human"}


def message(number: int, text: str | None, creator: dict[str, str] = GAON, **other: Any) -> dict[str, Any]:
    said = {} if text is None else {"text": text}
    first = {"creator": creator, "created_date": "Thursday, November 3, 2016 at 11:59:50\u202fAM UTC"}
    return {**first, **said, "topic_id": f"t{number}", "message_id": f"g/t{number}/t{number}", **other}


@pytest.fixture
def read_room(tmp_path: Path, read):
    def read_room(messages: list[dict[str, Any]], info: dict[str, Any], **files: bytes):
        room = tmp_path / "Takeout/Google Chat/Groups/DM g"
        room.mkdir(parents=True)
        (room / "messages.json").write_text(json.dumps({"messages": messages}), "utf-8")
        (room / "group_info.json").write_text(json.dumps(info), "utf-8")
        for name, data in files.items():
            (room / name.replace("__", ".")).write_bytes(data)
        user = tmp_path / "Takeout/Google Chat/Users/User 1/user_info.json"
        user.parent.mkdir(parents=True)
        user.write_text(json.dumps({"user": MIRA, "membership_info": [{"group_id": "DM g"}]}), "utf-8")
        return read(GoogleChatImporter(), tmp_path)

    return read_room


def test_a_talk_of_two_is_named_by_the_other_one(read_room) -> None:
    reading = read_room([message(1, "새 봤어?"), message(2, "yes", MIRA)], {"members": [MIRA, GAON]})
    first, second = reading.records
    assert (first.thread, first.author) == ("가온", Identity("gaon@example.org", "가온"))
    assert first.people == (Identity("mira@example.org", "Mira"),)
    assert second.people == (Identity("gaon@example.org", "가온"),)
    assert (first.time.iso(), first.time.zone) == ("2016-11-03T11:59:50Z", "UTC")
    assert reading.bad == [] and reading.ignored == 2


def test_replies_name_what_began_their_topic_and_rooms_have_names(read_room) -> None:
    reply = message(1, "me too", MIRA, message_id="g/t1/m9")
    reading = read_room([message(1, "I saw a heron"), reply], {"name": "Birds", "members": [MIRA, GAON, GAON]})
    assert [(r.thread, r.parent) for r in reading.records] == [("Birds", None), ("Birds", "g/t1/t1")]


def test_files_come_with_their_messages_and_empty_messages_are_none(read_room) -> None:
    files = [{"original_name": "1?a=3.png", "export_name": "File-1?a=3.png"}]
    messages = [message(1, None, attached_files=files), message(2, None)]
    reading = read_room(messages, {"members": [MIRA, GAON]}, **{"File-1_a=3__png": b"\x89PNG heron"})
    (record,) = reading.records
    assert [blob.name for blob in record.blobs] == ["File-1?a=3.png"] and record.extra["files"] == ["File-1?a=3.png"]


@pytest.mark.parametrize(
    "written",
    ["2016년 11월 3일 목요일 오전 11시 59분 50초 UTC", "Donnerstag, 3. November 2016 um 11:59:50 UTC"],
)
def test_times_of_other_languages(read_room, written: str) -> None:
    (record,) = read_room([message(1, "hi", created_date=written)], {"members": [MIRA, GAON]}).records
    assert record.time.iso() == "2016-11-03T11:59:50Z" and record.time.written == written


def test_a_message_whose_time_cannot_be_read_is_told(read_room) -> None:
    reading = read_room([message(1, "hi", created_date="someday")], {"members": []})
    assert [bad.code for bad in reading.bad] == ["bad-entry"]
