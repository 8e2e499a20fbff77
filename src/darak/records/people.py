"""Identities and the people behind them.

A mail address or a phone number means the same human in every source; any other handle only in its own. What lies on
one card of an address book is one human as well. All else is the owner's to say; every merge can be taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any, cast

import apsw

from darak.records.record import Identity, nfc

_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[\d\s().-]{7,}")
_NATIONAL = 8
"""Digits at least of a number without its country, zeros in front left out."""
_COUNTRY_CODE = range(1, 4)
_KEPT = 20_000
"""Identities whose numbers are kept in memory."""
BY_NUMBER = "the same phone number"
BY_CARD = "one card of an address book"
BY_OWNER = "the owner says so"


def handle_space(source: str, handle: str) -> tuple[str, str]:
    """Where a handle means something ("" is everywhere), and its normal form."""
    if _MAIL.fullmatch(handle):
        return "", handle.lower()
    if _PHONE.fullmatch(handle):
        digits = re.sub(r"\D", "", handle)
        if 7 <= len(digits) <= 15:
            return "", ("+" if handle.startswith("+") else "") + digits
    return source, handle


def same_number(one: str, other: str) -> bool:
    """Whether two phone numbers in normal form are one, with and without the country: +821012345678, 01012345678."""
    abroad, home = (one, other) if one.startswith("+") else (other, one)
    national = home.removeprefix("0")
    return (
        abroad.startswith("+")
        and home.startswith("0")
        and len(national) >= _NATIONAL
        and len(abroad) - 1 - len(national) in _COUNTRY_CODE
        and abroad.endswith(national)
    )


class PeopleTable:
    """The identities of one vault, made on first sight; each new one is a person of its own until merged."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db
        self._cache: dict[tuple[str, str], int] = {}
        self._numbers: dict[str, list[tuple[int, str]]] | None = None

    def identity(self, source: str, identity: Identity) -> int:
        """The number of an identity."""
        key = (source, identity.handle)
        if key not in self._cache:
            if len(self._cache) >= _KEPT:
                self._cache.clear()
            space, handle = handle_space(source, nfc(identity.handle))
            row = self._db.execute("SELECT id FROM identity WHERE space=? AND handle=?", (space, handle)).fetchone()
            if row is None:
                row = (self.add(space, handle, identity.name),)
            self._cache[key] = cast(int, row[0])
        return self._cache[key]

    def add(self, space: str, handle: str, name: str | None) -> int:
        """A new identity, which is a person of its own. Returns its number."""
        self._db.execute("INSERT INTO person(name) VALUES(?)", (name or handle,))
        self._db.execute(
            "INSERT INTO identity(space, handle, name, person) VALUES(?,?,?,?)",
            (space, handle, name, self._db.last_insert_rowid()),
        )
        number = self._db.last_insert_rowid()
        if not space and "@" not in handle:
            self._join_number(number, handle)
        return number

    def _join_number(self, identity: int, handle: str) -> None:
        """Makes a phone number the same person as the same number written with, or without, its country."""
        if self._numbers is None:
            self._numbers = {}
            for row in self._db.execute("SELECT id, handle FROM identity WHERE space='' AND handle NOT LIKE '%@%'"):
                self._numbers.setdefault(row[1][-_NATIONAL:], []).append((row[0], row[1]))
        alike = self._numbers.setdefault(handle[-_NATIONAL:], [])
        for other, number in alike:
            if same_number(handle, number):
                self.unite([other, identity], BY_NUMBER)
        if all(other != identity for other, _ in alike):
            alike.append((identity, handle))

    def unite(self, identities: Sequence[int], why: str) -> None:
        """Makes the people of these identities one, but for those whom the owner keeps apart."""
        people = list(dict.fromkeys(map(self._person, identities)))
        for other in people[1:]:
            if not are_apart(self._db, people[0], other):
                merge(self._db, people[0], other, why)

    def _person(self, identity: int) -> int:
        return _one(self._db, "SELECT person FROM identity WHERE id=?", identity)


