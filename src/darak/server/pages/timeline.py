"""A life at a glance: years, then the months of a year, then the days of a month, then the records of a day."""

from __future__ import annotations

import calendar
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from darak.server.caller import Owner
from darak.server.pages.page import PageRoute, language_of, render
from darak.server.pages.texts import Language, month_name, number, text, weekday_names, when
from darak.server.routes import knowing, timeline
from darak.server.routes.timeline import Amount

router = APIRouter(include_in_schema=False, route_class=PageRoute)
_STEPS = (0.1, 0.35, 0.65, 0.9)
"""The shares of periods that are paler than each further depth, so that a busy life is not all of one colour."""
_PAGE = 100
_ADDING = ("count", "min", "h", "s", "m", "km", "kcal", "kJ")
"""Units of what can be summed up over a day."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Records and samples by period, 2024-05 or 2024-05-12, and the weights at which they become deeper."""

    of: Mapping[str, tuple[int, int]]
    steps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A month or a day: how it is called, how deep it is, and where it leads to; no link when it is empty."""

    label: str
    told: str
    depth: int
    path: str


@dataclass(frozen=True, slots=True)
class Row:
    """Cells beside one another, some at the beginning left free; `label` is empty for weeks."""

    label: str
    free: int
    cells: tuple[Cell, ...]
    path: str = ""


@router.get("/timeline")
def years_page(request: Request, caller: Owner, source: str = "") -> Response:
    """All years, each a row of its months."""
    amounts = timeline.timeline(request, caller, by="month", since=None, until=None, source=source or None)
    counts = totals(amounts)
    language = language_of(request)
    years = sorted({period[:4] for period in counts.of}, reverse=True)
    every = range(int(years[0]), int(years[-1]) - 1, -1) if years else ()
    rows = [_year_row(language, year, counts, source) for year in every]
    return render(
        request,
        "years.html",
        rows=rows,
        source=source,
        sources=sorted({one.source for one in knowing.status(request, caller).sources}),
        months=[month_name(language, month) for month in range(1, 13)],
    )


@router.get("/timeline/{year:int}")
def year_page(request: Request, caller: Owner, year: int, source: str = "") -> Response:
    """The months of a year as calendars."""
    return _calendars(request, caller, _sound(year), range(1, 13), source)


@router.get("/timeline/{year:int}/{month:int}")
def month_page(request: Request, caller: Owner, year: int, month: int, source: str = "") -> Response:
    """One month as a calendar."""
    return _calendars(request, caller, _sound(year, month), [month], source)


@router.get("/timeline/{year:int}/{month:int}/{day:int}")
def day_page(
    request: Request, caller: Owner, year: int, month: int, day: int, offset: int = 0, source: str = ""
) -> Response:
    """The records of a day in the order they happened."""
    which = _sound(year, month, day)
    offset = max(0, min(offset, 1_000_000))
    told = timeline.one_day(request, caller, which.isoformat(), offset, _PAGE, source or None)
    return render(request, "day.html", day=told, which=which, offset=offset, page=_PAGE, source=source, adding=_ADDING)


def _calendars(request: Request, caller: Owner, first: date, months: Sequence[int], source: str) -> Response:
    since = f"{first.year:04}" if len(months) > 1 else first.isoformat()[:7]
    amounts = timeline.timeline(request, caller, by="day", since=since, until=since, source=source or None)
    counts = totals(amounts)
    language = language_of(request)
    shown = [(month, weeks(language, first.year, month, counts, source)) for month in months]
    return render(
        request,
        "calendar.html",
        year=first.year,
        month=None if len(months) > 1 else first.month,
        months=shown,
        source=source,
        total=sum(records for records, _ in counts.of.values()),
        names=weekday_names(language),
    )


def totals(amounts: Sequence[Amount]) -> Counts:
    """Records and samples of each period, of all its sources together."""
    of = {one.period: (sum(one.records.values()), sum(one.samples.values())) for one in amounts}
    weights = sorted(weight(*counts) for counts in of.values())
    return Counts(of, tuple(weights[int((len(weights) - 1) * share)] for share in _STEPS) if weights else ())


def weeks(language: Language, year: int, month: int, counts: Counts, source: str) -> list[Row]:
    """The days of a month, a row for each week from Monday on."""
    rows: list[Row] = []
    for week in calendar.Calendar().monthdayscalendar(year, month):
        inside = [f"{year:04}-{month:02}-{day:02}" for day in week if day]
        free = sum(not day for day in week) if not week[0] else 0
        rows.append(Row("", free, tuple(_cell(language, day, counts, source) for day in inside)))
    return rows


def _year_row(language: Language, year: int, counts: Counts, source: str) -> Row:
    cells = tuple(_cell(language, f"{year:04}-{month:02}", counts, source) for month in range(1, 13))
    path = _path(f"{year:04}", source) if any(cell.path for cell in cells) else ""
    return Row(text(language, "timeline.year", year=year), 0, cells, path)


def _cell(language: Language, period: str, counts: Counts, source: str) -> Cell:
    records, samples = counts.of.get(period, (0, 0))
    told = text(
        language, "timeline.cell", when=when(language, period), records=number(records), samples=number(samples)
    )
    path = _path(period, source) if records or samples else ""
    return Cell(str(int(period[-2:])), told, depth(weight(records, samples), counts.steps), path)


def weight(records: int, samples: int) -> int:
    """How much a period tells: a sample a tenth of a record, since a watch counts without being asked."""
    return records + -(-samples // 10)


def depth(amount: int, steps: Sequence[int]) -> int:
    """0 for none, else 1 and one more for each step that is passed."""
    return 1 + bisect_left(steps, amount) if amount else 0


def _path(period: str, source: str) -> str:

    path = "/timeline/" + "/".join(str(int(part)) for part in period.split("-"))
    return f"{path}?{urlencode({'source': source})}" if source else path


def _sound(year: int, month: int = 1, day: int = 1) -> date:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError) as error:
        raise HTTPException(404, "no calendar has this day") from error
