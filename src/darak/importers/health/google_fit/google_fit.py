"""Google Fit in Takeout: sessions, all data points, and the daily activity metrics.

Recognised by what the files are made of: an object with `fitnessActivity` (a session), an object with "Data Points",
a table whose first columns are a date or a start and an end and that has a step count or distance. Sessions become
records, nights and all else samples. Tables of one day have only clock times: their day is in the file's name. The
TCX files of the sessions give the points. Locators are "bytes A-B": the entry or row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import orjson

from darak.importers.formats.epochs import from_milliseconds
from darak.importers.formats.json_items import object_items
from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_int, as_text
from darak.importers.formats.members import read_each
from darak.importers.health.activities import activity_record
from darak.importers.health.activity_files import read_activity_file
from darak.importers.health.google_fit import tables
from darak.importers.health.table import Cells, Measured, day_end, day_time, read_cells, samples_of
from darak.importers.health.tcx import is_tcx
from darak.importers.health.trail import number
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Match, Units
from darak.importers.tree import Tree
from darak.records.record import Origin, Record, Sample
from darak.records.time import Precision, Time, from_datetime, parse_iso

SOURCE = "google-fit"
_SESSION = re.compile(rb'\s*\{\s*"fitnessActivity"\s*:\s*"')
_POINTS = re.compile(
    rb'\s*\{\s*"Data Source"\s*:\s*"[^"]*"\s*,\s*"Data Points"\s*:\s*\[|\s*\{\s*"Data Points"\s*:\s*\[\s*\{'
)
_POINT = re.compile(rb'"fitValue"\s*:')
_DAY_NAME = re.compile(r"(?:^|[/!])(\d{4}-\d{2}-\d{2})\.csv$")
_LARGEST_SESSION = 16 << 20


class GoogleFitImporter:
    """Google Fit: sessions, data points and daily metrics of Takeout."""

    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        known = [member.name for member in tree.members() if _sort(tree.head(member.name))]
        if not known:
            return []
        sessions = any(_SESSION.match(tree.head(member)) for member in known)
        roots = tuple({member.rsplit("/", 2)[0] + "/" for member in known if member.count("/") > 1})
        tracks = [
            member.name
            for member in tree.members()
            if sessions and roots and member.name.startswith(roots) and is_tcx(tree.head(member.name))
        ]
        return [Match(self.name, (*known, *tracks), 0.94, "sessions, data points or daily metrics of Google Fit")]

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        readers = {"session": _read_session, "points": _read_points, "table": _read_table, "": _read_track}
        yield from read_each(match.members, lambda member: readers[_sort(tree.head(member))](tree, member))


def _sort(head: bytes) -> str:
    """Which of Fit's files begins so; "" for none."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    if _SESSION.match(head):
        return "session"
    if _POINTS.match(head):
        return "points"
    names = head.partition(b"\n")[0][:8192].decode("utf-8", "replace").strip().split(",")
    measured = {measure.column for measure in tables.MEASURES}
    dated = names[0] in tables.DAY or (names[0] in tables.START and names[1:2] and names[1] in tables.END)
    return "table" if dated and len(measured.intersection(names)) > 1 else ""


def _read_track(tree: Tree, member: str) -> Iterator[Item]:
    """The points of a session's TCX file; the session itself is told by its own file."""
    told = False
    for item in read_activity_file(tree, member, SOURCE):
        if isinstance(item, Record):
            told = True
            yield Ignored("told-by-session", item.origin)
        elif not (told and isinstance(item, Flaw)):
            told = False
            yield item


def _read_session(tree: Tree, member: str) -> Iterator[Item]:
    with tree.open(member) as stream:
        raw = stream.read(_LARGEST_SESSION)
    origin = Origin(member, f"bytes 0-{len(raw)}")
    try:
        built = _session(as_dict(orjson.loads(raw.removeprefix(b"\xef\xbb\xbf"))), origin)
    except orjson.JSONDecodeError:
        built = "the session is damaged or cut off"
    if isinstance(built, str):
        yield Units(1)
        yield BadRow("bad-session", origin, built, raw[:65536])
        return
    yield Units(len(built))
    yield from built


def _session(value: Json, origin: Origin) -> Sequence[Item] | str:
    start, end = _time(value.get("startTime")), _time(value.get("endTime"))
    name = as_text(value.get("fitnessActivity"))
    if start is None or end is None:
        return "a session without its times"
    if name in tables.NO_ACTIVITY:
        return [Ignored("no-activity", origin)]
    if name.startswith("sleep"):
        parts = as_dicts(value.get("segment")) or [value]
        found = [_segment(part, origin) for part in parts]
        return [item for item in found if item is not None] or "a night whose stretches have no times"
    seconds = number(as_text(value.get("duration")).removesuffix("s")) or _minutes(start, end) * 60
    extra: dict[str, Any] = {"duration_min": round(seconds / 60, 2)}
    for aggregate in as_dicts(value.get("aggregate")):
        measure = number(aggregate.get("floatValue", aggregate.get("intValue")))
        if measure and (known := tables.AGGREGATES.get(as_text(aggregate.get("metricName")))):
            extra[known[0]] = round(measure * known[1], known[2])
    return [
        activity_record(
            source=SOURCE,
            origin=origin,
            start=start,
            end=end,
            activity=name.replace(".", "_"),
            native_id=f"{name}/{start.instant('UTC')}",
            extra=extra,
        )
    ]


