"""The owner's models, the same for every request: chosen and asked from any thread, and what leaves is noted."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

from darak.models.dialects.dialect import Server
from darak.models.model import Model
from darak.models.models import Found, Models
from darak.models.privacy import write_outgoing
from darak.models.problems import NotAllowed
from darak.models.wire import host_of, is_here
from darak.records.vault import Vault
from darak.server.house import House

_KEPT = 3600.0
"""Seconds for which the models of another host are known: asking for them leaves this machine, and is noted."""


class Backends:
    """`models` may be used from any thread, for as long as the house is open."""

    def __init__(self, house: House) -> None:
        self._shelf = _Shelf(house)
        self.models = Models(
            cast(Vault, self._shelf), note=lambda one: house.write(lambda vault: write_outgoing(vault, one))
        )
        self._listed: dict[Server, tuple[float, Found]] = {}

    def found(self) -> list[Found]:
        """What is there: of this machine only what answers now, of other hosts all that the owner added.

        A host without the owner's yes is not asked, and has neither models nor a problem.
        """
        servers = self.models.servers()
        with ThreadPoolExecutor(len(servers) or 1) as threads:
            every = list(threads.map(self._look, servers))
        return self.models.of_note(every)

    def ready(self, name: str) -> Model:
        """A model that may be asked. ModelProblem when there is none such, NotAllowed when its host has no yes."""
        model = self.models.model(name)
        if not model.here and model.host not in self.models.settings.allowed:
            raise NotAllowed(f"Nothing was sent to {model.host}: it has no yes yet.", model.host)
        return model

    def _look(self, server: Server) -> Found:
        host = host_of(server.url)
        if server.kind == "gguf" or is_here(host):
            return self.models.look(server)
        if host not in self.models.settings.allowed:
            return Found(server)
        then, listed = self._listed.get(server, (0.0, Found(server)))
        if not listed.models or time.monotonic() - then > _KEPT:
            listed = self.models.look(server)
            self._listed[server] = time.monotonic(), listed
        return listed

    def close(self) -> None:
        self._shelf.close()


class _Shelf:
    """The part of a vault that models ask for. Reading waits for nobody who writes."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._vault = Vault.reader(house.home, house.vault.database_key)
        self._lock = threading.Lock()
        self.home: Path = house.home
        self.key = self._vault.key

    def setting(self, key: str) -> str | None:
        with self._lock:
            return self._vault.setting(key)

    def set(self, key: str, value: str) -> None:
        self._house.write(lambda vault: vault.set(key, value))

    def close(self) -> None:
        with self._lock:
            self._vault.close()
