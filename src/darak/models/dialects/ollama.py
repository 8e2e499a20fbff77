"""Ollama's own API: there, unlike in its OpenAI-compatible one, the context can be made large enough for the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson
from msgspec import Struct, field

from darak.models.dialects.dialect import Gathering, Listed, Server, chats, decode, draft, failed_within, function_tools
from darak.models.request import Call, Message, Reply, Request, Rung, Text, Usage
from darak.models.tokens import estimate
from darak.models.wire import Draft, host_of

_CLOUD = "ollama.com"
_LEAST_CONTEXT = 4096
_REPLY = 1024
"""Tokens that a reply is given room for when its length is left open."""


class _Function(Struct):
    name: str
    arguments: Any = None


class _ToolCall(Struct):
    function: _Function


class _Said(Struct):
    content: str = ""
    tool_calls: list[_ToolCall] | None = None


class _Chunk(Struct):
    message: _Said = field(default_factory=_Said)
    done: bool = False
    done_reason: str | None = None
    prompt_eval_count: int | None = None
    eval_count: int | None = None
    error: str | None = None


class _Details(Struct):
    family: str | None = None


class _Model(Struct):
    name: str
    remote_host: str | None = None
    details: _Details | None = None


class _Models(Struct):
    models: list[_Model] | None = None


class _Shown(Struct):
    model_info: dict[str, Any] | None = None
    capabilities: list[str] | None = None
    remote_host: str | None = None


class _Embeddings(Struct):
    embeddings: list[list[float]]


class Ollama:
    """The dialect of `/api`; the server's URL has no path."""

    def list_models(self, server: Server) -> Draft:
        return draft(server, "/api/tags", "", "list of models")

    def read_models(self, body: bytes) -> list[Listed]:
        # Ollama passes requests for its cloud models on to another host.
        return [
            Listed(
                model.name,
                host=_host(model.remote_host),
                chats=chats(model.name) and not _family(model).endswith("bert"),
            )
            for model in decode(body, _Models).models or []
        ]

    def describe(self, server: Server, model: str) -> Draft:
        return draft(server, "/api/show", model, "look at the model", {"model": model})

    def read_described(self, body: bytes, model: str) -> Listed:
        told = decode(body, _Shown)
        windows = (value for key, value in (told.model_info or {}).items() if key.endswith(".context_length"))
        window, can = next((value for value in windows if isinstance(value, int)), None), told.capabilities
        host = _host(told.remote_host)
        if can is None:  # an older one
            return Listed(model, window, host, chats=chats(model))
        return Listed(model, window, host, tools="tools" in can, chats="completion" in can)

    def chat(self, server: Server, model: str, request: Request, context: int | None) -> Draft:
        options: dict[str, Any] = {"num_ctx": _context(request, context)}
        if request.max_tokens is not None:
            options["num_predict"] = request.max_tokens
        if request.temperature is not None:
            options["temperature"] = request.temperature
        if request.top_p is not None:
            options["top_p"] = request.top_p
        if request.stop:
            options["stop"] = list(request.stop)
        names = {call.id: call.name for message in request.messages for call in message.calls}
        body: dict[str, Any] = {
            "model": model,
            "messages": [_message(one, names) for one in request.messages],
            "stream": True,
            "options": options,
        }
        if request.tools:
            body["tools"] = function_tools(request.tools)
        if request.shape and request.shape.rung == "schema":
            body["format"] = request.shape.schema or "json"
        return draft(server, "/api/chat", model, request.purpose, body)

    def read_chat(self, lines: Iterable[bytes], model: str) -> Iterator[Text | Call | Reply]:
        reply = Gathering(model)
        for line in lines:
            chunk = decode(line, _Chunk)
            if chunk.error:
                raise failed_within(model, chunk.error)
            yield from reply.text(chunk.message.content)
            for call in chunk.message.tool_calls or []:
                reply.call("", call.function.name)
                given = call.function.arguments
                reply.arguments(given if isinstance(given, str) else orjson.dumps(given or {}).decode())
            if chunk.done:
                reply.usage = Usage(chunk.prompt_eval_count, chunk.eval_count)
                reply.stop = "length" if chunk.done_reason == "length" else "end"
        yield from reply.whole()

    def embed(self, server: Server, model: str, texts: Sequence[str], purpose: str) -> Draft:
        return draft(server, "/api/embed", model, purpose, {"model": model, "input": list(texts)})

    def read_embeddings(self, body: bytes) -> list[list[float]]:
        return decode(body, _Embeddings).embeddings

    def rungs(self, server: Server) -> tuple[Rung, ...]:
        return ("schema", "tools", "json")


def passed_on(model: str) -> str:
    """The host that Ollama passes a model of this name on to, whether it has it or not; "" for one of its own."""
    return _CLOUD if model.strip().casefold().endswith("cloud") else ""


def _host(told: str | None) -> str | None:
    return host_of(told) or told if told else None


def _family(model: _Model) -> str:
    return (model.details.family if model.details else None) or ""


def _context(request: Request, most: int | None) -> int:
    """Room for the request and its reply: a power of two, so that the model is not loaded anew for every length."""
    needed = sum(estimate(one.text) + 8 for one in request.messages) + (request.max_tokens or _REPLY)
    needed += sum(estimate(orjson.dumps(tool.parameters).decode() + tool.description) for tool in request.tools)
    room = _LEAST_CONTEXT
    while room < needed:
        room *= 2
    return min(room, most) if most else room


def _message(one: Message, names: dict[str, str]) -> dict[str, Any]:
    if one.role == "tool":
        return {"role": "tool", "tool_name": names.get(one.answers, ""), "content": one.text}
    message: dict[str, Any] = {"role": one.role, "content": one.text}
    if one.calls:
        message["tool_calls"] = [{"function": {"name": c.name, "arguments": dict(c.arguments)}} for c in one.calls]
    return message
