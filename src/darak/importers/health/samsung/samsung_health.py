"""Samsung Health's "Download personal data": a folder of CSV tables, with JSON files beside them.

Recognised by a first line of a table's name ("com.samsung.health.…" or "com.samsung.shealth.…"), a version and a count
of columns; all tables of a folder are one export. Measurements become samples, exercises become records. Times are in
UTC beside the offset of the place. Rows of tables that are not read count as ignored by the table's name. The pulse
of the minutes is in JSON files that rows of the heart-rate table name. Locators are "bytes A-B": the row or element.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from darak.importers.formats.csv_rows import count_rows
from darak.importers.formats.epochs import from_milliseconds
from darak.importers.formats.json_array import read_elements, shape_of
from darak.importers.formats.json_values import Json, as_int
from darak.importers.formats.members import read_each
from darak.importers.health.activities import activity_record
from darak.importers.health.samsung.tables import ACTIVITIES, EXERCISE, SLEEP, STAGE_METRICS, STAGES, TABLES, WORDS
from darak.importers.health.table import Cells, Measure, Measured, day_end, day_time, read_cells, samples_of
from darak.importers.health.trail import number
from darak.importers.importer import BadRow, Ignored, Item, Match, Units
from darak.importers.names import folder_of
from darak.importers.tree import Tree
from darak.records.record import Origin, Record, Sample
from darak.records.time import Precision, Time, ZoneSource, from_datetime, offset_name

SOURCE = "samsung-health"
_FIRST_LINE = re.compile(rb"(?:\xef\xbb\xbf)?\s*\"?com\.samsung\.s?health\.([a-z0-9_.]+)\"?,\d+,\d*")
_BESIDE = re.compile(r"(?:jsons|files|pictures)/")
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?")
_LARGEST_OFFSET = timedelta(hours=14)
_ASLEEP = (Measure("sleep_duration", "sleep_asleep", "min", positive=True),)
_SLEEP_SCORE = (Measure("sleep_score", "sleep_score", "count", positive=True),)
_MERGED = "-2"
"""The source_type of the rows that merge all devices."""


class SamsungHealthImporter:
    """Samsung Health: steps, pulse, sleep, weight, exercise and the other tables of its export."""

    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        folders: dict[str, list[str]] = {}
        for member in tree.members():
            if _FIRST_LINE.match(tree.head(member.name)):
                folders.setdefault(folder_of(member.name), []).append(member.name)
        matches: list[Match] = []
        for folder, tables in folders.items():
            beside = [m.name for m in tree.members() if _BESIDE.match(_within(m.name, folder)) and m.name not in tables]
            matches.append(
                Match(self.name, (*tables, *beside), 0.95, "tables that begin with com.samsung.health names")
            )
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        tables = {
            member: found[1].decode() for member in match.members if (found := _FIRST_LINE.match(tree.head(member)))
        }
        bins = {member.rsplit("/", 1)[-1]: member for member in match.members if member not in tables}
        reader = _Reader(tree, bins, STAGES in tables.values())
        yield from read_each(tables, lambda member: reader.table(member, tables[member]))
        for member in match.members:
            if member not in tables and member not in reader.read:
                yield Units(1)
                yield Ignored("file-beside", Origin(member, ""))


def _within(member: str, folder: str) -> str:
    return member[len(folder) :] if member.startswith(folder) else ""


class _Reader:
    def __init__(self, tree: Tree, bins: dict[str, str], has_stages: bool) -> None:
        self._tree, self._bins, self._has_stages = tree, bins, has_stages
        self._table = ""
        self.read: set[str] = set()

    def table(self, member: str, table: str) -> Iterator[Item]:
        self._table = table
        with self._tree.open(member) as stream:
            if table in TABLES or table in WORDS or table in (SLEEP, STAGES, EXERCISE):
                yield from read_cells(stream, self._tree.head(member), member, 1, self._row)
            elif rows := max(0, count_rows(stream, ("utf-8",)) - 2):
                yield Units(rows)
                yield Ignored(table.replace("_", "-").replace(".", "-"), Origin(member, ""), rows)

    def _row(self, cells: Cells, origin: Origin) -> Sequence[Item] | str:
        cells = _short_names(cells)
        when = _when(cells)
        if when is None:
            return "bad-time" if any(cells.values()) else [Ignored("empty-row", origin)]
        if self._table == EXERCISE:
            return [_exercise(cells, when, origin)]
        if self._table in WORDS:
            return [_words(self._table, cells, when, origin)]
        if self._table == SLEEP:
            in_bed = _minutes("sleep_in_bed", when, origin)
            measures = _SLEEP_SCORE if self._has_stages else (*_ASLEEP, *_SLEEP_SCORE)
            measured = samples_of(cells, measures, when, origin, SOURCE)
            return [*in_bed, *(m for m in measured if isinstance(m, Sample))] if in_bed else measured
        if self._table == STAGES:
            stage = cells.get("stage", "")
            return _minutes(STAGE_METRICS.get(stage, f"sleep_stage_{stage}"), when, origin) or "bad-time"
        if self._table in ("tracker.heart_rate", "heart_rate") and cells.get("binning_data") in self._bins:
            return self._pulses(self._bins[cells["binning_data"]], cells, when) or [Ignored("no-values", origin)]
        return samples_of(cells, TABLES[self._table], when, origin, SOURCE)

    def _pulses(self, member: str, cells: Cells, when: Measured) -> list[Item]:
        """The pulse of the minutes that a row sums up."""
        self.read.add(member)
        found: list[Item] = []
        shape = shape_of(self._tree.head(member))
        if shape is None:
            return []
        with self._tree.open(member) as stream:
            for element in read_elements(stream, shape):
                origin = Origin(member, f"bytes {element.start}-{element.end}")
                if element.problem:
                    found.append(BadRow(element.problem, origin, "a measurement is damaged", element.raw[:1024]))
                    continue
                value: Json = element.value
                time, pulse = _utc(str(value.get("start_time", "")), _offset(cells)), number(value.get("heart_rate"))
                if time is None or not pulse:
                    found.append(Ignored("no-values", origin))
                    continue
                found.append(
                    Sample(
                        source=SOURCE,
                        metric="heart_rate",
                        value=pulse,
                        unit="count/min",
                        time=time,
                        end=_utc(str(value.get("end_time", "")), _offset(cells)),
                        origin=origin,
                        device=when.device,
                    )
                )
        return found


def _short_names(cells: Cells) -> dict[str, str]:
    """The columns without the table's name before them, which some have."""
    plain = {name: value for name, value in cells.items() if "." not in name}
    return plain | {name.rpartition(".")[2]: value for name, value in cells.items() if "." in name}


