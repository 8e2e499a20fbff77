"""`/v1/models`: the memory itself, what the owner has chosen, and what is on this machine."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from darak.models.models import Models
from darak.server.caller import Asks
from darak.server.openai import own
from darak.server.openai.errors import OPENAI, OpenAIRoute, Refusal

router = APIRouter(prefix=OPENAI, include_in_schema=False, route_class=OpenAIRoute)


@router.get("/models")
def list_models(request: Request, caller: Asks) -> dict[str, Any]:
    """Every name that `model` may have. No other machine is asked for it."""
    return {"object": "list", "data": [_shape(name) for name in _names(request.app.state.backends.models)]}


@router.get("/models/{name:path}")
def one_model(request: Request, name: str, caller: Asks) -> dict[str, Any]:
    if name not in _names(request.app.state.backends.models):
        raise Refusal(404, f"There is no model {name!r} here.", param="model", code="model_not_found")
    return _shape(name)


def _names(models: Models) -> list[str]:
    there = [name for found in models.here() for name in found.names()]
    return list(dict.fromkeys((own.NAME, *models.settings.order, *there)))


def _shape(name: str) -> dict[str, Any]:
    owner = own.NAME if name == own.NAME else name.partition("/")[0]
    return {"id": name, "object": "model", "created": 0, "owned_by": owner}
