"""Who is at the other end of a connection within this machine: its owner, or somebody else who works on it.

A browser hands its cookies to every port of a host, and the system shows to everybody with which link a browser was
started. To a neighbour both are worth nothing where the system tells whose a connection is, as Linux does.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import struct

_NETLINK_SOCK_DIAG, _SOCK_DIAG_BY_FAMILY, _REQUEST = 4, 20, 1
_HEADER = struct.Struct("=IHHII")
_ASKED = struct.Struct("=BBBxI")
_CONNECTION = struct.Struct("!HH16s16s4x8s")
_TOLD = struct.Struct(f"=4x{_CONNECTION.size}xIIIII")
"""Messages of the kernel's sock_diag(7): nlmsghdr, inet_diag_req_v2, inet_diag_sockid, inet_diag_msg."""
_ANY_STATE, _NO_COOKIE = 0xFFFFFFFF, b"\xff" * 8
_NOBODY = -1


def is_neighbour(peer: tuple[str, int], here: tuple[str, int]) -> bool:
    """Whether a connection from `peer` to `here`, both (address, port), is another user's of this machine.

    False for other machines, for the administrator, and where the system does not tell.
    """
    return is_here(peer[0]) and _owner(peer, here) not in (None, os.getuid(), 0)


def is_here(address: str) -> bool:
    """Whether what comes from this address comes from this machine, by whichever of its addresses; so does what has
    none."""
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return True
    known = getattr(known, "ipv4_mapped", None) or known
    if known.is_loopback:
        return True
    with socket.socket(socket.AF_INET6 if known.version == 6 else socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((address if known.version == 6 else str(known), 0))
        except OSError:  # no address of ours
            return False
    return True


def _owner(peer: tuple[str, int], here: tuple[str, int]) -> int | None:
    """The user whose socket the peer's end is; _NOBODY when its process has closed it, None when none is known."""
    if not hasattr(socket, "AF_NETLINK"):
        return None
    family = socket.AF_INET6 if ":" in peer[0] else socket.AF_INET
    ends = (socket.inet_pton(family, address).ljust(16, b"\0") for address in (peer[0], here[0]))
    asked = _ASKED.pack(family, socket.IPPROTO_TCP, 0, _ANY_STATE) + _CONNECTION.pack(
        peer[1], here[1], *ends, _NO_COOKIE
    )
    header = _HEADER.pack(_HEADER.size + len(asked), _SOCK_DIAG_BY_FAMILY, _REQUEST, 0, 0)
    try:
        with socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM, _NETLINK_SOCK_DIAG) as kernel:
            kernel.settimeout(1.0)
            kernel.sendall(header + asked)
            told = kernel.recv(4096)
    except OSError:
        return None
    if _HEADER.unpack_from(told)[1] != _SOCK_DIAG_BY_FAMILY:  # there is no such connection
        return None
    *_, user, inode = _TOLD.unpack_from(told, _HEADER.size)
    return user if inode else _NOBODY
