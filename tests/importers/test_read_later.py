"""Pages saved for later: the columns of Pocket, Instapaper and Raindrop."""

from __future__ import annotations

from pathlib import Path

import pytest

from darak.importers.browsers.read_later import ReadLaterImporter

POCKET = "title,url,time_added,tags,status\nHerons,https://e.org/a,1700000000,birds|새,unread\n"
INSTAPAPER = (
    'URL,Title,Selection,Folder,Timestamp,Tags\nhttps://e.org/a,Herons,"a quote",Archive,1700000000,"[""새""]"\n'
)
RAINDROP = (
    "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n"
    '1,Herons,my note,short,https://e.org/a,Birds,"birds, 새",2023-11-14T22:13:20.000Z,,,false\n'
)


@pytest.mark.parametrize(
    ("text", "source", "folder", "tags", "said"),
    [
        (POCKET, "pocket", "unread", ["birds", "새"], "Herons"),
        (INSTAPAPER, "instapaper", "Archive", ["새"], "a quote"),
        (RAINDROP, "raindrop", "Birds", ["birds", "새"], "my note"),
    ],
)
def test_saved_pages(tmp_path: Path, read, text: str, source: str, folder: str, tags: list[str], said: str) -> None:
    path = tmp_path / "export.csv"
    path.write_text(text, "utf-8")
    (record,) = read(ReadLaterImporter(), path).records
    assert (record.source, record.url, record.title) == (source, "https://e.org/a", "Herons")
    assert (record.extra["folder"], record.extra["tags"]) == (folder, tags) and said in record.text
    assert record.time.iso().startswith("2023-11-14T22:13:20")


def test_rows_without_an_address_are_told_and_titles_that_are_addresses_are_none(tmp_path: Path, read) -> None:
    path = tmp_path / "part_000000.csv"
    path.write_text(POCKET + "https://e.org/b,https://e.org/b,1700000001,,archive\nx,,1,,unread\n", "utf-8")
    reading = read(ReadLaterImporter(), path)
    assert [bad.code for bad in reading.bad] == ["bad-row"] and reading.records[1].title != "https://e.org/b"
