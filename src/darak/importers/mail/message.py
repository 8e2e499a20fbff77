"""One mail as a record: who, when, which thread, the words, the attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from darak.importers.formats.decoding import decode
from darak.importers.importer import BadRow, Flaw, Ignored, Item
from darak.importers.mail.body import DEFECTS, Content, collect
from darak.importers.mail.headers import (
    addresses,
    date,
    header_text,
    labels,
    message_id,
    message_ids,
    received,
)
from darak.importers.mail.mime import Part, parse_part
from darak.records.record import Identity, Origin, Record
from darak.records.time import Time

_SAYS_SOMETHING = frozenset(
    (
        "from",
        "to",
        "cc",
        "bcc",
        "sender",
        "subject",
        "date",
        "message-id",
        "received",
        "return-path",
        "delivered-to",
        "mime-version",
        "content-type",
    )
)
_GMAIL = re.compile(rb"From (\d{12,})@\S+ +(.*\S)", re.DOTALL)
_STATES = {
    "draft": (
        *("draft", "drafts", "임시보관함", "임시 보관함", "下書き", "草稿", "entwürfe", "brouillons", "borradores"),
        *("bozze", "rascunhos", "concepten", "черновики", "taslaklar", "wersje robocze"),
    ),
    "spam": (
        *(
            "spam",
            "junk",
            "junk e-mail",
            "스팸",
            "스팸함",
            "스팸메일함",
            "정크 메일",
            "迷惑メール",
            "垃圾邮件",
            "垃圾郵件",
        ),
        *("spamverdacht", "courrier indésirable", "correo no deseado", "спам"),
    ),
    "trash": (
        *("trash", "bin", "deleted items", "휴지통", "지운편지함", "지운 편지함", "ゴミ箱", "已删除邮件", "垃圾桶"),
        *("papierkorb", "corbeille", "papelera", "cestino", "lixeira", "prullenbak", "корзина", "çöp kutusu", "kosz"),
    ),
}
"""What mail services call these folders, in the languages of their users."""
_STATE_OF = {label: state for state, names in _STATES.items() for label in names}
_EXPUNGED = 0x0008
_FOLDER_DATA = "DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA"


def read_message(
    source: str,
    data: bytes,
    origin: Origin,
    *,
    envelope: bytes = b"",
    flaw: str = "",
    extra: Mapping[str, Any] = MappingProxyType({}),
) -> Iterator[Item]:
    """The items of one mail: a record, with one flaw when a part of it could not be read; or what it is instead.

    `envelope` is an mbox's From line, `flaw` why its end is missing ("too-large" or "cut-off"), `extra` what its folder
    says.
    """
    part = parse_part(data)
    if not any(name in _SAYS_SOMETHING for name, _ in part.headers):
        yield BadRow("not-a-message", origin, "there is no mail header at its beginning", data)
        return
    reason = _not_for_reading(part)
    if reason:
        yield Ignored(reason, origin)
        return
    content = Content(extra=dict(extra))
    if flaw or "no-body" in part.defects:
        code = flaw or "cut-off"
        content.flaws.append((code, DEFECTS[code]))
    collect(part, content)
    yield _record(source, part, content, origin, envelope)
    if content.flaws:
        codes = dict(content.flaws)
        yield Flaw(next(iter(codes)), origin, "; ".join(codes.values()))


def _not_for_reading(part: Part) -> str | None:
    """Why this is no mail of the owner's: deleted but not yet expunged, or a mail program's own data."""
    status = part.first("x-mozilla-status") or b"0"
    try:
        if int(status, 16) & _EXPUNGED:
            return "deleted-message"
    except ValueError:
        pass
    return "folder-internal-data" if header_text(part.first("subject")) == _FOLDER_DATA else None


def _record(source: str, part: Part, content: Content, origin: Origin, envelope: bytes) -> Record:
    authors = addresses(part.all("from")) or addresses(part.all("sender"))
    author = authors[0] if authors else None
    copies = addresses(part.all("cc"))
    people = addresses([*part.all("to"), *part.all("cc"), *part.all("bcc")])
    time = _time(part, content, envelope)
    own = message_id(part.first("message-id"))
    references = message_ids(part.all("references"))
    replied = message_ids(part.all("in-reply-to"))
    conversation = header_text(part.first("x-gm-thrid"))
    _describe(part, copies, content.extra)
    native_id = own or gmail_id(envelope)
    return Record(
        source=source,
        kind="mail",
        time=time,
        origin=origin,
        native_id=native_id,
        author=author,
        people=tuple(person for person in people if author is None or person.handle != author.handle),
        thread=f"gmail:{conversation}" if conversation else next(iter((*references, *replied)), native_id),
        parent=next(iter((*replied, *references[::-1])), None),
        title=header_text(part.first("subject")) or None,
        text="\n\n".join(text for text in content.texts if text),
        blobs=tuple(content.blobs),
        extra=content.extra,
    )


def _time(part: Part, content: Content, envelope: bytes) -> Time:
    """The Date; without one when it arrived, as a server stamped it. Other From lines only tell of the export."""
    written = part.first("date")
    time = date(written)
    if time is not None:
        return time
    if written:
        content.flaws.append(("invalid-date", f"its date cannot be read: {decode(written)[0][:80]!r}"))
    else:
        content.flaws.append(("missing-date", "it has no date"))
    arrived = received(part.all("received"))
    if arrived.local is not None:
        content.extra["time_from"] = "received"
        return arrived
    stamped = date(_gmail_date(envelope))
    if stamped is not None:
        content.extra["time_from"] = "envelope"
        return stamped
    return arrived if written is None else Time(decode(written)[0], None, arrived.precision)


def gmail_id(envelope: bytes) -> str | None:
    """Gmail's own number of a mail, which its From line holds."""
    gmail = _GMAIL.match(envelope)
    return f"gmail:{gmail[1].decode()}" if gmail else None


def _gmail_date(envelope: bytes) -> bytes | None:
    """The stamp `Fri Jan 02 12:15:00 +0000 2026` of Gmail's From line in the order of a Date header."""
    gmail = _GMAIL.match(envelope)
    words = gmail[2].split() if gmail else []
    if len(words) != 6:
        return None
    _, month, day, clock, offset, year = words
    return b" ".join((day, month, year, clock, offset))


def _describe(part: Part, copies: list[Identity], extra: dict[str, Any]) -> None:
    found = labels(part.first("x-gmail-labels"))
    if found:
        extra["labels"] = found
    state = next((s for label in (*found, extra.get("folder", "")) if (s := _STATE_OF.get(label.lower()))), None)
    if state:
        extra["state"] = state
    if copies:
        extra["cc"] = [person.handle for person in copies]
    if mailing_list := header_text(part.first("list-id")):
        extra["list"] = mailing_list
