"""A life that a running server holds, reached over its API."""

from __future__ import annotations

import ipaddress
import json
import shutil
import tempfile
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from itertools import groupby
from pathlib import Path
from time import sleep
from typing import IO, Any, Literal, Unpack, cast
from urllib.parse import quote, urlencode, urlsplit

from darak.records.codec import parse_record
from darak.records.record import Origin, record_id
from darak.sdk import shapes
from darak.sdk.life import Life, OnProgress, Unit, check_confirmed
from darak.sdk.notes import note_line
from darak.sdk.reading import read, read_answer
from darak.sdk.results import Answer, Forgetting, Hit, Period, Person, Problem, Receipt, Record, Report, Which
from darak.sdk.surroundings import moment, system_zone

_PAGE = 200
_EVERY = 0.1
"""Seconds between two looks at an import."""
_TRIES, _LONGEST_WAIT = 5, 10.0
"""How often, and for at most how many seconds each, a server is waited for that says it is asked too much."""


def connect(url: str, key: str, *, timeout: float = 60.0) -> Life:
    """The life behind a running server, such as http://127.0.0.1:7340, with one of its API keys.

    `timeout` in seconds is for each request. Problem when the address is none, or would send the key readable over a
    network; whether a server answers is seen at the first call.
    """
    return RemoteLife(url, key, timeout)


class RemoteLife(Life):
    """May be used from several threads at once. What a key may not do is a Problem with status 403."""

    def __init__(self, url: str, key: str, timeout: float) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Problem(f"{url!r} is no address of a server, such as http://127.0.0.1:7340")
        if parts.scheme == "http" and not _is_here(parts.hostname):
            raise Problem(f"{parts.hostname} is another machine: over http the key could be read on the way; use https")
        self._url = f"{parts.scheme}://{parts.netloc}"
        self._connection = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self._place = parts.netloc.rpartition("@")[2]
        self._prefix = parts.path.rstrip("/")
        self._key, self._timeout = key, timeout
        self._closed = False

    def ask(self, question: str, *, now: datetime | None = None) -> Answer:
        return read_answer(self._post("/api/ask", {"question": question} | _now(now)))

    def search(
        self, query: str = "", *, limit: int = 10, context: int = 0, now: datetime | None = None, **which: Unpack[Which]
    ) -> tuple[Hit, ...]:
        asked: dict[str, Any] = {"query": query, "limit": limit, "context": context}
        return read(self._post("/api/search", asked | _given(which) | _now(now)), shapes.Hits).hits

    def record(self, record_id: str) -> Record:
        return read(self._get(f"/api/records/{quote(record_id, safe='')}", before=0, after=0), Record)

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
        amounts = read(self._get("/api/timeline", by=by, since=since, until=until), tuple[shapes.Amount, ...])
        return tuple(Period.of(one.period, one.records, one.samples) for one in amounts)

    def day(self, day: str, *, limit: int = 200) -> tuple[Record, ...]:
        found: list[Record] = []
        while len(found) < limit:
            path = f"/api/timeline/{quote(day, safe='')}"
            page = read(self._get(path, offset=len(found), limit=min(_PAGE, limit - len(found))), shapes.Day)
            found += page.records
            if not page.records or len(found) >= page.total:
                break
        return tuple(found)

    def people(self) -> tuple[Person, ...]:
        found: list[Person] = []
        while True:
            page = read(self._get("/api/people", offset=len(found), limit=_PAGE), shapes.People)
            found += [Person(one.person, one.name, one.handles, one.records, one.last) for one in page.people]
            if not page.people or len(found) >= page.total:
                return tuple(found)

    def import_(self, path: str | Path, *, on_progress: OnProgress | None = None) -> tuple[Report, ...]:
        try:
            with _one_file(Path(path).expanduser()) as file, file.open("rb") as stream:
                job = self._upload(file.name, stream, file.stat().st_size)
        except FileNotFoundError as error:
            raise Problem(f"{path} does not exist.") from error
        except OSError as error:
            raise Problem(f"{path}: {error.strerror or error}") from error
        return self._followed(job, on_progress)

    def remember(self, text: str, *, title: str | None = None, via: str | None = None) -> Record:
        line = note_line(text, moment(None, system_zone()), title, via)
        data = json.dumps(line, ensure_ascii=False).encode() + b"\n"
        self._followed(self._upload("note.jsonl", data, len(data)), None)
        return self.record(record_id(parse_record(line, Origin("", ""))).hex())

    def forgetting(
        self,
        *,
        words: str | None = None,
        records: Sequence[str] = (),
        metrics: Sequence[str] = (),
        **which: Unpack[Which],
    ) -> Forgetting:
        asked: dict[str, Any] = {"search": words, "records": list(records), "metrics": list(metrics)}
        one = read(self._post("/api/forget/preview", _given(asked) | _given(which)), shapes.Preview)
        return Forgetting(one.token, one.records, one.samples, one.unreadable_rows, one.first or "", one.last or "")

    def forget(self, forgetting: Forgetting, *, confirm: Literal[True]) -> Receipt:
        check_confirmed(confirm)
        done = read(self._post("/api/forget", {"token": forgetting.token}), shapes.Forgotten)
        time = str(done.receipt.get("time", ""))
        return Receipt(time, done.records, done.samples, done.unreadable_rows, done.files, done.receipt)

    def close(self) -> None:
        """Nothing is held open between two calls; further ones are refused."""
        self._closed = True

    def _followed(self, job: shapes.Job, on_progress: OnProgress | None) -> tuple[Report, ...]:
        """The reports of an import when it has ended."""
        while job.state not in ("done", "incomplete", "failed", "stopped"):
            sleep(_EVERY)
            job = read(self._get(f"/api/imports/{job.id}"), shapes.Job)
            if on_progress is not None:
                on_progress(job.source, job.done, job.total, job.items)
        if job.state in ("failed", "stopped"):
            raise Problem(job.problem or "the import was stopped; the same file again goes on from there")
        return job.reports

    def _get(self, path: str, **query: Any) -> Any:
        given = urlencode(_given(query))
        return self._call("GET", path + (f"?{given}" if given else ""), None, {})

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        return self._call("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def _upload(self, name: str, body: bytes | IO[bytes], size: int) -> shapes.Job:
        headers = {"Content-Type": "application/octet-stream", "Content-Length": str(size)}
        return read(self._call("POST", f"/api/imports?{urlencode({'name': name})}", body, headers), shapes.Job)

    def _call(self, method: str, path: str, body: bytes | IO[bytes] | None, headers: dict[str, str]) -> Any:
        """The JSON that the server answers. Problem when it refuses, or does not answer."""
        if self._closed:
            raise Problem("this life is closed; connect again")
        for left in range(_TRIES - 1, -1, -1):
            connection = self._connection(self._place, timeout=self._timeout)
            try:
                response = _exchange(connection, method, self._prefix + path, body, self._headers(headers))
                data = response.read()
                wait = response.getheader("Retry-After", "") if response.status in (429, 503) else ""
                if wait.isdigit() and left and not hasattr(body, "read"):
                    sleep(min(float(wait), _LONGEST_WAIT))
                    continue
                return _answered(response.status, data)
            except (OSError, HTTPException) as error:
                raise Problem(f"no Darak answers at {self._url} ({error}); `darak serve` starts it") from error
            finally:
                connection.close()
        raise AssertionError("the last try has no wait")

    def _headers(self, headers: dict[str, str]) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._key}", "Accept": "application/json"} | headers


