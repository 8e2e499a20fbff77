"""One KakaoTalk room and a message in it."""

from __future__ import annotations

import hashlib
import mimetypes
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from darak.importers.chats.kakaotalk.dialects import MEDIA_NAME, placeholder
from darak.importers.importer import Item
from darak.records.record import Blob, Identity, Origin, Record, nfc
from darak.records.time import Precision, Time

SOURCE = "kakaotalk"
ME = Identity("me")
Media = Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class Chat:
    """What all messages of a file share. `partner` is the other one of a talk of two, when the room has their name;
    `owner` the word by which the file calls its owner, "" when it gives their name like those of all others."""

    member: str
    room: str
    partner: Identity | None = None
    owner: str = ""
    media: Media = lambda name: None
    """The file of a name that came with the chat."""
    said: Counter[int] = field(default_factory=Counter[int])
    """How often the same was said in the same unit of time."""

    def message(self, author: str, text: str, time: Time, origin: Origin) -> Record:
        identity = (ME if author == self.owner else Identity(nfc(author))) if author else None
        data = self.media(text) if MEDIA_NAME.fullmatch(text) else None
        stands_for = placeholder(text)
        native, also = self._ids(time, identity, stands_for or nfc(text))
        return Record(
            source=SOURCE,
            kind="message",
            time=time,
            origin=origin,
            native_id=native,
            author=identity,
            people=(self.partner,) if self.partner and identity != self.partner else (),
            thread=self.room,
            title=self.room,
            text=text,
            blobs=(Blob.of(data, text, mimetypes.guess_type(text)[0]),) if data is not None else (),
            extra={"placeholder": stands_for} if stands_for else {},
            also=also,
        )

    def known_as_owners(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, with the id that a message has in exports that do not name their owner, if it is the owner's.

        Which of the names is the owner's need not be known, as long as no two say the same in one minute.
        """
        if self.owner:
            yield from items
            return
        minute, held = None, list[Item]()
        for item in items:
            if isinstance(item, Record) and item.time.local is not None:
                known = item.time.local.replace(second=0)
                if known != minute:
                    yield from self._with_owners(held)
                    minute, held = known, []
            held.append(item)
        yield from self._with_owners(held)

    def _with_owners(self, items: list[Item]) -> Iterator[Item]:
        """The items of one minute."""
        authors = Counter(
            said for said, _ in {(_said(item), item.author) for item in items if isinstance(item, Record)}
        )
        for item in items:
            if isinstance(item, Record) and item.time.local and item.author not in (None, self.partner):
                said = _said(item)
                if authors[said] == 1:
                    moment = item.time.local.isoformat(timespec="minutes")
                    item = replace(item, also=(*item.also, self._numbered(moment, ME, said)))
            yield item

    def _ids(self, time: Time, author: Identity | None, text: str) -> tuple[str | None, tuple[str, ...]]:
        """The id of a message, and the one it has in exports that tell minutes alone: the same on every platform and in
        every language. None without a time."""
        if time.local is None:
            return None, ()
        minute = self._numbered(time.local.isoformat(timespec="minutes"), author, text)
        if time.precision is Precision.MINUTE:
            return minute, ()
        return self._numbered(time.local.isoformat(timespec="seconds"), author, text), (minute,)

    def _numbered(self, moment: str, author: Identity | None, text: str) -> str:
        parts = "\x1f".join((self.room, moment, author.handle if author else "", text))
        self.said[hash(parts)] += 1
        known = f"{parts}\x1f{self.said[hash(parts)]}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(known, digest_size=12).hexdigest()


def _said(record: Record) -> str:
    """What every export says alike."""
    return record.extra.get("placeholder") or nfc(record.text)


def damage_of(text: str, origin: Origin) -> tuple[str, Origin, str]:
    """The flaw of a message of which a line is not intact."""
    if "\ufffd" in text:
        return "undecodable", origin, "some bytes cannot be decoded"
    return "line-too-long", origin, "a line of over 1 MB was cut"
