"""The vault: one owner's truth in one encrypted SQLite file, with the blobs beside it.

Everything that changes records is written through `writer.py` and `erasure.py`, in one transaction with the journal.
This module opens and closes the vault and reads from it.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import apsw
from msgspec import Struct
from msgspec.structs import replace

from darak.records.blobs import BlobStore
from darak.records.cipher import derive, keyed_hash
from darak.records.home import LOCK as LOCK
from darak.records.home import VaultBusy as VaultBusy
from darak.records.home import VaultProblem as VaultProblem
from darak.records.home import keep_private, lock_home, make_home
from darak.records.key import HEADER, create_key, find_key, write_header
from darak.records.line import read_record
from darak.records.record import Origin, Record
from darak.records.schema import migrate
from darak.records.time import zone_info

DATABASE = "vault.db"
BLOBS = "blobs"
ADDED, CHANGED, ERASED = 0, 1, 2
_NOWHERE = Origin("", "")
_CIPHER = "aegis"
"""AEGIS-256, which a processor's AES instructions run as fast as no encryption at all; each page is authenticated."""
_PAGE = 8192
"""Bytes of a page of a new vault: ids are hashes and land all over their index, so larger pages are written less."""
_CACHE_KIB = 24 * 1024
_READER_CACHE_KIB = 8 * 1024


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as the vault keeps it: `n` is its number in this vault, `id` the same in every vault."""

    n: int
    id: str
    record: Record


class Change(Struct, frozen=True, gc=False):
    """One entry of the journal; `change` is ADDED, CHANGED or ERASED."""

    seq: int
    n: int
    change: int


class Vault:
    """One owner's vault, open in this process alone. Use `create` or `open`; close it, or use it in a `with`."""

    def __init__(self, home: Path, key: bytes, lock: int | None) -> None:
        self.home = home
        self.database_key = key
        self.key = derive(key, "darak index and blobs")
        self._lock = lock
        if lock is not None:
            keep_private(home / DATABASE)
        self.db = apsw.Connection(str(home / DATABASE))
        self.db.set_busy_timeout(5000)
        self.db.execute(f"PRAGMA cipher = '{_CIPHER}'")
        self.db.execute(f"PRAGMA page_size = {_PAGE}")
        self.db.execute(f'PRAGMA key = "raw:{key.hex()}"')
        try:
            self.db.execute("PRAGMA journal_mode=WAL").fetchall()
        except apsw.NotADBError as error:
            raise VaultProblem(f"{home / DATABASE} is damaged or another vault's; restore it from a backup.") from error
        for pragma in (
            "synchronous=NORMAL",
            f"cache_size=-{_READER_CACHE_KIB if lock is None else _CACHE_KIB}",
            "wal_autocheckpoint=4000",
            "temp_store=MEMORY",
        ):
            self.db.execute(f"PRAGMA {pragma}").fetchall()
        if lock is not None:
            migrate(self.db)
        self.blobs = BlobStore(home / BLOBS, self.key)

    @classmethod
    def create(cls, home: Path, *, zone: str, passphrase: str | None = None, use_keyring: bool = True) -> Vault:
        """A new, empty vault in `home`. `zone` is the owner's IANA zone, for times that name none."""
        zone_info(zone)
        if (home / HEADER).exists():
            raise VaultProblem(f"{home} already holds a vault.")
        make_home(home)
        lock = lock_home(home)
        try:
            # The header is written last: a killed creation leaves a database without one. So does a lost header,
            # which may be found again, so that nothing is deleted.
            mark = secrets.token_hex(4)
            for leftover in (*home.glob(f"{DATABASE}*"), *home.glob(BLOBS)):
                leftover.rename(home / f"without-header-{mark}-{leftover.name}")
            key, header = create_key(passphrase, use_keyring)
            vault = cls(home, key, lock)
            vault.set("zone", zone)
            vault.set("salt", os.urandom(16).hex())
            write_header(home, header)
            return vault
        except BaseException:
            os.close(lock)
            raise

    @classmethod
    def open(
        cls, home: Path, ask_passphrase: Callable[[], str | None] = lambda: None, key: bytes | None = None
    ) -> Vault:
        """The vault in `home`; `key` is its `database_key`, where that is known.

        VaultProblem or KeyProblem, with one clear sentence, when it cannot be opened.
        """
        if not (home / HEADER).exists():
            raise VaultProblem(f"There is no vault in {home} yet; `darak import FILE` makes one.")
        database = home / DATABASE
        if not database.exists() or not database.stat().st_size:
            raise VaultProblem(f"{database} is missing or empty; restore it from a backup.")
        lock = lock_home(home)
        try:
            return cls(home, key or find_key(home, ask_passphrase), lock)
        except BaseException:
            os.close(lock)
            raise

    @classmethod
    def reader(cls, home: Path, key: bytes) -> Vault:
        """The same vault for a process that only reads, beside the one that owns it; `key` is its `database_key`."""
        vault = cls(home, key, None)
        vault.db.execute("PRAGMA query_only=ON")
        return vault

    def close(self) -> None:
        if self._lock is not None:
            # What the write-ahead log holds is safe there when there is no room, or no time, to move it.
            with suppress(apsw.Error):
                self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self.db.close()
        if self._lock is not None:
            os.close(self._lock)

    def __enter__(self) -> Vault:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Generator[None]:
        """All that is written in it, or nothing."""
        # By hand: apsw's own `with` waits for another connection's transaction without letting go of the interpreter,
        # so that the thread that should end it never can.
        begin, end, back = ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK")
        if self.db.in_transaction:  # a part of a larger one
            begin, end, back = ("SAVEPOINT part", "RELEASE part", "ROLLBACK TO part; RELEASE part")
        self.db.execute(begin)
        try:
            yield
            self.db.execute(end)
        except BaseException:
            if self.db.in_transaction:  # SQLite itself takes some back, such as that which met a full disk
                self.db.execute(back)
            raise

    @contextmanager
    def as_of_now(self) -> Generator[None]:
        """All that is read in it is of one moment, whatever others write meanwhile."""
        with self.db:
            yield

    def compact(self) -> None:
        """Writes the database anew, so that no freed page holds what was deleted. It needs as much room again."""
        self.db.execute("PRAGMA temp_store=FILE")  # encrypted like the database, which memory may not hold
        self.db.execute("VACUUM")
        self.db.execute("PRAGMA temp_store=MEMORY")
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    # -- settings ------------------------------------------------------------------------------------------------

    def setting(self, key: str) -> str | None:
        row = self.db.execute("SELECT value FROM setting WHERE key=?", (key,)).fetchone()
        return None if row is None else row[0]

    def set(self, key: str, value: str) -> None:
        self.db.execute("INSERT OR REPLACE INTO setting VALUES(?,?)", (key, value))

    @property
    def zone(self) -> str:
        """The owner's zone, taken for times whose source names none."""
        return self.setting("zone") or "UTC"

    @cached_property
    def salt(self) -> bytes:
        """What this vault's tombstones are salted with."""
        return bytes.fromhex(self.setting("salt") or "")

    def salted_hash(self, item: bytes) -> bytes:
        """The salted hash under which a forgotten record or sample is remembered as forgotten."""
        return keyed_hash(self.salt, item)[:16]

    def was_forgotten(self, item: bytes) -> bool:
        """Whether it was forgotten here, or in a vault whose export was imported."""
        rows = self.rows("SELECT DISTINCT salt FROM tombstone")
        sql = "SELECT 1 FROM tombstone WHERE salt=? AND hash=?"
        return any(self.rows(sql, (salt, keyed_hash(salt, item)[:16])) for (salt,) in rows)

    # -- journal -------------------------------------------------------------------------------------------------

    def last_seq(self) -> int:
        return cast(int, self.db.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0])  # type: ignore[index]

    def changes(self, after: int, limit: int) -> list[Change]:
        """Up to `limit` entries of the journal that follow sequence number `after`."""
        rows = self.db.execute("SELECT seq, n, change FROM journal WHERE seq>? ORDER BY seq LIMIT ?", (after, limit))
        return [Change(*row) for row in rows]

    # -- reading -------------------------------------------------------------------------------------------------

    def count(self) -> int:
        return cast(int, self.db.execute("SELECT count(*) FROM record").fetchone()[0])  # type: ignore[index]

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a read-only query, for what is derived from the vault."""
        return list(self.db.execute(sql, values))

    def get(self, ns: Iterable[int]) -> dict[int, Stored]:
        """Records by their numbers, on the owner's clock where they tell a bare UTC instant; unknown numbers are
        left out."""
        found: dict[int, Stored] = {}
        zone = self.zone
        for n in ns:
            row = self.db.execute("SELECT id, body FROM record WHERE n=?", (n,)).fetchone()
            if row is not None:
                record = read_body(row[1])
                time = record.time.on_owner_clock(zone)
                if time is not record.time:
                    record = replace(record, time=time, end=record.end and record.end.on_owner_clock(zone))
                found[n] = Stored(n, row[0].hex(), record)
        return found

    def number(self, record_id: str) -> int | None:
        """The number of the record whose id is, or begins with, this hex text; None when none or several do."""
        try:
            low = bytes.fromhex(record_id.ljust(32, "0"))
            high = bytes.fromhex(record_id.ljust(32, "f"))
        except ValueError:
            return None
        rows = list(self.db.execute("SELECT n FROM record WHERE id BETWEEN ? AND ? LIMIT 2", (low, high)))
        return rows[0][0] if len(rows) == 1 else None

    def origins(self, n: int) -> list[tuple[Origin, str]]:
        """Where a record was read from, with the path of each import."""
        rows = self.db.execute(
            "SELECT f.hash, f.member, o.locator, f.path FROM origin o JOIN file f ON f.id=o.file WHERE o.n=?"
            " ORDER BY f.id, o.locator",
            (n,),
        )
        return [(Origin(member, locator, file_hash), path) for file_hash, member, locator, path in rows]

    def neighbours(self, n: int, before: int, after: int) -> tuple[list[Stored], list[Stored]]:
        """The records just before and after one in its thread, in the order they happened."""
        row = self.db.execute("SELECT thread, utc FROM record WHERE n=?", (n,)).fetchone()
        if row is None or row[0] is None or row[1] is None:
            return [], []
        where = "FROM record WHERE thread=? AND (utc, n)"
        earlier = self.rows(f"SELECT n {where} < (?,?) ORDER BY utc DESC, n DESC LIMIT ?", (*row, n, before))
        later = self.rows(f"SELECT n {where} > (?,?) ORDER BY utc, n LIMIT ?", (*row, n, after))
        return (
            list(self.get(x for (x,) in reversed(earlier)).values()),
            list(self.get(x for (x,) in later).values()),
        )


def read_body(body: bytes) -> Record:
    """The record of a stored body, as its source told it; its origin is asked for apart, with `Vault.origins`."""
    return read_record(body, _NOWHERE)


def all_rows(vault: Vault) -> Iterator[tuple[int, bytes]]:
    """Every record's number and body, in the order of their numbers."""
    return cast(Iterator[tuple[int, bytes]], vault.db.cursor().execute("SELECT n, body FROM record ORDER BY n"))
