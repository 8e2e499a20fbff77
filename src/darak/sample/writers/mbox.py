"""Gmail's mbox: mboxrd `From ` escaping, encoded words, base64 and quoted-printable bodies, multiparts."""

from __future__ import annotations

import base64
import quopri
import re
from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

from darak.sample.model import KOREA, Mail

_FROM = re.compile(rb"^(>*From )", re.MULTILINE)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def write_mbox(mails: Iterable[Mail], path: Path) -> None:
    """All mails by time; a mail with a thread number carries Gmail's headers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        for mail in sorted(mails, key=lambda mail: (mail.time, mail.id)):
            file.write(_separator(mail))
            file.write(_FROM.sub(rb">\1", _message(mail)))
            file.write(b"\n")


def _separator(mail: Mail) -> bytes:
    t = mail.time
    stamp = f"{_DAYS[t.weekday()]} {_MONTHS[t.month - 1]} {t.day:2} {t:%H:%M:%S} +0900 {t.year}"
    return f"From {int(t.replace(tzinfo=KOREA).timestamp())}@xxx {stamp}\n".encode()


def _message(mail: Mail) -> bytes:
    head = [f"Message-ID: <{mail.id}>", f"Date: {_date(mail.time)}"]
    if mail.thread is not None:
        head.insert(0, f"X-GM-THRID: {1_600_000_000_000_000_000 + mail.thread * 7919}")
        if mail.labels:
            head.insert(1, f"X-Gmail-Labels: {_words(','.join(mail.labels))}")
    head.append(f"From: {_address(mail.sender)}")
    head.append("To: " + ", ".join(_address(one) for one in mail.to))
    head.append(f"Subject: {_words(mail.subject)}")
    if mail.parent:
        head += [f"In-Reply-To: <{mail.parent}>", f"References: <{mail.parent}>"]
    head.append("MIME-Version: 1.0")
    return "\n".join(head).encode("ascii") + b"\n" + _body(mail)


def _date(moment: datetime) -> str:
    return format_datetime(moment.replace(tzinfo=KOREA))


def _body(mail: Mail) -> bytes:
    text = _part(mail.body, "plain", mail.charset)
    if mail.html:
        page = "<html><body>" + "".join(f"<p>{_escape(p)}</p>" for p in mail.body.split("\n\n")) + "</body></html>"
        text = _multipart("alternative", [text, _part(page, "html", "utf-8")], mail.id + "a")
    if mail.attachments:
        files = [_attachment(file.name, file.media_type, file.content) for file in mail.attachments]
        return _multipart("mixed", [text, *files], mail.id + "m")
    return text


def _escape(text: str) -> str:
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\n", "<br>\n")):
        text = text.replace(char, entity)
    return text


def _part(text: str, subtype: str, charset: str) -> bytes:
    """A text part: 7bit for plain ASCII, quoted-printable for mostly ASCII, else base64, as mail programs do."""
    codec = "cp949" if charset.startswith("ks_c") else charset
    content = (text + "\n").encode(codec, "replace")
    kind = f"Content-Type: text/{subtype}; charset=\"{charset}\"\n"
    if content.isascii() and max(map(len, content.split(b"\n"))) < 900:
        return kind.encode() + b"Content-Transfer-Encoding: 7bit\n\n" + content
    if charset == "utf-8" and len(content.decode("ascii", "ignore")) * 6 > len(content) * 5:
        return kind.encode() + b"Content-Transfer-Encoding: quoted-printable\n\n" + quopri.encodestring(content)
    return kind.encode() + b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(content)


def _multipart(subtype: str, parts: list[bytes], name: str) -> bytes:
    mark = "000000000000" + re.sub(r"\W", "", name)[:24]
    head = f'Content-Type: multipart/{subtype}; boundary="{mark}"\n\n'.encode()
    return head + b"".join(f"--{mark}\n".encode() + part + b"\n" for part in parts) + f"--{mark}--\n".encode()


def _attachment(name: str, media_type: str, content: bytes) -> bytes:
    head = (
        f'Content-Type: {media_type}; name="{_words(name)}"\n'
        f'Content-Disposition: attachment; filename="{_words(name)}"\n'
        "Content-Transfer-Encoding: base64\n\n"
    )
    return head.encode("ascii") + base64.encodebytes(content)


def _address(who: tuple[str, str]) -> str:
    name, address = who
    if not name:
        return address
    return f"{_words(name)} <{address}>" if not name.isascii() else f'"{name}" <{address}>'


def _words(text: str) -> str:
    """RFC 2047 encoded words of at most 75 characters, folded; ASCII stays as it is."""
    if text.isascii():
        return text
    words: list[str] = []
    rest = text
    while rest:
        take = min(len(rest), 14)
        words.append(f"=?UTF-8?B?{base64.b64encode(rest[:take].encode()).decode()}?=")
        rest = rest[take:]
    return "\n ".join(words)
