"""`darak key`: a key that is lost is brought back from its copy, and a passphrase can be changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest


def header(home: Path) -> dict[str, Any]:
    return json.loads((home / "vault.json").read_text())


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """What the OS keyring holds."""
    kept: dict[tuple[str, str], str] = {}
    for module in ("darak.records.key", "darak.cli.key_command", "darak.cli.init_command"):
        monkeypatch.setattr(f"{module}.keyring_works", lambda: True)
    monkeypatch.setattr("keyring.set_password", lambda service, name, text: kept.update({(service, name): text}))
    monkeypatch.setattr("keyring.get_password", lambda service, name: kept.get((service, name)))
    monkeypatch.setattr("keyring.delete_password", lambda service, name: kept.pop((service, name)))
    return kept


def test_a_vault_is_opened_again_with_the_copy_of_its_lost_key(darak, home, tmp_path):
    darak("init", "--key-file")
    copied = darak("key", "copy", str(tmp_path / "copy"))
    assert copied.returncode == 0 and (tmp_path / "copy").stat().st_mode & 0o077 == 0
    (key,) = (tmp_path / "keys").iterdir()
    key.unlink()
    assert darak("status").returncode == 1
    restored = darak("key", "restore", str(tmp_path / "copy"))
    assert restored.returncode == 0 and str(key) in restored.stdout and key.stat().st_mode & 0o077 == 0
    assert darak("status").returncode == 0


def test_a_key_in_the_keyring_moves_to_another_machine(darak, home, tmp_path, keyring):
    darak("init", "--keyring")
    assert "darak key copy" in darak("key").stdout
    darak("key", "copy", str(tmp_path / "copy"))
    keyring.clear()  # the other machine's
    assert darak("status").returncode == 1
    assert darak("key", "restore", str(tmp_path / "copy")).returncode == 0
    assert len(keyring) == 1 and darak("status").returncode == 0


def test_a_key_moves_to_another_place_and_leaves_the_one_before(darak, home, tmp_path, keyring):
    darak("init", "--keyring")
    assert darak("key", "move", "file").returncode == 0 and not keyring
    assert header(home)["kept"] == "file" and darak("status").returncode == 0
    assert darak("key", "move", "keyring").returncode == 0 and not list((tmp_path / "keys").iterdir())
    assert header(home)["kept"] == "keyring" and darak("status").returncode == 0


def test_a_passphrase_is_changed(darak, home, monkeypatch):
    monkeypatch.setenv("DARAK_PASSPHRASE", "the first of them")
    darak("init", "--passphrase")
    monkeypatch.setenv("DARAK_NEW_PASSPHRASE", "the second of them")
    assert darak("key", "move", "passphrase").returncode == 0
    assert darak("status").returncode == 1
    monkeypatch.setenv("DARAK_PASSPHRASE", "the second of them")
    assert darak("status").returncode == 0
    assert darak("key", "move", "file").returncode == 0 and header(home)["wrapped"] == ""
    monkeypatch.delenv("DARAK_PASSPHRASE")
    assert darak("status").returncode == 0


def test_what_is_not_the_key_changes_nothing(darak, home, tmp_path):
    darak("init", "--key-file")
    before = header(home)
    (tmp_path / "other").write_text("ab" * 32)
    (tmp_path / "short").write_text("abcd")
    (tmp_path / "image").write_bytes(b"\xff\xd8\xff")
    assert darak("key", "restore", str(tmp_path / "other")).returncode == 1
    assert darak("key", "restore", str(tmp_path / "short")).returncode == 2
    assert darak("key", "restore", str(tmp_path / "image")).returncode == 2
    assert darak("key", "restore", str(tmp_path / "nowhere")).returncode == 1
    assert header(home) == before and darak("status").returncode == 0


def test_a_copy_overwrites_nothing_and_never_lies_beside_the_vault(darak, home, tmp_path):
    darak("init", "--key-file")
    (tmp_path / "mine").write_text("mine")
    assert darak("key", "copy", str(tmp_path / "mine")).returncode == 2
    assert (tmp_path / "mine").read_text() == "mine"
    assert darak("key", "copy", str(home / "copy")).returncode == 2 and not (home / "copy").exists()


def test_an_unknown_word_shows_the_known_ones(darak, home):
    darak("init", "--key-file")
    done = darak("key", "burn")
    assert done.returncode == 2 and "restore FILE" in done.stderr
