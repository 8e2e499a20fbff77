"""A mail as Outlook stores it (MAPI properties, MS-OXPROPS) as the mail that it was, so that one reader reads both."""

from __future__ import annotations

import re
from binascii import b2a_base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import quote

from darak.importers.documents.rich_text import RTF_ERRORS, text_of_rtf
from darak.importers.formats.decoding import codec_of, decode
from darak.importers.mail.compressed_rtf import unpacked

CLASS, SUBJECT, HEADERS, BODY, HTML, RTF = 0x001A, 0x0037, 0x007D, 0x1000, 0x1013, 0x1009
SUBMITTED, DELIVERED, FLAGS = 0x0039, 0x0E06, 0x0E07
SENDER, SENDER_ADDRESS, SENDER_SMTP, ON_BEHALF, ON_BEHALF_ADDRESS = 0x0C1A, 0x0C1F, 0x5D01, 0x0042, 0x0065
ON_BEHALF_SMTP = 0x5D02
MESSAGE_ID, REPLY_TO, REFERENCES = 0x1035, 0x1042, 0x1039
TO, CC = 0x0E04, 0x0E03
ATTACH_METHOD = 0x3705
NAME, ADDRESS, SMTP, KIND = 0x3001, 0x3003, 0x39FE, 0x0C15
DATA, FILE_NAME, SHORT_NAME, MIME = 0x3701, 0x3707, 0x3704, 0x370E
_CODE_PAGE, _MIME_CODE_PAGE = 0x3FFD, 0x3FDE
_TEXT_8, _TEXT_16, _BINARY, _TIME, _DOUBLE = 0x001E, 0x001F, 0x0102, 0x0040, 0x0005
_WHOLE = {0x0002: 2, 0x0003: 4, 0x000B: 1, 0x0014: 8}
"""Types of whole numbers, and their bytes."""

Properties = Mapping[int, str | bytes | int | float | datetime]
"""Values by the number of their property; times are in UTC and without a zone."""
_MAILS = re.compile(r"(?i)IPM\.Note|IPM\.Schedule|REPORT\.|IPM\.Post|IPM$")
_OF_THE_BODY = re.compile(r"(?im)^(?:content-[\w-]+|mime-version):[^\n]*(?:\n[ \t][^\n]*)*(?:\n|\Z)")
_ALWAYS = ("To", "Cc", "Subject", "Date")
_KINDS = {1: "To", 2: "Cc", 3: "Bcc"}
_UNSENT = 0x08
_MIME_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")
_NO_TIME = (1601, 4501)
"""The years of times that stand for none."""
_PAGES = {65001: "utf-8", 20127: "us-ascii", 50220: "iso-2022-jp", 50225: "iso-2022-kr", 51949: "cp949"} | {
    28590 + part: f"iso-8859-{part}" for part in range(1, 16)
}


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    mime: str
    data: bytes


def decoded(values: Mapping[int, tuple[int, bytes]]) -> Properties:
    """The values of properties, from their types and bytes (MS-OXCDATA 2.11.1)."""
    found: dict[int, str | bytes | int | float | datetime] = {}
    pages = (values.get(number, (0, b""))[1][:4] for number in (_CODE_PAGE, _MIME_CODE_PAGE))
    charset = next((name for page in pages if (name := _charset(int.from_bytes(page, "little")))), None)
    for number, (kind, data) in values.items():
        if kind == _TEXT_16:
            found[number] = data.decode("utf-16-le", "replace")
        elif kind == _TEXT_8:
            found[number] = _eight_bit(data, charset)
        elif kind == _BINARY:
            found[number] = data
        elif kind in _WHOLE:
            found[number] = int.from_bytes(data[: _WHOLE[kind]], "little", signed=True)
        elif kind == _TIME and (moment := from_filetime(int.from_bytes(data[:8], "little"))).year not in _NO_TIME:
            found[number] = moment
    return found


def _charset(page: int) -> str | None:
    """The charset that a code page of Windows is; None when it tells nothing."""
    name = _PAGES.get(page, f"cp{page}")
    return name if page and codec_of(name) else None


def _eight_bit(data: bytes, charset: str | None) -> str:
    text, whole = decode(data, charset)
    return text if whole or charset else data.decode("cp1252", "replace")


