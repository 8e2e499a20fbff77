"""Google's activity, as JSON and as a page: products, verbs, times, places; both forms tell of the same entries."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darak.importers.formats.written_time import written_time
from darak.importers.media.google.google_activity import GoogleActivityImporter
from darak.importers.media.google.words import without_verb

GOOGLE = GoogleActivityImporter()
CELL = "content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1"
VIDEO = "https://www.youtube.com/watch?v=abc"


def entry(title: str = "Watched Attic", **other: Any) -> dict[str, Any]:
    start = {"header": "YouTube", "title": title, "titleUrl": VIDEO, "time": "2026-01-02T21:15:00.784Z"}
    return {key: value for key, value in (start | {"products": ["YouTube"]} | other).items() if value is not None}


def write_json(tmp_path: Path, *entries: dict[str, Any]) -> Path:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(entries, ensure_ascii=False), "utf-8")
    return path


def cell(body: str, header: str = "YouTube", caption: str = "<b>Products:</b><br>&emsp;YouTube<br>") -> str:
    return (
        '<div class="outer-cell mdl-cell mdl-cell--12-col mdl-shadow--2dp"><div class="mdl-grid">'
        f'<div class="header-cell mdl-cell mdl-cell--12-col"><p class="mdl-typography--title">{header}<br></p></div>'
        f'<div class="{CELL}">{body}</div><div class="{CELL} mdl-typography--text-right"></div>'
        f'<div class="content-cell mdl-cell mdl-cell--12-col mdl-typography--caption">{caption}</div></div></div>'
    )


STYLE = f'<style type="text/css">{"a[href]:after{content:none}" * 5000}</style>'
"""As long as the one with which Google's pages begin."""


def write_page(tmp_path: Path, *cells: str, end: str = "</div></body></html>") -> Path:
    path = tmp_path / "a.html"
    path.write_text(f'<html><head>{STYLE}</head><body><div class="mdl-grid">{"".join(cells)}{end}', "utf-8")
    return path


def test_a_watched_video_has_title_channel_address_and_time(tmp_path: Path, read: Callable) -> None:
    (record,) = read(GOOGLE, write_json(tmp_path, entry(subtitles=[{"name": "마루", "url": "u"}]))).records
    assert (record.source, record.kind, record.title, record.url) == ("youtube", "play", "Attic", VIDEO)
    assert record.time.iso() == "2026-01-02T21:15:00.784Z" and record.extra["channel"] == "마루"
    assert record.text == "Watched Attic\n마루"


def test_an_advertisement_and_a_removed_video_are_kept_and_marked(tmp_path: Path, read: Callable) -> None:
    ad = entry("Watched Ad", details=[{"name": "From Google Ads"}])
    removed = entry("Watched a video that has been removed", titleUrl=None, time="2026-01-02T21:14:00Z")
    first, second = read(GOOGLE, write_json(tmp_path, ad, removed)).records
    assert first.extra["ad"] and first.extra["details"] == ["From Google Ads"]
    assert second.url is None and second.kind == "play"


@pytest.mark.parametrize(
    ("title", "action", "what"),
    [
        ("Watched Attic", "watched", "Attic"),
        ("다락방 이야기 을(를) 시청했습니다.", "watched", "다락방 이야기"),
        ("다락방을(를) 시청했습니다.", "watched", "다락방"),
        ("Dachboden angesehen", "watched", "Dachboden"),
        ("Vous avez regardé Grenier", "watched", "Grenier"),
        ("屋根裏 を視聴しました", "watched", "屋根裏"),
        ("Je hebt naar Zolder gekeken", "watched", "Zolder"),
        ("Watched Dr. Attic.", "watched", "Dr. Attic."),
        ("Searched for attic", "searched", "attic"),
        ("다락 을(를) 검색했습니다.", "searched", "다락"),
        ("Visited Attic", "visited", "Attic"),
        ("Watched", "", "Watched"),
        ("Something else", "", "Something else"),
    ],
)
def test_verbs_of_many_languages_leave_the_title(title: str, action: str, what: str) -> None:
    assert without_verb(title) == (action, what)


@pytest.mark.parametrize(
    ("header", "source"),
    [("Search", "google-search"), ("검색", "google-search"), ("지도", "google-maps"), ("Jigsaw", "google-activity")],
)
def test_the_product_is_the_source_whatever_its_language(
    header: str, source: str, tmp_path: Path, read: Callable
) -> None:
    (record,) = read(GOOGLE, write_json(tmp_path, entry("Searched for attic", header=header))).records
    assert record.source == source and record.kind == "other"


def test_the_place_of_an_entry_is_read_from_its_map(tmp_path: Path, read: Callable) -> None:
    info = {
        "name": "At this general area",
        "url": "https://www.google.com/maps/@?api=1&map_action=map&center=37.5,127.0",
    }
    (record,) = read(GOOGLE, write_json(tmp_path, entry("Used Maps", header="Maps", locationInfos=[info]))).records
    assert (record.place.lat, record.place.lon, record.place.name) == (37.5, 127.0, "At this general area")


