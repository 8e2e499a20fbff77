"""Where the memory comes from: adding files, what is being read, coverage year by year, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from darak.server.caller import Owner
from darak.server.pages.page import PageRoute, language_of, render
from darak.server.pages.statements import proposed
from darak.server.pages.texts import source_word
from darak.server.routes import imports, knowing
from darak.server.routes.imports import Importing
from darak.server.routes.knowing import Coverage

router = APIRouter(include_in_schema=False, route_class=PageRoute)
_DEPTHS = 5
_MOST_YEARS = 40
_PAST = 60


@router.get("/sources")
def sources_page(request: Request, caller: Owner) -> Response:
    language = language_of(request)
    all_since_start = imports.list_imports(request, caller)
    running = [one for one in all_since_start if one.state in ("queued", "reading") or one.proposals]
    past = [one for one in imports.past_imports(request, caller, _PAST) if one.state != "running"]
    return render(
        request,
        "sources.html",
        grid=grid(knowing.status(request, caller).sources),
        running=[(one, proposed(language, one.proposals)) for one in running],
        past=past,
        how_it_ended=how_it_ended,
        readable=sorted({source_word(language, one.name) for one in imports.importers(request, caller)}),
    )


def how_it_ended(state: str, reports: Sequence[Mapping[str, Any]]) -> str:
    """The state of an import as it is told: of a file of which nothing could be read, no part was read."""
    nothing = not any(report["records"] or report["samples"] for report in reports)
    return "failed" if state == "incomplete" and nothing else state


@router.post("/sources/import")
def import_part(request: Request, caller: Owner, one: Importing) -> Response:
    """An import as the page shows it: what its stream of events last told."""
    asked = proposed(language_of(request), one.proposals)
    return render(request, "import.html", one=one, proposed=asked, how_it_ended=how_it_ended)


@dataclass(frozen=True, slots=True)
class Cell:
    """A year of a source: how many records and samples, and how deep that is, 0 for none to 5."""

    year: int
    count: int
    depth: int


@dataclass(frozen=True, slots=True)
class Grid:
    years: tuple[int, ...]
    rows: tuple[tuple[Coverage, tuple[Cell, ...]], ...]


def grid(sources: Sequence[Coverage]) -> Grid:
    """The sources by years, the last forty when there are more; depth is by powers of ten."""
    known = {year for one in sources for year in one.years}
    years = tuple(range(min(known), max(known) + 1))[-_MOST_YEARS:] if known else ()
    return Grid(years, tuple((one, tuple(_cell(one, year) for year in years)) for one in sources))


def _cell(one: Coverage, year: int) -> Cell:
    count = one.years.get(year, 0)
    return Cell(year, count, depth(count))


def depth(count: int) -> int:
    """0 for none, then one more for each power of ten, up to 5."""
    return min(_DEPTHS, len(str(count))) if count else 0
