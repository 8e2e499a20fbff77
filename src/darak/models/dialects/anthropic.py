"""Anthropic's messages API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from msgspec import Struct

from darak.models.dialects.dialect import DONE, Gathering, Listed, Server, decode, draft, events, failed_within
from darak.models.problems import NotOffered
from darak.models.request import Call, Message, Reply, Request, Rung, Text, Usage
from darak.models.wire import Draft

_VERSION = "2023-06-01"
_MAX_TOKENS = 4096
"""The API wants a limit; this one when the request names none."""


class _Usage(Struct):
    input_tokens: int | None = None
    output_tokens: int | None = None


class _Begun(Struct):
    usage: _Usage | None = None


class _Block(Struct):
    type: str = ""
    id: str = ""
    name: str = ""
    text: str = ""


class _Delta(Struct):
    type: str = ""
    text: str = ""
    partial_json: str = ""
    stop_reason: str | None = None


class _Error(Struct):
    type: str = ""
    message: str = ""


class _Event(Struct):
    type: str
    message: _Begun | None = None
    content_block: _Block | None = None
    delta: _Delta | None = None
    usage: _Usage | None = None
    error: _Error | None = None


class _Model(Struct):
    id: str
    max_input_tokens: int | None = None


class _Models(Struct):
    data: list[_Model]


class Anthropic:
    """The dialect of `/v1/messages`; the server's URL ends with `/v1`."""

    def list_models(self, server: Server) -> Draft:
        return _draft(server, "/models?limit=1000", "", "list of models")

    def read_models(self, body: bytes) -> list[Listed]:
        return [Listed(model.id, model.max_input_tokens) for model in decode(body, _Models).data]

    def describe(self, server: Server, model: str) -> Draft:
        return self.list_models(server)

    def read_described(self, body: bytes, model: str) -> Listed:
        return next((one for one in self.read_models(body) if one.name == model), Listed(model))

    def chat(self, server: Server, model: str, request: Request, context: int | None) -> Draft:
        body: dict[str, Any] = {
            "model": model,
            "max_tokens": request.max_tokens or _MAX_TOKENS,
            "messages": _turns(request.messages),
            "stream": True,
        }
        if system := "\n\n".join(one.text for one in request.messages if one.role == "system"):
            body["system"] = system
        if request.temperature is not None:
            body["temperature"] = request.temperature
        if request.top_p is not None:
            body["top_p"] = request.top_p
        if request.stop:
            body["stop_sequences"] = list(request.stop)
        if request.tools:
            body["tools"] = [
                {"name": t.name, "description": t.description, "input_schema": t.parameters} for t in request.tools
            ]
            if request.must_call:
                body["tool_choice"] = {"type": "any"}
        if request.shape and request.shape.rung == "schema" and request.shape.schema:  # of any object it knows nothing
            body["output_config"] = {"format": {"type": "json_schema", "schema": request.shape.schema}}
        return _draft(server, "/messages", model, request.purpose, body)

    def read_chat(self, lines: Iterable[bytes], model: str) -> Iterator[Text | Call | Reply]:
        reply = Gathering(model)
        stop = None
        for data in events(lines):
            if data == DONE:
                break
            event = decode(data, _Event)
            if event.type == "error":
                raise failed_within(model, (event.error or _Error()).message)
            if event.message and event.message.usage:
                reply.usage = Usage(event.message.usage.input_tokens, None)
            if event.content_block:
                if event.content_block.type == "tool_use":
                    reply.call(event.content_block.id, event.content_block.name)
                yield from reply.text(event.content_block.text)
            if event.delta:
                yield from reply.text(event.delta.text)
                if event.delta.partial_json:
                    reply.arguments(event.delta.partial_json)
                stop = event.delta.stop_reason or stop
            if event.type == "message_delta" and event.usage:
                reply.usage = Usage(reply.usage.read, event.usage.output_tokens)
            if event.type == "message_stop":
                reply.stop = "length" if stop == "max_tokens" else "end"
        yield from reply.whole()

    def embed(self, server: Server, model: str, texts: Sequence[str], purpose: str) -> Draft:
        raise NotOffered("Anthropic offers no embeddings.")

    def read_embeddings(self, body: bytes) -> list[list[float]]:
        raise NotOffered("Anthropic offers no embeddings.")

    def rungs(self, server: Server) -> tuple[Rung, ...]:
        return ("schema", "tools", "json")


def _draft(server: Server, path: str, model: str, purpose: str, body: dict[str, Any] | None = None) -> Draft:
    plain = draft(replace(server, key=None), path, model, purpose, body)
    secret = (("x-api-key", server.key),) if server.key else ()
    return replace(plain, headers=(("anthropic-version", _VERSION),), secret=secret)


def _turns(messages: Sequence[Message]) -> list[dict[str, Any]]:
    """Messages as turns of user and assistant by turns; results of tools are the user's."""
    turns: list[dict[str, Any]] = []
    for one in messages:
        if one.role == "system":
            continue
        role = "assistant" if one.role == "assistant" else "user"
        blocks: list[dict[str, Any]] = []
        if one.role == "tool":
            blocks.append({"type": "tool_result", "tool_use_id": one.answers, "content": one.text})
        elif one.text:
            blocks.append({"type": "text", "text": one.text})
        blocks += [{"type": "tool_use", "id": c.id, "name": c.name, "input": dict(c.arguments)} for c in one.calls]
        if turns and turns[-1]["role"] == role:
            turns[-1]["content"] += blocks
        elif blocks:
            turns.append({"role": role, "content": blocks})
    return turns
