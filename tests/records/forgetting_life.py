"""A small life in which things are forgotten, and what is left of it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import Any

import apsw

from darak.memory.forgetting import Scope, forget, select
from darak.memory.memory import Memory
from darak.records.erasure import Request
from darak.records.receipt import Receipt
from darak.records.record import Blob, Origin, Record, record_id
from darak.records.time import parse_iso
from darak.records.vault import Vault
from darak.records.writer import Incoming, Writer

NOW = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)
REQUEST = Request("everything that says #1", "a" * 64)


def message(text: str, author: str = "Jiwoo", thread: str = "room", **more: Any) -> dict[str, Any]:
    times = {"time": f"2024-05-{len(text) % 28 + 1:02d}T10:00+09:00"}
    common = {"type": "record", "source": "phone", "kind": "message", "author": author, "thread": thread}
    return {**common, **times, "text": text, **more}


def steps(day: int, **more: Any) -> dict[str, Any]:
    time = f"2024-05-{day:02d}T10:00+09:00"
    return {"type": "sample", "source": "watch", "metric": "steps", "value": day, "unit": "count", "time": time, **more}


LIFE = [
    message("we met the heronkeeper at the pier", author="Hyunwoo", thread="pier club"),
    message("heronkeeper again", author="Hyunwoo", thread="pier club", people=["Jiwoo"]),
    message("an ordinary day"),
    message("왜가리 이야기를 했다", author="현우"),
    {"type": "record", "source": "notes", "kind": "note", "time": "2023-01-01", "text": "buy milk"},
    *(steps(day) for day in range(1, 8)),
    {**steps(1), "metric": "weight", "device": "Heronscale"},
]


def mail(text: str, *files: bytes, native_id: str = "m1") -> Record:
    return Record(
        source="mail",
        kind="mail",
        native_id=native_id,
        time=parse_iso("2024-05-05T10:00:00Z"),
        origin=Origin("box", "bytes 1-2"),
        text=text,
        blobs=tuple(Blob.of(data, "a.bin") for data in files),
    )


def write(vault: Vault, *records: Record) -> None:
    writer = Writer(vault)
    file = writer.file("e" * 64, "box", "/nowhere/box", 1, "mail", 1)
    with vault.transaction():
        for record in records:
            writer.write([Incoming(record, record_id(record), 0, ((file, "bytes 1-2"),))])


def forget_all(vault: Vault, scope: Scope) -> Receipt:
    with Memory(vault) as memory:
        memory.follow()
        return forget(memory, select(memory, scope), REQUEST, NOW)


def texts(vault: Vault) -> set[str]:
    return {stored.record.text for stored in vault.get(n for (n,) in vault.rows("SELECT n FROM record")).values()}


def plain_bytes(vault: Vault) -> bytes:
    """Every byte of the closed vault's database, decrypted."""
    copy = vault.home.parent / "decrypted.db"
    shutil.copy(vault.home / "vault.db", copy)
    db = apsw.Connection(str(copy))
    db.execute("PRAGMA cipher = 'aegis'")
    db.execute(f'PRAGMA key = "raw:{vault.database_key.hex()}"')
    db.execute("PRAGMA journal_mode=DELETE").fetchall()
    db.execute("PRAGMA rekey = ''")
    db.close()
    return copy.read_bytes()


PIER, AGAIN, ORDINARY, HERON, MILK = (line["text"] for line in LIFE[:5])
