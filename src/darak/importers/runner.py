"""One run of the importers over a tree: hashes the input, writes batches, keeps the accounts, resumes.

Each batch of items is one transaction with its bad rows and its checkpoint, so that a kill at any moment leaves a
vault that the same command completes.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

import orjson

from darak.importers.archive import READ_ERRORS
from darak.importers.importer import (
    BadRow,
    Checkpoint,
    Flaw,
    Ignored,
    Importer,
    Item,
    Match,
    Restored,
    Units,
    VaultLine,
)
from darak.importers.registry import find_matches
from darak.importers.report import Report
from darak.importers.tree import FileTree, Member, TreeProblem
from darak.records.exchange import Restorer
from darak.records.record import Record, Sample
from darak.records.vault import Vault
from darak.records.writer import Incoming, Numbering, Outcome, Writer

BATCH = 2000
_RAW_KEPT = 64 * 1024


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: bytes of the current source read of its total, and items so far."""

    source: str
    done: int
    total: int
    items: int


OnProgress = Callable[[Progress], None]


class _MeteredTree:
    """A tree that counts the bytes read through it."""

    def __init__(self, tree: FileTree) -> None:
        self._tree = tree
        self.path = tree.path
        self.read = 0

    @property
    def problems(self) -> list[TreeProblem]:
        return self._tree.problems

    def members(self) -> list[Member]:
        return self._tree.members()

    def head(self, name: str) -> bytes:
        return self._tree.head(name)

    def open(self, name: str) -> BinaryIO:
        return cast(BinaryIO, io.BufferedReader(_MeteredFile(self._tree.open(name), self), 1 << 18))


class _MeteredFile(io.RawIOBase):
    def __init__(self, stream: BinaryIO, meter: _MeteredTree) -> None:
        self._stream = stream
        self._meter = meter

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._stream.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._meter.read += len(data)
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def run_import(
    tree: FileTree,
    importers: dict[str, Importer],
    vault: Vault | None,
    *,
    now: datetime,
    on_progress: OnProgress = lambda _: None,
    after_batch: Callable[[], None] = lambda: None,
) -> list[Report]:
    """Imports every source found in the tree; with `vault` None it is a dry run that writes nothing.

    Returns one report for each source found, and one for each member or archive that could not be used.
    """
    matches, unknown = find_matches(tree, importers)
    reports: list[Report] = []
    for match in matches:
        run = _Run(_MeteredTree(tree), match, importers[match.importer], vault, now, on_progress, after_batch)
        reports += run.run()
    reports += [_refusal(problem.member, problem.code, problem.message) for problem in tree.problems]
    sizes = {member.name: member.size for member in tree.members()}
    unreadable = {problem.member for problem in tree.problems}
    for name in unknown:
        if name in unreadable:
            continue
        if sizes[name] == 0 and not tree.head(name):
            reports.append(_refusal(name, "empty", "the file is empty; export it again"))
        else:
            message = "no importer knows this kind of file; Darak reads what `darak import --list` names"
            reports.append(_refusal(name, "unknown-format", message))
    return reports


def _refusal(member: str, code: str, message: str) -> Report:
    report = Report("", "", member, state="unknown" if code == "unknown-format" else "incomplete")
    report.problem(code, member, message)
    return report


