"""`darak status`: coverage by source and year, what is missing, and how stale it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from darak.cli.chart import columns
from darak.cli.coverage_chart import coverage_chart
from darak.memory.coverage import SourceCoverage


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
    assert "mail: 1991, 1993 to 2004, 2006 to 2023\n" in shown


def coverage(source: str, years: dict[int, int], account: str = "") -> SourceCoverage:
    first, last = (date(year, 3, 1) for year in (min(years), max(years)))
    return SourceCoverage(source, account, sum(years.values()), 0, years, first, last, None)


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
@pytest.mark.parametrize("account", ["", "가온", "me@a-rather-long-name.example.org"])
@pytest.mark.parametrize("first", [2016, 1990, 1660])
def test_the_chart_fits_the_terminal(width: int, account: str, first: int) -> None:
    years = {year: 10 + year % 7 for year in range(first, 2025)}
    lines = coverage_chart([coverage("mail", years, account), coverage("watch", {2023: 5, 2024: 9})], width)
    assert max(columns(line) for line in lines) <= width
    assert len(lines) == 3 and lines[0].rstrip().endswith("24")
    assert all("2024-03-01" in line for line in lines[1:])
    # What is of the last year stands below its name.
    assert {columns(line[: line.rindex("█") + 1]) for line in lines if "watch" in line} == {columns(lines[0])}


def test_earlier_years_share_a_column_where_not_all_fit() -> None:
    sources = [coverage("diary", {1660: 3, 1661: 9}), coverage("mail", dict.fromkeys(range(2004, 2025), 5))]
    head, diary, mail = coverage_chart(sources, 80)
    assert "<" in head and head.endswith(" 23 24") and "16" not in head.partition("<")[0]
    assert diary.count("█") == 1 and diary.index("█") == head.index("<") + 2
    assert "·" not in mail and "1660-03-01" not in diary
    wide = coverage_chart([coverage("mail", {2004: 1, 2024: 1})], 120)
    assert "<" not in wide[0] and "2004-03-01 to 2024-03-01" in wide[1] and wide[1].count("·") == 19


def test_the_terminals_width_is_heeded(told: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert max(columns(line) for line in told().splitlines()[2:6]) <= 60
