"""Notion's exports in, records out: pages, tables, files, ids and dates, in Markdown and in HTML."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from darak.importers.notes.markdown.markdown import MarkdownImporter
from darak.importers.notes.notion.notion import NotionImporter
from darak.importers.notes.notion.page import page_time
from darak.importers.registry import find_matches
from darak.importers.tree import open_tree

NOTION = NotionImporter()


def number(n: int) -> str:
    return f"{n:032x}"


def dashed(n: int) -> str:
    h = number(n)
    return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}"


def html(n: int, title: str, body: str, properties: str = "") -> str:
    return (
        f"<html><head><title>{title}</title><style>p {{}}</style></head>"
        f'<body><article id="{dashed(n)}" class="page sans">'
        f'<header><h1 class="page-title">{title}</h1><p class="page-description"></p>{properties}</header>'
        f'<div class="page-body">{body}</div></article></body></html>'
    )


def put(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def packed(files: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


TRIP = {
    f"여행 {number(1)}.md": "# 여행\n\n계획을 적는다. [일정](%EC%97%AC%ED%96%89/x.md)\n",
    f"여행 {number(1)}/숙소 {number(2)}.md": "# 숙소\n\n바다 앞\n\n![map](%EC%97%AC.png)\n",
    f"여행 {number(1)}/숙소 {number(2)}/사진.png": b"\x89PNG",
}


def test_pages_have_their_ids_titles_and_the_page_above(tmp_path, read):
    first, second = sorted(read(NOTION, put(tmp_path, TRIP)).records, key=lambda record: record.native_id or "")
    assert (first.title, first.text, first.native_id) == ("여행", "계획을 적는다. 일정", number(1))
    assert (second.title, second.native_id, second.thread) == ("숙소", number(2), "여행")


def test_files_in_a_pages_folder_are_its_blobs(tmp_path, read):
    records = read(NOTION, put(tmp_path, TRIP)).records
    assert [[blob.name for blob in record.blobs] for record in records if record.title == "숙소"] == [["사진.png"]]


def test_the_parts_of_an_export_are_read_as_one(tmp_path, read):
    (one, two, three) = TRIP.items()
    parts = {
        "Export-a-Part-1.zip": packed(dict([one, two])),
        "Export-a-Part-2.zip": packed(dict([three])),
    }
    path = tmp_path / "export.zip"
    path.write_bytes(packed(parts))
    reading = read(NOTION, path)
    assert len(reading.matches) == 1
    assert {record.title: len(record.blobs) for record in reading.records} == {"여행": 0, "숙소": 1}


def test_html_pages_bring_their_id_properties_and_full_title(tmp_path, read):
    values = (
        ("date", "When", "<time>@March 1, 2024 → March 3, 2024</time>"),
        ("multi_select", "Tags", '<span class="selected-value">a</span><span class="selected-value">b</span>'),
        ("checkbox", "Paid", '<div class="checkbox checkbox-on"></div>'),
    )
    row = '<tr class="property-row property-row-{}"><th>{}</th><td>{}</td></tr>'
    rows = f'<table class="properties"><tbody>{"".join(row.format(*value) for value in values)}</tbody></table>'
    body = '<ul class="to-do-list"><li><div class="checkbox checkbox-on"></div> <span>call</span></li></ul>'
    page = html(7, "A title that is longer than the name of any file", body, rows)
    (record,) = read(NOTION, put(tmp_path, {f"A title {number(7)}.html": page})).records
    assert record.native_id == number(7)
    assert record.title == "A title that is longer than the name of any file"
    assert record.text.endswith("Paid: Yes\n\n- [x] call")
    assert record.extra["tags"] == ["a", "b"]
    assert (record.time.iso(), record.end.iso()) == ("2024-03-01", "2024-03-03")


def test_a_table_and_its_view_give_each_row_once_and_rows_with_pages_none(tmp_path, read):
    table = f"책 {number(3)}"
    files = {
        f"{table}.csv": "\ufeff이름,상태\n데미안,읽음\n",
        f"{table}_all.csv": "\ufeff이름,상태,날짜\n데미안,읽음,\n토지,읽는 중,2024년 3월 2일\n",
        f"{table}/데미안 {number(4)}.md": "# 데미안\n\n상태: 읽음\n\n새는 알에서 나온다\n",
    }
    reading = read(NOTION, put(tmp_path, files))
    page, row = reading.records
    assert (page.native_id, page.extra["properties"], page.thread) == (number(4), {"상태": "읽음"}, "책")
    assert (row.title, row.time.iso(), row.native_id, row.thread) == ("토지", "2024-03-02", None, "책")
    assert row.text == "이름: 토지\n상태: 읽는 중\n날짜: 2024년 3월 2일"
    assert reading.ignored == 2


def test_the_index_gives_ids_where_names_have_none(tmp_path, read):
    index = f'<ul id="id::{dashed(9)}"><a href="Home.md">Home.md</a></ul>'
    files = {"Export/index.html": f"<html><body>{index}</body></html>", "Export/Home.md": "# Home\n\nwords"}
    (record,) = read(NOTION, put(tmp_path, files)).records
    assert (record.title, record.native_id) == ("Home", number(9))


@pytest.mark.parametrize(
    ("properties", "title", "iso"),
    [
        ({"Created": "March 5, 2024 6:23 PM", "Date": "March 1, 2024"}, "x", "2024-03-01"),
        ({"생성 일시": "2024년 3월 5일 오후 6:23"}, "x", "2024-03-05T18:23"),
        ({"Full date": "March 5, 2024 8:45 AM"}, "@March 1, 2024", "2024-03-01"),
        ({"Full date": "March 5, 2024 8:45 AM (GMT+9)"}, "@Today", "2024-03-05T08:45"),
        ({"Due": "March 5, 2024"}, "x", ""),
        ({"Last edited time": "March 5, 2024"}, "x", "2024-03-05"),
        ({"Date": "03/05/2024"}, "x", ""),
    ],
)
def test_a_page_is_of_its_date_its_creation_or_its_title(properties, title, iso):
    assert page_time(properties, {}, title)[0].iso() == iso


def test_notions_pages_are_not_left_to_the_markdown_importer(tmp_path):
    put(tmp_path, {**TRIP, "mine.md": "# Mine\n\nnot from Notion"})
    matches, unknown = find_matches(open_tree(tmp_path), {"markdown": MarkdownImporter(), "notion": NOTION})
    assert {match.importer: len(match.members) for match in matches} == {"notion": 3, "markdown": 1}
    assert unknown == []


def test_other_pages_and_tables_are_not_claimed(tmp_path, read):
    files = {f"{number(5)}.csv": "a,b\n1,2\n", "index.html": "<h1>Home</h1>", "page.html": '<article class="page">x'}
    assert read(NOTION, put(tmp_path, files)).matches == []


def test_a_damaged_row_costs_itself(tmp_path, read):
    reading = read(NOTION, put(tmp_path, {f"T {number(3)}.csv": 'Name,Note\na,1\nb,"2\nc,3\n'}))
    assert "a" in [record.title for record in reading.records]
    assert len(reading.bad) == 1
