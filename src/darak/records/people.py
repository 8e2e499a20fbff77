"""Identities and the people behind them."""

from __future__ import annotations

import re
from typing import cast

import apsw

from darak.records.record import Identity, nfc

_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[\d\s().-]{7,}")


def handle_space(source: str, handle: str) -> tuple[str, str]:
    """Where a handle means something, and its normal form: mail addresses and phone numbers mean the same
    human in every source (space ""), any other handle only in its own."""
    if _MAIL.fullmatch(handle):
        return "", handle.lower()
    if _PHONE.fullmatch(handle):
        digits = re.sub(r"\D", "", handle)
        if 7 <= len(digits) <= 15:
            return "", ("+" if handle.startswith("+") else "") + digits
    return source, handle


class PeopleTable:
    """The identities of one vault, made on first sight; each new one is a person of its own until merged."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db
        self._cache: dict[tuple[str, str], int] = {}

    def identity(self, source: str, identity: Identity) -> int:
        """The number of an identity."""
        key = (source, identity.handle)
        if key not in self._cache:
            space, handle = handle_space(source, nfc(identity.handle))
            row = self._db.execute("SELECT id FROM identity WHERE space=? AND handle=?", (space, handle)).fetchone()
            if row is None:
                self._db.execute("INSERT INTO person(name) VALUES(?)", (identity.display,))
                person = self._db.last_insert_rowid()
                self._db.execute(
                    "INSERT INTO identity(space, handle, name, person) VALUES(?,?,?,?)",
                    (space, handle, identity.name, person),
                )
                row = (self._db.last_insert_rowid(),)
            self._cache[key] = cast(int, row[0])
        return self._cache[key]