def _when(cells: Cells) -> Measured | None:
    device = "all devices" if cells.get("source_type") == _MERGED else cells.get("deviceuuid", "")
    if not cells.get("start_time") and cells.get("day_time"):
        day = _day(cells["day_time"])
        return day and Measured(day_time(day, cells["day_time"]), day_end(day), device)
    offset = _offset(cells)
    start = _utc(cells.get("start_time", ""), offset)
    end = _utc(cells.get("end_time", ""), offset)
    return start and Measured(start, end if end and end.local != start.local else None, device)


def _day(written: str) -> date | None:
    """The local day that day_time names: its midnight as if it were UTC."""
    time = _utc(written, None)
    return time.local.date() if time and time.local else None


def _utc(written: str, offset: timedelta | None) -> Time | None:
    """A time in UTC, as text or in milliseconds, on the clock of the offset."""
    try:
        if written.lstrip("-").isdigit():
            time = from_milliseconds(as_int(written), written)
            if time is None or time.local is None:
                return None
            moment = time.local
        else:
            moment = datetime.strptime(written, "%Y-%m-%d %H:%M:%S.%f" if "." in written else "%Y-%m-%d %H:%M:%S")
        precision = Precision.MILLISECOND if moment.microsecond else Precision.SECOND
        if offset is None:
            return from_datetime(moment, written, precision, "UTC", ZoneSource.UTC)
        return from_datetime(moment + offset, written, precision, offset_name(offset))
    except (ValueError, OverflowError):
        return None


def _offset(cells: Cells) -> timedelta | None:
    """ "UTC+0900" or milliseconds; None for anything else: some devices wrote "UTC+28550"."""
    written = cells.get("time_offset", "").strip()
    found = _OFFSET.fullmatch(written)
    if written.lstrip("-").isdigit():
        offset = timedelta(milliseconds=int(written))
    elif found:
        offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0)) * (-1 if found[1] == "-" else 1)
    else:
        return None
    return offset if abs(offset) <= _LARGEST_OFFSET else None


def _minutes(metric: str, when: Measured, origin: Origin) -> list[Item]:
    """A stretch of time as minutes; nothing without an end."""
    if when.end is None:
        return []
    minutes = ((when.end.instant("UTC") or 0) - (when.time.instant("UTC") or 0)) / 60_000
    return [
        Sample(
            source=SOURCE,
            metric=metric,
            value=round(minutes, 2),
            unit="min",
            time=when.time,
            end=when.end,
            origin=origin,
            device=when.device,
        )
    ]


def _words(table: str, cells: Cells, when: Measured, origin: Origin) -> Item:
    """What was eaten or felt, in the owner's words; ignored without any."""
    sort, column, form = WORDS[table]
    named = cells.get(column, "").strip()
    text = form.format_map({"calorie": "", "notes": ""} | dict(cells)).strip()
    text = text if text != "kcal" else ""
    if not (named or text):
        return Ignored("no-words", origin)
    return Record(
        source=SOURCE,
        kind="other",
        time=when.time,
        origin=origin,
        native_id=cells.get("datauuid") or None,
        title=f"{sort}: {named}" if named else sort,
        text=text,
    )


def _exercise(cells: Cells, when: Measured, origin: Origin) -> Item:
    length, metres = number(cells.get("duration")), number(cells.get("distance"))
    code = as_int(cells.get("exercise_type"))
    named = cells.get("title") or cells.get("custom_name") or cells.get("exercise_custom_type") or ""
    extra: dict[str, Any] = {
        "duration_min": round(length / 60_000, 2) if length else None,
        "distance_km": round(metres / 1000, 3) if metres else None,
        "energy_kcal": number(cells.get("calorie")) or None,
        "heart_rate": number(cells.get("mean_heart_rate")) or None,
        "max_heart_rate": number(cells.get("max_heart_rate")) or None,
        "device": when.device,
    }
    return activity_record(
        source=SOURCE,
        origin=origin,
        start=when.time,
        end=when.end,
        activity=ACTIVITIES.get(code or 0, "other"),
        name=named,
        notes=cells.get("comment", ""),
        native_id=cells.get("datauuid") or None,
        extra=extra,
    )
