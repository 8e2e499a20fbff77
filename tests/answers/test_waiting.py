"""`darak ask` while a model says nothing: what a person sees, and that nobody else has to wait for it."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.models.server import ModelServer, Say, Silence
from tests.server.conftest import darak_serve

from darak.records.giving_way import is_wanted, open_soon
from darak.records.vault import VaultBusy

__all__ = ["darak_serve"]

Darak = Callable[..., Any]
ASK = [sys.executable, "-m", "darak.cli.main", "ask", "When did I pass my driving test?"]
RULES = "Tuesday 19 July 2022."
SAID = "You passed your driving test on 19 July 2022 [1]."


@pytest.fixture
def silent(darak: Darak, life_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """The life, and a chosen model on loopback."""
    monkeypatch.setenv("DARAK_NOW", "2025-06-01T12:00:00+09:00")
    darak("init")
    darak("import", life_file)
    with ModelServer() as server:
        monkeypatch.setenv("DARAK_MODEL_SERVERS", f"vllm={server.url}/v1")
        assert darak("models", "use", "vllm/tiny").returncode == 0
        yield server


class Terminal:
    """`darak ask` at a terminal."""

    def __init__(self, command: Sequence[str] = ASK) -> None:
        self._controller, terminal = pty.openpty()
        plain = os.environ | {"TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
        self.process = subprocess.Popen(
            command, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True, env=plain
        )
        os.close(terminal)
        self.seen = ""

    def read(self, until: str) -> str:
        """What stands on the terminal once `until` does."""
        while until not in self.seen:
            assert self._read(), f"{until!r} never came: {self.seen}"
        return self.seen

    def type(self, line: str) -> None:
        os.write(self._controller, f"{line}\n".encode())

    def rest(self) -> str:
        while self._read():
            pass
        return self.seen

    def _read(self) -> bool:
        """Takes in what comes next; False when nobody writes there any more, or nothing came for a minute."""
        try:
            if not select.select([self._controller], [], [], 60)[0]:
                self.process.kill()
                return False
            self.seen += os.read(self._controller, 4096).decode(errors="replace")
        except OSError:
            return False
        return True


def test_the_rules_answer_is_shown_while_a_model_is_silent_and_kept_with_ctrl_c(silent: ModelServer) -> None:
    silent.script.append(Silence(60))
    terminal = Terminal()
    assert "says nothing yet" in terminal.read(RULES)
    os.killpg(terminal.process.pid, signal.SIGINT)
    told = terminal.rest()
    assert terminal.process.wait(20) == 0
    assert "[1] 2022-07-19" in told and "Traceback" not in told and "\N{REPLACEMENT CHARACTER}" not in told


def test_a_late_answer_still_comes(silent: ModelServer) -> None:
    silent.script += [Silence(7), Say(SAID)]
    told = Terminal().rest()
    assert re.search(rf"{re.escape(RULES)}.*{re.escape(SAID)}", told, re.DOTALL) and "vllm/tiny, " in told


def test_another_command_is_not_refused_meanwhile(silent: ModelServer, darak: Darak) -> None:
    silent.script.append(Silence(60))
    asking = subprocess.Popen(ASK, stdout=subprocess.PIPE, text=True)
    while not silent.chats:
        time.sleep(0.05)
    done = darak("search", "driving")
    assert done.returncode == 0 and "driving" in done.stdout
    said, _ = asking.communicate(timeout=20)
    assert asking.returncode == 0 and said.startswith(RULES)


def test_ask_without_a_question_is_a_conversation_at_a_terminal(silent: ModelServer) -> None:
    terminal = Terminal([*ASK[:-1], "--no-model"])
    terminal.read("ends it")
    terminal.type("When did I pass my driving test?")
    terminal.read(RULES)
    terminal.type("")
    assert "Korean or English; an empty line ends it" in terminal.rest() and terminal.process.wait(20) == 0


def test_a_model_of_the_server_is_not_waited_for_either(silent: ModelServer, darak_serve: Callable[..., Any]) -> None:
    darak_serve()
    silent.script.append(Silence(60))
    terminal = Terminal()
    terminal.read("Ctrl-C answers without it")
    os.killpg(terminal.process.pid, signal.SIGINT)
    told = terminal.rest()
    assert RULES in told and "[1] 2022-07-19" in told and terminal.process.wait(20) == 0


def test_a_model_of_the_server_is_heard_as_it_speaks(silent: ModelServer, darak_serve: Callable[..., Any]) -> None:
    darak_serve()
    silent.script.append(Silence(60, after=f"{SAID} And then", pings=True))
    terminal = Terminal()
    terminal.read(SAID)  # while the model goes on
    os.killpg(terminal.process.pid, signal.SIGINT)
    assert RULES in terminal.rest() and terminal.process.wait(20) == 0
    silent.script.append(Say(SAID))
    told = Terminal().rest()
    assert told.count(SAID) == 1 and "vllm/tiny, " in told


def test_who_waits_is_seen_and_waits_no_longer_than_a_little(tmp_path: Path) -> None:
    tries: list[bool] = []

    def taken() -> None:
        tries.append(is_wanted(tmp_path))
        if len(tries) < 3:
            raise VaultBusy("taken")

    assert not is_wanted(tmp_path)
    open_soon(taken, tmp_path)
    assert tries == [True] * 3 and not is_wanted(tmp_path)
