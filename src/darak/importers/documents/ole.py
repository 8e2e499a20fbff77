"""Documents in OLE files (MS-CFB): their streams, and what they say of themselves (property sets, MS-OLEPS)."""

from __future__ import annotations

import io
import struct
from contextlib import suppress
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from darak.importers.documents.document import About, Damaged
from darak.importers.documents.package import OLE, locked_sort, moment
from darak.importers.formats.decoding import decode
from darak.records.time import Time

_VT_LPSTR, _VT_LPWSTR, _VT_FILETIME, _MOST_PROPERTIES = 30, 31, 64, 100
SUMMARY = "\x05SummaryInformation"
_EPOCH_YEAR = 1985
"""Dates before it are those of an empty field."""


def open_ole(data: bytes, stream: str, name: str) -> Any | None:
    """A document of before 2007, which keeps its text in this stream, opened by olefile; None for one of today.

    `Damaged` when it cannot be opened, or has no such stream.
    """
    if not data.startswith(OLE) or locked_sort(data, name):
        return None
    olefile: Any = import_module("olefile")
    try:
        ole: Any = olefile.OleFileIO(io.BytesIO(data))
        if ole.exists(stream):
            return ole
    except Exception as error:  # olefile raises whatever a damaged directory makes of it
        raise Damaged("damaged-document", "the document is damaged or cut off") from error
    raise Damaged("damaged-document", "the document is damaged or cut off")


def stream_of(ole: Any, name: str) -> bytes:
    """The bytes of a stream. `Damaged` when it cannot be read."""
    try:
        return ole.openstream(name).read()
    except Exception as error:  # likewise
        raise Damaged("damaged-document", "the document is damaged or cut off") from error


def about_ole(ole: Any, stream: str) -> About:
    """What the property set in a stream says: title 2, subject 3, author 4, keywords 5, made 12, saved 13."""
    try:
        said = property_set(ole.openstream(stream).read())
    except Exception:  # a summary that is missing or damaged says nothing; the text is there
        return About()

    def words(number: int) -> str:
        value = said.get(number)
        return value if isinstance(value, str) else ""

    def time(number: int) -> Time | None:
        value = said.get(number)
        return moment(f"{value.isoformat()}Z") if isinstance(value, datetime) and value.year >= _EPOCH_YEAR else None

    return About.of(words(2), (words(4),), time(12), time(13), subject=words(3), keywords=words(5))


def property_set(data: bytes) -> dict[int, str | datetime]:
    """Texts and times (UTC, to the second) of a property set, by their numbers (MS-OLEPS 2.20 to 2.25).

    Of a damaged one what stands before the damage.
    """
    found: dict[int, str | datetime] = {}
    with suppress(struct.error, OverflowError):
        section = struct.unpack_from("<I", data, 44)[0]
        count = struct.unpack_from("<I", data, section + 4)[0]
        for place in range(min(count, _MOST_PROPERTIES)):
            number, offset = struct.unpack_from("<II", data, section + 8 + 8 * place)
            at = section + offset
            kind, size = struct.unpack_from("<II", data, at)
            if kind == _VT_LPSTR:
                found[number] = decode(data[at + 8 : at + 8 + size].partition(b"\0")[0])[0].strip()
            elif kind == _VT_LPWSTR:
                text = data[at + 8 : at + 8 + 2 * size].decode("utf-16-le", "replace")
                found[number] = text.partition("\0")[0].strip()
            elif kind == _VT_FILETIME:
                ticks = struct.unpack_from("<Q", data, at + 4)[0]
                found[number] = datetime(1601, 1, 1) + timedelta(seconds=ticks // 10_000_000)
    return found
