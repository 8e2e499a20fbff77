"""OpenAI's chat completions and embeddings, as OpenAI, llama.cpp, vLLM, LM Studio and most others speak them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import orjson
from msgspec import Struct

from darak.models.dialects.dialect import (
    DONE,
    Gathering,
    Listed,
    Server,
    chats,
    decode,
    draft,
    events,
    failed_within,
    function_tools,
)
from darak.models.grammar import grammar_of
from darak.models.problems import Garbled
from darak.models.request import Call, Message, Reply, Request, Rung, Text, Usage
from darak.models.wire import Draft


class _Function(Struct):
    name: str | None = None
    arguments: Any = None


class _ToolCall(Struct):
    index: int | None = None
    id: str | None = None
    function: _Function | None = None


class _Part(Struct):
    type: str = "text"
    text: str | None = None


class _Said(Struct):
    content: str | list[_Part] | None = None
    tool_calls: list[_ToolCall] | None = None

    @property
    def text(self) -> str:
        """What is said, without what is only thought."""
        if isinstance(self.content, list):
            return "".join(part.text or "" for part in self.content if part.type == "text")
        return self.content or ""


class _Choice(Struct):
    delta: _Said | None = None
    message: _Said | None = None
    finish_reason: str | None = None


class _Usage(Struct):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Chunk(Struct):
    choices: list[_Choice] | None = None
    usage: _Usage | None = None
    error: Any = None


class _Meta(Struct):
    n_ctx: int | None = None
    n_ctx_train: int | None = None


class _Model(Struct):
    """A model as servers list it; each has its own name for the window."""

    id: str
    type: str | None = None
    max_model_len: int | None = None
    meta: _Meta | None = None
    loaded_context_length: int | None = None
    max_context_length: int | None = None
    context_length: int | None = None
    context_window: int | None = None

    def listed(self) -> Listed:
        meta = self.meta or _Meta()
        windows = (
            *(self.max_model_len, meta.n_ctx, self.loaded_context_length),  # what it was started with
            *(meta.n_ctx_train, self.max_context_length, self.context_length, self.context_window),
        )
        other = self.type in _OTHER_TYPES or not chats(self.id)
        return Listed(self.id, next(filter(None, windows), None), chats=not other)


class _Models(Struct):
    data: list[_Model] | None = None


class _Started(Struct):
    n_ctx: int | None = None


class _Properties(Struct):
    """What llama.cpp's server tells of itself."""

    default_generation_settings: _Started | None = None


class _Embedding(Struct):
    embedding: list[float]
    index: int = 0


class _Embeddings(Struct):
    data: list[_Embedding]


_TELL_MORE: dict[str, str] = {"llamacpp": "/props?model={}&autoload=false", "lmstudio": "/api/v0/models"}
"""Where servers tell more of a model than in OpenAI's list. llama.cpp's may have many models, of which some are
loaded; none is loaded only to be looked at."""
_OTHER_TYPES = ("embedding", "embeddings", "rerank", "image", "audio", "video", "moderation", "transcribe")


