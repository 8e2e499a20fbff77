"""A whole vault as lines of the exchange format, and back: an export into an empty vault gives the same export."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import orjson

from darak.records.cipher import SealBroken
from darak.records.codec import sample_json
from darak.records.conversations import conversation_lines, restore_conversation
from darak.records.people_lines import people_lines, restore_people
from darak.records.record import Blob, Record, record_id
from darak.records.samples import stored_samples
from darak.records.vault import Vault
from darak.records.writer import Incoming
from darak.records.zone import correct_zone

_PART = 3 * 256 * 1024
_HASHES = 1000


class Exporter:
    """The lines of a vault, each ending in a newline: the owner's zone, records, samples, blobs, who is whom,
    conversations, what is forgotten.

    Records come in the order in which they were added, so that a vault made from them keeps the order of records of
    the same minute. `missing` gathers the hashes of attached files that are not there or damaged.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self.missing: list[str] = []

    def count(self) -> int:
        """How many records and samples there are, which is nearly the number of lines."""
        return sum(self._vault.rows(f"SELECT count(*) FROM {table}")[0][0] for table in ("record", "sample"))

    def lines(self) -> Iterator[bytes]:
        yield orjson.dumps({"type": "vault", "zone": self._vault.zone}) + b"\n"
        yield from self._records()
        yield from self._samples()
        yield from self._blobs()
        yield from (orjson.dumps(line) + b"\n" for line in people_lines(self._vault.db))
        yield from (orjson.dumps(line) + b"\n" for line in conversation_lines(self._vault))
        yield from self._forgotten()

    def _records(self) -> Iterator[bytes]:
        files = self._files()
        versions = self._by_record("SELECT n, body FROM version ORDER BY n, hash")
        origins = self._by_record("SELECT n, file, locator FROM origin ORDER BY n")
        for n, copy, body in self._vault.db.cursor().execute("SELECT n, copy, body FROM record ORDER BY n"):
            added: dict[str, Any] = {"copy": copy} if copy else {}
            if earlier := versions(n):
                added["versions"] = [orjson.Fragment(version) for (version,) in earlier]
            added["origins"] = [files[file] | {"locator": locator} for file, locator in origins(n)]
            added["origins"].sort(key=_order)
            yield body[:-1] + b"," + orjson.dumps(added)[1:] + b"\n"

    def _files(self) -> dict[int, dict[str, Any]]:
        """What an origin says of its file, by the file's number."""
        sql = "SELECT id, hash, member, path, importer, version FROM file"
        return {
            number: {"file": file, "member": member, "path": path, "importer": importer, "version": version}
            for number, file, member, path, importer, version in self._vault.rows(sql)
        }

    def _by_record(self, sql: str) -> Callable[[int], list[tuple[Any, ...]]]:
        """What a query ordered by n has for a record, for records asked for in that order: one pass for all."""
        groups = groupby(self._vault.db.cursor().execute(sql), key=itemgetter(0))
        upcoming = next(groups, None)

        def of(n: int) -> list[tuple[Any, ...]]:
            nonlocal upcoming
            while upcoming is not None and upcoming[0] < n:
                upcoming = next(groups, None)
            if upcoming is None or upcoming[0] != n:
                return []
            rows = [row[1:] for row in upcoming[1]]
            upcoming = next(groups, None)
            return rows

        return of

    def _samples(self) -> Iterator[bytes]:
        vault, zone = self._vault, self._vault.zone
        files = self._files()
        for sample in stored_samples(vault.db):
            out = sample_json(sample.value_of(zone))
            if sample.file in files:
                out["origins"] = [files[sample.file] | {"locator": sample.locator}]
            yield orjson.dumps(out) + b"\n"

    def _blobs(self) -> Iterator[bytes]:
        for (blob_hash,) in self._vault.rows("SELECT hash FROM blob ORDER BY hash"):
            try:
                data = self._vault.blobs.get(blob_hash)
            except (FileNotFoundError, SealBroken):
                self.missing.append(blob_hash)
                continue
            for start in range(0, max(len(data), 1), _PART):
                part = base64.b64encode(data[start : start + _PART]).decode()
                line = {"type": "blob", "hash": blob_hash, "size": len(data), "start": start, "data": part}
                yield orjson.dumps(line) + b"\n"

    def _forgotten(self) -> Iterator[bytes]:
        vault = self._vault
        for (salt,) in vault.rows("SELECT DISTINCT salt FROM tombstone ORDER BY salt"):
            rows = vault.rows("SELECT hash FROM tombstone WHERE salt=? ORDER BY hash", (salt,))
            hashes = [digest.hex() for (digest,) in rows]
            for start in range(0, len(hashes), _HASHES):
                line = {"type": "forgotten", "salt": salt.hex(), "hashes": hashes[start : start + _HASHES]}
                yield orjson.dumps(line) + b"\n"


