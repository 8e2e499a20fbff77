"""The application: every route behind one gate. Its OpenAPI document, /api/openapi.json, is the truth of the API."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import apsw
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from darak import __version__
from darak.importers.registry import load_importers
from darak.memory.named import UnknownName
from darak.memory.to_forget import Previews
from darak.models.problems import ModelProblem
from darak.records.storage import storage_problem
from darak.server import entrance
from darak.server.address import Address
from darak.server.answering import Answering
from darak.server.backends import Backends
from darak.server.caller import Caller
from darak.server.door import Door
from darak.server.gate import Gate, is_api
from darak.server.house import House
from darak.server.imports import Imports
from darak.server.keys import Keys, Ledger
from darak.server.mcp.route import route as mcp
from darak.server.openai import routes as openai
from darak.server.pages.page import problem_page
from darak.server.pages.pages import add_pages
from darak.server.readers import Busy
from darak.server.routes import (
    conversations,
    forgetting,
    here,
    imports,
    keeping,
    knowing,
    leaving,
    models,
    people,
    playground,
    records,
    remembering,
    session,
    timeline,
    worth,
)
from darak.server.shapes import Problem, wrongly_asked
from darak.server.talking import NoConversation, Talking

ASSETS = Path(__file__).parent / "pages" / "assets"
_ROUTERS = (
    knowing.router,
    conversations.router,
    records.router,
    timeline.router,
    people.router,
    imports.router,
    here.router,
    remembering.router,
    forgetting.router,
    keeping.router,
    models.router,
    worth.router,
    leaving.router,
    playground.router,
    session.router,
)
_NO_ROUTE = {404: "there is nothing at this address", 405: "this address takes other methods"}
_REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": meaning}
    for status, meaning in {
        400: "Not a request that can be understood",
        401: "Nobody is signed in, and no valid key was sent",
        403: "This key may not do that, or the request came from another site",
        404: "There is no such thing",
        409: "It cannot be done as things are now",
        413: "The request is too large",
        422: "Something that was asked for is not there, or is none",
        429: "Too many requests; Retry-After says how long to wait",
        503: "Too much is going on; try again in a moment",
        507: "The disk is full, damaged or may not be written",
    }.items()
}


def create_app(house: House, address: Address, door: Door, assets: Path = ASSETS) -> FastAPI:
    """The application for one open house. It is closed with `close_app`."""
    app = FastAPI(
        title="Darak",
        version=__version__,
        description="A personal memory on its owner's machine: search, cited answers, imports, forgetting.",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        responses=_REFUSALS,
        separate_input_output_schemas=False,
    )
    importers = cache(load_importers)  # later: it takes a second, which the first page need not wait
    state = app.state
    state.house, state.address, state.door = house, address, door
    state.keys, state.ledger = Keys(house), Ledger(house)
    state.backends = Backends(house)
    state.answering = Answering(house, state.backends.models)
    state.talking = Talking(house, state.answering)
    state.imports, state.previews = Imports(house, importers), Previews()
    for router in (*_ROUTERS, entrance.router, openai.router):
        app.include_router(router)
    app.router.routes.append(mcp)
    app.add_api_route("/api/openapi.json", _openapi, include_in_schema=False)
    if assets.is_dir():
        app.mount("/assets", StaticFiles(directory=assets))
    add_pages(app)
    for error, status in ((UnknownName, 422), (ModelProblem, 422), (Busy, 503)):
        app.add_exception_handler(error, _sentence(status))
    for error in (apsw.Error, OSError, ValueError):
        app.add_exception_handler(error, _disk)
    app.add_exception_handler(NoConversation, _no_conversation)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(HTTPException, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_middleware(Gate, address=address, door=door, keys=state.keys, ledger=state.ledger)
    return app


def close_app(app: FastAPI) -> None:
    """Ends what runs in the background; what was asked for is written down."""
    app.state.ledger.close()
    app.state.backends.close()
    app.state.house.close()


def _openapi(request: Request) -> Response:
    document = request.app.openapi()
    schemes = {
        "key": {"type": "http", "scheme": "bearer"},
        "session": {"type": "apiKey", "in": "cookie", "name": request.app.state.address.cookie},
    }
    document["components"]["securitySchemes"] = schemes
    document["security"] = [{"key": []}, {"session": []}]
    return JSONResponse(document)


def _sentence(status: int) -> Any:
    def respond(request: Request, error: Exception) -> Response:
        headers = {"retry-after": "5"} if status == 503 else None
        return JSONResponse({"detail": str(error)}, status, headers)

    return respond


def _disk(request: Request, error: Exception) -> Response:
    """Says what is wrong with the disk; what else these errors are is a fault of the program."""
    caller: Caller | None = request.scope.get("darak.caller")
    sentence = storage_problem(error, places=caller is not None and caller.key is None)
    if sentence is None:
        raise error
    if not is_api(request.url.path):
        return problem_page(request, 507, sentence)
    return JSONResponse({"detail": sentence}, 507)


def _no_conversation(request: Request, error: Exception) -> Response:
    return JSONResponse({"detail": "there is no such conversation"}, 404)


def _gone(request: Request, error: Exception) -> Response:
    """Nobody reads this: who was sending something has gone away before its end."""
    return Response(status_code=499)


def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if not is_api(request.url.path):
        return problem_page(request, error.status_code, error.detail)
    told = _NO_ROUTE.get(error.status_code, error.detail) if "route" not in request.scope else error.detail
    return JSONResponse({"detail": told}, error.status_code, error.headers)


def _invalid(request: Request, error: Exception) -> Response:
    """Says what is wrong, in one sentence, without repeating what was sent."""
    assert isinstance(error, RequestValidationError)
    told = dict.fromkeys(map(wrongly_asked, error.errors()))
    return JSONResponse({"detail": "; ".join([*told][:5])}, 422)
