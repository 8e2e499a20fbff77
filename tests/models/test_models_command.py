"""`darak models`, as its owner uses it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.models.server import ModelServer

from darak.records.vault import Vault


@pytest.fixture
def here(home: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> ModelServer:
    """A vault, and one server on this machine."""
    Vault.create(home, zone="Asia/Seoul", use_keyring=False).close()
    monkeypatch.setenv("DARAK_MODEL_SERVERS", f"ollama={server.url}")
    return server


def test_list_use_and_back(here: ModelServer, darak: Callable[..., Any]) -> None:
    listed = darak("models").stdout
    assert "ollama/tiny" in listed and "No model is used" in listed
    assert "ollama/larger:7b" in darak("models", "use", "larger").stdout
    assert "Used: ollama/larger:7b, then no model." in darak("models").stdout
    assert json.loads(darak("models", "--json").stdout)["order"] == ["ollama/larger:7b"]
    assert "No model is used now" in darak("models", "use", "none").stdout
    assert "ollama/larger:7b" in darak("models", "back").stdout
    darak("models", "back")
    assert "Nothing was used before" in darak("models", "back").stdout


def test_a_test_tells_what_is_honoured_and_remembers_it(here: ModelServer, darak: Callable[..., Any]) -> None:
    here.ignores = {"schema"}
    done = darak("models", "test", "tiny", "--quick")
    lines = {line.split()[1]: line.split()[0] for line in done.stdout.splitlines()[1:]}
    assert done.returncode == 0
    assert lines == {"reply": "yes", "schema": "no", "tools": "yes", "json": "yes", "call": "yes", "window": "yes"}
    listed = darak("models").stdout
    assert "tested: tools, json, calls; 8,192 tokens" in listed
    (result,) = json.loads(darak("models", "test", "tiny", "--quick", "--json").stdout)
    assert result["model"] == "ollama/tiny" and len(result["checks"]) == 6


def test_a_test_tells_what_a_model_is_worth_beside_no_model(here: ModelServer, darak: Callable[..., Any]) -> None:
    here.ignores = {"tools"}
    done = darak("models", "test", "tiny", "--seconds", "300")
    table = done.stdout.partition("questions about a sample life")[2].splitlines()
    assert done.returncode == 0 and table[1].split()[0] == "right"
    assert table[2].split()[:2] == ["no", "model"] and table[2].split()[2] == table[3].split()[1]
    assert table[3].startswith("  ollama/tiny") and "0 in its own words" in table[3]


def test_the_questions_end_when_the_time_is_over(here: ModelServer, darak: Callable[..., Any]) -> None:
    (result,) = json.loads(darak("models", "test", "tiny", "--json", "--seconds", "0.2").stdout)
    assert result["worth"]["rules"]["asked"] < result["worth"]["of"]


def test_a_dead_server_fails_the_test(
    here: ModelServer, darak: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DARAK_MODEL_SERVERS", "ollama=http://127.0.0.1:9")
    done = darak("models", "test", "ollama/tiny", "--quick")
    assert done.returncode == 1 and "Nothing answers" in done.stdout


def test_a_hosted_model_needs_a_key_and_a_yes(
    here: ModelServer, other: ModelServer, darak: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **more: real("127.0.0.1", *rest, **more))  # type: ignore[misc]
    other.key = "sk-1"
    monkeypatch.setenv("DARAK_MODEL_KEY", "sk-1")
    added = darak("models", "add", f"http://models.example:{other.port}/v1", "--name", "far")
    assert "sealed" in added.stdout and "allow models.example" in added.stdout and "not encrypted" in added.stdout
    assert "nothing is sent there before" in darak("models", "use", "far/tiny").stdout
    refused = darak("models", "test", "--quick")
    assert refused.returncode == 1 and "allow models.example" in refused.stdout and not other.seen
    assert "Nothing has left" in darak("models", "sent").stdout
    assert darak("models", "allow", "https://models.example/v1").returncode == 0
    shown = darak("models", "test", "far/tiny", "--quick", "--show")
    assert "Say hello in one word." not in shown.stdout and shown.returncode == 1 and not other.chats
    assert darak("models", "test", "--quick").returncode == 0
    sent = json.loads(darak("models", "sent", "--json").stdout)
    assert {one["host"] for one in sent} == {"models.example"}
    assert len([one for one in sent if one["bytes"]]) == len(other.chats)
    assert "test of the model" in darak("models", "sent").stdout
    assert "sk-1" not in darak("models", "--json").stdout
    assert "gone" in darak("models", "remove", "far").stdout and "No model is used;" in darak("models").stdout


def test_what_stays_home_is_told(here: ModelServer, darak: Callable[..., Any]) -> None:
    assert "health, money" in darak("models", "keep", "health", "money").stdout
    assert "Stays home: health, money." in darak("models").stdout
    assert "Stays home: money." in darak("models", "share", "health").stdout
    assert json.loads(darak("models", "--json").stdout)["home"] == ["money"]


def test_what_is_asked_wrongly_says_what_to_do(here: ModelServer, darak: Callable[..., Any]) -> None:
    for words, code, expected in (
        (("fly",), 2, "--help"), (("use",), 2, "name of a model"), (("use", "gemma"), 1, "no model 'gemma'"),
        (("keep", "socks"), 2, "no source, kind or topic"), (("share", "mail"), 2, "not kept home"),
        (("remove", "x"), 1, "No server 'x'"), (("add", "openai"), 1, "no URL"), (("test",), 2, "no model is used"),
    ):  # fmt: skip
        done = darak("models", *words)
        assert (done.returncode, expected in done.stderr) == (code, True), (words, done)
