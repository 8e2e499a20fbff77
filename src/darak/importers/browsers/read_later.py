"""Pages saved to be read later: the CSV files of Pocket, Instapaper and Raindrop. One record a page.

Sign: the columns of one of them. Locators are "bytes A-B", the row. Times are seconds since 1970, or ISO.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from darak.importers.browsers.visit import readable
from darak.importers.formats.csv_items import Values, header_of, row_items
from darak.importers.formats.epochs import from_seconds
from darak.importers.formats.json_values import as_int
from darak.importers.importer import Item, Match
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import UNKNOWN_TIME, Time, parse_iso

_TAGS = re.compile(r"[^|,\[\]\"]+")


@dataclass(frozen=True, slots=True)
class _Service:
    """`signs` are columns that its export has; the other names say which column holds what."""

    source: str
    signs: frozenset[str]
    saved: str
    folder: str
    notes: tuple[str, ...] = ()


_SERVICES = (
    _Service("pocket", frozenset(("title", "url", "time_added", "status")), "time_added", "status"),
    _Service("instapaper", frozenset(("url", "title", "selection", "folder")), "timestamp", "folder", ("selection",)),
    _Service(
        "raindrop",
        frozenset(("id", "title", "note", "excerpt", "url", "folder", "created")),
        "created",
        "folder",
        ("note", "excerpt", "highlights"),
    ),
)


class ReadLaterImporter:
    """Pages saved for later: the CSV files of Pocket, Instapaper and Raindrop"""

    name = "read-later"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        return [
            Match(self.name, (member.name,), 0.9, f"the columns of {service.source}'s saved pages")
            for member in tree.members()
            if (service := _service_of(tree.head(member.name)))
        ]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        (member,) = match.members
        service = _service_of(tree.head(member))
        if service is not None:
            yield from row_items(tree, member, lambda row, origin: _page(service, row, origin), last=re.compile(r"\w+"))


def _service_of(head: bytes) -> _Service | None:
    columns = frozenset(header_of(head))
    return next((service for service in _SERVICES if service.signs <= columns), None)


def _page(service: _Service, row: Values, origin: Origin) -> Record | str:
    url, saved = row["url"].strip(), row.get(service.saved, "").strip()
    if "://" not in url:
        return "a row without an address"
    title = "" if row["title"].strip() == url else row["title"].strip()
    notes = [note for name in service.notes if (note := row.get(name, "").strip())]
    extra: dict[str, Any] = {
        "activity": "bookmark",
        "folder": row.get(service.folder, "").strip(),
        "tags": [tag.strip() for tag in _TAGS.findall(row.get("tags", "")) if tag.strip()],
    }
    return Record(
        source=service.source,
        kind="other",
        native_id=f"{saved} {url}",
        time=_time(saved),
        origin=origin,
        title=title or readable(url),
        text="\n".join(dict.fromkeys(part for part in (title, readable(url), *notes) if part)),
        url=url,
        extra={name: value for name, value in extra.items() if value},
    )


def _time(written: str) -> Time:
    if written.isdigit():
        return from_seconds(as_int(written)) or UNKNOWN_TIME
    try:
        return parse_iso(written) if written else UNKNOWN_TIME
    except ValueError:
        return UNKNOWN_TIME
