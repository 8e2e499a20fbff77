"""`darak forget`: shows what would go, asks, erases it for good, and leaves a receipt that can be checked."""

from __future__ import annotations

import argparse
import sys
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from darak.cli.forgetting_of import Forgetting, ForgettingByServer, ForgettingHere, Told
from darak.cli.search_command import add_filters
from darak.cli.session import UsageProblem, home_folder, open_memory
from darak.language.saying import quoted
from darak.memory.forgetting import check
from darak.memory.memory import Memory
from darak.memory.named import UnknownName
from darak.memory.to_forget import TYPED, CannotForget, ToForget
from darak.records.receipt import FOLDER, Receipt, ReceiptProblem, parse_receipt
from darak.records.vault import VaultBusy

_HEADS = 10
_MEMBERS = 3
"""Places in one archive that are named."""
_YES = ("y", "yes", "ㅛ", "네", "예", "응")


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
    try:
        with open_memory(args) as (_, memory):
            return _carry_out(args, ForgettingHere(memory, asked))
    except VaultBusy as busy:
        from darak.cli.server_of import server_of

        return _carry_out(args, ForgettingByServer(server_of(args, busy).wire, asked))


def _carry_out(args: argparse.Namespace, forgetting: Forgetting) -> int:
    told = forgetting.told
    if args.dry_run:
        return _show_all(args, told)
    if not told:
        return _nothing(args, forgetting.before())
    if not _agreed(args, told):
        print("Nothing was forgotten.", file=sys.stderr)
        return 1
    _print_receipt(args, forgetting.erase())
    return 0


def _show_all(args: argparse.Namespace, told: Told) -> int:
    """What would go, on the standard output."""
    if args.json:
        print(orjson.dumps(told.json()).decode())
    elif told:
        lines = [f"  {line}" for line in told.lines]
        print("\n".join((*_summary(told), *lines)))
        if told.records > len(lines):
            print(f"  … and {told.records - len(lines):,} more; --json gives their ids")
    else:
        print("Nothing in this memory fits.")
    return 0


def _agreed(args: argparse.Namespace, told: Told) -> bool:
    """Shows what would go and asks. UsageProblem when there is nobody to ask."""
    if args.yes and args.json:
        return True
    lines = [*_summary(told), *(f"  {line}" for line in islice(told.lines, _HEADS))]
    if told.records > _HEADS:
        lines.append(f"  … and {told.records - _HEADS:,} more; --dry-run shows them, --keep ID leaves one out")
    print("\n".join(lines), file=sys.stderr)
    if args.yes:
        return True
    if not sys.stdin.isatty():
        raise UsageProblem("nothing was forgotten: say --yes, or run it in a terminal, where it asks")
    if args.all:
        ask, answers = 'This erases everything for good. Type "forget" to do it: ', TYPED
    else:
        ask, answers = "Forget this for good? It cannot be undone. [y/N] ", _YES
    print(ask, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in answers


def _summary(told: Told) -> list[str]:
    lines = [f"To be forgotten: {_amount(told.records, told.samples, told.unreadable_rows, told.turns)}"]
    if told.first:
        lines[0] += f", {told.first} to {told.last}"
    lines += [f"  {source:16} {count:,}" for source, count in sorted(told.by_source.items())]
    if told.people:
        lines.append(f"  people: {', '.join(told.people)}")
    if told.attachments:
        lines.append(f"  attached files: {told.attachments:,}")
    return lines


def _amount(records: int, samples: int, bad_rows: int, turns: int) -> str:
    parts = [f"{records:,} record{'s' * (records != 1)}"] if records else []
    parts += [f"{samples:,} sample{'s' * (samples != 1)}"] if samples else []
    parts += [f"{bad_rows:,} unreadable row{'s' * (bad_rows != 1)}"] if bad_rows else []
    parts += [f"{turns:,} turn{'s' * (turns != 1)} of conversations"] if turns else []
    return " and ".join(parts)


def _nothing(args: argparse.Namespace, before: Receipt | None) -> int:
    if before is None:
        print("Nothing in this memory fits; nothing was forgotten.", file=sys.stderr)
        return 1
    if not args.json:
        print(f"This was forgotten before, on {before.time.replace('T', ' ')[:16]}.", file=sys.stderr)
    _print_receipt(args, before)
    return 0


def _print_receipt(args: argparse.Namespace, receipt: Receipt) -> None:
    if args.json:
        print(orjson.dumps(receipt.json()).decode())
        return
    path = home_folder(args) / FOLDER / receipt.name
    print(f"Forgotten: {_amount(receipt.records, receipt.samples, receipt.bad_rows, receipt.turns)}.")
    print(f"Receipt: {path}\n  `darak forget --verify {path}` checks that it still holds.")
    if receipt.files:
        print("These files outside the vault still hold it; delete them if it should be gone from there too:")
        for file, members in receipt.members.items():
            more = f" and {len(members) - _MEMBERS:,} more" if len(members) > _MEMBERS else ""
            print(f"  {file}" + (f" ({', '.join(members[:_MEMBERS])}{more})" if members else ""))


def _verify(args: argparse.Namespace) -> int:
    receipt = parse_receipt(args.verify.read_bytes())
    with open_memory(args) as (_, memory):
        complaints = _check(memory, receipt)
    if args.json:
        print(orjson.dumps({"holds": not complaints, "complaints": complaints}).decode())
    elif complaints:
        print(f"The receipt does not hold: {'; '.join(complaints)}.", file=sys.stderr)
    else:
        what = _amount(receipt.records, receipt.samples, receipt.bad_rows, receipt.turns)
        print(f"The receipt holds: {what} forgotten on {receipt.time[:10]} are in no table, index or attached file.")
    return 1 if complaints else 0


def _check(memory: Memory, receipt: Receipt) -> list[str]:
    try:
        return check(memory, receipt)
    except ReceiptProblem as problem:
        return [str(problem)]
