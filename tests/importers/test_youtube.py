"""YouTube's tables in Takeout: comments, live chats, playlists, subscriptions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from darak.importers.media.google.youtube import YouTubeImporter
from darak.records.time import ZoneSource

YOUTUBE = YouTubeImporter()
COMMENTS = "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Post ID,Video ID,Comment Text\n"


def write(tmp_path: Path, text: str, name: str = "a.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    "written",
    [
        '{""takeoutSegments"":[{""text"":""참 ""},{""text"":""좋아요"",""link"":{""linkUrl"":""u""}}]}',
        '{""text"":""참 ""},{""text"":""좋아요""}',
    ],
)
def test_a_comment_is_put_together_from_its_segments(written: str, tmp_path: Path, read: Callable) -> None:
    row = f'c1,UC1,2026-01-02T21:15:00.25+00:00,0,c0,,abc,"{written}"\n'
    (record,) = read(YOUTUBE, write(tmp_path, COMMENTS + row)).records
    assert (record.text, record.native_id, record.parent, record.kind) == ("참 좋아요", "c1", "c0", "post")
    assert record.url == "https://www.youtube.com/watch?v=abc" and record.time.instant("UTC") == 1767388500250
    assert (record.time.zone, record.time.zone_source) == ("UTC", ZoneSource.UTC)  # shown on the owner's clock


def test_live_chats_playlists_and_subscriptions(tmp_path: Path, read: Callable) -> None:
    chats = "Live Chat ID,Channel ID,Live Chat Create Timestamp,Price,Video ID,Live Chat Text\n"
    write(tmp_path, chats + 'l1,U,2026-01-02T21:15:00Z,0,v,"{""text"":""hi""}"\n', "live.csv")
    write(tmp_path, "Video ID,Playlist Video Creation Timestamp\nabc,2026-01-02T21:15:00+00:00\n", "다락-videos.csv")
    write(tmp_path, "채널 ID,채널 URL,채널 제목\nUC1,http://u,마루\n", "구독정보.csv")
    records = {record.extra["activity"]: record for record in read(YOUTUBE, tmp_path).records}
    assert records["live chat"].text == "hi"
    assert records["saved to a playlist"].thread == "다락" and records["saved to a playlist"].title == "abc"
    assert records["subscription"].title == "마루" and records["subscription"].time.local is None


def test_a_comment_without_a_time_is_a_bad_row(tmp_path: Path, read: Callable) -> None:
    reading = read(YOUTUBE, write(tmp_path, COMMENTS + 'c1,UC1,once,0,,,abc,"{""text"":""a""}"\n'))
    assert [bad.code for bad in reading.bad] == ["bad-row"]
