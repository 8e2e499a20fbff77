"""Conversations over HTTP: each question knows those before it, and is kept, if the owner keeps conversations."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from darak.answers.answer import Answer
from darak.answers.follow_up.kept import turn_to_keep, turns_of
from darak.answers.follow_up.turn import Turn
from darak.answers.written.written import OnEvent
from darak.models.wire import Cancel
from darak.records.conversations import Conversation, KeptTurn, keep_turn, keeps_conversations, read_conversation
from darak.server.answering import Answering
from darak.server.caller import Caller
from darak.server.house import House

_MOST = 50
"""Conversations that are known while the server runs where none are kept."""


class NoConversation(Exception):
    """There is no such conversation, or it is another's."""


@dataclass(frozen=True, slots=True)
class _Passing:
    """A conversation that is not kept: it ends with the server."""

    key: str
    turns: tuple[KeptTurn, ...]
    talk: tuple[Turn, ...]


class Talking:
    """May be used from any thread."""

    def __init__(self, house: House, answering: Answering) -> None:
        self._house, self._answering = house, answering
        self._passing: OrderedDict[str, _Passing] = OrderedDict()
        self._lock = threading.Lock()

    def ask(
        self,
        question: str,
        caller: Caller,
        conversation: str | None,
        *,
        now: datetime,
        rules: bool = False,
        on_event: OnEvent | None = None,
        cancel: Cancel | None = None,
    ) -> tuple[Answer, str]:
        """The answer, and the conversation's id; None begins one. NoConversation when the caller has none of that id.

        A question whose reader has gone before it was answered is not kept: Cancelled.
        """
        turns = self._turns(conversation, caller)
        answer = self._answering.answer(
            question, caller.limits, now=now, turns=turns, rules=rules, on_event=on_event, cancel=cancel
        )
        if cancel is not None:
            cancel.check()
        turn = turn_to_keep(question, answer, now)
        with self._lock:
            passing = self._passing.get(conversation or "")
        with self._house.read() as view:
            kept = keeps_conversations(view.vault) and passing is None
        if kept:
            try:
                name = self._house.write(lambda vault: keep_turn(vault, conversation, turn, caller.key or ""))
            except KeyError as error:  # it was deleted meanwhile
                raise NoConversation from error
            return answer, name
        return answer, self._pass(conversation, caller, turns, turn, Turn(question, answer, answer.plan))

    def read(self, conversation: str) -> Conversation | None:
        """One conversation, kept or not."""
        with self._lock:
            passing = self._passing.get(conversation)
        if passing is not None:
            return Conversation(conversation, passing.key, passing.turns)
        with self._house.read() as view:
            return read_conversation(view.vault, conversation)

    def forget_passing(self, conversation: str | None = None) -> bool:
        """Ends one that is not kept, or all. Says whether there was any."""
        with self._lock:
            if conversation is not None:
                return self._passing.pop(conversation, None) is not None
            some = bool(self._passing)
            self._passing.clear()
            return some

    def _turns(self, conversation: str | None, caller: Caller) -> Sequence[Turn]:
        if conversation is None:
            return ()
        with self._lock:
            passing = self._passing.get(conversation)
        if passing is not None and passing.key == (caller.key or ""):
            return passing.talk
        with self._house.read() as view:
            kept = read_conversation(view.vault, conversation)
            if kept is None or kept.id != conversation or kept.key != (caller.key or ""):
                raise NoConversation
            return turns_of(view.vault, kept)

    def _pass(self, conversation: str | None, caller: Caller, turns: Sequence[Turn], kept: KeptTurn, turn: Turn) -> str:
        """Goes on with a conversation that is not kept. One that is kept stays as it is: what follows is another."""
        with self._lock:
            before = self._passing.pop(conversation or "", None)
            name = conversation if conversation and before else secrets.token_hex(8)
            before = before or _Passing(caller.key or "", (), tuple(turns))
            self._passing[name] = _Passing(before.key, (*before.turns, kept), (*before.talk, turn))
            while len(self._passing) > _MOST:
                self._passing.popitem(last=False)
        return name
