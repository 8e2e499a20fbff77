"""The beginning of a page of HTML whose style sheet would fill it, without what is in style sheets and scripts.

Google's exports begin with 140 KB of style; what tells the format stands behind it.
"""

from __future__ import annotations

import re
from typing import BinaryIO

from darak.importers.formats.markup import is_markup

_BEGIN = re.compile(rb"<(style|script)\b[^>]*>")
_SHORT = 4096
_CHUNK = 256 * 1024
_FARTHEST = 4 << 20
"""Bytes of a style sheet after which no end of it is looked for."""


def without_styles(head: bytes, rest: BinaryIO) -> bytes:
    """`head` as it is, or, when it is a page with a style sheet or a script of over 4 KB, as many bytes of it and of
    `rest`, which follows it in the file, without them."""
    if not is_markup(head):
        return head
    shown, ahead, cut = bytearray(), head, False
    while begun := _BEGIN.search(ahead):
        shown += ahead[: begun.end()]
        ahead, end = ahead[begun.end() :], b"</" + begun[1]
        if 0 <= ahead.find(end) <= _SHORT:
            continue
        ahead, cut = _behind(end, ahead, rest), True
        if len(shown) >= len(head):
            break
    shown += ahead
    while cut and len(shown) < len(head) and (chunk := rest.read(_CHUNK)):
        shown += chunk
    return bytes(shown[: len(head)])


def _behind(end: bytes, ahead: bytes, rest: BinaryIO) -> bytes:
    """What follows, from `end` on; nothing when that does not come."""
    skipped = 0
    while (at := ahead.find(end)) < 0:
        skipped += len(ahead)
        if skipped > _FARTHEST or not (chunk := rest.read(_CHUNK)):
            return b""
        ahead = ahead[-len(end) :] + chunk
    return ahead[at:]
