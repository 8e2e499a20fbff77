"""Evernote's exports in, records out: text, files, tags, tasks, places, locked parts, and what is damaged."""

from __future__ import annotations

import base64
import hashlib
import io
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from darak.importers.formats.html_markdown import markdown_of_html
from darak.importers.notes.evernote import enex
from darak.importers.notes.evernote.enex import read_notes
from darak.importers.notes.evernote.evernote import EvernoteImporter

EVERNOTE = EvernoteImporter()
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export4.dtd">\n'
    '<en-export export-date="20260101T000000Z" application="Evernote" version="10.0">\n'
)


def note(title: str, body: str, more: str = "", created: str = "20210304T053000Z") -> str:
    enml = f'<?xml version="1.0"?><!DOCTYPE en-note SYSTEM "http://x/enml2.dtd"><en-note>{body}</en-note>'
    return (
        f"<note><title>{title}</title><content><![CDATA[{enml}]]></content><created>{created}</created>{more}</note>\n"
    )


def write(path, *notes: str):
    path.write_text(HEAD + "".join(notes) + "</en-export>\n", encoding="utf-8")
    return path


def test_a_note_has_its_title_text_time_tags_and_place(tmp_path, read):
    more = (
        "<updated>20210305T000000Z</updated><tag>여행</tag><tag>food</tag><note-attributes>"
        "<latitude>37.5</latitude><longitude>127.0</longitude><author>민지</author>"
        "<source-url>https://example.org/a</source-url><reminder-time>20210401T000000Z</reminder-time>"
        "</note-attributes>"
    )
    (record,) = read(
        EVERNOTE, write(tmp_path / "제주.enex", note("국수 &amp; 바다", "<div>고기국수</div>", more))
    ).records
    assert (record.title, record.text, record.kind, record.native_id) == ("국수 & 바다", "고기국수", "note", None)
    assert (record.time.iso(), record.time.zone) == ("2021-03-04T05:30:00Z", "UTC")
    assert (record.author.handle, record.place.lat, record.url) == ("민지", 37.5, "https://example.org/a")
    assert record.extra["tags"] == ["여행", "food"]
    assert record.extra["notebook"] == "제주"
    assert record.extra["reminder"] == "20210401T000000Z"


def test_attached_files_become_blobs_and_are_called_by_name_in_the_text(tmp_path, read):
    data = b"\x89PNG picture"
    name = hashlib.md5(data).hexdigest()
    body = f'<div>see</div><en-media hash="{name}" type="image/png"/><en-media hash="{"0" * 32}"/>'
    more = (
        f'<resource><data encoding="base64">{base64.b64encode(data).decode()}</data><mime>image/png</mime>'
        "<recognition><![CDATA[<?xml version='1.0'?><recoIndex/>]]></recognition>"
        "<resource-attributes><file-name>map.png</file-name></resource-attributes></resource>"
    )
    (record,) = read(EVERNOTE, write(tmp_path / "a.enex", note("t", body, more))).records
    (blob,) = record.blobs
    assert (blob.data, blob.name, blob.mime) == (data, "map.png", "image/png")
    assert "map.png" in record.text
    assert record.extra["missing"] == ["0" * 32]


def test_tasks_stand_in_their_order_and_their_frame_is_no_text(tmp_path, read):
    body = '<div style="--en-task-group:true; --en-id:1"><div>Content not supported</div></div>'
    task = "<task><title>{}</title><taskStatus>{}</taskStatus><sortWeight>{}</sortWeight>{}</task>"
    more = task.format("second", "completed", "M", "") + task.format(
        "first", "open", "C", "<dueDate>20220528T215959Z</dueDate>"
    )
    (record,) = read(EVERNOTE, write(tmp_path / "a.enex", note("t", body, more))).records
    assert record.text == "- [ ] first (2022-05-28)\n- [x] second"


def test_encrypted_parts_stay_locked_and_are_told(tmp_path, read):
    reading = read(
        EVERNOTE, write(tmp_path / "a.enex", note("t", '<div>a</div><en-crypt hint="dog">U0VDUkVU</en-crypt>'))
    )
    assert reading.records[0].text == "a\n[encrypted; hint: dog]"
    assert [flaw.code for flaw in reading.flaws] == ["encrypted-text"]


