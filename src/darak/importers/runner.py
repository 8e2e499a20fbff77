"""One run of the importers over a tree: hashes the input, writes batches, keeps the accounts, resumes.

Each batch of items is one transaction with its bad rows and its checkpoint, so that a kill at any moment leaves a
vault that the same command completes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

import orjson
from msgspec.structs import replace

from darak.importers.archive import READ_ERRORS
from darak.importers.importer import (
    BadRow,
    Checkpoint,
    Flaw,
    Importer,
    Item,
    Match,
    Restored,
    VaultLine,
)
from darak.importers.metered import MeteredTree
from darak.importers.registry import find_matches
from darak.importers.report import Accounts, Report
from darak.importers.tree import FileTree
from darak.records.exchange import Restorer
from darak.records.record import Origin, Record, Sample
from darak.records.vault import Vault
from darak.records.writer import Incoming, Numbering, Outcome, Writer

_FIRST = 2_000
"""Items of the first transaction: few, so that whoever follows has something to do soon."""
BATCH = 20_000
"""Items a transaction: ids are hashes and land all over their index, so few large batches write far fewer pages. A
statement of SQLite takes 32,766 values, so no more records can be looked up at once."""
_BATCH_BYTES = 4 << 20
"""Bytes of texts and attached files that end a batch before it is full: it is held in memory until it is written."""
_PROGRESS_EVERY = 1000
_RAW_KEPT = 64 * 1024


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: bytes of the current source read, its total (0 when unknown), and items so far."""

    source: str
    done: int
    total: int
    items: int


OnProgress = Callable[[Progress], None]


def run_import(
    tree: FileTree,
    importers: dict[str, Importer],
    vault: Vault,
    *,
    now: datetime,
    on_progress: OnProgress = lambda _: None,
    after_batch: Callable[[], None] = lambda: None,
) -> list[Report]:
    """Imports every source found in the tree.

    Returns one report for each source found, and one for each member or archive that could not be used.
    """
    matches, unknown = find_matches(tree, importers)
    reports: list[Report] = []
    for match in matches:
        reading = Reading(tree, match, importers[match.importer], on_progress)
        reports += _Import(vault, reading, now).run(after_batch)
    return reports + refusals(tree, unknown)


def refusals(tree: FileTree, unknown: list[str]) -> list[Report]:
    """A report for each archive or member that could not be used, and why."""
    reports = [_refusal(p.member, p.code, p.message) for p in tree.problems]
    refused = {problem.member for problem in tree.problems}
    sizes = {member.name: member.size for member in tree.members()}
    for name in unknown:
        if name in refused:
            continue
        if sizes[name] == 0 and not tree.head(name):
            reports.append(_refusal(name, "empty", "the file is empty; export it again"))
        else:
            message = "no importer knows this kind of file; `darak import --list` names those that Darak reads"
            reports.append(_refusal(name, "unknown-format", message))
    return reports


def _refusal(member: str, code: str, message: str) -> Report:
    report = Report("", "", member, state="incomplete")
    report.problem(code, member, message)
    return report


