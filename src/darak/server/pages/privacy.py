"""What is kept, what left this machine, who may ask; taking everything out; forgetting with preview and receipt."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Query, Request
from starlette.responses import RedirectResponse, Response

from darak.memory.to_forget import TYPED
from darak.records.receipt import FOLDER
from darak.records.record import KINDS
from darak.records.time import zone_info
from darak.server.caller import SCOPES, Owner
from darak.server.house import House
from darak.server.pages.page import PageRoute, language_of, render
from darak.server.pages.texts import text
from darak.server.routes import forgetting, keeping, knowing, leaving, session
from darak.server.routes.forgetting import Confirmation, ForgetRequest
from darak.server.routes.keeping import KeyRequest, NewKey
from darak.server.routes.leaving import Host, Rules

router = APIRouter(include_in_schema=False, route_class=PageRoute)
_LOG = 50
_SENT = 20


@router.get("/privacy")
def privacy_page(request: Request, caller: Owner, sent: int = 0) -> Response:
    """`sent` is how many of the latest requests that left are passed over."""
    return _page(request, caller, max(0, min(sent, 1_000_000_000)))


def _page(request: Request, caller: Owner, offset: int = 0, made: NewKey | None = None) -> Response:
    house: House = request.app.state.house
    memory = knowing.status(request, caller)

    def on_my_clock(utc: str) -> str:
        return datetime.fromisoformat(utc).astimezone(zone_info(memory.zone)).isoformat(timespec="minutes")

    return render(
        request,
        "privacy.html",
        memory=memory,
        home=str(house.home),
        log=keeping.audit(request, caller, None, _LOG),
        kinds=KINDS,
        leaving=leaving.leaving(request, caller),
        sent=leaving.sent(request, caller, offset, _SENT + 1),
        offset=offset,
        page=_SENT,
        keys=keeping.list_keys(request, caller),
        scopes=SCOPES,
        made=made,
        on_my_clock=on_my_clock,
    )


@router.post("/privacy/keep")
def keep(request: Request, caller: Owner, name: Annotated[str, Form()]) -> Response:
    leaving.keep(request, caller, Rules(names=[name]))
    return RedirectResponse("/privacy#leaving", 303)


@router.post("/privacy/share")
def share(request: Request, caller: Owner, name: Annotated[str, Form()]) -> Response:
    leaving.share(request, caller, Rules(names=[name]))
    return RedirectResponse("/privacy#leaving", 303)


@router.post("/privacy/forbid")
def forbid(request: Request, caller: Owner, host: Annotated[str, Form()]) -> Response:
    leaving.forbid(request, caller, Host(host=host))
    return RedirectResponse("/privacy#leaving", 303)


@router.post("/privacy/keys")
def make_key(
    request: Request,
    caller: Owner,
    name: Annotated[str, Form()],
    scope: Annotated[list[str], Form()] = [],  # noqa: B006
    source: Annotated[str, Form()] = "",
    since: Annotated[str, Form()] = "",
) -> Response:
    """Makes a key, and shows its secret this once."""
    told = {"name": name.strip(), "scopes": scope, "sources": [source] if source else None}
    made = keeping.make_key(request, caller, KeyRequest.model_validate(told | {"since": since.strip() or None}))
    return _page(request, caller, made=made)


@router.post("/privacy/keys/revoke")
def revoke_key(request: Request, caller: Owner, key: Annotated[int, Form()]) -> Response:
    keeping.revoke_key(request, caller, key)
    return RedirectResponse("/privacy#keys", 303)


@router.post("/privacy/sign-out")
def sign_out(request: Request, caller: Owner) -> Response:
    """Ends this browser's session, and shows the entrance."""
    left = session.sign_out(request, caller)
    response = RedirectResponse("/sign-in", 303)
    response.headers["set-cookie"] = left.headers["set-cookie"]
    return response


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
    everything: str = "",
) -> Response:
    """Shows what would go, and changes nothing. `everything` is the word that is typed for it."""
    if everything and everything.strip().lower() not in TYPED:
        raise HTTPException(422, text(language_of(request), "forget.all.type"))
    told = {"search": search.strip(), "since": since.strip() or None, "until": until.strip() or None}
    told |= {"everything": bool(everything)}
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
