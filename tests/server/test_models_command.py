"""`darak models` while `darak serve` has the vault: it asks the server, and says the same as without one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.models.server import ModelServer, Status

from darak.records.vault import Vault


@pytest.fixture
def there(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """A vault, and one server of models on this machine."""
    Vault.create(home, zone="Asia/Seoul", use_keyring=False).close()
    with ModelServer() as server:
        monkeypatch.setenv("DARAK_MODEL_SERVERS", f"ollama={server.url}")
        yield server


def test_models_are_chosen_tested_and_listed_as_without_a_server(
    there: ModelServer, darak_serve: Callable[..., Any], darak: Callable[..., Any]
) -> None:
    def told() -> list[Any]:
        done: list[Any] = []
        for words in (["use", "larger"], ["use", "tiny", "larger"], ["back"], ["use", "none"], ["back"], ["use", "x"]):
            ran = darak("models", *words)
            done.append((ran.returncode, ran.stdout, ran.stderr))
        ran = darak("models", "test", "larger", "--quick")
        done.append((ran.returncode, [line.split()[:2] for line in ran.stdout.splitlines()]))
        done.append(darak("models").stdout)
        done.append(json.loads(darak("models", "--json").stdout))
        return done

    told()  # what the first test finds is known from then on
    alone = told()
    darak_serve()
    assert told() == alone
    assert "tested: schema, tools, json, calls; 8,192 tokens" in alone[-2]


def test_what_may_leave_is_said_to_the_server(
    there: ModelServer, darak_serve: Callable[..., Any], darak: Callable[..., Any]
) -> None:
    darak_serve()
    added = darak("models", "add", "https://models.example/v1", "--name", "far")
    assert "Added far" in added.stdout and "darak models allow models.example" in added.stdout
    assert "stays home" in darak("models", "keep", "health", "money").stdout.casefold()
    assert "Stays home: money." in darak("models", "share", "health").stdout
    assert darak("models", "keep", "nonsense").returncode == 2
    assert "may leave to models.example" in darak("models", "allow", "https://models.example").stdout
    assert json.loads(darak("models", "--json").stdout)["allowed"] == ["models.example"]
    assert "Nothing leaves to" in darak("models", "forbid", "models.example").stdout
    assert "models.example" in darak("models", "sent").stdout, "its models were asked for"
    assert "gone" in darak("models", "remove", "far").stdout
    assert darak("models", "remove", "far").returncode == 1


def test_what_a_server_of_models_refuses_is_told(
    there: ModelServer, darak_serve: Callable[..., Any], darak: Callable[..., Any]
) -> None:
    darak_serve()
    there.script.append(Status(400, "the prompt is not nice"))
    tested = darak("models", "test", "tiny", "--quick")
    assert tested.returncode == 1 and "not nice" in tested.stdout
    assert darak("models", "test", "tiny", "--show").returncode == 2
