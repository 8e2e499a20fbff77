"""X's archive in, posts and messages out: links, long posts, files, likes, groups, old archives, damage."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from darak.importers.social.x import XImporter
from darak.importers.tree import open_tree
from darak.records.record import Identity, Place, Record

X = XImporter()
Json = dict[str, Any]
WHEN = "Tue Mar 05 14:02:11 +0000 2024"


def write(folder: Path, name: str, value: Any, what: str = "") -> Path:
    path = folder / "data" / f"{name}.js"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"window.YTD.{what or name.replace('-', '_')}.part0 = {json.dumps(value, indent=1)}", "utf-8")
    return path


def account(folder: Path) -> None:
    value = {"accountId": "1", "username": "mira", "accountDisplayName": "Mira", "email": "mira@example.org"}
    write(folder, "account", [{"account": value}])


def tweet(key: str, text: str, **other: Any) -> Json:
    return {"tweet": {"id_str": key, "created_at": WHEN, "full_text": text, "favorite_count": "3"} | other}


def test_a_post_has_its_words_links_and_people(tmp_path: Path, read: Callable) -> None:
    account(tmp_path)
    entities = {
        "user_mentions": [{"screen_name": "gaon", "name": "가온", "id_str": "2"}],
        "urls": [{"url": "https://t.co/a", "expanded_url": "https://example.org/door"}],
        "media": [{"url": "https://t.co/m"}],
    }
    value = tweet(
        "101", "@gaon 문 &amp; 창 https://t.co/a https://t.co/m", entities=entities, in_reply_to_status_id_str="55",
        place={"full_name": "Busan"}, geo={"type": "Point", "coordinates": ["35.1", "129.0"]},
    )  # fmt: skip
    write(tmp_path, "tweets", [value])
    (tmp_path / "data/tweets_media").mkdir()
    (tmp_path / "data/tweets_media/101-door.jpg").write_bytes(b"JPEG")
    reading = read(X, tmp_path)
    (record,) = reading.records
    assert record.text == "@gaon 문 & 창 https://example.org/door"
    assert (record.author, record.people) == (Identity("mira", "Mira"), (Identity("gaon", "가온"),))
    assert (record.parent, record.native_id, record.url) == ("55", "101", "https://x.com/mira/status/101")
    assert record.place == Place("Busan", 35.1, 129.0) and [blob.data for blob in record.blobs] == [b"JPEG"]
    assert record.time.iso() == "2024-03-05T14:02:11Z" and reading.ignored == 2


def test_a_post_of_a_picture_alone_is_kept_without_the_picture(tmp_path: Path, read: Callable) -> None:
    media = {"media": [{"url": "https://t.co/m", "media_url_https": "https://pbs.twimg.com/media/door.jpg"}]}
    write(tmp_path, "tweets", [tweet("101", "https://t.co/m", entities=media, extended_entities=media)])
    (record,) = read(X, tmp_path).records
    assert (record.text, record.extra) == ("door.jpg", {"files": ["door.jpg"]})


def test_the_page_that_shows_the_archive_is_no_part_of_a_life(tmp_path: Path, read: Callable) -> None:
    account(tmp_path)
    write(tmp_path, "tweets", [tweet("101", "문")])
    for name in ("assets/images/twemoji/v/latest/svg/1f6aa.svg", "assets/js/main.js", "data/README.txt", "note.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "Your archive.html").write_text('<html><script src="assets/js/runtime.js"></script></html>')
    (match,) = read(X, tmp_path).matches
    left = {member.name for member in open_tree(tmp_path).members()} - set(match.members)
    assert left == {"note.txt"}


def test_what_differs_in_every_archive_is_left_out(tmp_path: Path, read: Callable) -> None:
    write(tmp_path, "tweets", [tweet("1", "RT @gaon: hello", favorite_count="7")])
    (record,) = read(X, tmp_path).records
    assert record.extra == {"repost": True} and record.author == Identity("me")


def test_a_long_post_has_its_whole_text_once(tmp_path: Path, read: Callable) -> None:
    whole = "문을 고치는 이야기 " * 40
    note = {"noteTweetId": "n1", "createdAt": "2024-03-05T14:02:11.000Z", "core": {"text": whole, "urls": []}}
    alone = {"noteTweetId": "n2", "createdAt": "2024-03-06T00:00:00.000Z", "core": {"text": "no post of it"}}
    write(tmp_path, "note-tweet", [{"noteTweet": note}, {"noteTweet": alone}])
    write(tmp_path, "tweets", [tweet("1", whole[:100] + "… https://t.co/x"), tweet("2", "another")])
    reading = read(X, tmp_path)
    assert [record.text for record in reading.records] == [whole, "another", "no post of it"]
    assert reading.ignored == 1


def message(key: str, text: str, sender: str = "2", **other: Any) -> Json:
    said = {"id": key, "senderId": sender, "text": text, "createdAt": "2024-03-06T09:15:00.120Z", "mediaUrls": []}
    return {"messageCreate": said | other}


def test_direct_messages_of_two_and_of_groups(tmp_path: Path, read: Callable) -> None:
    account(tmp_path)
    link = [{"url": "https://t.co/a", "expanded": "https://example.org"}]
    two = {"conversationId": "1-2", "messages": [message("9", "hey https://t.co/a", recipientId="1", urls=link)]}
    events = [{"participantsJoin": {"userIds": ["3"], "createdAt": "2024-03-06T09:00:00.000Z"}}]
    group = {"conversationId": "77", "name": "등산", "messages": [message("10", "토요일", "1"), *events]}
    write(tmp_path, "direct-messages", [{"dmConversation": two}])
    write(tmp_path, "direct-messages-group", [{"dmConversation": group}])
    reading = read(X, tmp_path)
    alone, together = sorted(reading.records, key=lambda record: record.native_id, reverse=True)
    assert (alone.text, alone.author, alone.people) == (
        "hey https://example.org",
        Identity("2"),
        (Identity("mira", "Mira"),),
    )
    assert (alone.thread, alone.time.iso()) == ("1-2", "2024-03-06T09:15:00.120Z")
    assert (together.author, together.title, reading.ignored) == (Identity("mira", "Mira"), "등산", 2)


def test_people_whom_posts_mention_have_a_name_in_messages(tmp_path: Path, read: Callable) -> None:
    mention = {"name": '가온 "G"', "screen_name": "gaon", "indices": ["0", "5"], "id_str": "2", "id": "2"}
    write(tmp_path, "tweets", [tweet("1", "@gaon hi", entities={"user_mentions": [mention]})])
    two = {"conversationId": "1-2", "messages": [message("9", "hey")]}
    write(tmp_path, "direct-messages", [{"dmConversation": two}])
    (said,) = [record for record in read(X, tmp_path).records if record.kind == "message"]
    assert said.author == Identity("2", '가온 "G"')


def test_likes_have_no_time_of_their_own(tmp_path: Path, read: Callable) -> None:
    liked = {"tweetId": "5", "fullText": "a &lt;door&gt;", "expandedUrl": "https://twitter.com/i/web/status/5"}
    write(tmp_path, "like", [{"like": liked}, {"like": {"tweetId": "6"}}])
    reading = read(X, tmp_path)
    (record,) = reading.records
    assert (record.text, record.time.iso(), record.extra) == ("a <door>", "", {"liked": True})
    assert reading.ignored == 1


def test_archives_before_2019_are_read(tmp_path: Path, read: Callable) -> None:
    old = {
        "id_str": "1", "text": "long ago", "created_at": "2014-03-05 12:34:56 +0000",
        "user": {"screen_name": "mira", "name": "Mira"},
    }  # fmt: skip
    path = tmp_path / "data/js/tweets/2014_03.js"
    path.parent.mkdir(parents=True)
    path.write_text(f"Grailbird.data.tweets_2014_03 = \n {json.dumps([old])}", "utf-8")
    (record,) = read(X, tmp_path).records
    assert (record.text, record.author, record.time.iso()) == (
        "long ago",
        Identity("mira", "Mira"),
        "2014-03-05T12:34:56Z",
    )


def test_empty_lists_and_other_files_are_no_problem(tmp_path: Path, read: Callable) -> None:
    write(tmp_path, "tweets", [])
    write(tmp_path, "ad-impressions", [{"ad": {}}])
    (tmp_path / "data/manifest.js").write_text('window.__THAR_CONFIG = {"userInfo": {}}', "utf-8")
    reading = read(X, tmp_path)
    assert not reading.bad and reading.ignored == 2


def test_a_byte_order_mark_before_the_script_is_passed_over(tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, "tweets", [tweet("1", "hello")])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert [record.text for record in read(X, tmp_path).records] == ["hello"]


def test_entries_without_what_they_need_are_bad_rows(tmp_path: Path, read: Callable) -> None:
    write(tmp_path, "tweets", [tweet("1", "x", created_at="someday"), tweet("2", "fine")])
    write(tmp_path, "direct-messages", [{"dmConversation": {"conversationId": "1-2", "messages": [{"hologram": {}}]}}])
    reading = read(X, tmp_path)
    assert sorted(row.code for row in reading.bad) == ["bad-entry", "bad-entry"]
    assert [record.text for record in reading.records] == ["fine"]


def test_a_cut_file_keeps_all_whole_posts(tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, "tweets", [tweet("1", "one"), tweet("2", "two"), tweet("3", "three")])
    path.write_bytes(path.read_bytes()[: path.read_bytes().index(b"three")])
    reading = read(X, tmp_path)
    assert [record.text for record in reading.records] == ["one", "two"]
    assert [row.code for row in reading.bad] == ["cut-off"]


def test_the_origin_of_a_message_names_its_bytes(tmp_path: Path, read: Callable) -> None:
    talks = [
        {"conversationId": f"1-{n}", "messages": [message(f"{n}{m}", f"{n} {m}") for m in range(2)]} for n in (2, 3)
    ]
    path = write(tmp_path, "direct-messages", [{"dmConversation": talk} for talk in talks])
    records = read(X, tmp_path).records
    assert [record.thread for record in records] == ["1-2", "1-2", "1-3", "1-3"]
    for record in records:
        start, end = map(int, record.origin.locator.removeprefix("bytes ").split("-"))
        assert json.loads(path.read_bytes()[start:end])["messageCreate"]["text"] == record.text


def test_the_origin_names_the_entrys_bytes(tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, "tweets", [tweet("1", "one"), tweet("2", "two")])
    for record in read(X, tmp_path).records:
        start, end = map(int, record.origin.locator.removeprefix("bytes ").split("-"))
        assert json.loads(path.read_bytes()[start:end])["tweet"]["full_text"] == record.text


@given(st.lists(st.text(st.characters(codec="utf-8")).filter(lambda text: html.escape(text).strip()), max_size=5))
@settings(max_examples=60, deadline=None)
def test_any_post_is_read_back(tmp_path_factory: Any, texts: list[str]) -> None:
    posts = [tweet(str(number), html.escape(text, quote=False)) for number, text in enumerate(texts)]
    tree = open_tree(write(tmp_path_factory.mktemp("x"), "tweets", posts))
    found = [item for match in X.detect(tree) for item in X.read(tree, match)]
    assert [item.text for item in found if isinstance(item, Record)] == [text.strip() for text in texts]
