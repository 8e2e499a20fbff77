"""Scrobbles of Last.fm in the forms that its tools write give the same records."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from darak.importers.media.lastfm import LastfmImporter

LASTFM = LastfmImporter()
TRACK = {
    "artist": {"mbid": "", "#text": "Mir"},
    "streamable": "0",
    "album": {"mbid": "", "#text": "Blue"},
    "name": "Sea, sky",
    "url": "https://www.last.fm/music/Mir/_/Sea",
    "date": {"uts": "1767388500", "#text": "02 Jan 2026, 21:15"},
}
NOW = {"artist": {"#text": "Mir"}, "name": "Now", "@attr": {"nowplaying": "true"}, "album": {"#text": ""}}
FORMS = {
    "ghan.nl": "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n"
    '"1767388500","02 Jan 2026, 21:15","Mir","","Blue","","Sea, sky",""\n',
    "lastfmstats": 'Artist;Album;AlbumId;Track;Date#gaon\n"Mir";"Blue";"";"Sea, sky";"1767388500000"\n',
    "lastfm-to-csv": 'Mir,Blue,"Sea, sky",02 Jan 2026 21:15',
    "lastfmstats json": json.dumps(
        {
            "username": "gaon",
            "scrobbles": [{"track": "Sea, sky", "artist": "Mir", "album": "Blue", "date": 1767388500000}],
        }
    ),
    "tracks": json.dumps([TRACK]),
    "page": json.dumps({"recenttracks": {"track": [TRACK], "@attr": {"user": "gaon", "page": "1"}}}),
    "pages": json.dumps([{"track": [TRACK], "@attr": {"page": "1"}}, {"track": [], "@attr": {"page": "2"}}]),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_play(form: str, tmp_path: Path, read: Callable) -> None:
    path = tmp_path / "a.txt"
    path.write_text(FORMS[form], "utf-8")
    (record,) = read(LASTFM, path).records
    assert record.native_id == "2026-01-02T21:15:00 Mir Sea, sky" and record.time.iso()[:16] == "2026-01-02T21:15"
    assert (record.kind, record.title, record.text) == ("play", "Sea, sky", "Mir – Sea, sky – Blue")


def test_what_plays_right_now_is_no_play_yet(tmp_path: Path, read: Callable) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([TRACK, NOW]), "utf-8")
    reading = read(LASTFM, path)
    assert len(reading.records) == 1 and reading.ignored == 1


def test_other_tables_are_not_taken_for_scrobbles(tmp_path: Path, read: Callable) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b,c,d\n1,2,3,4\n")
    assert not read(LASTFM, path).matches
