"""`darak init`: where the key lies, and in which zone the owner lives."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

NOTE = {"type": "record", "source": "s", "kind": "note", "time": "2024-05-01T10:00", "text": "a note"}


def header(home: Path) -> dict[str, Any]:
    return json.loads((home / "vault.json").read_text())


def test_without_a_keyring_the_key_is_a_file_outside_the_vault(darak, home, tmp_path):
    done = darak("init")
    (key,) = (tmp_path / "keys").iterdir()
    assert done.returncode == 0 and str(key) in done.stdout and header(home)["kept"] == "file"
    assert key.stat().st_mode & 0o077 == 0 and not key.is_relative_to(home)
    assert key.read_text().strip() not in (home / "vault.json").read_text()


def test_a_keyring_that_keeps_nothing_is_refused(darak, home):
    done = darak("init", "--keyring")
    assert done.returncode == 2 and "no OS keyring" in done.stderr and not home.exists()


def test_a_keyring_keeps_the_key(darak, home, tmp_path, monkeypatch):
    kept: dict[tuple[str, str], str] = {}
    monkeypatch.setattr("darak.records.key.keyring_works", lambda: True)
    monkeypatch.setattr("darak.cli.init_command.keyring_works", lambda: True)
    monkeypatch.setattr("keyring.set_password", lambda service, name, text: kept.update({(service, name): text}))
    monkeypatch.setattr("keyring.get_password", lambda service, name: kept.get((service, name)))
    assert "keyring" in darak("init", "--keyring").stdout and header(home)["kept"] == "keyring"
    assert darak("status").returncode == 0 and not (tmp_path / "keys").exists()
    kept.clear()
    done = darak("status")
    assert done.returncode == 1 and "should be in the OS keyring" in done.stderr


def test_a_passphrase_opens_and_a_wrong_one_does_not(darak, home, lines, tmp_path, monkeypatch):
    monkeypatch.setenv("DARAK_PASSPHRASE", "여우비 7")
    assert darak("init", "--passphrase").returncode == 0 and header(home)["kept"] == "passphrase"
    assert darak("import", lines(tmp_path / "in.jsonl", [NOTE])).returncode == 0
    assert "a note" in darak("search", "note").stdout
    monkeypatch.setenv("DARAK_PASSPHRASE", "여우비 8")
    done = darak("search", "note")
    assert done.returncode == 1 and done.stderr == "darak: That is not this vault's passphrase.\n"
    monkeypatch.delenv("DARAK_PASSPHRASE")
    done = darak("search", "note")
    assert done.returncode == 1 and "DARAK_PASSPHRASE" in done.stderr


@pytest.mark.parametrize(("options", "kept"), [((), "passphrase"), (("--key-file",), "file")])
def test_a_passphrase_that_is_set_is_taken_unless_the_key_shall_lie_elsewhere(darak, home, monkeypatch, options, kept):
    monkeypatch.setenv("DARAK_PASSPHRASE", "여우비 7")
    assert darak("init", *options).returncode == 0 and header(home)["kept"] == kept


@pytest.mark.parametrize("given", [None, ""])
def test_no_passphrase_makes_no_vault(darak, home, monkeypatch, given):
    if given is not None:
        monkeypatch.setenv("DARAK_PASSPHRASE", given)
    assert darak("init", "--passphrase").returncode == 2 and not home.exists()


def test_a_vault_is_not_made_over_another(darak):
    assert darak("init").returncode == 0
    done = darak("init", "--key-file")
    assert done.returncode == 1 and "already holds a vault" in done.stderr


def test_the_zone_can_be_given_and_corrected(darak, lines, tmp_path):
    darak("init", "--zone", "Europe/Paris")
    darak("import", lines(tmp_path / "in.jsonl", [NOTE]))
    before = darak("search", "--json", "note").stdout
    done = darak("init", "--zone", "America/New_York")
    assert done.returncode == 0 and "1 times without a zone" in done.stdout
    assert darak("search", "--json", "note").stdout == before
    assert json.loads(darak("status", "--json").stdout)["zone"] == "America/New_York"


def test_what_is_no_zone_is_refused(darak, home):
    done = darak("init", "--zone", "Seoul")
    assert done.returncode == 2 and "Asia/Seoul" in done.stderr and not home.exists()
