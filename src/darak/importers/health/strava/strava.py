"""Strava's bulk export: activities.csv with the files of the activities beside it.

Recognised by a header that names an activity's id, date, name and type in a language that is known, or by rows that
name files under "activities/". Each row becomes a record; the points of its file (FIT, GPX, TCX) become samples. Times
are in UTC. Where two columns have one name, the second is in SI units. Locators are "bytes A-B": the row, or the
point in its file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from darak.importers.formats.members import read_each
from darak.importers.health.activities import activity_record
from darak.importers.health.activity_files import is_activity_file, read_activity_file
from darak.importers.health.strava.columns import BY_POSITION, COLUMNS, moment
from darak.importers.health.table import Cells, read_cells
from darak.importers.health.trail import number
from darak.importers.importer import Flaw, Ignored, Item, Match
from darak.importers.names import folder_of
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import Time, ZoneSource, from_datetime

SOURCE = "strava"
_FILES = "activities/"
_FILE = re.compile(r"activities/[\w.-]+")
_NAMED_FILE = re.compile(rb'\n"?\d{3,},[^\n]*,"?activities/\d+\.(?:fit|gpx|tcx)')
_FIRST_COLUMNS = 4
_ELAPSED, _DISTANCE = 5, 6
"""Where these columns stand in every language."""


class StravaImporter:
    """Strava: the activities of its bulk export with their tracks."""

    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        matches: list[Match] = []
        for member in tree.members():
            head = tree.head(member.name)
            if why := _why(head):
                folder = folder_of(member.name) + _FILES
                files = [
                    other.name
                    for other in tree.members()
                    if other.name.startswith(folder) and is_activity_file(tree.head(other.name))
                ]
                matches.append(Match(self.name, (member.name, *files), 0.97, why))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        table, *files = match.members
        rows = _Rows()
        with tree.open(table) as stream:
            yield from read_cells(stream, tree.head(table), table, 0, rows.record)
        folder = folder_of(table)

        def read(file: str) -> Iterator[Item]:
            named = file.removeprefix(folder).partition("!")[0] in rows.files
            told = False
            for item in read_activity_file(tree, file, SOURCE):
                if named and isinstance(item, Record):
                    told = True
                    yield Ignored("told-by-table", item.origin)
                elif not (told and isinstance(item, Flaw)):
                    told = False
                    yield item

        yield from read_each(files, read)


def _why(head: bytes) -> str:
    """Why a file with this head is a table of activities; "" when it is none."""
    line = head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].decode("utf-8", "replace")
    names = [name.strip('" \r') for name in line.split(",")]
    known = [name in COLUMNS[key] for name, key in zip(names, BY_POSITION[:_FIRST_COLUMNS], strict=False)]
    if len(known) == _FIRST_COLUMNS and all(known):
        return "table of activities: " + ", ".join(names[:_FIRST_COLUMNS])
    if len(names) > 10 and len(set(names)) < len(names) and _NAMED_FILE.search(head):
        return "table that names files of activities"
    return ""


class _Rows:
    """Makes records of rows, and notes the files that they name."""

    def __init__(self) -> None:
        self.files: set[str] = set()

    def record(self, cells: Cells, origin: Origin) -> Sequence[Item] | str:
        row = _by_meaning(cells)
        time = moment(row.get("date", ""))
        if time is None:
            return "bad-time"
        start = from_datetime(time, row["date"], zone="UTC", zone_source=ZoneSource.UTC)
        if row.get("file"):
            self.files.add(row["file"])
        elapsed, moving = _number(row.get("elapsed")), _number(row.get("moving"))
        end = _later(start, elapsed)
        metres, kilometres = _number(row.get("metres")), _number(row.get("kilometres"))
        extra: dict[str, Any] = {
            "duration_min": round(elapsed / 60, 2) if elapsed else None,
            "distance_km": round(metres / 1000, 3) if metres else (kilometres if metres is None else None) or None,
            "energy_kcal": _rounded(row.get("calories")),
            "heart_rate": _rounded(row.get("heart_rate")),
            "max_heart_rate": _rounded(row.get("max_heart_rate")),
            "moving_min": round(moving / 60, 2) if moving else None,
            "ascent_m": _rounded(row.get("ascent")),
            "power_w": _rounded(row.get("power")),
            "gear": row.get("gear"),
            "file": row.get("file"),
        }
        return [
            activity_record(
                source=SOURCE,
                origin=origin,
                start=start,
                end=end,
                activity=row.get("type", ""),
                name=row.get("name", ""),
                notes="\n".join(text for text in (row.get("description", ""), row.get("note", "")) if text),
                native_id=row.get("id") or None,
                url=f"https://www.strava.com/activities/{row['id']}" if row.get("id") else None,
                extra=extra,
            )
        ]


def _later(start: Time, seconds: float | None) -> Time | None:
    if not seconds or start.local is None:
        return None
    end = start.local + timedelta(seconds=round(seconds))
    return from_datetime(end, end.isoformat(), zone="UTC", zone_source=ZoneSource.UTC)


def _by_meaning(cells: Cells) -> dict[str, str]:
    """The cells by what they mean: by the column's name, the first ones else by their place, the file by its form."""
    row: dict[str, str] = dict(zip(BY_POSITION, cells.values(), strict=False))
    row |= _measures(list(cells.items()))
    for key, names in COLUMNS.items():
        found = next((cells[name] for name in names if cells.get(name)), None)
        if found is not None:
            row[key] = found.strip()
    if "file" not in row:
        row["file"] = next((cell for cell in cells.values() if _FILE.fullmatch(cell)), "")
    return row


def _measures(cells: list[tuple[str, str]]) -> dict[str, str]:
    """Time and distance in any language: two columns that come again further on, in SI units, with the moving time
    between them."""
    names = [name for name, _ in cells]
    if len(cells) <= _DISTANCE or f"{names[_ELAPSED]} 2" not in names or f"{names[_DISTANCE]} 2" not in names:
        return {}
    elapsed, metres = names.index(f"{names[_ELAPSED]} 2"), names.index(f"{names[_DISTANCE]} 2")
    row = {"elapsed": cells[elapsed][1], "kilometres": cells[_DISTANCE][1], "metres": cells[metres][1]}
    return row | ({"moving": cells[elapsed + 1][1]} if metres == elapsed + 2 else {})


def _number(written: str | None) -> float | None:
    """A number with a point or a comma before its decimals."""
    text = (written or "").strip()
    if "," in text:
        text = text.replace(",", "") if "." in text else text.replace(",", ".")
    return number(text or None)


def _rounded(written: str | None) -> float | None:
    value = _number(written)
    return round(value, 1) if value else None
