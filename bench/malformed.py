"""Requests that no browser sends: broken HTTP over raw sockets, bodies that are no JSON, and those that never end."""

from __future__ import annotations

import json
import random
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from itertools import islice

PATHS = (
    *("/api/ask", "/api/ask/stream", "/api/search", "/api/remember", "/api/keys", "/api/forget", "/api/forget/preview"),
    *("/api/people/merge", "/api/people/rename", "/api/here/imports", "/api/imports", "/v1/chat/completions"),
)
ESCAPES = (
    *(
        "/../../etc/passwd",
        "/assets/../../../../etc/passwd",
        "/assets/%2e%2e/%2e%2e/keys.py",
        "/assets/..%2f..%2fapp.py",
    ),
    *("/assets//etc/passwd", "/assets/\\..\\..\\app.py", "/api/blobs/../../vault.db", "/api/blobs/%2e%2e%2fvault.db"),
    *(
        "/api/records/%00",
        "/api/records/" + "a" * 5000,
        "/%ff%fe",
        "/timeline/99999999999999999999",
        "/timeline/0/13/99",
    ),
    *("/people/-1", "/people/" + "9" * 400, "//evil.example/", "/?" + "q=" * 4000, "/api/timeline?by=%00&since=%f0%28"),
)
BODIES: tuple[bytes, ...] = (
    *(b"", b"{", b"[", b"null", b"\xff\xfe\xfd", b'{"query": "\xff"}', b'{"query": "\\ud800"}', b'{"query": 1e999}'),
    *(b'{"question": ["a"]}', b'{"question": {"a": 1}}', b"[" * 5000, b'{"a":' * 3000, b"\x00" * 100, b'{"limit": -1}'),
    *(b'{"text": "' + b"x" * 200_000 + b'"}', b'{"people": [1, 99999999999999999999]}', b'{"token": null}'),
    *(json.dumps({"path": "../../etc/passwd"}).encode(), json.dumps({"now": "9999-12-31", "question": "?"}).encode()),
)

_WAIT, _AT_ONCE = 2.0, 12
"""Seconds for which an answer is waited for, and how many are asked at once."""


def requests(host: str, token: str, seed: int) -> Iterator[bytes]:
    """One malformed request after the other, as bytes; half of them from somebody who may ask."""
    rng = random.Random(seed)

    def head(method: str, path: str, *more: str) -> bytes:
        known = [f"Host: {host}", f"Authorization: Bearer {rng.choice((token, token, token, 'wrong'))}", *more]
        return "\r\n".join([f"{method} {path} HTTP/1.1", *known, "", ""]).encode("latin-1", "replace")

    def noise() -> bytes:
        return rng.randbytes(rng.randrange(1, 2000))

    def broken_body() -> bytes:
        body = rng.choice(BODIES)
        kind = rng.choice(("application/json", "application/json", "text/plain", "multipart/form-data; boundary=", ""))
        length = rng.choice((len(body), len(body), len(body), len(body) + 10, max(0, len(body) - 3)))
        return head("POST", rng.choice(PATHS), f"Content-Type: {kind}", f"Content-Length: {length}") + body

    def broken_length() -> bytes:
        length = rng.choice(("-1", "abc", "99999999999999999999", "1e3", "", "0x10", "٣", "5, 6"))
        return head("POST", rng.choice(PATHS), f"Content-Length: {length}") + b"{}"

    def broken_chunks() -> bytes:
        chunks = (b"zz\r\n{}\r\n", b"-5\r\n", b"ffffffffffffffffff\r\n{}", b"2\r\n{}\r\n", b"2\r\n{}0\r\n\r\n")
        both = rng.choice(((), ("Content-Length: 2",)))
        return head("POST", rng.choice(PATHS), "Transfer-Encoding: chunked", *both) + rng.choice(chunks)

    def broken_head() -> bytes:
        line = rng.choice(
            ("X: " + "a" * 70_000, "Cookie: " + "a=b; " * 3000, "\x00: x", "no colon", " : ", "Host: evil")
        )
        return head("GET", "/api/status", line)

    def odd_cookie() -> bytes:
        value = rng.choice(("", "é", '"', "a" * 4000, ";;="))
        return head("GET", "/", f"Cookie: darak-{host.rpartition(':')[2]}={value}")

    makers: tuple[Callable[[], bytes], ...] = (
        *(noise, broken_body, broken_body, broken_body, broken_length, broken_chunks, broken_head, odd_cookie),
        lambda: head(rng.choice(("GET", "POST", "DELETE", "BREW", "G E T", "", "get")), rng.choice(ESCAPES)),
        lambda: head(rng.choice(("PUT", "PATCH", "TRACE", "OPTIONS", "CONNECT")), rng.choice(PATHS)),
        lambda: f"GET / HTTP/{rng.choice(('0.9', '2.0', '9.9', 'x'))}\r\nHost: {host}\r\n\r\n".encode(),
        lambda: head("GET", "/api/status")[: rng.randrange(1, 60)],
    )
    while True:
        yield rng.choice(makers)()


def send(address: tuple[str, int], request: bytes) -> int | None:
    """The status of the response; None when the connection is closed without one, or the server waits for more."""
    with socket.create_connection(address, timeout=10) as connection:
        try:
            connection.sendall(request)
            connection.settimeout(_WAIT)
            told = connection.recv(4096)
        except (ConnectionError, TimeoutError):
            return None
    first = told.partition(b"\r\n")[0].split()
    return int(first[1]) if len(first) > 1 and first[0].startswith(b"HTTP/") and first[1].isdigit() else None


def send_all(address: tuple[str, int], token: str, count: int, seed: int = 0) -> Counter[int | None]:
    """Sends `count` malformed requests, a few at a time; how often each status came back. Those that were answered with
    a fault of the server are printed."""
    statuses: Counter[int | None] = Counter()
    some = list(islice(requests(f"{address[0]}:{address[1]}", token, seed), count))
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for request, status in zip(some, threads.map(partial(send, address), some), strict=True):
            statuses[status] += 1
            if status is not None and status >= 500:
                print(status, request[:300])
    return statuses


def crawl(address: tuple[str, int], connections: int, seconds: float) -> int:
    """Opens connections that send a byte of a header now and then; how many the server has closed by then."""
    with ExitStack() as stack:
        slow = [stack.enter_context(socket.create_connection(address, timeout=10)) for _ in range(connections)]
        for one in slow:
            one.sendall(b"POST /api/ask HTTP/1.1\r\nHost: " + f"{address[0]}:{address[1]}".encode())
        closed: set[int] = set()
        until = time.monotonic() + seconds
        while time.monotonic() < until and len(closed) < connections:
            for number, one in enumerate(slow):
                if number not in closed:
                    try:
                        one.sendall(b"x")
                        one.setblocking(False)
                        if one.recv(4096) == b"":
                            closed.add(number)
                    except BlockingIOError:
                        pass
                    except OSError:
                        closed.add(number)
                    finally:
                        one.settimeout(10)
            time.sleep(0.5)
        return len(closed)
