"""What a model's server really honours, found out by asking it: each check is one small request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import Literal

from darak.models.model import Model, dialect_of
from darak.models.problems import Cancelled, Garbled, ModelProblem
from darak.models.request import Call, Message, Reply, Request, Rung, Shape, Text, Tool
from darak.models.settings import Abilities
from darak.models.structured import on_rung, read_shape, schema_of
from darak.models.wire import Cancel

_PURPOSE = "test of the model"
_MOST = 1024
"""Tokens of a reply: enough for a model that thinks aloud first."""


@dataclass(frozen=True, slots=True)
class Lamp:
    """The shape that is asked for: nothing that a model would say by itself."""

    colour: Literal["amber", "green", "red"]
    watts: int


@dataclass(frozen=True, slots=True)
class Check:
    """One question to the server: what was asked, whether it did it, what was seen, and how long it took."""

    what: str
    honoured: bool
    seen: str
    seconds: float


class Probe:
    """A test of one model. `run` asks; `abilities` is then what to build on."""

    def __init__(self, model: Model, cancel: Cancel | None = None) -> None:
        self.model = model
        self._cancel = cancel or Cancel()
        self._rungs: list[Rung] = []
        self._tools = False
        self._context: int | None = None

    def run(self) -> Iterator[Check]:
        """Each check as it is done. A server that gives no plain reply is asked nothing more."""
        first = self._check("reply", self._reply)
        yield first
        if not first.honoured:
            return
        for rung in dialect_of(self.model.server).rungs(self.model.server):
            yield self._check(rung, lambda rung=rung: self._shape(rung))
        yield self._check("call", self._call)
        yield self._check("window", self._window)

    @property
    def abilities(self) -> Abilities:
        return Abilities(tuple(self._rungs), self._tools, self._context, self.model.abilities.without)

    def _check(self, what: str, ask: Callable[[], str]) -> Check:
        began = perf_counter()
        try:
            seen, honoured = ask(), True
        except Cancelled:
            raise
        except ModelProblem as problem:
            seen, honoured = str(problem), False
        return Check(what, honoured, seen, round(perf_counter() - began, 2))

    def _reply(self) -> str:
        request = Request((Message("user", "Say hello in one word."),), _PURPOSE, max_tokens=_MOST)
        began, first, texts = perf_counter(), 0.0, 0
        for piece in self.model.stream(request, self._cancel):
            if isinstance(piece, Text):
                first = first or perf_counter() - began
                texts += 1
            elif isinstance(piece, Reply):
                if not piece.text.strip():
                    raise Garbled("The reply is empty.")
                streamed = f"streamed, first words after {first:.2f} s" if texts > 1 else "in one piece"
                counted = "" if piece.usage.read is not None else "; tokens are not counted"
                return f"{streamed}{counted}"
        raise Garbled("There was no reply.")

    def _shape(self, rung: Rung) -> str:
        """Whether the server holds the model to a shape; by grammar and schema without the model being told of it."""
        if rung in ("grammar", "schema"):
            ask = (Message("user", "Say hello."),)
            shape = Shape("Lamp", schema_of(Lamp), rung)
            lamp = read_shape(
                self.model.complete(Request(ask, _PURPOSE, shape=shape, max_tokens=_MOST), self._cancel), rung, Lamp
            )
        else:
            ask = (Message("user", "Invent a lamp: its colour (amber, green or red) and its watts."),)
            lamp = on_rung(self.model, Request(ask, _PURPOSE, max_tokens=_MOST), Lamp, rung, self._cancel)
        self._rungs.append(rung)
        return f"{lamp.colour}, {lamp.watts}"

    def _call(self) -> str:
        """A call of a tool by the model's own choice, and an answer from the tool's result."""
        parameters = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
        tools = (Tool("weather", "The weather in a city now.", parameters),)
        asked = Message("user", "What is the weather in Seoul now? Use the tool.")
        reply = self.model.complete(Request((asked,), _PURPOSE, tools, max_tokens=_MOST), self._cancel)
        if not reply.calls:
            raise Garbled("It did not call the tool.")
        call = reply.calls[0]
        if call.name != "weather" or "city" not in call.arguments:
            raise Garbled(f"It called {call.name} with {', '.join(call.arguments) or 'nothing'}.")
        turns = (asked, Message("assistant", reply.text, reply.calls), *(_weather(one) for one in reply.calls))
        self.model.complete(Request(turns, _PURPOSE, tools, max_tokens=_MOST), self._cancel)
        self._tools = True
        return "called the tool and took its result"

    def _window(self) -> str:
        self._context = self.model.window(self._cancel)
        if self._context is None:
            raise Garbled("The server does not tell.")
        return f"{self._context:,} tokens"


def _weather(call: Call) -> Message:
    return Message("tool", "Sunny, 21 degrees.", answers=call.id)
