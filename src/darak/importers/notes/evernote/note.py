"""One note of an ENEX file: its fields, its text, and the files in it.

The format is that of http://xml.evernote.com/pub/evernote-export4.dtd and of the earlier versions, with what the
programs write beside it (tasks, application data).
"""

from __future__ import annotations

import binascii
import hashlib
import html
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

from darak.importers.formats.data_urls import blob_of_data_url
from darak.importers.formats.html_markdown import markdown_of_html
from darak.records.record import Blob, Identity, Place
from darak.records.time import UNKNOWN_TIME, Precision, Time, from_datetime

_DATA = re.compile(rb"(<data(?=[\s>])[^>]*>)([^<]*+)(</data\s*>)")
_RECOGNITION = re.compile(rb"<recognition(?=[\s>])[^>]*>.*?</recognition\s*>", re.DOTALL)
_CONTENT = re.compile(rb"<content(?=[\s>])[^>]*>")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_STRAY_AMPERSAND = re.compile(r"&(?!#\d+;|#x[0-9a-fA-F]+;|(?:amp|lt|gt|quot|apos);)")
_KEPT = ("source", "source-application", "content-class", "altitude", "subject-date", "last-edited-by")


@dataclass(frozen=True, slots=True)
class Note:
    """What an ENEX note says; `missing` are the MD5s of files that its text shows and that are not there."""

    title: str | None
    text: str
    time: Time
    author: Identity | None
    place: Place | None
    url: str | None
    blobs: tuple[Blob, ...]
    extra: dict[str, Any]
    locked: int


def parse_note(raw: bytes) -> Note | None:
    """The note in the bytes from `<note>` to `</note>`; None when they are no note."""
    content, rest = _cut_content(raw)
    data: list[bytes] = []
    rest = _DATA.sub(lambda match: _take_data(match, data), _RECOGNITION.sub(b"", rest))
    element = _parse(rest)
    if element is None or (content is None and element.find("content") is None):
        return None
    resources, names = _resources(element, data)
    rich = markdown_of_html(content or "", names)
    attributes = element.find("note-attributes")
    attributes = ElementTree.Element("none") if attributes is None else attributes
    shown = [blob for file in rich.files if (blob := blob_of_data_url(file)) is not None]
    missing = [name for name in rich.files if re.fullmatch("[0-9a-f]{32}", name) and name not in names]
    author = _text(attributes, "author")
    latitude, longitude = _number(attributes, "latitude"), _number(attributes, "longitude")
    place = Place(_text(attributes, "place-name"), latitude, longitude)
    return Note(
        title=_text(element, "title"),
        text="\n\n".join(part for part in (rich.text, _tasks(element)) if part),
        time=_time(_text(element, "created") or _text(element, "updated")),
        author=Identity(author) if author else None,
        place=place if place != Place() else None,
        url=_text(attributes, "source-url"),
        blobs=(*resources, *shown),
        extra=_extra(element, attributes, list(dict.fromkeys(missing))),
        locked=rich.locked,
    )


def _cut_content(raw: bytes) -> tuple[str | None, bytes]:
    """The note's ENML, and the note without it: broken markup in the one does not hurt the other."""
    begin = _CONTENT.search(raw)
    end = raw.rfind(b"</content")
    if begin is None or end < begin.end():
        return None, raw
    content = raw[begin.end() : end].decode("utf-8", "replace")
    content = content.strip()
    is_data = content.startswith("<![CDATA[")
    return (content[9:].removesuffix("]]>") if is_data else html.unescape(content)), raw[: begin.end()] + raw[end:]


def _take_data(match: re.Match[bytes], data: list[bytes]) -> bytes:
    data.append(match[2])
    return match[1] + str(len(data) - 1).encode() + match[3]


def _parse(rest: bytes) -> ElementTree.Element | None:
    text = rest.decode("utf-8", "replace")
    for source in (text, _STRAY_AMPERSAND.sub("&amp;", _CONTROLS.sub("", text))):
        try:
            return ElementTree.fromstring(source)
        except ElementTree.ParseError:
            continue
    return None


def _resources(element: ElementTree.Element, data: list[bytes]) -> tuple[list[Blob], dict[str, str]]:
    """The attached files, and what they are called by the MD5s that stand for them in the text."""
    blobs: list[Blob] = []
    names: dict[str, str] = {}
    for resource in element.iter("resource"):
        number = _text(resource, "data") or ""
        try:
            content = binascii.a2b_base64(data[int(number)])
        except (ValueError, IndexError):
            continue
        if not content:
            continue
        name = _text(resource, "resource-attributes/file-name")
        names[hashlib.md5(content, usedforsecurity=False).hexdigest()] = name or ""
        blobs.append(Blob.of(content, name, _text(resource, "mime")))
    return blobs, names


def _tasks(element: ElementTree.Element) -> str:
    """Tasks stand beside the text, which holds no more than their frame."""
    lines: list[str] = []
    for task in sorted(element.iter("task"), key=lambda task: _text(task, "sortWeight") or ""):
        mark = "x" if _text(task, "taskStatus") == "completed" else " "
        due = _time(_text(task, "dueDate")).day
        lines.append(f"- [{mark}] {_text(task, 'title') or ''}" + (f" ({due})" if due else ""))
    return "\n".join(lines)


def _extra(element: ElementTree.Element, attributes: ElementTree.Element, missing: list[str]) -> dict[str, Any]:
    values: dict[str, Any] = {
        "updated": _text(element, "updated"),
        "tags": [tag.text.strip() for tag in element.findall("tag") if tag.text and tag.text.strip()],
        "reminder": _text(attributes, "reminder-time"),
        "reminder_done": _text(attributes, "reminder-done-time"),
        **{name.replace("-", "_"): _text(attributes, name) for name in _KEPT},
        "application_data": {item.get("key", ""): item.text for item in attributes.findall("application-data")},
        "missing": missing,
    }
    return {key: value for key, value in values.items() if value}


def _time(written: str | None) -> Time:
    """`20181006T114658Z`, or ISO 8601 in full; what is neither is kept as written."""
    if not written:
        return UNKNOWN_TIME
    try:
        return from_datetime(datetime.fromisoformat(written), written)
    except ValueError:
        return Time(written, None, Precision.UNKNOWN)


def _text(element: ElementTree.Element, name: str) -> str | None:
    return (element.findtext(name) or "").strip() or None


def _number(element: ElementTree.Element, name: str) -> float | None:
    try:
        return float(_text(element, name) or "")
    except ValueError:
        return None
