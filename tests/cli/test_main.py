"""What all commands share: the vault's folder, and warnings that a person can read."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import darak as sdk
from darak.cli import import_command


def test_the_home_may_stand_before_the_command_or_behind_it(
    darak: Callable[..., Any], lines: Callable[..., Path], tmp_path: Path
) -> None:
    record = {"type": "record", "source": "diary", "kind": "note", "text": "hi"}
    path = lines(tmp_path / "in.jsonl", [record])
    assert darak("--home", tmp_path / "one", "import", path).returncode == 0
    assert darak("import", "--home", tmp_path / "two", path).returncode == 0
    for home in ("one", "two"):
        assert "1 record, 0 samples, 0 people" in darak("--home", tmp_path / home, "status").stdout
    assert not (tmp_path / "home").exists()


def test_a_warning_is_one_sentence(darak: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def load_importers() -> dict[str, Any]:
        warnings.warn("the importer heron cannot be loaded", stacklevel=2)
        return {}

    monkeypatch.setattr(import_command, "load_importers", load_importers)
    assert darak("import", "--list").stderr == "darak: the importer heron cannot be loaded\n"


def test_an_empty_memory_says_what_to_do(darak: Callable[..., Any]) -> None:
    assert darak("init", "--key-file").returncode == 0
    assert "darak import FILE" in darak("status").stdout
    assert darak("people").stdout == "Nobody is in this memory yet.\n"


def test_without_a_command_all_of_them_are_listed(darak: Callable[..., Any]) -> None:
    done = darak()
    assert done.returncode == 2 and "answer a question from the records" in done.stdout and not done.stderr


def test_options_may_stand_between_the_words(
    darak: Callable[..., Any], lines: Callable[..., Path], tmp_path: Path
) -> None:
    record = {"type": "record", "source": "diary", "kind": "note", "time": "2024-05-01", "text": "a heron at the pier"}
    one = lines(tmp_path / "one.jsonl", [record | {"id": "1"}])
    two = lines(tmp_path / "two.jsonl", [record | {"id": "2"}])
    assert darak("import", one, "--home", tmp_path / "home", two).returncode == 0
    assert "2 records" in darak("status").stdout
    assert "heron" in darak("search", "heron", "--since", "2024", "pier").stdout
    assert darak("search", "heron", "--sinse", "2024", "pier").returncode == 2


def test_an_empty_passphrase_makes_no_vault(
    darak: Callable[..., Any], lines: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = lines(tmp_path / "in.jsonl", [{"type": "record", "source": "diary", "kind": "note", "text": "hi"}])
    monkeypatch.setenv("DARAK_PASSPHRASE", "")
    for command in (("import", path), ("init",), ("init", "--passphrase")):
        done = darak(*command)
        assert done.returncode != 0 and "protects nothing" in done.stderr, command
    with pytest.raises(sdk.Problem, match="protects nothing"):
        sdk.open(tmp_path / "other", create=True)
    monkeypatch.delenv("DARAK_PASSPHRASE")
    assert darak("import", path).returncode == 0
