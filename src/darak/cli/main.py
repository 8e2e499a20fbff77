"""The command `darak`: one module per subcommand, each with `register` and `run`."""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
import warnings
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from typing import Any, TextIO, cast

from darak import __version__
from darak.cli.printing import PlainOutput, plain
from darak.garbage import collect_seldom

COMMANDS = (
    *("try", "import", "watch", "ask", "chat", "conversations", "search", "status", "people"),
    *("models", "forget", "export", "serve", "mcp", "init", "key", "rebuild", "doctor", "sample"),
)
"""In the order of `darak --help`; each is the module `darak.cli.<name>_command`."""

_BEGIN = """Begin with:
  darak import ~/Downloads      reads the exports that lie there
  darak ask "When did I last see the dentist?"
  darak serve                   the same in the browser"""
_ASKED_WRONGLY = 422
"""The status with which a running server says the same."""


class _Command(argparse.ArgumentParser):
    """Takes its options between its words as well."""

    _mixing = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # type: ignore[override]
        if self._mixing:
            return super().parse_known_args(args, namespace)
        self._mixing = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._mixing = False


def build_parser(names: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="darak",
        description="Remembers a life on this machine and answers with citations.",
        epilog=_BEGIN,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"darak {__version__}")
    home: dict[str, Any] = {
        "metavar": "DIR",
        "help": "the vault's folder (default: $DARAK_HOME, else ~/.local/share/darak)",
    }
    parser.add_argument("--home", **home)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--home", default=argparse.SUPPRESS, **home)  # what stands before the command is kept
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Command)
    for name in names:
        module = importlib.import_module(f"darak.cli.{name}_command")
        module.register(commands, common)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command. Exit code 0 when it did what was asked, 1 when it could not, 2 when it was asked wrongly."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    collect_seldom()
    for number in (signal.SIGTERM, signal.SIGHUP):  # so that the open index is put at rest and its folder removed
        signal.signal(number, signal.default_int_handler)
    try:
        # Only the module of the command that is called is imported: a cold start should be quick.
        names = [name for name in COMMANDS if arguments[:1] == [name]] or COMMANDS
        parser = build_parser(names)
        if not arguments:  # somebody looks what there is
            parser.print_help()
            return 2
        args = parser.parse_args(arguments)
        out, err = (cast(TextIO, PlainOutput(stream)) for stream in (sys.stdout, sys.stderr))
        with redirect_stdout(out), redirect_stderr(err), warnings.catch_warnings():
            warnings.showwarning = _warn
            return args.run(args)
    except KeyboardInterrupt:
        print("\nStopped. What was finished is kept; the same command can be given again.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        message = explain(error)
        if message is None:
            raise
        print(f"darak: {plain(message)}", file=sys.stderr)
        wrongly = error.__class__.__name__ == "UsageProblem" or getattr(error, "status", None) == _ASKED_WRONGLY
        return 2 if wrongly else 1


def _warn(message: Warning | str, *_: object) -> None:
    """A warning as a person reads it, without a place in the program."""
    print(f"darak: {message}", file=sys.stderr)


def explain(error: Exception) -> str | None:
    """One sentence for an error that a person can do something about; None for a fault of the program."""
    from darak.cli.session import UsageProblem
    from darak.importers.tree import TreeError
    from darak.records.cipher import SealBroken
    from darak.records.key import KeyProblem
    from darak.records.receipt import ReceiptProblem
    from darak.records.schema import VaultTooNew
    from darak.records.storage import storage_problem
    from darak.records.vault import VaultProblem
    from darak.sdk.results import Problem

    told = (VaultProblem, KeyProblem, TreeError, UsageProblem, ReceiptProblem, VaultTooNew, SealBroken, Problem)
    if isinstance(error, told):
        return str(error)
    if (sentence := storage_problem(error)) is not None:
        return sentence
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}." if error.filename else f"{error}."
    return None


if __name__ == "__main__":
    sys.exit(main())
