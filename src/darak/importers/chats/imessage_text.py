"""The words in a message's `attributedBody`, and what `message_summary_info` tells of its edits.

An attributed body is a typedstream, the archive format of NeXTSTEP's NSArchiver. The first string in it is the text:
after the class NSString (perhaps by way of NSMutableString) come the type "+", a length and that many bytes of UTF-8.
A length is one byte, or 0x81 and two bytes, or 0x82 and four, little end first.
"""

from __future__ import annotations

import plistlib
import re
from typing import Any
from xml.parsers.expat import ExpatError

from darak.importers.formats.json_values import as_dict, as_list

_SIGNATURE = b"streamtyped"
_STRING = re.compile(rb"NS(?:Mutable)?String.*?\x84\x01\+", re.DOTALL)
_WIDE = {0x81: 2, 0x82: 4}
_FILE = "\ufffc"
_BALLOON = "\ufffd"
"""What stands in a text for an attached file, and is the whole text of an app's balloon."""


def text_of_body(body: bytes) -> str | None:
    """The text of a typedstream, None when it is none or is cut."""
    if _SIGNATURE not in body[:16]:
        return None
    found = _STRING.search(body)
    if found is None or found.end() >= len(body):
        return None
    start = found.end() + 1
    size = body[found.end()]
    if size in _WIDE:
        end = start + _WIDE[size]
        size, start = int.from_bytes(body[start:end], "little"), end
    data = body[start : start + size]
    return data.decode("utf-8", "replace") if len(data) == size else None


def shown(text: str) -> str:
    """The text without the signs that stand for files and apps; what stands around a file are lines of their own."""
    said = "\n".join(part for part in map(str.strip, text.split(_FILE)) if part)
    return "" if said == _BALLOON else said


def history(summary: bytes) -> tuple[list[str], bool]:
    """(earlier texts of an edited message, whether it was unsent), from its binary property list."""
    try:
        info = as_dict(plistlib.loads(summary))
    except (plistlib.InvalidFileException, ExpatError, ValueError, OverflowError, IndexError, TypeError):
        return [], False
    texts: list[str] = []
    for edits in as_dict(info.get("ec")).values():
        texts += [text for edit in as_list(edits)[:-1] if (text := _edited(as_dict(edit).get("t")))]
    return texts, bool(as_list(info.get("rp")))


def _edited(body: Any) -> str | None:
    text = text_of_body(body) if isinstance(body, bytes) else None
    return shown(text) if text else None
