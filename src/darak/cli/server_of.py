"""Commands while `darak serve` has the vault: the same asked of the running server, and printed as here."""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from darak.cli.batch import run_batch
from darak.cli.printing import shorten
from darak.cli.progress import importing
from darak.cli.session import home_folder, moment
from darak.importers.report import Report
from darak.importers.runner import Progress
from darak.importers.watching import Signature
from darak.records.vault import VaultBusy
from darak.sdk.beacon import find
from darak.sdk.results import Problem
from darak.sdk.wire import Unreachable, Wire, given

_EVERY = 0.1
"""Seconds between two looks at an import."""
_PATIENCE = 600.0
"""Seconds that an answer is waited for, which a model may write that has to be loaded first."""


@dataclass(frozen=True, slots=True)
class Server:
    """The server that has this vault, asked as its owner, who lives in `zone`."""

    wire: Wire
    zone: str


def server_of(args: argparse.Namespace, busy: VaultBusy) -> Server:
    """The server that has this vault. Raises `busy` when none does, or it does not answer."""
    beacon = find(home_folder(args))
    if beacon is None:
        raise busy
    wire = beacon.wire().waiting(_PATIENCE)
    try:
        return Server(wire, wire.get("/api/here")["zone"])
    except Unreachable as unreachable:
        raise busy from unreachable


def ask_server(args: argparse.Namespace, busy: VaultBusy) -> int:
    """What `darak ask` does, by the server that has the vault. Raises `busy` when none does."""
    server = server_of(args, busy)

    def ask(question: str, now: datetime) -> dict[str, Any]:
        alone: dict[str, Any] = {"no_model": True} if args.no_model else {}
        return server.wire.post("/api/ask", {"question": question, "now": now.isoformat()} | alone)

    if args.batch is not None:
        return run_batch(args.batch, "question", server.zone, ask)
    question, said = " ".join(args.question), ""
    if args.json and not args.follow:
        answer = ask(question, moment(None, server.zone))
    else:
        from darak.cli.ask_command import Aloud
        from darak.cli.talk import TalkThere

        aloud = Aloud() if sys.stdout.isatty() and not args.json else None
        answer = TalkThere.of(server, last=args.follow, no_model=args.no_model).ask(question, aloud)
        said = aloud.end() if aloud else ""
    if args.json:
        sys.stdout.buffer.write(orjson.dumps(answer) + b"\n")
    else:
        print_told(answer, why=args.why, said=said)
    return 0


def search_server(args: argparse.Namespace, busy: VaultBusy) -> int:
    """What `darak search` does, by the server that has the vault. Raises `busy` when none does."""
    server = server_of(args, busy)
    chosen: dict[str, Any] = {
        "since": args.since,
        "until": args.until,
        "sources": args.source,
        "kinds": args.kind,
        "people": args.person,
        "threads": args.thread,
        "limit": args.k,
        "context": args.context,
    }

    def search(query: str, now: datetime) -> dict[str, Any]:
        found = server.wire.post("/api/search", chosen | {"query": query, "now": now.isoformat()})
        return {"hits": [_as_printed(hit) for hit in found["hits"]]}

    if args.batch is not None:
        return run_batch(args.batch, "query", server.zone, search)
    hits = search(" ".join(args.query), moment(None, server.zone))["hits"]
    for hit in hits:
        if args.json:
            sys.stdout.buffer.write(orjson.dumps(hit) + b"\n")
        else:
            _print_hit(hit)
    if not hits and not args.json:
        print("Nothing in this memory fits.")
    return 0


def import_by(server: Server, path: Path, columns: str | None = None, watched: Signature | None = None) -> list[Report]:
    """What an import of a file or folder by the server did. Problem when it broke off; Ctrl-C stops it there too."""
    asked = {"path": str(path.absolute()), "columns": columns, "watched": watched}
    job = server.wire.post("/api/here/imports", given(asked))
    place = f"/api/imports/{job['id']}"
    try:
        with importing() as on_progress:
            while job["state"] in ("queued", "reading"):
                time.sleep(_EVERY)
                job = server.wire.get(place)
                on_progress(Progress(job["source"], job["done"], job["total"], job["items"]))
    except KeyboardInterrupt:
        server.wire.call("DELETE", place)
        raise
    if job["state"] in ("failed", "stopped"):
        raise Problem(job["problem"] or "the import was stopped; the same command goes on from there")
    for one in job["proposals"]:
        print(f"{one['member']}: columns taken for {one['columns']}; confirm them with --columns yes", file=sys.stderr)
    return [Report.from_json(report) for report in job["reports"]]


def _as_printed(hit: dict[str, Any]) -> dict[str, Any]:
    """A hit with the fields of `darak search --json`."""
    kept = ("id", "native_id", "source", "kind", "time", "thread", "title", "text", "score")
    around = {side: [_line(line) for line in hit[side]] for side in ("before", "after")}
    return {name: hit[name] for name in kept} | {"author": _author(hit), "origin": hit["origins"]} | around


def _line(record: dict[str, Any]) -> dict[str, Any]:
    return {"time": record["time"], "author": _author(record), "text": record["text"]}


def _author(record: dict[str, Any]) -> str | None:
    author = record["author"]
    return (author["name"] or author["handle"]) if author else None


def _head(told: dict[str, Any]) -> str:
    time = (told["time"] or "no date").replace("T", " ")
    parts = [f"{time[:16] if told['id'] else time}  {told['source']}/{told['kind']}"]
    parts += [told["author"]] if told["author"] else []
    title = told["title"] or told["thread"]
    parts += [f"“{shorten(title, 50)}”"] if title else []
    parts += [told["id"][:12]] if told["id"] else []
    return "  ".join(parts)


def _print_hit(hit: dict[str, Any]) -> None:
    print(_head(hit))
    for line in hit["before"]:
        print(f"    ┆ {shorten(_said(line), 100)}")
    print(f"    {shorten(hit['text'] or hit['title'] or '', 300)}")
    for line in hit["after"]:
        print(f"    ┆ {shorten(_said(line), 100)}")
    print()


def _said(line: dict[str, Any]) -> str:
    return f"{line['author']}: {line['text']}" if line["author"] else line["text"]


def print_told(answer: dict[str, Any], *, why: bool, said: str = "") -> None:
    """Prints an answer that a server gave, as one that was found here, but for a text that was `said` already."""
    from darak.answers.answer import Point, Series
    from darak.cli.chart import draw

    if answer["answer"] != said:
        print(answer["answer"])
    for series in answer["series"]:
        points = tuple(Point(**point) for point in series["points"])
        print(f"\n{draw(Series(series['title'], series['unit'], points))}")
    if answer["citations"]:
        print()
    for citation in answer["citations"]:
        print(f"[{citation['number']}] {_head(citation)}")
        print(f"    {shorten(citation['text'], 320)}")
    by = f"{answer['model']}, " if answer["model"] else ""
    print(f"\n{answer['plan']['line']}  ({by}{answer['seconds'] * 1000:.0f} ms)")
    for line in answer["coverage"]:
        print(line)
    if why:
        print()
        for number, step in enumerate(answer["steps"], 1):
            print(f"{number:3}. {step['action']}: {step['found']}")
