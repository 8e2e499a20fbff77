"""A running server with a small life and a model's server beside it, as OpenAI's own client reaches them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from tests.models.server import ModelServer
from tests.server.conftest import LIFE
from tests.server.live import Live, listening

from darak.models.models import SERVERS, Models
from darak.records.time import zone_info
from darak.records.vault import Vault

openai = pytest.importorskip("openai", reason="the official client is not installed")


@dataclass(frozen=True)
class Talking:
    """`server` and `backend`: the one on loopback whose models the owner has, as "vllm"."""

    server: Live
    backend: ModelServer

    @property
    def app(self) -> FastAPI:
        return self.server.app

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def vault(self) -> Vault:
        return self.server.vault

    @property
    def models(self) -> Models:
        return self.app.state.backends.models

    def key(self, *scopes: str, **more: Any) -> str:
        return self.server.key(*scopes, **more)

    def client(self, **more: Any) -> openai.OpenAI:
        return openai.OpenAI(**self._settings(more), http_client=httpx.Client(trust_env=False))

    def async_client(self, **more: Any) -> openai.AsyncOpenAI:
        return openai.AsyncOpenAI(**self._settings(more), http_client=httpx.AsyncClient(trust_env=False))

    def _settings(self, more: dict[str, Any]) -> dict[str, Any]:
        key = more.pop("api_key", None) or self.key()
        return {"base_url": f"{self.url}/v1", "api_key": key, "max_retries": 0, "timeout": 30} | more


@pytest.fixture
def live(vault: Vault, take_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[Talking]:
    take_in(vault, LIFE)
    with ModelServer() as backend:
        monkeypatch.setenv(SERVERS, f"vllm={backend.url}/v1")
        with listening(vault, lambda zone: datetime(2024, 6, 1, 12, tzinfo=zone_info(zone))) as server:
            yield Talking(server, backend)
