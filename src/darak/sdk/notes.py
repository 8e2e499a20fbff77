"""What the owner has Darak remember: a note of the moment, with the program that took it down as its origin."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

import orjson

from darak.records.codec import parse_record
from darak.records.record import Origin, record_id
from darak.records.vault import Stored, Vault
from darak.records.writer import Incoming, Writer
from darak.sdk.results import Problem

SOURCE = "darak"
_TOLD = "told to Darak"


def keep_note(vault: Vault, text: str, now: datetime, title: str | None, via: str | None) -> Stored:
    """Writes a note of the moment `now`, which has a zone, under an id of its own: the same words twice are two notes.

    `via` names the program that took it down. Problem when there are no words.
    """
    if not text.strip():
        raise Problem("there is nothing to remember: the note is empty")
    if any("\ud800" <= char <= "\udfff" for char in f"{text}{title or ''}{via or ''}"):
        raise Problem("the note is no whole text: it has halves of characters in it")
    line = {
        "type": "record",
        "id": f"note-{secrets.token_hex(8)}",
        "source": SOURCE,
        "kind": "note",
        "time": now.isoformat(timespec="seconds"),
        "text": text,
        **({"title": title} if title else {}),
        **({"extra": {"via": via}} if via else {}),
    }
    digest = hashlib.sha256(orjson.dumps(line)).hexdigest()
    record = parse_record(line, Origin("", "", digest))
    key = record_id(record)
    with vault.transaction():
        writer = Writer(vault)
        file = writer.file(digest, "", f"{_TOLD} through {via}" if via else _TOLD, len(text.encode()), SOURCE, 1)
        writer.write([Incoming(record, key, 0, ((file, ""),))])
    n = vault.number(key.hex())
    assert n is not None
    return vault.get([n])[n]
