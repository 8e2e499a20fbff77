"""`darak chat`: a conversation, line by line; each question knows those before it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from typing import Any

from darak.cli.session import open_memory
from darak.cli.talk import TalkHere, TalkThere
from darak.records.vault import VaultBusy

_PROMPT = "› "
_ENDS = ("exit", "quit", "끝", "그만")


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "chat",
        parents=[common],
        help="ask one question after another",
        description="A conversation, line by line: “and the year before?” knows what was asked. An empty line ends it.",
    )
    parser.add_argument("--last", action="store_true", help="go on with the last conversation")
    parser.add_argument("--why", action="store_true", help="each step, what it found, and why records were refused")
    parser.add_argument("--no-model", action="store_true", help="by the rules alone, though a language model is chosen")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    return converse(args, last=args.last)


def converse(args: argparse.Namespace, *, last: bool) -> int:
    """Questions and answers until an empty line, going on with the `last` conversation or beginning one."""
    try:
        return _converse_here(args, last)
    except VaultBusy as busy:
        from darak.cli.server_of import print_told, server_of

        talk = TalkThere.of(server_of(args, busy), last=last, no_model=args.no_model)
        return _talk(lambda question: print_told(talk.ask(question), why=args.why))


def _converse_here(args: argparse.Namespace, last: bool) -> int:
    from darak.cli.ask_command import Aloud, answers_of, print_answer

    with open_memory(args) as (vault, memory):
        talk = TalkHere.of(vault, answers_of(vault, memory, no_model=args.no_model), last=last)

        def tell(question: str) -> None:
            aloud = Aloud() if sys.stdout.isatty() else None
            given = talk.ask(question, aloud)
            print_answer(given, why=args.why, said=aloud.end() if aloud else "")

        return _talk(tell)


def _talk(tell: Callable[[str], None]) -> int:
    for question in _questions():
        tell(question)
        print()
    return 0


def _questions() -> Iterator[str]:
    """What is typed, or what comes in a line each, up to an empty line or the end."""
    if sys.stdin.isatty():
        import readline as readline  # so that lines can be edited and called back

        print("Ask about anything that is recorded, in Korean or English; an empty line ends it.", file=sys.stderr)
    while True:
        try:
            line = input(_PROMPT) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        except EOFError:
            print()
            return
        if not line.strip() or line.strip().lower() in _ENDS:
            return
        yield line.strip()
