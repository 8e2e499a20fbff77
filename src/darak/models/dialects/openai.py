"""OpenAI's chat completions and embeddings, as OpenAI, llama.cpp, vLLM, LM Studio and most others speak them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson
from msgspec import Struct, field

from darak.models.dialects.dialect import Gathering, Listed, Server, decode, draft, events, function_tools
from darak.models.grammar import grammar_of
from darak.models.problems import Busy, Garbled
from darak.models.request import Call, Message, Reply, Request, Rung, Text, Usage
from darak.models.wire import Draft, plain


class _Function(Struct):
    name: str | None = None
    arguments: Any = None


class _ToolCall(Struct):
    index: int | None = None
    id: str | None = None
    function: _Function = field(default_factory=_Function)


class _Said(Struct):
    content: str | None = None
    tool_calls: list[_ToolCall] | None = None


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
    id: str
    max_model_len: int | None = None
    meta: _Meta | None = None


class _Models(Struct):
    data: list[_Model]


class _Embedding(Struct):
    embedding: list[float]
    index: int = 0


class _Embeddings(Struct):
    data: list[_Embedding]


class OpenAI:
    """The dialect of `/v1`; the server's URL ends before `/chat/completions`."""

    def list_models(self, server: Server) -> Draft:
        return draft(server, "/models", "", "list of models")

    def read_models(self, body: bytes) -> list[Listed]:
        def context(model: _Model) -> int | None:
            meta = model.meta or _Meta()
            return model.max_model_len or meta.n_ctx or meta.n_ctx_train

        return [Listed(model.id, context(model)) for model in decode(body, _Models).data]

    def describe(self, server: Server, model: str) -> Draft:
        return self.list_models(server)

    def read_context(self, body: bytes, model: str) -> int | None:
        return next((one.context for one in self.read_models(body) if one.name == model), None)

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
            chunk = decode(data, _Chunk)
            if chunk.error:
                raise Busy(f"{model} failed in the middle of its reply: {_error(chunk.error)}")
            if chunk.usage:
                reply.usage = Usage(chunk.usage.prompt_tokens, chunk.usage.completion_tokens)
            for choice in (chunk.choices or [])[:1]:
                said = choice.delta or choice.message or _Said()
                yield from reply.text(said.content)
                for part in said.tool_calls or []:
                    place = part.index if part.index is not None else len(ids)
                    new = place not in places or (part.id and part.function.name and part.id != ids[places[place]])
                    if new:
                        if not part.function.name:
                            raise Garbled(f"{model} called a tool without a name.")
                        places[place] = len(ids)
                        ids.append(part.id)
                        reply.call(part.id or "", part.function.name)
                    if part.function.arguments:
                        given = part.function.arguments
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
    return plain(str(told))  # pyright: ignore[reportUnknownArgumentType]
