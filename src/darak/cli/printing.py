"""How records look on a terminal."""

from __future__ import annotations

import re
from typing import TextIO

from darak.records.record import Record

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class PlainOutput:
    """Output without control characters: a text that came in must not move, colour or retitle a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        return self.stream.write(plain(text))

    def __getattr__(self, name: str) -> object:
        return getattr(self.stream, name)


def plain(text: str) -> str:
    """The text with a mark in the place of each control character but tabs and line ends."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def bare(out: TextIO) -> TextIO:
    """The stream itself, for what Darak does to the terminal on its own."""
    return out.stream if isinstance(out, PlainOutput) else out


def erase_line(out: TextIO) -> None:
    """Takes the line back that stands at the cursor of a terminal."""
    bare(out).write("\r\x1b[K")


def shorten(text: str, width: int) -> str:
    """The text on one line, cut at `width` characters with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def record_head(record: Record) -> str:
    """When, from where and by whom: `2021-03-04 18:20  kakaotalk/message  김민수 in 동창회`."""
    time = (record.time.iso() or "no date").replace("T", " ")[:16]
    parts = [f"{time}  {record.source}/{record.kind}"]
    if record.author:
        parts.append(record.author.display)
    title = record.title or record.thread
    if title:
        parts.append(f"“{shorten(title, 50)}”")
    return "  ".join(parts)
