"""A small life behind the real application, asked in this process; and `darak serve` as a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from darak.memory.memory import Memory
from darak.records.time import zone_info
from darak.records.vault import Vault
from darak.server.address import Address
from darak.server.app import close_app, create_app
from darak.server.door import Door
from darak.server.house import House

PORT = 7340
URL = f"http://127.0.0.1:{PORT}"
PICTURE = "89504e470d0a1a0a"


def record(key: str, time: str, text: str, **more: Any) -> dict[str, Any]:
    line = {"type": "record", "id": key, "source": "phone", "account": "me", "kind": "message", "time": time}
    return line | {"zone": "Asia/Seoul", "text": text} | more


LIFE = [
    record("m1", "2024-05-01T10:00:00", "The heronkeeper waits at the pier", author="Hyunwoo", thread="pier club"),
    record("m2", "2024-05-01T10:01:00", "I bring the lantern", author="Mina Kim", thread="pier club"),
    record("m3", "2024-05-01T10:02:00", "See you there", author="Hyunwoo", thread="pier club"),
    record("e1", "2024-05-14T15:30:00", "", source="calendar", kind="event", title="Dentist appointment"),
    record("n1", "2023-03-01", "다락방을 청소했다. 오래된 편지를 찾았다.", source="diary", kind="note", title="옥상"),
    record("p1", "2024-05-20T12:00:00", "여권 재발급 수수료 53000원", source="card", kind="purchase", title="구청"),
    *(
        {
            "type": "sample",
            "source": "watch",
            "metric": "steps",
            "value": 4000 + day,
            "unit": "count",
            "time": f"2024-05-{day:02d}",
        }
        for day in range(1, 29)
    ),
]


@dataclass
class Served:
    """A running application: the owner's browser, anybody's, and what is behind it."""

    house: House
    door: Door
    owner: TestClient
    stranger: TestClient
    vault: Vault

    def with_key(self, secret: str) -> TestClient:
        return TestClient(self.stranger.app, base_url=URL, headers={"authorization": f"Bearer {secret}"})

    def make_key(self, name: str = "app", **what: Any) -> TestClient:
        made = self.owner.post("/api/keys", json={"name": name, "scopes": ["read", "ask"]} | what)
        assert made.status_code == 201, made.text
        return self.with_key(made.json()["secret"])


@contextmanager
def serving(vault: Vault, **options: Any) -> Iterator[Served]:
    with Memory(vault) as memory:
        memory.follow()
        house = House(vault, memory, lambda zone: datetime(2024, 6, 1, 12, tzinfo=zone_info(zone)))
        door = Door(options.pop("password", None))
        address: Address = options.pop("address", Address("http", PORT))
        app = create_app(house, address, door, **options)
        try:
            owner = TestClient(app, base_url=address.url, headers={"origin": address.url})
            assert owner.get("/enter", params={"token": door.link()}, follow_redirects=False).status_code == 303
            yield Served(house, door, owner, TestClient(app, base_url=address.url), vault)
        finally:
            close_app(app)


@pytest.fixture
def life(vault: Vault, take_in: Callable[..., Any]) -> Vault:
    take_in(vault, LIFE)
    return vault


@pytest.fixture
def served(life: Vault) -> Iterator[Served]:
    with serving(life) as served:
        yield served


@dataclass
class Running:
    """`darak serve` as a process; `link` is the one-time link it has printed."""

    process: subprocess.Popen[str]
    url: str
    link: str

    @contextmanager
    def client(self) -> Iterator[httpx.Client]:
        """The browser that has opened the link."""
        with httpx.Client(base_url=self.url, headers={"origin": self.url}, timeout=30, trust_env=False) as client:
            assert client.get(self.link).status_code == 303
            yield client

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


@pytest.fixture
def darak_serve(home: Path) -> Iterator[Callable[..., Running]]:
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str, **environment: str) -> Running:
        process = subprocess.Popen(
            [sys.executable, "-m", "darak.cli.main", "serve", "--no-browser", "--port", "0", *arguments],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | environment,
        )
        started.append(process)
        assert process.stdout is not None
        line = process.stdout.readline()
        link = re.search(r"(https?://\S+?)/enter\?token=\S+", line)
        assert link, line
        return Running(process, link[1], link[0])

    yield start
    for process in started:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()
