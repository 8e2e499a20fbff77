"""`darak status`: coverage by source and year, what is missing, and how stale it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def told(
    darak: Callable[..., Any], lines: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    monkeypatch.setenv("DARAK_NOW", "2024-06-01T12:00")
    mail = [
        {"type": "record", "source": "mail", "kind": "mail", "id": f"{year}-{n}", "time": f"{year}-03-01", "text": "hi"}
        for year, count in ((2018, 1), (2019, 4), (2021, 2))
        for n in range(count)
    ]
    steps = [
        {
            "type": "sample",
            "source": "watch",
            "metric": "steps",
            "value": day,
            "unit": "count",
            "time": f"2024-05-{day}",
        }
        for day in range(20, 32)
    ]
    undated = [{"type": "record", "source": "paper", "kind": "note", "id": "1", "text": "no date"}]
    assert darak("import", lines(tmp_path / "in.jsonl", [*mail, *steps, *undated])).returncode == 0
    return lambda *words: darak("status", *words).stdout


def test_years_gaps_and_staleness_are_told(told: Callable[..., str]) -> None:
    sources = {one["source"]: one for one in json.loads(told("--json"))["sources"]}
    assert sources["mail"]["years"] == {"2018": 1, "2019": 4, "2021": 2}
    assert sources["mail"]["missing_years"] == [2020] and sources["mail"]["stale_days"] == 1188
    assert sources["watch"]["samples"] == 12 and sources["watch"]["stale_days"] is None
    assert sources["paper"]["years"] == {} and sources["paper"]["last"] is None


def test_the_chart_shows_them(told: Callable[..., str]) -> None:
    shown = told()
    assert "18 19 20 21 22 23 24" in shown
    assert "mail   ▂  █  ·  ▄" in shown.replace("▃", "▂").replace("▅", "▄")
    assert "mail: 2020\n" in shown and "mail: 2021-03-01, 3 years ago" in shown
    assert "no dates" in shown


def test_years_in_a_row_are_one_span_and_none_is_left_out(
    darak: Callable[..., Any], lines: Callable[..., Path], tmp_path: Path
) -> None:
    start = {"type": "record", "source": "mail", "kind": "mail", "text": "hi"}
    rows = [start | {"id": str(year), "time": f"{year}-03-01"} for year in (1990, 1992, 2005, 2024)]
    darak("import", lines(tmp_path / "in.jsonl", rows))
    shown = darak("status").stdout
    assert "mail: 1991, 1993 to 2004, 2006 to 2023\n" in shown and "2 years each 90 92 94" in shown


def test_over_more_than_a_century_the_years_are_told_whole(
    darak: Callable[..., Any], lines: Callable[..., Path], tmp_path: Path
) -> None:
    start = {"type": "record", "source": "diary", "kind": "note", "text": "hi"}
    rows = [start | {"id": str(year), "time": f"{year}-03-01"} for year in (1660, 2024)]
    darak("import", lines(tmp_path / "in.jsonl", rows))
    head, bars = darak("status").stdout.splitlines()[2:4]
    assert "1660  1692" in head and head.index("1660") <= bars.index("█") <= head.index("1660") + 3
