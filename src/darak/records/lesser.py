"""Records of which exports tell less than others: a chat exported without its media, a list of titles without hours.

What tells more names in `Record.also` the ids under which lesser exports know the same thing. Whichever comes first,
there is one record in the end; what the lesser export says is an earlier version of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from darak.records.vault import ERASED, Vault

_FOLLOWING = {"version": "hash, body", "origin": "file, locator", "record_blob": "hash"}
"""What a record leaves to the one that takes it in: the tables and their columns beside n."""
_AT_ONCE = 10_000


def take_in(vault: Vault, ids: Sequence[bytes], seq: int) -> None:
    """Makes the records with these ids of lesser exports versions of those that tell more; the journal is at `seq`."""
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        sql = (
            "SELECT r.n, r.id, l.n, (SELECT id FROM record WHERE n=l.n) FROM record r JOIN lesser l ON l.id=r.id"
            f" WHERE r.id IN ({','.join('?' * len(some))})"
        )
        for n, key, fuller, fuller_key in vault.rows(sql, some):
            seq += 1
            vault.db.execute("INSERT OR IGNORE INTO version SELECT n, hash, body FROM record WHERE n=?", (n,))
            for table, columns in _FOLLOWING.items():
                sql = f"INSERT OR IGNORE INTO {table} SELECT ?, {columns} FROM {table} WHERE n=?"
                vault.db.execute(sql, (fuller, n))
            for table in (*_FOLLOWING, "record_person", "record"):
                vault.db.execute(f"DELETE FROM {table} WHERE n=?", (n,))
            vault.db.execute("UPDATE cited SET record=? WHERE record=?", (fuller_key, key))
            vault.db.execute("UPDATE lesser SET n=? WHERE n=?", (fuller, n))
            vault.db.execute("INSERT INTO journal VALUES(?,?,?)", (seq, n, ERASED))
