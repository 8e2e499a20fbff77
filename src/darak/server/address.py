"""Where this server is reached, and the cookie that a browser is known by there."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from starlette.responses import RedirectResponse, Response


@dataclass(frozen=True, slots=True)
class Address:
    """Where this server is reached: by these names, or by an IP address when it is `open` to other machines."""

    scheme: str
    port: int
    names: frozenset[str] = frozenset({"127.0.0.1", "localhost", "[::1]"})
    open: bool = False

    @property
    def url(self) -> str:
        name = "127.0.0.1" if "127.0.0.1" in self.names else min(self.names, default="127.0.0.1")
        return f"{self.scheme}://{name}:{self.port}"

    @property
    def cookie(self) -> str:
        """The session's cookie; servers on other ports of this machine share the jar, so it bears the port."""
        return f"__Host-darak-{self.port}" if self.scheme == "https" else f"darak-{self.port}"

    def is_ours(self, host: str) -> bool:
        """Whether a Host header names this server."""
        name, colon, port = host.lower().rpartition(":")
        if not colon or (name.count(":") > 0 and not name.endswith("]")):
            name, port = host.lower(), "443" if self.scheme == "https" else "80"
        return port == str(self.port) and (name in self.names or (self.open and _is_ip(name)))


def welcome(address: Address, session: str) -> Response:
    """The response that hands a session to a browser, and goes on to the first page."""
    response = RedirectResponse("/", 303)
    response.set_cookie(
        address.cookie, session, max_age=30 * 86400, httponly=True, samesite="strict", secure=address.scheme == "https"
    )
    return response


def _is_ip(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
