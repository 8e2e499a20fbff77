"""The small life of `tests/answers` with a scripted model on loopback that answers about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.answers.conftest import NOW, memory
from tests.models.server import Act, ModelServer

from darak.answers.answer import Answer
from darak.answers.written.written import Author, Event
from darak.memory.memory import Memory
from darak.models.models import SERVERS, Models
from darak.models.settings import Abilities
from darak.models.wire import Patience

__all__ = ["memory"]

PATIENCE = Patience(connect=5, first=20, between=20, whole=60, tries=2, backoff=0.01, longest_wait=0.5)
SHORT = Patience(connect=5, first=0.3, between=0.3, whole=5, tries=1, backoff=0.01, longest_wait=0.1)


class Writer:
    """A life and its models: `asked(question, act, …)` scripts what the model does, and tells what came of it."""

    def __init__(self, memory: Memory, server: ModelServer, places: str, patience: Patience) -> None:
        self.server = server
        self.models = Models(memory.vault, patience=patience, environ={SERVERS: places})
        self.author = Author(memory, self.models)
        self.events: list[Event] = []

    def ask(self, question: str, *acts: Act, **more: Any) -> Answer:
        self.server.script.extend(acts)
        self.events.clear()
        return self.author.answer(question, NOW, on_event=self.events.append, **more)

    def told(self, action: str) -> list[str]:
        """What the steps of one action found."""
        from darak.answers.answer import Step

        return [one.found for one in self.events if isinstance(one, Step) and one.action.startswith(action)]

    def shown(self, request: int = -1) -> str:
        """The text of the messages of a request."""
        return "\n".join(str(one["content"]) for one in self.server.chats[request].body["messages"])

    def mark(self, text: str, request: int = -1) -> str:
        """The mark [n] under which a text was shown."""
        line = next(line for line in self.shown(request).splitlines() if text in line and line.startswith("["))
        return line[: line.index("]") + 1]


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


@pytest.fixture
def other() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


@pytest.fixture
def writer(memory: Memory, server: ModelServer) -> Iterator[Callable[..., Writer]]:
    """A writer whose models are the first of each server, in their order."""
    before = memory.vault.setting("models")

    def make(*others: ModelServer, patience: Patience = PATIENCE, context: int | None = None) -> Writer:
        kinds = ("vllm", "lmstudio", "llamacpp")
        every = [(kind, one) for kind, one in zip(kinds, (server, *others), strict=False)]
        made = Writer(memory, server, ",".join(f"{kind}={one.url}/v1" for kind, one in every), patience)
        made.models.use([f"{kind}/{one.models[0]}" for kind, one in every])
        for kind, one in every:
            if context:
                made.models.learnt(f"{kind}/{one.models[0]}", Abilities(context=context))
        return made

    yield make
    memory.vault.set("models", before or "{}")
