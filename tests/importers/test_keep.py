"""Google Keep's notes in, records out: JSON with its twin pages, and pages alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from darak.importers.notes.keep import KeepImporter

KEEP = KeepImporter()
PAGE = (
    '<html><head><title>{title}</title></head><body><div class="note DEFAULT"><div class="heading">{date}</div>'
    '<div class="title">{title}</div><div class="content">{content}</div>'
    '<div class="chips"><span class="chip label"><span class="label-name">집</span></span></div></div></body></html>'
)


def note(**fields: Any) -> dict[str, Any]:
    return {
        "color": "DEFAULT",
        "isTrashed": False,
        "isPinned": False,
        "isArchived": False,
        "textContent": "words",
        "title": "Title",
        "userEditedTimestampUsec": 1690597779005000,
        "createdTimestampUsec": 1690426307496000,
        **fields,
    }


def put(folder: Path, **notes: dict[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in notes.items():
        (folder / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return folder


def test_a_note_has_its_text_labels_flags_and_the_instant_of_its_creation(tmp_path, read):
    fields = note(title="장보기", textContent="우유\n빵", labels=[{"name": "집"}], isArchived=True, color="RED")
    (record,) = read(KEEP, put(tmp_path, a=fields)).records
    assert (record.title, record.text, record.native_id) == ("장보기", "우유\n빵", "1690426307496000")
    assert (record.time.iso(), record.time.zone) == ("2023-07-27T02:51:47.496Z", "UTC")
    assert (record.extra["labels"], record.extra["archived"], record.extra["color"]) == (["집"], True, "RED")
    assert "trashed" not in record.extra


def test_checklists_show_what_is_done(tmp_path, read):
    items = [{"text": "milk", "isChecked": True}, {"text": "bread", "isChecked": False}]
    fields = note(listContent=items)
    del fields["textContent"]
    (record,) = read(KEEP, put(tmp_path, a=fields)).records
    assert record.text == "- [x] milk\n- [ ] bread"


def test_attached_files_are_found_also_under_the_other_ending_of_pictures(tmp_path, read):
    files = [{"filePath": "1.2.jpeg", "mimetype": "image/jpeg"}, {"filePath": "gone.png", "mimetype": "image/png"}]
    path = put(tmp_path, a=note(attachments=files))
    (path / "1.2.jpg").write_bytes(b"\xff\xd8picture")
    reading = read(KEEP, path)
    (record,) = reading.records
    assert [(blob.name, blob.data) for blob in record.blobs] == [("1.2.jpg", b"\xff\xd8picture")]
    assert record.extra["missing"] == ["gone.png"]
    assert len(reading.matches[0].members) == 2


def test_shared_links_and_people_are_kept(tmp_path, read):
    link = {"source": "WEBLINK", "title": "Map", "url": "https://example.org/map", "description": ""}
    people = [{"isOwner": True, "type": "WRITER", "email": "me@example.org"}]
    (record,) = read(KEEP, put(tmp_path, a=note(annotations=[link], sharees=people))).records
    assert record.url == "https://example.org/map"
    assert record.text == "words\n\n[Map](https://example.org/map)"
    assert [person.handle for person in record.people] == ["me@example.org"]


def test_the_page_of_a_note_and_the_list_of_labels_add_nothing(tmp_path, read):
    path = put(tmp_path / "Keep", Title=note())
    (path / "Title.html").write_text(PAGE.format(title="Title", date="Jul 27, 2023, 11:51:47 AM", content="words"))
    (path / "Labels.txt").write_text("집\n")
    reading = read(KEEP, tmp_path)
    assert (len(reading.records), reading.ignored) == (1, 2)


def test_a_page_alone_is_read_with_its_local_time(tmp_path, read):
    content = '우유<br>빵 <ul class="list"><li>하나</li></ul>'
    (tmp_path / "a.html").write_text(PAGE.format(title="장보기", date="2018. 7. 27. 오후 3:21:15", content=content))
    (record,) = read(KEEP, tmp_path).records
    assert (record.title, record.time.iso(), record.time.zone) == ("장보기", "2018-07-27T15:21:15", None)
    assert record.text.startswith("우유\n빵")
    assert record.extra["labels"] == ["집"]


def test_two_notes_of_the_same_instant_stay_two(tmp_path, read):
    ids = {record.native_id for record in read(KEEP, put(tmp_path, a=note(), b=note(title="Other"))).records}
    assert len(ids) == 2


def test_two_takeouts_side_by_side_keep_a_notes_id(tmp_path, read):
    put(tmp_path / "old", a=note())
    put(tmp_path / "new", a=note(textContent="more words"))
    assert {record.native_id for record in read(KEEP, tmp_path).records} == {"1690426307496000"}


def test_a_broken_note_is_one_bad_row(tmp_path, read):
    path = put(tmp_path, a=note())
    (path / "b.json").write_text(json.dumps(note(title="cut"))[:-20])
    reading = read(KEEP, path)
    assert [record.title for record in reading.records] == ["Title"]
    assert [row.code for row in reading.bad] == ["bad-json"]


def test_other_json_and_pages_are_not_claimed(tmp_path, read):
    (tmp_path / "a.json").write_text('{"title": "x", "createdTimestampUsec": 1, "isPinned": true}')
    (tmp_path / "b.html").write_text('<div class="notes"><div class="heading">x</div></div>')
    assert read(KEEP, tmp_path).matches == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(title=st.text(st.characters(codec="utf-8"), min_size=1), text=st.text(st.characters(codec="utf-8"), min_size=1))
def test_title_and_text_are_read_back_exactly(tmp_path, read, title, text):
    (record,) = read(KEEP, put(tmp_path, a=note(title=title, textContent=text))).records
    assert record.title == (title.strip() or None)
    assert record.text == (text.strip("\n") if text.strip() else "")
