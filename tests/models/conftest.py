"""A model's server for each test that wants one, and nothing of this machine's own servers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.models.server import ModelServer


@pytest.fixture(autouse=True)
def _no_servers_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DARAK_MODEL_SERVERS", "")


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


@pytest.fixture
def other() -> Iterator[ModelServer]:
    """A second one, to fall back to."""
    with ModelServer() as server:
        yield server