def from_filetime(ticks: int) -> datetime:
    """The UTC time of tenths of microseconds since 1601."""
    return datetime(1601, 1, 1) + timedelta(seconds=min(ticks // 10_000_000, 1 << 37))


def is_mail(properties: Properties) -> bool:
    """Whether it is a mail and not an appointment, a contact, a task …"""
    return _MAILS.match(text_of(properties, CLASS) or "IPM.Note") is not None


def is_draft(properties: Properties) -> bool:
    """Whether it was never sent: Outlook marks it so, and it has no headers of a way that it took."""
    flags = properties.get(FLAGS)
    return isinstance(flags, int) and bool(flags & _UNSENT) and not text_of(properties, HEADERS)


def compose(properties: Properties, recipients: Sequence[Properties], attachments: Sequence[Attachment]) -> bytes:
    """The mail of these properties, with the headers it came with; one that never travelled gets them made."""
    headers = _OF_THE_BODY.sub("", text_of(properties, HEADERS).replace("\r\n", "\n")).strip("\n")
    if ":" not in headers.partition("\n")[0]:  # "Microsoft Mail Internet Headers Version 2.0"
        headers = headers.partition("\n")[2]
    there = {line.partition(":")[0].lower() for line in headers.split("\n") if line[:1].strip()}
    made = _headers(properties, recipients)
    wanted = made if "from" not in there else {name: made[name] for name in _ALWAYS if name in made}
    lines = [headers, *(f"{name}: {value}" for name, value in wanted.items() if name.lower() not in there)]
    parts = [_words(properties), *(_attached(attachment) for attachment in attachments)]
    return "\n".join(filter(None, lines)).encode("utf-8", "replace") + b"\n" + _multipart(parts)


def body_text(properties: Properties) -> str:
    """The words of a message: its plain text, else those of its rich text."""
    if (text := text_of(properties, BODY)).strip():
        return text.replace("\r\n", "\n")
    packed = properties.get(RTF)
    try:
        return text_of_rtf(unpacked(packed)) if isinstance(packed, bytes) else ""
    except RTF_ERRORS:
        return ""


def _words(properties: Properties) -> bytes:
    html = properties.get(HTML)
    if text_of(properties, BODY).strip() or not html:
        return _part("text/plain; charset=utf-8", body_text(properties).encode("utf-8", "replace"))
    if isinstance(html, bytes):
        page = properties.get(_MIME_CODE_PAGE)
        charset = _charset(page) if isinstance(page, int) else None
        return _part(f"text/html; charset={charset}" if charset else "text/html", html)
    return _part("text/html; charset=utf-8", str(html).encode("utf-8", "replace"))


def _attached(attachment: Attachment) -> bytes:
    kind = attachment.mime if _MIME_TYPE.fullmatch(attachment.mime) else "application/octet-stream"
    if kind.startswith("multipart/"):
        kind = "application/octet-stream"
    name = quote(attachment.name or "attachment", safe="", errors="replace")
    return _part(f"{kind}\nContent-Disposition: attachment; filename*=UTF-8''{name}", attachment.data)


def _part(said: str, data: bytes) -> bytes:
    return f"Content-Type: {said}\nContent-Transfer-Encoding: base64\n\n".encode() + b2a_base64(data)


def _multipart(parts: Sequence[bytes]) -> bytes:
    """In base64 no line can be mistaken for the boundary."""
    lines = b"".join(b"--=_\n" + part + b"\n" for part in parts)
    return b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="=_"\n\n' + lines + b"--=_--\n"


def _headers(properties: Properties, recipients: Sequence[Properties]) -> dict[str, str]:
    smtp = (text_of(properties, number) for number in (SENDER_SMTP, ON_BEHALF_SMTP))
    others = (text_of(properties, number) for number in (ON_BEHALF_ADDRESS, SENDER_ADDRESS))
    addresses = [text for text in (*smtp, *others) if text]
    sender = _person(
        text_of(properties, ON_BEHALF) or text_of(properties, SENDER),
        next((text for text in addresses if "@" in text), ""),
    )
    moment = properties.get(SUBMITTED) or properties.get(DELIVERED)
    lines = {
        "From": [sender],
        "Subject": [subject(properties)],
        "Date": [format_datetime(moment.replace(tzinfo=UTC))] if isinstance(moment, datetime) else [],
        "Message-ID": [text_of(properties, MESSAGE_ID)],
        "In-Reply-To": [text_of(properties, REPLY_TO)],
        "References": [text_of(properties, REFERENCES)],
    }
    for recipient in recipients:
        kind = recipient.get(KIND)
        who = _person(text_of(recipient, NAME), text_of(recipient, SMTP) or text_of(recipient, ADDRESS))
        lines.setdefault(_KINDS.get(kind if isinstance(kind, int) else 1, "To"), []).append(who)
    for name, shown in (("To", TO), ("Cc", CC)):
        lines.setdefault(name, [_person(text.strip(), "") for text in text_of(properties, shown).split(";")])
    said = {name: ", ".join(filter(None, values)) for name, values in lines.items()}
    return {name: " ".join(value.split()) for name, value in said.items() if value}


def _person(name: str, address: str) -> str:
    """As a header names a person. An address inside of Exchange (/o=…) is nobody's outside of it."""
    name = name.replace('"', "'").strip()
    if "@" not in address:
        return f'"{name}" <>' if name and "@" not in name else name
    return f'"{name}" <{address}>' if name and name != address else address


def subject(properties: Properties) -> str:
    """The subject without the mark before it that tells how long its "Re: " is (MS-PST 2.5.3.1.1.1)."""
    text = properties.get(SUBJECT)
    return text_of(properties, SUBJECT) if not isinstance(text, str) or text[:1] != "\1" else text[2:].replace("\0", "")


def text_of(properties: Properties, number: int) -> str:
    value = properties.get(number)
    return value.replace("\0", "") if isinstance(value, str) else ""
