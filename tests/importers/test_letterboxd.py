"""Letterboxd: which file a row is of, and on which day it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from darak.importers.media.letterboxd import LetterboxdImporter

LETTERBOXD = LetterboxdImporter()
FILM = "Date,Name,Year,Letterboxd URI"


def write(tmp_path: Path, name: str, header: str, *rows: str) -> Path:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in (header, *rows)), "utf-8")
    return path


def test_a_diary_is_dated_by_the_day_of_watching(tmp_path: Path, read: Callable) -> None:
    row = '2026-01-03,"The Good, the Bad",1966,https://boxd.it/a,4.5,Yes,"slow, loud",2026-01-02'
    (record,) = read(LETTERBOXD, write(tmp_path, "d.csv", f"{FILM},Rating,Rewatch,Tags,Watched Date", row)).records
    assert (record.kind, record.time.iso(), record.title) == ("play", "2026-01-02", "The Good, the Bad (1966)")
    assert record.extra == {
        "activity": "diary", "rating": 4.5, "rewatch": True, "tags": ["slow", "loud"], "logged": "2026-01-03",
    }  # fmt: skip


def test_a_review_is_a_text_of_several_lines(tmp_path: Path, read: Callable) -> None:
    header = f"{FILM},Rating,Rewatch,Review,Tags,Watched Date"
    row = '2026-01-03,Stalker,1979,https://boxd.it/a,,,"Long.\n\nStill ""good"".",,2026-01-02'
    (record,) = read(LETTERBOXD, write(tmp_path, "r.csv", header, row)).records
    assert (record.kind, record.text) == ("post", 'Stalker (1979)\nLong.\n\nStill "good".')


@pytest.mark.parametrize(
    ("name", "activity"),
    [("watched.csv", "watched"), ("watchlist.csv", "watchlist"), ("likes/films.csv", "like"), ("x.csv", "watched")],
)
def test_lists_of_equal_columns_are_told_apart_by_their_place(
    name: str, activity: str, tmp_path: Path, read: Callable
) -> None:
    path = write(tmp_path / "export", name, FILM, "2026-01-03,Stalker,1979,https://boxd.it/a")
    root = tmp_path / "export"
    (record,) = read(LETTERBOXD, root).records
    assert path.exists() and record.extra["activity"] == activity and record.kind == "other"


def test_one_film_in_several_files_is_several_records_of_one_export(tmp_path: Path, read: Callable) -> None:
    write(tmp_path, "ratings.csv", f"{FILM},Rating", "2026-01-03,Stalker,1979,https://boxd.it/a,5")
    write(tmp_path, "watched.csv", FILM, "2026-01-03,Stalker,1979,https://boxd.it/a")
    write(tmp_path, "comments.csv", "Date,Content,Comment", "2026-01-04,https://boxd.it/b,Yes!")
    reading = read(LETTERBOXD, tmp_path)
    assert len(reading.matches) == 1 and len({record.native_id for record in reading.records}) == 3
    assert {record.text for record in reading.records} == {"Stalker (1979) ★ 5", "Stalker (1979)", "Yes!"}


def test_what_was_deleted_is_left_alone(tmp_path: Path, read: Callable) -> None:
    write(tmp_path, "watched.csv", FILM, "2026-01-03,Stalker,1979,https://boxd.it/a")
    write(
        tmp_path, "deleted/diary.csv", f"{FILM},Rating,Rewatch,Tags,Watched Date", "2026-01-03,A,1979,u,,,,2026-01-02"
    )
    reading = read(LETTERBOXD, tmp_path)
    assert len(reading.records) == 1 and reading.ignored == 1


def test_a_row_without_a_day_is_a_bad_row(tmp_path: Path, read: Callable) -> None:
    reading = read(LETTERBOXD, write(tmp_path, "w.csv", FILM, "soon,Stalker,1979,https://boxd.it/a"))
    assert [bad.code for bad in reading.bad] == ["bad-row"]


def test_a_list_is_a_record_and_so_is_each_of_its_films(tmp_path: Path, read: Callable) -> None:
    about = ("Date,Name,Tags,URL,Description", '2026-01-03,"Rain, rain",,https://boxd.it/l,For <b>grey</b> days')
    films = ("Position,Name,Year,URL,Description", "1,Stalker,1979,https://boxd.it/s,", "2,Rashomon,1950,https://x,Mud")
    path = write(tmp_path, "lists/rain.csv", "Letterboxd list export v7", *about, "", *films)
    reading = read(LETTERBOXD, path)
    assert [record.text for record in reading.records] == [
        "Rain, rain\nFor grey days", "Rain, rain: Stalker (1979)", "Rain, rain: Rashomon (1950)\nMud",
    ]  # fmt: skip
    assert {record.time.iso() for record in reading.records} == {"2026-01-03"} and not reading.bad
    start, end = map(int, reading.records[1].origin.locator.removeprefix("bytes ").split("-"))
    assert path.read_bytes()[start:end] == b"1,Stalker,1979,https://boxd.it/s,"
