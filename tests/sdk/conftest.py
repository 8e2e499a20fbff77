"""A small life, in a vault that the SDK opens, or behind a server that it asks."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI

import darak
from darak.memory.memory import Memory
from darak.records.vault import Vault
from darak.sdk.life import Life
from darak.sdk.surroundings import moment
from darak.server.address import Address
from darak.server.app import close_app, create_app
from darak.server.door import Door
from darak.server.house import House
from darak.server.limits import Limits


def record(kind: str, key: str, time: str, text: str, **more: Any) -> dict[str, Any]:
    line = {"type": "record", "id": key, "source": "phone" if kind == "message" else "diary", "account": "me"}
    return line | {"kind": kind, "time": time, "zone": "Asia/Seoul", "text": text} | more


LIFE = [
    record("message", "m-1", "2024-03-02T10:00", "We adopted a puppy yesterday! His name: Bori.",
           author="Seojun Kim", people=["Seojun Kim", "me"], thread="kim"),
    record("message", "m-2", "2024-03-02T10:05", "Congratulations!", author="me", people=["Seojun Kim", "me"],
           thread="kim"),
    record("message", "m-3", "2023-10-14T09:10", "나 어제 청첩장 돌렸어. 결혼식은 11월 25일이야.",
           author="박지민", people=["박지민", "me"], thread="지민"),
    record("note", "n-1", "2024-11-02T20:00", "The new laptop arrived. Serial number LX-4471."),
    record("note", "n-2", "2023-04-15T22:00", "오늘 성수동으로 이사했다. 상자가 서른 개다."),
    *({"type": "sample", "source": "watch", "metric": "steps", "time": f"2024-{month:02}-01", "value": 1000 * month,
       "unit": "count"} for month in (3, 4, 5)),
]  # fmt: skip


@pytest.fixture
def life_file(tmp_path: Path, lines: Callable[..., Path]) -> Path:
    return lines(tmp_path / "life.jsonl", LIFE)


@pytest.fixture(params=["local", "remote"])
def life(life_file: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Life]:
    """The life as this process opens it, and as a running server holds it."""
    monkeypatch.setenv("DARAK_NOW", "2025-06-01T12:00")
    where = request.getfixturevalue("served").life() if request.param == "remote" else darak.open(create=True)
    with where as life:
        life.import_(life_file)
        yield life


@pytest.fixture
def opened(life_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Life]:
    """The life as this process opens it."""
    monkeypatch.setenv("DARAK_NOW", "2025-06-01T12:00")
    with darak.open(create=True) as life:
        life.import_(life_file)
        yield life


@dataclass(frozen=True)
class Served:
    """A server on loopback for one empty vault; `door` has the owner's token."""

    app: FastAPI
    url: str
    door: Door

    def life(self) -> Life:
        return darak.connect(self.url, self.door.token)

    def key(self, name: str, *scopes: str) -> str:
        """The secret of a new API key."""
        return self.app.state.keys.make(name, scopes, Limits())[1]


@pytest.fixture
def served(vault: Vault) -> Iterator[Served]:
    with Memory(vault) as memory, socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        address, door = Address("http", bound.getsockname()[1]), Door()
        app = create_app(House(vault, memory, lambda zone: moment(None, zone)), address, door)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield Served(app, address.url, door)
        finally:
            server.should_exit = True
            thread.join()
            close_app(app)