def _order(origin: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(origin[key] for key in ("file", "member", "importer", "version", "locator"))


def _holds_nothing(vault: Vault) -> bool:
    return not vault.rows("SELECT 1 FROM journal UNION ALL SELECT 1 FROM sample LIMIT 1")


_UNDER_WAY = "restoring"
"""The setting of a vault that was empty when the import of an export began, until that import has ended."""


class Restorer:
    """Takes an export back into a vault. A vault that held nothing before takes over the export's zone as well."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._parts: dict[str, dict[int, bytes]] = {}
        self._restored: set[str] = set()
        self._people: list[dict[str, Any]] = []
        self._conversations: list[dict[str, Any]] = []
        self._noted = vault.setting(_UNDER_WAY) is not None
        self._afresh = self._noted or _holds_nothing(vault)

    def begin(self) -> None:
        """Remembers, before the first line is written, that the vault was empty: a kill may come before the zone."""
        if self._afresh and not self._noted:
            self._vault.set(_UNDER_WAY, "1")
            self._noted = True

    def incoming(
        self, record: Record, copy: int, origins: tuple[tuple[int, str], ...], earlier: tuple[bytes, ...]
    ) -> Incoming:
        return Incoming(record, record_id(record, copy), copy, origins, earlier)

    def restore(self, line: dict[str, Any]) -> None:
        """Takes one line that is no record or sample; they may come in any order."""
        kind = line["type"]
        if kind == "vault":
            if self._afresh and line["zone"] != self._vault.zone:
                correct_zone(self._vault, line["zone"])
        elif kind == "forgotten":
            salt = bytes.fromhex(line["salt"])
            rows = [(salt, bytes.fromhex(text)) for text in line["hashes"]]
            self._vault.db.executemany("INSERT OR IGNORE INTO tombstone VALUES(?,?)", rows)
        elif kind == "conversation":
            self._conversations.append(line)
        elif kind == "blob":
            self._blob(line["hash"], line["size"], line["start"], line["data"])
        else:
            self._people.append(line)

    def close(self) -> list[str]:
        """Says who is whom, when all identities are there, and drops attached files that no record names: they were
        forgotten here. Returns those that are incomplete."""
        if self._people:
            with self._vault.transaction():
                restore_people(self._vault.db, self._people, afresh=self._afresh)
            self._people.clear()
        if self._conversations:  # after all that says what is forgotten
            with self._vault.transaction():
                for line in self._conversations:
                    restore_conversation(self._vault, line)
            self._conversations.clear()
        for blob in self._restored:
            if not self._vault.rows("SELECT 1 FROM blob WHERE hash=?", (blob,)):
                self._vault.blobs.delete(blob)
        self._restored.clear()
        if self._noted:
            self._vault.db.execute("DELETE FROM setting WHERE key=?", (_UNDER_WAY,))
        return sorted(self._parts)

    def _blob(self, blob_hash: str, size: int, start: int, data: bytes) -> None:
        parts = self._parts.setdefault(blob_hash, {})
        parts[start] = data
        if sum(map(len, parts.values())) < size:
            return
        whole = b"".join(parts[start] for start in sorted(parts))
        if Blob.of(whole).hash == blob_hash:
            self._vault.blobs.put(blob_hash, whole)
            self._restored.add(blob_hash)
            del self._parts[blob_hash]
