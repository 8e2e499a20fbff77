"""`darak search QUERY`: the records that fit best, with their context."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from darak.cli.batch import LINES, run_batch
from darak.cli.session import UsageProblem, moment, open_memory
from darak.memory.filter import Filter
from darak.memory.named import UnknownName, named_filter
from darak.memory.search import Hit, search
from darak.records.record import KINDS
from darak.records.vault import Vault, VaultBusy


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("search", parents=[common], help="find records")
    parser.add_argument("query", nargs="*", help="words, names, times")
    add_filters(parser)
    parser.add_argument("-k", type=int, default=10, metavar="N", help="how many records (default 10)")
    parser.add_argument("--context", type=int, default=1, metavar="N", help="neighbours in the thread (default 1)")
    parser.add_argument("--batch", type=Path, metavar="FILE", help=LINES.format('"query" and "now"'))
    parser.add_argument(
        "--json", action="store_true", help="JSON lines: each record found is one JSON object on a line of its own"
    )
    parser.set_defaults(run=run)


def add_filters(parser: argparse.ArgumentParser) -> None:
    """The options that say which records are meant."""
    parser.add_argument("--since", metavar="DATE", help="not before this day, month or year")
    parser.add_argument("--until", metavar="DATE", help="not after this day, month or year")
    parser.add_argument("--source", action="append", default=[], metavar="NAME")
    parser.add_argument("--kind", action="append", default=[], choices=KINDS, metavar="KIND")
    parser.add_argument("--person", action="append", default=[], metavar="NAME")
    parser.add_argument("--thread", action="append", default=[], metavar="NAME")


def filter_from(args: argparse.Namespace, vault: Vault) -> Filter:
    """The filter that the options ask for. UsageProblem for a day that is none, a source there is not, or a name
    nobody has."""
    try:
        return named_filter(
            vault,
            since=args.since,
            until=args.until,
            sources=args.source,
            kinds=args.kind,
            people=args.person,
            threads=args.thread,
        )
    except UnknownName as error:
        raise UsageProblem(str(error)) from error


def run(args: argparse.Namespace) -> int:
    narrowed = any((args.since, args.until, args.source, args.kind, args.person, args.thread))
    if args.batch is None and not args.query and not narrowed:
        raise UsageProblem("say what to look for, as in `darak search dentist`")
    if args.k < 1 or args.context < 0:
        raise UsageProblem("-k must be at least 1, and --context at least 0")
    try:
        return _run_here(args)
    except VaultBusy as busy:
        from darak.cli.server_of import search_server

        return search_server(args, busy)


def _run_here(args: argparse.Namespace) -> int:
    with open_memory(args) as (vault, memory):
        filter = filter_from(args, vault)

        def find(query: str, now: datetime) -> list[Hit]:
            return search(memory, query, now=now, filter=filter, k=args.k, context=args.context)

        if args.batch is not None:
            return run_batch(
                args.batch,
                "query",
                vault.zone,
                lambda query, now: {"hits": [hit_json(vault, hit) for hit in find(query, now)]},
            )
        hits = find(" ".join(args.query), moment(None, vault.zone))
        if args.json:
            for hit in hits:
                sys.stdout.buffer.write(orjson.dumps(hit_json(vault, hit)) + b"\n")
        elif hits:
            for hit in hits:
                _print(vault, hit)
        else:
            print("Nothing in this memory fits.")
    return 0


def hit_json(vault: Vault, hit: Hit) -> dict[str, Any]:
    record = hit.record
    return {
        "id": hit.id,
        "native_id": record.native_id,
        "source": record.source,
        "kind": record.kind,
        "time": record.time.iso() or None,
        "author": record.author.display if record.author else None,
        "thread": record.thread,
        "title": record.title,
        "text": record.text,
        "score": round(hit.score, 4),
        "origin": [
            {"path": path, "file": origin.file, "member": origin.member, "locator": origin.locator}
            for origin, path in vault.origins(hit.n)
        ],
        "before": [_neighbour(stored.record) for stored in hit.before],
        "after": [_neighbour(stored.record) for stored in hit.after],
    }


def _neighbour(record: Any) -> dict[str, Any]:
    author = record.author.display if record.author else None
    return {"time": record.time.iso() or None, "author": author, "text": record.text}


def _print(vault: Vault, hit: Hit) -> None:
    from darak.cli.printing import record_head, shorten

    print(f"{record_head(hit.record)}  {hit.id[:12]}")
    for stored in hit.before:
        print(f"    ┆ {shorten(_said(stored.record), 100)}")
    if said := shorten(hit.record.text or hit.record.title or "", 300):
        print(f"    {said}")
    for stored in hit.after:
        print(f"    ┆ {shorten(_said(stored.record), 100)}")
    print()


def _said(record: Any) -> str:
    return f"{record.author.display}: {record.text}" if record.author else record.text
