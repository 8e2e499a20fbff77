"""`darak forget`: shows what would go, asks, erases it for good, and leaves a receipt that can be checked."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from darak.cli.printing import record_head, shorten
from darak.cli.progress import counting
from darak.cli.search_command import add_filters, filter_from
from darak.cli.session import UsageProblem, moment, open_memory
from darak.memory.forgetting import Scope, check, forget, hidden, select
from darak.memory.memory import Memory
from darak.records.cipher import keyed_hash
from darak.records.erasure import Request, Selection
from darak.records.receipt import FOLDER, Receipt, ReceiptProblem, find_receipt, parse_receipt
from darak.records.samples import stored_samples
from darak.records.vault import Vault

_HEADS = 5
_NAMES = 10


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "forget",
        parents=[common],
        help="erase records and samples for good",
        description="Erases everything that fits all the options given. Nothing else is touched.",
    )
    parser.add_argument("--record", nargs="+", action="extend", default=[], metavar="ID", help="as search shows them")
    parser.add_argument("--search", metavar="WORDS", help="records that say all of these words")
    add_filters(parser)
    parser.add_argument("--metric", action="append", default=[], metavar="NAME", help="samples, such as heart_rate")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--verify", type=Path, metavar="RECEIPT", help="check that what was forgotten is gone")
    parser.add_argument("--json", action="store_true", help="print the receipt")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if args.verify is not None:
        return _verify(args)
    parts = ("record", "search", "person", "thread", "source", "kind", "since", "until", "metric")
    if not any(getattr(args, part) for part in parts):
        raise UsageProblem("say what to forget, as in `darak forget --person NAME` or `--search WORDS`")
    if args.metric and any((args.record, args.search, args.person, args.thread, args.kind)):
        raise UsageProblem("a metric has no words, people, threads or kinds; forget these in a command of their own")
    with open_memory(args) as (vault, memory):
        request = _request(args, vault)
        try:
            selection = select(memory, _scope(args, vault))
        except UsageProblem:
            # Whoever was asked for may be unknown because this very request was carried out and then cut off.
            if find_receipt(vault.home, request.hash) is None:
                raise
            selection = Selection((), None)
        preview = _Preview.of(vault, selection)
        if not preview.records and not preview.samples and not selection.bad_rows:
            return _nothing(args, vault, request)
        if not _agreed(args, vault, selection, preview):
            print("Nothing was forgotten.", file=sys.stderr)
            return 1
        with counting("Forgetting"):
            receipt = forget(memory, selection, request, moment(None, vault.zone))
        _print_receipt(args, vault, receipt)
    return 0


def _scope(args: argparse.Namespace, vault: Vault) -> Scope:
    filter = filter_from(args, vault, exact=True)
    records = None
    if args.record:
        found = {text: vault.number(text) for text in args.record}
        for text, n in found.items():
            if n is None:
                raise UsageProblem(f"no record, or more than one, has an id that begins with {text}")
        records = tuple(n for n in found.values() if n is not None)
    return Scope(filter, records, args.search, tuple(args.metric))


def _request(args: argparse.Namespace, vault: Vault) -> Request:
    """What is asked for, in words that tell nothing of what they find."""
    asked: dict[str, Any] = {
        "record": sorted(args.record),
        "search": " ".join((args.search or "").split()),
        **{name: sorted(getattr(args, name)) for name in ("person", "thread", "source", "kind", "metric")},
        "since": args.since,
        "until": args.until,
    }
    words = ["samples" if args.metric else "everything"]
    if args.record:
        words.append(f"with {len(args.record)} given ids")
    if args.search:
        words.append("that says " + " ".join(hidden(vault, word) for word in asked["search"].split()))
    for name, said in (("person", "of"), ("thread", "in thread")):
        if asked[name]:
            words.append(f"{said} " + " or ".join(hidden(vault, value) for value in asked[name]))
    for name, said in (("source", "from"), ("kind", "of kind"), ("metric", "of metric")):
        if asked[name]:
            words.append(f"{said} " + " or ".join(asked[name]))
    words += [f"{name} {asked[name]}" for name in ("since", "until") if asked[name]]
    known_by = keyed_hash(vault.key, b"forget\0" + orjson.dumps(asked, option=orjson.OPT_SORT_KEYS))
    return Request(" ".join(words), known_by.hex())


@dataclass(frozen=True, slots=True)
class _Preview:
    """How much would go: by source records and samples, and the first and last day, "" when there is none."""

    records: Counter[str]
    samples: Counter[str]
    first: str
    last: str

    @classmethod
    def of(cls, vault: Vault, selection: Selection) -> _Preview:
        records: Counter[str] = Counter()
        samples: Counter[str] = Counter()
        days: set[str] = set()
        for n in selection.ns:
            record = vault.get([n])[n].record
            records[record.source] += 1
            if record.time.local is not None:
                days.add(record.time.local.date().isoformat())
        if selection.samples is not None:
            for sample in stored_samples(vault.db, selection.samples):
                samples[sample.source] += 1
                days.add(sample.day())
        return cls(records, samples, min(days, default=""), max(days, default=""))


def _agreed(args: argparse.Namespace, vault: Vault, selection: Selection, preview: _Preview) -> bool:
    """Shows what would go and asks. UsageProblem when there is nobody to ask."""
    if args.yes and args.json:
        return True
    _show(vault, selection, preview)
    if args.yes:
        return True
    if not sys.stdin.isatty():
        raise UsageProblem("nothing was forgotten: say --yes, or run it in a terminal, where it asks")
    print("Forget this for good? It cannot be undone. [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes", "ㅛ", "네", "예", "응")


def _show(vault: Vault, selection: Selection, preview: _Preview) -> None:
    lines = [f"To be forgotten: {_amount(preview.records.total(), preview.samples.total(), len(selection.bad_rows))}"]
    if preview.first:
        lines[0] += f", {preview.first} to {preview.last}"
    for source in sorted({*preview.records, *preview.samples}):
        lines.append(f"  {source:16} {_amount(preview.records[source], preview.samples[source], 0)}")
    people: Counter[str] = Counter()
    for n in selection.ns:
        for (name,) in vault.rows(
            "SELECT coalesce(i.name, i.handle) FROM record_person p JOIN identity i ON i.id=p.identity WHERE p.n=?",
            (n,),
        ):
            people[name] += 1
    if people:
        names = [name for name, _ in people.most_common(_NAMES)]
        more = f" and {len(people) - _NAMES} more" if len(people) > _NAMES else ""
        lines.append(f"  people: {', '.join(names)}{more}")
    for n in selection.ns[:_HEADS]:
        record = vault.get([n])[n].record
        lines.append(f"  {record_head(record)}  {shorten(record.text or record.title or '', 60)}")
    if len(selection.ns) > _HEADS:
        lines.append(f"  … and {len(selection.ns) - _HEADS:,} more")
    print("\n".join(lines), file=sys.stderr)


def _amount(records: int, samples: int, bad_rows: int) -> str:
    parts = [f"{records:,} record{'s' * (records != 1)}"] if records else []
    parts += [f"{samples:,} sample{'s' * (samples != 1)}"] if samples else []
    parts += [f"{bad_rows:,} unreadable row{'s' * (bad_rows != 1)}"] if bad_rows else []
    return " and ".join(parts)


def _nothing(args: argparse.Namespace, vault: Vault, request: Request) -> int:
    receipt = find_receipt(vault.home, request.hash)
    if receipt is None:
        print("Nothing in this memory fits; nothing was forgotten.", file=sys.stderr)
        return 1
    if not args.json:
        print(f"This was forgotten before, on {receipt.time.replace('T', ' ')[:16]}.", file=sys.stderr)
    _print_receipt(args, vault, receipt)
    return 0


def _print_receipt(args: argparse.Namespace, vault: Vault, receipt: Receipt) -> None:
    if args.json:
        print(orjson.dumps(receipt.json()).decode())
        return
    path = vault.home / FOLDER / receipt.name
    print(f"Forgotten: {_amount(receipt.records, receipt.samples, receipt.bad_rows)}.")
    print(f"Receipt: {path}\n  `darak forget --verify {path}` checks that it still holds.")
    if receipt.files:
        print("These files outside the vault still hold it; delete them if it should be gone from there too:")
        for file in receipt.files:
            print(f"  {file.path}" + (f" ({file.member})" if file.member not in ("", Path(file.path).name) else ""))


def _verify(args: argparse.Namespace) -> int:
    receipt = parse_receipt(args.verify.read_bytes())
    with open_memory(args) as (_, memory):
        complaints = _check(memory, receipt)
    if args.json:
        print(orjson.dumps({"holds": not complaints, "complaints": complaints}).decode())
    elif complaints:
        print(f"The receipt does not hold: {'; '.join(complaints)}.", file=sys.stderr)
    else:
        what = _amount(receipt.records, receipt.samples, receipt.bad_rows)
        print(f"The receipt holds: {what} forgotten on {receipt.time[:10]} are in no table, index or attached file.")
    return 1 if complaints else 0


def _check(memory: Memory, receipt: Receipt) -> list[str]:
    try:
        return check(memory, receipt)
    except ReceiptProblem as problem:
        return [str(problem)]
