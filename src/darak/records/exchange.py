"""A whole vault as lines of the exchange format, and back: an export into an empty vault gives the same export."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import orjson

from darak.records.record import Blob, Record, record_id
from darak.records.time import EPOCH, Precision, Time, ZoneSource, offset_name
from darak.records.vault import Vault
from darak.records.writer import Incoming

_PART = 3 * 256 * 1024
_HASHES = 1000


def export_lines(vault: Vault) -> Iterator[bytes]:
    """Every line of an export, each ending in a newline: the owner's zone, records, samples, blobs, tombstones."""
    yield orjson.dumps({"type": "vault", "zone": vault.zone}) + b"\n"
    yield from _records(vault)
    yield from _samples(vault)
    yield from _blobs(vault)
    yield from _forgotten(vault)


def _records(vault: Vault) -> Iterator[bytes]:
    for n, copy, body in vault.db.cursor().execute("SELECT n, copy, body FROM record ORDER BY id"):
        added: dict[str, Any] = {}
        if copy:
            added["copy"] = copy
        versions = vault.rows("SELECT body FROM version WHERE n=? ORDER BY hash", (n,))
        if versions:
            added["versions"] = [orjson.Fragment(version) for (version,) in versions]
        origins = vault.rows(
            "SELECT f.hash, f.member, o.locator, f.path, f.importer, f.version FROM origin o JOIN file f ON f.id=o.file"
            " WHERE o.n=? ORDER BY f.hash, f.member, f.importer, f.version, o.locator",
            (n,),
        )
        added["origins"] = [
            {
                "file": file,
                "member": member,
                "locator": locator,
                "path": path,
                "importer": importer,
                "version": version,
            }
            for file, member, locator, path, importer, version in origins
        ]
        yield body[:-1] + b"," + orjson.dumps(added)[1:] + b"\n"


def _samples(vault: Vault) -> Iterator[bytes]:
    sql = (
        "SELECT s.name, s.account, r.metric, r.unit, r.device, m.start, m.duration, m.value, m.offset, m.zoned, m.precision"
        " FROM sample m JOIN series r ON r.id=m.series JOIN source s ON s.id=r.source"
        " ORDER BY s.name, s.account, r.metric, r.unit, r.device, m.start, m.duration, m.value"
    )
    for (
        source,
        account,
        metric,
        unit,
        device,
        start,
        duration,
        value,
        offset,
        zoned,
        precision,
    ) in vault.db.cursor().execute(sql):
        out: dict[str, Any] = {"type": "sample", "source": source}
        if account:
            out["account"] = account
        out |= {"metric": metric, "value": int(value) if value == int(value) else value, "unit": unit}
        time = sample_time(start, offset, bool(zoned), precision)
        out["time"] = time.iso()
        if zoned and time.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR):
            out["zone"] = time.zone
        if duration >= 0:
            end = sample_time(
                start + duration,
                offset,
                bool(zoned),
                str(Precision.MILLISECOND if (start + duration) % 1000 else Precision.SECOND),
            )
            out["end"] = end.iso()
        if device:
            out["device"] = device
        yield orjson.dumps(out) + b"\n"


def sample_time(start: int, offset: int, zoned: bool, precision: str) -> Time:
    """The Time of a stored sample: `start` in milliseconds UTC, `offset` in seconds east."""
    from datetime import timedelta

    local = EPOCH + timedelta(milliseconds=start, seconds=offset)
    zone = ("UTC" if offset == 0 else offset_name(timedelta(seconds=offset))) if zoned else None
    return Time("", local, Precision(precision), zone, ZoneSource.EXPLICIT if zoned else ZoneSource.ASSUMED)


def _blobs(vault: Vault) -> Iterator[bytes]:
    for blob_hash, size in vault.rows("SELECT hash, size FROM blob ORDER BY hash"):
        data = vault.blobs.get(blob_hash)
        for start in range(0, max(size, 1), _PART):
            part = base64.b64encode(data[start : start + _PART]).decode()
            line = {"type": "blob", "hash": blob_hash, "size": size, "start": start, "data": part}
            yield orjson.dumps(line) + b"\n"


def _forgotten(vault: Vault) -> Iterator[bytes]:
    for (salt,) in vault.rows("SELECT DISTINCT salt FROM tombstone ORDER BY salt"):
        hashes = [row[0].hex() for row in vault.rows("SELECT hash FROM tombstone WHERE salt=? ORDER BY hash", (salt,))]
        for start in range(0, len(hashes), _HASHES):
            line = {"type": "forgotten", "salt": salt.hex(), "hashes": hashes[start : start + _HASHES]}
            yield orjson.dumps(line) + b"\n"


class Restorer:
    """Takes the lines of an export that are no plain records back into a vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._parts: dict[str, bytearray] = {}

    def incoming(
        self, record: Record, copy: int, origins: tuple[tuple[int, str], ...], earlier: tuple[bytes, ...]
    ) -> Incoming:
        return Incoming(record, record_id(record, copy), copy, origins, earlier)

    def restore(self, line: dict[str, Any]) -> None:
        """Takes one line. An export's zone is taken over only by a vault that holds nothing yet."""
        kind = line["type"]
        if kind == "vault" and self._vault.last_seq() == 0:
            self._vault.set("zone", line["zone"])
        elif kind == "forgotten":
            salt = bytes.fromhex(line["salt"])
            rows = [(salt, bytes.fromhex(text)) for text in line["hashes"]]
            self._vault.db.executemany("INSERT OR IGNORE INTO tombstone VALUES(?,?)", rows)
        elif kind == "blob":
            self._blob(line)

    def _blob(self, line: dict[str, Any]) -> None:
        parts = self._parts.setdefault(line["hash"], bytearray())
        if line["start"] == len(parts):
            parts += base64.b64decode(line["data"])
        if len(parts) == line["size"]:
            blob = Blob.of(bytes(parts))
            if blob.hash == line["hash"]:
                self._vault.blobs.put(blob.hash, bytes(parts))
            del self._parts[line["hash"]]
