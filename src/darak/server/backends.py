"""The owner's models, the same for every request: chosen and asked from any thread, and what leaves is noted."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import cast

from darak.models.models import Models
from darak.models.privacy import write_outgoing
from darak.records.vault import Vault
from darak.server.house import House


class Backends:
    """`models` may be used from any thread, for as long as the house is open."""

    def __init__(self, house: House) -> None:
        self._shelf = _Shelf(house)
        self.models = Models(
            cast(Vault, self._shelf), note=lambda one: house.write(lambda vault: write_outgoing(vault, one))
        )

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
