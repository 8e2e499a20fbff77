"""The application as a server on loopback, for clients that want a real one."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import uvicorn
from fastapi import FastAPI

from darak.memory.memory import Memory
from darak.records.vault import Vault
from darak.server.address import Address
from darak.server.app import close_app, create_app
from darak.server.door import Door
from darak.server.house import House
from darak.server.limits import Limits


@dataclass(frozen=True)
class Live:
    """The server under `url` for one open vault."""

    app: FastAPI
    url: str
    vault: Vault
    door: Door = field(default_factory=Door)

    def key(self, *scopes: str, name: str = "app", limits: Limits | None = None) -> str:
        """The secret of a new API key."""
        return self.app.state.keys.make(name, scopes or ("read", "ask"), limits or Limits())[1]


@contextmanager
def listening(vault: Vault, clock: Callable[[str], datetime]) -> Iterator[Live]:
    with Memory(vault) as memory, socket.socket() as bound:
        memory.follow()
        bound.bind(("127.0.0.1", 0))
        address, door = Address("http", bound.getsockname()[1]), Door()
        house = House(vault, memory, clock)
        app = create_app(house, address, door)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield Live(app, address.url, vault, door)
        finally:
            house.closing.set()
            server.should_exit = True
            thread.join()
            close_app(app)
