"""`darak export` writes everything or nothing, for its owner's eyes alone."""

from __future__ import annotations

import gzip
import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

LIFE = [
    {"type": "record", "source": "s", "kind": "note", "time": "2024-05-01", "text": "첫 기록"},
    {"type": "record", "id": "1", "source": "s", "kind": "note", "time": "2024-05-02", "text": "the second"},
    {"type": "sample", "source": "s", "metric": "steps", "value": 5, "unit": "count", "time": "2024-05-01"},
]


@pytest.fixture
def exported(darak, lines, tmp_path) -> bytes:
    assert darak("import", lines(tmp_path / "life.jsonl", LIFE)).returncode == 0
    return darak("export", "-").stdout.encode()


def test_a_file_gzip_and_standard_output_hold_the_same(darak, exported, tmp_path):
    for name in ("out.jsonl", "out.jsonl.gz"):
        done = darak("export", tmp_path / name)
        assert done.returncode == 0 and "3 records and samples" in done.stderr
    assert (tmp_path / "out.jsonl").read_bytes() == exported
    assert gzip.decompress((tmp_path / "out.jsonl.gz").read_bytes()) == exported
    assert [json.loads(line)["type"] for line in exported.splitlines()] == ["vault", "record", "record", "sample"]


def test_the_same_vault_gives_the_same_gzip_bytes(darak, exported, tmp_path):
    for name in ("a.gz", "b.gz"):
        darak("export", tmp_path / name)
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz"])
def test_a_new_vault_from_an_export_is_the_same(darak, exported, tmp_path, monkeypatch, name):
    darak("export", tmp_path / name)
    monkeypatch.setenv("DARAK_HOME", str(tmp_path / "other"))
    monkeypatch.setenv("TZ", "Europe/Paris")
    assert darak("import", tmp_path / name).returncode == 0
    assert darak("export", "-").stdout.encode() == exported
    assert json.loads(darak("status", "--json").stdout)["zone"] == "Asia/Seoul"


def test_only_the_owner_may_read_an_export(darak, exported, tmp_path):
    darak("export", tmp_path / "out.jsonl")
    assert stat.S_IMODE((tmp_path / "out.jsonl").stat().st_mode) == 0o600


def test_an_export_that_fails_leaves_the_earlier_file(darak, exported, tmp_path, monkeypatch):
    target = tmp_path / "out.jsonl"
    target.write_text("the earlier export")

    def full(_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("darak.records.cipher.os.fsync", full)
    done = darak("export", target)
    assert done.returncode == 1 and "The disk is full" in done.stderr
    assert target.read_text() == "the earlier export"
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == ["out.jsonl"]


def test_a_pipe_is_written_into_and_stays_one(darak, exported, tmp_path):
    pipe = tmp_path / "pipe.gz"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as thread:
        read = thread.submit(pipe.read_bytes)
        assert darak("export", pipe).returncode == 0
        assert gzip.decompress(read.result(timeout=60)) == exported
    assert pipe.is_fifo()


@pytest.mark.parametrize("name", ["no/such/folder/out.jsonl", ""])
def test_a_place_that_takes_no_file_is_refused(darak, exported, tmp_path, name):
    done = darak("export", tmp_path / name)
    assert done.returncode == 2 and "folder that exists" in done.stderr


def test_a_missing_attached_file_is_told(darak, lines, tmp_path: Path):
    blob = {"hash": "0" * 64, "name": "lost.jpg", "mime": "image/jpeg", "size": 9}
    darak("import", lines(tmp_path / "life.jsonl", [{**LIFE[0], "blobs": [blob]}]))
    done = darak("export", tmp_path / "out.jsonl")
    assert done.returncode == 1 and "1 attached files are missing" in done.stderr
    assert "lost.jpg" in (tmp_path / "out.jsonl").read_text()