class _Run:
    """The import of one match."""

    def __init__(
        self, tree: _MeteredTree, match: Match, importer: Importer, vault: Vault | None, now: datetime,
        on_progress: OnProgress, after_batch: Callable[[], None],
    ) -> None:
        self.tree, self.match, self.importer, self.vault, self.now = tree, match, importer, vault, now
        self.on_progress, self.after_batch = on_progress, after_batch
        self.reports: dict[str, Report] = {}
        self.main = Report("", importer.name, self._file_name(), why=match.why)
        self.numbering = Numbering()
        self.people: set[str] = set()
        self.items = 0
        sizes = {member.name: member.size for member in tree.members()}
        self.total = sum(sizes[name] for name in match.members)

    def _file_name(self) -> str:
        names = self.match.members
        if len(names) == 1:
            return names[0]
        common = Path(names[0]).parts
        for name in names:
            parts = Path(name).parts
            size = next((i for i, (a, b) in enumerate(zip(common, parts, strict=False)) if a != b), len(common))
            common = common[:size]
        return f"{'/'.join(common) or self.tree.path.name} ({len(names)} files)"

    def run(self) -> list[Report]:
        if self.vault is None:
            for batch in self._batches(None):
                self._account(batch, {})
            return self._finish()
        vault = self.vault
        digests = self._digests()
        digest = hashlib.sha256("".join(sorted(digests.values())).encode()).hexdigest()
        key = (digest, self.importer.name, self.importer.version)
        row = vault.rows(
            "SELECT id, position, counts FROM import WHERE digest=? AND importer=? AND version=? AND state='running'"
            " AND position IS NOT NULL ORDER BY id DESC LIMIT 1",
            key,
        )
        position = None
        if row:
            run_id, position, counts = row[0]
            self._restore_counts(orjson.loads(counts))
        else:
            vault.db.execute(
                "INSERT INTO import(importer, version, path, digest, state, started, counts)"
                " VALUES(?,?,?,?,'running',?,'{}')",
                (self.importer.name, self.importer.version, str(self.tree.path), digest, self.now.isoformat()),
            )
            run_id = vault.db.last_insert_rowid()
        writer, restorer = Writer(vault), Restorer(vault)
        files: dict[str, int] = {}
        for batch in self._batches(position):
            with vault.db:
                if not files:
                    files = self._files(writer, digests)
                self._write(batch, writer, restorer, files, run_id)
            self.after_batch()
        reports = self._finish()
        state = "done" if all(report.state == "done" for report in reports) else "incomplete"
        vault.db.execute(
            "UPDATE import SET state=?, finished=?, position=NULL, counts=? WHERE id=?",
            (state, self.now.isoformat(), self._counts(), run_id),
        )
        return reports

    def _digests(self) -> dict[str, str]:
        """SHA-256 of each member, taken before parsing, so that an origin names exact bytes."""
        digests: dict[str, str] = {}
        for name in self.match.members:
            digest = hashlib.sha256()
            try:
                with self.tree.open(name) as stream:
                    while chunk := stream.read(1 << 20):
                        digest.update(chunk)
                        self._progress(0.0)
            except READ_ERRORS:
                pass  # reading will meet the same damage and report it
            digests[name] = digest.hexdigest()
        self.tree.read = 0
        return digests

    def _files(self, writer: Writer, digests: dict[str, str]) -> dict[str, int]:
        sizes = {member.name: member.size for member in self.tree.members()}
        path, importer = str(self.tree.path.absolute()), self.importer
        return {
            name: writer.file(digest, name, path, sizes[name], importer.name, importer.version)
            for name, digest in digests.items()
        }

    def _batches(self, resume: str | None) -> Iterator[list[Item]]:
        batch: list[Item] = []
        try:
            for item in self.importer.read(self.tree, self.match, resume):
                batch.append(item)
                if len(batch) >= BATCH or isinstance(item, Checkpoint):
                    self.items += len(batch)
                    yield batch
                    batch = []
                    self._progress()
        except READ_ERRORS as error:
            self.main.problem("unreadable", self.match.members[0], f"could not be read to its end: {error}")
            self.main.state = "incomplete"
        self.items += len(batch)
        if batch:
            yield batch
        self._progress()

    def _progress(self, share: float = 1.0) -> None:
        done = min(self.tree.read, self.total or self.tree.read) if share else 0
        self.on_progress(Progress(self.importer.name, done, self.total, self.items))

    def _write(
        self, batch: list[Item], writer: Writer, restorer: Restorer, files: dict[str, int], run_id: int
    ) -> None:
        records: list[Incoming] = []
        samples: dict[str, list[tuple[Sample, int]]] = {}
        position: str | None = None
        bad: list[tuple[int, str, str, str, str, bytes]] = []
        for item in batch:
            if isinstance(item, Record):
                key, copy = self.numbering.identify(item)
                records.append(Incoming(item, key, copy, ((files[item.origin.member], item.origin.locator),)))
            elif isinstance(item, Sample):
                samples.setdefault(item.source, []).append((item, files[item.origin.member]))
            elif isinstance(item, Restored):
                origins = tuple(
                    (writer.file(o.file, o.member, path, 0, importer, version), o.locator)
                    for o, path, importer, version in item.origins
                )
                records.append(restorer.incoming(item.record, item.copy, origins, item.earlier))
            elif isinstance(item, VaultLine):
                restorer.restore(item.data)
            elif isinstance(item, (BadRow, Flaw)):
                raw = item.raw[:_RAW_KEPT] if isinstance(item, BadRow) else b""
                bad.append((run_id, item.code, item.origin.member, item.origin.locator, item.message, raw))
            elif isinstance(item, Checkpoint):
                position = item.position
        outcomes: dict[str, list[Outcome]] = {}
        for incoming, outcome in zip(records, writer.write(records), strict=True):
            outcomes.setdefault(incoming.record.source, []).append(outcome)
        for source, rows in samples.items():
            counts = writer.write_samples(rows)
            outcomes.setdefault(source, []).extend(counts.elements())
        self.vault.db.executemany("INSERT INTO bad_row VALUES(?,?,?,?,?,?)", bad)  # type: ignore[union-attr]
        self._account(batch, outcomes)
        self.vault.db.execute(  # type: ignore[union-attr]
            "UPDATE import SET position=coalesce(?, position), counts=? WHERE id=?", (position, self._counts(), run_id)
        )

    def _report(self, source: str) -> Report:
        if source not in self.reports:
            self.reports[source] = Report(source, self.importer.name, self.main.file, why=self.match.why)
        return self.reports[source]

    def _account(self, batch: list[Item], outcomes: dict[str, list[Outcome]]) -> None:
        current = self.main
        for item in batch:
            if isinstance(item, Restored):
                item = item.record
            if isinstance(item, (Record, Sample)):
                current = self._report(item.source)
                self._see(current, item)
            elif isinstance(item, BadRow):
                self.main.skipped += 1
                self.main.problem(item.code, _place(item), item.message)
            elif isinstance(item, Flaw):
                current.partial += 1
                current.problem(item.code, _place(item), item.message)
            elif isinstance(item, Ignored):
                self.main.ignored += item.count
            elif isinstance(item, Units):
                self.main.units += item.count
        for source, results in outcomes.items():
            report = self._report(source)
            for outcome in Outcome:
                setattr(report, outcome, getattr(report, outcome) + results.count(outcome))

    def _see(self, report: Report, item: Record | Sample) -> None:
        if isinstance(item, Record):
            report.records += 1
            for person in (item.author, *item.people):
                if person is not None and person.handle not in self.people:
                    self.people.add(person.handle)
                    report.people += 1
        else:
            report.samples += 1
        if item.time.local is None:
            return
        if item.time.zone is None:
            report.assumed_zone += 1
        day = item.time.local.date().isoformat()
        report.first = min(report.first or day, day)
        report.last = max(report.last, day)

    def _finish(self) -> list[Report]:
        """One report a source; what belongs to no record (bad rows, ignored units) goes to the largest."""
        reports = sorted(self.reports.values(), key=lambda report: -(report.records + report.samples))
        first = reports[0] if reports else self.main
        if reports:
            first.skipped, first.ignored = self.main.skipped, self.main.ignored
            for problem in self.main.problems:
                first.problem(problem.code, problem.locator, problem.message)
        first.units = self.main.units - sum(report.records + report.samples for report in reports[1:])
        broken = self.main.state == "incomplete"
        for report in reports or [first]:
            if report is not first:
                report.units = report.records + report.samples
            report.close()
            if broken:
                report.state = "incomplete"
        return reports or [first]

    def _counts(self) -> bytes:
        kept = {source: report.json() for source, report in self.reports.items()}
        return orjson.dumps({"main": self.main.json(), "sources": kept})

    def _restore_counts(self, counts: dict[str, dict[str, object]]) -> None:
        self.main = Report.from_json(cast("dict[str, object]", counts["main"]))
        for source, data in counts["sources"].items():
            self.reports[source] = Report.from_json(cast("dict[str, object]", data))


def _place(item: BadRow | Flaw) -> str:
    return f"{item.origin.member}: {item.origin.locator}"
