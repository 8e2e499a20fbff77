"""A conversation on the command line: each question knows those before it, and is kept if the owner keeps them."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from darak.cli.session import moment
from darak.records.conversations import last_conversation, read_conversation

if TYPE_CHECKING:
    from darak.answers.answer import Answer
    from darak.answers.follow_up.kept import Talk
    from darak.answers.written.written import Event
    from darak.cli.ask_command import Answering
    from darak.cli.server_of import Server
    from darak.cli.waiting import Late
    from darak.records.vault import Vault

_LATE = 5.0
"""Seconds after which it is said what is waited for."""
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

    def ask(self, question: str) -> dict[str, Any]:
        now = moment(None, self.server.zone)
        asked = {"question": question, "now": now.isoformat(), "conversation": self.conversation}
        answer = self._asked(asked | {"no_model": self.no_model})
        self.conversation = answer["conversation"]
        return answer

    def _asked(self, asked: dict[str, Any]) -> dict[str, Any]:
        """The server's answer; at a terminal, Ctrl-C asks it to answer without a model."""
        if asked["no_model"] or not sys.stdout.isatty():
            return self.server.wire.post("/api/ask", asked)
        note = threading.Timer(_LATE, print, ("(A model is asked. Ctrl-C answers without it.)",), {"file": sys.stderr})
        note.daemon = True
        note.start()
        try:
            return self.server.wire.post("/api/ask", asked)
        except KeyboardInterrupt:
            return self.server.wire.post("/api/ask", asked | {"no_model": True})
        finally:
            note.cancel()
