"""`darak serve` as a process: what it listens on, how it ends, and what is left when it is killed."""

from __future__ import annotations

import json
import stat

import pytest

from .conftest import LIFE


@pytest.fixture
def known(darak, lines, tmp_path):
    assert darak("import", lines(tmp_path / "life.jsonl", LIFE)).returncode == 0


def test_it_serves_and_ends_with_everything_sealed(known, darak_serve, darak, home):
    running = darak_serve()
    with running.client() as owner:
        assert owner.get("/api/status").json()["records"] == 6
        assert owner.post("/api/ask", json={"question": "When is my dentist appointment?"}).json()["citations"]
    beacon = home / "server.json"
    assert stat.S_IMODE(beacon.stat().st_mode) == 0o600
    busy = darak("status")
    assert busy.returncode == 1 and f"process {running.process.pid}" in busy.stderr
    assert running.stop() == 0
    assert not beacon.exists() and not (home / "open").exists()
    assert json.loads(darak("status", "--json").stdout)["index_lag"] == 0


def test_it_makes_a_vault_where_there_is_none(darak_serve):
    with darak_serve().client() as owner:
        assert owner.get("/api/status").json()["records"] == 0
        answer = owner.post("/api/ask", json={"question": "When was I born?"}).json()
        assert answer["status"] == "no_record"


def test_a_killed_server_leaves_a_vault_that_opens(known, darak_serve, darak):
    running = darak_serve()
    running.process.kill()
    running.process.wait()
    again = darak_serve()
    with again.client() as owner:
        assert owner.get("/api/status").json()["records"] == 6
    assert again.stop() == 0


def test_a_second_serve_opens_the_first(known, darak_serve, darak):
    running = darak_serve()
    again = darak("serve", "--no-browser")
    assert again.returncode == 0 and f"{running.url}/enter?token=" in again.stdout


def test_ask_and_search_go_to_the_running_server(known, darak_serve, darak):
    darak_serve()
    here = darak("ask", "When is my dentist appointment?")
    assert here.returncode == 0 and "14 May 2024" in here.stdout and "“Dentist appointment”" in here.stdout
    assert json.loads(darak("ask", "--json", "dentist appointment?").stdout)["citations"]
    assert "The heronkeeper waits" in darak("search", "heronkeeper").stdout
    hit = json.loads(darak("search", "-k", "1", "--json", "lantern").stdout)
    assert hit["author"] == "Mina Kim" and hit["before"][0]["text"].startswith("The heronkeeper") and hit["origin"]
    assert darak("search", "--person", "Nobody").returncode == 2
    assert "Nothing" in darak("search", "--since", "2030", "dentist").stdout


def test_the_server_answers_as_the_command_does(known, darak_serve, darak, monkeypatch):
    monkeypatch.setenv("DARAK_NOW", "2024-06-01T12:00")
    commands = (["ask", "When is my dentist appointment?"], ["ask", "How many steps in May 2024?"], ["search", "pier"])
    alone = [darak(*command).stdout for command in commands]
    darak_serve()
    served = [darak(*command).stdout for command in commands]
    for one, other in zip(alone, served, strict=True):
        assert [line for line in one.splitlines() if " ms)" not in line] == [
            line for line in other.splitlines() if " ms)" not in line
        ]


def test_other_machines_need_a_password_and_tls(known, darak, monkeypatch, tmp_path):
    refused = darak("serve", "--host", "0.0.0.0", "--port", "0")
    assert refused.returncode == 2 and "--set-password" in refused.stderr
    monkeypatch.setattr("darak.cli.serve_command._LEAST", 0)
    assert darak("serve", "--set-password").returncode == 0
    refused = darak("serve", "--host", "0.0.0.0", "--port", "0")
    assert refused.returncode == 2 and "--cert" in refused.stderr
