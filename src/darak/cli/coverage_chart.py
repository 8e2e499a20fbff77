"""What there is of each source and year, as lines of a chart that fits the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from darak.cli.chart import columns
from darak.memory.coverage import SourceCoverage

LEGEND = "█ the fullest year of a source, · a year without anything"
_LEVELS = "▁▂▃▄▅▆▇█"
_LONGEST_NAME = 28
_YEAR = 3
"""Columns of the terminal for a year."""
_FEWEST = 6
"""Years that are shown however narrow the terminal is."""


def coverage_chart(sources: Sequence[SourceCoverage], width: int) -> list[str]:
    """A line for each source: how much of it there is in each year, how much in all, and from when to when.

    `width` is that of the terminal, in columns. Where not all years fit the latest do, and one column (`<04`) stands
    for all earlier ones; where few fit, the lines do not tell when a source begins.
    """
    counts = [f"{one.records + one.samples:,}" for one in sources]
    most = max(map(len, counts))
    longest = width - _YEAR * _FEWEST - len("      to 2024-12-31") - most
    names = [_short(name_of(one), min(longest, _LONGEST_NAME)) for one in sources]
    wide = max(map(columns, names))
    known = [year for one in sources for year in one.years]
    years = range(min(known), max(known) + 1) if known else range(0)
    for spans in ([_span(one) for one in sources], [_end(one) for one in sources]):
        fit = (width - 2 - wide - 2 - most - 2 - max(map(len, spans))) // _YEAR
        if fit >= len(years):
            break
    alone = years[-(max(fit, _FEWEST) - 1) :] if fit < len(years) and len(years) > _FEWEST else years
    earlier = range(years.start, alone.start)
    parts = ([earlier] if earlier else []) + [range(year, year + 1) for year in alone]
    head = (f"<{alone.start % 100:02d}" if earlier else "") + "".join(f" {year % 100:02d}" for year in alone)
    lines = ["  " + " " * wide + head] if known else []
    for name, count, span, one in zip(names, counts, spans, sources, strict=True):
        lines.append(f"  {name}{' ' * (wide - columns(name))}{_bars(one, parts)}  {count:>{most}}  {span}".rstrip())
    return lines


def name_of(one: SourceCoverage) -> str:
    return one.source + (f" ({one.account})" if one.account else "")


def _bars(one: SourceCoverage, parts: Sequence[range]) -> str:
    """A sign for each part of the years, next to the source's fullest year; · where one within its span is missing."""
    amounts = [max(one.years.get(year, 0) for year in part) for part in parts]
    held = [number for number, amount in enumerate(amounts) if amount]
    signs = [
        _LEVELS[min(amount * len(_LEVELS) // max(amounts), len(_LEVELS) - 1)] if amount else "·" for amount in amounts
    ]
    return "".join(f"  {sign if held and held[0] <= n <= held[-1] else ' '}" for n, sign in enumerate(signs))


def _span(one: SourceCoverage) -> str:
    return f"{one.first} to {one.last}" if one.first else "no dates"


def _end(one: SourceCoverage) -> str:
    return f"to {one.last}" if one.last else "no dates"


def _short(name: str, longest: int) -> str:
    """The name in at most `longest` columns of the terminal."""
    while columns(name) > max(longest, 2):
        name = name[:-2] + "…"
    return name
