"""What a client asks, in either of OpenAI's forms, as a model is asked. What cannot be honoured is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, Field, JsonValue

from darak.models.dialects.dialect import read_arguments
from darak.models.grammar import plain_schema
from darak.models.problems import Garbled
from darak.models.request import Call, Message, Request, Shape, Tool
from darak.server.openai.errors import Refusal

Content = str | list[dict[str, JsonValue]] | None
"""A text, or parts of one."""
_TEXTS = ("text", "input_text", "output_text")


class Sampling(BaseModel):
    """What both forms of a request share; fields that change nothing of the reply are passed over."""

    model: str = Field(max_length=500)
    stream: bool | None = None
    temperature: float | None = Field(None, ge=0, le=2)
    top_p: float | None = Field(None, ge=0, le=1)
    tools: list[dict[str, JsonValue]] | None = Field(None, max_length=512)
    tool_choice: JsonValue = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for the model of this name."""

    model: str
    request: Request
    stream: bool


def asked(form: Sampling, messages: list[Message], shape: Shape | None, most: int | None, stop: list[str]) -> Asked:
    """The request of a form, whose messages, shape and bounds its kind of form has told."""
    tools, must_call = _chosen(form)
    request = Request(
        tuple(messages),
        "request of a program",
        tools,
        must_call,
        shape,
        most,
        form.temperature,
        form.top_p,
        tuple(stop),
    )
    return Asked(form.model, request, bool(form.stream))


def text_of(content: Content, where: str) -> str:
    """The text of a message."""
    if content is None or isinstance(content, str):
        return content or ""
    texts: list[str] = []
    for part in content:
        text = part.get("text")
        if part.get("type") not in _TEXTS or not isinstance(text, str):
            raise Refusal(400, f"{where}: only text is taken, no {part.get('type')}.", param=where)
        texts.append(text)
    return "".join(texts)


def call_of(call_id: str, name: str, arguments: str, where: str) -> Call:
    """A call that a model made earlier."""
    try:
        return Call(call_id, name, read_arguments(arguments))
    except Garbled as error:
        raise Refusal(400, f"{where}: {error}", param=where) from error


def shape_of(told: dict[str, Any] | None, where: str) -> Shape | None:
    """The shape of `{"type": "json_schema", "name", "schema"}`, of `json_object`, or none.

    Objects are closed and all their keys required, as OpenAI's strict schemas are.
    """
    kind = (told or {}).get("type", "text")
    if told is None or kind == "text":
        return None
    if kind == "json_object":
        return Shape("object", {})
    schema, name = told.get("schema"), told.get("name")
    if kind != "json_schema" or not isinstance(schema, dict) or not isinstance(name, str):
        raise Refusal(400, f"{where} is text, json_object, or json_schema with a name and a schema.", param=where)
    try:
        return Shape(name, plain_schema(schema))  # pyright: ignore[reportUnknownArgumentType]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = f": {error}" if isinstance(error, ValueError) else ""
        raise Refusal(400, f"{where} holds no schema that a reply can be held to{reason}.", param=where) from error


def _chosen(form: Sampling) -> tuple[tuple[Tool, ...], bool]:
    """The tools that may be called, and whether one must be."""
    tools = tuple(_tool(one) for one in form.tools or ())
    choice = form.tool_choice
    if choice in (None, "auto"):
        return tools, False
    if choice == "none":
        return (), False
    if choice == "required" and tools:
        return tools, True
    if isinstance(choice, dict) and choice.get("type") == "function":
        inner = choice.get("function")
        name = inner.get("name") if isinstance(inner, dict) else choice.get("name")
        named = tuple(tool for tool in tools if tool.name == name)
        if named:
            return named, True
    raise Refusal(400, "tool_choice is auto, none, required, or names one of the tools.", param="tool_choice")


def _tool(told: dict[str, JsonValue]) -> Tool:
    inner = told.get("function", told)
    if told.get("type") != "function" or not isinstance(inner, dict):
        raise Refusal(400, f"tools: only functions are taken, no {told.get('type')}.", param="tools")
    name = inner.get("name")
    parameters: JsonValue = inner.get("parameters") or {"type": "object", "properties": {}}
    if not isinstance(name, str) or not name or not isinstance(parameters, dict):
        raise Refusal(400, "tools: a function has a name, and parameters that are a JSON Schema.", param="tools")
    return Tool(name, str(inner.get("description") or ""), parameters)


Role = Literal["system", "developer", "user", "assistant", "tool"]


def message_of(role: Role, text: str) -> Message:
    return Message("system" if role == "developer" else role, text)
