"""What importers share: rows of CSV, databases of SQLite, arrays deep in JSON."""

from __future__ import annotations

import csv
import io
import json
import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darak.importers.formats.csv_rows import Row, count_rows, read_rows
from darak.importers.formats.json_array import Element, read_array
from darak.importers.formats.lines import may_be_text
from darak.importers.formats.sqlite_file import (
    SqliteDamaged,
    companions,
    open_database,
    table_names,
)
from darak.importers.tree import open_tree

_VALUES = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=8)
_TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(_VALUES, min_size=width, max_size=width), min_size=1, max_size=6)
)


def rows_of(text: str | bytes, delimiter: str = ",", width: int = 0) -> list[Row]:
    data = text.encode() if isinstance(text, str) else text
    return list(read_rows(io.BytesIO(data), ("utf-8", "cp949"), delimiter, width))


def values_of(text: str | bytes, delimiter: str = ",", width: int = 0) -> list[list[str]]:
    return [row.values for row in rows_of(text, delimiter, width)]


@settings(deadline=None)
@given(_TABLES, st.sampled_from([",", ";", "\t"]), st.sampled_from(["\n", "\r\n"]))
def test_what_a_csv_writer_writes_is_read_back_exactly(table: list[list[str]], delimiter: str, ending: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL).writerows(table)
    data = out.getvalue().encode()
    rows = rows_of(data, delimiter)
    assert [row.values for row in rows] == table
    assert all(data[row.start : row.end] == row.raw for row in rows)
    assert count_rows(io.BytesIO(data), ("utf-8",), delimiter) == len(table)


def test_rows_know_their_bytes_behind_a_byte_order_mark_and_over_blank_lines() -> None:
    data = b'\xef\xbb\xbfa,b\r\n\r\n"x\r\ny",2\r\n1,2'
    assert [(data[row.start : row.end], row.ended) for row in rows_of(data)] == [
        (b"a,b", True),
        (b'"x\r\ny",2', True),
        (b"1,2", False),
    ]


def test_blanks_around_quotes_and_quotes_within_bare_values_are_read() -> None:
    assert values_of('a, "b, c" ,d\n5" pipe,="42",\n') == [["a", "b, c", "d"], ['5" pipe', '="42"', ""]]


def test_korean_rows_in_cp949_are_read() -> None:
    assert values_of("날짜,내용\n2025-01-01,커피\n".encode("cp949")) == [["날짜", "내용"], ["2025-01-01", "커피"]]


def test_a_quote_that_is_never_closed_costs_its_row_alone() -> None:
    assert values_of('a,b\n1,"x\n2,y\n3,z\n') == [["a", "b"], [], ["2", "y"], ["3", "z"]]
    assert values_of('a,b\n1,"x\n2,"y"\n3,"z"\n') == [["a", "b"], [], ["2", "y"], ["3", "z"]]


def test_a_damaged_row_of_many_lines_is_one_row() -> None:
    rows = rows_of('a,b\n1,"one\ntwo"x\n2,y\n')
    assert [row.values for row in rows] == [["a", "b"], [], ["2", "y"]]
    assert rows[1].raw == b'1,"one\ntwo"x'


def test_with_a_known_width_a_row_of_another_width_is_damaged() -> None:
    assert values_of("a,b\n1,2,3\n4\n5,6\n", width=2) == [["a", "b"], [], ["5", "6"]]


def test_bytes_that_no_encoding_knows_are_marked_and_told() -> None:
    rows = list(read_rows(io.BytesIO(b"a,b\n1,\xff\n"), ("utf-8",)))
    assert [(row.values, row.intact) for row in rows] == [(["a", "b"], True), (["1", "\ufffd"], False)]


def write_database(path: Path, tables: int = 1) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    for number in range(tables):
        columns = ", ".join(f"a_column_with_a_long_name_{number}_{column} TEXT" for column in range(20))
        connection.execute(f"CREATE TABLE thing{number} ({columns})")
    connection.execute("CREATE TABLE message (id INTEGER PRIMARY KEY, text TEXT)")
    connection.execute("PRAGMA wal_checkpoint")
    connection.executemany("INSERT INTO message(text) VALUES(?)", [("하나",), ("two",)])
    return connection


def test_a_database_is_read_with_its_write_ahead_log(tmp_path: Path) -> None:
    connection = write_database(tmp_path / "chat.db")
    tree = open_tree(tmp_path)
    assert companions(tree, "chat.db") == ("chat.db-wal", "chat.db-shm")
    with open_database(tree, "chat.db") as database:
        assert database.columns("message") == {"id", "text"}
        assert database.columns("nothing") == set()
        assert database.count("message") == 2
        assert [row["text"] for row in database.rows("SELECT text FROM message WHERE id>?", (0,))] == ["하나", "two"]
    connection.close()


@pytest.mark.parametrize("tables", [1, 400])
def test_the_tables_of_a_database_are_known_from_its_schema(tmp_path: Path, tables: int) -> None:
    write_database(tmp_path / "chat.db", tables).close()
    names = table_names(open_tree(tmp_path), "chat.db")
    assert names == {"message", *(f"thing{number}" for number in range(tables))}


def test_a_damaged_database_says_so(tmp_path: Path) -> None:
    write_database(tmp_path / "chat.db").close()
    (tmp_path / "chat.db").write_bytes((tmp_path / "chat.db").read_bytes()[:5000])
    tree = open_tree(tmp_path)
    with pytest.raises(SqliteDamaged), open_database(tree, "chat.db") as database:
        list(database.rows("SELECT * FROM message"))


