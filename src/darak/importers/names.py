"""Names of members taken apart: the archive, the path in it, the folder, the last part."""

from __future__ import annotations

import re
from pathlib import Path

_ARCHIVE_END = re.compile(r"\.[A-Za-z0-9]{1,9}!|!(?=[^\s/.!])")
"""The mark behind an archive's name; in "Yahoo!/mail", "Wow!.md" and "Hey! You.txt" it is a part of the name."""

_SURROUNDINGS = 6


def archive_of(name: str) -> str:
    """The beginning of a member's name that is its archive's, with the mark behind it; "" outside of archives."""
    end = 0
    for mark in _ARCHIVE_END.finditer(name) if "!" in name else ():
        end = mark.end()
    return name[:end]


def inner_path(name: str) -> str:
    """A member's path inside its archive; its whole name outside of archives."""
    return name[len(archive_of(name)) :]


def folder_of(name: str) -> str:
    """The beginning of a member's name that all of its folder or archive share, "" at the top; of a folder, the one
    around it."""
    name = name[:-1] if name.endswith(("/", "!")) else name
    return name[: max(name.rfind("/") + 1, len(archive_of(name)))]


def short_name(name: str) -> str:
    """The last part of a member's name."""
    return inner_path(name).rpartition("/")[2]


def with_surroundings(path: Path, name: str) -> str:
    """A member's name behind the folders around the imported `path`, which may tell what program or person it is of."""
    around = path.absolute().parts[-_SURROUNDINGS:]
    return "/".join(around if name == around[-1] else (*around[:-1], name) if path.is_file() else (*around, name))
