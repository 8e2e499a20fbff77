"""Netflix: the full activity, and the list of a profile whose dates follow the account's language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from darak.importers.media.netflix import NetflixImporter

NETFLIX = NetflixImporter()
HEADER = (
    "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,"
    "Latest Bookmark,Country\n"
)


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "a.csv"
    path.write_text(text, "utf-8")
    return path


def days(tmp_path: Path, read: Callable, *written: str, header: str = "Title,Date") -> list[str]:
    rows = "".join(f'"Film {number}","{date}"\n' for number, date in enumerate(written))
    return [record.time.iso() for record in read(NETFLIX, write(tmp_path, f"{header}\n{rows}")).records]


def test_the_activity_has_start_end_profile_and_device(tmp_path: Path, read: Callable) -> None:
    row = 'Me,2026-01-03 12:00:00,00:45:00,,"Show: Season 1: ""Pilot""",,Chrome,00:45:00,00:45:00,KR (Korea)\n'
    (record,) = read(NETFLIX, write(tmp_path, "\ufeff" + HEADER + row)).records
    assert (record.time.iso(), record.end.iso()) == ("2026-01-03T12:00:00Z", "2026-01-03T12:45:00Z")
    assert (record.title, record.account, record.kind) == ('Show: Season 1: "Pilot"', "Me", "play")
    assert record.extra == {"seconds": 2700, "device": "Chrome", "country": "KR (Korea)"}


def test_a_trailer_is_kept_and_marked(tmp_path: Path, read: Callable) -> None:
    row = "Me,2026-01-02 20:31:00,00:01:00,Autoplayed,Dune (Trailer),TRAILER,TV,00:01:00,Not latest view,KR (Korea)\n"
    (record,) = read(NETFLIX, write(tmp_path, HEADER + row)).records
    assert record.extra["trailer"] == "TRAILER"


def test_a_number_over_twelve_shows_which_is_the_day(tmp_path: Path, read: Callable) -> None:
    assert days(tmp_path, read, "2/13/26", "1/2/26") == ["2026-02-13", "2026-01-02"]
    assert days(tmp_path, read, "13/02/2026", "1/2/2026") == ["2026-02-13", "2026-02-01"]


def test_else_the_order_shows_it(tmp_path: Path, read: Callable) -> None:
    assert days(tmp_path, read, "3/1/26", "2/7/26", "1/9/26") == ["2026-03-01", "2026-02-07", "2026-01-09"]
    assert days(tmp_path, read, "1/3/26", "7/2/26", "9/1/26") == ["2026-03-01", "2026-02-07", "2026-01-09"]


@pytest.mark.parametrize(("header", "day"), [("Title,Date", "2026-01-02"), ("Titel,Datum", "2026-02-01")])
def test_what_nothing_shows_is_decided_by_the_language_and_told(
    header: str, day: str, tmp_path: Path, read: Callable
) -> None:
    reading = read(NETFLIX, write(tmp_path, f'{header}\n"Film","1/2/26"\n'))
    assert [record.time.iso() for record in reading.records] == [day]
    assert [flaw.code for flaw in reading.flaws] == ["ambiguous-dates"]


def test_dates_that_begin_with_the_year_leave_no_doubt(tmp_path: Path, read: Callable) -> None:
    assert days(tmp_path, read, "2026. 1. 2.", "2026-01-01", header="제목,날짜") == ["2026-01-02", "2026-01-01"]
    assert days(tmp_path, read, "24. 1. 12.", "23. 9. 8.") == ["2024-01-12", "2023-09-08"]
    assert days(tmp_path, read, "24. 1. 2.", header="제목,날짜") == ["2024-01-02"]
    assert days(tmp_path, read, "2024/1/2", header="标题,日期") == ["2024-01-02"]


def test_other_tables_are_not_taken_for_a_list(tmp_path: Path, read: Callable) -> None:
    assert not read(NETFLIX, write(tmp_path, "Title,Date\nParty,tomorrow\n")).matches
    assert not read(NETFLIX, write(tmp_path, "Name,Date\nParty,1/2/26\n")).matches


def test_a_damaged_row_costs_itself(tmp_path: Path, read: Callable) -> None:
    good = "Me,2026-01-03 12:00:00,00:45:00,,{},,TV,00:45:00,00:45:00,KR (Korea)\n"
    text = HEADER + good.format("One") + "Me,2026-13-03,xx\n" + good.format("Two")
    reading = read(NETFLIX, write(tmp_path, text))
    assert [record.title for record in reading.records] == ["One", "Two"] and len(reading.bad) == 1


def test_what_netflix_names_no_longer_is_no_damage(tmp_path: Path, read: Callable) -> None:
    rows = '"One","1/13/26"\n" ","1/12/26"\n"","1/11/26"\n'
    reading = read(NETFLIX, write(tmp_path, "Title,Date\n" + rows))
    assert [record.title for record in reading.records] == ["One"] and reading.ignored == 2 and not reading.bad
