"""Rich text (.rtf), as TextEdit, WordPad and Word write it: one record a document, a long one in parts.

Sign: the file begins with `{\\rtf`. The locator is "bytes 0-N", the whole file, with "part M" where it is long. Title,
author and times are those of its information group (RTF 1.9.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from typing import Any, BinaryIO

from darak.importers.documents.document import (
    About,
    Damaged,
    DocumentImporter,
    Passage,
    Records,
    parts,
    read_whole,
    tidy,
)
from darak.importers.importer import Item, Units
from darak.records.record import mend
from darak.records.time import Precision, Time

_INFO = re.compile(r"\{\\(title|author|subject|keywords)\s([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")
_TIME = re.compile(r"\{\\(creatim|revtim)\\yr(\d+)\\mo(\d+)\\dy(\d+)(?:\\hr(\d+)\\min(\d+))?(?:\\sec(\d+))?")
_CODE_PAGE = re.compile(r"\\ansicpg(\d+)")
_HEAD = 16 * 1024
_BOM = b"\xef\xbb\xbf"
RTF_ERRORS = (ValueError, LookupError, IndexError, UnicodeError)
"""What damaged rich text raises."""


class RichTextImporter(DocumentImporter):
    name = "rich-text"
    score = 0.6
    why = "begins with {\\rtf"

    def knows(self, head: bytes, name: str) -> bool:
        return head.removeprefix(_BOM).lstrip().startswith(b"{\\rtf")

    def items(self, stream: BinaryIO, member: str) -> Iterator[Item]:
        data = read_whole(stream)
        try:
            text = text_of_rtf(data)
        except RTF_ERRORS as error:
            raise Damaged("damaged-document", f"the document is damaged: {error}") from error
        source, encoding = _source(data)
        whole = source.rstrip("\0 \t\r\n").endswith("}")
        flaw = None if whole else ("cut-off", "the document is cut off")
        passages = list(parts([Passage(f"bytes 0-{len(data)}", tidy(text), flaw=flaw)] if text.strip() else []))
        if not passages:
            raise Damaged("no-text", "there is no text in it")
        records = Records(self.name, member, _about(source[:_HEAD], encoding))
        for passage in passages:
            yield from records.of(passage)
        yield Units(len(passages))


def text_of_rtf(data: bytes) -> str:
    """The words of rich text. Raises one of RTF_ERRORS when it is damaged."""
    return _plain(*_source(data))


def _source(data: bytes) -> tuple[str, str]:
    """The markup, which is ASCII, and the encoding of what lies above it."""
    source = data.removeprefix(_BOM).decode("latin-1")
    page = _CODE_PAGE.search(source)
    return source, f"cp{page[1]}" if page and page[1] not in ("0", "65001") else "utf-8" if page else "cp1252"


def _plain(source: str, encoding: str) -> str:
    striprtf: Any = import_module("striprtf.striprtf")
    return mend(striprtf.rtf_to_text(source, encoding=encoding, errors="replace"))


def _about(head: str, encoding: str) -> About:
    said = {name: _plain(f"{{\\rtf1 {text}}}", encoding).strip() for name, text in _INFO.findall(head)}
    times = {match[1]: _time(match) for match in _TIME.finditer(head)}
    return About.of(
        said.get("title"),
        (said.get("author", ""),),
        times.get("creatim"),
        times.get("revtim"),
        subject=said.get("subject"),
        keywords=said.get("keywords"),
    )


def _time(match: re.Match[str]) -> Time | None:
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[1:])
    try:
        local = datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
    precision = Precision.SECOND if match[7] else Precision.MINUTE if match[5] else Precision.DAY
    return Time(local.isoformat(), local, precision)
