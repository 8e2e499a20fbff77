"""Markdown notes in, records out: front matter, titles, links, tags, embeds, dates, vaults and canvases."""

from __future__ import annotations

import json
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from darak.importers.notes.markdown.dates import date_in_name, written_date
from darak.importers.notes.markdown.markdown import MarkdownImporter
from darak.importers.notes.markdown.note import parse_note
from darak.records.time import Precision

MARKDOWN = MarkdownImporter()


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


# One note


def test_front_matter_gives_title_date_tags_and_properties(tmp_path, read):
    front = 'title: 제주 여행\ndate: 2021-03-04\ntags: [여행, "#제주"]\nrating: 4.50\nsource: https://x.org/a'
    note = f"---\n{front}\n---\n\n바다를 봤다.\n"
    (record,) = read(MARKDOWN, write(tmp_path, {"a.md": note})).records
    assert (record.kind, record.title, record.text) == ("note", "제주 여행", "바다를 봤다.")
    assert (record.time.iso(), record.time.precision) == ("2021-03-04", Precision.DAY)
    assert record.extra["tags"] == ["여행", "제주"]
    assert record.extra["properties"]["rating"] == "4.50"
    assert record.url == "https://x.org/a"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_note_of_a_windows_editor_is_read_in_its_encoding(encoding, tmp_path, read):
    note = "---\r\ndate: 2021-03-04\r\n---\r\n# 제주\r\n\r\n바다를 봤다.\r\n"
    (record,) = read(MARKDOWN, write(tmp_path, {"a.md": note.encode(encoding)})).records
    assert (record.title, record.time.iso(), record.text) == ("제주", "2021-03-04", "# 제주\n\n바다를 봤다.")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# First\n\n# Second", "First"),
        ("words\n\n# Later ##", "Later"),
        ("Setext\n======\nwords", "Setext"),
        ("## Tasks\n# Low", None),
        ("```\n# comment\n```\nwords", None),
        ("words only", None),
        ("---\ntitle: Named\n---\n# Heading", "Named"),
        ("---\ntitle:\n---\n# Heading", "Heading"),
    ],
)
def test_the_title_is_the_front_matters_or_the_first_heading(text, title):
    assert parse_note(text).title == title


def test_without_either_the_file_names_the_note(tmp_path, read):
    assert read(MARKDOWN, write(tmp_path, {"이사 계획.md": "할 일"})).records[0].title == "이사 계획"


@pytest.mark.parametrize(
    "front",
    [
        "title: Foo: bar\ndate: 2021-03-04",
        "{{ x }}: 1\ndate: 2021-03-04",
        "a: [1\ndate: 2021-03-04",
        'a: "\\ud800"\ndate: 2021-03-04',
        "a: &x 1\nb: *x\ndate: 2021-03-04",
        "\tdate: 1\ndate: 2021-03-04",
    ],
)
def test_invalid_front_matter_stays_text_and_still_tells_the_date(tmp_path, read, front):
    reading = read(MARKDOWN, write(tmp_path, {"a.md": f"---\n{front}\n---\nwords"}))
    record = reading.records[0]
    assert front in record.text and "words" in record.text
    assert record.time.iso() == "2021-03-04"
    assert [flaw.code for flaw in reading.flaws] == ["invalid-front-matter"]


@pytest.mark.parametrize(
    "text", ["---\njust words\n---\nmore", "---\nnever closed\n", "words\n---\na: b\n---\n", "___\na: b\n___\n"]
)
def test_lines_that_are_no_front_matter_stay_text(text):
    note = parse_note(text)
    assert (note.text, note.properties, note.flaw) == (text.strip("\n"), {}, None)