def _exchange(
    connection: HTTPConnection, method: str, path: str, body: bytes | IO[bytes] | None, headers: dict[str, str]
) -> HTTPResponse:
    # A server that refuses an upload says so before it has read it all.
    with suppress(BrokenPipeError, ConnectionResetError):
        connection.request(method, path, body, headers)
    return connection.getresponse()


def _answered(status: int, data: bytes) -> Any:
    try:
        answer: Any = json.loads(data) if data else None
    except ValueError as error:
        raise Problem("what answers there is no Darak", status) from error
    if status < 400:
        return answer
    detail = cast(dict[str, Any], answer).get("detail") if isinstance(answer, dict) else None
    if isinstance(detail, list):  # which fields are wrong, and why
        parts = cast(list[dict[str, Any]], detail)
        detail = "; ".join(f"{'.'.join(map(str, part.get('loc', ())[1:]))}: {part.get('msg')}" for part in parts)
    raise Problem(str(detail or f"the server answered {status}"), status)


def _given(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if value is not None and value != [] and value != ""}


def _now(now: datetime | None) -> dict[str, str]:
    return {} if now is None else {"now": now.isoformat()}


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@contextmanager
def _one_file(path: Path) -> Generator[Path]:
    """The path itself; a folder as a zip, for as long as it is sent."""
    if not path.is_dir():
        yield path
        return
    path = path.resolve()
    with tempfile.TemporaryDirectory() as folder:
        yield Path(shutil.make_archive(f"{folder}/{path.name or 'folder'}", "zip", path.parent, path.name or "."))
