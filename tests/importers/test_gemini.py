"""Gemini's activity in, prompts with their answers out: JSON and page alike, files, damage; nothing is made up."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from darak.importers.ai_chats.gemini import GeminiImporter
from darak.records.record import Identity

GEMINI = GeminiImporter()
Json = dict[str, Any]


def entry(title: str, *answers: str, time: str = "2026-01-02T12:15:00.117Z", header: str = "Gemini Apps") -> Json:
    value: Json = {"header": header, "title": title, "time": time, "products": [header]}
    return value | ({"safeHtmlItem": [{"html": f"<p>{answer}</p>"} for answer in answers]} if answers else {})


def write(folder: Path, value: Any, name: str = "Gemini Apps/MyActivity.json") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1), "utf-8")
    return path


def cell(title: str, time: str, answer: str = "", header: str = "Gemini Apps") -> str:
    return (
        '<div class="outer-cell mdl-cell"><div class="mdl-grid"><div class="header-cell mdl-cell">'
        f'<p class="mdl-typography--title">{header}<br></p></div>'
        '<div class="content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1">'
        f"{title.replace(chr(10), '<br>')}<br>{time}<br>{answer}</div>"
        '<div class="content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1 mdl-typography--text-right"></div>'
        '<div class="content-cell mdl-cell mdl-typography--caption"><b>Products:</b><br>&emsp;Gemini Apps<br></div>'
        "</div></div>"
    )


def page(*cells: str) -> str:
    return f'<html><head><title>x</title></head><body><div class="mdl-grid">{"".join(cells)}</div></body></html>'


def test_a_prompt_and_its_answers_are_one_record(tmp_path: Path, read: Callable) -> None:
    (record,) = read(GEMINI, write(tmp_path, [entry("Prompted 2 더하기 2?", "넷", "4 &amp; 넷")])).records
    assert record.text == "2 더하기 2?\n\n넷\n\n4 & 넷"
    assert (record.author, record.kind, record.thread) == (Identity("user"), "chat", None)
    assert record.time.iso() == "2026-01-02T12:15:00.117Z"


def test_the_conversation_is_known_where_the_activity_names_it(tmp_path: Path, read: Callable) -> None:
    links = [{"name": "x", "url": f"https://gemini.google.com/app/{chat}"} for chat in ("9d0b8a", "77ac01")]
    asked = entry("送信したメッセージ: 元気?", "はい", header="Gemini アプリ") | {"details": links[:1]}
    both = entry("Prompted again", "a", "b", time="2026-01-02T12:16:00.117Z") | {"details": links}
    one, two = read(GEMINI, write(tmp_path, [asked, both])).records
    assert (one.text, one.thread) == ("元気?\n\nはい", "9d0b8a")
    assert (two.thread, two.extra["conversations"]) == (None, ["9d0b8a", "77ac01"])


def test_what_was_done_otherwise_is_kept_as_it_is_written(tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, [entry("Gave feedback: Good response"), entry("프롬프트를 입력함: 안녕", "네")])
    feedback, korean = read(GEMINI, path).records
    assert (feedback.text, feedback.extra) == ("Gave feedback: Good response", {"activity": True})
    assert korean.text == "프롬프트를 입력함: 안녕\n\n네"


def test_the_same_prompt_in_one_second_stays_two(tmp_path: Path, read: Callable) -> None:
    records = read(GEMINI, write(tmp_path, [entry("Prompted x", "1"), entry("Prompted x", "2")])).records
    assert len({record.native_id for record in records}) == 2


def test_attached_files_come_with_it(tmp_path: Path, read: Callable) -> None:
    notes = [{"name": "Attached 1 file."}, {"name": "-  door.png", "url": "door-1e98.png"}]
    gem = [{"name": "Poet was used in this chat.", "url": "https://gemini.google.com/gems/1"}]
    value = entry("Prompted what is it?", "a door") | {"subtitles": notes + gem, "imageFile": "door-1e98.png"}
    alone = entry("Prompted ", time="2026-01-02T13:00:00Z") | {"imageFile": ["cat.png"]}
    path = write(tmp_path, [value, alone])
    (path.parent / "door-1e98.png").write_bytes(b"\x89PNG")
    door, cat = read(GEMINI, tmp_path).records
    assert [blob.data for blob in door.blobs] == [b"\x89PNG"]
    assert door.extra == {"files": ["door-1e98.png"], "notes": ["Poet was used in this chat."]}
    assert cat.text == "cat.png" and not cat.blobs


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Jan 2, 2026, 9:15:00 PM KST", "2026-01-02T21:15:00+09:00"),
        ("2026. 1. 2. 오후 9:15:00 KST", "2026-01-02T21:15:00+09:00"),
        ("2 Jan 2026, 12:15:00 UTC", "2026-01-02T12:15:00Z"),
        ("02.01.2026, 13:15:00 MEZ", "2026-01-02T13:15:00+01:00"),
    ],
)
def test_the_page_says_the_same_as_the_json(written: str, shown: str, tmp_path: Path, read: Callable) -> None:
    title = "Prompted&nbsp;what &lt;is&gt;\na door?"
    answer = "<p>A <b>door</b></p><div><pre>open()</pre></div><p>opens.</p>"
    path = tmp_path / "MyActivity.html"
    path.write_text(page(cell(title, written, answer)), "utf-8")
    (record,) = read(GEMINI, path).records
    assert record.text == "what <is>\na door?\n\nA door\nopen()\nopens."
    assert record.time.iso() == shown
    other = write(tmp_path / "json", [entry("Prompted what <is>\na door?", "A door")])
    assert read(GEMINI, other).records[0].native_id == record.native_id


def test_a_time_that_is_not_known_is_told(tmp_path: Path, read: Callable) -> None:
    path = tmp_path / "MyActivity.html"
    path.write_text(page(cell("Prompted x", "someday")), "utf-8")
    reading = read(GEMINI, path)
    assert [flaw.code for flaw in reading.flaws] == ["unread-time"]


def test_the_origin_of_a_page_names_the_entrys_bytes(tmp_path: Path, read: Callable) -> None:
    path = tmp_path / "MyActivity.html"
    cells = [cell(f"Prompted 질문 {n}", "Jan 2, 2026, 9:15:00 PM KST", f"답 {n}") for n in range(3)]
    path.write_text(page(*cells), "utf-8")
    for n, record in enumerate(read(GEMINI, path).records):
        start, end = map(int, record.origin.locator.removeprefix("bytes ").split("-"))
        assert f"질문 {n}" in html.unescape(path.read_bytes()[start:end].decode())


def test_a_page_cut_off_keeps_all_whole_entries(tmp_path: Path, read: Callable) -> None:
    path = tmp_path / "MyActivity.html"
    whole = page(*(cell(f"Prompted question {n}", "Jan 2, 2026, 9:15:00 PM KST") for n in range(3)))
    path.write_text(whole[: whole.index("question 2")], "utf-8")
    reading = read(GEMINI, path)
    assert [record.text for record in reading.records] == ["question 0", "question 1"]
    assert [row.code for row in reading.bad] == ["cut-off"]


@pytest.mark.parametrize("header", ["Gemini Apps", "Gemini 앱", "Gemini-Apps", "Bard"])
def test_products_are_known_by_their_header(header: str, tmp_path: Path, read: Callable) -> None:
    assert len(read(GEMINI, write(tmp_path, [entry("Prompted x", "y", header=header)])).records) == 1


def test_the_activity_of_other_products_is_left_alone(tmp_path: Path, read: Callable) -> None:
    assert not read(GEMINI, write(tmp_path, [entry("Searched for Gemini", header="Search")])).matches
