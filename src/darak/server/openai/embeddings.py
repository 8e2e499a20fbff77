"""`/v1/embeddings`: vectors from the owner's models."""

from __future__ import annotations

import base64
from typing import Literal

import numpy as np
from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from darak.models.models import Models
from darak.models.tokens import estimate
from darak.models.wire import Cancel
from darak.server.aloud import once
from darak.server.caller import Asks
from darak.server.openai import own
from darak.server.openai.errors import OPENAI, OpenAIRoute, Refusal
from darak.server.openai.speaking import model_called, stopping

router = APIRouter(prefix=OPENAI, include_in_schema=False, route_class=OpenAIRoute)


class EmbeddingsForm(BaseModel):
    model: str = Field(max_length=500)
    input: str | list[str]
    encoding_format: Literal["float", "base64"] = "float"
    dimensions: int | None = None


@router.post("/embeddings")
async def embed(request: Request, form: EmbeddingsForm, caller: Asks) -> Response:
    """A vector for each text, from the model of that name."""
    texts = [form.input] if isinstance(form.input, str) else form.input
    if not texts or not all(texts):
        raise Refusal(400, "input is a text, or several, of which none is empty.", param="input")
    if form.dimensions is not None:
        raise Refusal(400, "Vectors come as the model makes them; leave dimensions out.", param="dimensions")
    if form.model == own.NAME:
        raise Refusal(
            400, f"{own.NAME} is the memory, which makes no embeddings; name one of the models.", param="model"
        )
    models: Models = request.app.state.backends.models

    def vectors(cancel: Cancel) -> list[list[float]]:
        purpose = f"embeddings for a program: {caller.key}" if caller.key else "embeddings for a program"
        return model_called(models, form.model).embed(texts, purpose, cancel)

    made = await once(request, vectors, request.app.state.house.closing)
    if made is None:
        raise stopping()
    data = [
        {"object": "embedding", "index": place, "embedding": _encoded(vector, form.encoding_format)}
        for place, vector in enumerate(made)
    ]
    tokens = sum(map(estimate, texts))
    usage = {"prompt_tokens": tokens, "total_tokens": tokens}
    return JSONResponse({"object": "list", "data": data, "model": form.model, "usage": usage})


def _encoded(vector: list[float], form: str) -> list[float] | str:
    return vector if form == "float" else base64.b64encode(np.asarray(vector, "<f4").tobytes()).decode()
