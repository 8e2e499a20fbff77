"""Which language models are used, if any: found, chosen, put in order, tested; and the yes for a host, seen first."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Form, Request
from msgspec import Struct
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from darak.models.model import dialect_of
from darak.models.problems import ModelProblem, NotAllowed
from darak.models.wire import host_of
from darak.server.caller import Owner
from darak.server.pages.page import PageRoute, language_of, render
from darak.server.routes import leaving, models, worth
from darak.server.routes.examples import examples
from darak.server.routes.leaving import Asking, Host, Rules
from darak.server.routes.models import CheckShape, Choice, Failure, NewServer, Tested, Use, backends_of
from darak.server.routes.worth import Examining, WorthShape

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Name = Annotated[str, Form(max_length=300)]
SHELTERED = ("health", "money")
"""The topics that the question for a yes offers to keep home."""


class Checks(BaseModel):
    """A test so far, as its stream of events has told it."""

    model: str
    checks: list[CheckShape]
    ended: Tested | None = None
    failure: Failure | None = None


class Worth(BaseModel):
    """What a model is worth beside none, as its stream of events has told it; `graded` is None before it begins."""

    model: str
    graded: Examining | None = None
    worth: WorthShape | None = None
    failure: Failure | None = None


@router.get("/models")
def models_page(request: Request, caller: Owner) -> Response:
    return _page(request, caller)


@router.post("/models/use")
def use(request: Request, caller: Owner, model: Name) -> Response:
    """Puts a model first. Where it runs on a host without the owner's yes, that is asked for first."""
    chosen = backends_of(request).models
    try:
        backends_of(request).ready(model)
    except NotAllowed as missing:
        return _ask_first(missing.host, model)
    models.use(request, caller, Use(models=[model, *(one for one in chosen.settings.order if one != model)]))
    return _back()


@router.post("/models/move")
def move(
    request: Request, caller: Owner, model: Name, way: Annotated[Literal["up", "down", "off"], Form()]
) -> Response:
    order = list(backends_of(request).models.settings.order)
    if model in order:
        place = order.index(model)
        order.remove(model)
        if way != "off":
            order.insert(max(0, place - 1) if way == "up" else place + 1, model)
        models.use(request, caller, Use(models=order))
    return _back()


@router.post("/models/back")
def back(request: Request, caller: Owner) -> Response:
    models.back(request, caller)
    return _back()


@router.post("/models/add")
def add(
    request: Request,
    caller: Owner,
    url: Annotated[str, Form()],
    name: Name = "",
    kind: Name = "",
    key: Annotated[str, Form()] = "",
) -> Response:
    """Adds a server; its host's yes is asked for at once."""
    told = {"url": url.strip(), "name": name.strip() or None, "kind": kind or None, "key": key.strip() or None}
    try:
        added = models.add(request, caller, NewServer.model_validate(told))
    except ModelProblem as problem:
        return _page(request, caller, added=told, failure=Failure.of(problem))
    if not added.allowed:
        return _ask_first(added.host)
    return _back()


@router.post("/models/key")
def keep_key(request: Request, caller: Owner, server: Name, key: Annotated[str, Form()]) -> Response:
    models.keep_key(request, caller, models.NewKey(server=server, key=key.strip()))
    return _back()


@router.post("/models/remove")
def remove(request: Request, caller: Owner, server: Name) -> Response:
    models.remove(request, caller, models.ServerName(server=server))
    return _back()


@router.post("/models/test")
def test_page(request: Request, caller: Owner, model: Name) -> Response:
    """The whole test at once, for a browser that runs no scripts."""
    checks: list[CheckShape] = []
    try:
        told = Checks(model=model, checks=checks, ended=models.test(backends_of(request), model, checks.append))
    except NotAllowed as missing:
        return _ask_first(missing.host)
    except ModelProblem as problem:
        told = Checks(model=model, checks=checks, failure=Failure.of(problem))
    return _page(request, caller, tested=model, test=told)


@router.post("/models/checks")
def checks_part(request: Request, caller: Owner, test: Checks) -> Response:
    """A test as the page shows it, as far as it is."""
    return render(request, "checks.html", test=test)


