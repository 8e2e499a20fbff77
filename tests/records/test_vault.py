"""The vault: opened by one, with the right key, the same afterwards; each record once, with its history."""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import apsw
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darak.records import schema
from darak.records.exchange import Exporter
from darak.records.key import KeyProblem
from darak.records.record import Identity, Origin, Record, record_id
from darak.records.time import Precision, Time, ZoneSource, parse_iso
from darak.records.vault import ADDED, CHANGED, Vault, VaultProblem
from darak.records.writer import Incoming, Numbering, Outcome, Writer
from darak.records.zone import correct_zone


def message(text: str, **more: Any) -> Record:
    fields: dict[str, Any] = {"time": parse_iso("2025-01-03T07:15"), "author": Identity("Kim"), "thread": "t"}
    return Record(source="phone", kind="message", text=text, origin=Origin("m", "line 1"), **{**fields, **more})


def write(vault: Vault, records: list[Record], file: str = "f") -> list[Outcome]:
    """Writes records as one export gives them."""
    writer, numbering = Writer(vault), Numbering()
    with vault.transaction():
        number = writer.file(file, "m", f"/{file}", 1, "test", 1)
        batch = [
            Incoming(record, *numbering.identify(record), ((number, record.origin.locator),)) for record in records
        ]
        return writer.write(batch)


def contents(vault: Vault) -> Counter[str]:
    return Counter(json.loads(body)["text"] for (body,) in vault.rows("SELECT body FROM record"))


# -- keys, locks, files ----------------------------------------------------------------------------------------------


def test_what_was_written_is_there_when_opened_again(home: Path):
    with Vault.create(home, zone="Asia/Seoul", use_keyring=False) as vault:
        write(vault, [message("hello")])
        before = list(Exporter(vault).lines())
    with Vault.open(home) as vault:
        assert list(Exporter(vault).lines()) == before and vault.zone == "Asia/Seoul"


def test_a_second_process_is_refused_while_the_vault_is_open(vault: Vault, home: Path):
    with pytest.raises(VaultProblem, match=f"process {os.getpid()}"):
        Vault.open(home)
    with pytest.raises(VaultProblem, match="already holds"):
        Vault.create(home, zone="UTC")


def test_the_lock_goes_with_the_process(home: Path):
    Vault.create(home, zone="UTC", use_keyring=False).close()
    child = os.fork()
    if child == 0:
        Vault.open(home)
        os._exit(0)  # like a kill: nothing is closed
    os.waitpid(child, 0)
    Vault.open(home).close()


def test_a_lost_or_foreign_key_is_one_sentence(home: Path, tmp_path: Path):
    Vault.create(home, zone="UTC", use_keyring=False).close()
    (key,) = (tmp_path / "keys").iterdir()
    text = key.read_text()
    key.write_text("00" * 32)
    with pytest.raises(KeyProblem, match="is not the key of this vault"):
        Vault.open(home)
    key.write_text("no key")
    with pytest.raises(KeyProblem, match="is no key"):
        Vault.open(home)
    key.unlink()
    with pytest.raises(KeyProblem, match="bring it back"):
        Vault.open(home)
    key.write_text(text)
    Vault.open(home).close()


@pytest.mark.parametrize("damage", ["missing", "empty"])
def test_a_lost_database_is_not_taken_for_an_empty_vault(home: Path, damage: str):
    Vault.create(home, zone="UTC", use_keyring=False).close()
    (home / "vault.db").unlink()
    if damage == "empty":
        (home / "vault.db").touch()
    with pytest.raises(VaultProblem, match=r"vault\.db is missing or empty"):
        Vault.open(home)
    assert damage == "empty" or not (home / "vault.db").exists()


