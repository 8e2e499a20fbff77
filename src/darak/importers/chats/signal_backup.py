"""The frames of Signal's own plain export (`main.jsonl`): who takes part, which chats there are, what was said.

Ids of recipients and chats are numbers of one phone; records are known by what stays when the phone changes: the
account or the group, the writer, and the millisecond of sending. 64-bit numbers are texts, bytes are base64. What was
meant to vanish is not taken in: messages with a timer, those to be seen once, those that were deleted for everyone.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_int, as_text
from darak.importers.importer import Ignored
from darak.records.record import Blob, Identity, Origin, Record
from darak.records.time import Precision, Time, from_epoch

SOURCE = "signal"
FRAMES = ("account", "recipient", "chat", "chatItem")
_NAMES = (("systemGivenName", "systemFamilyName"), ("profileGivenName", "profileFamilyName"), ("username",))
_LEFT_OUT = {
    "remoteDeletedMessage": "deleted-message",
    "viewOnceMessage": "view-once-message",
    "giftBadge": "badge",
}
_SAID = (
    *("standardMessage", "directStoryReplyMessage", "stickerMessage", "contactMessage", "paymentNotification"),
    "poll",
)
_CALLS = ("individualCall", "groupCall")
_SELF = "self"
_MENTION = "\ufffc"


@dataclass(frozen=True, slots=True)
class Recipient:
    """`key` is the same on every phone; `title` is how a chat with them is called."""

    key: str
    identity: Identity
    title: str
    single: bool = False


@dataclass(slots=True)
class Export:
    """What the frames told so far: they come before what refers to them."""

    media: Callable[[str], bytes | None]
    recipients: dict[str, Recipient] = field(default_factory=dict[str, Recipient])
    chats: dict[str, str] = field(default_factory=dict[str, str])
    owner: str | None = None
    _names: dict[str, str] = field(default_factory=dict[str, str])

    def take(self, frame: Json, origin: Origin) -> Record | Ignored | str:
        """The record of a frame that has a message; others are remembered and ignored."""
        if "chatItem" in frame:
            return self._item(as_dict(frame["chatItem"]), origin)
        if "account" in frame:
            account = as_dict(frame["account"])
            names = (as_text(account.get(key)) for key in ("givenName", "familyName"))
            self.owner = " ".join(filter(None, names)) or as_text(account.get("username")) or None
        elif "recipient" in frame:
            recipient = as_dict(frame["recipient"])
            known = self.recipients[str(recipient.get("id"))] = self._recipient(recipient)
            self._names[known.key] = known.identity.display
        elif "chat" in frame:
            chat = as_dict(frame["chat"])
            self.chats[str(chat.get("id"))] = str(chat.get("recipientId"))
        return Ignored("frame", origin)

    def _recipient(self, recipient: Json) -> Recipient:
        if "self" in recipient:
            return Recipient(_SELF, Identity("me", self.owner), self.owner or "Note to Self")
        if group := as_dict(recipient.get("group")):
            title = as_text(as_dict(as_dict(group.get("snapshot")).get("title")).get("title")) or "group"
            key = as_text(group.get("masterKey")) or title
            return Recipient(key, Identity(key, title), title)
        contact = as_dict(recipient.get("contact"))
        number = as_text(contact.get("e164")).lstrip("+")
        account = _uuid(contact.get("aci")) or _uuid(contact.get("pni"))
        name = _name(contact)
        kind = next((key for key in recipient if key != "id"), "recipient")
        handle = f"+{number}" if number else account or name or kind
        return Recipient(account or handle, Identity(handle, name), name or handle, single=bool(contact))

    def _item(self, item: Json, origin: Origin) -> Record | Ignored | str:
        """The record of a chat item, or why there is none."""
        for key, code in _LEFT_OUT.items():
            if key in item:
                return Ignored(code, origin)
        if as_int(item.get("expiresInMs")):
            return Ignored("disappearing-message", origin)
        update = as_dict(item.get("updateMessage"))
        call = next((as_dict(update[key]) for key in _CALLS if key in update), None)
        if "updateMessage" in item and call is None:
            return Ignored("notice", origin)
        if call is None and not any(key in item for key in _SAID):
            return "a message of an unknown kind"
        # An edited message is sent anew; what it was first is what an older export knows it by.
        revisions = as_dicts(item.get("revisions"))
        sent = min((n for one in (item, *revisions) if (n := as_int(one.get("dateSent")))), default=0)
        time = _time(sent)
        if time is None:
            return "a message without a time"
        chat = self.recipients.get(self.chats.get(str(item.get("chatId")), ""))
        author = self.recipients.get(str(item.get("authorId")))
        room = chat.key if chat else str(item.get("chatId"))
        writer = author.key if author else str(item.get("authorId"))
        said = as_dict(item.get("standardMessage")) or as_dict(item.get("directStoryReplyMessage"))
        partner = chat.identity if chat and chat.single and writer != room else None
        return Record(
            source=SOURCE,
            kind="message" if call is None else "call",
            time=time,
            end=_time(call.get("endedCallTimestamp") or call.get("endedTimestamp")) if call else None,
            origin=origin,
            native_id=f"{room}/{writer}/{sent}" + ("" if call is None else "/call"),
            author=author.identity if author else None,
            people=(partner,) if partner else (),
            thread=chat.title if chat else None,
            parent=self._quoted(room, as_dict(said.get("quote"))),
            title=chat.title if chat else None,
            text="\n".join(filter(None, _lines(item, self._words))) if call is None else _call_words(call),
            url=next((as_text(link.get("url")) for link in as_dicts(said.get("linkPreview"))), None) or None,
            blobs=tuple(self._blobs(said)),
            extra=self._extra(item, said),
            also=_desktop_ids(time, as_text(as_dict(said.get("text")).get("body"))),
        )

    def _words(self, text: Json) -> str:
        """A text with the names of those whom it mentions, for whom it has a sign that holds their place."""
        body = as_text(text.get("body"))
        if _MENTION not in body:
            return body
        mentions = [one for one in as_dicts(text.get("bodyRanges")) if "mentionAci" in one]
        mentions.sort(key=lambda one: as_int(one.get("start")) or 0)
        first, *rest = body.split(_MENTION)
        names = [self._names.get(_uuid(one["mentionAci"])) for one in mentions[: len(rest)]]
        names += [None] * (len(rest) - len(names))
        return first + "".join(
            (f"@{name}" if name else _MENTION) + part for name, part in zip(names, rest, strict=True)
        )

    def _quoted(self, room: str, quote: Json) -> str | None:
        author = self.recipients.get(str(quote.get("authorId")))
        sent = quote.get("targetSentTimestamp")
        return f"{room}/{author.key}/{sent}" if author and sent else None

    def _extra(self, item: Json, said: Json) -> dict[str, Any]:
        extra: dict[str, Any] = {}
        people = self.recipients
        reactions = [
            {"emoji": as_text(one.get("emoji")), "by": by.identity.display}
            for one in as_dicts(said.get("reactions"))
            if (by := people.get(str(one.get("authorId"))))
        ]
        if reactions:
            extra["reactions"] = reactions
        if revisions := as_dicts(item.get("revisions")):
            extra["earlier"] = ["\n".join(filter(None, _lines(one, self._words))) for one in revisions]
        files = [as_dict(one.get("pointer")) for one in as_dicts(said.get("attachments"))]
        if files:
            extra["files"] = [as_text(one.get("fileName")) or as_text(one.get("contentType")) for one in files]
        if quoted := as_text(as_dict(as_dict(said.get("quote")).get("text")).get("body")):
            extra["quoted"] = quoted
        return extra

    def _blobs(self, said: Json) -> Iterator[Blob]:
        """The files of a message, which are named by the hash of what is in them."""
        for one in as_dicts(said.get("attachments")):
            pointer = as_dict(one.get("pointer"))
            digest = _bytes(as_dict(pointer.get("locatorInfo")).get("plaintextHash"))
            if digest and (data := self.media(digest.hex())) is not None:
                yield Blob.of(
                    data, as_text(pointer.get("fileName")) or None, as_text(pointer.get("contentType")) or None
                )


def desktop_id(moment: datetime, body: str) -> str:
    """The id of a message in exports of Signal Desktop, by the clock of a computer: its hour may be any, as no zone is
    told, but hardly anybody says the same at the same millisecond of two hours of a day."""
    said = hashlib.blake2b(body.replace("`", "").strip().encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f"{moment:%Y-%m-%d %M:%S.%f} {said}"


def _desktop_ids(time: Time, body: str) -> tuple[str, ...]:
    """The ids on each day that it may have been where the computer was; none for what has no words of its own."""
    if time.local is None or not body or _MENTION in body:
        return ()
    days = [time.local + timedelta(hours=hours) for hours in (0, -12, 14)]
    minute = time.local.replace(hour=0)
    ids = (desktop_id(minute.replace(year=day.year, month=day.month, day=day.day), body) for day in days)
    return tuple(dict.fromkeys(ids))


def _call_words(call: Json) -> str:
    words = (as_text(call.get(key)).lower().replace("_", " ") for key in ("direction", "type", "state"))
    return ", ".join(filter(None, words)) or "group call"


def _lines(item: Json, words: Callable[[Json], str]) -> Iterator[str]:
    """What a message says, whatever its kind."""
    said = as_dict(item.get("standardMessage"))
    yield words(as_dict(said.get("text")))
    for one in as_dicts(said.get("attachments")):
        yield as_text(as_dict(one.get("pointer")).get("fileName")) or as_text(
            as_dict(one.get("pointer")).get("contentType")
        )
    story = as_dict(item.get("directStoryReplyMessage"))
    yield words(as_dict(as_dict(story.get("textReply")).get("text"))) or as_text(story.get("emoji"))
    yield as_text(as_dict(as_dict(item.get("stickerMessage")).get("sticker")).get("emoji"))
    card = as_dict(as_dict(item.get("contactMessage")).get("contact"))
    yield " ".join(as_text(value) for value in as_dict(card.get("name")).values() if value)
    yield from (as_text(number.get("value")) for number in as_dicts(card.get("number")))
    payment = as_dict(item.get("paymentNotification"))
    yield " ".join(
        filter(
            None, (as_text(payment.get("amountMob")) and f"{payment['amountMob']} MOB", as_text(payment.get("note")))
        )
    )
    poll = as_dict(item.get("poll"))
    yield as_text(poll.get("question"))
    yield from (f"- {as_text(option.get('option'))}" for option in as_dicts(poll.get("options")))


def _name(contact: Json) -> str | None:
    """The name that the owner gave, else that of the phone's contacts, else the person's own."""
    nickname = as_dict(contact.get("nickname"))
    names = [" ".join(filter(None, (as_text(nickname.get(key)) for key in ("given", "family"))))]
    names += [" ".join(filter(None, (as_text(contact.get(key)) for key in keys))) for keys in _NAMES]
    return next(filter(None, names), None)


def _bytes(value: Any) -> bytes:
    try:
        return base64.b64decode(as_text(value), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _uuid(value: Any) -> str:
    raw = _bytes(value)[-16:]
    return str(UUID(bytes=raw)) if len(raw) == 16 else as_text(value)


def _time(value: Any) -> Time | None:
    milliseconds = as_int(value)
    try:
        return from_epoch(milliseconds / 1000, str(value), Precision.MILLISECOND) if milliseconds else None
    except (OverflowError, ValueError):
        return None
