"""`darak ask QUESTION`: an answer with the records it rests on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TextIO

import orjson

from darak.cli.batch import LINES, run_batch
from darak.cli.session import UsageProblem, moment, open_memory
from darak.records.vault import VaultBusy

if TYPE_CHECKING:
    from darak.answers.answer import Answer, Citation, SampleCitation
    from darak.answers.follow_up.turn import Turn
    from darak.answers.written.written import Event
    from darak.cli.waiting import Late
    from darak.memory.memory import Memory
    from darak.records.vault import Vault

_LATE = (
    "(The model says nothing yet; one that has rested is loaded first, which takes a while. Ctrl-C: no more waiting.)"
    "\nMeanwhile, without a model:"
)


class Answering(Protocol):
    """Answers a question of a moment, after the turns before it; each step, and each checked sentence of a model, is
    told as it comes."""

    def __call__(
        self,
        question: str,
        now: datetime,
        on_event: Callable[[Event | Late], None] | None = None,
        turns: Sequence[Turn] = (),
        /,
    ) -> Answer: ...


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("ask", parents=[common], help="answer a question from the records")
    parser.add_argument("question", nargs="*", help="a question in Korean or English")
    parser.add_argument("--follow", action="store_true", help="go on with the last conversation")
    parser.add_argument("--why", action="store_true", help="each step, what it found, and why records were refused")
    parser.add_argument("--no-model", action="store_true", help="by the rules alone, though a language model is chosen")
    parser.add_argument("--batch", type=Path, metavar="FILE", help=LINES.format('"question" and "now"'))
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if args.batch is None and not " ".join(args.question).strip():
        if args.json or not sys.stdin.isatty():
            raise UsageProblem("say what you want to know, as in `darak ask when did I move house`")
        from darak.cli.chat_command import converse

        return converse(args, last=args.follow)
    try:
        return _run_here(args)
    except VaultBusy as busy:
        from darak.cli.server_of import ask_server

        return ask_server(args, busy)


def _run_here(args: argparse.Namespace) -> int:
    with open_memory(args) as (vault, memory):
        answer = answers_of(vault, memory, no_model=args.no_model)
        if args.batch is not None:
            return run_batch(args.batch, "question", vault.zone, lambda question, now: answer(question, now).json())
        aloud = Aloud() if sys.stdout.isatty() and not args.json else None
        given = _answer(args, vault, answer, aloud)
    if args.json:
        sys.stdout.buffer.write(orjson.dumps(given.json()) + b"\n")
    else:
        print_answer(given, why=args.why, said=aloud.end() if aloud else "")
    return 0


def _answer(args: argparse.Namespace, vault: Vault, answer: Answering, aloud: Aloud | None) -> Answer:
    """The answer; the question is kept as a turn, but for one whose answer a program reads."""
    question = " ".join(args.question)
    if args.json and not args.follow:
        return answer(question, moment(None, vault.zone), aloud)
    from darak.cli.talk import TalkHere

    return TalkHere.of(vault, answer, last=args.follow).ask(question, aloud)


def answers_of(vault: Vault, memory: Memory, *, no_model: bool = False) -> Answering:
    """What answers questions here: the owner's chosen models, which stay loaded, or the rules."""
    if no_model or vault.setting("models") is None:  # nothing of models is loaded where none was ever chosen
        from darak.answers.ask import Asker

        asker = Asker(memory)
        return lambda question, now, on_event=None, turns=(), /: asker.ask(question, now, turns, on_event)
    from darak.answers.written.written import Author
    from darak.cli.waiting import Waiting
    from darak.models.models import Models

    author = Author(memory, Models(vault))

    def answer(
        question: str,
        now: datetime,
        on_event: Callable[[Event | Late], None] | None = None,
        turns: Sequence[Turn] = (),
        /,
    ) -> Answer:
        with Waiting(vault.home, on_event) as waiting:
            return author.answer(question, now, turns, waiting.told, waiting.cancel, waiting.ruled)

    return answer


class Aloud:
    """Prints an answer while it is written: each sentence as soon as it is checked, and before them who is asked; and
    what the rules found where nothing comes for long."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._said = ""
        self._waiting = False

    def __call__(self, event: Event | Late) -> None:
        from darak.answers.written.draft import Anew, Words
        from darak.cli.waiting import Late

        if isinstance(event, Words):
            self._clear()
            self._said += event.text
            self._print(event.text)
        elif isinstance(event, Late):
            self._clear()
            self._print(f"{_LATE}\n{event.ruled.text}\n\n(waiting …)")
            self._waiting = True
        elif isinstance(event, Anew):
            self._print(f"\n({event.why})\n")
            self._said = ""
        elif event.action.startswith("ask ") and not self._said:
            self._clear()
            self._print(f"({event.action} … Ctrl-C answers without it)")
            self._waiting = True

    def end(self) -> str:
        """Ends the last line. Returns the text that stands there."""
        self._clear()
        if self._said:
            self._print("\n")
        return self._said

    def _clear(self) -> None:
        if self._waiting:
            from darak.cli.printing import erase_line

            erase_line(self._out)
            self._waiting = False

    def _print(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()


def print_answer(answer: Answer, *, why: bool = False, said: str = "") -> None:
    """Prints an answer, but for a text that was `said` already."""
    from darak.cli.chart import draw

    if answer.text != said:
        print(answer.text)
    for series in answer.series:
        print(f"\n{draw(series)}")
    if answer.citations:
        print()
    for citation in answer.citations:
        print_citation(citation)
    by = f"{answer.model}, " if answer.model else ""
    print(f"\n{answer.plan.line()}  ({by}{answer.seconds * 1000:.0f} ms)")
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
