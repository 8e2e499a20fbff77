"""A mail as Outlook stores it (MAPI properties, MS-OXPROPS) as the mail that it was, so that one reader reads both."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime

CLASS, SUBJECT, HEADERS, BODY, HTML = 0x001A, 0x0037, 0x007D, 0x1000, 0x1013
SUBMITTED, DELIVERED = 0x0039, 0x0E06
SENDER, SENDER_ADDRESS, SENDER_SMTP, ON_BEHALF, ON_BEHALF_ADDRESS = 0x0C1A, 0x0C1F, 0x5D01, 0x0042, 0x0065
MESSAGE_ID, REPLY_TO, REFERENCES = 0x1035, 0x1042, 0x1039
TO, CC = 0x0E04, 0x0E03
NAME, ADDRESS, SMTP, KIND = 0x3001, 0x3003, 0x39FE, 0x0C15
DATA, FILE_NAME, SHORT_NAME, MIME = 0x3701, 0x3707, 0x3704, 0x370E
TEXT_TYPES, BINARY, TIME, INTEGER = (0x001E, 0x001F), 0x0102, 0x0040, 0x0003

Properties = Mapping[int, str | bytes | int | datetime]
"""Values by the number of their property; times are in UTC and without a zone."""
_MAILS = re.compile(r"(?i)IPM\.Note|IPM\.Schedule|REPORT\.|IPM\.Post|IPM$")
_OF_THE_BODY = re.compile(r"(?im)^(?:content-[\w-]+|mime-version):[^\n]*(?:\n[ \t][^\n]*)*(?:\n|\Z)")
_ALWAYS = ("To", "Cc", "Subject", "Date")
_KINDS = {1: "To", 2: "Cc", 3: "Bcc"}


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    mime: str
    data: bytes


def is_mail(properties: Properties) -> bool:
    """Whether it is a mail and not an appointment, a contact, a task …"""
    return _MAILS.match(_text(properties, CLASS) or "IPM.Note") is not None


def compose(properties: Properties, recipients: Sequence[Properties], attachments: Sequence[Attachment]) -> bytes:
    """The mail of these properties, with the headers it came with; one that never travelled gets them made."""
    headers = _OF_THE_BODY.sub("", _text(properties, HEADERS).replace("\r\n", "\n")).strip("\n")
    if ":" not in headers.partition("\n")[0]:  # "Microsoft Mail Internet Headers Version 2.0"
        headers = headers.partition("\n")[2]
    there = {line.partition(":")[0].lower() for line in headers.split("\n") if line[:1].strip()}
    made = _headers(properties, recipients)
    wanted = made if "from" not in there else {name: made[name] for name in _ALWAYS if name in made}
    headers = "\n".join([headers, *(f"{name}: {value}" for name, value in wanted.items() if name.lower() not in there)])
    body = MIMEMultipart("mixed")
    forms = MIMEMultipart("alternative")
    if text := _text(properties, BODY):
        forms.attach(MIMEText(text.replace("\r\n", "\n"), "plain", "utf-8"))
    html = properties.get(HTML)
    if isinstance(html, bytes) and html:
        part = MIMEBase("text", "html")
        part.set_payload(html)
        encode_base64(part)
        forms.attach(part)
    elif isinstance(html, str) and html:
        forms.attach(MIMEText(html, "html", "utf-8"))
    body.attach(forms)
    for attachment in attachments:
        kind, _, subkind = (
            attachment.mime if attachment.mime.count("/") == 1 else "application/octet-stream"
        ).partition("/")
        part = MIMEBase(kind, subkind)
        part.set_payload(attachment.data)
        encode_base64(part)
        part.add_header("Content-Disposition", "attachment", filename=attachment.name or "attachment")
        body.attach(part)
    return headers.strip("\n").encode("utf-8", "replace") + b"\n" + body.as_bytes()


def _headers(properties: Properties, recipients: Sequence[Properties]) -> dict[str, str]:
    sender = _person(
        _text(properties, ON_BEHALF) or _text(properties, SENDER),
        _text(properties, SENDER_SMTP) or _text(properties, ON_BEHALF_ADDRESS) or _text(properties, SENDER_ADDRESS),
    )
    moment = properties.get(SUBMITTED) or properties.get(DELIVERED)
    lines = {
        "From": [sender],
        "Subject": [_text(properties, SUBJECT)],
        "Date": [format_datetime(moment.replace(tzinfo=UTC))] if isinstance(moment, datetime) else [],
        "Message-ID": [_text(properties, MESSAGE_ID)],
        "In-Reply-To": [_text(properties, REPLY_TO)],
        "References": [_text(properties, REFERENCES)],
    }
    for recipient in recipients:
        kind = recipient.get(KIND)
        who = _person(_text(recipient, NAME), _text(recipient, SMTP) or _text(recipient, ADDRESS))
        lines.setdefault(_KINDS.get(kind if isinstance(kind, int) else 1, "To"), []).append(who)
    for name, shown in (("To", TO), ("Cc", CC)):
        lines.setdefault(name, [_person(text.strip(), "") for text in _text(properties, shown).split(";")])
    said = {name: ", ".join(filter(None, values)) for name, values in lines.items()}
    return {name: " ".join(value.split()) for name, value in said.items() if value}


def _person(name: str, address: str) -> str:
    """As a header names a person. An address inside of Exchange (/o=…) is nobody's outside of it."""
    name = name.replace('"', "'").strip()
    if "@" not in address:
        return f'"{name}" <>' if name and "@" not in name else name
    return f'"{name}" <{address}>' if name and name != address else address


def _text(properties: Properties, number: int) -> str:
    value = properties.get(number)
    return value.replace("\0", "") if isinstance(value, str) else ""
