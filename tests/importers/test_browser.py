"""Databases of browsers in, visits out: every schema, the write-ahead log, damage, resuming."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from darak.importers.browsers import browser
from darak.importers.browsers.browser import BrowserImporter
from darak.importers.browsers.schemas import APPLE, CHROMIUM, UNIX, Clock
from darak.importers.tree import open_tree

BROWSER = BrowserImporter()
SECOND = 1_700_000_000
"""2023-11-14T22:13:20Z"""

CHROMIUM_TABLES = """
    CREATE TABLE urls(id INTEGER PRIMARY KEY, url, title, visit_count, typed_count, last_visit_time, hidden);
    CREATE TABLE visits(id INTEGER PRIMARY KEY, url, visit_time, from_visit, transition, visit_duration);
    CREATE TABLE keyword_search_terms(keyword_id, url_id, term, normalized_term);
"""
SCHEMAS = {
    "chrome": (
        CHROMIUM_TABLES,
        f"""
        INSERT INTO urls VALUES(7, 'https://example.org/%EB%8B%A4', '다락', 1, 0, 0, 0);
        INSERT INTO visits VALUES(3, 7, {(SECOND + 11644473600) * 10**6 + 250_000}, 0, 805306369, 4500000);
        INSERT INTO keyword_search_terms VALUES(2, 7, 'attic room', 'attic room');
        """,
    ),
    "firefox": (
        """
        CREATE TABLE moz_places(id INTEGER PRIMARY KEY, url, title, description);
        CREATE TABLE moz_historyvisits(id INTEGER PRIMARY KEY, from_visit, place_id, visit_date, visit_type);
        """,
        f"""
        INSERT INTO moz_places VALUES(7, 'https://example.org/%EB%8B%A4', '다락', 'attic room');
        INSERT INTO moz_historyvisits VALUES(3, 0, 7, {SECOND * 10**6 + 250_000}, 2);
        """,
    ),
    "firefox on Android": (
        """
        CREATE TABLE moz_places(id INTEGER PRIMARY KEY, url, title, last_visit_date_local);
        CREATE TABLE moz_historyvisits(id INTEGER PRIMARY KEY, is_local, place_id, visit_date, visit_type);
        """,
        f"""
        INSERT INTO moz_places VALUES(7, 'https://example.org/%EB%8B%A4', '다락', 1);
        INSERT INTO moz_historyvisits VALUES(3, 1, 7, {SECOND * 1000 + 250}, 1);
        """,
    ),
    "firefox on Android before 2020": (
        """
        CREATE TABLE history(_id INTEGER PRIMARY KEY, title, url, guid);
        CREATE TABLE visits(_id INTEGER PRIMARY KEY, history_guid, visit_type, date, is_local);
        CREATE TABLE bookmarks(_id INTEGER PRIMARY KEY);
        """,
        f"""
        INSERT INTO history VALUES(1, '다락', 'https://example.org/%EB%8B%A4', 'g');
        INSERT INTO visits VALUES(3, 'g', 1, {SECOND * 10**6 + 250_000}, 1);
        """,
    ),
    "safari": (
        """
        CREATE TABLE history_items(id INTEGER PRIMARY KEY, url, domain_expansion, visit_count);
        CREATE TABLE history_visits(id INTEGER PRIMARY KEY, history_item, visit_time REAL, title, load_successful);
        """,
        f"""
        INSERT INTO history_items VALUES(7, 'https://example.org/%EB%8B%A4', '', 1);
        INSERT INTO history_visits VALUES(3, 7, {SECOND - 978307200 + 0.25}, '다락', 1);
        """,
    ),
    "epiphany": (
        """
        CREATE TABLE hosts(id INTEGER PRIMARY KEY, url);
        CREATE TABLE urls(id INTEGER PRIMARY KEY, host, url, title);
        CREATE TABLE visits(id INTEGER PRIMARY KEY, url, visit_time, visit_type, referring_visit);
        """,
        f"""
        INSERT INTO urls VALUES(7, 1, 'https://example.org/%EB%8B%A4', '다락');
        INSERT INTO visits VALUES(3, 7, {SECOND * 10**6 + 250_000}, 1, 0);
        """,
    ),
}


def write(path: Path, *statements: str) -> Path:
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.executescript(statement)
    connection.close()
    return path


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_visit_has_page_title_and_the_exact_time(name: str, tmp_path: Path, read: Callable) -> None:
    (record,) = read(BROWSER, write(tmp_path / "database", *SCHEMAS[name])).records
    assert record.source == name.split()[0] and record.title == "다락"
    assert record.time.iso() == "2023-11-14T22:13:20.250Z"
    assert record.native_id == "2023-11-14T22:13:20.250000 https://example.org/%EB%8B%A4"
    assert "example.org/다" in record.text and record.origin.locator.endswith(" row 3")


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("Microsoft Edge/Default/History", "edge"),
        ("AppData/Local/Microsoft/Edge/User Data/Profile 1/History", "edge"),
        ("com.microsoft.edgemac/History", "edge"),
        ("BraveSoftware/Brave-Browser/Default/History", "brave"),
        ("vivaldi/Default/History", "vivaldi"),
        ("com.operasoftware.Opera/History", "opera"),
        ("Naver Whale/User Data/Default/History", "whale"),
        ("brave-2025.sqlite", "brave"),
        ("old edge machine/Google/Chrome/Default/History", "chrome"),
        ("knowledge/whales/History", "chrome"),
    ],
)
def test_the_folders_tell_which_of_chromes_kin_it_is(path: str, source: str, tmp_path: Path, read: Callable) -> None:
    database = tmp_path / "home" / path
    database.parent.mkdir(parents=True)
    write(database, *SCHEMAS["chrome"])
    for imported in (database, database.parent, tmp_path / "home"):
        (record,) = read(BROWSER, imported).records
        assert record.source == source


def test_the_folders_of_another_browser_change_nothing(tmp_path: Path, read: Callable) -> None:
    (tmp_path / "Brave").mkdir()
    (record,) = read(BROWSER, write(tmp_path / "Brave" / "places.sqlite", *SCHEMAS["firefox"])).records
    assert record.source == "firefox"


def test_chrome_tells_how_long_how_and_what_was_searched(tmp_path: Path, read: Callable) -> None:
    (record,) = read(BROWSER, write(tmp_path / "History", *SCHEMAS["chrome"])).records
    assert record.end.iso() == "2023-11-14T22:13:24.250Z"
    assert record.extra == {"activity": "web page", "transition": "typed", "seconds": 4, "search": "attic room"}
    assert "attic room" in record.text


def test_qutebrowser_counts_seconds(tmp_path: Path, read: Callable) -> None:
    tables = "CREATE TABLE History(url, title, atime, redirect); CREATE TABLE CompletionHistory(url, title);"
    row = f"INSERT INTO History VALUES('https://example.org/', 'A', {SECOND}, 0)"
    (record,) = read(BROWSER, write(tmp_path / "q", tables, row)).records
    assert (record.time.iso(), record.source) == ("2023-11-14T22:13:20Z", "qutebrowser")


def test_visits_that_wait_in_the_write_ahead_log_are_read(tmp_path: Path, read: Callable) -> None:
    live = tmp_path / "live"
    live.mkdir()
    connection = sqlite3.connect(live / "History")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.executescript("".join(SCHEMAS["chrome"]))
    copy = shutil.copytree(live, tmp_path / "copy")
    connection.close()
    reading = read(BROWSER, copy)
    assert len(reading.records) == 1 and {"History", "History-wal"} <= set(reading.matches[0].members)


def test_a_visit_without_its_page_or_time_is_a_bad_row(tmp_path: Path, read: Callable) -> None:
    rows = "INSERT INTO visits VALUES(1, 99, 13300000000000000, 0, 0, 0); INSERT INTO visits VALUES(2, 7, 0, 0, 0, 0);"
    reading = read(BROWSER, write(tmp_path / "History", *SCHEMAS["chrome"], rows))
    assert len(reading.records) == 1 and [bad.code for bad in reading.bad] == ["bad-visit", "bad-visit"]


def many(path: Path, count: int) -> Path:
    rows = "".join(
        f"INSERT INTO urls VALUES({n}, 'https://example.org/{n}/{'x' * 60}', 'Page {n}', 1, 0, 0, 0);"
        f"INSERT INTO visits VALUES({n}, {n}, {13_300_000_000_000_000 + n * 10**6}, 0, 0, 0);"
        for n in range(1, count + 1)
    )
    return write(path, CHROMIUM_TABLES, f"BEGIN; {rows} COMMIT;")


def test_reading_goes_on_from_a_checkpoint(tmp_path: Path, read: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "_CHECKPOINT_EVERY", 10)
    path = many(tmp_path / "History", 25)
    whole = read(BROWSER, path)
    (match,) = whole.matches
    assert whole.checkpoints == ["10", "20"]
    assert list(BROWSER.read(open_tree(path), match, "20")) == whole.items[-5:]


def test_damage_in_the_middle_costs_what_is_there(tmp_path: Path, read: Callable) -> None:
    path = many(tmp_path / "History", 2000)
    with sqlite3.connect(path) as connection:
        pages = connection.execute("SELECT name, pageno FROM dbstat WHERE name='visits' AND pagetype='leaf'").fetchall()
    connection.close()
    data = bytearray(path.read_bytes())
    size = int.from_bytes(data[16:18], "big")
    page = pages[len(pages) // 2][1]
    data[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(data)
    reading = read(BROWSER, path)
    assert [bad.code for bad in reading.bad] == ["damaged-database"]
    assert 1000 < len(reading.records) < 2000 and reading.records[-1].title == "Page 2000"


def test_a_file_that_is_cut_is_no_reason_to_fail(tmp_path: Path, read: Callable) -> None:
    path = many(tmp_path / "History", 500)
    path.write_bytes(path.read_bytes()[:20_000])
    reading = read(BROWSER, path)
    assert reading.matches and reading.bad


@pytest.mark.parametrize(
    ("clock", "number", "iso"),
    [
        (CHROMIUM, 13_344_473_600_000_000, "2023-11-14T22:13:20"),
        (UNIX, SECOND, "2023-11-14T22:13:20"),
        (UNIX, SECOND * 1000, "2023-11-14T22:13:20"),
        (UNIX, SECOND * 10**6, "2023-11-14T22:13:20"),
        (APPLE, SECOND - 978_307_200, "2023-11-14T22:13:20"),
        (APPLE, 10**30, None),
        (CHROMIUM, 0, None),
    ],
)
def test_clocks(clock: Clock, number: int, iso: str | None) -> None:
    moment = clock.moment(number)
    assert (moment.isoformat() if moment else None) == iso
