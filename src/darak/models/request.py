"""What a model is asked and what it gives back, the same for every server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Role = Literal["system", "user", "assistant", "tool"]
Rung = Literal["grammar", "schema", "tools", "json"]
"""How a reply is held to a shape, the surest first: the server samples by a grammar, takes a JSON Schema, takes it as
a tool's parameters, or is only told of it."""

RUNGS: tuple[Rung, ...] = ("grammar", "schema", "tools", "json")


@dataclass(frozen=True, slots=True)
class Call:
    """A tool that the model wants called; `arguments` are as it wrote them, not yet checked against the tool."""

    id: str
    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn. `calls` are those of an assistant; `answers` is the id of the call whose result a tool's message is."""

    role: Role
    text: str = ""
    calls: tuple[Call, ...] = ()
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Tool:
    """What a model may call; `parameters` is a JSON Schema of an object."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """What the whole reply must look like: a JSON Schema without references, and how the server is held to it.

    An empty schema stands for any JSON object.
    """

    name: str
    schema: Mapping[str, Any]
    rung: Rung = "schema"


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `purpose` is a few words for the log of what left this machine, such as "answer".

    `must_call` wants one of the tools called. `max_tokens` bounds the reply, which ends before the first of the texts
    of `stop`; what is None is left to the server. `fitted` says that it was made to fit the model's window.
    """

    messages: tuple[Message, ...]
    purpose: str
    tools: tuple[Tool, ...] = ()
    must_call: bool = False
    shape: Shape | None = None
    max_tokens: int | None = None
    temperature: float | None = None
    top_p: float | None = None
    stop: tuple[str, ...] = ()
    fitted: bool = False


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens read and written, as the server counted them; None where it did not tell."""

    read: int | None = None
    written: int | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply. `stop` is "length" when it was cut at the limit of tokens."""

    text: str
    model: str
    calls: tuple[Call, ...] = ()
    usage: Usage = field(default=Usage())
    stop: Literal["end", "length"] = "end"


@dataclass(frozen=True, slots=True)
class Text:
    """The next characters of a streamed reply."""

    text: str


@dataclass(frozen=True, slots=True)
class Switched:
    """`failed` broke off; `model` begins anew, so that the text before this is void. `why` is one sentence."""

    failed: str
    model: str
    why: str


Piece = Text | Call | Switched | Reply
"""What a stream yields: text as it comes, whole calls, a switch to another model, and at its end the whole reply."""