def test_links_embeds_and_tags_outside_code():
    note = parse_note(
        "[[A]] [[B|see]] [[C#part|x]] [[D\\|pipe]] ![[pic.png|300]] ![](i.png)\n"
        "[local](notes/E%20F.md) [web](https://x.org/y)\n"
        "#tag #여행/제주 (#no) \\#no #123 x#no #a-b/\n`[[code]] #code`\n~~~\n[[fenced]] #fenced\n~~~\n"
    )
    assert note.links == ("A", "B", "C", "D", "notes/E F.md")
    assert note.embeds == ("pic.png", "i.png")
    assert note.tags == ("tag", "여행/제주", "a-b")


def test_embedded_files_become_blobs_and_missing_ones_are_named(tmp_path, read):
    files = {
        ".obsidian/app.json": "{}",
        "notes/day.md": "![[sea.png]] ![a](../files/cat.jpg) ![[gone.png]] ![[other]] ![x](data:image/png;base64,aGk=)",
        "notes/other.md": "words",
        "assets/deep/sea.png": b"SEA",
        "files/cat.jpg": b"CAT",
    }
    reading = read(MARKDOWN, write(tmp_path, files))
    day = next(record for record in reading.records if record.native_id == "notes/day.md")
    assert [(blob.name, blob.mime, blob.data) for blob in day.blobs] == [
        (None, "image/png", b"hi"),
        ("sea.png", "image/png", b"SEA"),
        ("cat.jpg", "image/jpeg", b"CAT"),
    ]
    assert day.extra == {"links": ["other"], "missing": ["gone.png"]}
    assert set(files) == set(reading.matches[0].members)


def test_an_embed_never_leaves_the_folder(tmp_path, read):
    write(
        tmp_path,
        {
            "secret.png": b"SECRET",
            "vault/.obsidian/app.json": "{}",
            "vault/a.md": "![](../secret.png) ![[/etc/passwd]]",
        },
    )
    assert read(MARKDOWN, tmp_path / "vault").records[0].blobs == ()
    both = [record for record in read(MARKDOWN, tmp_path).records if record.native_id == "a.md"]
    assert both[0].blobs == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_notes_in_korean_encodings_are_read(tmp_path, read, encoding):
    text = "---\ndate: 2021-03-04\n---\r\n다락방을 치웠다"
    data = text.encode(encoding)
    record = read(MARKDOWN, write(tmp_path, {"a.md": data})).records[0]
    assert (record.text, record.time.iso()) == ("다락방을 치웠다", "2021-03-04")


def test_one_damaged_byte_is_marked(tmp_path, read):
    data = bytearray("어제는 하루 종일 비가 왔고 집에서 책을 읽었다".encode())
    data[10] = 0xFF
    reading = read(MARKDOWN, write(tmp_path, {"a.md": bytes(data)}))
    assert "책을 읽었다" in reading.records[0].text
    assert [flaw.code for flaw in reading.flaws] == ["undecodable-text"]


# Dates


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2021-03-04", "2021-03-04"),
        ("2021-03", "2021-03"),
        ("2021", "2021"),
        ("2021-03-04T15:20", "2021-03-04T15:20"),
        ("2021-03-04 15:20:30", "2021-03-04T15:20:30"),
        ("2021-03-04T15:20:30+09:00", "2021-03-04T15:20:30+09:00"),
        ("2021-03-04T06:20:30Z", "2021-03-04T06:20:30Z"),
        ("2021-03-04 15:20:30 +0900", "2021-03-04T15:20:30+09:00"),
        ("2021-03-04 Thursday", "2021-03-04"),
        ("[[2021-03-04]]", "2021-03-04"),
        ("2021/3/4", "2021-03-04"),
        ("2021. 3. 4.", "2021-03-04"),
        ("2021.03.04 15:20", "2021-03-04T15:20"),
        ("2021년 3월 4일", "2021-03-04"),
        ("2021년 3월 4일 목요일 오후 3:20", "2021-03-04T15:20"),
        ("2021-03-04 (목) 15:20", "2021-03-04T15:20"),
        ("2021년 3월 4일 오전 12시 05분", "2021-03-04T00:05"),
        ("20210304", "2021-03-04"),
        ("202103041520", "2021-03-04T15:20"),
        ("March 4, 2021", "2021-03-04"),
        ("Mar 4th 2021", "2021-03-04"),
        ("4 March 2021", "2021-03-04"),
        ("Thursday, March 4th 2021, 3:20:00 pm", "2021-03-04T15:20:00"),
        ("March 4, 2021 at 12:05 AM", "2021-03-04T00:05"),
    ],
)
def test_dates_in_front_matter(written, iso):
    found = written_date(written)
    assert found is not None and found.iso() == iso


