"""Refusals as OpenAI's clients read them: `{"error": {"message", "type", "param", "code"}}`."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from darak.models import problems
from darak.models.problems import ModelProblem
from darak.records.storage import storage_problem
from darak.server.readers import Busy
from darak.server.shapes import wrongly_asked

OPENAI = "/v1"
_HALVES = re.compile(rb"\\u[dD][89a-fA-F]")
_TYPES = {
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    429: "rate_limit_error",
}
_STATUSES: tuple[tuple[type[ModelProblem], int, str], ...] = (
    (problems.NotAllowed, 403, "host_not_allowed"),
    (problems.Absent, 404, "model_not_found"),
    (problems.Denied, 502, "refused_by_server"),
    (problems.Refused, 400, "refused_by_server"),
    (problems.NotOffered, 400, "not_offered"),
    (problems.TooOften, 429, "rate_limit_exceeded"),
    (problems.Busy, 503, "server_busy"),
    (problems.Silent, 504, "server_silent"),
)
"""The status and code of what goes wrong with a model, the first that fits; 502 for the rest."""


class Refusal(Exception):
    """A request that is not taken: status, one sentence, and the field or the code that says more."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        param: str | None = None,
        code: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.message, self.param, self.code = status, message, param, code
        self.headers = headers

    @property
    def error(self) -> dict[str, Any]:
        """The object that stands under "error"."""
        kind = _TYPES.get(self.status, "invalid_request_error" if self.status < 500 else "server_error")
        return {"message": self.message, "type": kind, "param": self.param, "code": self.code}

    def response(self) -> Response:
        return JSONResponse({"error": self.error}, self.status, dict(self.headers or {}))


def refusal_of(error: Exception) -> Refusal | None:
    """How a problem of any layer is told; None for what is none of them."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, HTTPException):
        return Refusal(error.status_code, str(error.detail), headers=error.headers)
    if isinstance(error, Busy):
        return Refusal(503, str(error), code="busy", headers={"retry-after": "5"})
    if isinstance(error, RequestValidationError):
        first, *_ = error.errors()
        where = ".".join(map(str, first["loc"][1:])) or "the body"
        return Refusal(400, wrongly_asked(first), param=where)
    if isinstance(error, ModelProblem):
        status, code = next((told for kind, *told in _STATUSES if isinstance(error, kind)), (502, "server_failed"))
        headers: dict[str, str] = {}
        if isinstance(error, problems.Denied):
            headers["x-should-retry"] = "false"  # which the official client heeds
        if error.retry_after is not None:
            headers["retry-after"] = str(math.ceil(error.retry_after))
        return Refusal(int(status), str(error), code=str(code), headers=headers)
    sentence = storage_problem(error, places=False)
    return None if sentence is None else Refusal(507, sentence, code="storage", headers={"x-should-retry": "false"})


def _check(body: bytes) -> None:
    """Half a character, which only an escape can name, could be told to nobody."""
    if _HALVES.search(body):
        try:
            json.dumps(json.loads(body), ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            raise Refusal(400, "The body is not JSON, or has halves of characters in it.") from error


class OpenAIRoute(APIRoute):
    """A route that refuses as OpenAI does."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                _check(await request.body())
                return await handler(request)
            except Exception as error:
                refusal = refusal_of(error)
                if refusal is None:
                    raise
                return refusal.response()

        return handle
