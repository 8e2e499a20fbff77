"""A conversation on the command line: each question knows those before it, and is kept if the owner keeps them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from darak.cli.session import moment

if TYPE_CHECKING:
    from darak.answers.answer import Answer
    from darak.answers.follow_up.turn import Turn
    from darak.answers.written.written import Event
    from darak.cli.ask_command import Answering
    from darak.cli.server_of import Server
    from darak.records.vault import Vault

_LOOKED_AT = 100
"""Conversations among which the owner's own last one is looked for: others are of programs."""


@dataclass(slots=True)
class TalkHere:
    """A conversation with the vault that is open here."""

    vault: Vault
    answer: Answering
    conversation: str | None = None
    turns: list[Turn] = field(default_factory=list["Turn"])

    @classmethod
    def going_on(cls, vault: Vault, answer: Answering) -> TalkHere:
        """The last conversation, if there is one."""
        from darak.answers.follow_up.kept import turns_of
        from darak.records.conversations import last_conversation

        last = last_conversation(vault)
        return cls(vault, answer, last and last.id, turns_of(vault, last))

    def ask(self, question: str, on_event: Callable[[Event], None] | None = None) -> Answer:
        from darak.answers.follow_up.kept import turn_to_keep
        from darak.answers.follow_up.turn import Turn
        from darak.records.conversations import keep_turn, keeps_conversations

        now = moment(None, self.vault.zone)
        given = self.answer(question, now, on_event, self.turns)
        self.turns.append(Turn(question, given, given.plan))
        if keeps_conversations(self.vault):
            self.conversation = keep_turn(self.vault, self.conversation, turn_to_keep(question, given, now))
        return given


@dataclass(slots=True)
class TalkThere:
    """A conversation with the running server."""

    server: Server
    no_model: bool = False
    conversation: str | None = None

    @classmethod
    def going_on(cls, server: Server, *, no_model: bool = False) -> TalkThere:
        """The last conversation, if there is one."""
        heads = server.wire.get("/api/conversations", limit=_LOOKED_AT)["conversations"]
        return cls(server, no_model, next((head["id"] for head in heads if head["key"] is None), None))

    def ask(self, question: str) -> dict[str, Any]:
        now = moment(None, self.server.zone)
        asked = {"question": question, "now": now.isoformat(), "conversation": self.conversation}
        answer = self.server.wire.post("/api/ask", asked | {"no_model": self.no_model})
        self.conversation = answer["conversation"]
        return answer
