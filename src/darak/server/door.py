"""Signing in: one-time links that become a browser's session, the owner's password, and how often it may go wrong."""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_LINK_LIVES = 600.0
_SESSION_LIVES = 30 * 86400.0
"""Seconds without a request after which a browser has to sign in again."""
_MOST_SESSIONS = 100
_FAILURES, _WITHIN = 10, 60.0
"""So many failures within so many seconds, from one address, are waited out."""
_MOST_ADDRESSES = 10_000


class Throttle:
    """Counts what goes wrong, by the address it comes from; those of one network of IPv6 are one."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def wait(self, address: str) -> float:
        """Seconds until this address may try again; 0 when it may now."""
        with self._lock:
            return self._wait(self._recent(_network(address)))

    def failed(self, address: str) -> None:
        with self._lock:
            self._count(_network(address))

    def attempt(self, address: str) -> float:
        """The same as `wait`; where it may try now, the attempt counts as failed until `passed` says otherwise."""
        network = _network(address)
        with self._lock:
            wait = self._wait(self._recent(network))
            if not wait:
                self._count(network)
            return wait

    def passed(self, address: str) -> None:
        with self._lock:
            self._failures[_network(address)] = self._recent(_network(address))[:-1]

    def _wait(self, recent: list[float]) -> float:
        return recent[0] + _WITHIN - self._clock() if len(recent) >= _FAILURES else 0.0

    def _count(self, network: str) -> None:
        recent = self._recent(network)
        if len(self._failures) >= _MOST_ADDRESSES:
            self._failures.clear()
        self._failures[network] = [*recent, self._clock()][-_FAILURES:]

    def _recent(self, network: str) -> list[float]:
        return [then for then in self._failures.get(network, []) if self._clock() - then < _WITHIN]


@dataclass(slots=True)
class Rate:
    """At most `burst` at once, and `per_second` on average."""

    per_second: float
    burst: int
    _left: float = field(init=False)
    _then: float = field(init=False)

    def __post_init__(self) -> None:
        self._left, self._then = float(self.burst), time.monotonic()

    def take(self) -> float:
        """Takes one. Returns the seconds to wait when there is none left, else 0."""
        now = time.monotonic()
        self._left = min(self.burst, self._left + (now - self._then) * self.per_second)
        self._then = now
        if self._left < 1:
            return (1 - self._left) / self.per_second
        self._left -= 1
        return 0.0


class Door:
    """Who may come in. Secrets are kept as hashes, in this process only; `token` is for this machine's command line."""

    def __init__(self, password: str | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self.throttle = Throttle(clock)
        self.token = secrets.token_urlsafe(32)
        self._password = password
        self._clock = clock
        self._links: dict[bytes, float] = {}
        self._sessions: dict[bytes, float] = {}
        self._lock = threading.Lock()
        self._verifying = threading.Lock()

    @property
    def has_password(self) -> bool:
        return self._password is not None

    def link(self) -> str:
        """A new token that opens one session, once, within ten minutes."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            now = self._clock()
            self._links = {known: until for known, until in self._links.items() if until > now}
            self._links[_hash(token)] = now + _LINK_LIVES
        return token

    def enter(self, token: str) -> str | None:
        """The session that a link opens; None when it was used, is too old or none at all."""
        with self._lock:
            until = self._links.pop(_hash(token), 0.0)
        return self._new_session() if until > self._clock() else None

    def sign_in(self, password: str) -> str | None:
        """The session that the password opens; None when it is another."""
        if self._password is None:
            return None
        try:
            with self._verifying:  # one at a time: each takes 64 MB
                PasswordHasher().verify(self._password, password)
        except (VerificationError, InvalidHashError):
            return None
        return self._new_session()

    def knows_session(self, session: str) -> bool:
        with self._lock:
            known, now = _hash(session), self._clock()
            if self._sessions.get(known, 0.0) <= now:
                self._sessions.pop(known, None)
                return False
            self._sessions[known] = now + _SESSION_LIVES
            return True

    def knows_token(self, token: str) -> bool:
        return secrets.compare_digest(token.encode(), self.token.encode())

    def sign_out(self, session: str) -> None:
        with self._lock:
            self._sessions.pop(_hash(session), None)

    def _new_session(self) -> str:
        session = secrets.token_urlsafe(32)
        with self._lock:
            while len(self._sessions) >= _MOST_SESSIONS:
                del self._sessions[min(self._sessions, key=lambda known: self._sessions[known])]
            self._sessions[_hash(session)] = self._clock() + _SESSION_LIVES
        return session


def hash_password(password: str) -> str:
    """What is kept of a password: argon2id with its salt and cost."""
    return PasswordHasher().hash(password)


def _network(address: str) -> str:
    """What is counted as one place: a whole network of IPv6, of which one machine has any number of addresses."""
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if known.version == 6 and known.ipv4_mapped is None:
        return str(ipaddress.ip_network((known, 64), strict=False))
    return address


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
