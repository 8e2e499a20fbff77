"""Earlier conversations: a quiet list to search, go on with, or erase."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from darak.server.caller import Owner
from darak.server.pages.page import PageRoute, render
from darak.server.routes import conversations
from darak.server.routes.conversations import Keeping, Which

router = APIRouter(include_in_schema=False, route_class=PageRoute)
_PAGE = 50


@router.get("/conversations")
def conversations_page(request: Request, caller: Owner, search: str = "", offset: int = 0) -> Response:
    """The conversations, the latest first."""
    offset = max(0, min(offset, 1_000_000))
    told = conversations.list_all(request, caller, search[:1_000], _PAGE + 1, offset)
    return render(
        request,
        "conversations.html",
        conversations=told.conversations[:_PAGE],
        further=offset + _PAGE if len(told.conversations) > _PAGE else None,
        keeping=told.keeping,
        search=search,
    )


@router.post("/conversations/keeping")
def choose_keeping(request: Request, caller: Owner, keep: Annotated[bool, Form()]) -> Response:
    """Has conversations kept from now on, or not."""
    conversations.choose_keeping(request, caller, Keeping(keep=keep))
    return _back()


@router.post("/conversations/erase")
def erase_all(request: Request, caller: Owner) -> Response:
    """Erases all conversations."""
    conversations.delete_all(request, caller)
    return _back()


@router.post("/conversations/{conversation}/erase")
def erase_one(request: Request, caller: Owner, conversation: Which) -> Response:
    """Erases one conversation."""
    conversations.delete_one(request, caller, conversation)
    return _back()


def _back() -> Response:
    return RedirectResponse("/conversations", 303)
