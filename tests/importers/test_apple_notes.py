"""Apple Notes' database in, records out: text with its marks, objects in it, folders, locked notes, old databases."""

from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.importers.acceptance.cases_notes import APPLE_TABLES, apple_text, field

from darak.importers.notes.apple.apple_notes import AppleNotesImporter
from darak.importers.notes.apple.document import text_of_note, text_of_table, unpack
from darak.importers.notes.apple.protobuf import Message

APPLE = AppleNotesImporter()
MARCH = 731322000.0  # 2024-03-05T09:00:00Z


def run(text: str, style: bytes = b"", *more: bytes) -> bytes:
    size = field(1, len(text.encode("utf-16-le")) // 2)
    return size + (field(2, style) if style else b"") + b"".join(more)


def styled(*parts: tuple[str, bytes]) -> bytes:
    return apple_text("".join(text for text, _ in parts), *(run(text, style) for text, style in parts))


def store(folder: Path, *objects: dict[str, Any], data: dict[int, bytes | None]) -> Path:
    path = folder / "NoteStore.sqlite"
    with sqlite3.connect(path) as connection:
        for table in APPLE_TABLES:
            connection.execute(table)
        for row in objects:
            columns = ", ".join(row)
            marks = ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO ZICCLOUDSYNCINGOBJECT({columns}) VALUES({marks})", tuple(row.values()))
        for note, content in data.items():
            connection.execute("INSERT INTO ZICNOTEDATA(ZNOTE, ZDATA) VALUES(?,?)", (note, content))
    connection.close()
    return path


def entry(key: int = 1, **more: Any) -> dict[str, Any]:
    return {"Z_PK": key, "ZIDENTIFIER": f"N{key}", "ZTITLE1": "제목", "ZCREATIONDATE3": MARCH, **more}


def read_text(data: bytes) -> str:
    return text_of_note(unpack(data), lambda name, kind: f"<{name} {kind}>")


# The text


def test_marks_of_paragraphs_become_markdown():
    heading, item, done = field(1, 1), field(1, 100), field(1, 103) + field(5, field(1, b"x") + field(2, 1))
    numbers, inner = field(1, 102), field(1, 102) + field(4, 1)
    parts = [
        ("장보기\n", field(1, 0)),
        ("할 일\n", heading),
        ("우유\n", item),
        ("빵\n", done),
        ("하나\n", numbers),
        ("안\n", inner),
        ("둘\n", numbers),
        ("끝 😀 말", b""),
    ]
    expected = "# 장보기\n## 할 일\n- 우유\n- [x] 빵\n1. 하나\n    1. 안\n2. 둘\n끝 😀 말"
    assert read_text(styled(*parts)) == expected


def test_runs_count_utf_16_units_so_that_emoji_do_not_shift_links():
    link = field(9, "https://example.org/x")
    data = apple_text("😀😀 see here", run("😀😀 see "), run("here", b"", link))
    assert read_text(data) == "😀😀 see [here](https://example.org/x)"


def test_an_object_stands_where_it_was():
    data = apple_text(
        "a \ufffc b", run("a "), run("\ufffc", b"", field(12, field(1, "ID") + field(2, "kind"))), run(" b")
    )
    assert read_text(data) == "a <ID kind> b"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\ufffc\u2028")))
def test_plain_text_is_read_back_exactly(text):
    assert read_text(apple_text(text)) == text.strip("\n")


@given(st.binary(max_size=200))
def test_bytes_that_are_no_message_are_refused_and_nothing_else(data):
    try:
        Message(data)
        text_of_note(data, lambda *_: "")
    except ValueError:
        pass


def table(rows: list[list[str]]) -> bytes:
    """A table as Apple keeps it: rows and columns are ordered sets of ids, cells lie in columns."""
    keys = ["self", "crRows", "crColumns", "cellColumns"]
    uuids: list[bytes] = []
    entries: list[bytes] = []

    def add(entry: bytes) -> int:
        entries.append(entry)
        return len(entries) - 1

    def identity() -> tuple[int, bytes]:
        uuids.append(len(uuids).to_bytes(16, "big"))
        return len(uuids) - 1, uuids[-1]

    def pointer(uuid: int) -> int:
        return add(field(13, field(1, 1) + field(3, field(1, 0) + field(2, field(2, uuid)))))

    def pair(first: int, second: int) -> bytes:
        return field(1, field(1, field(6, first)) + field(2, field(6, second)))

    def ordered(count: int) -> tuple[int, list[int]]:
        ids, cells = [identity() for _ in range(count)], [identity()[0] for _ in range(count)]
        items = b"".join(field(2, field(1, place) + field(2, raw)) for place, (_, raw) in enumerate(ids))
        both = zip(ids, cells, strict=True)
        contents = b"".join(pair(pointer(first), pointer(second)) for (first, _), second in both)
        return add(field(16, field(1, field(1, items) + field(2, contents)))), cells

    root = add(b"")
    order_of_rows, row_ids = ordered(len(rows))
    order_of_columns, column_ids = ordered(len(rows[0]))
    columns = b""
    for x, column in enumerate(column_ids):
        cells = b""
        for y, row in enumerate(row_ids):
            cells += pair(pointer(row), add(field(10, field(2, rows[y][x]))))
        columns += pair(pointer(column), add(field(6, cells)))
    parts = [(1, order_of_rows), (2, order_of_columns), (3, add(field(6, columns)))]
    named = b"".join(field(3, field(1, key) + field(2, field(6, value))) for key, value in parts)
    entries[root] = field(13, field(1, 0) + named)
    data = b"".join(field(3, item) for item in entries)
    data += b"".join(field(4, key) for key in keys) + field(5, "com.apple.notes.ICTable") + field(5, "NSUUID")
    return gzip.compress(field(2, field(3, data + b"".join(field(6, uuid) for uuid in uuids))))


def test_a_table_is_read_by_rows():
    assert text_of_table(unpack(table([["가", "b"], ["c", "라"]]))) == "가 | b\nc | 라"


# The database


def test_a_note_has_its_id_folder_account_and_time(tmp_path, read):
    objects = [
        entry(1, ZFOLDER=3, ZACCOUNT7=5, ZISPINNED=1),
        {"Z_PK": 2, "ZTITLE2": "집"},
        {"Z_PK": 3, "ZTITLE2": "요리", "ZPARENT": 2},
        {"Z_PK": 5, "ZNAME": "iCloud"},
    ]
    (record,) = read(APPLE, store(tmp_path, *objects, data={1: apple_text("제목\n된장 두 숟갈")})).records
    assert (record.title, record.text, record.native_id) == ("제목", "제목\n된장 두 숟갈", "N1")
    assert (record.time.iso(), record.time.zone) == ("2024-03-05T09:00:00Z", "UTC")
    assert record.extra == {"folder": "집/요리", "account": "iCloud", "pinned": True}
    assert record.origin.locator == "table ZICNOTEDATA row 1"


def test_files_links_hashtags_and_tables_of_a_note_are_found(tmp_path, read):
    kinds = ("public.jpeg", "public.url", "com.apple.notes.inlinetextattachment.hashtag", "com.apple.notes.table")
    objects = [
        entry(1),
        {"Z_PK": 2, "ZIDENTIFIER": "A0", "ZTYPEUTI": kinds[0], "ZMEDIA": 9},
        {
            "Z_PK": 3,
            "ZIDENTIFIER": "A1",
            "ZTYPEUTI": kinds[1],
            "ZURLSTRING": "https://example.org",
            "ZTITLE": "Example",
        },
        {"Z_PK": 4, "ZIDENTIFIER": "A2", "ZTYPEUTI": kinds[2], "ZALTTEXT": "#새"},
        {"Z_PK": 5, "ZIDENTIFIER": "A3", "ZTYPEUTI": kinds[3], "ZMERGEABLEDATA1": table([["x", "y"]])},
        {"Z_PK": 9, "ZIDENTIFIER": "0" * 8 + "-0000-0000-0000-" + "0" * 12, "ZFILENAME": "heron.jpg"},
    ]
    runs = [run("\ufffc", b"", field(12, field(1, f"A{n}") + field(2, kind))) for n, kind in enumerate(kinds)]
    path = store(tmp_path, *objects, data={1: apple_text("\ufffc" * 4, *runs)})
    media = tmp_path / "Accounts/LocalAccount/Media" / objects[-1]["ZIDENTIFIER"] / "1_X/heron.jpg"
    media.parent.mkdir(parents=True)
    media.write_bytes(b"\xff\xd8")
    reading = read(APPLE, path.parent)
    (record,) = reading.records
    assert record.text == "heron.jpg[Example](https://example.org)#새\nx | y"
    assert [(blob.name, blob.data) for blob in record.blobs] == [("heron.jpg", b"\xff\xd8")]
    assert (record.extra["tags"], record.extra["links"]) == (["새"], ["https://example.org"])
    assert len(reading.matches[0].members) == 2


@pytest.mark.parametrize(
    ("fields", "data", "text", "code"),
    [
        ({"ZISPASSWORDPROTECTED": 1}, b"\x01secret", "", "encrypted-note"),
        ({"ZSNIPPET": "the beginning"}, None, "the beginning", "not-downloaded"),
    ],
)
def test_what_is_locked_or_elsewhere_is_told(tmp_path, read, fields, data, text, code):
    reading = read(APPLE, store(tmp_path, entry(1, **fields), data={1: data}))
    assert [(record.title, record.text) for record in reading.records] == [("제목", text)]
    assert [flaw.code for flaw in reading.flaws] == [code]


def test_a_damaged_note_is_one_bad_row(tmp_path, read):
    data = apple_text("words " * 50)
    reading = read(APPLE, store(tmp_path, entry(1), entry(2), data={1: data[:20], 2: data}))
    assert [record.native_id for record in reading.records] == ["N2"]
    assert [row.code for row in reading.bad] == ["damaged-note"]


def test_a_database_before_ios_9_holds_html(tmp_path, read):
    path = tmp_path / "notes.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE ZNOTE(Z_PK INTEGER PRIMARY KEY, ZBODY, ZCREATIONDATE, ZTITLE, ZGUID)")
        connection.execute("CREATE TABLE ZNOTEBODY(Z_PK INTEGER PRIMARY KEY, ZCONTENT)")
        connection.execute("INSERT INTO ZNOTE VALUES(1, 7, ?, '산책', 'G1')", (MARCH,))
        connection.execute("INSERT INTO ZNOTEBODY VALUES(7, '<div>강가를</div><div>걸었다</div>')")
    connection.close()
    (record,) = read(APPLE, path).records
    assert (record.title, record.text, record.native_id) == ("산책", "강가를\n걸었다", "G1")
    assert record.time.iso() == "2024-03-05T09:00:00Z"
