"""Writing into the vault: records and samples in, each once, with their origins and the journal.

A record that comes again adds at most an origin; one whose source edited it becomes the current version and keeps
the earlier one; one that was forgotten stays forgotten. What an export that tells less says of a record is an earlier
version of it, whichever came first.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, cast

from msgspec import Struct, structs

from darak.records.cipher import keyed_hash
from darak.records.lesser import take_in
from darak.records.line import record_bytes
from darak.records.people import BY_CARD, PeopleTable
from darak.records.record import Blob, Origin, Record, Sample, lesser_ids, nfc, record_id
from darak.records.samples import sample_identity
from darak.records.time import EPOCH, Precision, Time, utc_ms, zone_info
from darak.records.vault import ADDED, CHANGED, Vault, read_body

_NO_OFFSET = timedelta()
_KEPT = 20_000
"""Threads whose numbers are kept in memory; in a mail box nearly each mail begins one."""
_TOLD_BETTER = b""
"""In place of a hash: the id is of an export that tells less of a record."""
_CLOCKS = {precision: n for n, precision in enumerate((Precision.MINUTE, Precision.SECOND, Precision.MILLISECOND))}


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FORGOTTEN = "forgotten"


class Incoming(Struct, frozen=True, gc=False):
    """A record to write under its id, which of several identical rows it is, and where it was read from.

    `origins` are numbers of files with locators; `earlier` the bodies of earlier versions that an export brings along.
    """

    record: Record
    id: bytes
    copy: int
    origins: tuple[tuple[int, str], ...]
    earlier: tuple[bytes, ...] = ()


class Numbering:
    """Numbers identical rows of one export, so that two equal rows stay two and a re-export adds none."""

    def __init__(self) -> None:
        self._seen: dict[bytes, int] = {}

    def identify(self, record: Record) -> tuple[bytes, int]:
        """The record's id and its copy number."""
        first = record_id(record)
        if record.native_id is not None:
            return first, 0
        copy = self._seen.get(first, 0)
        self._seen[first] = copy + 1
        return (first if copy == 0 else record_id(record, copy)), copy


@dataclass(slots=True)
class _Rows:
    """What one batch will insert, by table; `seq` is the journal's last entry when the last was inserted."""

    seq: int
    record: list[tuple[Any, ...]] = field(default_factory=list[tuple[Any, ...]])
    person: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    origin: list[tuple[int, int, str]] = field(default_factory=list[tuple[int, int, str]])
    journal: list[tuple[int, int, int]] = field(default_factory=list[tuple[int, int, int]])
    lesser: list[tuple[bytes, int]] = field(default_factory=list[tuple[bytes, int]])