def elements_of(data: bytes | dict[str, Any], path: tuple[str, ...]) -> list[Element]:
    return list(read_array(io.BytesIO(data if isinstance(data, bytes) else json.dumps(data).encode()), path))


def chats_of(*sizes: int) -> dict[str, Any]:
    """As many chats as there are sizes, with so many messages each; texts look like what stands around them."""
    texts = ['"messages": [{"id": 9}', "}, {", "안녕 ]", "\\"]
    chats = [
        {
            "name": f"chat {number}",
            "id": number,
            "tags": [{"messages": 1}],
            "messages": [
                {"id": number * 100 + at, "text": texts[at % 4] + "!", "parts": [{"id": 1}, {"id": 2}]}
                for at in range(size)
            ],
        }
        for number, size in enumerate(sizes)
    ]
    return {"about": 'an "export"', "other": {"list": [{"messages": [{"id": -1}]}]}, "chats": {"list": chats}}


CHATS = ("chats", "list", "*", "messages")


@settings(deadline=None)
@given(st.lists(st.integers(0, 5), max_size=4), st.sampled_from([None, 1]))
def test_the_elements_of_nested_arrays_are_read_with_what_stands_around_them(sizes: list[int], indent: int) -> None:
    data = json.dumps(chats_of(*sizes), indent=indent, ensure_ascii=False).encode()
    elements = elements_of(data, CHATS)
    expected = [message for chat in chats_of(*sizes)["chats"]["list"] for message in chat["messages"]]
    assert [element.value for element in elements] == expected
    assert [element.index for element in elements] == list(range(len(expected)))
    assert all(json.loads(data[element.start : element.end]) == element.value for element in elements)
    assert [element.around["name"] for element in elements] == [f"chat {m['id'] // 100}" for m in expected]


def test_an_array_is_read_on_from_an_element_of_it() -> None:
    data = json.dumps({"locations": [{"at": 1, "e": 2}, {"at": 3, "e": 4}, {"at": 5, "e": 6}], "x": 1}).encode()
    first = elements_of(data, ("locations",))[0]
    rest = list(read_array(io.BytesIO(data[first.end :]), ("locations",), first.end, 1))
    assert [(e.index, e.value["at"]) for e in rest] == [(1, 3), (2, 5)]
    assert json.loads(data[rest[1].start : rest[1].end]) == {"at": 5, "e": 6}


def test_a_large_document_is_read_in_pieces() -> None:
    locations = [{"at": number, "note": "x" * 3000} for number in range(2000)]
    data = json.dumps({"skipped": ["y" * 3_000_000, [{}] * 500_000], "locations": locations}).encode()
    assert [element.value for element in elements_of(data, ("locations",))] == locations


def read_damaged(whole: bytes, at: int, byte: int) -> tuple[list[tuple[Any, Any]], list[Element]]:
    """(value, chat) of what can be read when one byte is another, and what cannot."""
    elements = elements_of(whole[:at] + bytes([byte]) + whole[at + 1 :], CHATS)
    read = [(e.value, e.around.get("name")) for e in elements if e.value is not None]
    return read, [e for e in elements if e.problem]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.data(), st.sampled_from(b'\xffx"{}[],:\\ 0'))
def test_a_damaged_byte_in_an_element_costs_that_element(sizes: list[int], data: st.DataObject, byte: int) -> None:
    whole = json.dumps(chats_of(*sizes), ensure_ascii=False).encode()
    elements = elements_of(whole, CHATS)
    hit = data.draw(st.sampled_from(elements))
    read, lost = read_damaged(whole, data.draw(st.integers(hit.start + 20, hit.end - 1)), byte)
    assert len(lost) <= 1
    assert [pair for pair in read if pair[0]["id"] != hit.value["id"]] == [
        (e.value, e.around["name"]) for e in elements if e is not hit
    ]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.data(), st.sampled_from(b'\xffx"{}[],:\\ 0'))
def test_damage_anywhere_puts_no_element_into_another_array(sizes: list[int], data: st.DataObject, byte: int) -> None:
    whole = json.dumps(chats_of(*sizes), ensure_ascii=False).encode()
    at = data.draw(st.integers(0, len(whole) - 1))
    chats = {json.dumps(e.value): e.around["name"] for e in elements_of(whole, CHATS)}
    for value, chat in read_damaged(whole, at, byte)[0]:
        others = set(chats.values()) - {chats.get(json.dumps(value))}
        assert json.dumps(value) not in chats or chat not in others


@settings(deadline=None, max_examples=200)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=4), st.data())
def test_a_cut_document_gives_all_that_stands_before_the_cut(sizes: list[int], data: st.DataObject) -> None:
    whole = json.dumps(chats_of(*sizes), ensure_ascii=False).encode()
    cut = data.draw(st.integers(0, len(whole) - 1))
    elements = elements_of(whole[:cut], CHATS)
    assert [e.value for e in elements[:-1]] == [e.value for e in elements_of(whole, CHATS) if e.end <= cut]
    assert elements[-1].problem


def test_what_is_no_text_is_seen_in_its_first_bytes() -> None:
    pictures = (random.Random(n).randbytes(4096) for n in range(20))
    assert not any(may_be_text(b"\xff\xd8\xff\xe0" + picture) for picture in pictures)
    assert not may_be_text(bytes(40))
    texts = ("", "안녕\r\n\t하세요 😀\f", "a\x00b", "hi\x08 there " * 2, "가" * 5000)
    assert all(may_be_text(text.encode()) for text in texts)
    assert may_be_text("점심 먹자".encode("cp949"))
