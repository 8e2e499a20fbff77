"""A conversation for as long as somebody types: the vault is left to others whenever they want it."""

from __future__ import annotations

import argparse
import math
import sys
from contextlib import ExitStack
from dataclasses import dataclass

from darak.cli.ask_command import Aloud, answers_of, print_answer
from darak.cli.session import home_folder, open_memory
from darak.cli.talk import TalkHere, TalkThere
from darak.records.vault import VaultBusy
from darak.sdk.lending import Lending
from darak.sdk.results import Problem

_NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class _Opened:
    """A conversation with the vault that is open here until it is closed."""

    talk: TalkHere
    stack: ExitStack

    def close(self) -> None:
        self.stack.close()


class LongTalk:
    """Goes on with the `last` conversation, or begins one. VaultBusy when another process has the vault that is no
    server. Close it at the end.

    Between two questions another command may take the vault. The next question is then asked anew of the vault, or of
    the server that has it, and goes on with the conversation as far as it is kept.
    """

    def __init__(self, args: argparse.Namespace, *, last: bool) -> None:
        self._args, self._last = args, last
        self._conversation: str | None = None
        self._key: bytes | None = None
        """Of the vault, once it was open: nobody wants to type a passphrase twice."""
        self._vault = Lending(self._open, home_folder(args), idle=math.inf)
        try:
            with self._vault.life():
                pass
        except VaultBusy as busy:
            self._conversation = self._there(busy).conversation
        self._last = False

    def tell(self, question: str) -> None:
        """Prints the answer to a question."""
        try:
            with self._vault.life() as opened:
                aloud = Aloud() if sys.stdout.isatty() else None
                given = opened.talk.ask(question, aloud)
                self._conversation = opened.talk.talk.id
                print_answer(given, why=self._args.why, said=aloud.end() if aloud else "")
        except VaultBusy as busy:
            self._tell_there(question, busy)

    def close(self) -> None:
        self._vault.close()

    def _open(self) -> _Opened:
        with ExitStack() as stack:
            vault, memory = stack.enter_context(open_memory(self._args, self._key))
            answer = answers_of(vault, memory, no_model=self._args.no_model)
            talk = TalkHere.of(vault, answer, last=self._last, conversation=self._conversation)
            self._conversation, self._key = talk.talk.id, vault.database_key
            return _Opened(talk, stack.pop_all())

    def _there(self, busy: VaultBusy) -> TalkThere:
        from darak.cli.server_of import server_of

        server = server_of(self._args, busy)
        if self._last:
            return TalkThere.of(server, last=True, no_model=self._args.no_model)
        return TalkThere(server, self._args.no_model, self._conversation)

    def _tell_there(self, question: str, busy: VaultBusy) -> None:
        from darak.cli.server_of import print_told

        talk = self._there(busy)
        aloud = Aloud() if sys.stdout.isatty() else None
        try:
            answer = talk.ask(question, aloud)
        except Problem as problem:
            if problem.status != _NOT_FOUND:
                raise
            talk.conversation = None  # it was erased meanwhile
            answer = talk.ask(question, aloud)
        self._conversation = talk.conversation
        print_told(answer, why=self._args.why, said=aloud.end() if aloud else "")
