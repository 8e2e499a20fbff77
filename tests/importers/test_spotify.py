"""Plays of Spotify: the end of a play is what is noted; both kinds of export tell of the same plays."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from darak.importers.media.spotify import SpotifyImporter

SPOTIFY = SpotifyImporter()


def long_play(**other: Any) -> dict[str, Any]:
    return {
        "ts": "2026-01-02T21:15:40Z",
        "platform": "ios",
        "ms_played": 213_000,
        "ip_addr": "192.0.2.1",
        "master_metadata_track_name": "밤",
        "master_metadata_album_artist_name": "마루",
        "master_metadata_album_album_name": "집",
        "spotify_track_uri": "spotify:track:1a",
        "episode_name": None,
        "episode_show_name": None,
        "skipped": None,
        **other,
    }


SHORT_PLAY = {"endTime": "2026-01-02 21:15", "artistName": "마루", "trackName": "밤", "msPlayed": 213_000}


def write(tmp_path: Path, *plays: dict[str, Any], name: str = "a.json") -> Path:
    path = tmp_path / name
    path.write_text(json.dumps(plays, ensure_ascii=False, indent=2), "utf-8")
    return path


def test_a_play_ends_when_it_says_and_began_so_long_before(tmp_path: Path, read: Callable) -> None:
    (record,) = read(SPOTIFY, write(tmp_path, long_play())).records
    assert (record.time.iso(), record.end.iso()) == ("2026-01-02T21:12:07Z", "2026-01-02T21:15:40Z")
    assert (record.title, record.text, record.url) == ("밤", "마루 – 밤 – 집", "https://open.spotify.com/track/1a")
    assert record.extra["artist"] == "마루" and "192.0.2.1" not in repr(record)


def test_the_account_data_knows_minutes(tmp_path: Path, read: Callable) -> None:
    (record,) = read(SPOTIFY, write(tmp_path, SHORT_PLAY)).records
    assert (record.time.iso(), record.end.iso()) == ("2026-01-02T21:11Z", "2026-01-02T21:15Z")


def test_the_longer_export_knows_a_play_as_the_other_one_does(tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, long_play(), long_play(), name="long.json").parent
    write(tmp_path, SHORT_PLAY, SHORT_PLAY, name="short.json")
    reading = read(SPOTIFY, path)
    known = [record.also or (record.native_id,) for record in reading.records]
    assert len(reading.matches) == 2 and len(known) == 4 and len(set(known)) == 2


def test_equal_plays_in_two_files_of_one_export_stay_apart(tmp_path: Path, read: Callable) -> None:
    write(tmp_path, long_play(), name="1.json")
    path = write(tmp_path, long_play(), name="2.json").parent
    assert len({record.native_id for record in read(SPOTIFY, path).records}) == 2


@pytest.mark.parametrize(
    ("play", "title", "kind"),
    [
        (
            long_play(master_metadata_track_name=None, episode_name="Folge 1", episode_show_name="Show"),
            "Folge 1",
            "podcast",
        ),
        (
            long_play(master_metadata_track_name=None, audiobook_title="Book", audiobook_chapter_title="One"),
            "One",
            "audiobook",
        ),
        ({"endTime": "2026-01-02 21:15", "podcastName": "Show", "episodeName": "E", "msPlayed": 1}, "E", "podcast"),
        ({"artistName": "마루", "trackName": "밤", "msPlayed": 1, "time": "2019-01-02 21:15"}, "밤", None),
    ],
)
def test_podcasts_audiobooks_and_older_forms(
    play: dict[str, Any], title: str, kind: str | None, tmp_path: Path, read: Callable
) -> None:
    (record,) = read(SPOTIFY, write(tmp_path, play)).records
    assert record.title == title and record.extra.get("type") == kind


def test_a_play_without_an_end_is_a_bad_row(tmp_path: Path, read: Callable) -> None:
    reading = read(SPOTIFY, write(tmp_path, long_play(), long_play(ts="soon"), long_play(ms_played=None)))
    assert len(reading.records) == 1 and [bad.code for bad in reading.bad] == ["bad-entry", "bad-entry"]


def test_other_lists_are_not_taken_for_plays(tmp_path: Path, read: Callable) -> None:
    assert not read(SPOTIFY, write(tmp_path, {"ts": "1700000000.1", "text": "hello"})).matches
    assert not read(SPOTIFY, write(tmp_path, {"endTime": "2026-01-02", "value": 3})).matches
