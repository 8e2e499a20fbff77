"""Being signed in: further one-time links, and leaving."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import Response

from darak.server.address import Address
from darak.server.caller import Owner
from darak.server.door import Door

router = APIRouter(prefix="/api", tags=["session"])


class Link(BaseModel):
    """A link that signs one browser in, once, within ten minutes."""

    link: str


@router.post("/links")
def make_link(request: Request, caller: Owner) -> Link:
    """A link for another browser of this machine."""
    address: Address = request.app.state.address
    door: Door = request.app.state.door
    return Link(link=f"{address.url}/enter?token={door.link()}")


@router.post("/sign-out", status_code=204)
def sign_out(request: Request, caller: Owner) -> Response:
    """Ends this browser's session."""
    session: str | None = request.scope["darak.session"]
    if session is not None:
        request.app.state.door.sign_out(session)
    response = Response(status_code=204)
    response.delete_cookie(request.app.state.address.cookie)
    return response
