"""One message, call or service notice of Telegram as a record.

The fields are those that Telegram Desktop writes into `result.json`, old and new; `date` is the clock of the computer
that exported, so the instant comes from `date_unixtime` where it is there (since 2021).
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any

from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_int, as_list, as_text
from darak.importers.importer import Ignored
from darak.records.record import Blob, Identity, Origin, Place, Record, nfc
from darak.records.time import UNKNOWN_TIME, Time, from_epoch, parse_iso

SOURCE = "telegram"
_DELETED = "Deleted Account"
_UNNAMED = {"saved_messages": "Saved Messages"}
"""How pages call chats that have no name in JSON."""
_CALLS = ("phone_call", "group_call", "conference_call")
_PRIVATE = ("personal_chat", "bot_chat")
_FILES = ("photo", "file")
_KEPT = (
    *(
        "action",
        "media_type",
        "sticker_emoji",
        "mime_type",
        "duration_seconds",
        "performer",
        "via_bot",
        "place_name",
        "address",
    ),
    *("forwarded_from", "saved_from", "self_destruct_period_seconds", "live_location_period_seconds", "signature"),
)
_TOLD = (
    "title",
    "inviter",
    "members",
    "discard_reason",
    "boosts",
    "period",
    "score",
    "amount",
    "emoticon",
    "reason_domain",
)
"""What a service notice tells beside its action."""
_NO_DATE = "1970-01-01T"
_LETTERS = re.compile(r"\D")


def message_record(message: Json, chat: Json, origin: Origin, media: Callable[[str], bytes | None]) -> Record | str:
    """The record of one element of `messages`; `chat` has the name, type and id of the chat around it."""
    time = _time(message, "date")
    if time.local is None:
        return "a message without a time"
    native, chat_id = message.get("id"), _chat_id(chat)
    service = message.get("type") == "service"
    author = _identity(message.get("actor"), message.get("actor_id")) if service else None
    author = author or _identity(message.get("from"), message.get("from_id"))
    action = as_text(message.get("action")) if service else ""
    kind = "message" if not service else "call" if action in _CALLS else "other"
    text = "\n".join(filter(None, (_notice(action, message), _text(message)))) if service else _text(message)
    return Record(
        source=SOURCE,
        kind=kind,
        time=time,
        end=_end(message) if kind == "call" else None,
        origin=origin,
        native_id=f"{chat_id}/{native}" if native is not None and chat_id else None,
        author=author,
        people=tuple(_partner(chat, author)),
        thread=nfc(as_text(chat.get("name"))) or chat_id or None,
        parent=_parent(message, chat_id),
        title=nfc(as_text(chat.get("name"))) or None,
        text=text,
        place=_place(message),
        url=next(_links(message), None),
        blobs=tuple(_blobs(message, media)),
        extra=_extra(message),
        also=() if native is None else (page_id(_shown(chat), native),),
    )


def _shown(chat: Json) -> str:
    """How pages call the chat."""
    return as_text(chat.get("name")) or _UNNAMED.get(as_text(chat.get("type")), _DELETED)


def page_id(chat: str, number: Any) -> str:
    """The native id of a message in Telegram's pages, which know a chat by its name alone."""
    return f"{nfc(chat)}/{number}"


def contact_record(contact: Json, origin: Origin) -> Record | Ignored:
    """The record of one element of the contact list: a number and the name that the owner gave it."""
    name = " ".join(filter(None, (as_text(contact.get(key)) for key in ("first_name", "last_name")))).strip()
    number = as_text(contact.get("phone_number")).replace(" ", "")
    user = as_int(contact.get("user_id"))
    handles = [handle for handle in (number, f"user{user}" if user else "") if handle.strip("0+")]
    if not name and not handles:
        return Ignored("empty-contact", origin)
    return Record(
        source=SOURCE,
        kind="contact",
        time=_time(contact, "date"),
        origin=origin,
        native_id=f"contact/{user or number or name}",
        people=tuple(Identity(handle, name or None) for handle in handles) or (Identity(name, name),),
        title=name or handles[0],
        text="\n".join(part for part in (name, number) if part),
    )


def _time(value: Json, key: str) -> Time:
    seconds, written = as_int(value.get(f"{key}_unixtime")), as_text(value.get(key))
    try:
        if seconds:
            return from_epoch(seconds, str(value[f"{key}_unixtime"]))
        return UNKNOWN_TIME if not written or written.startswith(_NO_DATE) else parse_iso(written)
    except (ValueError, OverflowError):
        return UNKNOWN_TIME


def _chat_id(chat: Json) -> str:
    identity = chat.get("id")
    return str(identity) if identity is not None else nfc(as_text(chat.get("name")))


def _identity(name: Any, handle: Any) -> Identity | None:
    """The writer; older exports have a bare number for a handle, deleted accounts no name, the oldest no handle."""
    known = as_text(name) or None
    if isinstance(handle, int):
        handle = f"user{handle}"
    return Identity(as_text(handle) or known or "", known) if handle or known else None