class Reading:
    """The items of one match in batches, with the books and the progress."""

    def __init__(self, tree: FileTree, match: Match, importer: Importer, on_progress: OnProgress) -> None:
        self.tree, self.match, self.importer = MeteredTree(tree), match, importer
        self.accounts = Accounts(importer.name, _common_name(match.members, tree.path.name), match.why)
        self.sizes = {member.name: member.size for member in tree.members() if member.name in set(match.members)}
        self._total = sum(self.sizes.values())
        self._on_progress = on_progress
        self._items = 0

    def batches(self, resume: str | None) -> Iterator[list[Item]]:
        """Up to `BATCH` items at a time; a checkpoint ends its batch. Damage ends the reading and is booked.

        A batch that was used may be emptied.
        """
        batch: list[Item] = []
        size, most = 0, min(_FIRST, BATCH)
        try:
            for item in self.importer.read(self.tree, self.match, resume):
                batch.append(item)
                size += _weight(item)
                if len(batch) % _PROGRESS_EVERY == 0:
                    self._progress(_PROGRESS_EVERY)
                if len(batch) >= most or size >= _BATCH_BYTES or item.__class__ is Checkpoint:
                    seen = len(batch)
                    yield batch
                    self._progress(seen % _PROGRESS_EVERY)
                    batch, size, most = [], 0, BATCH
        except READ_ERRORS as error:
            self._break_off("unreadable", f"could not be read to its end: {error}")
        except Exception as error:  # a fault of one importer must not stop the others, nor lose what it has read
            self._break_off("importer-failed", f"{self.importer.name} failed ({error!r}); please report this")
        seen = len(batch)
        if batch:
            yield batch
        self._progress(seen % _PROGRESS_EVERY)

    def _break_off(self, code: str, message: str) -> None:
        self.accounts.rest.problem(code, self.match.members[0], message)
        self.accounts.rest.state = "incomplete"

    def digests(self) -> dict[str, str]:
        """SHA-256 of each member, taken before parsing, so that an origin names exact bytes."""
        digests: dict[str, str] = {}
        for name in self.match.members:
            digest = hashlib.sha256()
            try:
                with self.tree.open(name) as stream:
                    while chunk := stream.read(1 << 20):
                        digest.update(chunk)
            except READ_ERRORS:
                pass  # reading will meet the same damage and book it
            digests[name] = digest.hexdigest()
        self.tree.read = 0
        return digests

    def _progress(self, items: int) -> None:
        self._items += items
        done = min(self.tree.read, self._total)
        self._on_progress(Progress(self.importer.name, done, self._total, self._items))


def _weight(item: Item) -> int:
    """About how many bytes an item holds in memory, where that may be much."""
    if isinstance(item, Record):
        return len(item.text) + (sum([blob.size for blob in item.blobs]) if item.blobs else 0)
    if isinstance(item, Restored):
        return _weight(item.record)
    if isinstance(item, VaultLine):
        return len(item.data.get("data", ""))
    return len(item.raw) if isinstance(item, BadRow) else 0


def _common_name(members: tuple[str, ...], whole: str) -> str:
    """What to call several members together: the folder they share."""
    if len(members) == 1:
        return members[0]
    parts = [PurePosixPath(name).parts for name in (min(members), max(members))]
    shared = 0
    while shared < min(map(len, parts)) and parts[0][shared] == parts[1][shared]:
        shared += 1
    return f"{'/'.join(parts[0][:shared]) or whole} ({len(members)} files)"


