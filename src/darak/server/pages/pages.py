"""The pages for a browser: every room of them, their assets, and the choice of the language."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import RedirectResponse, Response

from darak.server.pages import ask, conversations, guide, models, people, playground, privacy, sources, timeline
from darak.server.pages.page import COOKIE
from darak.server.pages.texts import LANGUAGES
from darak.server.routes import examples

_YEAR = 365 * 86400
router = APIRouter(include_in_schema=False)


@router.post("/language")
async def choose_language(request: Request) -> Response:
    """Keeps the language in a cookie, and goes back to the page where it was chosen."""
    fields = parse_qs((await request.body()).decode("utf-8", "replace"))
    language, back = fields.get("language", [""])[0], fields.get("back", ["/"])[0]
    where = urlsplit(back)
    path = where.path if where.path.startswith("/") and not where.path.startswith("//") else "/"
    response = RedirectResponse(f"{path}?{where.query}" if where.query else path, 303)
    if language in LANGUAGES:
        response.set_cookie(COOKIE, language, max_age=_YEAR, httponly=True, samesite="strict")
    return response


def add_pages(app: FastAPI) -> None:
    """Adds the pages to an application that has the API. Their assets are mounted at `/assets`."""
    rooms = (
        conversations.router,
        ask.router,
        timeline.router,
        people.router,
        sources.router,
        guide.router,
        privacy.router,
        models.router,
        playground.router,
    )
    for one in (examples.router, router, *rooms):
        app.include_router(one)
