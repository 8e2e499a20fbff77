"""What exports that tell less say of a record is an earlier version of it, whichever comes first."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from msgspec import structs
from tests.records.test_exchange import export, restore
from tests.records.test_vault import message, write

from darak.records.conversations import Cited, KeptTurn, keep_turn, read_conversation
from darak.records.erasure import Request, Selection, erase
from darak.records.receipt import check_receipt
from darak.records.record import Blob, Record, record_id
from darak.records.time import parse_iso
from darak.records.vault import ERASED, Vault
from darak.records.writer import Outcome

FULL = message("a.jpg (attached)", also=("photo 1",), account="me")
LESS = message("<media omitted>", native_id="photo 1")
OTHER = message("hello")
FINE, COARSE = "2025-01-03T07:15:30", "2025-01-03T07:15"
EITHER_ORDER = pytest.mark.parametrize("exports", [([FULL, OTHER], [LESS, OTHER]), ([LESS, OTHER], [FULL, OTHER])])


def texts(vault: Vault) -> list[str]:
    return sorted(stored.record.text for stored in vault.get(n for (n,) in vault.rows("SELECT n FROM record")).values())


@EITHER_ORDER
def test_what_tells_more_stays_whichever_came_first(vault: Vault, exports: tuple[list[Record], list[Record]]):
    for number, records in enumerate(exports):
        write(vault, records, f"file {number}")
    assert texts(vault) == ["a.jpg (attached)", "hello"]
    (n,) = (n for (n,) in vault.rows("SELECT n FROM record") if vault.get([n])[n].record.also)
    assert {path for _, path in vault.origins(n)} == {"/file 0", "/file 1"}
    assert [b"omitted" in body for (body,) in vault.rows("SELECT body FROM version WHERE n=?", (n,))] == [True]
    for records in exports:
        assert write(vault, records) == [Outcome.UNCHANGED] * 2


@EITHER_ORDER
def test_both_may_come_in_one_export(vault: Vault, exports: tuple[list[Record], list[Record]]):
    write(vault, [*exports[0], *exports[1]])
    assert texts(vault) == ["a.jpg (attached)", "hello", "hello"]


def test_the_journal_tells_what_was_taken_in(vault: Vault):
    write(vault, [LESS])
    (before,) = vault.changes(0, 9)
    write(vault, [FULL])
    assert [(change.n, change.change) for change in vault.changes(before.seq, 9)][-1] == (before.n, ERASED)
    assert not vault.get([before.n])


def test_what_knows_itself_by_its_own_id_stays(vault: Vault):
    own = message("hello", native_id="1", also=("1",))
    assert [write(vault, [own]), write(vault, [own])] == [[Outcome.NEW], [Outcome.UNCHANGED]]
    assert texts(vault) == ["hello"]


def test_one_may_know_several_and_several_one(vault: Vault):
    days = [message(f"day {n}", native_id=f"film {n}") for n in range(4)]
    plays = [message(f"play {n}", also=(f"film {n}", f"film {n - 1}", f"film {n + 1}")) for n in (1, 2)]
    write(vault, days)
    write(vault, plays)
    assert texts(vault) == ["play 1", "play 2"]
    assert write(vault, days) == [Outcome.UNCHANGED] * 4


@EITHER_ORDER
def test_an_export_of_the_vault_brings_the_same_back(
    vault: Vault, exports: tuple[list[Record], list[Record]], tmp_path: Path
):
    for records in exports:
        write(vault, records)
    lines = export(vault)
    assert sorted(restore(lines, tmp_path, zone="Asia/Seoul")) == sorted(lines)


def test_an_answer_that_rested_on_the_lesser_one_rests_on_the_fuller(vault: Vault):
    write(vault, [LESS])
    cited = (Cited(1, record_id(LESS).hex()),)
    name = keep_turn(vault, None, KeptTurn("2025-06-01T12:00+09:00", "a photo?", "yes [1]", "answered", cited=cited))
    write(vault, [FULL])
    conversation = read_conversation(vault, name)
    assert conversation and conversation.turns[0].cited == (Cited(1, record_id(FULL).hex()),)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_same_words_without_the_attached_file_replace_nothing(vault: Vault, order: tuple[int, int]):
    photo = Blob.of(b"JPEG", "a.jpg")
    exports = [message("look", native_id="1", blobs=(photo,)), message("look", native_id="1")]
    for number in order:
        write(vault, [exports[number]])
    assert [stored.record.blobs for stored in vault.get([1]).values()] == [(photo,)]
    assert write(vault, [message("look here", native_id="1")]) == [Outcome.CHANGED]


@pytest.mark.parametrize("times", [(FINE, COARSE), (COARSE, FINE)])
def test_the_same_words_with_a_coarser_clock_replace_nothing(vault: Vault, times: tuple[str, str]):
    for time in times:
        write(vault, [message("a song", native_id="1", time=parse_iso(time))])
    ((n,),) = vault.rows("SELECT n FROM record")
    assert vault.get([n])[n].record.time.iso() == FINE


def test_a_time_in_other_words_is_no_edit(vault: Vault):
    time = parse_iso(FINE)
    said = [
        message("hi", native_id="1", time=structs.replace(time, written=words)) for words in ("오전 7:15", "7:15 AM")
    ]
    assert [write(vault, [one]) for one in said] == [[Outcome.NEW], [Outcome.UNCHANGED]]
    assert write(vault, [message("hi", native_id="1", time=parse_iso("2025-01-03T07:16:30"))]) == [Outcome.CHANGED]


def test_an_event_that_now_takes_the_whole_day_was_changed(vault: Vault):
    feast = [message("a feast", native_id="1", time=parse_iso(time)) for time in (FINE, FINE[:10])]
    assert [write(vault, [one]) for one in feast] == [[Outcome.NEW], [Outcome.CHANGED]]


def test_what_was_forgotten_comes_back_by_neither(vault: Vault):
    write(vault, [FULL])
    forget(vault)
    assert write(vault, [LESS, FULL]) == [Outcome.FORGOTTEN] * 2
    assert not vault.rows("SELECT 1 FROM lesser")


def test_a_lesser_one_that_was_forgotten_keeps_the_fuller_out(vault: Vault):
    write(vault, [LESS])
    forget(vault)
    assert write(vault, [FULL]) == [Outcome.FORGOTTEN]


def forget(vault: Vault) -> None:
    numbers = tuple(n for (n,) in vault.rows("SELECT n FROM record"))
    receipt = erase(vault, Selection(numbers, None), Request("all", "all"), datetime(2025, 6, 1))
    assert check_receipt(vault, receipt) == []
