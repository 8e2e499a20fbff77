"""What every request passes before anything else: the right host and origin, a bounded body, and somebody who may ask.

The page of another site that a browser has open cannot reach through it: a foreign Origin is refused, a name that was
pointed at this machine (DNS rebinding) is no Host of ours, and the session's cookie is never sent along from elsewhere.
"""

from __future__ import annotations

import math
from http.cookies import CookieError, SimpleCookie

from fastapi import HTTPException
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from darak.server.address import Address
from darak.server.caller import OWNER, Caller
from darak.server.door import Door, Rate
from darak.server.entrance import ENTRANCES
from darak.server.keys import Keys, Ledger
from darak.server.mcp.route import MCP
from darak.server.openai.errors import OPENAI, Refusal
from darak.server.pages.page import entrance_page

MOST_BODY = 1 << 20
"""Bytes of a request's body, but for uploads."""
UPLOADS = "/api/imports"
_APIS = ("/api", OPENAI, MCP)
_LOOKS = "/assets/"
"""Styles, scripts and fonts, the same for everybody; the entrance needs them, too."""
_SAFE = ("GET", "HEAD", "OPTIONS")
_NOT_FOREIGN = ("same-origin", "none")
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self';"
    " media-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
_API_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Gate:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, *, address: Address, door: Door, keys: Keys, ledger: Ledger) -> None:
        self._app, self._address = app, address
        self._door, self._keys, self._ledger = door, keys, ledger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        scope["darak.session"] = self._session(headers)
        status = 500

        async def send_safely(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._protect(scope, MutableHeaders(scope=message))
            await send(message)

        answer = self._refusal(scope, headers) or self._stranger(scope, headers)
        if answer is None:
            await self._app(scope, _bounded(scope, receive), send_safely)
        else:
            await answer(scope, receive, send_safely)
        caller: Caller | None = scope.get("darak.caller")
        if caller is not None and caller.key is not None:
            route = getattr(scope.get("route"), "path", "no such route")
            self._ledger.note(caller.key, f"{scope['method']} {route}", status)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """What is wrong with a request whoever sends it."""
        host, origin = headers.getlist("host"), headers.get("origin")
        if len(host) != 1 or not self._address.is_ours(host[0]):
            return _problem(scope, 421, "this server is not reached by that name")
        if origin is not None and origin.lower() != f"{self._address.scheme}://{host[0].lower()}":
            return _problem(scope, 403, "requests from other sites are refused")
        fetched = headers.get("sec-fetch-site", "none")
        if fetched not in _NOT_FOREIGN and (is_api(scope["path"]) or scope["method"] not in _SAFE):
            return _problem(scope, 403, "requests from other sites are refused")
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit():
            return _problem(scope, 400, "Content-Length is no number")
        if int(length) > MOST_BODY and scope["path"] != UPLOADS:
            return _problem(scope, 413, f"a request may have {MOST_BODY:,} bytes")
        return None

    def _stranger(self, scope: Scope, headers: Headers) -> Response | None:
        """Notes in the scope who asks; the refusal when that is nobody who may."""
        if scope["path"] in ENTRANCES or scope["path"].startswith(_LOOKS):
            return None
        address = scope["client"][0] if scope.get("client") else ""
        caller, rate = self._who(scope, headers)
        if caller is None:
            if not is_api(scope["path"]):
                return entrance_page(Request(scope), self._door.has_password)
            if wait := self._door.throttle.wait(address):
                return _wait(scope, wait)
            if "authorization" in headers or scope["darak.session"]:
                self._door.throttle.failed(address)
            return _problem(
                scope, 401, "sign in first, or send a key: Authorization: Bearer", {"www-authenticate": "Bearer"}
            )
        scope["darak.caller"] = caller
        if rate is not None and (wait := rate.take()):
            return _wait(scope, wait)
        if scope["darak.session"] and caller is OWNER and scope["method"] not in _SAFE and not _said_from(headers):
            return _problem(scope, 403, "a browser says where a request comes from")
        return None

    def _who(self, scope: Scope, headers: Headers) -> tuple[Caller | None, Rate | None]:
        kind, _, secret = headers.get("authorization", "").partition(" ")
        if kind:
            if kind.lower() != "bearer":
                return None, None
            scope["darak.session"] = None
            if self._door.knows_token(secret):
                return OWNER, None
            return self._keys.caller(secret) or (None, None)
        session = scope["darak.session"]
        return (OWNER if session and self._door.knows_session(session) else None), None

    def _session(self, headers: Headers) -> str | None:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(self._address.cookie)
        except CookieError:
            return None
        return cookie.value if cookie is not None else None

    def _protect(self, scope: Scope, headers: MutableHeaders) -> None:
        for name, value in _HEADERS.items():
            headers[name] = value
        headers["content-security-policy"] = _API_POLICY if is_api(scope["path"]) else _PAGE_POLICY
        if is_api(scope["path"]) or scope["path"] in ENTRANCES:
            headers["cache-control"] = "no-store"
        if self._address.scheme == "https":
            headers["strict-transport-security"] = "max-age=31536000"


def is_api(path: str) -> bool:
    """Whether programs ask there, not a browser's pages."""
    return path in _APIS or path.startswith(tuple(f"{one}/" for one in _APIS))


def _said_from(headers: Headers) -> bool:
    return "origin" in headers or headers.get("sec-fetch-site") == "same-origin"


def _problem(scope: Scope, status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    if scope["path"].startswith(f"{OPENAI}/"):
        return Refusal(status, detail, headers=headers).response()
    return JSONResponse({"detail": detail}, status, headers)


def _wait(scope: Scope, seconds: float) -> Response:
    return _problem(scope, 429, "too many requests; wait a little", {"retry-after": str(math.ceil(seconds))})


def _bounded(scope: Scope, receive: Receive) -> Receive:
    """The body, cut off with 413 where it grows too long; uploads have a bound of their own."""
    if scope["path"] == UPLOADS:
        return receive
    size = 0

    async def receive_bounded() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > MOST_BODY:
            raise HTTPException(413, f"a request may have {MOST_BODY:,} bytes")
        return message

    return receive_bounded
