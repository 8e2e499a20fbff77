"""Posts, stories and comments of Instagram as pages of HTML in, records out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from darak.importers.chats.facebook import FacebookImporter
from darak.importers.chats.instagram import InstagramImporter
from darak.importers.tree import open_tree
from darak.records.record import Identity

INSTAGRAM = InstagramImporter()
BLOCK = '<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder">'


def post(caption: str, *files: str, time: str = "Apr 05, 2026 5:31 am") -> str:
    heading = f'<h2 class="_3-95 _2pim _a6-h _a6-i">{caption}</h2>' if caption else ""
    shown = "".join(f'<div><a href="{file}"><img src="{file}" class="_a6_o"/></a><div></div></div>' for file in files)
    device = '<table><tr><td class="_2pin _a6_q"><div class="_a6-q">Device ID</div><div>1B5C</div></td></tr></table>'
    return f'{BLOCK}{heading}<div class="_3-95 _a6-p">{shown}{device}</div><div class="_3-94 _a6-o">{time}</div></div>'


def comment(*fields: tuple[str, str], time: str = "Oct 19, 2025 4:33 pm") -> str:
    rows = "".join(
        f'<tr><td colspan="2" class="_2pin _a6_q">{name}<div><div>{value}</div></div></td></tr>'
        for name, value in fields
    )
    rows += f'<tr><td class="_2pin _a6_q">Time</td><td class="_2pin _2piu _a6_r">{time}</td></tr>' if time else ""
    return f'{BLOCK}<div class="_a6-p"><img src="" class="_a6_o"/><table>{rows}</table></div></div>'


def page(folder: Path, name: str, *blocks: str) -> Path:
    path = folder / "your_instagram_activity" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    style = "<style>._a6-g{}._a6-o{}._a6_q{}</style>"
    path.write_text(f"<html><head>{style}<title>x</title></head><body>{''.join(blocks)}</body></html>", "utf-8")
    return path


@pytest.mark.parametrize("name", ["posts_1", "stories", "reels", "archived_posts"])
def test_posts_have_their_captions_pictures_and_times(name: str, tmp_path: Path, read: Callable) -> None:
    pictures = ["media/posts/202604/1.jpg", "media/posts/202604/2.jpg"]
    path = page(tmp_path, f"media/{name}.html", post("바다에서\n&#064;mira", *pictures), post("", pictures[0]))
    (tmp_path / pictures[0]).parent.mkdir(parents=True)
    (tmp_path / pictures[0]).write_bytes(b"jpeg")
    reading = read(INSTAGRAM, tmp_path)
    first, second = reading.records
    assert (first.kind, first.text, first.author) == ("post", "바다에서\n@mira", Identity("me"))
    assert (first.time.iso(), first.extra) == ("2026-04-05T05:31-08:00", {"files": ["1.jpg", "2.jpg"]})
    assert [blob.name for blob in first.blobs] == ["1.jpg"]
    assert second.text == "1.jpg"
    start, end = map(int, second.origin.locator.removeprefix("bytes ").split("-"))
    assert path.read_bytes()[start:end].startswith(BLOCK.encode())


def test_comments_say_whose_post_they_were_on(tmp_path: Path, read: Callable) -> None:
    said = comment(("댓글", "축하해 &lt;3"), ("미디어 소유자", "mira"))
    page(tmp_path, "comments/post_comments_1.html", said, comment(("Comment", "")), comment(("Comment", "own")))
    reading = read(INSTAGRAM, tmp_path)
    first, second = reading.records
    assert (first.text, first.people, first.extra) == ("축하해 <3", (Identity("mira"),), {"comment": True})
    assert (first.time.iso(), first.author) == ("2025-10-19T16:33-08:00", Identity("me"))
    assert (second.text, second.people, reading.ignored) == ("own", (), 1)


def test_what_is_damaged_or_cut_off_is_told(tmp_path: Path, read: Callable) -> None:
    path = page(tmp_path, "media/posts_1.html", post("one"), post("two").replace("_a6-o", "x"), post("three"))
    page(
        tmp_path, "comments/reels_comments.html", comment(("Comment", "a"), time=""), comment(("", "b"), time="2 สิง 68")
    )
    path.write_text(path.read_text("utf-8")[: -len("</div></body></html>") - 40], "utf-8")
    reading = read(INSTAGRAM, tmp_path)
    assert [record.text for record in reading.records] == ["b", "one"]
    assert [row.code for row in reading.bad] == ["damaged", "damaged", "cut-off"]
    assert [flaw.code for flaw in reading.flaws] == ["unread-time"]


def test_other_pages_are_left_alone(tmp_path: Path) -> None:
    page(tmp_path, "likes/liked_posts.html", post("mira"))
    page(tmp_path, "media/profile_photos.html", post("", "media/profile/1.jpg"))
    page(tmp_path, "comments/hype.html", comment(("Comment", "x")))
    assert not INSTAGRAM.detect(open_tree(tmp_path))
    page(tmp_path, "media/posts_1.html", post("one"))
    assert not FacebookImporter().detect(open_tree(tmp_path))
    assert INSTAGRAM.detect(open_tree(tmp_path))[0].score == 0.9
