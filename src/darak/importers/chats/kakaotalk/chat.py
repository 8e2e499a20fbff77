"""One KakaoTalk room and a message in it."""

from __future__ import annotations

from dataclasses import dataclass

from darak.importers.chats.kakaotalk.dialects import placeholder
from darak.records.record import Identity, Origin, Record, nfc
from darak.records.time import Time

SOURCE = "kakaotalk"


@dataclass(frozen=True, slots=True)
class Chat:
    """What all messages of a file share. `partner` is the other one of a talk of two, when the room has their name."""

    member: str
    room: str
    partner: Identity | None = None

    def message(self, author: str, text: str, time: Time, origin: Origin) -> Record:
        identity = Identity(nfc(author)) if author else None
        stands_for = placeholder(text)
        return Record(
            source=SOURCE,
            kind="message",
            time=time,
            origin=origin,
            author=identity,
            people=(self.partner,) if self.partner and identity != self.partner else (),
            thread=self.room,
            title=self.room,
            text=text,
            extra={"placeholder": stands_for} if stands_for else {},
        )


def damage_of(text: str, origin: Origin) -> tuple[str, Origin, str]:
    """The flaw of a message of which a line is not intact."""
    if "\ufffd" in text:
        return "undecodable", origin, "some bytes cannot be decoded"
    return "line-too-long", origin, "a line of over 1 MB was cut"
