"""A reply in a wanted shape: down the ladder of what the server honours, each rung with one chance to correct."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

import msgspec
import orjson

from darak.models.grammar import plain_schema
from darak.models.mending import mend_json
from darak.models.model import Model
from darak.models.problems import Denied, Garbled, NotOffered, Refused
from darak.models.request import Message, Reply, Request, Rung, Shape, Tool
from darak.models.wire import Cancel

T = TypeVar("T")


def structured(model: Model, request: Request, shape: type[T], cancel: Cancel | None = None) -> T:
    """The model's reply as a `shape`: a frozen dataclass or a msgspec Struct without self-reference.

    Each rung is tried, the surest first; a reply that does not fit is shown to the model once with what is wrong.
    Garbled when no rung gave a fitting reply.
    """
    schema = schema_of(shape)
    last: Exception = NotOffered(f"{model.name} knows no way to hold to a shape.")
    for rung in model.abilities.rungs:
        asked = _on_rung(request, shape.__name__, schema, rung)
        try:
            for wrong in _twice(model, asked, rung, shape, cancel):
                if not isinstance(wrong, Garbled):
                    return wrong
                last = wrong
        except Denied:
            raise
        except Refused as error:
            last = error
    raise last


def schema_of(shape: type[Any]) -> dict[str, Any]:
    """The JSON Schema of a type, without references, every key required."""
    return plain_schema(msgspec.json.schema(shape))


def on_rung(model: Model, request: Request, shape: type[T], rung: Rung, cancel: Cancel | None = None) -> T:
    """One try on one rung alone. Garbled when the reply does not fit."""
    asked = _on_rung(request, shape.__name__, schema_of(shape), rung)
    return read_shape(model.complete(asked, cancel), rung, shape)


def _on_rung(request: Request, name: str, schema: dict[str, Any], rung: Rung) -> Request:
    if rung == "tools":
        tool = Tool(name, "Gives the answer. Call it exactly once.", schema)
        return replace(request, tools=(tool,), must_call=True, shape=None)
    told = Message("system", f"Reply with one JSON object that fits this JSON Schema:\n{orjson.dumps(schema).decode()}")
    # A server that samples by grammar or schema does not show it to the model, so the model is told of it as well.
    first = sum(1 for message in request.messages if message.role == "system")
    messages = (*request.messages[:first], told, *request.messages[first:])
    shape = None if rung == "json" else Shape(name, schema, rung)
    return replace(request, messages=messages, tools=(), must_call=False, shape=shape)


def _twice(model: Model, asked: Request, rung: Rung, shape: type[T], cancel: Cancel | None) -> Iterator[T | Garbled]:
    """The shape, or what is wrong with the first and with the corrected reply."""
    reply = model.complete(asked, cancel)
    try:
        yield read_shape(reply, rung, shape)
        return
    except Garbled as wrong:
        yield wrong
        words = reply.text or orjson.dumps([dict(call.arguments) for call in reply.calls]).decode()
        correction = (Message("assistant", words or "{}"), Message("user", f"{wrong} Reply again, corrected."))
    try:
        yield read_shape(model.complete(replace(asked, messages=(*asked.messages, *correction)), cancel), rung, shape)
    except Garbled as wrong:
        yield wrong


def read_shape(reply: Reply, rung: Rung, shape: type[T]) -> T:
    """The shape in a reply. Garbled when it does not fit or was cut off."""
    if reply.stop == "length":
        raise Garbled(f"{reply.model} was cut off at its limit of tokens.")
    if rung == "tools" and reply.calls:
        value: Any = reply.calls[0].arguments
    else:
        value = mend_json(reply.text, cut=rung == "json")
    try:
        return msgspec.convert(value, shape, strict=False)
    except msgspec.ValidationError as error:
        raise Garbled(f"The reply does not fit: {error}.") from error
