"""`darak doctor`: each thing that can be wrong with an installation is found, named, and told what to do about."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from darak.cli.doctor import machine
from darak.records.vault import Vault


@pytest.fixture
def filled(darak: Callable[..., Any], lines: Callable[..., Path], tmp_path: Path, home: Path) -> Path:
    notes = [{"type": "record", "source": "diary", "kind": "note", "id": str(n), "text": "dear diary " * 200,
              "time": "2024-05-01"} for n in range(300)]  # fmt: skip
    assert darak("import", lines(tmp_path / "in.jsonl", notes)).returncode == 0
    return home


@pytest.fixture
def findings(darak: Callable[..., Any]) -> Callable[[], tuple[int, dict[str, dict[str, str]]]]:
    """The exit code, and the worst finding about each thing."""

    def look() -> tuple[int, dict[str, dict[str, str]]]:
        done = darak("doctor", "--json")
        told = json.loads(done.stdout)
        assert told["sound"] == (done.returncode == 0)
        worst = ["ok", "note", "warning", "problem"]
        by_thing: dict[str, dict[str, str]] = {}
        for one in sorted(told["findings"], key=lambda one: worst.index(one["level"])):
            by_thing[one["about"]] = one
            assert one["do"] or one["level"] == "ok"
        return done.returncode, by_thing

    return look


Findings = Callable[[], tuple[int, dict[str, dict[str, str]]]]


def test_a_sound_vault_is_told_to_be_well(darak: Callable[..., Any], filled: Path, findings: Findings) -> None:
    code, found = findings()
    assert code == 0
    things = ("Python", "Parts", "SQLite", "Disk", "Clock", "Folder", "Lock", "Key", "Database", "Index", "Zone")
    assert {found[thing]["level"] for thing in things} == {"ok"}
    assert "300 records" in found["Database"]["found"]
    told = darak("doctor").stdout
    assert "✓ Database" in told


def test_looking_changes_nothing(darak: Callable[..., Any], filled: Path) -> None:
    def state() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in sorted(filled.rglob("*")) if path.is_file()}

    before = state()
    darak("doctor")
    assert state() == before


def test_without_a_vault_it_says_how_to_begin(findings: Findings) -> None:
    code, found = findings()
    assert code == 0
    assert found["Vault"]["level"] == "note"
    assert "darak import" in found["Vault"]["do"]


def test_a_lost_key_file(filled: Path, findings: Findings, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "keys")
    code, found = findings()
    assert code == 1
    assert found["Key"]["level"] == "problem"
    assert str(tmp_path / "keys") in found["Key"]["do"]
    assert "Database" not in found


def test_another_vaults_key(filled: Path, findings: Findings, tmp_path: Path) -> None:
    (key,) = (tmp_path / "keys").iterdir()
    key.write_text("00" * 32)
    code, found = findings()
    assert (code, found["Key"]["level"]) == (1, "problem")
    assert "is not the key of this vault" in found["Key"]["found"]


def test_a_key_that_others_may_read(filled: Path, findings: Findings, tmp_path: Path) -> None:
    (key,) = (tmp_path / "keys").iterdir()
    key.chmod(0o644)
    filled.chmod(0o755)
    code, found = findings()
    assert code == 0
    assert found["Key"]["do"] == f"chmod 600 '{key}'"
    assert found["Folder"]["do"] == f"chmod 700 '{filled}'"


def test_a_key_beside_what_it_opens(filled: Path, findings: Findings, tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "keys").rename(filled / "keys")
    monkeypatch.setenv("DARAK_KEYS", str(filled / "keys"))
    assert findings()[1]["Key"]["level"] == "warning"


def test_a_passphrase_that_is_not_said(
    darak: Callable[..., Any], findings: Findings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DARAK_PASSPHRASE", "open sesame")
    assert darak("init", "--passphrase").returncode == 0
    assert findings()[0] == 0
    monkeypatch.setenv("DARAK_PASSPHRASE", "open barley")
    code, found = findings()
    assert (code, found["Key"]["level"]) == (1, "problem")


def test_a_damaged_database(filled: Path, findings: Findings) -> None:
    database = filled / "vault.db"
    content = bytearray(database.read_bytes())
    for place in range(8 * 4096, len(content), 3 * 4096):
        content[place + 100] ^= 0xFF
    database.write_bytes(content)
    code, found = findings()
    assert (code, found["Database"]["level"]) == (1, "problem")
    assert "backup" in found["Database"]["do"]


def test_a_missing_database_and_a_damaged_header(filled: Path, findings: Findings) -> None:
    (filled / "vault.db").unlink()
    code, found = findings()
    assert (code, found["Database"]["level"]) == (1, "problem")
    (filled / "vault.json").write_text("{")
    code, found = findings()
    assert (code, found["Key"]["level"]) == (1, "problem")


def test_a_damaged_index_is_no_loss(filled: Path, findings: Findings) -> None:
    for path in (filled / "index").iterdir():
        if path.name != "manifest":
            path.write_bytes(path.read_bytes()[:-1])
    code, found = findings()
    assert code == 0
    assert found["Index"]["level"] == "warning"
    assert "darak rebuild" in found["Index"]["do"]
    shutil.rmtree(filled / "index")
    assert "there is none" in findings()[1]["Index"]["found"]


def test_an_index_that_is_behind(filled: Path, findings: Findings, take_in: Callable[..., Any]) -> None:
    with Vault.open(filled) as vault:
        take_in(vault, [{"type": "record", "source": "diary", "kind": "note", "id": "new", "text": "later"}])
    found = findings()[1]["Index"]
    assert (found["level"], "1 changes behind" in found["found"]) == ("note", True)


def test_who_holds_the_vault(filled: Path, findings: Findings) -> None:
    with Vault.open(filled):
        code, found = findings()
    assert code == 0
    assert f"process {os.getpid()}" in found["Lock"]["found"]
    assert found["Database"]["level"] == "ok"


def test_a_vault_of_a_newer_darak(filled: Path, findings: Findings) -> None:
    with Vault.open(filled) as vault:
        vault.db.execute("PRAGMA user_version=999")
    code, found = findings()
    assert (code, found["Database"]["level"]) == (1, "problem")
    assert "Update Darak" in found["Database"]["do"]


def test_attached_files_that_are_gone(filled: Path, findings: Findings) -> None:
    with Vault.open(filled) as vault:
        vault.blobs.put("a" * 64, b"here")
        vault.db.execute("INSERT INTO blob VALUES(?,4),(?,4)", ("a" * 64, "b" * 64))
    found = findings()[1]["Attached files"]
    assert (found["level"], found["found"]) == ("warning", "1 of 2 are missing")


def test_what_was_cut_off(filled: Path, findings: Findings) -> None:
    with Vault.open(filled) as vault:
        vault.db.execute(
            "INSERT INTO import(digest, importer, version, path, state, started, counts)"
            " VALUES('', 'mail', 1, '/exports/mail.mbox', 'running', '2024-05-01T09:00', '')"
        )
        vault.db.execute("INSERT INTO watched VALUES('/exports/gone', 1, 1, 1)")
    found = findings()[1]
    assert "darak import '/exports/mail.mbox'" in found["Import"]["do"]
    assert found["Watched"]["level"] == "note"


def test_a_clock_that_runs_behind(filled: Path, findings: Findings) -> None:
    with Vault.open(filled) as vault:
        vault.db.execute("UPDATE import SET finished='2999-01-01T00:00:00+00:00'")
    assert findings()[1]["Clock"]["level"] == "warning"


def test_another_zone_than_the_machines(filled: Path, findings: Findings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Oslo")
    assert "darak init --zone Europe/Oslo" in findings()[1]["Zone"]["do"]


def test_little_room(filled: Path, findings: Findings, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(filled)
    for free, level, code in ((1 << 30, "warning", 0), (1 << 20, "problem", 1)):
        monkeypatch.setattr(machine.shutil, "disk_usage", lambda _, free=free: usage._replace(free=free))
        given, found = findings()
        assert (given, found["Disk"]["level"]) == (code, level)


def test_parts_that_are_missing(filled: Path, findings: Findings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "find_spec", lambda name: None)
    assert "pip install " in findings()[1]["Optional"]["do"]
    assert importlib.util.find_spec("json")
    monkeypatch.setattr(machine, "requires", lambda name: ["nothing-of-this-name>=1", "other; extra == 'x'"])
    code, found = findings()
    assert (code, found["Parts"]["level"]) == (1, "problem")
    assert "nothing-of-this-name" in found["Parts"]["found"]
    assert "other" not in found["Parts"]["found"]
