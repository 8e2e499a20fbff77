"""Requests to a running server, with a key or as its owner: JSON out, JSON or bytes back, problems in a sentence."""

from __future__ import annotations

import ipaddress
import json
import ssl
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from copy import copy
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from time import sleep
from typing import IO, Any, cast
from urllib.parse import urlencode, urlsplit

from darak.sdk.results import Problem

_TRIES, _LONGEST_WAIT = 5, 10.0
"""How often, and for at most how many seconds each, a server is waited for that says it is asked too much."""
_PIECE = 1 << 16


class Unreachable(Problem):
    """No server answers there."""


class Wire:
    """One server, asked by anybody's threads. `timeout` in seconds is for each request.

    `certificate` (PEM) is the one it must show, whatever name it bears; else those that this machine trusts. Problem
    when the address is none, or would send the key readable over a network.
    """

    def __init__(self, url: str, key: str, timeout: float = 60.0, certificate: str | None = None) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Problem(f"{url!r} is no address of a server, such as http://127.0.0.1:7340")
        if parts.scheme == "http" and not _is_here(parts.hostname):
            raise Problem(f"{parts.hostname} is another machine: over http the key could be read on the way; use https")
        if not key.isascii() or not key.isprintable() or not key.strip():
            raise Problem("this is no key: it is empty, or has characters that no key has")
        self.url = f"{parts.scheme}://{parts.netloc}"
        self._place = parts.netloc.rpartition("@")[2]
        self._prefix = parts.path.rstrip("/")
        self._key, self._timeout = key, timeout
        self._tls = _tls(certificate) if parts.scheme == "https" else None

    def waiting(self, timeout: float) -> Wire:
        """The same server, waited for so many seconds."""
        other = copy(self)
        other._timeout = timeout
        return other

    def get(self, path: str, **query: Any) -> Any:
        """What a GET answers. Parameters that are None or empty are left out."""
        asked = urlencode(given(query))
        return self.call("GET", path + (f"?{asked}" if asked else ""))

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """What a POST of a JSON object answers."""
        return self.call("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def call(
        self, method: str, path: str, body: bytes | IO[bytes] | None = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        """The JSON that the server answers. Problem when it refuses, Unreachable when it does not answer."""
        for left in range(_TRIES - 1, -1, -1):
            with self._asked(method, path, body, headers or {}) as response:
                data = response.read()
                wait = response.getheader("Retry-After", "") if response.status in (429, 503) else ""
                if not (wait.isdigit() and left) or hasattr(body, "read"):
                    return _answered(response.status, data)
            sleep(min(float(wait), _LONGEST_WAIT))
        raise AssertionError("the last try has no wait")

    def stream(self, path: str) -> Generator[bytes]:
        """The bytes that a GET answers, piece by piece. Unreachable when they end before they are whole."""
        with self._asked("GET", path, None, {}) as response:
            if response.status >= 400:
                _answered(response.status, response.read())
            while piece := response.read1(_PIECE):
                yield piece

    def events(self, path: str, body: Mapping[str, Any]) -> Generator[tuple[str, Any]]:
        """The server-sent events that a POST of a JSON object answers, as they come: the name and the data of each."""
        name, headers = "", {"Content-Type": "application/json"}
        with self._asked("POST", path, json.dumps(body).encode(), headers) as response:
            if response.status >= 400:
                _answered(response.status, response.read())
            for line in response:
                field, _, value = line.decode().rstrip("\r\n").partition(": ")
                if field == "event":
                    name = value
                elif field == "data":
                    yield name, json.loads(value)

    @contextmanager
    def _asked(
        self, method: str, path: str, body: bytes | IO[bytes] | None, headers: Mapping[str, str]
    ) -> Generator[HTTPResponse]:
        connection = (
            HTTPConnection(self._place, timeout=self._timeout)
            if self._tls is None
            else HTTPSConnection(self._place, timeout=self._timeout, context=self._tls)
        )
        known = {"Authorization": f"Bearer {self._key}", "Accept": "application/json"}
        try:
            # A server that refuses an upload says so before it has read it all.
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.request(method, self._prefix + path, body, {**known, **headers})
            yield connection.getresponse()
        except (OSError, HTTPException) as error:
            raise Unreachable(f"no Darak answers at {self.url} ({error}); `darak serve` starts it") from error
        finally:
            connection.close()


def given(asked: Mapping[str, Any]) -> dict[str, Any]:
    """What was asked, without what was left open."""
    return {name: value for name, value in asked.items() if value is not None and value != [] and value != ""}


def _tls(certificate: str | None) -> ssl.SSLContext:
    if certificate is None:
        return ssl.create_default_context()
    context = ssl.create_default_context(cadata=certificate)
    context.check_hostname = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context


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


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
