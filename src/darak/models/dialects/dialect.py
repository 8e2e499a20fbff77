"""What a dialect does, and what all of them share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeVar, cast

import msgspec
import orjson

from darak.models.mending import mend_json
from darak.models.problems import BrokenOff, Busy, Garbled
from darak.models.request import Call, Reply, Request, Rung, Text, Tool, Usage
from darak.models.wire import Draft, plain

Kind = Literal["ollama", "lmstudio", "llamacpp", "vllm", "openai", "anthropic", "gguf"]
"""What a server is; LM Studio, llama.cpp, vLLM and an in-process GGUF all speak OpenAI's dialect."""

DONE = b"[DONE]"
"""What ends a stream of OpenAI's, and of whoever speaks like it."""
_OTHER = re.compile(
    r"embed|rerank|whisper|moderation|transcri|dall-e|(?:^|[-_/])(?:tts|bge|gte|e5|minilm|image|speech|ocr)(?:[-_.:\d]|$)",
    re.IGNORECASE,
)

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Server:
    """Where models are: a short name, what it is, the base URL without a slash at its end, the key if it needs one."""

    name: str
    kind: Kind
    url: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A model that a server lists. `context` is its window in tokens where that is told; `host` is where it really
    runs when the server only passes requests on; `tools` whether it calls any, where that is told; `chats` is False
    for one that only makes vectors, sounds or pictures."""

    name: str
    context: int | None = None
    host: str | None = None
    tools: bool | None = None
    chats: bool = True


class Dialect(Protocol):
    """One protocol; every method is pure."""

    def list_models(self, server: Server) -> Draft: ...

    def read_models(self, body: bytes) -> list[Listed]: ...

    def describe(self, server: Server, model: str) -> Draft:
        """Asks for what `read_described` reads."""
        ...

    def read_described(self, body: bytes, model: str) -> Listed:
        """What the server tells of one model, from that or from its list of models."""
        ...

    def chat(self, server: Server, model: str, request: Request, context: int | None) -> Draft: ...

    def read_chat(self, lines: Iterable[bytes], model: str) -> Iterator[Text | Call | Reply]:
        """The pieces of a reply; the Reply last. BrokenOff when the lines end before the reply does."""
        ...

    def embed(self, server: Server, model: str, texts: Sequence[str], purpose: str) -> Draft:
        """NotOffered when the protocol has no embeddings."""
        ...

    def read_embeddings(self, body: bytes) -> list[list[float]]: ...

    def rungs(self, server: Server) -> tuple[Rung, ...]:
        """How a reply can be held to a shape there, the surest first."""
        ...


def chats(name: str) -> bool:
    """Whether a model's name is not one of those that only make vectors, sounds or pictures."""
    return not _OTHER.search(name)


def decode(data: bytes, shape: type[_T]) -> _T:
    """A message of a server. Garbled when it is not what the protocol says."""
    try:
        return msgspec.json.decode(data, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Garbled(f"The server's answer is not what its protocol says: {error}.") from error


def events(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The data of server-sent events, up to DONE; a server that streams nothing answers with one JSON text."""
    plain: list[bytes] = []
    for line in lines:
        if line.startswith(b"data:"):
            data = line[5:].strip()
            yield data
            if data == DONE:
                return
        elif not line.startswith((b":", b"event:", b"id:", b"retry:")):
            plain.append(line)
    if plain:
        yield b"\n".join(plain)


def failed_within(model: str, told: str) -> Busy:
    """What a server's word of an error in the middle of a reply means."""
    told = plain(told)
    return Busy(f"{model} failed in the middle of its reply: {told}", told=told)


def draft(server: Server, path: str, model: str, purpose: str, body: Mapping[str, Any] | None = None) -> Draft:
    """A request with the server's key as a bearer token."""
    secret = (("Authorization", f"Bearer {server.key}"),) if server.key else ()
    data = orjson.dumps(body, option=orjson.OPT_NON_STR_KEYS) if body is not None else b""
    return Draft(server.url + path, model, purpose, data, secret=secret)


def function_tools(tools: Sequence[Tool]) -> list[dict[str, Any]]:
    """Tools as OpenAI and Ollama take them."""
    functions = ({"name": t.name, "description": t.description, "parameters": t.parameters} for t in tools)
    return [{"type": "function", "function": function} for function in functions]


class Gathering:
    """A reply while its pieces come in: the text so far, and calls whose arguments arrive in parts."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._texts: list[str] = []
        self._calls: list[tuple[str, str, list[str]]] = []
        self.usage = Usage()
        self.stop: Literal["end", "length"] | None = None

    def text(self, text: str | None) -> Iterator[Text]:
        if text:
            self._texts.append(text)
            yield Text(text)

    def call(self, id: str, name: str) -> None:
        self._calls.append((id, name, []))

    def arguments(self, part: str, number: int = -1) -> None:
        if not self._calls:
            raise Garbled("The server sent arguments of a call that it did not begin.")
        self._calls[number][2].append(part)

    def whole(self) -> Iterator[Call | Reply]:
        """The calls and the reply. BrokenOff when no end was told; Garbled when a call's arguments are no object."""
        if self.stop is None:
            raise BrokenOff(f"{self._model} stopped in the middle of its reply.")
        calls = tuple(
            Call(id or f"call-{number}", name, read_arguments("".join(parts)))
            for number, (id, name, parts) in enumerate(self._calls, 1)
        )
        yield from calls
        yield Reply("".join(self._texts), self._model, calls, self.usage, self.stop)


def read_arguments(text: str) -> Mapping[str, Any]:
    """A call's arguments, mended where that is safe. Garbled when they were cut off: half an action is none."""
    value: Any = mend_json(text, cut=False) if text.strip() else {}
    if isinstance(value, str):  # encoded twice
        value = mend_json(value, cut=False)
    if not isinstance(value, dict):
        raise Garbled("The arguments of a call are no object.")
    return cast(dict[str, Any], value)
