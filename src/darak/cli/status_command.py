"""`darak status`: what is in the memory, from where and from when, and whether the index is up to date."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import orjson

from darak.cli.session import open_vault
from darak.memory.memory import Memory, index_size
from darak.records.time import EPOCH
from darak.records.vault import Vault


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("status", parents=[common], help="what the memory holds")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with open_vault(args) as vault:
        with Memory(vault) as memory:
            lag = memory.lag
        status = collect(vault, lag)
    if args.json:
        print(orjson.dumps(status).decode())
    else:
        _print(status)
    return 0


def collect(vault: Vault, lag: int) -> dict[str, Any]:
    """Counts, time range and last import per source, the index's lag in journal entries, sizes in bytes."""
    from datetime import timedelta

    def day(seconds: int | None) -> str | None:
        return None if seconds is None else (EPOCH + timedelta(seconds=seconds)).date().isoformat()

    records = vault.rows("SELECT source, count(*), min(local), max(local) FROM record GROUP BY source")
    samples = vault.rows(
        "SELECT r.source, count(*), min(m.start/1000 + m.offset), max(m.start/1000 + m.offset)"
        " FROM sample m JOIN series r ON r.id=m.series"
        " GROUP BY r.source"
    )
    imported = dict(
        vault.rows(
            "SELECT s.source, max(i.finished)"
            " FROM (SELECT DISTINCT r.source, o.file FROM record r JOIN origin o ON o.n=r.n"
            "  UNION SELECT DISTINCT r.source, m.file FROM sample m JOIN series r ON r.id=m.series) s"
            " JOIN file f ON f.id=s.file JOIN import i ON i.importer=f.importer AND i.path=f.path GROUP BY s.source"
        )
    )
    sources: list[dict[str, Any]] = []
    for number, name, account in vault.rows("SELECT id, name, account FROM source ORDER BY name, account"):
        rows = [row for row in (*records, *samples) if row[0] == number]
        if not rows:
            continue
        begins = [row[2] for row in rows if row[2] is not None]
        ends = [row[3] for row in rows if row[3] is not None]
        sources.append(
            {
                "source": name,
                "account": account,
                "records": sum(row[1] for row in records if row[0] == number),
                "samples": sum(row[1] for row in samples if row[0] == number),
                "first": day(min(begins, default=None)),
                "last": day(max(ends, default=None)),
                "last_import": imported.get(number),
            }
        )
    home = vault.home
    blob_bytes = sum(path.stat().st_size for path in vault.blobs.files())
    return {
        "home": str(home),
        "zone": vault.zone,
        "records": vault.count(),
        "samples": sum(row[1] for row in samples),
        "people": vault.rows("SELECT count(DISTINCT person) FROM identity")[0][0],
        "sources": sources,
        "index_lag": lag,
        "bytes": {"vault": _size(home / "vault.db"), "index": index_size(home), "blobs": blob_bytes},
    }


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _print(status: dict[str, Any]) -> None:
    print(f"{status['records']:,} records and {status['samples']:,} samples of {status['people']:,} people")
    for source in status["sources"]:
        name = source["source"] + (f" ({source['account']})" if source["account"] else "")
        amount = source["records"] + source["samples"]
        print(f"  {name:16} {amount:>9,}  {source['first'] or '—'} to {source['last'] or '—'}")
    lag = status["index_lag"]
    print(
        "The index is up to date." if not lag else f"The index is {lag:,} changes behind; the next search catches up."
    )
    sizes = "  ".join(f"{name} {size / 1e6:,.1f} MB" for name, size in status["bytes"].items())
    print(f"{status['home']}  {sizes}  zone {status['zone']}")
