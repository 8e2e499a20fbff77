"""`darak status`: what is in the memory, from where and from when, and whether the index is up to date."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import Any

import orjson

from darak.cli.session import home_folder, moment, open_vault
from darak.memory.coverage import SourceCoverage, source_coverage
from darak.memory.memory import Memory, index_size
from darak.records.vault import Vault, VaultBusy

_LEVELS = "▁▂▃▄▅▆▇█"
_COUNTED = ("records", "samples", "people")
_MOST_COLUMNS = 24
_STEPS = "{} years each"


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "status",
        parents=[common],
        help="what the memory holds",
        description=("A small chart: what is there of each source and year, what is missing, and what is out of date."),
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        status, today = _status_here(args)
    except VaultBusy as busy:
        from darak.cli.server_of import server_of

        server = server_of(args, busy)
        status, today = server.wire.get("/api/status"), moment(None, server.zone).date()
        status |= {"home": str(home_folder(args)), "index_lag": 0}
    if args.json:
        print(orjson.dumps(status, option=orjson.OPT_NON_STR_KEYS).decode())
    else:
        _print(status, [_coverage(one) for one in status["sources"]], today)
    return 0


def _status_here(args: argparse.Namespace) -> tuple[dict[str, Any], date]:
    with open_vault(args) as vault:
        with Memory(vault) as memory:
            lag = memory.lag
        today = moment(None, vault.zone).date()
        return collect(vault, source_coverage(vault), lag, today), today


def collect(vault: Vault, sources: Sequence[SourceCoverage], lag: int, today: date) -> dict[str, Any]:
    """Coverage of each source, the index's lag in journal entries, sizes in bytes."""
    home = vault.home
    blob_bytes = sum(path.stat().st_size for path in vault.blobs.files())
    return {
        "home": str(home),
        "zone": vault.zone,
        "records": vault.count(),
        "samples": sum(one.samples for one in sources),
        "people": vault.rows("SELECT count(DISTINCT person) FROM identity")[0][0],
        "sources": [_source(one, today) for one in sources],
        "index_lag": lag,
        "bytes": {"vault": _size(home / "vault.db"), "index": index_size(home), "blobs": blob_bytes},
    }


def _source(one: SourceCoverage, today: date) -> dict[str, Any]:
    return {
        "source": one.source,
        "account": one.account,
        "records": one.records,
        "samples": one.samples,
        "first": one.first and one.first.isoformat(),
        "last": one.last and one.last.isoformat(),
        "years": one.years,
        "missing_years": one.missing,
        "stale_days": one.stale(today),
        "last_import": one.last_import,
    }


def _coverage(told: dict[str, Any]) -> SourceCoverage:
    """What `_source` has told, and the API of a server."""
    first, last = (date.fromisoformat(told[day]) if told[day] else None for day in ("first", "last"))
    years = {int(year): count for year, count in told["years"].items()}
    return SourceCoverage(
        told["source"], told["account"], told["records"], told["samples"], years, first, last, told["last_import"]
    )


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _print(status: dict[str, Any], sources: Sequence[SourceCoverage], today: date) -> None:
    amounts = [(status[what], what[:-1] if what != "people" else "person", what) for what in _COUNTED]
    print(", ".join(f"{n:,} {one if n == 1 else many}" for n, one, many in amounts) + "\n")
    print("\n".join(chart(sources)) if sources else "Nothing is here yet; `darak import FILE` brings it in.")
    if gaps := [f"  {_name(one)}: {_spans(one.missing)}" for one in sources if one.missing]:
        print("\nYears without anything, between the first and the last:")
        print("\n".join(gaps))
    ended = [(days, one) for one in sources if (days := one.stale(today)) is not None]
    if ended:
        print("\nEnded a while ago; a newer export goes on from there:")
        print("\n".join(f"  {_name(one)}: {one.last}, {_ago(days)}" for days, one in sorted(ended, key=itemgetter(0))))
    lag = status["index_lag"]
    print(
        "\nThe index is up to date."
        if not lag
        else f"\nThe index is {lag:,} changes behind; the next search catches up."
    )
    sizes = "  ".join(f"{name} {size / 1e6:,.1f} MB" for name, size in status["bytes"].items())
    print(f"{status['home']}  {sizes}  zone {status['zone']}")


def chart(sources: Sequence[SourceCoverage]) -> list[str]:
    """A line for each source: how much of it there is in each year, next to its fullest; · where a year is missing.

    Over a span too long for the terminal several years share a column.
    """
    known = [year for one in sources for year in one.years]
    names = [_name(one) for one in sources]
    wide = max(map(len, names))
    first, last = (min(known), max(known)) if known else (0, -1)
    step = -(-(last - first + 1) // _MOST_COLUMNS) or 1
    columns = range(first, last + 1, step)
    wide = max(wide, len(_STEPS.format(step))) if step > 1 else wide
    corner = _STEPS.format(step) if step > 1 else ""
    lines = [f"  {corner:{wide}}" + _labels(columns)] if known else []
    for name, one in zip(names, sources, strict=True):
        amounts = [sum(one.years.get(year, 0) for year in range(start, start + step)) for start in columns]
        held = [bool(amount) for amount in amounts]
        within = range(held.index(True), len(held) - held[::-1].index(True)) if any(held) else range(0)
        bars = "".join(f"  {_level(n, max(amounts)) if i in within else ' '}" for i, n in enumerate(amounts))
        span = f"{one.first} to {one.last}" if one.first else "no dates"
        lines.append(f"  {name:{wide}}{bars}  {one.records + one.samples:>9,}  {span}")
    return lines


def _labels(years: range) -> str:
    """A label for each column of three characters; over more than a century every other one, with the century."""
    if years[-1] - years[0] < 100:
        return "".join(f" {year % 100:02d}" for year in years)
    return "".join(f" {year:5}" if number % 2 == 0 else "" for number, year in enumerate(years))


def _name(one: SourceCoverage) -> str:
    return one.source + (f" ({one.account})" if one.account else "")


def _level(amount: int, most: int) -> str:
    return _LEVELS[min(int(amount / most * len(_LEVELS)), len(_LEVELS) - 1)] if amount else "·"


def _spans(years: Sequence[int]) -> str:
    """Years in ascending order, those in a row as one span: `2016, 2018 to 2020`."""
    spans: list[list[int]] = []
    for year in years:
        if spans and spans[-1][-1] == year - 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return ", ".join(str(span[0]) if len(span) == 1 else f"{span[0]} to {span[-1]}" for span in spans)


def _ago(days: int) -> str:
    return f"{days // 365} years ago" if days >= 730 else f"{days} days ago"
