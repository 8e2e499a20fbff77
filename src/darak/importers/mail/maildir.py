"""What the names in a maildir say: which files belong to one, their folder, their flags.

A maildir is a folder with `cur` and `new`, which hold one mail a file, and `tmp`, where mails lie that have not yet
arrived. Folders are maildirs inside it (`.Sent/cur`); flags end the name (`…:2,RS`; Windows writes `;` or `!`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_PLACE = re.compile(r"(?P<folder>(?:.*[/!])?)(?P<box>cur|new|tmp)/[^/]+")
_FLAGS = re.compile(r"[:;!]2,([A-Za-z]+)$")
_FLAG_NAMES = {"D": "draft", "F": "flagged", "P": "passed", "R": "replied", "S": "seen", "T": "trashed"}
_UTF7 = re.compile(r"&([A-Za-z0-9+,]*)-")


def box_of(name: str) -> str | None:
    """ "cur", "new" or "tmp" for a file that lies in such a folder, else None."""
    place = _PLACE.fullmatch(name)
    return place["box"] if place else None


def roots_of(names: Iterable[str]) -> list[str]:
    """The outermost maildirs that hold these files, as what their files' names begin with ("" for the tree itself)."""
    roots: list[str] = []
    for folder in sorted({_folder(name) for name in names if box_of(name) in ("cur", "new")}):
        if not any(folder.startswith(root) for root in roots):
            roots.append(folder)
    return roots


def root_of(name: str, roots: Sequence[str]) -> str | None:
    """The one of `roots` that a file of a maildir belongs to."""
    if box_of(name) is None:
        return None
    folder = _folder(name)
    return next((root for root in roots if folder.startswith(root)), None)


def folder_and_flags(name: str, root: str) -> dict[str, object]:
    """What the name says of the mail: {"folder": "Sent", "flags": ["replied", "seen"]}, without what is not said."""
    said: dict[str, object] = {}
    folder = _folder(name)[len(root) :].rstrip("/").removeprefix(".")
    if folder:
        said["folder"] = _UTF7.sub(_decoded, folder)
    if flags := _FLAGS.search(name):
        said["flags"] = [_FLAG_NAMES[flag] for flag in flags[1] if flag in _FLAG_NAMES]
    return said


def _folder(name: str) -> str:
    place = _PLACE.fullmatch(name)
    return place["folder"] if place else ""


def _decoded(match: re.Match[str]) -> str:
    """A run of IMAP's modified UTF-7 (RFC 3501 5.1.3), in which folders have names beyond ASCII."""
    if not match[1]:
        return "&"
    try:
        name = f"+{match[1].replace(',', '/')}-".encode("ascii").decode("utf-7")
        return name.encode("utf-8").decode("utf-8")
    except UnicodeError:
        return match[0]
