"""A watched folder: what is dropped in is imported once, when it is whole, also after a restart."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from darak.importers.watching import WatchedFolder, sign


def line(number: int) -> dict[str, Any]:
    return {"type": "record", "source": "diary", "kind": "note", "id": str(number), "text": f"entry {number}"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "drop").mkdir()
    return tmp_path / "drop"


def test_only_what_rests_and_is_whole_is_taken(folder: Path) -> None:
    watched = WatchedFolder(folder, settle=2.0)
    (folder / "a.jsonl").write_text("one")
    (folder / "b.zip.crdownload").write_text("half")
    (folder / ".hidden").write_text("no")
    (folder / "takeout").mkdir()
    (folder / "takeout" / "mail.mbox.part").write_text("half")
    assert list(watched.ready({}, 0.0)) == [] and watched.is_waiting({})
    assert [path.name for path, _ in watched.ready({}, 2.0)] == ["a.jsonl"]
    (folder / "a.jsonl").write_text("one more")
    assert list(watched.ready({}, 3.0)) == []
    ((path, signature),) = watched.ready({}, 5.0)
    assert list(watched.ready({str(path): signature}, 9.0)) == []
    (folder / "takeout" / "mail.mbox.part").rename(folder / "takeout" / "mail.mbox")
    assert sign(folder / "takeout") is not None
    list(watched.ready({str(path): signature}, 10.0))
    assert [p.name for p, _ in watched.ready({str(path): signature}, 12.0)] == ["takeout"]


def test_what_a_browser_is_about_to_fill_is_on_its_way(folder: Path) -> None:
    (folder / "takeout.zip").touch()
    assert sign(folder / "takeout.zip") is None
    (folder / "takeout.zip").write_bytes(b"room for all of it")
    (folder / "takeout.zip.aria2").write_bytes(b"how far it is")
    assert sign(folder / "takeout.zip") is None
    (folder / "takeout.zip.aria2").unlink()
    assert sign(folder / "takeout.zip") is not None


def test_another_file_of_the_same_size_and_date_is_another_one(folder: Path) -> None:
    path = folder / "a.jsonl"
    path.write_text("one")
    os.utime(path, ns=(10**18, 10**18))
    before = sign(path)
    time.sleep(0.05)
    path.write_text("two")
    os.utime(path, ns=(10**18, 10**18))
    assert sign(path) != before


def test_each_thing_is_imported_once_and_again_when_it_changes(
    folder: Path, darak: Callable[..., Any], lines: Callable[..., Path]
) -> None:
    def look() -> list[list[str]]:
        """The records and the new ones of each import."""
        done = darak("watch", folder, "--once", "--settle", "0")
        assert done.returncode == 0
        return [row.split()[1:3] for row in done.stdout.splitlines() if row.startswith("diary")]

    lines(folder / "a.jsonl", [line(1)])
    assert look() == [["1", "1"]]
    assert look() == []
    lines(folder / "a.jsonl", [line(1), line(2)])
    lines(folder / "b.jsonl", [line(3)])
    assert look() == [["2", "1"], ["1", "1"]]
    assert json.loads(darak("status", "--json").stdout)["records"] == 3


def test_what_no_importer_knows_is_told_once(folder: Path, darak: Callable[..., Any]) -> None:
    (folder / "odd.bin").write_bytes(bytes(range(256)) * 4)
    assert "no importer knows" in darak("watch", folder, "--once", "--settle", "0").stderr
    assert darak("watch", folder, "--once", "--settle", "0").stderr == ""


def test_a_folder_that_is_none_or_holds_the_vault_is_refused(
    folder: Path, darak: Callable[..., Any], lines: Callable[..., Path], home: Path
) -> None:
    missing = darak("watch", folder / "none")
    assert missing.returncode == 2 and "is no folder" in missing.stderr
    assert darak("import", lines(folder / "a.jsonl", [line(1)])).returncode == 0
    own = darak("watch", home.parent)
    assert own.returncode == 2 and "the vault itself" in own.stderr


def test_it_goes_on_watching_and_leaves_the_vault_to_others(
    folder: Path, darak: Callable[..., Any], lines: Callable[..., Path], tmp_path: Path
) -> None:
    lines(folder / "before.jsonl", [line(1)])
    with _watching(folder) as process:
        assert _grows_to(1, darak)
        lines(folder / "while.jsonl", [line(2)])
        assert _grows_to(2, darak)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130


def test_a_folder_that_was_gone_for_a_while_is_watched_again(
    folder: Path, darak: Callable[..., Any], lines: Callable[..., Path]
) -> None:
    lines(folder / "before.jsonl", [line(1)])
    with _watching(folder) as process:
        assert _grows_to(1, darak)
        folder.rename(folder.with_name("away"))
        assert process.stderr is not None
        assert any("is gone" in told for told in iter(process.stderr.readline, ""))
        folder.mkdir()
        lines(folder / "after.jsonl", [line(2)])
        assert _grows_to(2, darak)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130


@contextmanager
def _watching(folder: Path) -> Generator[subprocess.Popen[str]]:
    """`darak watch` in a process of its own, which is gone afterwards whatever happens."""
    command = [sys.executable, "-m", "darak.cli.main", "watch", str(folder), "--settle", "0.1"]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=dict(os.environ), **pipes) as process:
        try:
            yield process
        finally:
            process.kill()


def _grows_to(count: int, darak: Callable[..., Any]) -> bool:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        done = darak("status", "--json")
        if done.returncode == 0 and json.loads(done.stdout)["records"] == count:
            return True
        time.sleep(0.2)
    return False


def test_a_fault_with_one_export_does_not_end_the_watch(
    folder: Path, darak: Callable[..., Any], lines: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from darak.cli import watch_command

    def open_tree(path: Path) -> Any:
        if path.name == "a.jsonl":
            raise KeyError("a fault of the program")
        return original(path)

    original = watch_command.open_tree
    monkeypatch.setattr(watch_command, "open_tree", open_tree)
    lines(folder / "a.jsonl", [line(1)])
    lines(folder / "b.jsonl", [line(2)])
    done = darak("watch", folder, "--once", "--settle", "0")
    assert done.returncode == 1 and "a.jsonl could not be imported" in done.stderr
    assert json.loads(darak("status", "--json").stdout)["records"] == 1


def test_a_statement_that_waits_for_a_yes_is_told_with_the_command_that_gives_it(
    folder: Path, darak: Callable[..., Any]
) -> None:
    statement = folder / "my statement.csv"
    statement.write_text(
        "Date,Description,Amount\n2024-05-01,Tea,-4.50\n2024-05-02,Bread,-3.20\n2024-05-03,Rent,-900\n"
    )
    done = darak("watch", folder, "--once", "--settle", "0")
    assert f"darak import '{statement}' --columns yes" in done.stderr
