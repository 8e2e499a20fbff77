"""Exports of Facebook and Instagram in, messages, posts and comments out; and which of the two an export is of."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darak.importers.chats.facebook import FacebookImporter
from darak.importers.chats.instagram import InstagramImporter
from darak.importers.formats.mojibake import repaired
from darak.importers.importer import Importer
from darak.importers.registry import find_matches
from darak.importers.tree import open_tree
from darak.records.record import Identity, Place, Record

FACEBOOK, INSTAGRAM = FacebookImporter(), InstagramImporter()
BOTH: dict[str, Importer] = {"facebook": FACEBOOK, "instagram": INSTAGRAM}
Json = dict[str, Any]
MOMENT = 1700000000


def mangled(value: Any) -> Any:
    """The value as Meta writes it: each byte of a text as a character."""
    if isinstance(value, str):
        return value.encode().decode("latin-1")
    if isinstance(value, list):
        return [mangled(one) for one in value]
    return {key: mangled(one) for key, one in value.items()} if isinstance(value, dict) else value


def write(folder: Path, name: str, value: Any, mangle: bool = True) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(mangled(value) if mangle else value, indent=2), "utf-8")
    return path


def message(text: str | None, sender: str = "가온", **other: Any) -> Json:
    said = {} if text is None else {"content": text}
    return {"sender_name": sender, "timestamp_ms": MOMENT * 1000 + 123} | said | other


def thread(*messages: Json, path: str = "inbox/gaon_42", **other: Any) -> Json:
    people = [{"name": "가온"}, {"name": "Mira Öz"}]
    return {"participants": people, "messages": list(messages), "title": "가온", "thread_path": path} | other


def test_a_message_says_who_when_and_where(tmp_path: Path, read: Callable) -> None:
    said = message("점심 먹자 😀", reactions=[{"reaction": "👍", "actor": "Mira Öz"}])
    write(tmp_path, "messages/inbox/gaon_42/message_1.json", thread(said))
    (record,) = read(FACEBOOK, tmp_path).records
    assert (record.text, record.author, record.people) == (
        "점심 먹자 😀", Identity("가온"), (Identity("Mira Öz"),),
    )  # fmt: skip
    assert (record.thread, record.extra["chat"]) == ("gaon_42", "가온")
    assert record.time.iso() == "2023-11-14T22:13:20.123Z" and record.source == "facebook"
    assert record.extra["reactions"] == [{"by": "Mira Öz", "sign": "👍"}]


def test_the_origin_names_the_elements_bytes(tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, "message_1.json", thread(message("one"), message("two")))
    for record in read(FACEBOOK, path).records:
        start, end = map(int, record.origin.locator.removeprefix("bytes ").split("-"))
        assert json.loads(path.read_bytes()[start:end])["content"] == record.text
        assert record.thread == "gaon_42"


def test_an_archived_conversation_stays_the_same_thread(tmp_path: Path, read: Callable) -> None:
    write(tmp_path, "messages/archived_threads/gaon_42/message_1.json", thread(message("x"), path="archived/gaon_42"))
    assert [record.thread for record in read(FACEBOOK, tmp_path).records] == ["gaon_42"]


def test_calls_links_and_files(tmp_path: Path, read: Callable) -> None:
    photo = {"uri": "messages/inbox/gaon_42/photos/1.jpg", "creation_timestamp": MOMENT}
    said = [
        message("Gaon called you.", call_duration=90),
        message("look", share={"link": "https://e.org/a"}),
        message(None, photos=[photo]),
        message(None, sticker={"uri": "messages/stickers_used/7.png"}),
    ]
    write(tmp_path, "messages/inbox/gaon_42/message_1.json", thread(*said))
    (tmp_path / "messages/inbox/gaon_42/photos").mkdir()
    (tmp_path / "messages/inbox/gaon_42/photos/1.jpg").write_bytes(b"JPEG")
    call, link, picture, sticker = read(FACEBOOK, tmp_path).records
    assert call.kind == "call" and call.end is not None and call.end.iso() == "2023-11-14T22:14:50.123Z"
    assert (link.text, link.url) == ("look\nhttps://e.org/a", "https://e.org/a")
    assert picture.text == "1.jpg" and [blob.data for blob in picture.blobs] == [b"JPEG"]
    assert sticker.text == "7.png" and not sticker.blobs


def test_unsent_and_empty_messages_are_ignored(tmp_path: Path, read: Callable) -> None:
    reading = read(FACEBOOK, write(tmp_path, "message_1.json", thread(message(None, is_unsent=True), message(None))))
    assert not reading.records and reading.ignored == 2


def test_changes_of_a_group_say_so(tmp_path: Path, read: Callable) -> None:
    said = [message("Mira left the group.", type="Unsubscribe"), message("Mira joined.", users=[{"name": "Mira"}])]
    records = read(FACEBOOK, write(tmp_path, "message_1.json", thread(*said))).records
    assert [record.extra["group_change"] for record in records] == [True, True]


def test_a_file_of_messages_alone_is_read(tmp_path: Path, read: Callable) -> None:
    (record,) = read(FACEBOOK, write(tmp_path, "log.json", {"messages": [message("hello")]})).records
    assert record.text == "hello" and record.thread is None


def test_chats_encrypted_end_to_end_have_a_form_of_their_own(tmp_path: Path, read: Callable) -> None:
    said = {"isUnsent": False, "media": [], "reactions": [], "senderName": "Mira Öz", "text": "안녕", "type": "text"}
    chat = {
        "participants": ["Mira Öz", "가온"],
        "threadName": "Mira_3",
        "messages": [said | {"timestamp": MOMENT * 1000}],
    }
    (record,) = read(FACEBOOK, write(tmp_path, "Mira_3.json", chat, mangle=False)).records
    assert (record.text, record.author, record.thread) == ("안녕", Identity("Mira Öz"), "Mira")


POST = {
    "timestamp": MOMENT,
    "attachments": [
        {"data": [{"external_context": {"url": "https://e.org/b", "name": "A door"}}]},
        {"data": [{"place": {"name": "Busan", "coordinate": {"latitude": 35.1, "longitude": 129.0}}}]},
    ],
    "data": [{"post": "새 문을 달았다"}, {"update_timestamp": MOMENT}],
    "title": "Mira Öz shared a link.",
    "tags": [{"name": "가온"}],
}


def test_posts_have_their_text_link_place_and_people(tmp_path: Path, read: Callable) -> None:
    write(tmp_path, "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json", [POST])
    (record,) = read(FACEBOOK, tmp_path).records
    assert record.text == "새 문을 달았다\nA door\nBusan\nhttps://e.org/b"
    assert (record.place, record.people) == (Place("Busan", 35.1, 129.0), (Identity("가온"),))
    assert (record.kind, record.time.iso(), record.author) == ("post", "2023-11-14T22:13:20Z", Identity("me"))


def test_comments_on_facebook(tmp_path: Path, read: Callable) -> None:
    comment = {"timestamp": MOMENT, "comment": "축하해!", "author": "Mira Öz"}
    value = {"comments_v2": [{"timestamp": MOMENT, "data": [{"comment": comment}], "title": "Mira commented."}]}
    (record,) = read(FACEBOOK, write(tmp_path, "comments.json", value)).records
    assert (record.text, record.extra) == ("축하해!", {"comment": True, "what": "Mira commented."})


def test_instagram_posts_and_stories(tmp_path: Path, read: Callable) -> None:
    exif = {"photo_metadata": {"exif_data": [{"latitude": 35.1, "longitude": 129.0}]}}
    single = {
        "media": [{"uri": "media/posts/1.jpg", "creation_timestamp": MOMENT, "title": "봄", "media_metadata": exif}]
    }
    several = {"media": [{"uri": "media/posts/2.jpg", "creation_timestamp": 1}] * 2, "title": "door"}
    write(tmp_path, "content/posts_1.json", [single, several | {"creation_timestamp": MOMENT + 1}])
    story = {"uri": "media/stories/3.mp4", "creation_timestamp": MOMENT + 2, "title": ""}
    write(tmp_path, "content/stories.json", {"ig_stories": [story]})
    (tmp_path / "media/posts").mkdir(parents=True)
    (tmp_path / "media/posts/1.jpg").write_bytes(b"JPEG")
    spring, door, film = read(INSTAGRAM, tmp_path).records
    assert (spring.text, spring.place, len(spring.blobs)) == ("봄", Place(None, 35.1, 129.0), 1)
    assert (door.text, door.time.written, film.text) == ("door", str(MOMENT + 1), "3.mp4")


def test_instagram_comments_in_any_language(tmp_path: Path, read: Callable) -> None:
    fields = {"댓글": {"value": "멋지다"}, "미디어 소유자": {"value": "mira"}, "시간": {"timestamp": MOMENT}}
    value = [{"media_list_data": [{"uri": ""}], "string_map_data": fields}]
    (record,) = read(INSTAGRAM, write(tmp_path, "comments/post_comments_1.json", value)).records
    assert (record.text, record.people) == ("멋지다", (Identity("mira"),))


def test_instagram_comments_of_older_exports(tmp_path: Path, read: Callable) -> None:
    entry = {"title": "mira", "string_list_data": [{"timestamp": MOMENT, "value": "멋지다"}]}
    (record,) = read(INSTAGRAM, write(tmp_path, "post_comments.json", {"comments_media_comments": [entry]})).records
    assert (record.text, record.people, record.time.written) == ("멋지다", (Identity("mira"),), str(MOMENT))


@pytest.mark.parametrize(
    ("name", "said", "owner"),
    [
        ("instagram-me/messages/inbox/gaon_42/message_1.json", {}, "instagram"),
        ("your_instagram_activity/messages/inbox/gaon_42/message_1.json", {}, "instagram"),
        ("your_facebook_activity/messages/inbox/gaon_42/message_1.json", {}, "facebook"),
        ("message_1.json", {"share": {"link": "https://www.instagram.com/p/1"}}, "instagram"),
        ("message_1.json", {}, "facebook"),
        ("facebook and others/instagram-me/messages/inbox/gaon_42/message_1.json", {}, "instagram"),
        ("instagram/facebook-me/messages/inbox/gaon_42/message_1.json", {}, "facebook"),
    ],
)
def test_messages_go_to_the_service_they_are_of(name: str, said: Json, owner: str, tmp_path: Path) -> None:
    write(tmp_path, name, thread(message("x", **said)))
    matches, unknown = find_matches(open_tree(tmp_path), BOTH)
    assert [match.importer for match in matches] == [owner] and not unknown


def test_the_name_of_what_is_imported_tells_the_service_too(tmp_path: Path) -> None:
    for folder, owner in (("instagram-me-2025", "instagram"), ("facebook-me", "facebook"), ("chats", "facebook")):
        write(tmp_path / folder, "messages/inbox/gaon_42/message_1.json", thread(message("x")))
        (match,), _ = find_matches(open_tree(tmp_path / folder), BOTH)
        assert match.importer == owner


@pytest.mark.parametrize(
    "other",
    [
        [{"title": "A door", "timestamp": MOMENT, "data": [{"value": 3}], "place": "Busan", "media": []}],
        [{"timestamp": MOMENT, "attachments": [{"file": "a.jpg"}], "data": [], "title": "x", "post": "y"}],
        {"messages": [{"sender_name": "가온", "text": "hello", "sent": "2024-01-02"}]},
    ],
)
def test_what_only_looks_alike_is_of_neither(other: Any, tmp_path: Path) -> None:
    matches, _ = find_matches(open_tree(write(tmp_path, "log.json", other)), BOTH)
    assert not matches


def test_other_files_of_an_export_are_counted_and_left(tmp_path: Path, read: Callable) -> None:
    write(tmp_path, "messages/inbox/gaon_42/message_1.json", thread(message("x")))
    write(tmp_path, "preferences/preferences.json", {"preferences": []})
    write(tmp_path, "elsewhere/list.json", [{"a": 1}])
    reading = read(FACEBOOK, tmp_path)
    assert reading.ignored == 1 and "elsewhere/list.json" not in reading.matches[0].members


def test_a_file_cut_off_keeps_all_whole_messages(tmp_path: Path, read: Callable) -> None:
    path = write(
        tmp_path, "messages/inbox/gaon_42/message_1.json", thread(message("one"), message("two"), message("three"))
    )
    path.write_bytes(path.read_bytes()[: path.read_bytes().index(b"three")])
    reading = read(FACEBOOK, tmp_path)
    assert [record.text for record in reading.records] == ["one", "two"]
    assert [row.code for row in reading.bad] == ["cut-off"]


def block(sender: str, body: str, time: str, tag: str = "div") -> str:
    """A message as a page of Messenger (`section`, the time in an element of its own) or Instagram (`div`) has it."""
    shown = f'<div class="_a72d">{time}</div>' if tag == "section" else time
    return (
        f'<{tag} class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><h2 class="_3-95 _2pim _a6-h _a6-i">{sender}</h2>'
        f'<div class="_3-95 _a6-p"><div><div></div><div>{body}</div><div></div></div></div>'
        f'<div class="_3-94 _a6-o">{shown}</div></{tag}>'
    )


def write_page(folder: Path, *blocks: str, service: str = "instagram") -> Path:
    path = folder / f"your_{service}_activity/messages/inbox/gaon_42/message_1.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    head = "<html><head><title>가온</title></head><body><main class='_a706'>"
    path.write_text(f"{head}{''.join(blocks)}</main></body></html>", "utf-8")
    return path


@pytest.mark.parametrize(
    ("importer", "tag", "service"), [(INSTAGRAM, "div", "instagram"), (FACEBOOK, "section", "facebook")]
)
def test_pages_of_conversations_are_read(
    importer: Importer, tag: str, service: str, tmp_path: Path, read: Callable
) -> None:
    liked = '점심 &amp; 커피?</div><div><ul class="_a6-q"><li>❤ Mira</li></ul>'
    uri = "messages/inbox/gaon_42/photos/1.jpg"
    photo = f'<video src="{uri}"><a href="{uri}"><div>Click for video:</div></a></video>'
    people = '<div class="pam _a6-g"><div class="_a6-p">Participants: 가온 and Mira</div></div>'
    people += '<div class="pam _a6-g"><h2 class="_3-95 _2pim _a6-h _a6-i">Participants: 가온 and Mira</h2></div>'
    people += '<div class="pam _a6-g"><h2 class="_a6-h _a6-i">Group photo</h2><img src="x.jpg"/></div>'
    said = [("가온", liked, "Jan 02, 2025 9:00 pm"), ("Mira", photo, "Jan 02, 2025 9:05:07 am")]
    path = write_page(tmp_path, people, *(block(*one, tag) for one in said), service=service)
    (path.parent / "photos").mkdir()
    reading = read(importer, tmp_path)
    first, second = reading.records
    assert (first.text, first.author, first.thread) == ("점심 & 커피?", Identity("가온"), "gaon_42")
    assert first.extra == {"chat": "가온", "reactions": ["❤ Mira"]} and first.source == service
    zone = "-08:00" if service == "instagram" else None
    assert (first.time.iso()[:16], first.time.zone) == ("2025-01-02T21:00", zone)
    assert (second.text, second.time.iso()[:19]) == ("1.jpg", "2025-01-02T09:05:07")
    assert reading.ignored == 3 and not reading.bad
    start, end = map(int, first.origin.locator.removeprefix("bytes ").split("-"))
    assert "점심 &amp; 커피?" in path.read_bytes()[start:end].decode()


def test_a_page_that_is_damaged_or_cut_off_keeps_the_rest(tmp_path: Path, read: Callable) -> None:
    path = write_page(tmp_path, *(block("가온", f"number {n}", "Jan 02, 2025 9:00 pm") for n in range(5)))
    whole = path.read_text("utf-8")
    path.write_text(whole.replace("_a6-o", "_a6-x", 1), "utf-8")
    damaged = read(INSTAGRAM, tmp_path)
    assert [record.text for record in damaged.records] == [f"number {n}" for n in range(1, 5)]
    assert [row.code for row in damaged.bad] == ["damaged"]
    path.write_text(whole[: whole.index("number 4")], "utf-8")
    cut = read(INSTAGRAM, tmp_path)
    assert len(cut.records) == 4 and [row.code for row in cut.bad] == ["cut-off"]


@pytest.mark.parametrize(
    "written",
    [
        "Jan 02, 2025 9:00 pm", "Jan. 2, 2025, 9:00 p.m.", "January 2, 2025 at 9:00 PM", "02 Jan 2025, 21:00",
        "2025년 1월 2일 오후 9:00", "2025. 1. 2. 오후 9:00", "1월 02, 2025 9:00 오후", "1月 02, 2025 9:00 午後",
        "2025年1月2日 21:00", "2 de enero de 2025, 21:00", "ene 02, 2025 9:00 p. m.", "2 janvier 2025 à 21:00",
        "02. Januar 2025, 21:00", "2 gen 2025, 21:00", "2 января 2025, 21:00", "2 stycznia 2025 21:00",
        "02.01.2025 21:00", "2025/01/02 21:00", "2 Ocak 2025 21:00", "jan 02, 2025 9:00 PM",
        "jan 02, 2025 9:00 da tarde/noite", "ene 02, 2025 9:00 de la noche", "Oca 02, 2025 9:00 ös",
        "Tháng 1 02, 2025 9:00 ch",
    ],
)  # fmt: skip
def test_times_are_read_in_the_accounts_language(written: str, tmp_path: Path, read: Callable) -> None:
    write_page(tmp_path, block("가온", "x", written))
    (record,) = read(INSTAGRAM, tmp_path).records
    assert (record.time.iso(), record.time.zone) == ("2025-01-02T21:00-08:00", "-08:00")


@pytest.mark.parametrize(
    ("written", "epoch"), [("Aug 09, 2026 9:49 am", 1786297740), ("Dec 29, 2025 1:46 pm", 1767044760)]
)
def test_instagrams_pages_are_eight_hours_behind_in_summer_and_winter(
    written: str, epoch: int, tmp_path: Path, read: Callable
) -> None:
    write_page(tmp_path, block("가온", "x", written))
    (record,) = read(INSTAGRAM, tmp_path).records
    assert record.time.instant("Asia/Seoul") == epoch * 1000


def test_pages_of_older_exports_are_read(tmp_path: Path, read: Callable) -> None:
    page = "<html><head><title>Mira</title></head><body>" + "".join(
        f'<div class="pam _3-95 _2pi0 _2lej uiBoxWhite noborder"><div class="_3-96 _2pio _2lek _2lel">{who}</div>'
        f'<div class="_3-96 _2let"><div><div></div><div>{what}</div></div></div>'
        f'<div class="_3-94 _2lem">{when}</div></div>'
        for who, what, when in (("Mira", "hi", "Jan 17, 2020, 8:49 PM"), ("가온", "응", "Jan 17, 2020, 8:50 PM"))
    )
    path = tmp_path / "facebook-mira/messages/inbox/mira_1/message_1.html"
    path.parent.mkdir(parents=True)
    path.write_text(page + "</body></html>", "utf-8")
    reading = read(FACEBOOK, tmp_path)
    assert [(record.author.handle, record.text, record.time.iso()) for record in reading.records] == [
        ("Mira", "hi", "2020-01-17T20:49"),
        ("가온", "응", "2020-01-17T20:50"),
    ]


def test_a_time_in_a_language_that_is_not_known_is_told(tmp_path: Path, read: Callable) -> None:
    write_page(tmp_path, block("가온", "x", "2 สิงหาคม 2568, 21:00"))
    reading = read(INSTAGRAM, tmp_path)
    assert [record.time.iso() for record in reading.records] == [""]
    assert [flaw.code for flaw in reading.flaws] == ["unread-time"]


def test_people_that_are_mentioned_by_number_are_called_by_name(tmp_path: Path, read: Callable) -> None:
    write(tmp_path, "posts/your_posts_1.json", [{"timestamp": MOMENT, "data": [{"post": "hi @[12:2048:Mira Öz]!"}]}])
    assert [record.text for record in read(FACEBOOK, tmp_path).records] == ["hi Mira Öz!"]


def test_pages_outside_the_messages_are_left_alone(tmp_path: Path, read: Callable) -> None:
    path = write_page(tmp_path, block("Mira updated her status.", "x", "Jan 02, 2025 9:00 pm"))
    (tmp_path / "posts").mkdir()
    path.rename(tmp_path / "posts/your_posts_1.html")
    assert not read(INSTAGRAM, tmp_path).matches


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_is_repaired(text: str) -> None:
    assert repaired(mangled(text)) == text


def test_a_text_that_is_not_mangled_is_left() -> None:
    assert [repaired(text) for text in ("안녕", "café", "plain")] == ["안녕", "café", "plain"]


@given(st.lists(st.text(st.characters(codec="utf-8")).filter(str.strip), max_size=5))
@settings(max_examples=60, deadline=None)
def test_any_message_is_read_back(tmp_path_factory: Any, texts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("meta")
    tree = open_tree(write(folder, "messages/inbox/gaon_42/message_1.json", thread(*map(message, texts))).parent)
    found = [item for match in FACEBOOK.detect(tree) for item in FACEBOOK.read(tree, match)]
    assert [item.text for item in found if isinstance(item, Record)] == [text.strip() for text in texts]
