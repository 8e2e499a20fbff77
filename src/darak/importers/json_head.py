"""The beginning of a JSON file in which a very long text stands, with that text cut short.

A note, or an address that holds a picture, may fill a whole head by itself; what tells the format stands behind it.
"""

from __future__ import annotations

import re
from typing import BinaryIO

_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:window\.[\w.]+\s*=\s*)?[\[{]\s*["\[{]')
_STRING = re.compile(rb'"(?P<text>(?:[^"\\]++|\\.)*+)(?P<end>"|\\?\Z)', re.DOTALL)
_KEPT = re.compile(rb'(?:[^"\\]|\\u[0-9A-Fa-f]{4}|\\[^u]){0,256}', re.DOTALL)
_LONG = 16 * 1024
_CHUNK = 1 << 20
_FARTHEST = 16 << 20
"""Bytes into a file after which its shape must have shown itself."""


def shortened(head: bytes, rest: BinaryIO) -> bytes:
    """`head` as it is, or, when it is JSON with a string of over 16 KB, as many bytes of it and of `rest`, which
    follows it in the file, with the long strings cut."""
    if not _JSON.match(head) or not any(len(string["text"]) > _LONG for string in _STRING.finditer(head)):
        return head
    shown, ahead = bytearray(), head
    for _ in range(_FARTHEST // _CHUNK):
        ahead = _cut(ahead, shown)
        if len(shown) >= len(head) or not (chunk := rest.read(_CHUNK)):
            break
        ahead += chunk
    return bytes((shown + ahead)[: len(head)])


def _cut(text: bytes, shown: bytearray) -> bytes:
    """Adds `text` to `shown`, long strings cut, but for an open string at its end: what more of the file goes on with
    is returned."""
    position = 0
    for string in _STRING.finditer(text):
        shown += text[position : string.start()]
        said, position = string["text"], string.end()
        if len(said) > _LONG and (kept := _KEPT.match(said)):
            said = kept[0].decode("utf-8", "ignore").encode()
        if string["end"] != b'"':
            return b'"' + said + string["end"]
        shown += b'"' + said + b'"'
    shown += text[position:]
    return b""