def test_a_creation_that_was_cut_off_can_be_begun_again(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("darak.records.vault.write_header", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        Vault.create(home, zone="UTC", use_keyring=False)
    monkeypatch.undo()
    with pytest.raises(VaultProblem, match="no vault"):
        Vault.open(home)
    Vault.create(home, zone="UTC", use_keyring=False).close()


def test_a_vault_that_lost_its_header_is_moved_aside_and_not_deleted(home: Path):
    with Vault.create(home, zone="UTC", use_keyring=False) as vault:
        write(vault, [message("hello")])
    header, database = (home / "vault.json").read_bytes(), (home / "vault.db").read_bytes()
    (home / "vault.json").unlink()
    Vault.create(home, zone="UTC", use_keyring=False).close()
    (kept,) = home.glob("without-header-*-vault.db")
    assert kept.read_bytes() == database
    (home / "vault.json").write_bytes(header)
    kept.replace(home / "vault.db")
    with Vault.open(home) as vault:
        assert contents(vault) == {"hello": 1}


def test_nothing_in_the_files_can_be_read(home: Path):
    with Vault.create(home, zone="UTC", use_keyring=False) as vault:
        write(vault, [message("heronkeeper 왜가리지기", title="Pier", thread="room of herons")] * 50)
        open_files = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    closed_files = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    for word in ("heronkeeper", "왜가리지기", "Pier", "herons", "CREATE TABLE"):
        assert word.encode() not in open_files + closed_files


def test_each_migration_is_applied_once_and_a_newer_vault_is_left_alone(home: Path, monkeypatch: pytest.MonkeyPatch):
    with Vault.create(home, zone="UTC", use_keyring=False) as vault:
        write(vault, [message("hello")])
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, "CREATE TABLE added(x); INSERT INTO added VALUES(1)"))
        for _ in range(2):
            with Vault.open(home) as vault:
                assert vault.rows("SELECT x FROM added") == [(1,)] and vault.count() == 1
    with pytest.raises(schema.VaultTooNew, match="newer Darak"):
        Vault.open(home)


def test_a_migration_that_fails_leaves_the_vault_as_it_was(home: Path, monkeypatch: pytest.MonkeyPatch):
    Vault.create(home, zone="UTC", use_keyring=False).close()
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, "CREATE TABLE half(x); SELECT nothing FROM nowhere"))
        with pytest.raises(apsw.SQLError):
            Vault.open(home)
    with Vault.open(home) as vault:
        assert vault.rows("SELECT 1 FROM sqlite_master WHERE name='half'") == []


# -- records ---------------------------------------------------------------------------------------------------------


def test_an_edit_keeps_the_earlier_version_and_the_id(vault: Vault):
    first, second = message("first", native_id="7"), message("second", native_id="7", author=Identity("Lee"))
    assert [write(vault, [record])[0] for record in (first, second, first, second)] == [
        Outcome.NEW,
        Outcome.CHANGED,
        Outcome.UNCHANGED,
        Outcome.UNCHANGED,
    ]
    assert contents(vault) == {"second": 1}
    ((version,),) = vault.rows("SELECT body FROM version")
    assert json.loads(version)["text"] == "first"
    assert [change.change for change in vault.changes(0, 10)] == [ADDED, CHANGED]
    people = vault.rows("SELECT i.handle FROM record_person p JOIN identity i ON i.id=p.identity")
    assert people == [("Lee",)]


def test_origins_accumulate_each_once(vault: Vault):
    for file in ("a", "b", "a"):
        write(vault, [message("hello")], file)
    (n,) = vault.rows("SELECT n FROM record")[0]
    assert [(origin.file, path) for origin, path in vault.origins(n)] == [("a", "/a"), ("b", "/b")]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_two_exports_merge_as_a_multiset_whatever_overlaps(tmp_path_factory, data):
    """Copies are the maximum over the exports and never the sum, in either order, and a third time adds nothing."""
    rows = st.lists(st.sampled_from("abcd"), max_size=12)
    first, second = data.draw(rows), data.draw(rows)
    expected = Counter(first) | Counter(second)
    ids: list[set[bytes]] = []
    for order in ((first, second, first), (second, first)):
        home = tmp_path_factory.mktemp("merge") / "home"
        with Vault.create(home, zone="UTC", use_keyring=False) as vault:
            for number, texts in enumerate(order):
                write(vault, [message(text) for text in texts], str(number))
            assert contents(vault) == expected
            ids.append({row[0] for row in vault.rows("SELECT id FROM record")})
    assert ids[0] == ids[1]


