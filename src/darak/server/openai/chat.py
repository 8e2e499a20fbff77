"""`/v1/chat/completions`."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncGenerator
from typing import Any, Literal

import orjson
from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, JsonValue
from starlette.responses import JSONResponse, Response, StreamingResponse

from darak.models.request import Call, Message, Shape, Text, Usage
from darak.server.caller import Asks
from darak.server.openai.asked import Asked, Content, Role, Sampling, asked, call_of, message_of, shape_of, text_of
from darak.server.openai.errors import OPENAI, OpenAIRoute, Refusal, refusal_of
from darak.server.openai.said import Said, Whole
from darak.server.openai.speaking import begun, speak, whole

router = APIRouter(prefix=OPENAI, include_in_schema=False, route_class=OpenAIRoute)


class Function(BaseModel):
    name: str
    arguments: str = ""


class ToolCall(BaseModel):
    id: str
    function: Function


class ChatMessage(BaseModel):
    role: Role
    content: Content = None
    tool_calls: list[ToolCall] | None = None
    tool_call_id: str = ""


class StreamOptions(BaseModel):
    include_usage: bool | None = None


class ChatForm(Sampling):
    """The body of a request, as far as it is heeded."""

    messages: list[ChatMessage] = Field(min_length=1)
    max_tokens: int | None = Field(None, ge=1)
    max_completion_tokens: int | None = Field(None, ge=1)
    stop: str | list[str] | None = Field(None)
    response_format: dict[str, JsonValue] | None = None
    stream_options: StreamOptions | None = None
    n: int | None = None
    logprobs: bool | None = None
    modalities: list[str] | None = None

    def asked(self) -> Asked:
        if self.n not in (None, 1) or self.logprobs or (self.modalities or ["text"]) != ["text"]:
            raise Refusal(400, "Only one reply is given, as text, without logprobs.", param="n")
        messages = [_message(one, f"messages.{place}") for place, one in enumerate(self.messages)]
        stop = [self.stop] if isinstance(self.stop, str) else self.stop or []
        return asked(self, messages, self._shape(), self.max_completion_tokens or self.max_tokens, stop)

    def _shape(self) -> Shape | None:
        told = self.response_format
        if told is not None and isinstance(inner := told.get("json_schema"), dict):
            told = {**inner, "type": told.get("type")}
        return shape_of(told, "response_format")


def _message(one: ChatMessage, where: str) -> Message:
    text = text_of(one.content, where)
    if one.role == "tool":
        return Message("tool", text, answers=one.tool_call_id)
    if one.role == "assistant" and one.tool_calls:
        calls = (call_of(call.id, call.function.name, call.function.arguments, where) for call in one.tool_calls)
        return Message("assistant", text, tuple(calls))
    return message_of(one.role, text)


@router.post("/chat/completions")
async def complete(request: Request, form: ChatForm, caller: Asks) -> Response:
    """A reply from the memory or a model, at once or as it comes."""
    saying = speak(request, caller, form.asked())
    head = {"id": f"chatcmpl-{secrets.token_hex(12)}", "created": int(time.time()), "model": form.model}
    if not form.stream:
        return JSONResponse(_completion(head, await whole(request, saying)))
    with_usage = bool(form.stream_options and form.stream_options.include_usage)
    chunks = _chunks(head, await begun(request, saying), with_usage)
    return StreamingResponse(chunks, media_type="text/event-stream")


def _completion(head: dict[str, Any], said: Whole) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": said.text or None, "refusal": None}
    message["annotations"] = _annotations(said)
    if said.calls:
        message["tool_calls"] = [_call(call) for call in said.calls]
    choice = {"index": 0, "message": message, "finish_reason": _reason(said), "logprobs": None}
    told = head | {"object": "chat.completion", "choices": [choice], "usage": _usage(said.usage)}
    return told | ({"darak": said.about} if said.about else {})


async def _chunks(head: dict[str, Any], saying: AsyncGenerator[Said, None], usage: bool) -> AsyncGenerator[bytes, None]:
    head = head | {"object": "chat.completion.chunk"}

    def chunk(delta: dict[str, Any], reason: str | None = None, **more: Any) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": reason, "logprobs": None}
        return _event(head | {"choices": [choice]} | ({"usage": None} if usage else {}) | more)

    yield chunk({"role": "assistant", "content": ""})
    calls = 0
    try:
        async for piece in saying:
            if isinstance(piece, Text):
                yield chunk({"content": piece.text})
            elif isinstance(piece, Call):
                yield chunk({"tool_calls": [{"index": calls} | _call(piece)]})
                calls += 1
            else:
                delta = {"annotations": _annotations(piece)} if piece.annotations else {}
                yield chunk(delta, _reason(piece), **({"darak": piece.about} if piece.about else {}))
                if usage:
                    yield _event(head | {"choices": [], "usage": _usage(piece.usage)})
    except Exception as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        yield _event({"error": refusal.error})
        return
    yield b"data: [DONE]\n\n"


def _event(value: dict[str, Any]) -> bytes:
    return b"data: %b\n\n" % orjson.dumps(value)


def _annotations(said: Whole) -> list[dict[str, Any]]:
    return [{"type": "url_citation", "url_citation": one.json()} for one in said.annotations]


def _call(call: Call) -> dict[str, Any]:
    function = {"name": call.name, "arguments": orjson.dumps(call.arguments).decode()}
    return {"id": call.id, "type": "function", "function": function}


def _reason(said: Whole) -> Literal["length", "tool_calls", "stop"]:
    return "length" if said.stop == "length" else "tool_calls" if said.calls else "stop"


def _usage(usage: Usage) -> dict[str, int] | None:
    """The counts of tokens; None where the model's server did not tell them."""
    if usage.read is None or usage.written is None:
        return None
    total = usage.read + usage.written
    return {"prompt_tokens": usage.read, "completion_tokens": usage.written, "total_tokens": total}
