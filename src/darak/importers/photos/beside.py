"""Files that programs keep beside pictures: descriptions in XMP (Lightroom, darktable, digiKam, Apple Photos), and what
iPhones note of an edit (.AAE), which says nothing of its own.

A description belongs to the picture of its folder whose name it bears: `IMG_1.jpg.xmp`, or `IMG_1.xmp` for every
`IMG_1` there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from darak.importers.names import folder_of, short_name

_XMP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*)*<(?:x:xmpmeta|rdf:RDF)\b[^>]*[\"'](?:adobe:ns:meta/|http://www\.w3)",
    re.DOTALL,
)
_EDIT = (b"adjustmentBaseVersion", b"adjustmentFormatIdentifier")


def is_description(head: bytes) -> bool:
    """Whether a file with this head is XMP on its own."""
    return _XMP.match(head) is not None


def is_edit(head: bytes) -> bool:
    return (head.startswith(b"bplist00") or b"<plist" in head[:1024]) and any(sign in head for sign in _EDIT)


def described(pictures: Iterable[str], descriptions: Iterable[str]) -> dict[str, str]:
    """The description of each picture that has one."""
    named = {(folder_of(name), _stem(short_name(name))): name for name in descriptions}
    found: dict[str, str] = {}
    for picture in pictures:
        folder, name = folder_of(picture), short_name(picture).lower()
        if description := named.get((folder, name)) or named.get((folder, _stem(name))):
            found[picture] = description
    return found


def _stem(name: str) -> str:
    return name.lower().rpartition(".")[0]
