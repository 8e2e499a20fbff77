"""What a receipt of a forgetting tells, hides and checks."""

from __future__ import annotations

import zipfile
from dataclasses import replace

import orjson
import pytest
from tests.records.forgetting_life import LIFE, NOW, REQUEST, forget_all, message

from darak.importers.native import NativeImporter
from darak.importers.runner import run_import
from darak.importers.tree import open_tree
from darak.memory.filter import Filter
from darak.memory.forgetting import Scope, check
from darak.memory.memory import Memory
from darak.memory.people import find_identities
from darak.records.receipt import ReceiptProblem, find_receipt, parse_receipt
from darak.records.vault import Vault


def test_the_receipt_tells_nothing_of_what_was_forgotten(vault, take_in):
    take_in(vault, LIFE)
    receipt = forget_all(vault, Scope(Filter(identities=tuple(find_identities(vault, "Hyunwoo")))))
    written = (vault.home / "receipts" / receipt.name).read_text()
    assert parse_receipt(written.encode()) == receipt
    assert not any(word in written for word in ("heron", "Hyunwoo", "pier", "Jiwoo"))
    assert receipt.records == 2 and receipt.sources == {"phone": 2} and len(receipt.hashes) == 2
    assert find_receipt(vault.home, REQUEST.hash) == receipt


def test_the_receipt_names_files_of_folders_whatever_their_names(vault, lines, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    lines(folder / "Yahoo!.jsonl", [message("heronkeeper")])
    inner = lines(tmp_path / "Wow!.jsonl", [message("heronkeeper two")])
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.write(inner, "Wow!.jsonl")
    run_import(open_tree(folder), {"native": NativeImporter()}, vault, now=NOW)
    receipt = forget_all(vault, Scope(words="heronkeeper"))
    told = {(file.path, file.member) for file in receipt.files}
    assert told == {(str(folder / "Yahoo!.jsonl"), ""), (str(folder / "all.zip"), "Wow!.jsonl")}


def test_the_receipt_names_the_input_files_that_are_still_there(vault, take_in, tmp_path):
    take_in(vault, LIFE[:2], "gone.jsonl")
    take_in(vault, LIFE[:3], "there.jsonl")
    (tmp_path / "gone.jsonl").unlink()
    receipt = forget_all(vault, Scope(words="heronkeeper"))
    assert [file.path for file in receipt.files] == [str(tmp_path / "there.jsonl")]


def test_a_changed_or_foreign_receipt_is_refused(vault, take_in, tmp_path):
    take_in(vault, LIFE)
    receipt = forget_all(vault, Scope(words="heronkeeper"))
    changed = replace(receipt, records=1)
    with Vault.create(tmp_path / "other", zone="UTC", use_keyring=False) as other:
        for one, its in ((other, receipt), (vault, changed)):
            with Memory(one) as memory, pytest.raises(ReceiptProblem):
                check(memory, its)


def test_a_receipt_fails_when_the_forgotten_is_back(vault, take_in):
    take_in(vault, LIFE)
    receipt = forget_all(vault, Scope(Filter(sources=("watch", "phone"))))
    assert receipt.samples == 8
    vault.db.execute("DELETE FROM tombstone")
    with Memory(vault) as memory:
        assert "tombstones are missing" in check(memory, receipt)[0]
        take_in(vault, LIFE, "again.jsonl")
        memory.follow()
        complaints = " ".join(check(memory, receipt))
    assert "4 forgotten records are in the vault again" in complaints
    assert "8 forgotten samples are in the vault again" in complaints


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"nothing", b'{"type": "forget receipt"}', b"\xff\xfe"])
def test_what_is_no_receipt_is_called_so(data):
    with pytest.raises(ReceiptProblem):
        parse_receipt(data)


@pytest.mark.parametrize(
    "forged",
    [{"hmac": 7}, {"journal": ["a"]}, {"hashes": ["zz"]}, {"blobs": [5]}, {"files": [1]}, {"more": 1}, {"time": None}],
)
def test_a_receipt_whose_fields_are_none_is_called_so(vault, take_in, forged):
    take_in(vault, LIFE)
    told = forget_all(vault, Scope(words="heron")).json()
    with pytest.raises(ReceiptProblem):
        parse_receipt(orjson.dumps(told | forged))