def test_a_slice_out_of_a_longer_export_adds_nothing(vault: Vault):
    rng = random.Random(3)
    long = [
        message(rng.choice("abc"), time=parse_iso(f"2025-01-{day:02d}T10:00")) for day in range(1, 29) for _ in "123"
    ]
    write(vault, long)
    before = contents(vault)
    for _ in range(20):
        # Exports begin at a moment, so a slice begins at a day's start.
        begin = rng.randrange(0, len(long), 3)
        write(vault, long[begin : rng.randrange(begin, len(long))])
    assert contents(vault) == before


def test_a_record_keeps_its_id_when_its_zone_or_its_writing_is_corrected():
    local = datetime(2025, 1, 3, 7, 15)
    plain = Time("오전 7:15", local, Precision.MINUTE)
    zoned = Time("오전 7:15", local, Precision.MINUTE, "Asia/Seoul", ZoneSource.OWNER)
    ids = {record_id(message("hi", time=time)) for time in (plain, zoned)}
    assert len(ids) == 1
    decomposed = message("cafe\u0301", author=Identity("e\u0301"), thread="e\u0301", title="e\u0301")
    composed = message("caf\u00e9", author=Identity("\u00e9"), thread="\u00e9", title="\u00e9")
    assert record_id(decomposed) == record_id(composed)
    assert record_id(message("hi", native_id="1")) == record_id(message("other text", native_id="1", thread="u"))
    assert record_id(message("hi"), copy=0) != record_id(message("hi"), copy=1)