@pytest.mark.parametrize(
    "written", ["03/04/2021", "04.03.2021", "3/4/21", "2021-13-04", "{{date}}", "Mai 4, 2021", "soon", "", "0"]
)
def test_dates_whose_order_is_not_sure_are_none(written):
    assert written_date(written) is None


@pytest.mark.parametrize(
    ("name", "iso"),
    [
        ("2021-03-04", "2021-03-04"),
        ("2021-03-04 목요일", "2021-03-04"),
        ("회의 2021_03_04", "2021-03-04"),
        ("20210304 idea", "2021-03-04"),
        ("202103041520", "2021-03-04T15:20"),
        ("Zettel 20210304152030", "2021-03-04T15:20:30"),
        ("2021년 3월 4일 일기", "2021-03-04"),
        ("2021.3.4", "2021-03-04"),
        ("2021-03", "2021-03"),
        ("2021년 3월", "2021-03"),
        ("v2021-13-04", None),
        ("call 01012345678", None),
        ("123420210304", None),
        ("1984", None),
        ("notes", None),
    ],
)
def test_dates_in_file_names(name, iso):
    found = date_in_name(name)
    assert (found.iso() if found else None) == iso


def test_the_time_of_the_file_is_never_the_time_of_the_note(tmp_path, read):
    record = read(MARKDOWN, write(tmp_path, {"undated.md": "words"})).records[0]
    assert (record.time.written, record.time.local) == ("", None)


def test_an_unsure_date_is_kept_as_written_and_the_name_is_asked(tmp_path, read):
    reading = read(
        MARKDOWN,
        write(tmp_path, {"a.md": "---\ndate: 03/04/2021\n---\n", "2021-03-05.md": "---\ndate: 03/04/2021\n---\n"}),
    )
    assert [record.time.iso() or record.time.written for record in reading.records] == ["2021-03-05", "03/04/2021"]
    assert [flaw.code for flaw in reading.flaws] == ["invalid-date"]


# Folders


def test_a_note_keeps_its_id_whether_its_vault_is_imported_alone_zipped_or_in_a_folder(tmp_path, read):
    vault = write(
        tmp_path / "home" / "MyVault", {".obsidian/app.json": "{}", "일기/a.md": "words", ".trash/b.md": "gone"}
    )
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        for path in vault.rglob("*.*"):
            if path.is_file():
                archive.write(path, path.relative_to(vault.parent))
    for place in (vault, vault.parent, tmp_path / "export.zip"):
        reading = read(MARKDOWN, place)
        assert [(r.account, r.native_id) for r in reading.records] == [("MyVault", "일기/a.md")]
        assert (reading.matches[0].score, reading.ignored) == (0.95, 2)


def test_a_plain_folder_and_the_same_folder_zipped_give_the_same_ids(tmp_path, read):
    folder = write(tmp_path / "notes", {"a.md": "one", "sub/b.md": "two"})
    with zipfile.ZipFile(tmp_path / "anything.zip", "w") as archive:
        for path in folder.rglob("*.md"):
            archive.write(path, path.relative_to(folder.parent))
    expected = {("notes", "a.md"), ("notes", "sub/b.md")}
    for place in (folder, tmp_path / "anything.zip"):
        assert {(r.account, r.native_id) for r in read(MARKDOWN, place).records} == expected
    (single,) = read(MARKDOWN, folder / "a.md").records
    assert (single.account, single.native_id) == ("notes", "a.md")


