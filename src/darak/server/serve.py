"""Running the server: from an open vault to a port that listens, until somebody stops it."""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import uvicorn

from darak.memory.memory import Memory
from darak.records.vault import Vault
from darak.sdk.beacon import Beacon, light, put_out
from darak.server.address import Address
from darak.server.app import close_app, create_app
from darak.server.door import Door
from darak.server.house import House
from darak.server.pages.page import prepare_pages
from darak.server.patience import PatientProtocol

PORT = 7340
_MORE_PORTS = 20
_KEEP_ALIVE = 75
"""Seconds for which a browser's connection is kept: longer than a person thinks, or it would be closed under a request
that is on its way."""
_TURN = 0.0005
"""Seconds after which a thread that computes lets another go on, which may have but little to do: a search beside
a hard question. Python's own 5 ms are waited out at each of its steps."""
PASSWORD = "server_password"
"""The vault's setting that holds the hash of the owner's password."""


@dataclass(frozen=True, slots=True)
class Tls:
    """Files with the certificate chain and its private key."""

    certificate: Path
    key: Path


def listen(host: str, port: int | None) -> socket.socket:
    """A socket bound to this address. Without a port the usual one, or one of the next when it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    wanted = [port] if port is not None else [*range(PORT, PORT + _MORE_PORTS), 0]
    for number in wanted:
        bound = socket.socket(family, socket.SOCK_STREAM)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((host, number))
        except OSError:
            bound.close()
            if number == wanted[-1]:
                raise
        else:
            return bound
    raise OSError("no port is free")


def run(
    vault: Vault,
    memory: Memory,
    bound: socket.socket,
    *,
    address: Address,
    tls: Tls | None,
    clock: Callable[[str], datetime],
    on_ready: Callable[[Address, Door], None],
) -> None:
    """Serves until the process is told to end. `on_ready` is called, in another thread, when requests are taken."""
    sys.setswitchinterval(_TURN)
    house = House(vault, memory, clock)
    door = Door(vault.setting(PASSWORD))
    app = create_app(house, address, door)
    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        http=PatientProtocol,
        ws="none",
        lifespan="off",
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=5,
        ssl_certfile=tls and str(tls.certificate),
        ssl_keyfile=tls and str(tls.key),
    )
    server = _Server(config, house)

    def announce() -> None:
        certificate = tls and tls.certificate.read_text("ascii", "ignore")
        light(house.home, Beacon(_local(address, bound), door.token, os.getpid(), certificate))
        on_ready(address, door)
        for prepare in (house.warm, app.state.imports.importers, prepare_pages):
            if not house.closing.is_set():
                prepare()

    server.on_started = announce
    try:
        server.run(sockets=[bound])
    except KeyboardInterrupt:
        pass  # how uvicorn hands on the signal that has ended it
    finally:
        put_out(house.home)
        close_app(app)


class _Server(uvicorn.Server):
    """Says when it has started, and tells long responses to end when it stops."""

    def __init__(self, config: uvicorn.Config, house: House) -> None:
        super().__init__(config)
        self._house = house
        self.on_started: Callable[[], None] = lambda: None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        threading.Thread(target=self.on_started, name="darak-ready").start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._house.closing.set()
        await super().shutdown(sockets)


def _local(address: Address, bound: socket.socket) -> str:
    """The address for programs on this machine."""
    return address.url if not address.open else f"{address.scheme}://127.0.0.1:{bound.getsockname()[1]}"
