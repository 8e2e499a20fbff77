"""Answers of the SDK where the owner has chosen a language model."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.models.server import ModelServer, Say

import darak
from darak.models.models import SERVERS, Models
from darak.records.vault import Vault


def test_the_chosen_model_writes_unless_the_rules_are_asked(
    life_file: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DARAK_NOW", "2025-06-01T12:00")
    with ModelServer() as server:
        monkeypatch.setenv(SERVERS, f"vllm={server.url}/v1")
        with darak.open(create=True) as life:
            life.import_(life_file)
        with Vault.open(home) as vault:
            Models(vault).use([f"vllm/{server.models[0]}"])
        with darak.open() as life:
            server.script.append(Say("Seojun Kim adopted a puppy, and his name is Bori [1]."))
            written = life.ask("What is the name of Seojun Kim's puppy?")
            assert written.model == f"vllm/{server.models[0]}" and "Bori" in written.text and written.citations
            assert life.ask("When did Seojun Kim adopt a puppy?", model=False).model is None
            assert len(server.chats) == 1