class OpenAI:
    """The dialect of `/v1`; the server's URL ends before `/chat/completions`."""

    def list_models(self, server: Server) -> Draft:
        return draft(server, "/models", "", "list of models")

    def read_models(self, body: bytes) -> list[Listed]:
        bare = body.lstrip().startswith(b"[")
        return [one.listed() for one in (decode(body, list[_Model]) if bare else decode(body, _Models).data or [])]

    def describe(self, server: Server, model: str) -> Draft:
        if server.kind not in _TELL_MORE:
            return self.list_models(server)
        root = replace(server, url=server.url.removesuffix("/v1"))
        return draft(root, _TELL_MORE[server.kind].format(quote(model, safe="")), model, "look at the model")

    def read_described(self, body: bytes, model: str) -> Listed:
        if b'"default_generation_settings"' in body:
            settings = decode(body, _Properties).default_generation_settings
            return Listed(model, (settings and settings.n_ctx) or None, chats=chats(model))
        return next((one for one in self.read_models(body) if one.name == model), Listed(model))

    def chat(self, server: Server, model: str, request: Request, context: int | None) -> Draft:
        body: dict[str, Any] = {
            "model": model,
            "messages": [_message(one) for one in request.messages],
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        if request.max_tokens is not None:
            newer = server.url.startswith("https://api.openai.com")  # whose reasoning models refuse the older name
            body["max_completion_tokens" if newer else "max_tokens"] = request.max_tokens
        if request.temperature is not None:
            body["temperature"] = request.temperature
        if request.top_p is not None:
            body["top_p"] = request.top_p
        if request.stop:
            body["stop"] = list(request.stop)
        if request.tools:
            body["tools"] = function_tools(request.tools)
            if request.must_call:
                body["tool_choice"] = "required"
        if request.shape and request.shape.rung == "grammar":
            body["grammar"] = grammar_of(request.shape.schema or {"type": "object"})
        elif request.shape and request.shape.rung == "schema" and not request.shape.schema:
            body["response_format"] = {"type": "json_object"}
        elif request.shape and request.shape.rung == "schema":
            schema = {"name": request.shape.name, "schema": request.shape.schema, "strict": True}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        return draft(server, "/chat/completions", model, request.purpose, body)

    def read_chat(self, lines: Iterable[bytes], model: str) -> Iterator[Text | Call | Reply]:
        reply = Gathering(model)
        places: dict[int, int] = {}
        ids: list[str | None] = []
        for data in events(lines):
            if data == DONE:  # not every server tells why it ended
                reply.stop = reply.stop or "end"
                break
            chunk = decode(data, _Chunk)
            if chunk.error:
                raise failed_within(model, _error(chunk.error))
            if chunk.usage:
                reply.usage = Usage(chunk.usage.prompt_tokens, chunk.usage.completion_tokens)
            for choice in (chunk.choices or [])[:1]:
                said = choice.delta or choice.message or _Said()
                yield from reply.text(said.text)
                for part in said.tool_calls or []:
                    place, function = part.index if part.index is not None else len(ids), part.function or _Function()
                    new = place not in places or (part.id and function.name and part.id != ids[places[place]])
                    if new:
                        if not function.name:
                            raise Garbled(f"{model} called a tool without a name.")
                        places[place] = len(ids)
                        ids.append(part.id)
                        reply.call(part.id or "", function.name)
                    if function.arguments:
                        given = function.arguments
                        text = given if isinstance(given, str) else orjson.dumps(given).decode()
                        reply.arguments(text, places[place])
                if choice.finish_reason:
                    reply.stop = "length" if choice.finish_reason == "length" else "end"
        yield from reply.whole()

    def embed(self, server: Server, model: str, texts: Sequence[str], purpose: str) -> Draft:
        body = {"model": model, "input": list(texts), "encoding_format": "float"}
        return draft(server, "/embeddings", model, purpose, body)

    def read_embeddings(self, body: bytes) -> list[list[float]]:
        found = sorted(decode(body, _Embeddings).data, key=lambda one: one.index)
        return [one.embedding for one in found]

    def rungs(self, server: Server) -> tuple[Rung, ...]:
        grammar: tuple[Rung, ...] = ("grammar",) if server.kind in ("llamacpp", "gguf") else ()
        return (*grammar, "schema", "tools", "json")


def _message(one: Message) -> dict[str, Any]:
    if one.role == "tool":
        return {"role": "tool", "tool_call_id": one.answers, "content": one.text}
    message: dict[str, Any] = {"role": one.role, "content": one.text}
    if one.calls:
        message["tool_calls"] = [
            {
                "id": call.id,
                "type": "function",
                "function": {"name": call.name, "arguments": orjson.dumps(call.arguments).decode()},
            }
            for call in one.calls
        ]
    return message


def _error(error: Any) -> str:
    told = error.get("message") if isinstance(error, dict) else error  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return str(told)  # pyright: ignore[reportUnknownArgumentType]
