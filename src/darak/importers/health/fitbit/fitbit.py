"""Fitbit's data: Takeout (Fitbit, Google Health) and the archive that fitbit.com gave.

Recognised by what the files are made of: lists of `dateTime` in US order with a `value`, logs with a `logId` of sleep,
weight or exercise, and tables with the headers of tables.py. All such files of a tree are one export; what else lies
in their folders counts as ignored. Pulse, steps and distance are in UTC, sleep, weight and calories on the owner's
clock without a zone. Locators are "bytes A-B": the entry or row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from darak.importers.formats.json_items import object_items
from darak.importers.formats.json_values import Json
from darak.importers.formats.members import read_each
from darak.importers.health.activities import activity_record
from darak.importers.health.fitbit import logs
from darak.importers.health.fitbit.logs import ENTRY, LOG, SERIES, SOURCE, series_sample
from darak.importers.health.fitbit.tables import EXERCISES, SLEEPS, STAGE_METRICS, STAGES, Table, table_of
from darak.importers.health.fitbit.times import iso
from darak.importers.health.table import Cells, Measured, read_cells, samples_of
from darak.importers.health.trail import number
from darak.importers.importer import Ignored, Item, Match, Units
from darak.importers.tree import Tree
from darak.records.record import Origin, Sample

_SERIES = re.compile(rb'"dateTime"\s*:\s*"\d\d/\d\d/\d\d \d\d:\d\d:\d\d"\s*,\s*"value"\s*:')
_LOG = re.compile(rb'\{\s*"logId"\s*:\s*"?\d+')
_Build = Callable[[Json, Origin], Sequence[Item] | str]
_LOGS: tuple[tuple[bytes, _Build], ...] = (
    (b'"dateOfSleep"', logs.sleep),
    (b'"activityName"', logs.exercise),
    (b'"weight"', logs.weight),
)
_SERIES_NAME = re.compile(r"([a-z0-9_]+?)(?:-\d{4}-\d{2}-\d{2}|-\d+)?\.json")
_SPECIAL = (SLEEPS, STAGES, EXERCISES)
_FOLDERS = re.compile(r"(?:^|/)(?:Fitbit|Google Health|user-site-export)/")
_BESIDE = 0.3


class FitbitImporter:
    """Fitbit: pulse, steps, sleep, weight, exercise and the other measurements of its exports."""

    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        known = [member.name for member in tree.members() if _is_fitbit(tree.head(member.name), member.name)]
        if not known:
            return []
        roots = tuple(sorted({found for member in known if (found := _root(member))}))
        beside = [m.name for m in tree.members() if roots and m.name.startswith(roots) and m.name not in known]
        matches = [Match(self.name, tuple(known), 0.93, "lists and tables of Fitbit's measurements")]
        return matches + ([Match(self.name, tuple(beside), _BESIDE, "beside Fitbit's measurements")] if beside else [])

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        has_table = any(_header(tree.head(member))[: len(EXERCISES)] == EXERCISES for member in match.members)

        def read(member: str) -> Iterator[Item]:
            head = tree.head(member)
            if _header(head)[0] != "" and not _is_json(head) and _is_fitbit(head, member):
                yield from _read_table(tree, member)
            elif _is_fitbit(head, member):
                yield from _read_json(tree, member, has_table)
            else:
                yield Units(1)
                yield Ignored("file-beside", Origin(member, ""))

        yield from read_each(match.members, read)


def _is_json(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"["


def _is_fitbit(head: bytes, member: str) -> bool:
    if _is_json(head):
        return bool(_SERIES.search(head) or (_LOG.search(head) and _log_of(head)))
    header = _header(head)
    return table_of(header, _file_name(member)) is not None or any(header[: len(names)] == names for names in _SPECIAL)


def _log_of(head: bytes) -> _Build | None:
    return next((build for sign, build in _LOGS if sign in head), None)


def _header(head: bytes) -> tuple[str, ...]:
    """The names in the first line, which Fitbit does not quote."""
    line = head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0][:4096]
    return tuple(line.decode("utf-8", "replace").strip().split(","))


def _file_name(member: str) -> str:
    return re.split(r"[/!]", member)[-1]


def _root(member: str) -> str:
    """The folder that holds nothing but Fitbit's files: a part of its path says so."""
    found = _FOLDERS.search(member)
    return member[: found.end()] if found else ""