class Writer:
    """Writes batches into one vault. The caller holds the transaction, so that a batch and its checkpoint are one."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._db = vault.db
        self._zone = vault.zone
        self._files: dict[tuple[str, str, str, int], int] = {}
        self._people = PeopleTable(vault.db)
        self._sources: dict[tuple[str, str], int] = {}
        self._threads: dict[tuple[int, str], int] = {}
        self._series: dict[tuple[int, str, str, str], int] = {}
        self._salts = [row[0] for row in vault.rows("SELECT DISTINCT salt FROM tombstone")]
        self._has_lesser = bool(vault.rows("SELECT 1 FROM lesser LIMIT 1"))

    def write(self, batch: Sequence[Incoming]) -> list[Outcome]:
        """Writes records, and says of each what it was to the vault. Shapes: one outcome for each of `batch`."""
        self._zone = self._vault.zone  # an export brings the zone that its times are to be taken in
        seq = self._vault.last_seq()
        rows = _Rows(seq)
        known = self._known(batch)
        outcomes: list[Outcome] = []
        noted: list[bytes] = []
        for item in batch:
            body = record_bytes(item.record)
            digest = _hash(body)
            n, current = known.get(item.id, (0, _TOLD_BETTER))
            lesser = lesser_ids(item.record)
            if n == 0:
                if self._salts and any(map(self._forgotten, (item.id, *lesser))):
                    outcomes.append(Outcome.FORGOTTEN)
                    continue
                seq += 1
                n = seq
                self._add(rows, n, item, digest, body)
                known[item.id] = (n, digest)
                outcomes.append(Outcome.NEW)
            elif current == digest or self._has_version(n, digest):
                outcomes.append(Outcome.UNCHANGED)
            else:
                self._flush(rows)
                if current == _TOLD_BETTER or self._tells_less(n, item.record):
                    self._keep_version(n, body)
                    outcomes.append(Outcome.UNCHANGED)
                else:
                    seq += 1
                    self._supersede(n)
                    self._add(rows, n, item, digest, body)
                    rows.journal.append((seq, n, CHANGED))
                    known[item.id] = (n, digest)
                    outcomes.append(Outcome.CHANGED)
            rows.origin += [(n, file, locator) for file, locator in item.origins]
            for one in lesser:
                if one not in known or known[one][1] != _TOLD_BETTER:
                    known[one] = n, _TOLD_BETTER
                    rows.lesser.append((one, n))
                    noted.append(one)
            for earlier in item.earlier:
                self._flush(rows)
                self._keep_version(n, earlier)
        self._flush(rows)
        if noted:
            self._has_lesser = True
            take_in(self._vault, noted, seq)
        return outcomes

    def write_samples(self, batch: Iterable[tuple[Sample, int]]) -> Counter[Outcome]:
        """Writes samples, each with the file it was read from; the same measurement twice is one."""
        self._zone = self._vault.zone
        outcomes: Counter[Outcome] = Counter()
        rows: list[tuple[Any, ...]] = []
        for sample, file in batch:
            key = self._sample_key(sample)
            if self._salts and self._forgotten(_identity_of(sample, key)):
                outcomes[Outcome.FORGOTTEN] += 1
                continue
            rows.append((*key, file, sample.origin.locator))
        before = self._db.total_changes()
        self._db.executemany("INSERT OR IGNORE INTO sample VALUES(?,?,?,?,?,?,?,?,?)", rows)
        outcomes[Outcome.NEW] = self._db.total_changes() - before
        outcomes[Outcome.UNCHANGED] = len(rows) - outcomes[Outcome.NEW]
        return outcomes

    def file(self, digest: str, member: str, path: str, size: int, importer: str, version: int) -> int:
        """The number of a file that records are read from."""
        key = (digest, member, importer, version)
        if key in self._files:
            return self._files[key]
        values = (digest, member, path, size, importer, version)
        self._db.execute(
            "INSERT OR IGNORE INTO file(hash, member, path, size, importer, version) VALUES(?,?,?,?,?,?)",
            values,
        )
        number = self._one("SELECT id FROM file WHERE hash=? AND member=? AND importer=? AND version=?", key)
        self._files[key] = number
        return number

    def source(self, name: str, account: str) -> int:
        key = (name, account)
        if key not in self._sources:
            self._db.execute("INSERT OR IGNORE INTO source(name, account) VALUES(?,?)", key)
            self._sources[key] = self._one("SELECT id FROM source WHERE name=? AND account=?", key)
        return self._sources[key]

    def _one(self, sql: str, values: Sequence[Any]) -> int:
        return cast(int, self._db.execute(sql, values).fetchone()[0])  # type: ignore[index]

    def _thread(self, source: int, name: str) -> int:
        key = (source, name)
        if key not in self._threads:
            if len(self._threads) >= _KEPT:
                self._threads.clear()
            self._db.execute("INSERT OR IGNORE INTO thread(source, name) VALUES(?,?)", key)
            self._threads[key] = self._one("SELECT id FROM thread WHERE source=? AND name=?", key)
        return self._threads[key]

    def _known(self, batch: Sequence[Incoming]) -> dict[bytes, tuple[int, bytes]]:
        """Number and hash, by id, of those of the batch that the vault holds; no hash where it has them told better."""
        ids = [item.id for item in batch]
        marks = ",".join("?" * len(ids))
        sql = f"SELECT id, n, hash FROM record WHERE id IN ({marks})"
        known = {key: (n, digest) for key, n, digest in self._db.execute(sql, ids)}
        if self._has_lesser:
            sql = f"SELECT id, n FROM lesser WHERE id IN ({marks})"
            known.update((key, (n, _TOLD_BETTER)) for key, n in self._db.execute(sql, ids))
        return known

    def _add(self, rows: _Rows, n: int, item: Incoming, digest: bytes, body: bytes) -> None:
        """Queues a record with its people and blobs; blobs are on the disk before the transaction that names them."""
        record = item.record
        source = self.source(record.source, record.account)
        thread = None if record.thread is None else self._thread(source, nfc(record.thread))
        author = None
        if record.author is not None:
            author = self._people.identity(record.source, record.author)
            rows.person.append((n, author))
        for person in record.people:
            rows.person.append((n, self._people.identity(record.source, person)))
        if record.kind == "contact" and record.extra.get("contact") is True:
            self._people.unite([self._people.identity(record.source, person) for person in record.people], BY_CARD)
        seconds, instant = clock(record.time, self._zone)
        row = (n, item.id, source, record.kind, thread, author, seconds, instant, item.copy, digest, body)
        rows.record.append(row)
        if record.blobs:
            self._attach(n, record.blobs)

    def _attach(self, n: int, blobs: Iterable[Blob]) -> None:
        for blob in blobs:
            if blob.data is not None:
                self._vault.blobs.put(blob.hash, blob.data)
            self._db.execute("INSERT OR IGNORE INTO blob VALUES(?,?)", (blob.hash, blob.size))
            self._db.execute("INSERT OR IGNORE INTO record_blob VALUES(?,?)", (n, blob.hash))

    def _flush(self, rows: _Rows) -> None:
        self._db.executemany("INSERT INTO record VALUES(?,?,?,?,?,?,?,?,?,?,?)", rows.record)
        self._db.executemany("INSERT OR IGNORE INTO record_person VALUES(?,?)", rows.person)
        self._db.executemany("INSERT OR IGNORE INTO origin VALUES(?,?,?)", rows.origin)
        self._db.executemany("INSERT INTO journal VALUES(?,?,?)", rows.journal)
        # A new record has the number of its entry, so that those of all new ones can be told at once.
        self._db.execute("INSERT INTO journal SELECT n, n, ? FROM record WHERE n > ?", (ADDED, rows.seq))
        rows.seq = self._vault.last_seq()
        if rows.lesser:
            self._db.executemany("INSERT OR IGNORE INTO lesser VALUES(?,?)", rows.lesser)
        for table in (rows.record, rows.person, rows.origin, rows.journal, rows.lesser):
            table.clear()

    def _supersede(self, n: int) -> None:
        """Makes the current content of a record an earlier version."""
        self._db.execute("INSERT OR IGNORE INTO version SELECT n, hash, body FROM record WHERE n=?", (n,))
        self._db.execute("DELETE FROM record_person WHERE n=?", (n,))
        self._db.execute("DELETE FROM record WHERE n=?", (n,))

    def _keep_version(self, n: int, body: bytes) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO version SELECT ?1, ?2, ?3 WHERE NOT EXISTS"
            " (SELECT 1 FROM record WHERE n=?1 AND hash=?2)",
            (n, _hash(body), body),
        )
        self._attach(n, read_body(body).blobs)

    def _has_version(self, n: int, digest: bytes) -> bool:
        row = self._db.execute("SELECT 1 FROM version WHERE n=? AND hash=?", (n, digest)).fetchone()
        return row is not None

    def _tells_less(self, n: int, record: Record) -> bool:
        """Whether it has the words of record `n`, but fewer of its attached files or a coarser clock, or its time in
        other words: an export's form has made that, not an edit."""
        (body,) = cast(tuple[bytes], self._db.execute("SELECT body FROM record WHERE n=?", (n,)).fetchone())
        held = read_body(body)
        as_held = structs.replace(record, time=structs.replace(record.time, written=held.time.written))
        if record_bytes(as_held) == body:
            return True
        files, held_files = ({blob.hash for blob in one.blobs} for one in (record, held))
        clock, held_clock = (_CLOCKS.get(one.time.precision) for one in (record, held))
        coarser = clock is not None and held_clock is not None and clock < held_clock
        same_words = (held.title, held.text) == (record.title, record.text)
        return same_words and files <= held_files and (coarser or (clock == held_clock and files != held_files))

    def write_bad_rows(self, run: int, rows: Iterable[tuple[str, Origin, str, bytes, int]]) -> None:
        """Keeps what an import could not read (code, origin, message, raw bytes, file), but nothing forgotten."""
        values = (
            (run, code, origin.member, origin.locator, message, raw, file)
            for code, origin, message, raw, file in rows
            if not (self._salts and raw and self._forgotten(bad_row_identity(raw)))
        )
        self._db.executemany("INSERT INTO bad_row VALUES(?,?,?,?,?,?,?)", values)

    def _forgotten(self, item: bytes) -> bool:
        sql = "SELECT 1 FROM tombstone WHERE salt=? AND hash=?"
        return any(self._db.execute(sql, (s, keyed_hash(s, item)[:16])).fetchone() for s in self._salts)

    def _sample_key(self, sample: Sample) -> tuple[int, int, int, float, int, int, str]:
        local = sample.time.local
        assert local is not None
        zone = sample.time.zone
        if zone is None:  # nothing tells the second of two equal hours from the first
            zone, local = self._zone, local.replace(fold=0)
        start = utc_ms(local, zone)
        duration = -1
        if sample.end is not None and sample.end.local is not None:
            duration = max(-1, utc_ms(sample.end.local, sample.end.zone or zone) - start)
        offset = zone_info(zone).utcoffset(local)
        series_key = (self.source(sample.source, sample.account), sample.metric, sample.unit, sample.device)
        if series_key not in self._series:
            self._db.execute("INSERT OR IGNORE INTO series(source, metric, unit, device) VALUES(?,?,?,?)", series_key)
            self._series[series_key] = self._one(
                "SELECT id FROM series WHERE source=? AND metric=? AND unit=? AND device=?", series_key
            )
        seconds = int(offset.total_seconds()) if offset else 0
        zoned = int(sample.time.zone is not None)
        precision = str(sample.time.precision or Precision.SECOND)
        return self._series[series_key], start, duration, sample.value, seconds, zoned, precision


def clock(time: Time, owner_zone: str) -> tuple[int | None, int | None]:
    """The wall clock in seconds and the instant in milliseconds, as the vault's columns hold them."""
    time = time.on_owner_clock(owner_zone)
    if time.local is None:
        return None, None
    since = time.local - EPOCH
    offset = zone_info(time.zone or owner_zone).utcoffset(time.local) or _NO_OFFSET
    seconds = since.days * 86400 + since.seconds
    ahead = offset.days * 86400 + offset.seconds
    return seconds, (seconds - ahead) * 1000 + since.microseconds // 1000


def _hash(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=16).digest()


def _identity_of(sample: Sample, key: tuple[int, int, int, float, int, int, str]) -> bytes:
    _, start, duration, value, offset, zoned, _ = key
    series = (sample.source, sample.account, sample.metric, sample.unit, sample.device)
    return sample_identity(series, start=start, duration=duration, value=value, offset=offset, zoned=zoned)


def bad_row_identity(raw: bytes) -> bytes:
    """What an unreadable row is known by when it is forgotten: its bytes."""
    return b"unreadable\x1f" + raw
