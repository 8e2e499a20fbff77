"""One mail as a record: who, when, which thread, the words, the attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from darak.importers.decoding import decode
from darak.importers.html_text import text_of_html
from darak.importers.importer import BadRow, Flaw, Ignored, Item
from darak.importers.mail_headers import (
    addresses,
    date,
    header_text,
    labels,
    message_id,
    message_ids,
    received,
)
from darak.importers.mime import Part, parse_part
from darak.records.record import Blob, Identity, Origin, Record
from darak.records.time import Time

_SAYS_SOMETHING = frozenset((
    "from", "to", "cc", "bcc", "sender", "subject", "date", "message-id", "received", "return-path", "delivered-to",
    "mime-version", "content-type",
))
_GMAIL = re.compile(rb"From (\d{12,})@\S+ +(.*\S)", re.DOTALL)
_STATES = {
    "draft": ("draft", "drafts", "임시보관함", "임시 보관함"),
    "spam": ("spam", "junk", "스팸", "스팸함", "스팸메일함"),
    "trash": ("trash", "bin", "deleted items", "휴지통", "지운편지함"),
}
_STATE_OF = {label: state for state, names in _STATES.items() for label in names}
_EXPUNGED = 0x0008
_FOLDER_DATA = "DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA"
_WORDS = ("text/plain", "text/html", "text/enriched")


@dataclass
class _Content:
    """What the parts of one mail hold."""

    texts: list[str] = field(default_factory=list[str])
    blobs: list[Blob] = field(default_factory=list[Blob])
    flaws: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    extra: dict[str, Any] = field(default_factory=dict[str, Any])


def read_message(
    source: str, data: bytes, origin: Origin, *, envelope: bytes = b"", whole: bool = True,
    extra: Mapping[str, Any] = MappingProxyType({}),
) -> Iterator[Item]:
    """The items of one mail: a record, with one flaw when a part of it could not be read; or what it is instead.

    `envelope` is an mbox's From line, `whole` False when the end of the mail is missing, `extra` what its folder says.
    """
    part = parse_part(data)
    if not any(name in _SAYS_SOMETHING for name, _ in part.headers):
        yield BadRow("not-a-message", origin, "there is no mail header at its beginning", data)
        return
    reason = _not_for_reading(part)
    if reason:
        yield Ignored(reason, origin)
        return
    content = _Content(extra=dict(extra))
    if not whole:
        content.flaws.append(("too-large", "only its beginning was read"))
    elif "no-body" in part.defects:
        content.flaws.append(_DEFECTS["cut-off"])
    _collect(part, content)
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


def _record(
    source: str, part: Part, content: _Content, origin: Origin, envelope: bytes
) -> Record:
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


def _time(part: Part, content: _Content, envelope: bytes) -> Time:
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


def _collect(part: Part, content: _Content) -> None:
    """Walks the parts in reading order: one form of each alternative, words to texts, files to blobs."""
    content.flaws += [_DEFECTS[defect] for defect in part.defects if defect in _DEFECTS]
    if part.content_type == "message/rfc822" and part.children:
        _collect_forwarded(part.children[0], content)
    elif part.content_type == "multipart/alternative":
        _collect_alternative(part, content)
    elif part.children:
        for child in part.children:
            _collect(child, content)
    elif _is_text(part, content):
        content.texts.append(_text(part, content))
    elif part.content_type not in ("message/delivery-status", "message/external-body"):
        _attach(part, content)


_DEFECTS = {
    "cut-off": ("cut-off", "its end is missing"),
    "bad-header": ("bad-header", "one of its headers is damaged"),
    "nested-too-deep": ("nested-too-deep", "its parts are nested too deep to be read"),
}


def _collect_forwarded(inner: Part, content: _Content) -> None:
    """A mail inside a mail: its heading and words are what was passed on."""
    names = ("from", "date", "subject")
    heading = [f"{name.capitalize()}: {text}" for name in names if (text := header_text(inner.first(name)))]
    content.texts.append("\n".join(heading))
    _collect(inner, content)


def _collect_alternative(part: Part, content: _Content) -> None:
    """The plain text, or when it is empty what the HTML says; the other forms hold the same words again."""
    before = len(content.texts)
    for child in sorted(part.children, key=_preference):
        if not any(content.texts[before:]):
            _collect(child, content)
            continue
        for leaf in child.leaves():  # files that lie in another form (images, invitations) are kept
            if leaf.content_type not in _WORDS:
                _attach(leaf, content)


def _preference(part: Part) -> int:
    kinds = {leaf.content_type for leaf in part.leaves()}
    return next((rank for rank, kind in enumerate(_WORDS) if kind in kinds), len(_WORDS))


def _is_text(part: Part, content: _Content) -> bool:
    if part.disposition == "attachment" or part.content_type not in _WORDS:
        return False
    return part.file_name is None or not any(content.texts)


def _text(part: Part, content: _Content) -> str:
    data, whole = part.content()
    text, decoded = decode(data, part.parameters.get("charset"))
    if not (whole and decoded):
        content.flaws.append(("undecodable-text", "a part of its text could not be decoded"))
    if part.content_type != "text/plain":
        return text_of_html(text.replace("\0", ""))
    text = text.replace("\0", "").replace("\r\n", "\n")
    if part.parameters.get("format", "").lower() == "flowed":
        text = _unflowed(text, part.parameters.get("delsp", "").lower() == "yes")
    return text.strip("\n")


def _unflowed(text: str, delete_space: bool) -> str:
    """Joins the lines that RFC 3676 says are one: those ending in a space, at the same depth of quoting."""
    out: list[str] = []
    for line in text.split("\n"):
        quotes = len(line) - len(line.lstrip(">"))
        words = line[quotes:].removeprefix(" ")
        before = out[-1] if out else ""
        if before.endswith(" ") and before != "-- " and quotes == len(before) - len(before.lstrip(">")):
            out[-1] = (before[:-1] if delete_space else before) + words
        else:
            out.append(line if quotes else words)
    return "\n".join(out)


def _attach(part: Part, content: _Content) -> None:
    data, whole = part.content()
    if not whole:
        content.flaws.append(("undecodable-part", "an attachment is damaged"))
    if data:
        name = header_text(part.file_name.encode("utf-8", "replace")) if part.file_name else None
        content.blobs.append(Blob.of(data, name, part.content_type))
