"""`darak ask QUESTION`: an answer with the records it rests on."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from darak.cli.session import UsageProblem, moment, open_memory
from darak.records.vault import VaultBusy

if TYPE_CHECKING:
    from darak.answers.answer import Answer, Citation, SampleCitation


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("ask", parents=[common], help="answer a question from the records")
    parser.add_argument("question", nargs="*", help="a question in Korean or English")
    parser.add_argument("--why", action="store_true", help="each step, what it found, and why records were refused")
    parser.add_argument("--batch", type=Path, metavar="FILE", help='one {"question", "now"} a line, answered in turn')
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if args.batch is None and not " ".join(args.question).strip():
        raise UsageProblem("say what you want to know, as in `darak ask when did I move house`")
    try:
        return _run_here(args)
    except VaultBusy as busy:
        from darak.cli.server_of import ask_server

        return ask_server(args, busy)


def _run_here(args: argparse.Namespace) -> int:
    with open_memory(args) as (vault, memory):
        from darak.answers.ask import Asker

        asker = Asker(memory)
        if args.batch is not None:
            from darak.cli.batch import run_batch

            def answer(question: str, now: datetime) -> dict[str, Any]:
                return asker.ask(question, now).json()

            return run_batch(args.batch, "question", vault.zone, answer)
        given = asker.ask(" ".join(args.question), moment(None, vault.zone))
    if args.json:
        sys.stdout.buffer.write(orjson.dumps(given.json()) + b"\n")
    else:
        print_answer(given, why=args.why)
    return 0


def print_answer(answer: Answer, *, why: bool = False) -> None:
    from darak.cli.chart import draw

    print(answer.text)
    for series in answer.series:
        print(f"\n{draw(series)}")
    if answer.citations:
        print()
    for citation in answer.citations:
        print_citation(citation)
    print(f"\n{answer.plan.line()}  ({answer.seconds * 1000:.0f} ms)")
    for line in answer.coverage:
        print(line)
    if why:
        print()
        for number, step in enumerate(answer.steps, 1):
            print(f"{number:3}. {step.action}: {step.found}")


def print_citation(citation: Citation | SampleCitation) -> None:
    from darak.answers.answer import Citation
    from darak.answers.evidence.snippet import ellipsed
    from darak.cli.printing import record_head, shorten

    if isinstance(citation, Citation):
        print(f"[{citation.number}] {record_head(citation.record)}  {citation.id[:12]}")
        print(f"    {shorten(ellipsed(citation.shown, citation.record.text), 320)}")
        return
    measured = citation.measured
    print(
        f"[{citation.number}] {measured.time.replace('T', ' ')}  {measured.source}/sample  {measured.device}".rstrip()
    )
    where = f"  ({measured.reading.place})" if measured.reading else ""
    print(f"    {measured.line()}{where}")
