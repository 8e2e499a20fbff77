"""HTTP to a model's server: one request, its answer line by line, bounded in time and cancelled from any thread.

What may leave this machine is decided by a gate, before even the host's name is looked up. Redirections are not
followed and no proxy of the environment is used: a request goes to the host that the owner allowed, or nowhere.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Event, Lock
from urllib.parse import urlsplit

import orjson

from darak.models.problems import (
    Absent,
    BrokenOff,
    Busy,
    Cancelled,
    Denied,
    Garbled,
    Loading,
    ModelProblem,
    NotOffered,
    Refused,
    Silent,
    TooOften,
    Unreachable,
)

_MOST = 64 << 20
"""Bytes of an answer that are read at most."""
_LONG_LINE = 8 << 20
_NO_MODEL = re.compile(r"\bmodel\b.{0,200}(?:not found|does not exist)", re.IGNORECASE)
"""What llama.cpp with many models says of one that it lacks, with status 400."""
_LOADING = 1.0
"""Seconds after which a server that loads its model is asked again."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds: to connect, for the first byte, between bytes, for the whole; and how often to try.

    Between tries `backoff` doubles; a server that wants to be left alone longer than `longest_wait` is given up.
    A model on this machine may have to be loaded and to read a long text before its first byte; a server that says
    that it loads is asked again for as long as one that says nothing is waited for.
    """

    connect: float = 5
    first: float = 180
    between: float = 60
    whole: float = 900
    tries: int = 3
    backoff: float = 0.5
    longest_wait: float = 20


@dataclass(frozen=True, slots=True)
class Draft:
    """A request as it will be sent: all that leaves, except the key. `body` is JSON; empty for a GET."""

    url: str
    model: str
    purpose: str
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    secret: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Headers that carry the key, never shown or logged."""
    passed_on: str = ""
    """The host that the server passes the request on to, "" when it answers itself."""

    @property
    def host(self) -> str:
        return host_of(self.url)

    @property
    def leaves_to(self) -> str:
        """The host where its text ends up."""
        return self.passed_on or self.host

    def text(self) -> str:
        """The exact text that would leave, for the owner to read."""
        lines = [f"{'POST' if self.body else 'GET'} {self.url}", *(f"{name}: {value}" for name, value in self.headers)]
        return "\n".join([*lines, "", self.body.decode()]) if self.body else "\n".join(lines)


