"""A life that a running server holds, reached over its API."""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from pathlib import Path
from time import sleep
from typing import IO, Any, Literal, Unpack
from urllib.parse import quote, urlencode
from zipfile import ZIP_DEFLATED, ZipFile

from darak.memory.timeline import Amount, Unit
from darak.sdk import shapes
from darak.sdk.life import NEW, Life, OnProgress, check_confirmed
from darak.sdk.reading import read, read_answer
from darak.sdk.results import (
    Answer,
    Conversation,
    Forgetting,
    Hit,
    Period,
    Person,
    Problem,
    Receipt,
    Record,
    Report,
    Which,
)
from darak.sdk.wire import Wire, given

_PAGE = 200
_EVERY = 0.1
"""Seconds between two looks at an import."""


def connect(url: str, key: str, *, timeout: float = 60.0) -> Life:
    """The life behind a running server, such as http://127.0.0.1:7340, with one of its API keys.

    `timeout` in seconds is for each request. Problem when the address is none, or would send the key readable over a
    network; whether a server answers is seen at the first call.
    """
    return RemoteLife(Wire(url, key, timeout))


class RemoteLife(Life):
    """May be used from several threads at once. What a key may not do is a Problem with status 403.

    `here` says that the server runs on this machine for this owner, so that it can read files where they lie.
    """

    def __init__(self, wire: Wire, *, here: bool = False) -> None:
        self._open_wire, self._here = wire, here
        self._closed = False

    def ask(
        self, question: str, *, now: datetime | None = None, conversation: str | None = None, model: bool = True
    ) -> Answer:
        asked: dict[str, Any] = {"question": question} | _now(now) | ({} if model else {"no_model": True})
        if conversation is not None:
            asked["conversation"] = None if conversation == NEW else conversation
        return read_answer(self._wire.post("/api/ask", asked))

    def conversations(self, search: str = "", *, limit: int = 50) -> tuple[Conversation, ...]:
        return read(
            self._wire.get("/api/conversations", search=search, limit=limit), shapes.Conversations
        ).conversations

    def search(
        self, query: str = "", *, limit: int = 10, context: int = 0, now: datetime | None = None, **which: Unpack[Which]
    ) -> tuple[Hit, ...]:
        asked: dict[str, Any] = {"query": query, "limit": limit, "context": context}
        return read(self._wire.post("/api/search", asked | given(which) | _now(now)), shapes.Hits).hits

    def record(self, record_id: str) -> Record:
        return read(self._wire.get(f"/api/records/{quote(record_id, safe='')}", before=0, after=0), Record)

    def timeline(self, by: Unit = "year", *, since: str | None = None, until: str | None = None) -> tuple[Period, ...]:
        if by != "day":
            return self._periods(by, since, until)
        years = [one.label for one in self._periods("year", since, until)]
        found: list[Period] = []
        for _, some in groupby(years, lambda year: year[:3]):  # a server tells the days of ten years at once
            first, *more = some
            last = more[-1] if more else first
            low = since if since is not None and since[:4] == first else first
            high = until if until is not None and until[:4] == last else last
            found += self._periods("day", low, high)
        return tuple(found)

    def _periods(self, by: Unit, since: str | None, until: str | None) -> tuple[Period, ...]:
        amounts = read(self._wire.get("/api/timeline", by=by, since=since, until=until), tuple[Amount, ...])
        return tuple(Period.of(one.period, one.records, one.samples) for one in amounts)

    def day(self, day: str, *, limit: int = 200) -> tuple[Record, ...]:
        found: list[Record] = []
        while len(found) < limit:
            path = f"/api/timeline/{quote(day, safe='')}"
            page = read(self._wire.get(path, offset=len(found), limit=min(_PAGE, limit - len(found))), shapes.Day)
            found += page.records
            if not page.records or len(found) >= page.total:
                break
        return tuple(found)

    def people(self) -> tuple[Person, ...]:
        found: list[Person] = []
        while True:
            page = read(self._wire.get("/api/people", offset=len(found), limit=_PAGE), shapes.People)
            found += [Person(one.person, one.name, one.handles, one.records, one.last) for one in page.people]
            if not page.people or len(found) >= page.total:
                return tuple(found)

    def import_(self, path: str | Path, *, on_progress: OnProgress | None = None) -> tuple[Report, ...]:
        path = Path(path).expanduser()
        if not path.exists():
            raise Problem(f"{path} does not exist.")
        if self._here:
            return self._followed(self._wire.post("/api/here/imports", {"path": str(path.absolute())}), on_progress)
        try:
            with _one_file(path) as file, file.open("rb") as stream:
                job = self._upload(file.name, stream, file.stat().st_size)
        except OSError as error:
            raise Problem(f"{path}: {error.strerror or error}") from error
        return self._followed(job, on_progress)

    def remember(self, text: str, *, title: str | None = None, via: str | None = None) -> Record:
        return read(self._wire.post("/api/remember", given({"text": text, "title": title, "via": via})), Record)

    def forgetting(
        self,
        *,
        words: str | None = None,
        records: Sequence[str] = (),
        metrics: Sequence[str] = (),
        everything: bool = False,
        **which: Unpack[Which],
    ) -> Forgetting:
        asked: dict[str, Any] = {"search": words, "records": list(records), "metrics": list(metrics)}
        asked |= {"everything": True} if everything else {}
        one = read(self._wire.post("/api/forget/preview", given(asked) | given(which)), shapes.Preview)
        return Forgetting(
            one.token,
            one.records,
            one.samples,
            one.unreadable_rows,
            one.first or "",
            one.last or "",
            one.attachments,
            one.by_source,
            one.ids,
        )

    def forget(self, forgetting: Forgetting, *, keep: Sequence[str] = (), confirm: Literal[True]) -> Receipt:
        check_confirmed(confirm)
        done = read(self._wire.post("/api/forget", {"token": forgetting.token, "keep": list(keep)}), shapes.Forgotten)
        time = str(done.receipt.get("time", ""))
        return Receipt(time, done.records, done.samples, done.unreadable_rows, done.files, done.receipt)

    def close(self) -> None:
        """Nothing is held open between two calls; further ones are refused."""
        self._closed = True

    @property
    def _wire(self) -> Wire:
        if self._closed:
            raise Problem("this life is closed; connect again")
        return self._open_wire

    def _followed(self, begun: Any, on_progress: OnProgress | None) -> tuple[Report, ...]:
        """The reports of an import when it has ended."""
        job = read(begun, shapes.Job)
        while job.state not in ("done", "incomplete", "failed", "stopped"):
            sleep(_EVERY)
            job = read(self._wire.get(f"/api/imports/{job.id}"), shapes.Job)
            if on_progress is not None:
                on_progress(job.source, job.done, job.total, job.items)
        if job.state in ("failed", "stopped"):
            raise Problem(job.problem or "the import was stopped; the same file again goes on from there")
        return job.reports

    def _upload(self, name: str, body: IO[bytes], size: int) -> Any:
        headers = {"Content-Type": "application/octet-stream", "Content-Length": str(size)}
        return self._wire.call("POST", f"/api/imports?{urlencode({'name': name})}", body, headers)


def _now(now: datetime | None) -> dict[str, str]:
    return {} if now is None else {"now": now.isoformat()}


@contextmanager
def _one_file(path: Path) -> Generator[Path]:
    """The path itself; a folder as a zip, for as long as it is sent."""
    if not path.is_dir():
        yield path
        return
    path = path.resolve()
    with tempfile.TemporaryDirectory() as folder:
        packed = Path(folder) / f"{path.name or 'folder'}.zip"
        with ZipFile(packed, "w", ZIP_DEFLATED, strict_timestamps=False) as archive:
            for file in sorted(path.rglob("*")):
                if file.is_file() and not file.is_symlink():  # which may point anywhere
                    archive.write(file, _readable(file.relative_to(path.parent).as_posix()))
        yield packed


def _readable(name: str) -> str:
    """A name as text; bytes of it that are none are told by their numbers, so that two such names stay two."""
    return "".join(f"%{ord(char) - 0xDC00:02x}" if "\udc80" <= char <= "\udcff" else char for char in name)
