"""The two ways in for a browser: the one-time link that `darak serve` opens, and the owner's password."""

from __future__ import annotations

from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from darak.server.address import welcome
from darak.server.neighbours import is_here
from darak.server.pages.page import entrance_page

ENTRANCES = ("/enter", "/sign-in")
"""The only paths that ask nobody who they are."""

router = APIRouter(include_in_schema=False)


@router.get("/enter")
def open_link(request: Request, token: str = "") -> Response:
    """A link is for this machine's browsers: somebody else here who sees one has no connection, and none elsewhere."""
    state = request.app.state
    address = request.client.host if request.client else ""
    session = state.door.enter(token) if is_here(address) else None
    if session is not None:  # whatever else came from there: the page of another site can have any link opened
        return welcome(state.address, session)
    if wait := state.door.throttle.attempt(address):
        return _too_often(request, wait)
    return entrance_page(request, state.door.has_password)


@router.get("/sign-in")
def show_form(request: Request) -> Response:
    return entrance_page(request, request.app.state.door.has_password, status=200)


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    state = request.app.state
    address = request.client.host if request.client else ""
    fields = parse_qs((await request.body()).decode("utf-8", "replace"))
    if wait := state.door.throttle.attempt(address):  # counted before it is known to be wrong: many may come at once
        return _too_often(request, wait)
    session = await run_in_threadpool(state.door.sign_in, fields.get("password", [""])[0])
    if session is None:
        return entrance_page(request, state.door.has_password, "entrance.wrong")
    state.door.throttle.passed(address)
    return welcome(state.address, session)


def _too_often(request: Request, wait: float) -> Response:
    refused = entrance_page(request, request.app.state.door.has_password, "entrance.often", 429)
    refused.headers["retry-after"] = str(int(wait) + 1)
    return refused
