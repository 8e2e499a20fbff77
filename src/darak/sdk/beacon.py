"""The file by which programs of the owner on this machine find the running server: its address and the owner's token.

It lies in the vault's folder, only its owner may read it, and it goes when the server ends.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from darak.records.vault import LOCK
from darak.sdk.wire import Wire

FILE = "server.json"


@dataclass(frozen=True, slots=True)
class Beacon:
    """Where a server listens on this machine, the token that it takes for its owner's, and over TLS its certificate."""

    url: str
    token: str
    pid: int
    certificate: str | None = None

    def wire(self) -> Wire:
        """The way to this server, as its owner."""
        return Wire(self.url, self.token, certificate=self.certificate)


def light(home: Path, beacon: Beacon) -> None:
    """Puts the file there, readable for its owner alone from the first moment."""
    part = home / f".{FILE}.part"
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        json.dump(asdict(beacon), stream)
    part.replace(home / FILE)


def put_out(home: Path) -> None:
    (home / FILE).unlink(missing_ok=True)


def find(home: Path) -> Beacon | None:
    """The server that has this vault; a killed one may have left its file, but it no longer holds the lock."""
    try:
        beacon = Beacon(**json.loads((home / FILE).read_bytes()))
        os.kill(beacon.pid, 0)
        holder = int((home / LOCK).read_text())
    except (OSError, ValueError, TypeError):
        return None
    return beacon if beacon.pid == holder else None
