"""One entry of Gemini's activity: from JSON, from a page, and as a record."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from darak.importers.formats.html_text import text_of_html
from darak.importers.formats.json_values import Json, as_dicts, as_list, as_text
from darak.importers.formats.written_time import written_time
from darak.importers.importer import Ignored
from darak.records.record import Blob, Identity, Origin, Record
from darak.records.time import EPOCH, Precision, Time, parse_iso, utc_ms

_ASKED = re.compile(r"(?:Prompted with:|送信したメッセージ:|Asked (?:Gemini|Bard):|Prompted|Asked|Said)(?:\s|$)")
"""What Google puts before a prompt; in a language whose words are not known the title is kept whole."""
_DONE = re.compile(r"(?:Gave feedback|Selected preferred draft|Used an? |Created |Shared |Deleted |Viewed )")
_BODY = re.compile(r'<div class="content-cell[^">]*mdl-typography--body-1">(.*)', re.DOTALL)
_NEXT_CELL = re.compile(r'<div class="content-cell[^">]*(?:text-right|mdl-typography--caption)')
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"', re.IGNORECASE)
_CHAT = re.compile(r"https://gemini\.google\.com/app/([0-9a-fA-F]+)")
"""The address of the conversation, which newer exports give."""
_WEB = re.compile(r"(?:https?:)?//")
_ATTACHED = re.compile(r"Attached \d+ files?\.?|-\s+\S+.*")
_LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """What was done with Gemini; `prompt` is without the verb of the title, `answers` are texts, `lines` notes."""

    title: str
    prompt: str
    answers: tuple[str, ...]
    time: Time
    lines: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    chats: tuple[str, ...] = ()


def from_json(value: Json) -> Entry | str:
    """The entry of an object; a message when it is none."""
    title = as_text(value.get("title"))
    try:
        time = parse_iso(as_text(value.get("time")))
    except ValueError:
        return "an entry whose time cannot be read"
    answers = [text_of_html(as_text(item.get("html"))) for item in as_dicts(value.get("safeHtmlItem"))]
    images = value.get("imageFile")
    named = [*as_list(images), images, *as_list(value.get("attachedFiles")), *as_list(value.get("audioFiles"))]
    notes = as_dicts(value.get("subtitles"))
    named += [note.get("url") for note in notes if not _WEB.match(as_text(note.get("url")))]
    lines = [as_text(note.get("name")) for note in notes]
    details = as_dicts(value.get("details"))
    return Entry(
        title=title.strip(),
        prompt=_prompt(title),
        answers=tuple(answer for answer in answers if answer),
        time=time,
        lines=tuple(line for line in lines if line and not _ATTACHED.fullmatch(line)),
        files=tuple(dict.fromkeys(name for name in map(as_text, named) if name)),
        chats=tuple(dict.fromkeys(chat[1] for one in details if (chat := _CHAT.match(as_text(one.get("url")))))),
    )


def from_page(raw: bytes) -> Entry | None:
    """The entry of one cell of a page: the title with what belongs to it, the time, and the answer behind that."""
    body = _BODY.search(raw.decode("utf-8", "replace"))
    if body is None:
        return None
    end = _NEXT_CELL.search(body[1])
    rows = _BREAK.split(body[1][: end.start()] if end else body[1])
    times = [
        (at, time)
        for at, row in enumerate(rows)
        if len(row) < _LONGEST_KEY and (time := written_time(_words(row))) and time.precision is Precision.SECOND
    ]
    at, time = times[0] if times else (len(rows), Time("", None, Precision.UNKNOWN))
    before = [(row, _words(row)) for row in rows[:at]]
    files = [html.unescape(link[1]) for row, _ in before if (link := _LINK.search(row)) and not _WEB.match(link[1])]
    title = "\n".join(words for _, words in before if words and not _ATTACHED.fullmatch(words))
    answer = text_of_html("<br>".join(rows[at + 1 :]))
    return Entry(
        title=title,
        prompt=_prompt(title),
        answers=(answer,) if answer else (),
        time=time,
        files=tuple(dict.fromkeys(files)),
    )


class Entries:
    """Makes records of one file's entries; numbers those that are the same at the same second."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._seen: Counter[str] = Counter()

    def item(self, entry: Entry, origin: Origin, blobs: tuple[Blob, ...]) -> Record | Ignored:
        said = [entry.prompt, *entry.answers] if entry.answers or entry.prompt != entry.title else [entry.title]
        text = "\n\n".join(part for part in said if part) or "\n".join(entry.files)
        if not text:
            return Ignored("empty-entry", origin)
        extra: dict[str, Any] = {}
        if entry.files:
            extra["files"] = list(entry.files)
        if entry.lines:
            extra["notes"] = list(entry.lines)
        if len(entry.chats) > 1:
            extra["conversations"] = list(entry.chats)
        if _DONE.match(entry.title):
            extra["activity"] = True
        return Record(
            source=self._source,
            kind="chat",
            time=entry.time,
            origin=origin,
            native_id=self._id(entry),
            author=Identity("user"),
            thread=entry.chats[0] if len(entry.chats) == 1 else None,
            text=text,
            blobs=blobs,
            extra=extra,
        )

    def _id(self, entry: Entry) -> str | None:
        """The second in UTC and the beginning of the prompt: the same in both forms of an export."""
        if entry.time.local is None or entry.time.zone is None:
            return None
        second = EPOCH + timedelta(seconds=utc_ms(entry.time.local, entry.time.zone) // 1000)
        key = f"{second.isoformat()} {' '.join(entry.prompt.split())[:_LONGEST_KEY]}"
        self._seen[key] += 1
        return key if self._seen[key] == 1 else f"{key} {self._seen[key]}"


def _prompt(title: str) -> str:
    return _ASKED.sub("", title, count=1).strip() if _ASKED.match(title) else title.strip()


def _words(row: str) -> str:
    return " ".join(text_of_html(row).split())
