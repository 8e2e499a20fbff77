"""`darak status`: what is in the memory, from where and from when, and whether the index is up to date."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from operator import itemgetter
from pathlib import Path
from shutil import get_terminal_size
from typing import Any

import orjson

from darak.cli.coverage_chart import LEGEND, coverage_chart, name_of
from darak.cli.session import home_folder, moment, open_vault
from darak.memory.coverage import SourceCoverage, source_coverage
from darak.memory.memory import Memory, index_size
from darak.records.vault import Vault, VaultBusy

_COUNTED = ("records", "samples", "people")
_WIDE = 120
"""Columns where there is no terminal."""


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
    if sources:
        print("\n".join(coverage_chart(sources, get_terminal_size((_WIDE, 24)).columns)))
        print(f"  {LEGEND}")
    else:
        print("Nothing is here yet; `darak import FILE` brings it in.")
    if gaps := [f"  {name_of(one)}: {_spans(one.missing)}" for one in sources if one.missing]:
        print("\nYears without anything, between the first and the last:")
        print("\n".join(gaps))
    ended = [(days, one) for one in sources if (days := one.stale(today)) is not None]
    if ended:
        print("\nEnded a while ago; a newer export goes on from there:")
        print(
            "\n".join(f"  {name_of(one)}: {one.last}, {_ago(days)}" for days, one in sorted(ended, key=itemgetter(0)))
        )
    lag = status["index_lag"]
    print(
        "\nThe index is up to date."
        if not lag
        else f"\nThe index is {lag:,} changes behind; the next search catches up."
    )
    sizes = "  ".join(f"{name} {size / 1e6:,.1f} MB" for name, size in status["bytes"].items())
    print(f"{status['home']}  {sizes}  zone {status['zone']}")


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
