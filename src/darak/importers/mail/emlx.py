"""Apple Mail's .emlx: one mail behind a line with its length in bytes, and before a property list of what Mail knows.

The list's `flags` are bits (https://www.jwz.org/blog/2005/07/emlx-flags/, seen in the files of Mail since 2005).
"""

from __future__ import annotations

import plistlib
import re
from pathlib import PurePosixPath
from typing import Any, cast
from xml.parsers.expat import ExpatError

_LENGTH = re.compile(rb"(?:\xef\xbb\xbf)?\s*(\d{1,10})[ \t]*\r?\n(?=[!-9;-~]+[ \t]*:|From )")
_FLAGS = {0: "seen", 1: "trashed", 2: "replied", 4: "flagged", 6: "draft", 8: "passed"}
"""Bits of `flags`, by the names that maildirs have for them."""


def mail_in(data: bytes) -> tuple[int, int] | None:
    """(first byte, byte after the last) of the mail in an .emlx, which may lie behind what is here; None for others."""
    length = _LENGTH.match(data)
    return (length.end(), length.end() + int(length[1])) if length else None


def mail_said(name: str, behind: bytes) -> dict[str, object]:
    """What the file's place and its property list say: {"folder": "INBOX", "flags": ["seen"]}."""
    said: dict[str, object] = {}
    box = next((part for part in reversed(PurePosixPath(name).parts[:-1]) if part.endswith(".mbox")), None)
    if box:
        said["folder"] = box.removesuffix(".mbox")
    flags = _listed(behind).get("flags")
    if isinstance(flags, int) and (names := [word for bit, word in _FLAGS.items() if flags >> bit & 1]):
        said["flags"] = names
    return said


def _listed(behind: bytes) -> dict[str, Any]:
    try:
        found: object = plistlib.loads(behind.strip(), fmt=plistlib.FMT_XML)
    except (ExpatError, ValueError, TypeError, AttributeError, IndexError, plistlib.InvalidFileException):
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}
