"""`darak forget`: shows what would go, asks, erases it for good, and leaves a receipt that can be checked."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson

from darak.cli.printing import record_head, shorten
from darak.cli.progress import counting
from darak.cli.search_command import add_filters
from darak.cli.session import UsageProblem, moment, open_memory
from darak.language.saying import quoted
from darak.memory.forgetting import check, forget
from darak.memory.memory import Memory
from darak.memory.named import UnknownName
from darak.memory.to_forget import CannotForget, Going, ToForget
from darak.records.erasure import Request, Selection
from darak.records.receipt import FOLDER, Receipt, ReceiptProblem, find_receipt, parse_receipt
from darak.records.vault import Stored, Vault

_HEADS = 10
_YES = ("y", "yes", "ㅛ", "네", "예", "응")
_WORDS = ("forget", "잊기")


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "forget",
        parents=[common],
        help="erase records and samples for good",
        description="Erases everything that fits all the options given. Nothing else is touched.",
    )
    parser.add_argument("--record", nargs="+", action="extend", default=[], metavar="ID", help="as search shows them")
    parser.add_argument(
        "--search",
        metavar="WORDS",
        help="records that say all of these words, with any endings; "
        'what is "quoted" is meant by its very characters, also inside longer words',
    )
    parser.add_argument("--inside", action="store_true", help="as though all words of --search were quoted")
    add_filters(parser)
    parser.add_argument("--metric", action="append", default=[], metavar="NAME", help="samples, such as heart_rate")
    parser.add_argument("--all", action="store_true", help="everything there is")
    parser.add_argument(
        "--keep", nargs="+", action="extend", default=[], metavar="ID", help="leave these records out, as shown before"
    )
    parser.add_argument("--dry-run", action="store_true", help="show every record that would go, and erase nothing")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--verify", type=Path, metavar="RECEIPT", help="check that what was forgotten is gone")
    parser.add_argument("--json", action="store_true", help="print the receipt, or what would go")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if args.verify is not None:
        return _verify(args)
    try:
        return _run(args, _asked(args))
    except (CannotForget, UnknownName) as error:
        raise UsageProblem(str(error)) from error


def _asked(args: argparse.Namespace) -> ToForget:
    if args.inside and not args.search:
        raise CannotForget("--inside is about the words of --search")
    return ToForget(
        records=tuple(args.record),
        words=quoted(args.search) if args.inside else args.search or "",
        people=tuple(args.person),
        threads=tuple(args.thread),
        sources=tuple(args.source),
        kinds=tuple(args.kind),
        metrics=tuple(args.metric),
        since=args.since,
        until=args.until,
        everything=args.all,
        keep=tuple(args.keep),
    )


def _run(args: argparse.Namespace, asked: ToForget) -> int:
    with open_memory(args) as (vault, memory):
        request = asked.request(vault)
        try:
            selection = asked.select(memory)
        except (CannotForget, UnknownName):
            # Whoever was asked for may be unknown because this very request was carried out and then cut off.
            if find_receipt(vault.home, request.hash) is None:
                raise
            selection = Selection((), None)
        going = Going.of(vault, selection)
        if args.dry_run:
            return _show_all(args, vault, going)
        if not going:
            return _nothing(args, vault, request)
        if not _agreed(args, vault, going):
            print("Nothing was forgotten.", file=sys.stderr)
            return 1
        with counting("Forgetting"):
            receipt = forget(memory, selection, request, moment(None, vault.zone))
        _print_receipt(args, vault, receipt)
    return 0


def _show_all(args: argparse.Namespace, vault: Vault, going: Going) -> int:
    """Every record that would go, on the standard output."""
    if args.json:
        told = {
            "records": going.records.total(),
            "samples": going.samples.total(),
            "unreadable_rows": going.unreadable_rows,
            "attachments": going.attachments,
            "by_source": going.by_source(),
            "first": going.first or None,
            "last": going.last or None,
            "people": going.people,
            "ids": going.ids(vault, len(going.ns)),
        }
        print(orjson.dumps(told).decode())
    elif going:
        print("\n".join(_summary(going)))
        for line in _heads(vault, going.ns):
            print(line)
    else:
        print("Nothing in this memory fits.")
    return 0


def _agreed(args: argparse.Namespace, vault: Vault, going: Going) -> bool:
    """Shows what would go and asks. UsageProblem when there is nobody to ask."""
    if args.yes and args.json:
        return True
    lines = [*_summary(going), *_heads(vault, going.ns[:_HEADS])]
    if len(going.ns) > _HEADS:
        lines.append(f"  … and {len(going.ns) - _HEADS:,} more; --dry-run shows all, --keep ID leaves one out")
    print("\n".join(lines), file=sys.stderr)
    if args.yes:
        return True
    if not sys.stdin.isatty():
        raise UsageProblem("nothing was forgotten: say --yes, or run it in a terminal, where it asks")
    if args.all:
        ask, answers = 'This erases everything for good. Type "forget" to do it: ', _WORDS
    else:
        ask, answers = "Forget this for good? It cannot be undone. [y/N] ", _YES
    print(ask, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in answers


def _summary(going: Going) -> list[str]:
    lines = [f"To be forgotten: {_amount(going.records.total(), going.samples.total(), going.unreadable_rows)}"]
    if going.first:
        lines[0] += f", {going.first} to {going.last}"
    for source in sorted({*going.records, *going.samples}):
        lines.append(f"  {source:16} {_amount(going.records[source], going.samples[source], 0)}")
    if going.people:
        lines.append(f"  people: {', '.join(going.people)}")
    if going.attachments:
        lines.append(f"  attached files: {going.attachments:,}")
    return lines


def _heads(vault: Vault, ns: Iterable[int]) -> Iterable[str]:
    """Each record in a line, with as much of its id as names it."""
    return (_head(stored) for n in ns for stored in vault.get([n]).values())


def _head(stored: Stored) -> str:
    record = stored.record
    return f"  {stored.id[:12]}  {record_head(record)}  {shorten(record.text or record.title or '', 60)}"


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
