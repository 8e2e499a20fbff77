"""Posts and comments of Facebook as pages of HTML in, records out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from darak.importers.chats.facebook import FacebookImporter
from darak.importers.chats.instagram import InstagramImporter
from darak.importers.tree import open_tree
from darak.records.record import Identity

FACEBOOK = FacebookImporter()
FILES = "your_facebook_activity/posts/media/Berge_1/"


def section(what: str, *boxes: str, time: str = "8월 05, 2015 11:23:43 오후") -> str:
    body = "".join(f'<div class="_2pin"><div>{box}</div><div></div></div>' for box in boxes)
    address = (
        '<table><tr><td class="_a6_q"><div class="_a6-q">업로드 IP 주소</div><div>10.0.0.1</div></td></tr></table>'
    )
    return (
        f'<section class="_a6-g" aria-labelledby="u_0"><h2 class="_2ph_ _a6-h _a6-i" id="u_0">{what}</h2>'
        f'<div class="_2ph_ _a6-p"><div>{body}{address}</div></div><footer class="_3-94 _a6-o">'
        f'<a href="https://www.facebook.com/dyi/l/?l=x"><div class="_a72d">{time}</div></a></footer></section>'
    )


def picture(name: str, caption: str) -> str:
    return f'<div class="_a7ng"><a href="{FILES}{name}"><img src="{FILES}{name}"/></a><div>{caption}</div></div>'


def page(folder: Path, name: str, *sections: str) -> Path:
    path = folder / "your_facebook_activity" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    style = "<style>._a6-g{}._a6-h{}._a6-p{}._a6-o{}</style>"
    path.write_text(f"<html><head>{style}<title>x</title></head><body>{''.join(sections)}</body></html>", "utf-8")
    return path


POSTS = "posts/your_posts__check_ins__photos_and_videos_1.html"


def test_posts_have_their_words_pictures_and_times(tmp_path: Path, read: Callable) -> None:
    words = "바다에 왔다<br />&#064;[2415:69:민지네] 와<br />바다에 왔다"
    on_one_line = words.replace("<br />", " ")
    changed = "2015년 8월 5일 오후 11:23:43에 업데이트됨"
    pictures = picture("1.jpg", "여름") + picture("2.jpg", "여름")
    page(tmp_path, POSTS, section("가온님이 새로운 사진 2장을 추가했습니다.", pictures, on_one_line, changed, words))
    (tmp_path / FILES).mkdir(parents=True)
    (tmp_path / FILES / "1.jpg").write_bytes(b"jpeg")
    (record,) = read(FACEBOOK, tmp_path).records
    assert record.text == "여름\n바다에 왔다\n민지네 와\n바다에 왔다"
    assert (record.kind, record.author, record.time.iso()) == ("post", Identity("me"), "2015-08-05T23:23:43")
    assert [blob.name for blob in record.blobs] == ["1.jpg"]
    assert record.extra == {"what": "가온님이 새로운 사진 2장을 추가했습니다.", "files": ["1.jpg", "2.jpg"]}


def test_links_films_and_posts_without_words(tmp_path: Path, read: Callable) -> None:
    link = '<a target="_blank" href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>'
    film = f'<video src="{FILES}1.mp4"><a href="{FILES}1.mp4"><div>Click to view video:</div></a></video>'
    updated = "Updated Nov 08, 2005 4:19:54 am"
    time = "Tháng 10 01, 2025 10:21:24 ch"
    page(tmp_path, POSTS, *(section("Mira shared.", *boxes, time=time) for boxes in ((link, updated), (film,), ())))
    reading = read(FACEBOOK, tmp_path)
    assert [record.text for record in reading.records] == ["https://example.org/a?b=1&c=2", "1.mp4", "Mira shared."]
    assert reading.records[0].url == "https://example.org/a?b=1&c=2"
    assert {record.time.iso() for record in reading.records} == {"2025-10-01T22:21:24"}


@pytest.mark.parametrize("name", ["comments_and_reactions/comments.html", "groups/your_comments_in_groups.html"])
def test_comments_are_read(name: str, tmp_path: Path, read: Callable) -> None:
    page(tmp_path, name, section("가온님이 Mira님의 게시물에 댓글을 남겼습니다.", "축하해!"))
    (record,) = read(FACEBOOK, tmp_path).records
    assert (record.text, record.extra["comment"]) == ("축하해!", True)
    assert record.extra["what"] == "가온님이 Mira님의 게시물에 댓글을 남겼습니다."


def test_what_is_damaged_or_cut_off_is_told(tmp_path: Path, read: Callable) -> None:
    strange = section("c", "three", time="2 สิง 68")
    path = page(tmp_path, POSTS, section("a", "one"), section("b", "two").replace("_a6-o", "x"), strange, section("d"))
    path.write_text(path.read_text("utf-8").partition('id="u_0">d<')[0], "utf-8")
    reading = read(FACEBOOK, tmp_path)
    assert [record.text for record in reading.records] == ["one", "three"]
    assert [row.code for row in reading.bad] == ["damaged", "cut-off"]
    assert [flaw.code for flaw in reading.flaws] == ["unread-time"]


def test_other_pages_are_left_alone(tmp_path: Path) -> None:
    page(tmp_path, "posts/your_photos.html", section("a", "one"))
    page(tmp_path, "messages/support_messages.html", section("FB Rep", "one"))
    page(tmp_path, "saved_items_and_collections/your_saved_items.html", section("a", "one"))
    assert not FACEBOOK.detect(open_tree(tmp_path))
    page(tmp_path, POSTS, section("a", "one"))
    assert FACEBOOK.detect(open_tree(tmp_path)) and not InstagramImporter().detect(open_tree(tmp_path))
