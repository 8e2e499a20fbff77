"""The two ways in for a browser: the one-time link that `darak serve` opens, and the owner's password."""

from __future__ import annotations

from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from darak.server.address import welcome
from darak.server.neighbours import is_here

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
        return _too_often(wait)
    return HTMLResponse(sign_in_page(state.door.has_password), 401)


@router.get("/sign-in")
def show_form(request: Request) -> Response:
    return HTMLResponse(sign_in_page(request.app.state.door.has_password))


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    state = request.app.state
    address = request.client.host if request.client else ""
    fields = parse_qs((await request.body()).decode("utf-8", "replace"))
    if wait := state.door.throttle.attempt(address):  # counted before it is known to be wrong: many may come at once
        return _too_often(wait)
    session = await run_in_threadpool(state.door.sign_in, fields.get("password", [""])[0])
    if session is None:
        return HTMLResponse(sign_in_page(state.door.has_password), 401)
    state.door.throttle.passed(address)
    return welcome(state.address, session)


def sign_in_page(has_password: bool) -> str:
    """What somebody sees who is not signed in, in both languages."""
    form = (
        '<form method="post" action="/sign-in"><label>비밀번호 / Password '
        '<input type="password" name="password" autocomplete="current-password" required autofocus></label> '
        "<button>들어가기 / Sign in</button></form>"
    )
    return (
        '<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>Darak</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"></head><body><main><h1>다락 Darak</h1>'
        "<p>아직 들어오지 않았어요. 터미널에서 <code>darak serve</code>를 다시 실행하면 새 링크가 열려요.</p>"
        '<p lang="en">You are not signed in. Run <code>darak serve</code> again in a terminal: it opens a new link.</p>'
        f"{form if has_password else ''}</main></body></html>"
    )


def _too_often(wait: float) -> Response:
    return Response("429", 429, {"retry-after": str(int(wait) + 1)}, "text/plain")
