"""A running server with a small life and a model's server beside it, as OpenAI's own client reaches them."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from tests.models.server import ModelServer
from tests.server.conftest import LIFE

from darak.memory.memory import Memory
from darak.models.models import SERVERS, Models
from darak.records.time import zone_info
from darak.records.vault import Vault
from darak.server.address import Address
from darak.server.app import close_app, create_app
from darak.server.door import Door
from darak.server.house import House
from darak.server.limits import Limits

openai = pytest.importorskip("openai", reason="the official client is not installed")


@dataclass(frozen=True)
class Live:
    """The server under `url`; `backend` is the one on loopback whose models the owner has, as "vllm"."""

    app: FastAPI
    url: str
    backend: ModelServer
    vault: Vault

    @property
    def models(self) -> Models:
        return self.app.state.backends.models

    def key(self, *scopes: str, name: str = "app", limits: Limits | None = None) -> str:
        return self.app.state.keys.make(name, scopes or ("read", "ask"), limits or Limits())[1]

    def client(self, *scopes: str, **more: Any) -> openai.OpenAI:
        return openai.OpenAI(**self._settings(scopes, more), http_client=httpx.Client(trust_env=False))

    def async_client(self, *scopes: str, **more: Any) -> openai.AsyncOpenAI:
        return openai.AsyncOpenAI(**self._settings(scopes, more), http_client=httpx.AsyncClient(trust_env=False))

    def _settings(self, scopes: tuple[str, ...], more: dict[str, Any]) -> dict[str, Any]:
        key = more.pop("api_key", None) or self.key(*scopes)
        return {"base_url": f"{self.url}/v1", "api_key": key, "max_retries": 0, "timeout": 30} | more


@pytest.fixture
def live(vault: Vault, take_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    take_in(vault, LIFE)
    with Memory(vault) as memory, ModelServer() as backend, socket.socket() as bound:
        monkeypatch.setenv(SERVERS, f"vllm={backend.url}/v1")
        memory.follow()
        bound.bind(("127.0.0.1", 0))
        address = Address("http", bound.getsockname()[1])
        house = House(vault, memory, lambda zone: datetime(2024, 6, 1, 12, tzinfo=zone_info(zone)))
        app = create_app(house, address, Door())
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield Live(app, address.url, backend, vault)
        finally:
            house.closing.set()
            server.should_exit = True
            thread.join()
            close_app(app)