class _Import:
    """One match on its way into the vault."""

    def __init__(self, vault: Vault, reading: Reading, now: datetime) -> None:
        self._vault, self._reading, self._now = vault, reading, now
        self._writer, self._restorer, self._numbering = Writer(vault), Restorer(vault), Numbering()
        self._files: dict[str, int] = {}
        self._run = 0

    def run(self, after_batch: Callable[[], None]) -> list[Report]:
        vault, reading = self._vault, self._reading
        digests = reading.digests()
        with vault.transaction():
            position = self._begin(digests)
        for batch in reading.batches(position):
            with vault.transaction():
                self._write(batch)
            batch.clear()  # or it would be held while the next one is read
            after_batch()
        for blob in self._restorer.close():
            reading.accounts.rest.problem("broken-attachment", f"blob {blob}", "an attached file is not whole")
            reading.accounts.rest.state = "incomplete"
        reports = reading.accounts.close()
        state = "done" if all(report.state == "done" for report in reports) else "incomplete"
        vault.db.execute(
            "UPDATE import SET state=?, finished=?, position=NULL, counts=? WHERE id=?",
            (state, self._now.isoformat(), orjson.dumps(reading.accounts.json()), self._run),
        )
        return reports

    def _begin(self, digests: dict[str, str]) -> str | None:
        """Opens the run's row, or takes up the one that was interrupted. Returns where to go on, None at the start."""
        vault, reading = self._vault, self._reading
        path, importer = str(reading.tree.path.absolute()), reading.importer
        self._files = {
            name: self._writer.file(digest, name, path, reading.sizes[name], importer.name, importer.version)
            for name, digest in digests.items()
        }
        digest = hashlib.sha256("".join(sorted(digests.values())).encode()).hexdigest()
        key = (digest, importer.name, importer.version)
        which = "digest=? AND importer=? AND version=?"
        running = f"{which} AND state='running' AND position IS NOT NULL"
        for run, position, counts in vault.rows(f"SELECT id, position, counts FROM import WHERE {running}", key):
            self._run = run
            reading.accounts.restore(orjson.loads(counts))
            self._note_files()
            return position
        # The same bytes are read again from the start: this run's bad rows take the place of the earlier ones.
        vault.db.execute(f"DELETE FROM bad_row WHERE import IN (SELECT id FROM import WHERE {which})", key)
        vault.db.execute(f"DELETE FROM import WHERE {which} AND state='running'", key)
        vault.db.execute(
            "INSERT INTO import(digest, importer, version, path, state, started, counts)"
            " VALUES(?,?,?,?,'running',?,'')",
            (*key, path, self._now.isoformat()),
        )
        self._run = vault.db.last_insert_rowid()
        self._note_files()
        return None

    def _note_files(self) -> None:
        rows = ((self._run, file) for file in self._files.values())
        self._vault.db.executemany("INSERT OR IGNORE INTO import_file VALUES(?,?)", rows)

    def _write(self, batch: list[Item]) -> None:
        records: list[Incoming] = []
        samples: dict[str, list[tuple[Sample, int]]] = {}
        bad: list[tuple[str, Origin, str, bytes, int]] = []
        position: str | None = None
        for item in batch:
            if isinstance(item, Record):
                key, copy = self._numbering.identify(item)
                origin = item.origin
                records.append(Incoming(item, key, copy, ((self._files[origin.member], origin.locator),)))
            elif isinstance(item, Sample):
                samples.setdefault(item.source, []).append((item, self._files[item.origin.member]))
            elif isinstance(item, Restored):
                self._restorer.begin()
                origins = self._origins(item)
                if isinstance(item.record, Record):
                    records.append(self._restorer.incoming(item.record, item.copy, origins, item.earlier))
                else:
                    file, locator = origins[0] if origins else (self._files[item.record.origin.member], "")
                    sample = replace(item.record, origin=Origin("", locator)) if origins else item.record
                    samples.setdefault(sample.source, []).append((sample, file))
            elif isinstance(item, VaultLine):
                self._restorer.begin()
                self._restorer.restore(item.data)
            elif isinstance(item, (BadRow, Flaw)):
                raw = item.raw[:_RAW_KEPT] if isinstance(item, BadRow) else b""
                bad.append((item.code, item.origin, item.message, raw, self._files[item.origin.member]))
            elif isinstance(item, Checkpoint):
                position = item.position
        outcomes: dict[str, Counter[Outcome]] = {}
        sources = [incoming.record.source for incoming in records]
        for (source, outcome), count in Counter(zip(sources, self._writer.write(records), strict=True)).items():
            outcomes.setdefault(source, Counter())[outcome] = count
        for source, rows in samples.items():
            outcomes.setdefault(source, Counter()).update(self._writer.write_samples(rows))
        self._writer.write_bad_rows(self._run, bad)
        accounts = self._reading.accounts
        accounts.take(batch, outcomes)
        if position is not None:
            self._vault.db.execute(
                "UPDATE import SET position=?, counts=? WHERE id=?",
                (position, orjson.dumps(accounts.json()), self._run),
            )

    def _origins(self, item: Restored) -> tuple[tuple[int, str], ...]:
        return tuple(
            (self._writer.file(origin.file, origin.member, path, 0, importer, version), origin.locator)
            for origin, path, importer, version in item.origins
        )