def merge(db: apsw.Connection, kept: int, gone: int, why: str) -> int:
    """Makes `gone` the same person as `kept`, whose name stays. Returns the merge's number, for `undo`."""
    name, named = _row(db, "SELECT name, named FROM person WHERE id=?", gone)
    db.execute("INSERT INTO merge(kept, name, named, why) VALUES(?,?,?,?)", (kept, name, named, why))
    number = db.last_insert_rowid()
    db.execute("INSERT INTO merged SELECT ?, id FROM identity WHERE person=?", (number, gone))
    db.execute("UPDATE identity SET person=? WHERE person=?", (kept, gone))
    db.execute("UPDATE merge SET kept=? WHERE kept=?", (kept, gone))
    if named and not _one(db, "SELECT named FROM person WHERE id=?", kept):
        rename(db, kept, name)
    db.execute("DELETE FROM person WHERE id=?", (gone,))
    return number


def undo(db: apsw.Connection, number: int) -> int:
    """Takes a merge back: the identities that it moved are a person of their own again, and stay so."""
    name, named = _row(db, "SELECT name, named FROM merge WHERE id=?", number)
    moved = _identities(db, "id IN (SELECT identity FROM merged WHERE merge=?)", number)
    kept = _one(db, "SELECT kept FROM merge WHERE id=?", number)
    person = _new_person(db, name, named)
    _move(db, moved, person)
    _keep_apart(db, moved, _identities(db, "person=?", kept))
    _drop_merge(db, number)
    return person


def split(db: apsw.Connection, identity: int) -> int:
    """Makes one identity a person of its own, and keeps it so. Returns the new person's number."""
    person, name, handle = _row(db, "SELECT person, name, handle FROM identity WHERE id=?", identity)
    alone = _new_person(db, name or handle, 0)
    _move(db, [identity], alone)
    _keep_apart(db, [identity], _identities(db, "person=?", person))
    db.execute("DELETE FROM merged WHERE identity=?", (identity,))
    db.execute("DELETE FROM merge WHERE id NOT IN (SELECT merge FROM merged)")
    return alone


def keep_apart(db: apsw.Connection, one: int, other: int) -> None:
    """Remembers that two people are two, however alike their names."""
    _keep_apart(db, _identities(db, "person=?", one), _identities(db, "person=?", other))


def are_apart(db: apsw.Connection, one: int, other: int) -> bool:
    """Whether the owner keeps two people apart."""
    sql = (
        "SELECT 1 FROM apart a JOIN identity i ON i.id=a.one JOIN identity j ON j.id=a.other"
        " WHERE (i.person=?1 AND j.person=?2) OR (i.person=?2 AND j.person=?1)"
    )
    return db.execute(sql, (one, other)).fetchone() is not None


def rename(db: apsw.Connection, person: int, name: str) -> None:
    db.execute("UPDATE person SET name=?, named=1 WHERE id=?", (nfc(name), person))


def _keep_apart(db: apsw.Connection, some: Iterable[int], others: Iterable[int]) -> None:
    pairs = {(min(pair), max(pair)) for pair in product(some, others)}
    db.executemany("INSERT OR IGNORE INTO apart VALUES(?,?)", sorted(pairs))


def _new_person(db: apsw.Connection, name: str, named: int) -> int:
    db.execute("INSERT INTO person(name, named) VALUES(?,?)", (name, named))
    return db.last_insert_rowid()


def _move(db: apsw.Connection, identities: Iterable[int], person: int) -> None:
    db.executemany("UPDATE identity SET person=? WHERE id=?", ((person, identity) for identity in identities))


def _drop_merge(db: apsw.Connection, number: int) -> None:
    db.execute("DELETE FROM merge WHERE id=?", (number,))
    db.execute("DELETE FROM merged WHERE merge=?", (number,))


def _identities(db: apsw.Connection, where: str, value: int) -> list[int]:
    return [row[0] for row in db.execute(f"SELECT id FROM identity WHERE {where} ORDER BY id", (value,))]


def _row(db: apsw.Connection, sql: str, value: int) -> tuple[Any, ...]:
    row = db.execute(sql, (value,)).fetchone()
    if row is None:
        raise KeyError(value)
    return row


def _one(db: apsw.Connection, sql: str, value: int) -> int:
    return cast(int, _row(db, sql, value)[0])
