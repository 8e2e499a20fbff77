"""A conversation on the command line: each question knows those before it, and is kept if the owner keeps them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from darak.cli.session import moment
from darak.records.conversations import last_conversation, read_conversation
from darak.sdk.results import Problem
from darak.sdk.wire import Unreachable

if TYPE_CHECKING:
    from darak.answers.answer import Answer
    from darak.answers.follow_up.kept import Talk
    from darak.answers.written.written import Event
    from darak.cli.ask_command import Answering
    from darak.cli.server_of import Server
    from darak.cli.waiting import Late
    from darak.records.vault import Vault

_LOOKED_AT = 100
"""Conversations among which the owner's own last one is looked for: others are of programs."""


@dataclass(slots=True)
class TalkHere:
    """A conversation with the vault that is open here."""

    zone: str
    talk: Talk
    answer: Answering

    @classmethod
    def of(cls, vault: Vault, answer: Answering, *, last: bool = False, conversation: str | None = None) -> TalkHere:
        """The conversation of this id, or the last; a new one where there is none."""
        from darak.answers.follow_up.kept import Talk

        kept = last_conversation(vault) if last else read_conversation(vault, conversation or "")
        return cls(vault.zone, Talk(vault, kept), answer)

    def ask(self, question: str, on_event: Callable[[Event | Late], None] | None = None) -> Answer:
        now = moment(None, self.zone)
        given = self.answer(question, now, on_event, self.talk.turns)
        self.talk.add(question, given, now)
        return given


@dataclass(slots=True)
class TalkThere:
    """A conversation with the running server."""

    server: Server
    no_model: bool = False
    conversation: str | None = None

    @classmethod
    def of(cls, server: Server, *, last: bool = False, no_model: bool = False) -> TalkThere:
        """A new conversation; or, if there is one, the last."""
        if not last:
            return cls(server, no_model)
        heads = server.wire.get("/api/conversations", limit=_LOOKED_AT)["conversations"]
        return cls(server, no_model, next((head["id"] for head in heads if head["key"] is None), None))

    def ask(self, question: str, on_event: Callable[[Event], None] | None = None) -> dict[str, Any]:
        """The server's answer, told as it comes; with somebody who listens, Ctrl-C has it answer without a model."""
        now = moment(None, self.server.zone)
        asked = {"question": question, "now": now.isoformat(), "conversation": self.conversation}
        try:
            answer = self._asked(asked | {"no_model": self.no_model}, on_event)
        except KeyboardInterrupt:
            if self.no_model or on_event is None:
                raise
            answer = self._asked(asked | {"no_model": True}, None)
        self.conversation = answer["conversation"]
        return answer

    def _asked(self, asked: dict[str, Any], on_event: Callable[[Event], None] | None) -> dict[str, Any]:
        if on_event is None:
            return self.server.wire.post("/api/ask", asked)
        with closing(self.server.wire.events("/api/ask/stream", asked)) as events:
            for name, told in events:
                if name == "answer":
                    return told
                if name == "error":
                    raise Problem(told["detail"], told.get("status"))
                on_event(_event(name, told))
        raise Unreachable("the server has ended in the middle of its answer; ask again")


def _event(name: str, told: dict[str, Any]) -> Event:
    from darak.answers.answer import Step
    from darak.answers.written.draft import Anew, Words

    match name:
        case "words":
            return Words(told["text"])
        case "anew":
            return Anew(told["why"])
        case _:
            return Step(told["action"], told["found"])