def host_of(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()


def named_host(words: str) -> str:
    """The host that a URL, a host with a port, or an address names; "" when that is none."""
    bare_ipv6 = words.count(":") > 1 and "/" not in words and "[" not in words
    try:
        host = words.lower() if bare_ipv6 else host_of(words if "://" in words else f"//{words}")
    except ValueError:
        return ""
    return host if host.isprintable() and not {" ", "/", "\\"} & set(host) else ""


def is_here(host: str) -> bool:
    """Whether a host name or address is this very machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Cancel:
    """Stops requests from any thread: what waits for the server wakes at once and raises Cancelled.

    `gently` says that whoever asks wants an answer still, only not from a model.
    """

    def __init__(self) -> None:
        self.gently = False
        self._event = Event()
        self._lock = Lock()
        self._sockets: set[socket.socket] = set()

    def cancel(self, *, gently: bool = False) -> None:
        self.gently = gently
        self._event.set()
        with self._lock:
            for one in self._sockets:
                with suppress(OSError):
                    socket.socket.shutdown(one, socket.SHUT_RDWR)  # under TLS too, without unwrapping it

    @property
    def cancelled(self) -> bool:
        return self._event.is_set()

    def check(self) -> None:
        if self.cancelled:
            raise Cancelled("Stopped.")

    def wait(self, seconds: float) -> None:
        """Waits that long, or until it is cancelled."""
        self._event.wait(seconds)
        self.check()

    @contextmanager
    def watching(self, one: socket.socket) -> Generator[None]:
        with self._lock:
            self._sockets.add(one)
        try:
            self.check()  # cancelled before the socket was known
            yield
        finally:
            with self._lock:
                self._sockets.discard(one)


class Answer:
    """A server's answer with status 200, while its connection is open."""

    def __init__(self, response: HTTPResponse, wait: Callable[[], None]) -> None:
        self._response, self._wait = response, wait

    def lines(self) -> Iterator[bytes]:
        """Its lines as they come, without line ends; empty ones are left out."""
        rest = b""
        while True:
            self._wait()
            chunk = self._response.read1(65536)
            if not chunk:
                break
            *lines, rest = (rest + chunk).split(b"\n")
            if len(rest) > _LONG_LINE:
                raise Garbled("The server's answer has a line without end.")
            yield from filter(None, map(bytes.strip, lines))
        if rest.strip():
            yield rest.strip()

    def body(self) -> bytes:
        self._wait()
        body = self._response.read(_MOST)
        if self._response.read(1):
            raise Garbled("The server's answer is too long.")
        return body


class Wire:
    """Sends drafts. `gate` is shown each one that would leave this machine; it raises NotAllowed or writes it down."""

    def __init__(self, gate: Callable[[Draft], None], patience: Patience | None = None) -> None:
        self._gate = gate
        self.patience = patience or Patience()

    @contextmanager
    def send(self, draft: Draft, cancel: Cancel) -> Generator[Answer]:
        """The answer to one request. Whatever goes wrong, also while it is read, is a ModelProblem."""
        loaded_by = time.monotonic() + self.patience.first
        if not is_here(draft.leaves_to):
            self._gate(draft)  # before a name is looked up
        while True:
            with ExitStack() as sent:
                try:
                    answer = sent.enter_context(self._sent(draft, cancel))
                except Loading:
                    if not is_here(draft.leaves_to) or time.monotonic() + _LOADING > loaded_by:
                        raise
                else:
                    yield answer
                    return
            cancel.wait(_LOADING)

    @contextmanager
    def _sent(self, draft: Draft, cancel: Cancel) -> Generator[Answer]:
        """The answer to a request that may leave, asked once."""
        end = time.monotonic() + self.patience.whole
        connection = self._connect(draft, cancel)
        try:
            wire = connection.sock
            with cancel.watching(wire):
                if is_here(draft.host) and not is_here(str(wire.getpeername()[0])):
                    raise Unreachable(f"{draft.host} is not this machine, though its name says so.")

                def wait() -> None:
                    cancel.check()
                    left = end - time.monotonic()
                    if left <= 0:
                        raise Silent(f"{draft.host} did not finish within {self.patience.whole:g} seconds.")
                    wire.settimeout(min(self.patience.between, left))

                wire.settimeout(min(self.patience.first, self.patience.whole))
                headers = {"Content-Type": "application/json"} if draft.body else {}
                headers |= dict((*draft.headers, *draft.secret))
                split = urlsplit(draft.url)
                path = (split.path or "/") + (f"?{split.query}" if split.query else "")
                connection.request("POST" if draft.body else "GET", path, draft.body or None, headers)
                response = connection.getresponse()
                if response.status != 200:
                    wait()
                    raise _status_problem(draft, response)
                yield Answer(response, wait)
        except ModelProblem:
            raise
        except (OSError, HTTPException) as error:
            if cancel.cancelled:
                raise Cancelled("Stopped.") from error
            if isinstance(error, TimeoutError):
                raise Silent(f"{draft.host} ({draft.model}) said nothing for too long.") from error
            raise BrokenOff(f"{draft.host} ({draft.model}) broke the connection off.") from error
        finally:
            connection.close()

    def _connect(self, draft: Draft, cancel: Cancel) -> HTTPConnection:
        cancel.check()
        split = urlsplit(draft.url)
        timeout = self.patience.connect
        if split.scheme == "https":
            connection = HTTPSConnection(draft.host, split.port, timeout=timeout, context=ssl.create_default_context())
        else:
            connection = HTTPConnection(draft.host, split.port, timeout=timeout)
        try:
            connection.connect()
        except ssl.SSLError as error:
            raise Unreachable(f"{draft.host} cannot prove that it is {draft.host}: {error.reason}.") from error
        except OSError as error:
            raise Unreachable(f"Nothing answers at {split.netloc}.") from error
        return connection


def _status_problem(draft: Draft, response: HTTPResponse) -> ModelProblem:
    told, status = _message(response.read(65536)), response.status
    who = f"{draft.host} ({draft.model})" if draft.model else draft.host
    problem, what = _kind_of(status, told, keyed=bool(draft.secret))
    why = f"{status}: {told}" if told else f"{status}"
    wait = _retry_after(response.headers.get("Retry-After"))
    return problem(f"{who} {what} ({why}).", told=told, retry_after=wait)


def _kind_of(status: int, told: str, *, keyed: bool) -> tuple[type[ModelProblem], str]:
    """What a status and a server's words mean."""
    if status == 501:
        return NotOffered, "does not offer this"
    if status == 503 and "loading" in told.casefold():
        return Loading, "is still loading its model"
    if status == 429:
        return TooOften, "is asked too often"
    if status >= 500:
        return Busy, "failed"
    if status in (401, 403):
        return Denied, "does not accept the key" if keyed else "wants a key"
    if status == 404 or (status == 400 and _NO_MODEL.search(told)):
        return Absent, "is not to be had"
    return (Denied, "is not to be had") if status == 402 else (Refused, "refused the request")


def _message(body: bytes) -> str:
    """What the server says of its error, short; "" when it says nothing readable."""
    try:
        told = orjson.loads(body)
    except ValueError:
        return ""
    where = told.get("signin_url") if isinstance(told, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    for key in ("error", "message", "detail"):
        told = told.get(key, told) if isinstance(told, dict) else told  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    if not isinstance(told, str):
        return ""
    return plain(f"{told}; sign in at {where}" if isinstance(where, str) else told)


def plain(told: str) -> str:
    """What a server says, short, on one line and without control characters."""
    return "".join(letter for letter in " ".join(told.split()) if letter.isprintable())[:300]


def _retry_after(value: str | None) -> float | None:
    """Seconds of a Retry-After header: a number, or the date to wait for."""
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None
