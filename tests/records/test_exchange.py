"""An export is the whole vault: imported into an empty one, it gives the same export."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from darak.importers.native import NativeImporter
from darak.importers.runner import run_import
from darak.importers.tree import open_tree
from darak.records.codec import parse_record
from darak.records.exchange import Exporter
from darak.records.line import record_bytes
from darak.records.record import Blob, Identity, Origin, Place, Record, Sample, record_id
from darak.records.time import Precision, Time, ZoneSource, parse_iso
from darak.records.vault import Vault
from darak.records.writer import Incoming, Writer

NOW = datetime(2025, 6, 1, 12, 0)


def message(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "record", "source": "phone", "kind": "message", "time": "2025-01-03T07:15", "text": text, **more}


EVERYTHING: list[dict[str, Any]] = [
    message("with an id", id="sms-1", account="me", author="Wang Xiuying", people=["me", "민수 <+821012345678>"]),
    message("twice", thread="t"),
    message("twice", thread="t"),
    message("", time="", title="no time at all"),
    message("a year", time="2019"),
    message("a month", time="2019-03", zone="Asia/Seoul"),
    message("a day", time="2019-03-30", end="2019-04-02", kind="event"),
    message("an offset", time="2025-01-03T07:15:30.250+08:00", end="2025-01-03T08:15+08:00"),
    message("UTC", time="2025-01-03T07:15:30Z"),
    message("a named zone", time="2025-07-03T07:15:30", zone="America/New_York"),
    message("an old offset", time="1900-01-01T07:15+08:27:52"),
    message("as written", time="2025-01-03T07:15+0900"),
    message("odd \u0000 \u200b 👩‍👩‍👧 \ufeff ﷽ \u1100\u1161 e\u0301", title="한글", thread="e\u0301", author="e\u0301"),
    message("odd names", author="Love <3>", people=["<b>", "A > B", "John <j@x.org> <j@x.org>"]),
    message("places", place={"name": "송강", "lat": 31, "lon": 121.22}, url="https://example.org/?a=1&b=2"),
    message("extra", extra={"deep": [1, 2.5, None, {"x": True}], "big": 1e300}, unknown="kept"),
    {"type": "sample", "source": "watch", "metric": "steps", "value": 6850, "unit": "count", "time": "2025-01-03"},
    {
        "type": "sample",
        "source": "watch",
        "account": "me",
        "metric": "heart_rate",
        "value": 61.5,
        "unit": "count/min",
        "time": "2025-01-03T07:15:30.250+08:00",
        "end": "2025-01-03T07:16:30+08:00",
        "device": "시계",
    },
    {
        "type": "sample",
        "source": "watch",
        "metric": "sleep",
        "value": -0.25,
        "unit": "h",
        "time": "2025-01-03",
        "end": "2025-01-04",
        "zone": "+09:00",
    },
    {"type": "sample", "source": "watch", "metric": "huge", "value": 1e299, "unit": "", "time": "2025-01-03T23:59"},
]


def export(vault: Vault) -> list[bytes]:
    return list(Exporter(vault).lines())


def restore(lines: list[bytes], folder: Path, zone: str = "UTC") -> list[bytes]:
    """The export of a new vault, of an owner elsewhere, that has imported these lines."""
    path = folder / "export.jsonl"
    path.write_bytes(b"".join(lines))
    with Vault.create(folder / "restored", zone=zone, use_keyring=False) as vault:
        reports = run_import(open_tree(path), {"native": NativeImporter()}, vault, now=NOW)
        assert [report.problems for report in reports if report.problems] == []
        return export(vault)


def fill(vault: Vault, take_in: Callable[..., Any]) -> None:
    """Everything a vault can hold: edits, copies, several origins, attached files, forgotten items."""
    take_in(vault, EVERYTHING, "first.jsonl")
    take_in(vault, EVERYTHING, "second.jsonl")
    edited = message("with another text", id="sms-1", account="me", author="Wang Xiuying", thread="t2")
    take_in(vault, [edited], "third.jsonl")
    writer = Writer(vault)
    file = writer.file("f" * 64, "box.mbox", "/mail/box.mbox", 9, "mail", 1)
    for number, data in enumerate((b"", b"first", random.Random(1).randbytes(2_000_000))):
        record = Record(
            source="mail",
            kind="mail",
            native_id="with files",
            time=parse_iso("2025-02-03T10:00:00Z"),
            origin=Origin("box.mbox", "bytes 1-2"),
            text=f"edition {number}",
            blobs=(Blob.of(data, f"파일{number}.bin", "application/x"),),
        )
        with vault.transaction():
            writer.write([Incoming(record, record_id(record), 0, ((file, f"bytes {number}-9"),))])
    vault.db.execute("INSERT INTO tombstone VALUES(?,?)", (b"s" * 16, b"h" * 16))


def test_an_export_into_an_empty_vault_gives_the_same_export(vault, take_in, tmp_path):
    fill(vault, take_in)
    first = export(vault)
    assert any(b'"versions"' in line for line in first) and any(b'"copy"' in line for line in first)
    assert any(b'"blob"' in line for line in first) and any(b'"forgotten"' in line for line in first)
    assert restore(first, tmp_path) == first


def test_a_shuffled_export_is_restored_too(vault, take_in, tmp_path):
    fill(vault, take_in)
    first = export(vault)
    random.Random(2).shuffle(first)
    assert sorted(restore(first, tmp_path)) == sorted(first)


def test_a_sorted_export_whose_restoring_is_cut_off_brings_its_zone_in_the_end(vault, take_in, tmp_path, monkeypatch):
    fill(vault, take_in)
    lines = sorted(export(vault))
    assert b'"vault"' in lines[-1]
    path = tmp_path / "sorted.jsonl"
    path.write_bytes(b"".join(lines))
    monkeypatch.setattr("darak.importers.runner.BATCH", 7)

    def stop() -> None:
        raise KeyboardInterrupt

    with Vault.create(tmp_path / "restored", zone="UTC", use_keyring=False) as other:
        with pytest.raises(KeyboardInterrupt):
            run_import(open_tree(path), {"native": NativeImporter()}, other, now=NOW, after_batch=stop)
        assert other.zone == "UTC"
        run_import(open_tree(path), {"native": NativeImporter()}, other, now=NOW)
        assert sorted(export(other)) == lines
        take_in(other, [{"type": "vault", "zone": "Europe/Paris"}], "other.jsonl")
        assert other.zone == "Asia/Seoul", "only an empty vault takes over a zone"


def test_instants_do_not_depend_on_where_an_exports_zone_stands(vault, take_in, tmp_path):
    fill(vault, take_in)
    lines = export(vault)
    instants = (
        "SELECT lower(hex(id)), local, utc FROM record UNION ALL"
        " SELECT r.metric, m.start, m.duration FROM sample m JOIN series r ON r.id=m.series"
    )
    expected = sorted(map(str, vault.rows(instants)))
    for name, order in (("first", lines), ("last", [*lines[1:], lines[0]])):
        folder = tmp_path / name
        folder.mkdir()
        restore(order, folder)
        with Vault.open(folder / "restored") as restored:
            assert sorted(map(str, restored.rows(instants))) == expected


def test_importing_its_own_export_changes_nothing(vault, take_in, tmp_path):
    fill(vault, take_in)
    first = export(vault)
    path = tmp_path / "export.jsonl"
    path.write_bytes(b"".join(first))
    reports = run_import(open_tree(path), {"native": NativeImporter()}, vault, now=NOW)
    assert sum(report.new + report.changed for report in reports) == 0
    assert export(vault) == first


def test_an_export_keeps_the_order_within_a_minute(vault, take_in, tmp_path):
    take_in(vault, [message(f"line {number}", thread="t") for number in range(50)])
    restore(export(vault), tmp_path)
    with Vault.open(tmp_path / "restored") as restored:
        before, after = restored.neighbours(restored.number(record_id_of("line 20").hex()) or 0, 2, 2)
    assert [stored.record.text for stored in before + after] == ["line 18", "line 19", "line 21", "line 22"]


def record_id_of(text: str) -> bytes:
    return record_id(parse_record(message(text, thread="t"), Origin("", "")))


def test_an_attached_file_that_is_not_there_is_told_and_the_rest_is_exported(vault, take_in):
    fill(vault, take_in)
    (lost,) = vault.rows("SELECT hash FROM blob ORDER BY size DESC LIMIT 1")[0]
    vault.blobs.delete(lost)
    exporter = Exporter(vault)
    hashes = {json.loads(line)["hash"] for line in exporter.lines() if line.startswith(b'{"type":"blob"')}
    assert exporter.missing == [lost] and lost not in hashes and len(hashes) == 2


def test_an_old_export_does_not_bring_back_a_forgotten_attached_file(vault, take_in, tmp_path):
    fill(vault, take_in)
    blob = next(json.loads(line) for line in export(vault) if b'"type":"blob"' in line)
    with Vault.create(tmp_path / "other", zone="UTC", use_keyring=False) as other:
        take_in(other, [blob])
        assert list(other.blobs.files()) == []


def test_an_attached_file_with_a_missing_part_is_reported(vault, take_in):
    part = {"type": "blob", "hash": "0" * 64, "size": 10, "start": 0, "data": base64.b64encode(b"12345").decode()}
    (report,) = take_in(vault, [message("hello"), part])
    assert report.state == "incomplete" and report.problem_counts == {"broken-attachment": 1}


@pytest.mark.parametrize(
    "line",
    [
        {"type": "vault", "zone": "Nowhere/Land"},
        {"type": "vault"},
        {"type": "forgotten", "salt": "xyz", "hashes": []},
        {"type": "blob", "hash": "0" * 64, "size": "big", "start": 0, "data": ""},
        message("x", versions=["no object"]),
        message("x", origins=[{"file": "f"}]),
        message("x", blobs=[{"name": "no hash"}]),
    ],
)
def test_a_damaged_line_of_an_export_is_one_bad_row(vault, take_in, line):
    (report,) = take_in(vault, [message("hello"), line])
    assert report.skipped == 1 and report.new == 1 and vault.count() == 1


times = st.builds(
    lambda local, precision, zone, written: Time(
        written, local.replace(microsecond=0), precision, *((zone, ZoneSource.OWNER) if zone else ())
    ),
    st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)),
    st.sampled_from([p for p in Precision if p is not Precision.UNKNOWN]),
    st.sampled_from([None, "UTC", "+09:00", "-03:30", "Asia/Seoul", "America/New_York"]),
    st.text(max_size=12),
)
text = st.text(st.characters(), max_size=20)
plain = st.text(st.characters(exclude_characters="<>"), min_size=1, max_size=10)
identities = st.one_of(st.builds(Identity, text.filter(bool)), st.builds(Identity, plain, plain))
records = st.builds(
    Record,
    source=plain,
    kind=st.sampled_from(["message", "event"]),
    time=times,
    origin=st.just(Origin("", "")),
    account=text,
    native_id=st.none() | text,
    end=st.none() | times,
    author=st.none() | identities,
    people=st.lists(identities, max_size=3).map(tuple),
    thread=st.none() | text,
    title=st.none() | text,
    text=text,
    place=st.none() | st.builds(Place, st.none() | text, st.none() | st.floats(-90, 90)),
    url=st.none() | text,
    extra=st.dictionaries(text, st.none() | text | st.integers() | st.floats(-1e9, 1e9), max_size=3),
)


@settings(max_examples=200, deadline=None)
@given(records)
def test_the_stored_form_of_a_record_reads_back_as_itself(record):
    """Bytes and id are a fixed point: whatever an importer made, what the vault stores is what an import gives."""
    body = record_bytes(record)
    again = parse_record(orjson.loads(body), record.origin)
    assert record_bytes(again) == body
    assert record_id(again) == record_id(record)


stored_times = st.builds(
    lambda local, precision, zone: Time("", local, precision, zone),
    st.datetimes(min_value=datetime(1960, 1, 1), max_value=datetime(2100, 1, 1)),
    st.sampled_from([p for p in Precision if p is not Precision.UNKNOWN]),
    st.sampled_from([None, "UTC", "+09:00", "-03:30", "America/New_York"]),
)


@settings(max_examples=25, deadline=None)
@example([(Time("", datetime(2010, 3, 14, 2, 0, fold=1), Precision.YEAR), None, 0.0)])
@given(
    st.lists(st.tuples(stored_times, st.none() | st.timedeltas(timedelta(0), timedelta(days=3)), st.floats(-1e6, 1e6)))
)
def test_samples_come_back_with_the_same_instants(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("samples")
    with Vault.create(folder / "home", zone="America/New_York", use_keyring=False) as vault:
        writer = Writer(vault)
        file = writer.file("f" * 64, "m", "/m", 1, "watch", 1)
        samples = []
        for time, duration, value in rows:
            assert time.local is not None
            end = None if duration is None else Time("", time.local + duration, Precision.SECOND, time.zone)
            samples.append(
                Sample(source="w", metric="m", value=value, unit="u", time=time, end=end, origin=Origin("m", "line 1"))
            )
        writer.write_samples([(sample, file) for sample in samples])
        instants = "SELECT start, duration, value FROM sample ORDER BY 1, 2, 3"
        before, lines = vault.rows(instants), export(vault)
    assert restore(lines, folder) == lines
    with Vault.open(folder / "restored") as restored:
        assert restored.rows(instants) == before