def test_a_page_gives_what_the_json_gives(tmp_path: Path, read: Callable) -> None:
    when = "Jan 3, 2026, 6:15:00\u202fAM KST"
    body = f'Watched&nbsp;<a href="{VIDEO}">Attic &amp; I</a><br><a href="u">마루</a><br>{when}<br>'
    (page,) = read(GOOGLE, write_page(tmp_path, cell(body))).records
    (tree,) = read(GOOGLE, write_json(tmp_path, entry("Watched Attic & I", subtitles=[{"name": "마루"}]))).records
    assert (page.native_id, page.title, page.text, page.url) == (tree.native_id, tree.title, tree.text, tree.url)
    assert page.time.iso() == "2026-01-03T06:15:00+09:00"


def test_equal_entries_of_one_second_stay_apart(tmp_path: Path, read: Callable) -> None:
    records = read(GOOGLE, write_json(tmp_path, entry(), entry())).records
    assert len({record.native_id for record in records}) == 2


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("Jan 2, 2026, 9:15:00 PM UTC", "2026-01-02T21:15:00Z"),
        ("Jan 2, 2026, 12:15:00 AM PST", "2026-01-02T00:15:00-08:00"),
        ("2 Jan 2026, 21:15:00 GMT", "2026-01-02T21:15:00+00:00"),
        ("2026. 1. 2. 오후 12:15:00 KST", "2026-01-02T12:15:00+09:00"),
        ("2026. 1. 2. 오전 12:15:00 KST", "2026-01-02T00:15:00+09:00"),
        ("02.01.2026, 21:15:00 MEZ", "2026-01-02T21:15:00+01:00"),
        ("2 janv. 2026, 21:15:00 CET", "2026-01-02T21:15:00+01:00"),
        ("2 de mar. de 2026, 21:15:00 BRT", "2026-03-02T21:15:00-03:00"),
        ("2026/01/02 21:15:00 JST", "2026-01-02T21:15:00+09:00"),
        ("Jan 2, 2026, 9:15:00 PM GMT+5:30", "2026-01-02T21:15:00+05:30"),
        ("Jan 31, 2018, 10:54:50 PM", "2018-01-31T22:54:50"),
        ("Jan 2, 2026, 9:15:00 PM IST", "2026-01-02T21:15:00"),
        ("yesterday", None),
        ("Jan 32, 2026, 9:15:00 PM", None),
    ],
)
def test_times_of_pages(written: str, iso: str | None) -> None:
    time = written_time(written)
    assert (time.iso() if time else None) == iso


def test_a_time_in_an_unknown_form_is_told_and_the_entry_kept(tmp_path: Path, read: Callable) -> None:
    reading = read(GOOGLE, write_page(tmp_path, cell("Watched Attic<br>the day before<br>")))
    assert reading.records[0].title == "Attic" and reading.records[0].time.local is None
    assert [flaw.code for flaw in reading.flaws] == ["unread-time"]


def test_a_page_that_ends_early_gives_what_was_whole(tmp_path: Path, read: Callable) -> None:
    one, two = (cell(f"Watched {name}<br>Jan 2, 2026, 9:15:00 PM UTC<br>") for name in ("One", "Two"))
    reading = read(GOOGLE, write_page(tmp_path, one, two[:-60], end=""))
    assert [record.title for record in reading.records] == ["One"] and [bad.code for bad in reading.bad] == ["cut-off"]


def test_a_damaged_frame_costs_one_entry(tmp_path: Path, read: Callable) -> None:
    cells = [cell(f"Watched {name}<br>Jan 2, 2026, 9:15:00 PM UTC<br>") for name in ("One", "Two", "Three")]
    cells[1] = cells[1].replace("header-cell", "header-c\x00ll")
    reading = read(GOOGLE, write_page(tmp_path, *cells))
    assert [record.title for record in reading.records] == ["One", "Three"]
    assert [bad.code for bad in reading.bad] == ["damaged"]


def test_chats_with_gemini_are_left_to_who_knows_them(tmp_path: Path, read: Callable) -> None:
    gemini = read(GOOGLE, write_json(tmp_path, entry("Prompted x", header="Gemini Apps", products=["Gemini Apps"])))
    assert [match.score < 0.5 for match in gemini.matches] == [True]
    assert [match.score > 0.5 for match in read(GOOGLE, write_json(tmp_path, entry())).matches] == [True]


TITLES = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), min_size=1).map(
    lambda text: " ".join(text.split())
)


@settings(max_examples=50, deadline=None)
@given(titles=st.lists(TITLES.filter(bool), min_size=1, max_size=5))
def test_what_an_account_writes_is_read_back(
    titles: list[str], tmp_path_factory: pytest.TempPathFactory, read: Callable
) -> None:
    path = write_json(tmp_path_factory.mktemp("g"), *(entry(f"Watched {title}") for title in titles))
    assert [record.title for record in read(GOOGLE, path).records] == titles
