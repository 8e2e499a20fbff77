"""What is forgotten is gone from every table, file and byte; what is not forgotten stays."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from tests.records.forgetting_life import (
    AGAIN,
    HERON,
    LIFE,
    MILK,
    NOW,
    ORDINARY,
    PIER,
    REQUEST,
    forget_all,
    mail,
    message,
    plain_bytes,
    steps,
    texts,
    write,
)

from darak.memory.filter import Filter
from darak.memory.forgetting import Scope, check, forget, select
from darak.memory.memory import Memory
from darak.memory.people import find_identities, find_threads
from darak.records import erasure
from darak.records.erasure import Selection
from darak.records.receipt import find_receipt
from darak.records.record import Blob
from darak.records.samples import SampleScope
from darak.records.vault import ERASED, Vault


@pytest.mark.parametrize(
    ("scope", "left"),
    [
        (lambda v: Scope(Filter(identities=tuple(find_identities(v, "hyunwoo")))), {ORDINARY, HERON, MILK}),
        (lambda v: Scope(Filter(threads=tuple(find_threads(v, "room")))), {PIER, AGAIN, MILK}),
        (lambda v: Scope(words="heronkeepers pier"), {AGAIN, ORDINARY, HERON, MILK}),
        (lambda v: Scope(words="왜가리"), {PIER, AGAIN, ORDINARY, MILK}),
        (lambda v: Scope(Filter(kinds=("note",))), {PIER, AGAIN, ORDINARY, HERON}),
        (lambda v: Scope(Filter(since=datetime(2024, 1, 1).date())), {MILK}),
    ],
)
def test_what_fits_goes_and_the_rest_stays(vault, take_in, scope, left):
    take_in(vault, LIFE)
    forget_all(vault, scope(vault))
    assert texts(vault) == left


def test_all_parts_must_fit(vault, take_in):
    take_in(vault, LIFE)
    filter = Filter(sources=("phone",), kinds=("message",), identities=tuple(find_identities(vault, "Jiwoo")))
    receipt = forget_all(vault, Scope(filter, words="heronkeeper"))
    assert receipt.records == 1 and "heronkeeper again" not in texts(vault)
    assert len(texts(vault)) == 4


@pytest.mark.parametrize(
    ("scope", "left"),
    [
        (Scope(Filter(sources=("watch",))), 0),
        (Scope(metrics=("weight",)), 7),
        (Scope(Filter(since=datetime(2024, 5, 3).date(), until=datetime(2024, 5, 5).date()), metrics=("steps",)), 6),
        (Scope(Filter(kinds=("message",))), 8),
        (Scope(words="an"), 8),
    ],
)
def test_samples_go_by_source_metric_and_day_alone(vault, take_in, scope, left):
    take_in(vault, LIFE)
    forget_all(vault, scope)
    assert vault.rows("SELECT count(*) FROM sample") == [(left,)]


def test_importing_again_does_not_bring_it_back(vault, take_in):
    take_in(vault, LIFE)
    forget_all(vault, Scope(words="heronkeeper"))
    forget_all(vault, Scope(Filter(sources=("watch",))))
    before = texts(vault)
    reports = take_in(vault, [*LIFE, message("quite new")], "again.jsonl")
    assert texts(vault) == {*before, "quite new"} and vault.rows("SELECT * FROM sample") == []
    assert sum(report.forgotten for report in reports) == 10


def test_one_of_two_identical_rows_can_be_forgotten(vault, take_in):
    twice = [message("the same"), message("the same")]
    take_in(vault, twice)
    (first, second) = [n for (n,) in vault.rows("SELECT n FROM record ORDER BY n")]
    forget_all(vault, Scope(records=(first,)))
    take_in(vault, twice)
    assert vault.rows("SELECT n FROM record") == [(second,)]


def test_no_byte_of_the_database_holds_it_any_more(home, take_in):
    with Vault.create(home, zone="Asia/Seoul", use_keyring=False) as vault:
        many = [message(f"heronkeeper {number} " + "x" * 300, thread=f"heron {number}") for number in range(300)]
        kept = [message(f"sparrow {number} " + "y" * 300) for number in range(300)]
        bad = [{"type": "record", "source": "phone", "time": "never", "text": "heronkeeper in a bad row"}]
        take_in(vault, [line for pair in zip(many, kept, strict=True) for line in pair] + LIFE + bad)
        edited = [{**many[0], "id": "e", "text": text} for text in ("heronkeeper first", "something else", "heronish")]
        for number, line in enumerate(edited):
            take_in(vault, [line], f"edit{number}.jsonl")
    assert b"heronkeeper" in plain_bytes(vault)
    with Vault.open(home) as vault:
        forget_all(vault, Scope(words="heronkeeper"))
        forget_all(vault, Scope(metrics=("weight",)))
        texts_left = texts(vault)
    plain = plain_bytes(vault)
    for word in (b"heronkeeper", b"pier club", b"Hyunwoo", b"heron 17", b"Heronscale", b"heronish"):
        assert word not in plain, word
    assert b"sparrow 7" in plain and len(texts_left) == 303


def test_an_earlier_version_is_enough_to_go(vault, take_in):
    for number, text in enumerate(("about the heronkeeper", "about nothing")):
        take_in(vault, [message(text, id="x", author=f"A{number}", thread=f"T{number}")], f"{number}.jsonl")
    scopes = [
        Scope(words="heronkeeper"),
        Scope(Filter(identities=tuple(find_identities(vault, "A0")))),
        Scope(Filter(threads=tuple(find_threads(vault, "T0")))),
    ]
    with Memory(vault) as memory:
        memory.follow()
        assert [len(select(memory, scope).ns) for scope in scopes] == [1, 1, 1]
        assert select(memory, Scope(Filter(kinds=("note",)), words="heronkeeper")).ns == ()
    forget_all(vault, scopes[0])
    assert texts(vault) == set() and vault.rows("SELECT * FROM version") == []
    for table in ("identity", "person", "thread", "source", "file", "import", "origin", "record_person"):
        assert vault.rows(f"SELECT * FROM {table}") == [], table


def test_attached_files_go_unless_another_record_has_them_too(vault):
    write(vault, mail("one", b"shared", b"own"), mail("two", b"shared", native_id="m2"))
    names = {vault.blobs.name(Blob.of(data).hash): data for data in (b"shared", b"own")}
    receipt = forget_all(vault, Scope(words="one"))
    assert [names[name] for name in receipt.blobs] == [b"own"]
    assert vault.blobs.get(Blob.of(b"shared").hash) == b"shared"
    assert len(list(vault.blobs.files())) == 1


def test_attached_files_of_earlier_versions_go_too(vault):
    write(vault, mail("first", b"old"), mail("second", b"new"))
    forget_all(vault, Scope(words="second"))
    assert list(vault.blobs.files()) == [] and vault.rows("SELECT * FROM blob") == []


def test_unreadable_rows_of_the_same_files_go_and_stay_away(vault, take_in):
    bad = [{"type": "record", "source": "phone", "time": "never", "text": "heronkeeper"}]
    take_in(vault, [message("heronkeeper at last"), *bad])
    assert vault.rows("SELECT count(*) FROM bad_row") == [(1,)]
    receipt = forget_all(vault, Scope(words="last"))
    assert receipt.bad_rows == 1
    take_in(vault, [message("something else"), *bad], "other.jsonl")
    assert vault.rows("SELECT count(*) FROM bad_row") == [(0,)]


def test_a_source_is_forgotten_with_all_it_could_not_read(vault, take_in):
    bad = {"type": "record", "source": "phone", "time": "never", "text": "heronkeeper"}
    take_in(vault, [bad])
    receipt = forget_all(vault, Scope(Filter(sources=("native",))))
    assert receipt.bad_rows == 1 and vault.rows("SELECT * FROM bad_row") == []


def test_the_books_of_an_import_do_not_quote_an_unreadable_row_that_went(vault, take_in):
    bad = {"type": "record", "source": "phone", "time": "heronkeeper o'clock", "text": "heronkeeper"}
    take_in(vault, [bad])
    take_in(vault, [message("an ordinary day")], "other.jsonl")
    assert b"heronkeeper" in vault.rows("SELECT group_concat(counts) FROM import")[0][0].encode()
    assert forget_all(vault, Scope(words="heronkeeper")).bad_rows == 1
    assert b"heronkeeper" not in vault.rows("SELECT group_concat(counts) FROM import")[0][0].encode()
    assert [member for (member,) in vault.rows("SELECT member FROM file")] == ["other.jsonl"]
    assert b"heronkeeper" not in plain_bytes(vault)


def test_when_nothing_is_left_no_file_is_named(vault, take_in):
    take_in(vault, [message("an ordinary day"), message("heronkeeper")])
    forget_all(vault, Scope(words="heronkeeper"))
    take_in(vault, [message("heronkeeper")], "a telling name.jsonl")
    assert ("a telling name.jsonl",) in vault.rows("SELECT member FROM file")
    forget_all(vault, Scope())
    for table in ("file", "import", "import_file", "bad_row", "watched"):
        assert vault.rows(f"SELECT * FROM {table}") == [], table


def test_the_journal_tells_what_was_erased_and_the_index_follows(vault, take_in):
    take_in(vault, LIFE)
    with Memory(vault) as memory:
        memory.follow()
        selection = select(memory, Scope(words="heronkeeper"))
        receipt = forget(memory, selection, REQUEST, NOW)
        assert [memory.holds(n) for n in selection.ns] == [False, False]
        assert memory.lag == 0 and check(memory, receipt) == []
    changes = vault.changes(receipt.journal[0] - 1, 100)
    assert [(c.n, c.change) for c in changes] == [(n, ERASED) for n in selection.ns]


def test_no_file_of_the_index_at_rest_is_left_from_before(vault, take_in):
    take_in(vault, LIFE)
    with Memory(vault) as memory:
        memory.follow()
    before = {path.name for path in (vault.home / "index").iterdir()} - {"manifest"}
    forget_all(vault, Scope(words="heronkeeper"))
    assert before.isdisjoint(path.name for path in (vault.home / "index").iterdir())


@pytest.mark.parametrize(
    "moment",
    [
        (Memory, "forget"),
        (Memory, "_seal"),
        (Vault, "compact"),
        (erasure, "write_receipt"),
    ],
    ids=lambda moment: moment[1],
)
def test_what_a_kill_interrupts_is_finished_at_the_next_opening(home, take_in, moment):
    with Vault.create(home, zone="UTC", use_keyring=False) as vault:
        take_in(vault, LIFE)
        write(vault, mail("heronkeeper with a file", b"attached"))
        with Memory(vault) as memory:
            memory.follow()
    child = os.fork()
    if child == 0:
        vault = Vault.open(home)
        memory = Memory(vault)
        selection = select(memory, Scope(words="heronkeeper"))
        setattr(*moment, lambda *_, **__: os._exit(0))
        forget(memory, selection, REQUEST, NOW)
        os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    with Vault.open(home) as vault, Memory(vault) as memory:
        assert erasure.unfinished(vault) == []
        receipt = find_receipt(home, REQUEST.hash)
        assert receipt is not None and receipt.records == 3 and check(memory, receipt) == []
        assert list(vault.blobs.files()) == [] and memory.lag == 0


def test_a_corrected_zone_does_not_bring_a_forgotten_sample_back(vault, take_in):
    sample = {**steps(1), "time": "2024-05-01T10:00"}
    take_in(vault, [sample])
    forget_all(vault, Scope(Filter(sources=("watch",))))
    vault.set("zone", "America/New_York")
    take_in(vault, [sample], "again.jsonl")
    assert vault.rows("SELECT * FROM sample") == []


def test_erasing_nothing_leaves_everything(vault, take_in, tmp_path: Path):
    take_in(vault, LIFE)
    before = texts(vault)
    receipt = erasure.erase(vault, Selection((), SampleScope(sources=("nobody",))), REQUEST, NOW)
    assert receipt.hashes == () and receipt.journal == () and texts(vault) == before
