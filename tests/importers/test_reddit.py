"""Reddit's data request in, posts, comments, messages and chats out."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from darak.importers.social.reddit import RedditImporter
from darak.importers.tree import open_tree
from darak.records.record import Identity, Record

REDDIT = RedditImporter()
POSTS = "id,permalink,date,ip,subreddit,gildings,title,url,body"
COMMENTS = "id,permalink,date,ip,subreddit,gildings,link,parent,body,media"
MESSAGES = "id,permalink,thread_id,date,ip,from,to,subject,body"
CHAT = (
    "message_id,created_at,updated_at,username,message,thread_parent_message_id,channel_url,subreddit,channel_name,"
    "conversation_type"
)
WHEN = "2023-01-15 12:34:56 UTC"
POST = "https://www.reddit.com/r/doors/comments/p1/an_old_door/"


def write(folder: Path, name: str, header: str, *rows: list[str]) -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([header.split(","), *rows])
    return path


def test_posts_have_their_words_and_link(tmp_path: Path, read: Callable) -> None:
    write(tmp_path, "statistics.csv", "statistic,value", ["account name", "mira"], ["email", "x"])
    write(
        tmp_path, "posts.csv", POSTS,
        ["p1", POST, WHEN, "10.0.0.1", "doors", "0", "An old door", POST, "문,\n\n두 줄 \"따옴표\""],
        ["p2", POST, WHEN, "", "doors", "0", "a link", "https://example.org", ""],
        ["p3", POST, WHEN, "", "doors", "0", "", "", "[removed]"],
    )  # fmt: skip
    reading = read(REDDIT, tmp_path)
    own, link = reading.records
    assert (own.title, own.text) == ("An old door", '문,\n\n두 줄 "따옴표"')
    assert (own.author, own.native_id, own.url) == (Identity("mira"), "t3_p1", POST)
    assert own.time.iso() == "2023-01-15T12:34:56Z" and own.time.written == WHEN
    assert own.extra == {"subreddit": "doors"} and link.text == "https://example.org"
    assert reading.ignored == 2 and "10.0.0.1" not in repr(reading.records)


def test_comments_know_what_they_answer(tmp_path: Path, read: Callable) -> None:
    write(
        tmp_path, "comments.csv", COMMENTS,
        ["c1", POST + "c1/", WHEN, "", "doors", "0", POST, "", "nice", ""],
        ["c2", POST + "c2/", WHEN, "", "doors", "0", POST, "c1", "고마워", ""],
        ["c3", "/r/doors/comments/p1/_/c3", WHEN, "", "doors", "0", POST, "t1_c2", "ok", ""],
    )  # fmt: skip
    records = read(REDDIT, tmp_path).records
    assert [(record.text, record.parent) for record in records] == [
        ("nice", "t3_p1"), ("고마워", "t1_c1"), ("ok", "t1_c2"),
    ]  # fmt: skip
    assert records[2].url == "https://www.reddit.com/r/doors/comments/p1/_/c3"
    assert records[0].author == Identity("me")


def test_private_messages_and_chats(tmp_path: Path, read: Callable) -> None:
    write(tmp_path, "messages.csv", MESSAGES, ["m1", "", "t1", WHEN, "", "gaon", "mira", "문", "hello"])
    write(
        tmp_path, "chat_history.csv", CHAT,
        ["k1", WHEN, "", "gaon", "안녕", "", "sendbird_1", "", "Gaon and Mira", "direct"],
        ["k2", "", "", "gaon", "no time", "", "sendbird_1", "", "", "direct"],
    )  # fmt: skip
    reading = read(REDDIT, tmp_path)
    chat, message = reading.records
    assert (message.author, message.people, message.title) == (Identity("gaon"), (Identity("mira"),), "문")
    assert (chat.text, chat.thread, chat.title) == ("안녕", "sendbird_1", "Gaon and Mira")
    assert [row.code for row in reading.bad] == ["bad-row"]


def test_what_was_saved_is_known_by_its_file(tmp_path: Path, read: Callable) -> None:
    write(tmp_path, "saved_posts.csv", "id,permalink", ["p9", POST])
    write(tmp_path, "hidden_posts.csv", "id,permalink", ["p8", POST])
    write(tmp_path, "comments.csv", COMMENTS)
    reading = read(REDDIT, tmp_path)
    (record,) = reading.records
    assert (record.text, record.url, record.extra) == (f"an old door\n{POST}", POST, {"saved": True})
    assert reading.ignored == 1


def test_line_ends_within_a_text_are_plain(tmp_path: Path, read: Callable) -> None:
    row = ["c1", "/r/a/comments/p1/x/c1", "2024-01-02 03:04:05 UTC", "", "a", "0", "", "", "one\r\ntwo", ""]
    path = write(tmp_path, "comments.csv", COMMENTS, row)
    assert [record.text for record in read(REDDIT, path).records] == ["one\ntwo"]


def test_a_damaged_row_costs_itself(tmp_path: Path, read: Callable) -> None:
    path = write(
        tmp_path,
        "posts.csv",
        POSTS,
        *([f"p{n}", POST, WHEN, "", "doors", "0", f"n {n}", "", f"text {n}"] for n in range(3)),
    )
    path.write_text(path.read_text().replace("p1,", "p1,,,"))
    reading = read(REDDIT, path)
    assert [record.text for record in reading.records] == ["text 0", "text 2"]
    assert [row.code for row in reading.bad] == ["damaged-row"]


def test_a_collection_of_what_others_wrote_is_no_data_request(tmp_path: Path) -> None:
    header = "id,permalink,date,author,subreddit,title,url,body"
    write(tmp_path, "posts.csv", header, ["a1", "/r/x/a1", "2024-03-04 05:06:07 UTC", "somebody", "x", "T", "", "B"])
    assert not RedditImporter().detect(open_tree(tmp_path))


def test_other_tables_are_left_alone(tmp_path: Path, read: Callable) -> None:
    assert not read(REDDIT, write(tmp_path, "posts.csv", "id,title,url,body", ["1", "x", "y", "z"])).matches


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\0")).filter(str.strip), max_size=5))
@settings(max_examples=60, deadline=None)
def test_any_comment_is_read_back(tmp_path_factory: Any, texts: list[str]) -> None:
    rows = [[f"c{n}", POST, WHEN, "", "doors", "0", POST, "", text, ""] for n, text in enumerate(texts)]
    tree = open_tree(write(tmp_path_factory.mktemp("reddit"), "comments.csv", COMMENTS, *rows))
    found = [item for match in REDDIT.detect(tree) for item in REDDIT.read(tree, match)]
    assert [item.text for item in found if isinstance(item, Record)] == texts