def _partner(chat: Json, author: Identity | None) -> Iterator[Identity]:
    """The other one of a talk of two, where the owner speaks."""
    if chat.get("type") in _PRIVATE and chat.get("id") is not None:
        partner = Identity(f"user{chat['id']}", as_text(chat.get("name")) or None)
        if author is None or author.handle != partner.handle:
            yield partner


def _parent(message: Json, chat_id: str) -> str | None:
    replied = message.get("reply_to_message_id")
    if replied is None or not chat_id:
        return None
    peer = message.get("reply_to_peer_id")
    if isinstance(peer, str):
        chat_id = _LETTERS.sub("", peer) or chat_id
    return f"{chat_id}/{replied}"


def plain_text(text: Any) -> str:
    """The words of a text, which is a string, or a list of strings and of pieces with a form."""
    if isinstance(text, str):
        return text
    return "".join(part if isinstance(part, str) else as_text(as_dict(part).get("text")) for part in as_list(text))


def _text(message: Json) -> str:
    said = plain_text(message.get("text")) or plain_text(message.get("text_entities"))
    lines = [said, *_told(message)]
    if any(lines):
        return "\n".join(filter(None, lines))
    if message.get("sticker_emoji"):
        return as_text(message["sticker_emoji"])
    kinds = (key for key in ("photo", "location_information", "file") if key in message)
    kind = as_text(message.get("media_type")) or next(kinds, "").partition("_")[0]
    return as_text(message.get("file_name")) or kind.replace("_", " ")


def _told(message: Json) -> Iterator[str]:
    """What stands beside the text: a poll, a card, a place, a bill, a game, a piece of music."""
    poll = as_dict(message.get("poll"))
    if poll:
        yield plain_text(poll.get("question"))
        yield from (f"- {plain_text(answer.get('text'))}" for answer in as_dicts(poll.get("answers")))
    card = as_dict(message.get("contact_information"))
    if card:
        yield " ".join(filter(None, (as_text(card.get(k)) for k in ("first_name", "last_name", "phone_number"))))
    yield ", ".join(filter(None, (as_text(message.get(key)) for key in ("place_name", "address"))))
    bill = as_dict(message.get("invoice_information"))
    if bill:
        yield " ".join(str(bill[key]) for key in ("title", "description", "amount", "currency") if bill.get(key))
    yield as_text(message.get("game_title"))
    if message.get("type") != "service":
        yield " – ".join(filter(None, (as_text(message.get(key)) for key in ("performer", "title"))))


def _place(message: Json) -> Place | None:
    point = as_dict(message.get("location_information"))
    lat, lon = point.get("latitude"), point.get("longitude")
    if not isinstance(lat, (int, float)) or not isinstance(lon, (int, float)):
        return None
    return Place(as_text(message.get("place_name")) or None, float(lat), float(lon))


def _links(message: Json) -> Iterator[str]:
    for text in (message.get("text"), message.get("text_entities")):
        for part in as_dicts(text):
            if part.get("type") == "link":
                yield as_text(part.get("text"))
            elif part.get("type") == "text_link":
                yield as_text(part.get("href"))


def _blobs(message: Json, media: Callable[[str], bytes | None]) -> Iterator[Blob]:
    for key in _FILES:
        path = as_text(message.get(key))
        if path and (data := media(path)) is not None:
            name = as_text(message.get("file_name")) or PurePosixPath(path).name
            yield Blob.of(data, name, as_text(message.get("mime_type")) or mimetypes.guess_type(name)[0])


def _extra(message: Json) -> dict[str, Any]:
    extra: dict[str, Any] = {key: message[key] for key in _KEPT if message.get(key) not in (None, "")}
    files = [message[key] for key in _FILES if isinstance(message.get(key), str)]
    if files and not files[0].startswith("("):
        extra["file"] = files[0]
    if (edited := _time(message, "edited")).local:
        extra["edited"] = edited.iso()
    reactions = [
        {"emoji": r.get("emoji") or r.get("document_id") or r.get("type"), "count": r.get("count")}
        for r in as_dicts(message.get("reactions"))
    ]
    if reactions:
        extra["reactions"] = reactions
    links = list(dict.fromkeys(_links(message)))
    if len(links) > 1:
        extra["links"] = links
    return extra


def _notice(action: str, message: Json) -> str:
    """What Telegram says of a call or of the chat: who came, a new title, a pinned message."""
    words = ", ".join(filter(None, (_words(message.get(key)) for key in _TOLD)))
    return (action or "notice").replace("_", " ") + (f": {words}" if words else "")


def _end(message: Json) -> Time | None:
    begun, seconds = as_int(message.get("date_unixtime")), as_int(message.get("duration_seconds"))
    return from_epoch(begun + seconds) if begun and seconds else None


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(as_text(part) for part in as_list(value) if part)
    return "" if value is None else str(value).replace("_", " ")
