"""Mails as programs write them."""

from __future__ import annotations

import mailbox
from email import policy
from email.message import EmailMessage
from pathlib import Path

from darak.importers.mail.mail import MailImporter

MAIL = MailImporter()


def mail(text: str = "저녁에 보자.", **headers: str) -> EmailMessage:
    message = EmailMessage()
    values = {
        "From": "김하늘 <Haneul@Example.kr>",
        "To": "me@example.org",
        "Subject": "저녁 약속",
        "Date": "Tue, 02 Mar 2021 18:30:05 +0900",
        "Message-ID": "<one@example.kr>",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in values.items():
        if value:
            message[name] = value
    message.set_content(text)
    return message


def eml(folder: Path, data: bytes | EmailMessage, name: str = "a.eml") -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.as_bytes(policy=policy.SMTP))
    return path


ENVELOPE = b"From 1780000000000000001@xxx Tue Mar 02 09:30:05 +0000 2021\r\n"


def write_mbox(path: Path, messages: list[EmailMessage], newline: bytes = b"\n") -> Path:
    box = mailbox.mbox(path, create=True)
    for message in messages:
        box.add(message)
    box.close()
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", newline))
    return path