@router.post("/models/worth")
def worth_page(request: Request, caller: Owner, model: Name) -> Response:
    """The same of what a model is worth here; it takes some minutes."""
    try:
        told = Worth(model=model, worth=worth.worth(backends_of(request), model, lambda _: None))
    except NotAllowed as missing:
        return _ask_first(missing.host)
    except ModelProblem as problem:
        told = Worth(model=model, failure=Failure.of(problem))
    return _page(request, caller, tested=model, compared=told)


@router.post("/models/compared")
def compared_part(request: Request, caller: Owner, compared: Worth) -> Response:
    """The comparison as the page shows it, as far as it is."""
    return render(request, "worth.html", compared=compared)


@router.get("/models/allow")
def ask_yes(request: Request, caller: Owner, host: str, model: str = "") -> Response:
    """Shows what would leave to a host, and asks. Nothing is sent for it."""
    at_host = [one for one in backends_of(request).models.servers() if one.kind != "gguf" and host_of(one.url) == host]
    exact = [("list", dialect_of(server).list_models(server).text()) for server in at_host]
    name = model or next((f"{server.name}/…" for server in at_host), "")
    questions = examples(request, caller, language_of(request)).questions
    if name and questions:
        draft = leaving.draft(request, caller, Asking(model=name, question=questions[0]))
        exact += [("example", draft.text)] if draft.text else []
    return consent(request, caller, host, exact, action="/models/allow", hidden={"model": model})


@router.post("/models/allow")
def say_yes(
    request: Request,
    caller: Owner,
    host: Name,
    model: Name = "",
    home: Annotated[list[str], Form()] = [],  # noqa: B006
) -> Response:
    """The owner's yes for a host; a model that waited for it is used from now on."""
    allow(request, caller, host, home)
    return use(request, caller, model) if model else _back()


def consent(
    request: Request, caller: Owner, host: str, exact: list[tuple[str, str]], action: str, hidden: dict[str, Any]
) -> Response:
    """The question for a yes; the form goes to `action` with the fields in `hidden`."""
    chosen = backends_of(request).models
    settings = chosen.settings
    return render(
        request,
        "allow.html",
        host=host,
        exact=[(what, spoken(text), text) for what, text in exact],
        action=action,
        hidden={name: value for name, value in hidden.items() if value not in (None, "")},
        plain=any(one.url.startswith("http:") and host_of(one.url) == host for one in chosen.servers()),
        sheltered=SHELTERED,
        kept=settings.home,
        first_yes=not settings.allowed,
    )


def spoken(draft: str) -> list[tuple[str, str]]:
    """What a draft says in its messages, as roles and texts; empty when it has none."""
    body = draft.partition("\n\n")[2]
    if not body:
        return []
    told = msgspec.json.decode(body, type=_Body)
    system = [_Message("system", told.system)] if told.system else []
    return [
        (one.role, one.content if isinstance(one.content, str) else _joined(one.content))
        for one in (*system, *told.messages)
    ]


class _Part(Struct):
    text: str = ""


class _Message(Struct):
    role: str
    content: str | list[_Part] = ""


class _Body(Struct):
    """The messages in the body of a request, in any of the dialects."""

    system: str | list[_Part] = ""
    messages: list[_Message] = []


def _joined(parts: list[_Part]) -> str:
    return "\n".join(part.text for part in parts)


def allow(request: Request, caller: Owner, host: str, home: list[str]) -> None:
    """The yes, and what stays home all the same; what was not ticked is left as it was."""
    if home:
        leaving.keep(request, caller, Rules(names=home))
    leaving.allow(request, caller, Host(host=host))


def _page(
    request: Request,
    caller: Owner,
    *,
    added: dict[str, Any] | None = None,
    failure: Failure | None = None,
    tested: str = "",
    test: Checks | None = None,
    compared: Worth | None = None,
) -> Response:
    choice: Choice = models.models(request, caller)
    known = {model.name: (server, model) for server in choice.servers for model in server.models}
    return render(
        request,
        "models.html",
        status=422 if failure else 200,
        choice=choice,
        known=known,
        kinds=models.KINDS,
        added=added or {},
        failure=failure,
        tested=tested,
        test=test,
        compared=compared,
    )


def _ask_first(host: str, model: str = "") -> Response:
    """Leads to the question for a yes; `model` waits for it."""
    return RedirectResponse(f"/models/allow?{urlencode({'host': host, 'model': model})}", 303)


def _back() -> Response:
    return RedirectResponse("/models", 303)
