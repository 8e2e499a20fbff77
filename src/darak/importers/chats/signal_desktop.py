"""Chats that signal-export wrote from Signal Desktop: a folder for each with `data.json` (JSON lines, newer versions)
and `chat.md` (`[2024-03-04 21:15:00] Me: …`; older versions without seconds, with a comma after the date).

There are no ids; times are the clock of the computer that exported, in newer versions with milliseconds, by which a
message is the same as in Signal's own export.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from darak.importers.chats.signal_backup import SOURCE, desktop_id
from darak.importers.formats.json_values import Json, as_dicts, as_list, as_text
from darak.importers.formats.lines import Line, may_be_text
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Units
from darak.records.record import Blob, Identity, Origin, Record, nfc
from darak.records.time import Time, parse_iso

_JSON = re.compile(rb'^\{"date": "\d{4}-\d\d-\d\dT[\d:.]+", "sender": ', re.MULTILINE)
_STAMP = r"\[(?P<day>\d{4}-\d\d-\d\d),? (?P<clock>\d\d:\d\d(?::\d\d)?)\]"
_LINE = re.compile(_STAMP + r" (?P<name>[^:]*?):(?: (?P<text>.*)|$)")
_SIGNS = (
    r"\[",
    *[r"\d"] * 4,
    "-",
    *[r"\d"] * 2,
    "-",
    *[r"\d"] * 2,
    ",? ",
    *[r"\d"] * 2,
    ":",
    *[r"\d"] * 2,
    r"(?::\d\d)?\]",
    " ",
)
_DAMAGED = re.compile(
    "(?:" + "|".join("".join((*_SIGNS[:i], ".{0,4}?", *_SIGNS[i + 1 :])) for i in range(len(_SIGNS))) + ")[^:]{1,60}:"
)
_CUT = re.compile(r"\[\d{0,4}(?:-\d{0,2}){0,2},? ?[\d:]{0,8}\]?[^:]{0,60}")
_BREAK = "  "
"""What ends a line in Markdown: newer versions write it behind every text."""
_NOBODY = "No-Sender"
_DELETED = "(This message was deleted)"


def is_json(head: bytes) -> bool:
    """Whether this is a `data.json`."""
    return b'", "sender": ' in head and _JSON.search(head) is not None


def is_text(head: bytes) -> bool:
    """Whether this is a `chat.md`: with a comma and without seconds, or with Markdown's ends of lines."""
    if not may_be_text(head):
        return False
    lines = head.decode("utf-8", "replace").split("\n")
    stamped = [match for line in lines if (match := _LINE.match(line))]
    if not stamped or not (_LINE.match(lines[0]) or _DAMAGED.match(lines[0])):
        return False
    broken = sum(match["text"] is not None and match["text"].endswith(_BREAK) for match in stamped)
    older = "," in stamped[-1][0][:13] and stamped[-1]["clock"].count(":") == 1
    return older or broken * 2 > len(stamped)


def text_items(member: str, thread: str, lines: Iterable[Line]) -> Iterator[Item]:
    """The messages of a `chat.md`: stamped lines, each with the lines that follow it."""
    unit: list[Line] = []
    for line in lines:
        begins = _LINE.match(line.text) or _DAMAGED.match(line.text)
        if begins or (not line.ended and line.text and _CUT.fullmatch(line.text)):
            yield from _unit(member, thread, unit)
            unit = []
        if unit or line.text.strip():
            unit.append(line)
    yield from _unit(member, thread, unit)


def _unit(member: str, thread: str, lines: list[Line]) -> Iterator[Item]:
    if not lines:
        return
    while len(lines) > 1 and not lines[-1].text.strip():
        lines.pop()
    yield Units(1)
    origin = Origin(member, f"bytes {lines[0].start}-{lines[-1].end}")
    match = _LINE.match(lines[0].text)
    try:
        time = parse_iso(f"{match['day']}T{match['clock']}") if match else None
    except ValueError:
        time = None
    if match is None or time is None:
        code = "damaged-stamp" if lines[0].ended else "cut-off"
        raw = b"\n".join(line.raw for line in lines)
        yield BadRow(code, origin, "the beginning of a message is damaged or cut off", raw)
        return
    text = "\n".join([match["text"] or "", *(line.text for line in lines[1:])]).rstrip()
    if text == _DELETED:
        yield Ignored("deleted-message", origin)
        return
    yield _record(origin, thread, time, match["name"], text, {})
    if not all(line.intact for line in lines):
        yield Flaw("undecodable-text", origin, "some of its bytes could not be decoded")


def json_record(
    message: Json, thread: str, origin: Origin, media: Callable[[str], bytes | None]
) -> Record | Ignored | str:
    """The record of a line of `data.json`."""
    try:
        time = parse_iso(as_text(message.get("date")))
    except ValueError:
        return "a message without a time"
    if message.get("deleted"):
        return Ignored("deleted-message", origin)
    extra: dict[str, Any] = {}
    if quote := as_text(message.get("quote")).strip("\n> "):
        extra["quoted"] = quote
    reactions = [
        {"emoji": one[1], "by": one[0]} for one in map(as_list, as_list(message.get("reactions"))) if len(one) == 2
    ]
    if reactions:
        extra["reactions"] = reactions
    attachments = as_dicts(message.get("attachments"))
    names = [as_text(one.get("name")) for one in attachments]
    if names:
        extra["files"] = names
    body = as_text(message.get("body")).rstrip()
    text = "\n".join(filter(None, (body, *names)))
    native = desktop_id(time.local, body) if time.local and body and "." in time.written else None
    blobs: list[Blob] = []
    for one, name in zip(attachments, names, strict=True):
        if (data := media(as_text(one.get("path")).replace("%20", " "))) is not None:
            blobs.append(Blob.of(data, name))
    kind = "call" if message.get("call") else "message"
    return _record(origin, thread, time, as_text(message.get("sender")), text, extra, tuple(blobs), kind, native)


def _record(
    origin: Origin,
    thread: str,
    time: Time,
    sender: str,
    text: str,
    extra: dict[str, Any],
    blobs: tuple[Blob, ...] = (),
    kind: str = "message",
    native: str | None = None,
) -> Record:
    name = nfc(sender.strip())
    return Record(
        source=SOURCE,
        kind=kind,
        time=time,
        origin=origin,
        native_id=native,
        author=Identity(name) if name and name != _NOBODY else None,
        thread=thread,
        title=thread,
        text=text,
        blobs=blobs,
        extra=extra,
    )
