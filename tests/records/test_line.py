"""The quick reader of lines gives what the patient one gives, or leaves the line to it."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from darak.records.codec import FormatError, parse_record
from darak.records.line import quick_record, read_record, record_bytes
from darak.records.record import Origin

HERE = Origin("life.jsonl", "bytes 0-1")
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
times = st.sampled_from(["", "2020", "2020-02", "2020-02-03", "2020-02-03T04:05", "2020-02-03T04:05:06.7Z",
                         "2020-02-03T04:05:06+09:00"])  # fmt: skip
known = st.fixed_dictionaries(
    {"source": texts, "kind": st.sampled_from(["message", "mail", "nonsense"]), "type": st.just("record")},
    optional={
        "id": texts, "account": texts, "time": times, "written": texts, 
        "zone": st.sampled_from(["Asia/Seoul", "+01:00"]),
        "zone_source": st.sampled_from(["geo", "owner", "nowhere"]), "end": times, "author": texts,
        "people": st.lists(texts, max_size=3), "thread": texts, "parent": texts, 
        "title": texts, "text": texts, "url": texts,
        "place": st.one_of(st.none(), texts, st.fixed_dictionaries({"name": texts, "lat": st.floats(-90, 90)})),
        "extra": st.dictionaries(texts, st.integers(-(2**63), 2**64 - 1), max_size=2),
        "blobs": st.lists(st.fixed_dictionaries({"hash": texts, "size": st.integers(0, 9)}), max_size=2),
    },
)  # fmt: skip
odd = st.dictionaries(st.sampled_from(["id", "text", "people", "mood", "kind", "type", "copy"]), st.integers() | texts)


def outcome(line: bytes, patient: bool) -> Any:
    try:
        return parse_record(orjson.loads(line), HERE) if patient else read_record(line, HERE)
    except (FormatError, orjson.JSONDecodeError) as error:
        return str(error)


@given(known, odd)
def test_both_readers_agree(data: dict[str, Any], more: dict[str, Any]) -> None:
    line = orjson.dumps(data | {key: str(value) if abs(len(str(value))) > 18 else value for key, value in more.items()})
    assert outcome(line, patient=False) == outcome(line, patient=True)


@given(known)
def test_a_stored_record_is_read_quickly(data: dict[str, Any]) -> None:
    try:
        record = parse_record(data, HERE)
    except FormatError:
        return
    line = record_bytes(record)
    again = quick_record(line, HERE)
    assert again is not None and record_bytes(again) == line


@pytest.mark.parametrize(
    "line",
    [
        b'{"type":"record","source":"s","kind":"note","mood":"good"}',
        b'{"type":"record","source":"s","kind":"note","id":7}',
        b'{"type":"sample","source":"s","kind":"note"}',
        b'\xef\xbb\xbf{"type":"record","source":"s","kind":"note"}',
        b'{"type":"record","source":"s","kind":"note","text":"\\ud800"}',
        b'{"type":"record","source":"s","kind":"note","text":"\xff"}',
    ],
)  # fmt: skip
def test_odd_lines_are_left_to_the_patient_reader(line: bytes) -> None:
    assert quick_record(line, HERE) is None
