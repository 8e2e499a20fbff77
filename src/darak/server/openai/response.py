"""The response object of `/v1/responses`, and the events that tell of it while it grows."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from typing import Any

import orjson

from darak.models.request import Call, Text, Usage
from darak.server.openai.errors import refusal_of
from darak.server.openai.said import Annotation, Said, Whole

_Object = dict[str, Any]


class Reply:
    """One response to a model of this name; `echo` is what it repeats of its request."""

    def __init__(self, model: str, echo: _Object) -> None:
        self._head = {"id": _id("resp"), "object": "response", "created_at": int(time.time()), "model": model} | echo
        self.output: list[_Object] = []
        """The items that are whole."""

    def json(self, status: str, **more: Any) -> _Object:
        nothing = dict.fromkeys(("error", "incomplete_details", "previous_response_id", "usage"))
        return self._head | nothing | {"status": status, "output": self.output} | more

    def ended(self, said: Whole) -> _Object:
        """The whole response; it holds what was said also where nothing of it was streamed."""
        if not self.output:
            self.output += [message(_id("msg"), said.text, said.annotations)] if said.text else []
            self.output += [call_item(call) for call in said.calls]
        more: _Object = {"usage": _usage(said.usage)} | ({"darak": said.about} if said.about else {})
        if said.stop == "length":
            return self.json("incomplete", incomplete_details={"reason": "max_output_tokens"}, **more)
        return self.json("completed", **more)


async def events(reply: Reply, saying: AsyncGenerator[Said, None]) -> AsyncGenerator[bytes, None]:
    """Server-sent events, from `response.created` to `response.completed`, `incomplete` or `failed`."""
    telling = _Telling(reply)
    for status in ("created", "in_progress"):
        yield telling.event(f"response.{status}", response=reply.json("in_progress"))
    try:
        async for piece in saying:
            for one in telling.tell(piece):
                yield one
    except Exception as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        code = "rate_limit_exceeded" if refusal.status == 429 else "server_error"
        failed = reply.json("failed", error={"code": code, "message": refusal.message})
        yield telling.event("response.failed", response=failed)


class _Telling:
    """Counts the events, and knows which text has begun."""

    def __init__(self, reply: Reply) -> None:
        self._reply = reply
        self._count = 0
        self._message = ""
        """The id of the message whose text is being said, "" when none is."""
        self._texts: list[str] = []

    def event(self, kind: str, **told: Any) -> bytes:
        data = {"type": kind, "sequence_number": self._count} | told
        self._count += 1
        return b"event: %b\ndata: %b\n\n" % (kind.encode(), orjson.dumps(data))

    def tell(self, piece: Said) -> Iterator[bytes]:
        if isinstance(piece, Text):
            if not self._message:
                yield from self._begin()
            self._texts.append(piece.text)
            yield self.event("response.output_text.delta", **self._place(), delta=piece.text, logprobs=[])
            return
        if self._message:
            yield from self._end(piece.annotations if isinstance(piece, Whole) else ())
        if isinstance(piece, Call):
            yield from self._call(piece)
        else:
            response = self._reply.ended(piece)
            yield self.event(f"response.{response['status']}", response=response)

    def _begin(self) -> Iterator[bytes]:
        self._message = _id("msg")
        nothing_yet: _Object = {"status": "in_progress", "content": []}
        item = message(self._message, "", ()) | nothing_yet
        yield self.event("response.output_item.added", output_index=len(self._reply.output), item=item)
        yield self.event("response.content_part.added", **self._place(), part=_part("", ()))

    def _end(self, annotations: Sequence[Annotation]) -> Iterator[bytes]:
        text, place = "".join(self._texts), self._place()
        part = _part(text, annotations)
        for number, one in enumerate(part["annotations"]):
            named = {"annotation_index": number, "annotation": one}
            yield self.event("response.output_text.annotation.added", **place, **named)
        yield self.event("response.output_text.done", **place, text=text, logprobs=[])
        yield self.event("response.content_part.done", **place, part=part)
        item = message(self._message, text, annotations)
        yield self.event("response.output_item.done", output_index=place["output_index"], item=item)
        self._reply.output.append(item)
        self._message, self._texts = "", []

    def _call(self, call: Call) -> Iterator[bytes]:
        item = call_item(call)
        place = {"item_id": item["id"], "output_index": len(self._reply.output)}
        begun = item | {"status": "in_progress", "arguments": ""}
        yield self.event("response.output_item.added", output_index=place["output_index"], item=begun)
        yield self.event("response.function_call_arguments.delta", **place, delta=item["arguments"])
        done = {"name": item["name"], "arguments": item["arguments"]}
        yield self.event("response.function_call_arguments.done", **place, **done)
        yield self.event("response.output_item.done", output_index=place["output_index"], item=item)
        self._reply.output.append(item)

    def _place(self) -> _Object:
        return {"item_id": self._message, "output_index": len(self._reply.output), "content_index": 0}


def message(id: str, text: str, annotations: Sequence[Annotation]) -> _Object:
    """A whole message of the assistant."""
    content = [_part(text, annotations)]
    return {"id": id, "type": "message", "role": "assistant", "status": "completed", "content": content}


def call_item(call: Call) -> _Object:
    """A whole call of a tool."""
    told = {"call_id": call.id, "name": call.name, "arguments": orjson.dumps(call.arguments).decode()}
    return {"id": _id("fc"), "type": "function_call", "status": "completed"} | told


def _part(text: str, annotations: Sequence[Annotation]) -> _Object:
    told = [{"type": "url_citation"} | one.json() for one in annotations]
    return {"type": "output_text", "text": text, "annotations": told, "logprobs": []}


def _usage(usage: Usage) -> _Object | None:
    """The counts of tokens; None where the model's server did not tell them."""
    if usage.read is None or usage.written is None:
        return None
    return {
        "input_tokens": usage.read,
        "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
        "output_tokens": usage.written,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": usage.read + usage.written,
    }


def _id(kind: str) -> str:
    return f"{kind}_{secrets.token_hex(12)}"