def _read_json(tree: Tree, member: str, has_table: bool) -> Iterator[Item]:
    head = tree.head(member)
    kind = _SERIES if _SERIES.search(head) else _LOG
    if kind is _SERIES:
        named = _SERIES_NAME.fullmatch(_file_name(member))
        name = named[1] if named else "heart_rate" if b'"bpm"' in head else ""
        series = SERIES.get(name)

        def build(value: Any, origin: Origin) -> Sequence[Item] | str:
            return series_sample(series, value, origin) if series else [Ignored(_code(name), origin)]

        unit = ENTRY
    else:
        log = _log_of(head) or logs.sleep

        def build(value: Any, origin: Origin) -> Sequence[Item] | str:
            if has_table and log is logs.exercise:
                return [Ignored("told-by-table", origin)]
            return log(value, origin)

        unit = LOG
    yield from object_items(tree, member, build, unit)


def _code(name: str) -> str:
    return name.replace("_", "-") or "unnamed-series"


def _read_table(tree: Tree, member: str) -> Iterator[Item]:
    header = _header(tree.head(member))
    table = table_of(header, _file_name(member))

    def build(cells: Cells, origin: Origin) -> Sequence[Item] | str:
        if table is not None:
            return _measured(table, cells, origin)
        if header[: len(STAGES)] == STAGES:
            return _stretch(
                cells, "sleep_stage", STAGE_METRICS.get(cells.get("sleep_stage_type", ""), "sleep_asleep"), origin
            )
        if header[: len(SLEEPS)] == SLEEPS:
            return _stretch(cells, "sleep", "sleep_in_bed", origin)
        return _exercise(cells, origin)

    with tree.open(member) as stream:
        yield from read_cells(stream, tree.head(member), member, 0, build)


def _measured(table: Table, cells: Cells, origin: Origin) -> Sequence[Item] | str:
    time = table.time(cells.get(table.at, ""))
    if time is None:
        return "bad-time"
    end = iso(cells.get(table.end, "")) if table.end else None
    if table.named == "spo2" and number(cells.get("value")) == _NO_READING:
        return [Ignored("not-measured", origin)]
    return samples_of(cells, table.measures, Measured(time, end, cells.get("data source", "")), origin, SOURCE)


_NO_READING = 50.0
"""What Fitbit writes for an oxygen saturation that it could not measure."""


def _stretch(cells: Cells, name: str, metric: str, origin: Origin) -> Sequence[Item] | str:
    """A stretch of sleep on the clock of the place; a night without stages is asleep as long as it says."""
    start = iso(cells.get(f"{name}_start", ""), cells.get("start_utc_offset", ""))
    end = iso(cells.get(f"{name}_end", ""), cells.get("end_utc_offset", ""))
    if start is None or end is None:
        return "bad-time"
    minutes = ((end.instant("UTC") or 0) - (start.instant("UTC") or 0)) / 60_000
    device = cells.get("data_source", "")
    lengths = {metric: round(minutes, 2)}
    asleep = number(cells.get("minutes_asleep"))
    if cells.get("sleep_type") == "CLASSIC" and asleep:
        lengths["sleep_asleep"] = asleep
    return [
        Sample(source=SOURCE, metric=m, value=v, unit="min", time=start, end=end, origin=origin, device=device)
        for m, v in lengths.items()
    ]


def _exercise(cells: Cells, origin: Origin) -> Sequence[Item] | str:
    offset = cells.get("utc_offset", "")
    start, end = iso(cells.get("exercise_start", ""), offset), iso(cells.get("exercise_end", ""), offset)
    if start is None or end is None:
        return "bad-time"
    minutes = ((end.instant("UTC") or 0) - (start.instant("UTC") or 0)) / 60_000
    millimetres = number(cells.get("tracker_total_distance_mm")) or number(
        cells.get("manually_logged_total_distance_mm")
    )
    calories = number(cells.get("tracker_total_calories")) or number(cells.get("manually_logged_total_calories"))
    extra: dict[str, Any] = {
        "duration_min": round(minutes, 2),
        "distance_km": round(millimetres / 1e6, 3) if millimetres else None,
        "energy_kcal": calories or None,
        "heart_rate": number(cells.get("tracker_avg_heart_rate")) or None,
        "max_heart_rate": number(cells.get("tracker_peak_heart_rate")) or None,
        "steps": number(cells.get("tracker_total_steps")) or None,
        "log": cells.get("log_type", "").lower(),
    }
    return [
        activity_record(
            source=SOURCE,
            origin=origin,
            start=start,
            end=end,
            activity=cells.get("activity_name", ""),
            native_id=f"exercise/{cells['exercise_id']}" if cells.get("exercise_id") else None,
            extra=extra,
        )
    ]
