"""API keys: made by the owner, kept as hashes in the vault, with what each may do and see; and the log of their use."""

from __future__ import annotations

import hashlib
import json
import queue
import secrets
import threading
import warnings
from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import apsw

from darak.records.vault import Vault
from darak.server.caller import Caller
from darak.server.door import Rate
from darak.server.house import House
from darak.server.limits import Limits
from darak.server.readers import Busy

PREFIX = "darak_"
_PER_SECOND, _BURST = 10.0, 60
_KEPT = 100_000
"""Entries of the log that are kept, the last ones."""
_AGAIN = 1.0
"""Seconds after which what could not be written is tried again."""


@dataclass(frozen=True, slots=True)
class Key:
    """One API key, without its secret. `made` is an ISO time in UTC."""

    id: int
    name: str
    scopes: tuple[str, ...]
    limits: Limits
    made: str


class Keys:
    """The keys of one vault, held in memory as they are in the vault; each with its own rate."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._lock = threading.Lock()
        self._by_hash: dict[bytes, tuple[Key, Rate]] = {}
        with house.read() as view:
            for digest, key in _load(view.vault):
                self._by_hash[digest] = key, Rate(_PER_SECOND, _BURST)

    def list(self) -> list[Key]:
        with self._lock:
            return sorted((key for key, _ in self._by_hash.values()), key=lambda key: key.id)

    def make(self, name: str, scopes: Sequence[str], limits: Limits) -> tuple[Key, str]:
        """A new key and its secret, which is told this once. ValueError when the name is taken, or was: what an earlier
        key has asked is known by its name, and is not this one's to see."""
        secret = PREFIX + secrets.token_urlsafe(32)
        made = datetime.now(UTC).isoformat(timespec="seconds")
        digest = _hash(secret)
        row = (name, digest, json.dumps(list(scopes)), *_limits_row(limits), made)
        marks = ",".join("?" * len(row))
        columns = "name, hash, scopes, sources, kinds, since, until, made"

        def insert(vault: Vault) -> int:
            if vault.rows(
                "SELECT 1 FROM audit WHERE key=?1 UNION ALL SELECT 1 FROM conversation WHERE key=?1", (name,)
            ):
                raise ValueError(f"there was a key called {name!r}, by which the log knows it; take another name")
            vault.db.execute(f"INSERT INTO api_key({columns}) VALUES({marks})", row)
            return vault.db.last_insert_rowid()

        try:
            number = self._house.write(insert)
        except apsw.ConstraintError as error:
            raise ValueError(f"there is a key called {name!r} already") from error
        key = Key(number, name, tuple(scopes), limits, made)
        with self._lock:
            self._by_hash[digest] = key, Rate(_PER_SECOND, _BURST)
        return key, secret

    def revoke(self, number: int) -> bool:
        """Makes a key worthless at once. False when there is none of this number."""
        with self._lock:
            known = next((digest for digest, (key, _) in self._by_hash.items() if key.id == number), None)
        if known is None:
            return False
        self._house.write(lambda vault: vault.db.execute("DELETE FROM api_key WHERE id=?", (number,)))
        with self._lock:
            self._by_hash.pop(known, None)
        return True

    def caller(self, secret: str) -> tuple[Caller, Rate] | None:
        """Who holds a secret, with the rate to keep to; None when nobody does."""
        with self._lock:
            found = self._by_hash.get(_hash(secret))
        if found is None:
            return None
        key, rate = found
        return Caller(key.name, frozenset(key.scopes), key.limits), rate


@dataclass(frozen=True, slots=True)
class Use:
    """One request through a key. `route` is method and path pattern, `status` that of the response."""

    time: str
    key: str
    route: str
    status: int


class Ledger:
    """Writes down the use of keys, beside the requests, so that none waits for an import's transaction.

    What cannot be written now, because the vault is busy or the disk full, is kept and tried again.
    """

    def __init__(self, house: House) -> None:
        self._house = house
        self._told: queue.SimpleQueue[Use | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="darak-ledger", daemon=True)
        self._thread.start()

    def note(self, key: str, route: str, status: int) -> None:
        self._told.put(Use(datetime.now(UTC).isoformat(timespec="milliseconds"), key, route, status))

    def close(self) -> None:
        """Writes what is waiting, and ends; says so where it cannot."""
        self._told.put(None)
        self._thread.join()

    def _run(self) -> None:
        waiting: deque[Use] = deque(maxlen=_KEPT)
        ended = False
        while not ended:
            with suppress(queue.Empty):
                use = self._told.get(timeout=_AGAIN if waiting else None)
                while use is not None:
                    waiting.append(use)
                    use = self._told.get_nowait()
                ended = True
            with suppress(Busy, apsw.Error):
                self._house.write(lambda vault: _write(vault, waiting))
                waiting.clear()
        if waiting:
            warnings.warn(f"uses of keys that could not be written down: {len(waiting):,}", stacklevel=1)


def read_log(vault: Vault, before: int | None, limit: int) -> list[tuple[int, Use]]:
    """Entries of the log with their numbers, the latest first; with `before`, those of smaller numbers."""
    rows = vault.rows(
        "SELECT id, time, key, route, status FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?",
        (before if before is not None else 1 << 62, limit),
    )
    return [(number, Use(*told)) for number, *told in rows]


def _write(vault: Vault, uses: Iterable[Use]) -> None:
    rows = ((use.time, use.key, use.route, use.status) for use in uses)
    vault.db.executemany("INSERT INTO audit(time, key, route, status) VALUES(?,?,?,?)", rows)
    vault.db.execute("DELETE FROM audit WHERE id <= (SELECT max(id) FROM audit) - ?", (_KEPT,))


def _load(vault: Vault) -> list[tuple[bytes, Key]]:
    rows = vault.rows("SELECT hash, id, name, scopes, sources, kinds, since, until, made FROM api_key")
    return [
        (digest, Key(number, name, tuple(json.loads(scopes)), _limits(*limits), made))
        for digest, number, name, scopes, *limits, made in rows
    ]


def _limits_row(limits: Limits) -> tuple[str | None, ...]:
    names = (None if some is None else json.dumps(some) for some in (limits.sources, limits.kinds))
    days = (None if day is None else day.isoformat() for day in (limits.since, limits.until))
    return (*names, *days)


def _limits(*row: Any) -> Limits:
    sources, kinds = (None if text is None else tuple(json.loads(text)) for text in row[:2])
    since, until = (None if text is None else date.fromisoformat(text) for text in row[2:])
    return Limits(sources, kinds, since, until)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
