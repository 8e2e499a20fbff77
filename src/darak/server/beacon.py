"""The file by which this machine's command line finds the running server: its address and the owner's token.

It lies in the vault's folder, only its owner may read it, and it goes when the server ends.
"""

from __future__ import annotations

import json
import os
import ssl
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

FILE = "server.json"
_PATIENCE = 60.0


class Unreachable(Exception):
    """No server answers there."""


class Refused(Exception):
    """The server did not do what was asked; the message says why."""


@dataclass(frozen=True, slots=True)
class Beacon:
    """Where a server listens on this machine, and the token that it takes for its owner's."""

    url: str
    token: str
    pid: int

    def call(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """What the server answers to a POST of the body, or to a GET without one. Unreachable or Refused if not."""
        request = Request(
            self.url + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        # No proxy of the surroundings gets to see the token.
        opener = build_opener(ProxyHandler({}))
        try:
            with opener.open(request, timeout=_PATIENCE) as response:
                return json.load(response)
        except HTTPError as error:
            try:
                raise Refused(str(json.load(error)["detail"])) from error
            except (ValueError, KeyError, TypeError):
                raise Refused(f"the server answered {error.code}") from error
        except (OSError, ssl.SSLError, ValueError) as error:
            raise Unreachable(str(error)) from error


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
    """The server of this vault, if one runs; a killed one may have left its file."""
    try:
        beacon = Beacon(**json.loads((home / FILE).read_bytes()))
        os.kill(beacon.pid, 0)
    except (OSError, ValueError, TypeError):
        return None
    return beacon
