"""Telegram Desktop's JSON in, messages, calls and contacts out; old and new fields, media, damage."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from darak.importers.chats.telegram import TelegramImporter
from darak.importers.tree import open_tree
from darak.records.record import Identity, Place

TELEGRAM = TelegramImporter()


def message(number: int, text: Any = "hello", **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "type": "message",
        "date": "2024-03-04T21:15:00",
        "date_unixtime": str(1709554500 + number),
        "from": "Mira",
        "from_id": "user5",
        "text": text,
        "text_entities": [],
    } | more


def chat(*messages: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": "Mira", "type": "personal_chat", "id": 5} | more | {"messages": list(messages)}


def account(*chats: dict[str, Any], contacts: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {
        "about": "Here is the data",
        "personal_information": {"user_id": 1, "first_name": "Jon"},
        "contacts": {"about": "x", "list": list(contacts)},
        "chats": {"about": "x", "list": list(chats)},
        "left_chats": {"about": "x", "list": []},
    }


def write(tmp_path: Path, data: dict[str, Any], name: str = "result.json") -> Path:
    path = tmp_path / name
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), "utf-8")
    return path


def test_one_chat_and_a_whole_account_give_the_same_records(read: Callable, tmp_path: Path) -> None:
    single = read(TELEGRAM, write(tmp_path, chat(message(1), message(2)))).records
    whole = read(TELEGRAM, write(tmp_path, account(chat(message(1), message(2))))).records
    assert [r.native_id for r in single] == [r.native_id for r in whole] == ["5/1", "5/2"]
    assert [r.text for r in whole] == ["hello", "hello"] and {r.thread for r in whole} == {"Mira"}


def test_the_instant_is_the_unix_time_and_not_the_exporting_computers_clock(read: Callable, tmp_path: Path) -> None:
    (record,) = read(TELEGRAM, write(tmp_path, chat(message(0)))).records
    assert record.time.iso() == "2024-03-04T12:15:00Z"
    old = {key: value for key, value in message(0, from_id=5).items() if key != "date_unixtime"}
    (record,) = read(TELEGRAM, write(tmp_path, chat(old))).records
    assert (record.time.iso(), record.time.zone) == ("2024-03-04T21:15:00", None)
    assert record.author == Identity("user5", "Mira")


def test_a_text_of_pieces_is_read_whole(read: Callable, tmp_path: Path) -> None:
    pieces = ["see ", {"type": "text_link", "text": "this", "href": "https://example.org/a"}, " 🙂"]
    (record,) = read(TELEGRAM, write(tmp_path, chat(message(1, pieces)))).records
    assert (record.text, record.url) == ("see this 🙂", "https://example.org/a")


def test_what_a_message_carries_is_kept(read: Callable, tmp_path: Path) -> None:
    poll = {"question": "When?", "answers": [{"text": "now", "voters": 1}, {"text": "later", "voters": 0}]}
    data = chat(
        message(1, reply_to_message_id=7, edited="2024-03-04T21:20:00", edited_unixtime="1709554800"),
        message(2, "", location_information={"latitude": 37.5, "longitude": 127.0}, place_name="Pier"),
        message(3, "", poll=poll),
        message(4, "", media_type="sticker", sticker_emoji="🐟", file="stickers/a.webp"),
        message(5, forwarded_from="News", reactions=[{"type": "emoji", "count": 2, "emoji": "❤"}]),
        message(6, "", contact_information={"first_name": "Ann", "last_name": "Lee", "phone_number": "+821"}),
        message(7, **{"from": None, "from_id": "user9"}),
    )
    reply, place, polled, sticker, forwarded, card, deleted = read(TELEGRAM, write(tmp_path, data)).records
    assert reply.parent == "5/7" and reply.extra["edited"] == "2024-03-04T12:20:00Z"
    assert place.place == Place("Pier", 37.5, 127.0) and place.text == "Pier"
    assert polled.text == "When?\n- now\n- later"
    assert sticker.text == "🐟" and sticker.extra["media_type"] == "sticker"
    assert forwarded.extra["forwarded_from"] == "News"
    assert forwarded.extra["reactions"] == [{"emoji": "❤", "count": 2}]
    assert card.text == "Ann Lee +821"
    assert deleted.author == Identity("user9") and deleted.people == (Identity("user5", "Mira"),)


def test_calls_and_notices_are_not_messages(read: Callable, tmp_path: Path) -> None:
    call = message(1, "", type="service", actor="Mira", actor_id="user5", action="phone_call", duration_seconds=60)
    joined = message(2, "", type="service", actor="Jon", actor_id="user1", action="invite_members", members=["Ann"])
    first, second = read(TELEGRAM, write(tmp_path, chat(call, joined))).records
    assert first.kind == "call" and first.end is not None
    assert first.end.local - first.time.local == timedelta(seconds=60)
    assert (second.kind, second.text, second.author) == ("other", "invite members: Ann", Identity("user1", "Jon"))


def test_contacts_are_people(read: Callable, tmp_path: Path) -> None:
    contact = {
        "user_id": 5,
        "first_name": "Mira",
        "last_name": "Oh",
        "phone_number": "+82 10 1",
        "date": "1970-01-01T09:00:00",
    }
    (record,) = read(TELEGRAM, write(tmp_path, account(contacts=(contact,)))).records
    assert record.kind == "contact" and record.title == "Mira Oh" and record.time.local is None
    assert {person.handle for person in record.people} == {"+82101", "user5"}


def test_media_that_were_exported_come_along(read: Callable, tmp_path: Path) -> None:
    data = chat(
        message(1, "", photo="photos/photo_1@04-03-2024_21-15-00.jpg"),
        message(2, "", file="(File not included. Change data exporting settings to download.)", file_name="a.pdf"),
    )
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ChatExport/result.json", json.dumps(data))
        archive.writestr("ChatExport/photos/photo_1@04-03-2024_21-15-00.jpg", b"fish")
    reading = read(TELEGRAM, path)
    photo, missing = reading.records
    assert photo.text == "photo" and photo.blobs[0].data == b"fish"
    assert missing.text == "a.pdf" and not missing.blobs and "file" not in missing.extra
    assert reading.ignored == 1


def test_every_origin_leads_back_to_its_message(read: Callable, tmp_path: Path) -> None:
    path = write(tmp_path, account(chat(message(1, "one")), chat(message(1, "둘"), id=6, name="Jon")))
    for record in read(TELEGRAM, path).records:
        start, end = map(int, record.origin.locator.removeprefix("bytes ").split("-"))
        assert json.loads(path.read_bytes()[start:end])["text"] == record.text


def test_a_file_that_is_cut_gives_what_is_whole_and_one_bad_row(read: Callable, tmp_path: Path) -> None:
    path = write(tmp_path, account(chat(*(message(n, f"number {n}") for n in range(5)))))
    whole = path.read_bytes()
    for text in (b'"number 3"', b'"number 2"'):
        path.write_bytes(whole[: whole.index(text) + 4])
        reading = read(TELEGRAM, path)
        assert [r.text for r in reading.records] == [f"number {n}" for n in range(int(text[8:9]))]
        assert [row.code for row in reading.bad] == ["cut-off"]


def test_a_damaged_message_costs_itself(read: Callable, tmp_path: Path) -> None:
    path = write(tmp_path, account(chat(*(message(n, f"number {n}") for n in range(5)))))
    path.write_bytes(path.read_bytes().replace(b'"number 2",', b'"number 2"x'))
    reading = read(TELEGRAM, path)
    assert [r.text for r in reading.records] == ["number 0", "number 1", "number 3", "number 4"]
    assert len(reading.bad) == 1


@pytest.mark.parametrize(
    "data",
    (
        {"guild": {"id": "1"}, "channel": {"id": "2"}, "messages": [{"id": "3", "type": "Default", "content": "x"}]},
        {
            "participants": [{"name": "Mira"}],
            "messages": [{"sender_name": "Mira", "timestamp_ms": 1, "type": "Generic"}],
        },
        {"about": "a page", "title": "x"},
    ),
)
def test_other_json_is_not_telegrams(tmp_path: Path, data: dict[str, Any]) -> None:
    assert TELEGRAM.detect(open_tree(write(tmp_path, data))) == []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(st.characters(exclude_categories=("Cs",)), min_size=1), min_size=1, max_size=5))
def test_any_text_is_read_back(read: Callable, tmp_path: Path, texts: list[str]) -> None:
    data = chat(*(message(n, [text, {"type": "bold", "text": text}]) for n, text in enumerate(texts)))
    assert [r.text for r in read(TELEGRAM, write(tmp_path, data)).records] == [text * 2 for text in texts]


def page(*blocks: str, name: str = "Boats &amp; co") -> str:
    head = f'<div class="page_header">\n<div class="content">\n<div class="text bold">\n{name} \n</div></div></div>'
    begin = '<!DOCTYPE html>\n<html>\n<head><meta charset="utf-8"/></head>\n<body>\n<div class="page_wrap">\n'
    body = f'<div class="page_body chat_page">\n<div class="history">\n{"".join(blocks)}</div></div></div>\n'
    return f"{begin}{head}\n{body}</body>\n</html>\n"


def said(number: int, words: str, writer: str = "", zone: str = " UTC+09:00", more: str = "") -> str:
    joined = "" if writer else " joined"
    name = f'<div class="from_name">\n{writer} \n       </div>\n' if writer else ""
    title = f"04.03.2024 21:15:{number:02d}{zone}"
    return (
        f'<div class="message default clearfix{joined}" id="message{number}">\n<div class="body">\n'
        f'<div class="pull_right date details" title="{title}">\n21:15\n       </div>\n{name}{more}'
        f'<div class="text">\n{words}\n       </div>\n</div>\n</div>\n'
    )


DAY = '<div class="message service" id="message-1">\n<div class="body details">\n4 March 2024\n</div>\n</div>\n'


def test_pages_are_read_with_the_writer_of_joined_messages(read: Callable, tmp_path: Path) -> None:
    (tmp_path / "messages.html").write_text(page(DAY, said(1, "a &lt;b&gt;<br>c", "Mira"), said(2, "more")), "utf-8")
    (tmp_path / "messages2.html").write_text(page(said(3, "still me", zone="")), "utf-8")
    (tmp_path / "messages10.html").write_text(page(said(4, "안녕", "준")), "utf-8")
    reading = read(TELEGRAM, tmp_path)
    assert [(r.text, r.author and r.author.handle) for r in reading.records] == [
        ("a <b>\nc", "Mira"),
        ("more", "Mira"),
        ("still me", "Mira"),
        ("안녕", "준"),
    ]
    first, _, third, _ = reading.records
    assert first.time.iso() == "2024-03-04T21:15:01+09:00" and third.time.zone is None
    assert (first.thread, first.native_id) == ("Boats & co", "Boats & co/1")
    assert reading.ignored == 1 and len(reading.matches) == 1


def test_what_hangs_on_a_pages_message_is_kept(read: Callable, tmp_path: Path) -> None:
    reply = '<div class="reply_to details">In reply to <a href="#go_to_message1" onclick="x">this message</a></div>\n'
    photo = '<a class="photo_wrap clearfix pull_left" href="photos/photo_1@a.jpg">\n<img class="photo" src="x"/></a>\n'
    forwarded = '<div class="forwarded body"><div class="from_name">\nNews <span class="date"> 1</span></div></div>\n'
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "photo_1@a.jpg").write_bytes(b"sail")
    blocks = (
        said(2, "yes", "Mira", more=reply),
        said(3, "look", "Jon", more=photo),
        said(4, "x", "Jon", more=forwarded),
    )
    (tmp_path / "messages.html").write_text(page(*blocks), "utf-8")
    first, second, third = read(TELEGRAM, tmp_path).records
    assert first.parent == "Boats & co/1"
    assert second.blobs[0].data == b"sail" and second.extra["files"] == ["photos/photo_1@a.jpg"]
    assert third.extra["forwarded_from"] == "News" and third.author == Identity("Jon")


def test_pages_tell_of_calls_polls_and_places(read: Callable, tmp_path: Path) -> None:
    body = '<div class="media_wrap clearfix">\n<{0} class="media clearfix pull_left {1}" href="{2}">{3}</{0}></div>\n'
    call = '<div class="title bold">\nMira\n</div>\n<div class="status details">\nOutgoing (12 seconds)\n</div>\n'
    answer = '<div class="answer">\n- now <span class="details">1 vote</span>\n</div>'
    poll = f'<div class="question bold">\nWhen?\n</div>\n{answer}'
    spot = "https://maps.google.com/maps?q=37.566500,126.978000&amp;ll=37.566500,126.978000&amp;z=16"
    kinds = (
        ("div", "media_call success", "", call),
        ("div", "media_poll", "", poll),
        ("a", "media_location", spot, ""),
    )
    empty = '<div class="text">\n\n       </div>\n'
    blocks = [said(n, "", "Mira", more=body.format(*kind)).replace(empty, "") for n, kind in enumerate(kinds, 1)]
    (tmp_path / "messages.html").write_text(page(*blocks), "utf-8")
    first, second, third = read(TELEGRAM, tmp_path).records
    assert (first.kind, first.text) == ("call", "Mira\nOutgoing (12 seconds)")
    assert second.text == "When?\n- now"
    assert third.place == Place(None, 37.5665, 126.978)


def test_damage_of_a_page_costs_one_message(read: Callable, tmp_path: Path) -> None:
    path = tmp_path / "messages.html"
    whole = page(*(said(n, f"number {n}", "Mira") for n in range(1, 6)))
    path.write_text(
        whole.replace('"message default clearfix" id="message3"', '"massage default clearfix" id="message3"')
    )
    reading = read(TELEGRAM, path)
    assert [r.text for r in reading.records] == ["number 1", "number 2", "number 4", "number 5"]
    assert len(reading.bad) == 1
    path.write_text(whole[: whole.index("number 4") + 3])
    reading = read(TELEGRAM, path)
    assert [r.text for r in reading.records] == ["number 1", "number 2", "number 3"]
    assert [row.code for row in reading.bad] == ["cut-off"]


@pytest.mark.parametrize("whole", [True, False])
def test_a_chat_that_was_exported_in_both_formats_is_there_once(read: Callable, tmp_path: Path, whole: bool) -> None:
    told = chat(message(1), message(2), name="Boats & co")
    folder = tmp_path / "chats" / "chat_001" if whole else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    write(tmp_path, account(told) if whole else told)
    (folder / "messages.html").write_text(page(said(1, "a", "Mira"), said(2, "b")), "utf-8")
    fuller = {record.native_id: record.also for record in read(TELEGRAM, tmp_path / "result.json").records}
    lesser = [record.native_id for record in read(TELEGRAM, folder / "messages.html").records]
    assert fuller == {"5/1": (lesser[0],), "5/2": (lesser[1],)}
