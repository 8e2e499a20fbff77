"""Darak's own format in: every line becomes exactly one item, with the way back to its bytes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darak.importers import native
from darak.importers.importer import BadRow, Checkpoint, Restored, Units
from darak.importers.native import NativeImporter
from darak.importers.tree import open_tree
from darak.records.record import Identity, Place, Record, Sample
from darak.records.time import Precision, ZoneSource

SPEC = (
    '{"type": "record", "id": "sms-17", "source": "phone", "account": "me", "kind": "message",'
    ' "time": "2025-01-03T07:15:30+08:00", "end": null, "author": "Wang Xiuying", "people": ["Wang Xiuying", "me"],'
    ' "thread": "sms:+8613951345679", "parent": null, "title": null, "text": "Mom, I\'m heading to work.",'
    ' "place": {"name": "Songjiang", "lat": 31.03, "lon": 121.22}, "url": null, "extra": {"direction": "out"}}\n'
    '{"type": "sample", "source": "watch", "metric": "steps", "value": 6850, "unit": "count", "time": "2025-01-03",'
    ' "end": null, "device": "phone"}\n'
)


def note(text: str = "x", **more: Any) -> dict[str, Any]:
    return {"type": "record", "source": "s", "kind": "note", "time": "2025-01-03", "text": text, **more}


def reading(read: Callable[..., Any], path: Path, *objects: Any, data: bytes | None = None) -> Any:
    path.write_bytes("".join(json.dumps(item) + "\n" for item in objects).encode() if data is None else data)
    return read(NativeImporter(), path)


def test_the_lines_of_the_format_description(read, tmp_path):
    result = reading(read, tmp_path / "x.jsonl", data=SPEC.encode())
    record, sample = result.items[:2]
    assert record == Record(
        source="phone",
        account="me",
        kind="message",
        native_id="sms-17",
        time=record.time,
        author=Identity("Wang Xiuying"),
        people=(Identity("Wang Xiuying"), Identity("me")),
        thread="sms:+8613951345679",
        text="Mom, I'm heading to work.",
        place=Place("Songjiang", 31.03, 121.22),
        extra={"direction": "out"},
        origin=record.origin,
    )
    assert (record.time.zone, record.time.local) == ("+08:00", datetime(2025, 1, 3, 7, 15, 30))
    assert isinstance(sample, Sample) and (sample.value, sample.unit, sample.device) == (6850.0, "count", "phone")
    assert sample.time.precision is Precision.DAY and sample.time.zone is None


def test_the_origin_leads_back_to_the_bytes(read, tmp_path):
    data = "".join(json.dumps(note(f"글 {number}"), ensure_ascii=False) + "\r\n" for number in range(20)).encode()
    for name, written in (("x.jsonl", data), ("x.jsonl.gz", gzip.compress(data))):
        for record in reading(read, tmp_path / name, data=written).records:
            begin, end = map(int, record.origin.locator.removeprefix("bytes ").split("-"))
            assert json.loads(data[begin:end])["text"] == record.text
        (tmp_path / name).unlink()


@pytest.mark.parametrize(
    ("written", "precision", "zone"),
    [
        ("2025", Precision.YEAR, None),
        ("2025-01", Precision.MONTH, None),
        ("2025-01-03", Precision.DAY, None),
        ("2025-01-03T07:15", Precision.MINUTE, None),
        ("2025-01-03T07:15+09:00", Precision.MINUTE, "+09:00"),
        ("2025-01-03T07:15:30", Precision.SECOND, None),
        ("2025-01-03 07:15:30", Precision.SECOND, None),
        ("2025-01-03T07:15:30.5Z", Precision.MILLISECOND, "UTC"),
    ],
)
def test_a_time_is_as_precise_as_it_is_written(read, tmp_path, written, precision, zone):
    (record,) = reading(read, tmp_path / "x.jsonl", note(time=written)).records
    assert (record.time.precision, record.time.zone, record.time.written) == (precision, zone, written)


def test_a_zone_can_be_named_beside_the_time(read, tmp_path):
    line = note(time="2025-07-03T07:15", zone="America/New_York", zone_source="geo")
    (record,) = reading(read, tmp_path / "x.jsonl", line).records
    assert (record.time.zone, record.time.zone_source) == ("America/New_York", ZoneSource.GEO)
    assert record.time.instant("UTC") == 1751541300000


def test_unknown_keys_are_kept_and_numbers_are_read_as_text(read, tmp_path):
    (record,) = reading(read, tmp_path / "x.jsonl", note(mood="fine", extra={"a": 1}, id=17, thread=4)).records
    assert record.extra == {"a": 1, "mood": "fine"} and (record.native_id, record.thread) == ("17", "4")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("not json", "no JSON object"),
        ("[1, 2]", "no JSON object"),
        ('{"type": "record"', "no JSON object"),
        (json.dumps(note(source="")), "'source'"),
        (json.dumps(note(source="s" * 201)), "'source'"),
        (json.dumps(note(source="s\0x", people=["Kim"])), "'source'"),
        (json.dumps(note(kind="poem")), "'kind'"),
        (json.dumps(note(time="yesterday")), "'time'"),
        (json.dumps(note(time="2025-13-41")), "'time'"),
        (json.dumps(note(time="2025-01-03T07:15", zone="Mars/Base")), "'time'"),
        (json.dumps(note(time="2025-01-03T07:15", zone="+9")), "'time'"),
        (json.dumps(note(zone_source="guess", zone="UTC")), "'zone_source'"),
        (json.dumps(note(end="later")), "'end'"),
        (json.dumps(note(people="Kim")), "'people'"),
        (json.dumps(note(people=[1])), "'people'"),
        (json.dumps(note(text={"a": 1})), "'text'"),
        (json.dumps(note(extra=[])), None),
        (json.dumps(note(extra=["a"])), "'extra'"),
        (json.dumps(note(place=[1])), "'place'"),
        (json.dumps(note(place={"name": "x", "lat": "north"})), "'place'"),
        (json.dumps(note(place={"name": ["x"]})), "'place'"),
        (json.dumps(note(place={"name": 5})), None),
        (json.dumps(note(blobs=["x"])), "'blobs'"),
        (json.dumps({"type": "dream", "source": "s"}), "'type'"),
        (json.dumps({"type": "sample", "source": "s"}), "'metric'"),
        (json.dumps({"type": "sample", "source": "s", "metric": "m", "time": "2025", "value": "5"}), "'value'"),
        (json.dumps({"type": "sample", "source": "s", "metric": "m", "time": "2025", "value": True}), "'value'"),
        (json.dumps({"type": "sample", "source": "s", "metric": "m", "value": 1}), "'time'"),
    ],
)
def test_a_bad_line_is_one_bad_row_with_its_bytes_and_the_rest_goes_in(read, tmp_path, line, said):
    data = "\n".join([json.dumps(note("before")), line, json.dumps(note("after"))]).encode()
    result = reading(read, tmp_path / "x.jsonl", data=data)
    assert [record.text for record in result.records if record.text != "x"] == ["before", "after"]
    if said is None:
        assert result.bad == []
    else:
        (bad,) = result.bad
        assert said in bad.message and bad.raw.strip() == line.encode() and bad.code in ("bad-json", "bad-record")


def test_an_endless_line_is_left_out_without_being_held(read, tmp_path, monkeypatch):
    monkeypatch.setattr(native, "MAX_LINE", 1 << 16)
    endless = json.dumps(note("x" * 300_000))
    data = "\n".join([json.dumps(note("before")), endless, json.dumps(note("after"))]).encode()
    result = reading(read, tmp_path / "x.jsonl", data=data)
    assert [record.text for record in result.records] == ["before", "after"]
    (bad,) = result.bad
    assert bad.code == "line-too-long" and len(bad.raw) <= 1 << 16
    begin, end = map(int, bad.origin.locator.removeprefix("bytes ").split("-"))
    assert data[begin:end].strip() == endless.encode()


@pytest.mark.parametrize("cut", [100, -20])
def test_a_cut_off_file_gives_the_whole_lines_and_one_bad_row(read, tmp_path, cut):
    data = SPEC.encode()[:cut]
    result = reading(read, tmp_path / "x.jsonl", data=data)
    assert len(result.bad) == 1 and len(result.records) == (1 if cut < 0 else 0)


def test_byte_order_marks_and_blank_lines_are_no_items(read, tmp_path):
    data = b"\xef\xbb\xbf" + json.dumps(note()).encode() + b"\n\n  \r\n" + json.dumps(note("y")).encode()
    result = reading(read, tmp_path / "x.jsonl", data=data)
    assert [record.text for record in result.records] == ["x", "y"] and result.units == 2


@pytest.mark.parametrize(
    ("data", "known"),
    [
        (SPEC.encode(), True),
        (b'{"type":"vault","zone":"UTC"}\n', True),
        (b'{"type": "blob", "data": "' + b"A" * 100_000, True),
        (b'{"source": "s", "type": "record", "text": "' + b"A" * 100_000, True),
        (b'{"text": "' + b"A" * 100_000, False),
        (b'{"source": "s", "kind": "note", "text": "no type"}\n', False),
        (b'{"type": "message", "id": 1}\n', False),
        (b'[{"type": "record", "source": "s"}]', False),
        (b"plain text", False),
        (b"", False),
    ],
)
def test_it_is_known_by_its_structure_alone(tmp_path, data, known):
    (tmp_path / "whatever.bin").write_bytes(data)
    assert bool(NativeImporter().detect(open_tree(tmp_path / "whatever.bin"))) == known


def test_a_source_with_ids_goes_on_from_its_checkpoints(read, tmp_path, monkeypatch):
    monkeypatch.setattr(native, "_CHECKPOINT_EVERY", 10)
    path = tmp_path / "x.jsonl"
    whole = reading(read, path, *(note(str(number), id=str(number)) for number in range(35)))
    assert len(whole.checkpoints) == 3
    for done, position in enumerate(whole.checkpoints, 1):
        rest = read(NativeImporter(), path, position)
        assert [record.text for record in rest.records] == [str(number) for number in range(done * 10, 35)]


def test_without_ids_there_are_no_checkpoints(read, tmp_path, monkeypatch):
    monkeypatch.setattr(native, "_CHECKPOINT_EVERY", 10)
    lines = [note(str(number), id=str(number)) for number in range(15)] + [note("no id")] * 20
    assert len(reading(read, tmp_path / "x.jsonl", *lines).checkpoints) == 1


def test_a_line_of_an_export_brings_its_origins_and_versions(tmp_path):
    origin = {"file": "f" * 64, "member": "m", "locator": "line 3", "path": "/p", "importer": "mail", "version": 2}
    earlier = {"type": "record", "source": "s", "kind": "note", "time": "2025-01-03", "text": "earlier"}
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps(note(copy=2, origins=[origin], versions=[earlier])) + "\n")
    tree = open_tree(path)
    (match,) = NativeImporter().detect(tree)
    restored, units = NativeImporter().read(tree, match)
    assert isinstance(restored, Restored) and isinstance(units, Units) and restored.copy == 2
    ((read_from, *rest),) = restored.origins
    assert (read_from.file, read_from.member, read_from.locator, *rest) == ("f" * 64, "m", "line 3", "/p", "mail", 2)
    assert [json.loads(version) for version in restored.earlier] == [earlier]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
KEYS = [
    "id source account kind time written zone zone_source end author people thread parent title text place url blobs",
    "extra copy origins versions metric value unit device hash size start data salt hashes",
]


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["record", "sample", "vault", "blob", "forgotten"]),
    st.dictionaries(st.sampled_from(" ".join(KEYS).split()), json_values, max_size=6),
)
def test_no_object_whatever_it_holds_breaks_the_reading(tmp_path_factory, kind, values):
    """Any JSON object is an item or a bad row, and an item can be written."""
    from darak.records.line import record_bytes

    path = tmp_path_factory.mktemp("fuzz") / "x.jsonl"
    base = {"type": kind, "source": "s", "metric": "m", "value": 1, "time": "2025", "zone": "UTC"}
    path.write_text(json.dumps(note()) + "\n" + json.dumps({**base, **values}) + "\n")
    tree = open_tree(path)
    (match,) = NativeImporter().detect(tree)
    items = [item for item in NativeImporter().read(tree, match) if not isinstance(item, (Units, Checkpoint))]
    assert len(items) == 2
    for item in items:
        if isinstance(item, Record):
            record_bytes(item)
        assert not isinstance(item, BadRow) or item.message
