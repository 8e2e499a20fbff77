"""Who is at the other end of a connection within this machine: its owner, or somebody else who works on it.

A browser hands its cookies to every port of a host, so that a program of a neighbour may get to see one. It is worth
nothing to them where the system tells whose a connection is, as Linux does.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from pathlib import Path

_UID, _INODE = 7, 9
_NOBODY = -1


def is_neighbour(peer: tuple[str, int], here: tuple[str, int]) -> bool:
    """Whether a connection from `peer` to `here`, both (address, port), is another user's of this machine.

    False for other machines, for the administrator, and where the system does not tell.
    """
    if not ipaddress.ip_address(peer[0].partition("%")[0]).is_loopback:
        return False
    try:
        owner = _owner(peer, here)
    except OSError:
        return False
    return owner not in (None, os.getuid(), 0)


def _owner(peer: tuple[str, int], here: tuple[str, int]) -> int | None:
    """The user whose socket the peer's end is; _NOBODY when its process has closed it, None when none is known."""
    for table, written in _TABLES:
        wanted = [written(*peer), written(*here)]
        for line in table.read_text("ascii").splitlines()[1:]:
            fields = line.split()
            if fields[1:3] == wanted:
                return int(fields[_UID]) if fields[_INODE] != "0" else _NOBODY
    return None


def _in_four(address: str, port: int) -> str:
    if ":" in address:
        return ""
    return f"{_words(socket.inet_pton(socket.AF_INET, address))}:{port:04X}"


def _in_six(address: str, port: int) -> str:
    whole = address if ":" in address else f"::ffff:{address}"
    return f"{_words(socket.inet_pton(socket.AF_INET6, whole))}:{port:04X}"


def _words(address: bytes) -> str:
    """Four bytes at a time, as numbers of this machine's byte order."""
    words = (int.from_bytes(address[at : at + 4], sys.byteorder) for at in range(0, len(address), 4))
    return "".join(f"{word:08X}" for word in words)


_TABLES = ((Path("/proc/net/tcp"), _in_four), (Path("/proc/net/tcp6"), _in_six))
