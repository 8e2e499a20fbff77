"""The words and the files of a mail, gathered from its parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from mimetypes import guess_type
from typing import Any

from darak.importers.formats.decoding import decode
from darak.importers.formats.html_text import text_of_html
from darak.importers.mail.headers import header_text
from darak.importers.mail.mime import Part
from darak.importers.mail.tnef import TYPES, read_tnef
from darak.records.record import Blob

_WORDS = ("text/plain", "text/html", "text/enriched")
"""What is shown as words, best first."""


_LONGEST_TEXT = 8 << 20
"""Bytes of a text that are read as words; what is longer nobody wrote, and costs many times its size."""


@dataclass
class Content:
    """What the parts of one mail hold."""

    texts: list[str] = field(default_factory=list[str])
    blobs: list[Blob] = field(default_factory=list[Blob])
    flaws: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    extra: dict[str, Any] = field(default_factory=dict[str, Any])


def collect(part: Part, content: Content) -> None:
    """Walks the parts in reading order: one form of each alternative, words to texts, files to blobs."""
    content.flaws += [(defect, DEFECTS[defect]) for defect in part.defects if defect in DEFECTS]
    if part.content_type == "message/rfc822" and part.children:
        _collect_forwarded(part.children[0], content)
    elif part.content_type == "multipart/alternative":
        _collect_alternative(part, content)
    elif part.children:
        for child in part.children:
            collect(child, content)
    elif _is_text(part, content):
        content.texts.append(_text(part, content))
    elif part.content_type not in ("message/delivery-status", "message/external-body"):
        _attach(part, content)
        if part.content_type in _WORDS and len(part.body) > _LONGEST_TEXT:
            content.flaws.append(("too-large", f"a text of over {_LONGEST_TEXT >> 20} MB is kept as an attached file"))


DEFECTS = {
    "cut-off": "its end is missing",
    "too-large": "only its beginning was read",
    "bad-header": "one of its headers is damaged",
    "nested-too-deep": "its parts are nested too deep to be read",
}


def _collect_forwarded(inner: Part, content: Content) -> None:
    """A mail inside a mail: its heading and words are what was passed on."""
    names = ("from", "date", "subject")
    heading = [f"{name.capitalize()}: {text}" for name in names if (text := header_text(inner.first(name)))]
    content.texts.append("\n".join(heading))
    collect(inner, content)


def _collect_alternative(part: Part, content: Content) -> None:
    """The plain text, or when it is empty what the HTML says; the other forms hold the same words again."""
    before = len(content.texts)
    for child in sorted(part.children, key=_preference):
        if not any(content.texts[before:]):
            collect(child, content)
            continue
        for leaf in child.leaves():  # files that lie in another form (images, invitations) are kept
            if leaf.content_type not in _WORDS:
                _attach(leaf, content)


def _preference(part: Part) -> int:
    kinds = {leaf.content_type for leaf in part.leaves()}
    return next((rank for rank, kind in enumerate(_WORDS) if kind in kinds), len(_WORDS))


def _is_text(part: Part, content: Content) -> bool:
    if part.disposition == "attachment" or part.content_type not in _WORDS or len(part.body) > _LONGEST_TEXT:
        return False
    return part.file_name is None or not any(content.texts)


def _text(part: Part, content: Content) -> str:
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


def _attach(part: Part, content: Content) -> None:
    data, whole = part.content()
    if not whole:
        content.flaws.append(("undecodable-part", "an attachment is damaged"))
    if not data:
        return
    name = header_text(part.file_name.encode("utf-8", "replace")) if part.file_name else None
    packed = read_tnef(data) if part.content_type in TYPES or (name or "").lower() == "winmail.dat" else None
    if packed is None:
        content.blobs.append(Blob.of(data, name, part.content_type))
        return
    words, files = packed
    if words.strip() and not any(text.strip() for text in content.texts):
        content.texts.append(words.strip("\n"))
    content.blobs += [Blob.of(file.data, file.name, file.mime or guess_type(file.name)[0]) for file in files]
