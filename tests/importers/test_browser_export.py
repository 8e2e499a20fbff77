"""History that was exported is the same as in the browser's own database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

from darak.importers.browsers.browser import BrowserImporter
from darak.importers.browsers.exported import ExportedHistoryImporter

EXPORTED = ExportedHistoryImporter()
MICROSECONDS = 1_767_388_500_250_123
URL = "https://example.org/attic"


def write(tmp_path: Path, value: object) -> Path:
    path = tmp_path / "h.json"
    path.write_text(json.dumps(value), "utf-8")
    return path


def test_a_visit_of_takeout_is_that_of_chrome_itself(tmp_path: Path, read: Callable) -> None:
    visit = {"page_transition": "TYPED", "title": "Attic", "url": URL, "client_id": "c", "time_usec": MICROSECONDS}
    (record,) = read(EXPORTED, write(tmp_path, {"Browser History": [visit]})).records
    database = tmp_path / "History"
    with sqlite3.connect(database) as connection:
        connection.executescript(
            f"""
            CREATE TABLE urls(id INTEGER PRIMARY KEY, url, title);
            CREATE TABLE visits(id INTEGER PRIMARY KEY, url, visit_time);
            CREATE TABLE keyword_search_terms(keyword_id, url_id, term);
            INSERT INTO urls VALUES(1, '{URL}', 'Attic');
            INSERT INTO visits VALUES(1, 1, {MICROSECONDS + 11_644_473_600 * 10**6});
            """
        )
    connection.close()
    (own,) = read(BrowserImporter(), database).records
    assert (record.source, record.native_id, record.text) == (own.source, own.native_id, own.text)
    assert record.time.iso() == "2026-01-02T21:15:00.250Z" and record.extra["transition"] == "typed"


def test_an_address_longer_than_what_is_looked_at_hides_nothing(tmp_path: Path, read: Callable) -> None:
    picture = {"url": "data:image/png;base64," + "A" * 100_000, "title": "", "time_usec": MICROSECONDS}
    visit = {"url": URL, "title": "Attic", "time_usec": MICROSECONDS + 1}
    assert len(read(EXPORTED, write(tmp_path, {"Browser History": [picture, visit]})).records) == 2


def test_a_mark_of_utf_8_before_it_changes_nothing(tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, {"Browser History": [{"title": "Attic", "url": URL, "time_usec": MICROSECONDS}]})
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert [record.title for record in read(EXPORTED, path).records] == ["Attic"]


def test_merged_visits_of_browserexport_in_seconds_and_iso(tmp_path: Path, read: Callable) -> None:
    visits = [
        {"url": URL, "dt": 1767388500.25, "metadata": {"title": "Attic", "duration": 10}},
        {"url": URL, "dt": "2026-01-02T21:15:00+00:00", "metadata": None},
    ]
    first, second = read(EXPORTED, write(tmp_path, visits)).records
    assert (first.time.iso(), first.title, first.extra["seconds"]) == ("2026-01-02T21:15:00.250Z", "Attic", 10)
    assert second.time.iso() == "2026-01-02T21:15:00Z"


def test_merged_visits_one_a_line(tmp_path: Path, read: Callable) -> None:
    lines = [json.dumps({"url": URL, "dt": 1767388500 + number, "metadata": None}) for number in range(3)]
    path = tmp_path / "h.jsonl"
    path.write_text("\n".join(lines)[:-9], "utf-8")
    reading = read(EXPORTED, path)
    assert len(reading.records) == 2 and [bad.code for bad in reading.bad] == ["cut-off"]


def test_a_visit_without_a_time_is_a_bad_row(tmp_path: Path, read: Callable) -> None:
    visits = [{"title": "A", "url": URL, "time_usec": MICROSECONDS}, {"title": "B", "url": URL, "time_usec": None}]
    reading = read(EXPORTED, write(tmp_path, {"Browser History": visits}))
    assert len(reading.records) == 1 and [bad.code for bad in reading.bad] == ["bad-entry"]