def test_only_markdown_and_canvases_are_notes(tmp_path, read):
    write(tmp_path, {"a.txt": "words", "game.md": b"\0\1\2", "b.html": "<p>", "node.MD": "words"})
    reading = read(MARKDOWN, tmp_path)
    assert reading.matches[0].members == ("node.MD",) and reading.matches[0].score == 0.6


def test_two_vaults_in_one_folder_are_two_exports(tmp_path, read):
    for name in ("one", "two"):
        write(tmp_path / name, {".obsidian/app.json": "{}", "Home.md": f"# {name}"})
    reading = read(MARKDOWN, tmp_path)
    assert [(r.account, r.native_id, r.title) for r in reading.records] == [
        ("one", "Home.md", "one"),
        ("two", "Home.md", "two"),
    ]


def test_a_canvas_is_one_note_of_its_cards(tmp_path, read):
    canvas = {
        "nodes": [
            {"id": "2", "type": "text", "text": "below [[Link]] #tag", "x": 0, "y": 100},
            {"id": "1", "type": "text", "text": "above", "x": 0, "y": -5},
            {"id": "3", "type": "file", "file": "pic.png", "x": 0, "y": 200},
            {"id": "4", "type": "link", "url": "https://x.org", "x": 0, "y": 300},
        ],
        "edges": [{"id": "e", "fromNode": "1", "toNode": "2", "label": "leads to"}],
    }
    write(
        tmp_path,
        {"plan.canvas": json.dumps(canvas), "pic.png": b"PIC", "empty.canvas": "", "bad.canvas": '{"nodes": ['},
    )
    reading = read(MARKDOWN, tmp_path)
    plan = next(record for record in reading.records if record.title == "plan")
    assert plan.text == "above\n\nbelow [[Link]] #tag\n\nhttps://x.org\n\nleads to"
    assert plan.extra == {"type": "canvas", "tags": ["tag"], "links": ["Link"]}
    assert [blob.data for blob in plan.blobs] == [b"PIC"]
    assert [bad.code for bad in reading.bad] == ["bad-canvas"]


def test_the_origin_is_the_whole_file(tmp_path, read):
    record = read(MARKDOWN, write(tmp_path, {"a.md": "첫 줄\n둘째"})).records[0]
    assert (record.origin.member, record.origin.locator) == ("a.md", f"bytes 0-{(tmp_path / 'a.md').stat().st_size}")


# Whatever is written is read


lines = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), max_size=40)
words = st.text(st.characters(categories=("L",)), min_size=1, max_size=10)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words, st.dates(), st.lists(words, max_size=4, unique=True), st.lists(lines, max_size=6))
def test_what_is_written_with_front_matter_is_read_back(tmp_path, read, title, day, tags, body):
    text = "\n".join(body)
    front = f'---\ntitle: "{title}"\ndate: {day.isoformat()}\ntags: {json.dumps(tags, ensure_ascii=False)}\n---\n'
    (record,) = read(MARKDOWN, write(tmp_path, {"a.md": front + text})).records
    assert (record.title, record.time.iso(), record.text) == (title, day.isoformat(), text.strip("\n"))
    assert record.extra.get("tags", [])[: len(tags)] == tags


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(blacklist_categories=("Cs",)), max_size=200), st.sampled_from(["", "---\n", "---\na: "]))
def test_no_text_makes_the_parser_raise(text, before):
    parse_note(before + text + "\n---\n" + text)
    written_date(text)
    date_in_name(text)


@pytest.mark.parametrize(
    "piece", ["[", "[[", "`", "#", "# ", "![](", "[x](a", "- ", "---\n", "* ", "{", "2021-", "a\n", "data:a/b;base64,"]
)
def test_no_repetition_is_slow(piece):
    start = time.perf_counter()
    parse_note(piece * 100_000)
    parse_note("---\n" + piece * 100_000 + "\n---\n")
    date_in_name(piece * 1000)
    assert time.perf_counter() - start < 5
