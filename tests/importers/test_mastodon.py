"""Mastodon's archive in, posts and boosts out: warnings, polls, people, files, favourites, damage."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from darak.importers.social.mastodon import MastodonImporter
from darak.records.record import Identity

MASTODON = MastodonImporter()
Json = dict[str, Any]
ME = "https://m.example/users/mira"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


def write(folder: Path, items: list[Any], name: str = "outbox.json") -> Path:
    head = {"@context": "https://www.w3.org/ns/activitystreams", "id": name, "type": "OrderedCollection"}
    path = folder / name
    path.write_text(json.dumps(head | {"totalItems": len(items), "orderedItems": items}, indent=1), "utf-8")
    return path


def note(key: int, content: str, **other: Any) -> Json:
    thing = {"id": f"{ME}/statuses/{key}", "type": "Note", "summary": None, "inReplyTo": None, "content": content}
    thing |= {"published": "2024-01-02T03:04:05Z", "attributedTo": ME, "to": [PUBLIC], "cc": []} | other
    activity = {"id": f"{ME}/statuses/{key}/activity", "type": "Create", "actor": ME}
    return activity | {"published": "2024-01-02T03:04:05Z", "object": thing}


def actor(folder: Path) -> None:
    value = {"id": ME, "type": "Person", "preferredUsername": "mira", "name": "Mira Öz", "outbox": "outbox.json"}
    (folder / "actor.json").write_text(json.dumps(value), "utf-8")


def test_a_post_is_read_as_text(tmp_path: Path, read: Callable) -> None:
    actor(tmp_path)
    mention = [{"type": "Mention", "name": "@gaon@other.example"}, {"type": "Mention", "name": "@sora"}]
    write(
        tmp_path, [note(1, "<p>문을<br>고쳤다</p>", summary="목공", tag=mention, inReplyTo="https://other.example/9")]
    )
    (record,) = read(MASTODON, tmp_path).records
    assert record.text == "목공\n\n문을\n고쳤다"
    assert record.author == Identity("@mira@m.example", "Mira Öz")
    assert record.people == (Identity("@gaon@other.example"), Identity("@sora@m.example"))
    assert (record.parent, record.native_id) == ("https://other.example/9", f"{ME}/statuses/1")
    assert record.time.iso() == "2024-01-02T03:04:05Z" and record.kind == "post"


def test_who_could_see_a_post(tmp_path: Path, read: Callable) -> None:
    direct = note(1, "<p>a</p>", to=["https://other.example/users/gaon"])
    items = [
        direct,
        note(2, "<p>b</p>", to=[f"{ME}/followers"]),
        note(3, "<p>c</p>", to=[f"{ME}/followers"], cc=[PUBLIC]),
    ]
    records = read(MASTODON, write(tmp_path, items)).records
    assert [(record.kind, record.extra["seen_by"]) for record in records] == [
        ("message", "mentioned"), ("post", "followers"), ("post", "unlisted"),
    ]  # fmt: skip


def test_boosts_and_polls(tmp_path: Path, read: Callable) -> None:
    boost = {
        "id": "b",
        "type": "Announce",
        "actor": ME,
        "published": "2024-01-03T00:00:00Z",
        "object": "https://o.example/1",
    }
    poll = note(
        2, "<p>tea?</p>", type="Question", oneOf=[{"type": "Note", "name": "yes"}, {"type": "Note", "name": "no"}]
    )
    first, second = read(MASTODON, write(tmp_path, [boost, poll, {"id": "d", "type": "Delete"}])).records
    assert (first.text, first.url, first.extra) == ("https://o.example/1", "https://o.example/1", {"boost": True})
    assert second.text == "tea?\n\n- yes\n- no" and second.author == Identity("@mira@m.example")


def test_files_come_with_their_description(tmp_path: Path, read: Callable) -> None:
    url = "/media_attachments/files/1/original/door.png"
    write(tmp_path, [note(1, "", attachment=[{"mediaType": "image/png", "url": url, "name": "the door"}])])
    path = tmp_path / url[1:]
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\x89PNG")
    (record,) = read(MASTODON, tmp_path).records
    assert record.text == "the door" and [blob.data for blob in record.blobs] == [b"\x89PNG"]


def test_the_pictures_of_the_account_are_no_photos_of_a_life(tmp_path: Path, read: Callable) -> None:
    write(tmp_path, [note(1, "<p>문</p>")])
    actor(tmp_path)
    for name in ("avatar.jpeg", "header.png", "holiday.jpg"):
        (tmp_path / name).write_bytes(b"JPEG")
    (match,) = read(MASTODON, tmp_path).matches
    assert {"avatar.jpeg", "header.png"} < set(match.members) and "holiday.jpg" not in match.members


def test_favourites_and_bookmarks_are_addresses(tmp_path: Path, read: Callable) -> None:
    actor(tmp_path)
    write(tmp_path, ["https://o.example/1", "https://o.example/2"], "likes.json")
    path = write(tmp_path, ["https://o.example/1"], "bookmarks.json")
    reading = read(MASTODON, tmp_path)
    assert sorted(record.native_id for record in reading.records) == [
        "bookmarked/https://o.example/1", "liked/https://o.example/1", "liked/https://o.example/2",
    ]  # fmt: skip
    path.write_bytes(path.read_bytes()[:-4])
    assert [row.code for row in read(MASTODON, tmp_path).bad] == ["damaged"]


def test_a_cut_file_keeps_all_whole_posts(tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, [note(n, f"<p>number {n}</p>") for n in range(3)])
    path.write_bytes(path.read_bytes()[: path.read_bytes().index(b"number 2")])
    reading = read(MASTODON, path)
    assert [record.text for record in reading.records] == ["number 0", "number 1"]
    assert [row.code for row in reading.bad] == ["cut-off"]


def test_the_origin_names_the_entrys_bytes(tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, [note(n, f"<p>number {n}</p>") for n in range(3)])
    for record in read(MASTODON, path).records:
        start, end = map(int, record.origin.locator.removeprefix("bytes ").split("-"))
        assert json.loads(path.read_bytes()[start:end])["object"]["content"] == f"<p>{record.text}</p>"


def test_other_collections_are_left_alone(tmp_path: Path, read: Callable) -> None:
    assert not read(MASTODON, write(tmp_path, [{"name": "x"}])).matches