def test_a_corrected_zone_moves_instants_and_changes_nothing_else(vault: Vault, take_in: Any):
    named = {"type": "record", "source": "s", "kind": "note", "time": "2025-07-03T10:00+02:00", "text": "zoned"}
    rows = [
        named,
        {**named, "time": "2025-07-03T10:00", "text": "assumed"},
        {
            "type": "sample",
            "source": "w",
            "metric": "m",
            "value": 1,
            "unit": "",
            "time": "2025-07-03",
            "end": "2025-07-04",
        },
        {"type": "sample", "source": "w", "metric": "m", "value": 1, "unit": "", "time": "2025-07-03T00:00Z"},
    ]
    take_in(vault, rows)
    before = sorted(Exporter(vault).lines())[:-1]
    instants = "SELECT n, utc FROM record UNION ALL SELECT 99, start FROM sample WHERE zoned=0 ORDER BY 1"
    seoul = vault.rows(instants)
    assert correct_zone(vault, "America/New_York") == 2
    moved = [(new - old) // 3_600_000 for (_, new), (_, old) in zip(vault.rows(instants), seoul, strict=True)]
    assert moved == [0, 13, 13]
    assert sorted(Exporter(vault).lines())[:-1] == before
    reports = take_in(vault, rows, "again.jsonl")
    assert sum(report.new + report.changed for report in reports) == 0


def test_people_with_the_same_address_or_number_are_one_across_sources(vault: Vault):
    write(vault, [message("a", author=Identity("Kim@X.org", "Kim"))])
    mail = Record(
        source="mail", kind="mail", time=parse_iso("2025"), origin=Origin("m", ""), author=Identity("kim@x.org")
    )
    nick = Record(source="chat", kind="message", time=parse_iso("2025"), origin=Origin("m", ""), author=Identity("Kim"))
    write(vault, [mail, nick, message("b", author=Identity("+82 10-1234-5678")), message("c", author=Identity("Kim"))])
    rows = vault.rows("SELECT space, handle FROM identity ORDER BY 1, 2")
    assert rows == [("", "+821012345678"), ("", "kim@x.org"), ("chat", "Kim"), ("phone", "Kim")]


def test_neighbours_are_those_of_the_thread_in_the_order_they_happened(vault: Vault):
    texts = [message(str(minute), time=parse_iso(f"2025-01-03T07:{minute:02d}")) for minute in (5, 1, 3, 2, 4)]
    write(vault, [*texts, message("other", thread="u", time=parse_iso("2025-01-03T07:03"))])
    n = next(stored.n for stored in vault.get(range(1, 7)).values() if stored.record.text == "3")
    before, after = vault.neighbours(n, 2, 5)
    assert [stored.record.text for stored in (*before, *after)] == ["1", "2", "4", "5"]


def test_an_id_may_be_shortened_while_it_stays_the_only_one(vault: Vault):
    write(vault, [message(str(number)) for number in range(300)])
    full = vault.rows("SELECT lower(hex(id)), n FROM record")
    assert all(vault.number(key) == n and vault.number(key[:16]) == n for key, n in full)
    assert vault.number("") is None and vault.number("xyz") is None and vault.number("f" * 40) is None


def test_a_transaction_that_waits_for_another_lets_it_end(home):
    with Vault.create(home, zone="UTC", use_keyring=False) as one:
        other = Vault.reader(home, one.database_key)
        other.db.execute("PRAGMA query_only=OFF")
        begun, order = threading.Event(), []

        def first():
            with one.transaction():
                one.set("who", "first")
                begun.set()
                time.sleep(0.2)
                order.append("first")

        thread = threading.Thread(target=first)
        thread.start()
        begun.wait()
        with other.transaction():
            order.append("second")
            other.set("who", "second")
        thread.join()
        assert order == ["first", "second"] and one.setting("who") == "second"
        other.close()


def test_a_key_file_of_bytes_and_a_header_of_anything_are_one_sentence(home: Path, tmp_path: Path):
    Vault.create(home, zone="UTC", use_keyring=False).close()
    (key,) = (tmp_path / "keys").iterdir()
    good = key.read_bytes()
    key.write_bytes(bytes(range(128, 160)))
    with pytest.raises(KeyProblem, match="is no key"):
        Vault.open(home)
    key.write_bytes(good)
    header = home / "vault.json"
    whole = orjson.loads(header.read_bytes())
    for damage, told in (
        ({"id": "../../x"}, "damaged"),
        ({"salt": 5}, "damaged"),
        ({"check": "zz"}, "damaged"),
        ({"version": 99}, "newer Darak"),
    ):
        header.write_bytes(orjson.dumps(whole | damage))
        with pytest.raises(KeyProblem, match=told):
            Vault.open(home)
    header.write_bytes(b"[]")
    with pytest.raises(KeyProblem, match="damaged"):
        Vault.open(home)


def test_a_home_that_is_a_file_is_one_sentence(tmp_path: Path):
    (tmp_path / "file").write_text("x")
    for home in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(VaultProblem, match="is no folder"):
            Vault.create(home, zone="UTC", use_keyring=False)


def test_the_database_is_readable_for_its_owner_alone(tmp_path: Path):
    home = tmp_path / "open to all"
    home.mkdir(mode=0o755)
    with Vault.create(home, zone="UTC", use_keyring=False) as vault:
        vault.set("x", "y")
        modes = {path.name: path.stat().st_mode & 0o777 for path in home.glob("vault.db*")}
    assert modes == dict.fromkeys(("vault.db", "vault.db-wal", "vault.db-shm"), 0o600)
    (home / "vault.db").chmod(0o644)
    Vault.open(home).close()
    assert (home / "vault.db").stat().st_mode & 0o777 == 0o600
