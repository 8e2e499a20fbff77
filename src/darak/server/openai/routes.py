"""Every route of the OpenAI-compatible API."""

from __future__ import annotations

from fastapi import APIRouter, Request

from darak.server.openai import chat, embeddings, listing, responses
from darak.server.openai.errors import OPENAI, OpenAIRoute, Refusal

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]

router = APIRouter()
nothing = APIRouter(prefix=OPENAI, include_in_schema=False, route_class=OpenAIRoute)


@nothing.api_route("/{path:path}", methods=_METHODS)
def unknown(request: Request, path: str) -> None:
    raise Refusal(404, f"There is no {request.method} {OPENAI}/{path} here.", code="unknown_url")


for one in (listing.router, chat.router, responses.router, embeddings.router, nothing):
    router.include_router(one)
