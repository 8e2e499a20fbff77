"""What is kept and what left this machine; taking everything out; forgetting with a preview and a receipt."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import Response

from darak.records.receipt import FOLDER
from darak.records.record import KINDS
from darak.server.caller import Owner
from darak.server.house import House
from darak.server.pages.page import PageRoute, render
from darak.server.routes import forgetting, keeping, knowing
from darak.server.routes.forgetting import Confirmation, ForgetRequest

router = APIRouter(include_in_schema=False, route_class=PageRoute)
_LOG = 50


@router.get("/privacy")
def privacy_page(request: Request, caller: Owner) -> Response:
    house: House = request.app.state.house
    return render(
        request,
        "privacy.html",
        memory=knowing.status(request, caller),
        home=str(house.home),
        log=keeping.audit(request, caller, None, _LOG),
        kinds=KINDS,
    )


@router.get("/privacy/forget")
def preview_page(
    request: Request,
    caller: Owner,
    search: str = "",
    since: str = "",
    until: str = "",
    people: str = "",
    source: str = "",
    kind: str = "",
    record: Annotated[list[str], Query()] = [],  # noqa: B006
) -> Response:
    """Shows what would go, and changes nothing."""
    told = {"search": search.strip(), "since": since.strip() or None, "until": until.strip() or None}
    lists = {"records": record, "sources": [source], "kinds": [kind], "people": [people.strip()]}
    asked = told | {name: [one for one in values if one] for name, values in lists.items()}
    preview = forgetting.preview(request, caller, ForgetRequest.model_validate(asked))
    return render(request, "forget.html", preview=preview)


@router.post("/privacy/forget")
def forget_page(
    request: Request,
    caller: Owner,
    token: Annotated[str, Form()],
    shown: Annotated[list[str], Form()] = [],  # noqa: B006
    go: Annotated[list[str], Form()] = [],  # noqa: B006
) -> Response:
    """Erases what the preview has shown, but for the records whose box was cleared."""
    keep = sorted(set(shown) - set(go))
    receipt = forgetting.confirm(request, caller, Confirmation(token=token, keep=keep))
    house: House = request.app.state.house
    return render(request, "forgotten.html", receipt=receipt, path=str(house.home / FOLDER / receipt.name))
