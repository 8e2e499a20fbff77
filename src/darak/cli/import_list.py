"""`darak import --list`: what Darak can read, by the part of a life it comes from."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping

from darak.importers.importer import Importer

_FAMILIES = {
    "mail": "Mail",
    "chats": "Chats",
    "social": "Social networks",
    "calendars": "Calendars",
    "contacts": "Contacts",
    "notes": "Notes and diaries",
    "documents": "Documents",
    "ai_chats": "Talks with AI",
    "photos": "Pictures",
    "voice": "Recordings",
    "health": "Health and sport",
    "places": "Places",
    "money": "Money",
    "media": "Watched, heard, read, bought",
    "browsers": "The web",
    "code": "Code and commands",
}
"""The folders of `darak.importers`, in the order of the list."""
_OTHER = "Other"


def print_list(importers: Mapping[str, Importer], *, as_json: bool) -> None:
    """A line for each importer under the name of its family; with `as_json` one object for each."""
    wide = max(map(len, importers), default=0)
    for family in (*_FAMILIES.values(), _OTHER):
        members = [name for name in sorted(importers) if _family(importers[name]) == family]
        if members and not as_json:
            print(family)
        for name in members:
            reads = _summary(importers[name])
            if as_json:
                print(json.dumps({"importer": name, "family": family, "reads": reads}, ensure_ascii=False))
            else:
                print(f"  {name:{wide}}  {reads}")


def _family(importer: Importer) -> str:
    """The folder its module lies in; another package's importer belongs to no family."""
    package, _, path = type(importer).__module__.partition(".importers.")
    return _FAMILIES.get(path.partition(".")[0], _OTHER) if package == "darak" else _OTHER


def _summary(importer: Importer) -> str:
    """The first line of what the importer, else its module, says of itself."""
    text = (type(importer).__doc__ or sys.modules[type(importer).__module__].__doc__ or "").strip()
    return text.partition("\n")[0].removesuffix(".").replace("`", "")