def test_markup_that_breaks_the_document_costs_no_note(tmp_path, read):
    broken = note("A & B", "<div>one</div><![CDATA[>]]><div>two<br></div>")
    (first, second) = read(EVERNOTE, write(tmp_path / "a.enex", broken, note("t", "x"))).records
    assert first.title == "A & B"
    assert "one" in first.text and "two" in first.text
    assert second.text == "x"


@pytest.mark.parametrize("damaged", ["<title>", "</title>", "<content>", "<note>", "</note>"])
def test_a_damaged_tag_costs_its_note_only(tmp_path, read, damaged):
    second = note("second", "b").replace(damaged, damaged[:-2] + "?>", 1)
    reading = read(EVERNOTE, write(tmp_path / "a.enex", note("first", "a"), second, note("third", "c")))
    assert [record.title for record in reading.records] == ["first", "third"]
    assert [row.code for row in reading.bad] == ["damaged-note"]


@given(cut=st.integers(min_value=len(HEAD), max_value=len(HEAD) + 800))
def test_cut_anywhere_it_gives_the_whole_notes_before_and_one_bad_row(cut):
    notes = [note(f"n{number}", "words") for number in range(3)]
    data = (HEAD + "".join(notes) + "</en-export>").encode()
    raw = list(read_notes(io.BytesIO(data[:cut])))
    ends = [len(HEAD) + sum(map(len, notes[: number + 1])) - 1 for number in range(3)]
    assert sum(not found.problem for found in raw) == sum(end <= cut for end in ends)
    assert [found.problem for found in raw if found.problem] == ([] if cut >= len(data) - 1 else ["cut-off"])


def test_of_a_huge_note_the_words_are_kept_and_the_file_is_told(tmp_path, read, monkeypatch):
    monkeypatch.setattr(enex, "MAX_NOTE", 1 << 20)
    more = f'<resource><data encoding="base64">{"QUJD" * (1 << 20)}</data><mime>a/b</mime></resource>'
    path = write(tmp_path / "a.enex", note("big", "words", more), note("next", "more"))
    reading = read(EVERNOTE, path)
    assert [(record.title, record.text) for record in reading.records] == [("big", "words"), ("next", "more")]
    assert [flaw.code for flaw in reading.flaws] == ["attachment-too-large"]
    begin, end = map(int, reading.records[1].origin.locator.removeprefix("bytes ").split("-"))
    assert path.read_bytes()[begin:end].startswith(b"<note><title>next")


def test_another_programs_xml_is_not_claimed(tmp_path, read):
    path = tmp_path / "a.enex"
    path.write_text("<?xml version='1.0'?><gpx><note>en-export</note></gpx>")
    assert read(EVERNOTE, path).matches == []


# HTML as Markdown


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<h2>Title</h2><p>one<br/>two</p><p>three</p>", "## Title\n\none\ntwo\n\nthree"),
        ("<div>a</div><div><br/></div><div>b</div>", "a\n\nb"),
        ("<ul><li>a<ul><li>b</li></ul></li><li><div>c</div></li></ul>d", "- a\n    - b\n- c\n\nd"),
        ('<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b"),
        ('<div><en-todo checked="true"/>done</div><div><en-todo/>open</div>', "- [x] done\n- [ ] open"),
        ("<table><tr><td><div>a</div></td><td>b</td></tr><tr><td></td><td>d</td></tr></table>", "a | b\nd"),
        ("<pre>x = 1\n\n  y</pre>after", "```\nx = 1\n\n  y\n```\n\nafter"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n> \n> > b"),
        ('<a href="https://x.org/">x.org</a> <a href="https://y.org/p">why</a>', "x.org [why](https://y.org/p)"),
        ("<b>아</b>침 <i>산</i>책", "아침 산책"),
        ("<style>p {}</style><p>a&nbsp;&amp; b</p></div></b>", "a & b"),
    ],
)
def test_html_keeps_its_shape_as_markdown(source, text):
    assert markdown_of_html(source).text == text


@given(st.lists(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1), min_size=1))
def test_the_words_of_html_are_read_back_exactly(words):
    kept = [word for word in words if markdown_of_html(escape(word)).text]
    source = "".join(f"<div><span>{escape(word)}</span></div>" for word in kept)
    assert markdown_of_html(source).text == "\n".join(kept)


@given(st.text("<>/abplitd en-media=\"' !-[]&;CDATA") | st.text("<>![]-?C"))
def test_no_markup_however_broken_stops_it(source):
    markdown_of_html(source)
