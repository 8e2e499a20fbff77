"""The page of metrics knows what the importers of health give, and each metric has one unit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from darak.importers.health.fitbit import logs
from darak.importers.health.fitbit import tables as fitbit
from darak.importers.health.google_fit import tables as google_fit
from darak.importers.health.samsung import tables as samsung
from darak.importers.health.trail import Point

PAGE = (Path(__file__).parents[2] / "docs" / "metrics.md").read_text("utf-8")


def given() -> Iterator[tuple[str, str]]:
    for measures in (*samsung.TABLES.values(), *(table.measures for table in fitbit.TABLES), google_fit.MEASURES):
        yield from ((measure.metric, measure.unit) for measure in measures)
    yield from ((series.metric, series.unit) for series in logs.SERIES.values())
    yield from ((metric, unit) for metric, unit, _ in google_fit.TYPES.values())
    yield from ((metric, unit) for metric, _, unit in Point(None, 1, 1, 1, 1, 1, 1).measures())
    stages = (samsung.STAGE_METRICS, fitbit.STAGE_METRICS, google_fit.STAGES, google_fit.SEGMENTS)
    yield from ((metric, "min") for table in stages for metric in table.values())


def test_every_metric_is_on_the_page() -> None:
    assert {metric for metric, _ in given()} <= set(re.findall(r"`(\w+)`", PAGE))


def test_every_metric_has_one_unit_that_of_the_page() -> None:
    units: defaultdict[str, set[str]] = defaultdict(set)
    for metric, unit in (*given(), *re.findall(r"^\| `(\w+)` \| ([^|]+?) \|", PAGE, re.MULTILINE)):
        units[metric].add(unit)
    assert {metric: found for metric, found in units.items() if len(found) > 1} == {}
