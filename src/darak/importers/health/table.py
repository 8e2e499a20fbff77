"""Tables of measurements: what the columns of a CSV file measure, and its rows as samples.

Locators are "bytes A-B": the row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import islice
from typing import BinaryIO

from darak.importers.formats.csv_rows import Row, read_rows
from darak.importers.formats.lines import BOM, MAX_LINE, encodings_of
from darak.importers.formats.outcomes import LONGEST_RAW, built_items
from darak.importers.health.trail import number
from darak.importers.importer import BadRow, Ignored, Item, Units
from darak.records.record import Origin, Sample
from darak.records.time import Precision, Time

_DIGITS = 6
_LOOKED_AT = 50
_PROBLEMS = {
    "damaged-row": "a row is damaged, or has not as many values as the table has columns",
    "bad-time": "a row whose time is none",
    "no-number": "a value that is no number",
}
_DAY_LENGTH = timedelta(hours=23, minutes=59, seconds=59)

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Measure:
    """A column that measures `metric` in `unit`, when its value is multiplied by `factor`.

    Values of 0 are left out with `positive`: many programs write them for what was not measured.
    """

    column: str
    metric: str
    unit: str
    factor: float = 1.0
    positive: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """When and with what a row was measured; `end` for what was gathered over a time."""

    time: Time
    end: Time | None = None
    device: str = ""


def day_time(day: date, written: str) -> Time:
    return Time(written, datetime.combine(day, time.min), Precision.DAY)


def day_end(day: date) -> Time:
    """The last second of a day: what was gathered over it, ends in it."""
    end = datetime.combine(day, time.min) + _DAY_LENGTH
    return Time(end.isoformat(), end, Precision.SECOND)


def read_cells(
    stream: BinaryIO, head: bytes, member: str, header_row: int, build: Callable[[Cells, Origin], Sequence[Item] | str]
) -> Iterator[Item]:
    """The items of each row below the header, which is line `header_row` from 0, by the names of its columns.

    `head` is what the stream begins with. `build` gives a row's items, or the code of what is wrong with it. Columns
    of the same name are numbered from the second on: "Distance", "Distance 2".
    """
    encodings = encodings_of(head)
    top = b"".join(stream.readline(MAX_LINE) for _ in range(header_row))
    line = stream.readline(MAX_LINE)
    header = next(read_rows(BytesIO(line.removeprefix(BOM)), encodings), None)
    names = _numbered(header.values if header else [])
    width = _width(len(names), head[len(top) + len(line) :], encodings)
    for row in read_rows(stream, encodings, width=width, start=len(top) + len(line)):
        yield from _row(row, names, member, build)


def _width(columns: int, head: bytes, encodings: tuple[str, ...]) -> int:
    """How many values rows have: as many as the header, or one more where they end with a comma that it has not."""
    found = list(islice(read_rows(BytesIO(head), encodings), _LOOKED_AT))
    rows = [row.values for row in found if row.ended or len(found) == 1]
    longer = sum(len(values) == columns + 1 and not values[-1] for values in rows)
    return columns + (longer > sum(len(values) == columns for values in rows))


def _row(
    row: Row, names: list[str], member: str, build: Callable[[Cells, Origin], Sequence[Item] | str]
) -> Iterator[Item]:
    origin = Origin(member, f"bytes {row.start}-{row.end}")
    built = build(dict(zip(names, row.values, strict=False)), origin) if row.values else "damaged-row"
    if isinstance(built, str):
        yield Units(1)
        yield BadRow(built, origin, _PROBLEMS.get(built, built), row.raw[:LONGEST_RAW])
        return
    yield Units(1)
    yield from built_items(built, origin, row.raw, intact=row.intact, code="bad-row")


def _numbered(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    found: list[str] = []
    for name in (name.strip() for name in names):
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    while found and not found[-1]:
        found.pop()
    return found


def samples_of(
    cells: Cells, measures: Sequence[Measure], when: Measured, origin: Origin, source: str
) -> Sequence[Item] | str:
    """The samples of a row's measures; "no-number" when one is none. A row without any value is ignored."""
    found: list[Item] = []
    for measure in measures:
        written = cells.get(measure.column, "").strip()
        if not written:
            continue
        value = number(written)
        if value is None:
            if written.lower() == "nan":
                continue
            return "no-number"
        if value == 0 and measure.positive:
            continue
        found.append(
            Sample(
                source=source,
                metric=measure.metric,
                value=value if measure.factor == 1 else round(value * measure.factor, _DIGITS),
                unit=measure.unit,
                time=when.time,
                end=when.end,
                origin=origin,
                device=when.device,
            )
        )
    return found or [Ignored("no-values", origin)]
