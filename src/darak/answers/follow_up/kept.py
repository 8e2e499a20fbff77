"""Turns as the vault keeps them, and back: what a later question may lean on."""

from __future__ import annotations

from datetime import datetime

from darak.answers.answer import Answer, Citation
from darak.answers.follow_up.turn import Turn
from darak.records.conversations import (
    Cited,
    Conversation,
    KeptPoint,
    KeptSeries,
    KeptTurn,
    keep_turn,
    keeps_conversations,
)
from darak.records.vault import Vault

_LATEST = 6
"""Turns that are read back to go on with a conversation."""


def turn_to_keep(question: str, answer: Answer, now: datetime) -> KeptTurn:
    """What is kept of an answer that was given at `now`."""
    cited = tuple(
        Cited(one.number, record=one.id)
        if isinstance(one, Citation)
        else Cited(one.number, metric=str(one.json()["series"]["metric"]))
        for one in answer.citations
    )
    series = tuple(
        KeptSeries(one.title, one.unit, tuple(KeptPoint(p.label, round(p.value, 2), p.n) for p in one.points))
        for one in answer.series
    )
    time = now.isoformat(timespec="seconds")
    return KeptTurn(time, question, answer.text, answer.status, answer.model, cited, series=series)


def turns_of(vault: Vault, conversation: Conversation | None) -> list[Turn]:
    """The latest turns of a conversation, with the records that their answers rested on."""
    return [_turn(vault, one) for one in conversation.turns[-_LATEST:]] if conversation else []


class Talk:
    """A conversation that goes on: the turns to which a question may point, and its `id`, None before it is kept."""

    def __init__(self, vault: Vault, conversation: Conversation | None = None) -> None:
        self._vault = vault
        self.id = conversation.id if conversation else None
        self.turns = turns_of(vault, conversation)

    def add(self, question: str, answer: Answer, now: datetime) -> None:
        """Takes up an answer that was given at `now`, and keeps it if the owner keeps conversations."""
        self.turns.append(Turn(question, answer, answer.plan))
        if keeps_conversations(self._vault):
            self.id = keep_turn(self._vault, self.id, turn_to_keep(question, answer, now))


def _turn(vault: Vault, kept: KeptTurn) -> Turn:
    numbers = [vault.number(one.record) for one in kept.cited if one.record is not None]
    records = tuple(stored.record for stored in vault.get(n for n in numbers if n is not None).values())
    return Turn(kept.question, kept.answer, None, records, datetime.fromisoformat(kept.time))
