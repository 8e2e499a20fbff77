"""`darak chat`: a conversation, line by line; each question knows those before it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from darak.cli.long_talk import LongTalk
from darak.cli.main import explain

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
    with closing(LongTalk(args, last=last)) as talk:
        for question in _questions():
            try:
                talk.tell(question)
            except Exception as error:  # somebody else has the vault for long, a full disk: the next may be answered
                if not sys.stdin.isatty() or (sentence := explain(error)) is None:
                    raise
                print(f"darak: {sentence}", file=sys.stderr)
            print(flush=True)  # a program that asks through a pipe waits for it
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
