"""One model, asked directly: the words as they come, what they cost, and the same request as code."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from darak.models.problems import ModelProblem
from darak.server.address import Address
from darak.server.caller import Owner
from darak.server.pages.code import curl, python
from darak.server.pages.models import allow, consent
from darak.server.pages.page import PageRoute, render
from darak.server.routes import models, playground
from darak.server.routes.leaving import Draft
from darak.server.routes.models import Failure, backends_of
from darak.server.routes.playground import OWN, Play, Played

router = APIRouter(include_in_schema=False, route_class=PageRoute)


def _form(
    model: Annotated[str, Form()],
    prompt: Annotated[str, Form()],
    system: Annotated[str, Form()] = "",
    temperature: Annotated[str, Form()] = "",
    max_tokens: Annotated[str, Form()] = "",
) -> Play:
    """The fields of the form; an empty number is left to the server."""
    numbers = {"temperature": temperature.strip() or None, "max_tokens": max_tokens.strip() or None}
    told = {"model": model, "prompt": prompt.replace("\r\n", "\n"), "system": system.replace("\r\n", "\n")}
    return Play.model_validate(told | numbers)


Asked = Annotated[Play, Depends(_form)]


@router.get("/playground")
def playground_page(request: Request, caller: Owner, model: str = "") -> Response:
    return _page(request, caller, {"model": model})


@router.post("/playground")
def play_page(
    request: Request,
    caller: Owner,
    asked: Asked,
    host: Annotated[str, Form()] = "",
    home: Annotated[list[str], Form()] = [],  # noqa: B006
) -> Response:
    """The whole reply at once, for a browser that runs no scripts. `host` brings the owner's yes along."""
    if host:
        allow(request, caller, host, home)
    draft = playground.draft(request, caller, asked)
    if draft.leaves and not draft.allowed:
        return _consent(request, caller, asked, draft)
    try:
        played = playground.play(request, asked, lambda _: None)
    except ModelProblem as problem:
        return _page(request, caller, asked.model_dump(), failure=Failure.of(problem))
    return _page(request, caller, asked.model_dump(), played=played)


@router.post("/playground/consent")
def consent_part(request: Request, caller: Owner, asked: Asked) -> Response:
    """The question for a yes, with exactly what this request would send."""
    return _consent(request, caller, asked, playground.draft(request, caller, asked))


@router.post("/playground/code")
def code_part(request: Request, caller: Owner, asked: Play) -> Response:
    """The request as code, while it is being written."""
    return render(request, "code.html", code=_code(request, asked))


@router.post("/playground/played")
def played_part(request: Request, caller: Owner, played: Played) -> Response:
    """A reply as the page shows it: what its stream of events ended with."""
    return render(request, "played.html", played=played)


def _consent(request: Request, caller: Owner, asked: Play, draft: Draft) -> Response:
    exact = [("prompt", draft.text)] if draft.text else []
    return consent(request, caller, draft.host, exact, action="/playground", hidden=asked.model_dump())


def _page(
    request: Request,
    caller: Owner,
    told: dict[str, Any],
    *,
    played: Played | None = None,
    failure: Failure | None = None,
) -> Response:
    choice = models.models(request, caller)
    order = backends_of(request).models.settings.order
    there = [model for server in choice.servers for model in server.models if model.chats]
    names = sorted((one.name for one in there), key=lambda name: order.index(name) if name in order else len(order))
    told = {"prompt": "", "system": "", "temperature": None, "max_tokens": None} | told
    if told["model"] not in (*names, OWN):
        told["model"] = names[0] if names else OWN
    return render(
        request,
        "playground.html",
        names=names,
        own=OWN,
        told=told,
        away={one.name: one.host for one in there if not one.here},
        played=played,
        failure=failure,
        code=_code(request, Play.model_validate(told | {"prompt": told["prompt"] or "…"})),
    )


def _code(request: Request, asked: Play) -> dict[str, str]:
    address: Address = request.app.state.address
    return {"curl": curl(asked, address.url), "python": python(asked, address.url)}
