"""Names of members taken apart: the archive, the path in it, the folder, the last part."""

from __future__ import annotations

import re
from pathlib import Path

_ARCHIVE_END = re.compile(r"\.[A-Za-z0-9]{1,9}!|!(?=[^\s/.!])")
"""The mark behind an archive's name; in "Yahoo!/mail", "Wow!.md" and "Hey! You.txt" it is a part of the name."""

_SURROUNDINGS = 6
_OF_SYSTEMS = re.compile(
    r"(?:\.DS_Store|\._[^/]*|Icon\r|\.localized|desktop\.ini|Thumbs\.db|ehthumbs\.db|\.directory|\.nomedia)"
    r"|(?:.*[/!])?(?:__MACOSX|\.AppleDouble|\.Spotlight-V100|\.fseventsd|\.Trashes|@eaDir|\$RECYCLE\.BIN"
    r"|System Volume Information)/.*",
    re.IGNORECASE,
)
"""How a folder looks, pictures made small, what was thrown away: what Finder, Explorer and the like leave behind."""


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


def is_of_system(name: str) -> bool:
    """Whether a member is nothing of its owner's: what an operating system left in the folder for itself."""
    return _OF_SYSTEMS.fullmatch(short_name(name)) is not None or _OF_SYSTEMS.fullmatch(name) is not None


def with_surroundings(path: Path, name: str) -> str:
    """A member's name behind the folders around the imported `path`, which may tell what program or person it is of."""
    around = path.absolute().parts[-_SURROUNDINGS:]
    return "/".join(around if name == around[-1] else (*around[:-1], name) if path.is_file() else (*around, name))