def _segment(value: Json, origin: Origin) -> Item | None:
    """A stretch of a night."""
    start, end = _time(value.get("startTime")), _time(value.get("endTime"))
    name = as_text(value.get("fitnessActivity"))
    if start is None or end is None:
        return None
    return _sample(tables.SEGMENTS.get(name, "sleep_asleep"), _minutes(start, end), "min", start, end, origin, "")


def _read_points(tree: Tree, member: str) -> Iterator[Item]:
    yield from object_items(tree, member, _point, _POINT, ("Data Points",))


def _point(value: Json, origin: Origin) -> Sequence[Item] | str:
    kind = as_text(value.get("dataTypeName"))
    start, end = _nanoseconds(value.get("startTimeNanos")), _nanoseconds(value.get("endTimeNanos"))
    start = start or end
    if start is None:
        return "a data point without a time"
    device = as_text(value.get("originDataSourceId"))
    numbers = [_number(as_dict(part.get("value"))) for part in as_dicts(value.get("fitValue"))]
    first = numbers[0] if numbers else None
    if first is None or kind not in (*tables.TYPES, tables.SLEEP, tables.BLOOD_PRESSURE):
        return [Ignored(kind.removeprefix("com.google.").replace(".", "-").replace("_", "-") or "no-type", origin)]
    if kind == tables.SLEEP:
        if end is None or int(first) not in tables.STAGES:
            return [Ignored("out-of-bed", origin)]
        return [_sample(tables.STAGES[int(first)], _minutes(start, end), "min", start, end, origin, device)]
    if kind == tables.BLOOD_PRESSURE:
        pressures = zip(("systolic", "diastolic"), numbers, strict=False)
        return [
            _sample(f"blood_pressure_{name}", mmhg, "mmHg", start, None, origin, device)
            for name, mmhg in pressures
            if mmhg is not None
        ]
    metric, unit, factor = tables.TYPES[kind]
    return [_sample(metric, round(first * factor, 6), unit, start, end, origin, device)]


def _number(value: Json) -> float | None:
    return number(value.get("fpVal", value.get("intVal")))


def _sample(metric: str, value: float, unit: str, start: Time, end: Time | None, origin: Origin, device: str) -> Sample:
    return Sample(
        source=SOURCE,
        metric=metric,
        value=value,
        unit=unit,
        time=start,
        end=end if end is not None and end.local != start.local else None,
        origin=origin,
        device=device,
    )


def _read_table(tree: Tree, member: str) -> Iterator[Item]:
    named = _DAY_NAME.search(member)
    day = _date(named[1]) if named else None

    def build(cells: Cells, origin: Origin) -> Sequence[Item] | str:
        when = _when(cells, day)
        return "bad-time" if when is None else samples_of(cells, tables.MEASURES, when, origin, SOURCE)

    with tree.open(member) as stream:
        yield from read_cells(stream, tree.head(member), member, 0, build)


def _when(cells: Cells, day: date | None) -> Measured | None:
    """A row's whole day, or its quarter of an hour on the day that the file is of."""
    first, second = [*cells.values(), ""][:2]
    if next(iter(cells)) in tables.DAY:
        whole = _date(first)
        return whole and Measured(day_time(whole, first), day_end(whole), "daily")
    if day is None:
        return None
    start, end = _on_day(day, first), _on_day(day, second)
    if start is None or end is None:
        return None
    if start.local is not None and end.local is not None and end.local <= start.local:
        end = from_datetime(end.local + timedelta(days=1), second, end.precision, end.zone, end.zone_source)
    return Measured(start, end, "quarters")


def _on_day(day: date, clock: str) -> Time | None:
    """The time of "10:15:00.000-07:00" on a day."""
    try:
        moment = datetime.fromisoformat(f"{day.isoformat()}T{clock.strip()}")
    except ValueError:
        return None
    return from_datetime(moment, f"{day.isoformat()}T{clock.strip()}", Precision.SECOND)


def _date(written: str) -> date | None:
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        return None


def _time(value: object) -> Time | None:
    try:
        return parse_iso(as_text(value))
    except ValueError:
        return None


def _nanoseconds(value: object) -> Time | None:
    found = as_int(value)
    return from_milliseconds(found // 1_000_000, str(value)) if found else None


def _minutes(start: Time, end: Time) -> float:
    return round(((end.instant("UTC") or 0) - (start.instant("UTC") or 0)) / 60_000, 2)
