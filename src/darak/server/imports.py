"""Imports of uploaded files: streamed into a private folder, queued, read one after the other beside the asking.

An upload that has arrived lies in `uploads/<part of its SHA-256>/NAME` until it is imported, with what was said of it
beside it in `uploads/<part of its SHA-256>.json`, so that one that a kill or a stop has interrupted is taken up again
at the next start, where the import itself goes on from its checkpoint.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import threading
from collections.abc import AsyncIterable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import apsw

from darak.importers.importer import Importer
from darak.importers.money.columns import Columns, ColumnsProblem
from darak.importers.money.confirmed import agreed, read_said, with_confirmed
from darak.importers.money.statement import Proposal
from darak.importers.runner import Progress, run_import
from darak.importers.tree import FileTree, TreeError, open_tree
from darak.records.storage import storage_problem
from darak.server.house import House
from darak.server.uploaded import Said, UploadRefused, safe_name

FOLDER = "uploads"
MOST_UPLOAD = 64 << 30
_LEFT_FREE = 1 << 30
"""Bytes of the disk that an upload leaves free."""
_KEPT = 200
"""Imports that are remembered after they have ended."""

State = Literal["queued", "reading", "done", "incomplete", "failed", "stopped"]
ENDED: tuple[State, ...] = ("done", "incomplete", "failed", "stopped")


class Stopped(BaseException):
    """Ends an import between two items; no importer takes it for a fault of its own."""


@dataclass(slots=True)
class Job:
    """One import. `version` grows with each change, for those who follow it; `by` is the key it was sent through.

    `columns` says what the columns of a bank's statement hold; `proposals` what they seem to, where that was not said.
    `path` is a file of this machine that is read where it lies, `watched` how it was found in a watched folder; an
    upload has neither.
    """

    id: str
    name: str
    size: int
    by: str | None
    columns: str | None
    at: str
    path: Path | None = None
    watched: tuple[int, int, int] | None = None
    state: State = "queued"
    source: str = ""
    done: int = 0
    total: int = 0
    items: int = 0
    problem: str | None = None
    reports: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    proposals: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    version: int = 0
    cancelled: bool = False


class Imports:
    """The queue of one house. `importers` gives the importers for a file, as they are when its turn comes."""

    def __init__(self, house: House, importers: Callable[[], dict[str, Importer]]) -> None:
        self._house = house
        self.importers = importers
        self._folder = house.home / FOLDER
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}
        self._folder.mkdir(exist_ok=True, mode=0o700)
        self._resume()

    @property
    def running(self) -> bool:
        with self._lock:
            return any(job.state not in ENDED for job in self._jobs.values())

    def list(self) -> list[Job]:
        """All imports since the start, the latest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def get(self, job_id: str) -> Job | None:
        with self._lock:
            return self._jobs.get(job_id)

    async def receive(
        self,
        name: str,
        size: int | None,
        chunks: AsyncIterable[bytes],
        by: str | None = None,
        columns: str | None = None,
    ) -> Job:
        """Takes an upload and queues its import. UploadRefused when it is too large or the disk too full."""
        name = safe_name(name)
        if size is not None and size > min(MOST_UPLOAD, self._room()):
            raise UploadRefused(413, "there is no room for a file of this size")
        part = self._folder / f"{secrets.token_hex(8)}.part"
        digest, written = hashlib.sha256(), 0
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                async for chunk in chunks:
                    written += len(chunk)
                    if written > MOST_UPLOAD or (written >> 26 != (written - len(chunk)) >> 26 and self._room() < 0):
                        raise UploadRefused(413, "there is no room for a file of this size")
                    digest.update(chunk)
                    stream.write(chunk)
                stream.flush()
                os.fsync(stream.fileno())
            if not written:
                raise UploadRefused(422, "the file is empty")
            job_id = digest.hexdigest()[:16]
            with self._lock:
                running = self._jobs.get(job_id)
                if running is not None and running.state not in ENDED:
                    return running
                Said(by, columns).write(self._said(job_id))
                (self._folder / job_id).mkdir(exist_ok=True, mode=0o700)
                part.replace(self._folder / job_id / name)
        except OSError as error:
            raise UploadRefused(
                507, storage_problem(error, places=by is None) or f"it could not be written: {error.strerror}"
            ) from error
        finally:
            part.unlink(missing_ok=True)
        return self._queue(Job(job_id, name, written, by, columns, _now()))

    def take(self, path: Path, columns: str | None = None, watched: tuple[int, int, int] | None = None) -> Job:
        """Queues the import of a file or folder of this machine, which is left as it is."""
        job_id = hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
        with self._lock:
            running = self._jobs.get(job_id)
        if running is not None and running.state not in ENDED:
            return running
        return self._queue(Job(job_id, path.name, 0, None, columns, _now(), path, watched))

    def forget_ended(self) -> None:
        """Forgets the imports that have ended, whose reports may quote what was read."""
        with self._lock:
            self._jobs = {known: job for known, job in self._jobs.items() if job.state not in ENDED}

    def cancel(self, job: Job) -> None:
        """Ends an import at its next step; what it has read stays."""
        job.cancelled = True

    def _queue(self, job: Job) -> Job:
        with self._lock:
            self._jobs.pop(job.id, None)
            self._jobs[job.id] = job
            ended = [known for known, one in self._jobs.items() if one.state in ENDED]
            for known in ended[: max(0, len(self._jobs) - _KEPT)]:
                del self._jobs[known]
        self._house.later(lambda: self._run(job))
        return job

    def _resume(self) -> None:
        """Takes up what had arrived before the last end, and removes what had not."""
        there = sorted(self._folder.iterdir())
        for path in there:
            files = [file for file in path.iterdir() if file.is_file()] if path.is_dir() else []
            if len(files) == 1:
                said = Said.read(self._said(path.name))
                self._queue(Job(path.name, files[0].name, files[0].stat().st_size, said.by, said.columns, _now()))
            elif path.is_dir():
                self._remove(path.name)
        for path in there:
            if path.is_file() and not path.with_suffix("").is_dir():
                path.unlink(missing_ok=True)

    def _said(self, job_id: str) -> Path:
        return self._folder / f"{job_id}.json"

    def _remove(self, job_id: str) -> None:
        shutil.rmtree(self._folder / job_id, ignore_errors=True)
        self._said(job_id).unlink(missing_ok=True)

    def _run(self, job: Job) -> None:
        """The import itself, in the writing thread. What was uploaded goes when it has been read."""
        folder = self._folder / job.id
        ended: State = "failed"
        try:
            self._check(job)
            job.state = "reading"
            job.reports = self._import(job, job.path or folder / job.name)
            ended = "done" if _is_sound(job.reports) else "incomplete"
        except Stopped:
            ended = "stopped"
        except (TreeError, ColumnsProblem) as error:
            job.problem = str(error).replace(f"{folder}{os.sep}", "")
        except Exception as error:
            broke_off = f"the import broke off ({error.__class__.__name__}); send the file again"
            job.problem = storage_problem(error, places=job.by is None) or broke_off
        finally:
            if job.path is None and (job.cancelled or not self._house.closing.is_set()):
                self._remove(job.id)
            if job.watched is not None and ended != "stopped":
                values = (str(job.path), *job.watched)
                with suppress(apsw.Error):  # then it is looked at once more
                    self._house.vault.db.execute("INSERT OR REPLACE INTO watched VALUES(?,?,?,?)", values)
            self._house.changed()
            job.state = ended  # last: from now on the same file may come again
            job.version += 1

    def _import(self, job: Job, path: Path) -> list[dict[str, Any]]:
        house = self._house

        def on_progress(progress: Progress) -> None:
            job.source, job.done, job.total, job.items = progress.source, progress.done, progress.total, progress.items
            job.version += 1
            self._check(job)

        tree = open_tree(path)
        with house.memory.follow_beside(visible=True, expected=tree.size) as nudge:

            def after_batch() -> None:
                nudge()
                house.changed()
                self._check(job)

            reports = run_import(
                tree,
                self._with_columns(job, tree),
                house.vault,
                now=datetime.now(UTC),
                on_progress=on_progress,
                after_batch=after_batch,
            )
        house.memory.seal()
        return [report.json() for report in reports]

    def _with_columns(self, job: Job, tree: FileTree) -> dict[str, Importer]:
        """The importers, that of statements with the columns that are confirmed; what it proposes is noted."""

        def decide(proposal: Proposal) -> Columns | None:
            if job.columns is not None:
                return agreed(proposal)
            told = proposal.columns
            job.proposals.append(
                {
                    "member": proposal.member,
                    "columns": told.said(),
                    "example": proposal.example,
                    "dates": told.dates,
                }
            )
            return None

        return with_confirmed(self.importers(), [tree], self._house.vault, read_said(job.columns), decide)

    def _check(self, job: Job) -> None:
        if job.cancelled or self._house.closing.is_set():
            raise Stopped

    def _room(self) -> int:
        return shutil.disk_usage(self._folder).free - _LEFT_FREE


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _is_sound(reports: Sequence[dict[str, Any]]) -> bool:
    """Whether something was read, and all of it; a file that no importer knows, beside others, is no failure."""
    read = all(report["state"] == "done" or "unknown-format" in report["problem_counts"] for report in reports)
    return read and any(report["importer"] for report in reports)
