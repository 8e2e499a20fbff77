"""Conversations on the command line: gone on with, listed, searched, erased."""

from __future__ import annotations

import argparse
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.server.conftest import LIFE, Running, darak_serve

from darak.records.giving_way import open_soon
from darak.records.vault import Vault

__all__ = ["darak_serve"]

Darak = Callable[..., Any]


@pytest.fixture
def life(home: Path, take_in: Callable[..., Any]) -> None:
    with Vault.create(home, zone="Asia/Seoul", use_keyring=False) as vault:
        take_in(vault, LIFE)


def listed(darak: Darak, *options: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in darak("conversations", "--json", *options).stdout.splitlines()]


def test_a_question_follows_the_one_before(life: None, darak: Darak) -> None:
    assert "14 May 2024" in darak("ask", "When was the dentist appointment?").stdout
    followed = darak("ask", "--follow", "who was there?").stdout
    assert "as before: dentist" in followed.lower()
    (head,) = listed(darak)
    assert head["turns"] == 2 and head["title"] == "When was the dentist appointment?"
    assert "who was there?" in darak("conversations", head["id"][:6]).stdout
    darak("ask", "When was the dentist appointment?", "--json")
    assert len(listed(darak)) == 1  # what a program asks is its own business


def test_without_a_conversation_the_first_is_begun(life: None, darak: Darak) -> None:
    assert "14 May 2024" in darak("ask", "--follow", "When was the dentist appointment?").stdout
    assert len(listed(darak)) == 1


def test_a_chat_goes_on_line_by_line(life: None, darak: Darak, monkeypatch: pytest.MonkeyPatch) -> None:
    import darak.cli.chat_command as chat

    lines = ["How many steps did I walk in May 2024?", "and the year before?"]
    monkeypatch.setattr(chat, "_questions", lambda: iter(lines))
    answered = darak("chat")
    assert answered.returncode == 0 and "2023-05-01 to 2023-06-01 (as before: steps)" in answered.stdout
    lines[:] = ["and in April?"]
    assert "2023-04-01 to 2023-05-01" in darak("chat", "--last").stdout
    assert [head["turns"] for head in listed(darak)] == [3]


def test_questions_come_from_a_pipe_up_to_an_empty_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from darak.cli.chat_command import _questions

    monkeypatch.setattr(sys, "stdin", io.StringIO("one\ntwo\n\nthree\n"))
    assert list(_questions()) == ["one", "two"]


def test_searched_erased_and_no_more_kept(life: None, darak: Darak) -> None:
    darak("ask", "When was the dentist appointment?")
    darak("ask", "옥상에서 뭐 찾았지?")
    assert [head["title"] for head in listed(darak, "--search", "dentist")] == ["When was the dentist appointment?"]
    assert "1 conversation was erased" in darak("conversations", "--forget", listed(darak)[0]["id"][:5]).stdout
    assert darak("conversations", "--forget", "zzzz").returncode == 1
    for unclear in (("--forget",), ("--all",), ("--forget", "zz", "--all")):
        assert darak("conversations", *unclear).returncode == 2
    assert darak("conversations", "zzzz").returncode == 2
    assert "1 conversation was erased" in darak("conversations", "--forget", "--all").stdout
    assert "no more" in darak("conversations", "--keep", "no").stdout
    darak("ask", "When was the dentist appointment?")
    assert listed(darak) == []
    assert "are kept." in darak("conversations", "--keep", "yes").stdout


def test_the_same_while_the_server_runs(life: None, darak: Darak, darak_serve: Callable[..., Running]) -> None:
    running = darak_serve(DARAK_NOW="2024-06-01T12:00")
    assert "14 May 2024" in darak("ask", "When was the dentist appointment?").stdout
    assert "as before: dentist" in darak("ask", "--follow", "who was there?").stdout.lower()
    (head,) = listed(darak)
    assert head["turns"] == 2
    assert "who was there?" in darak("conversations", head["id"][:6]).stdout
    assert "no more" in darak("conversations", "--keep", "no").stdout
    assert "1 conversation was erased" in darak("conversations", "--forget", head["id"][:6]).stdout
    assert listed(darak) == []
    running.stop()


def test_an_open_chat_leaves_the_vault_to_others(
    life: None, home: Path, darak: Darak, darak_serve: Callable[..., Running], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DARAK_NOW", "2024-06-01T12:00")
    with subprocess.Popen(
        [sys.executable, "-m", "darak.cli.main", "chat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as chat:
        try:

            def ask(question: str) -> str:
                assert chat.stdin and chat.stdout
                print(question, file=chat.stdin, flush=True)
                told = ""
                while not re.search(r"\(\d+ ms\)", told):  # the plan's line, the last but for what was not covered
                    line = chat.stdout.readline()
                    assert line, told
                    told += line
                return told

            assert "14 May 2024" in ask("When was the dentist appointment?")
            for _ in range(2):
                assert darak("status").returncode == 0
                assert "as before: dentist" in ask("who was there?").lower()
            assert darak("conversations", "--forget", "--all").returncode == 0
            assert "as before" not in ask("who was there?").lower()  # nothing of what was erased is known any more
            with_sdk = Path(sys.executable), "-c", "import darak; darak.open().close()"
            subprocess.run(with_sdk, check=True)
            assert "14 May 2024" in ask("When was the dentist appointment?")
            running = darak_serve()
            assert "as before: dentist" in ask("who was there?").lower()
            running.stop()
            assert "as before: dentist" in ask("who was there?").lower()
            assert chat.stdin
            chat.stdin.close()
            assert chat.wait(30) == 0
        finally:
            chat.kill()
    assert [head["turns"] for head in listed(darak)] == [4]


def test_a_passphrase_is_asked_once_in_a_chat(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from darak.cli import session
    from darak.cli.long_talk import LongTalk

    Vault.create(home, zone="Asia/Seoul", passphrase="attic").close()
    monkeypatch.setattr(session, "ask_passphrase", iter(["attic"]).__next__)
    args = argparse.Namespace(home=None, why=False, no_model=True)
    with closing(LongTalk(args, last=False)) as talk:
        for _ in range(2):
            talk.tell("When was the dentist appointment?")
            open_soon(lambda: Vault.open(home, lambda: "attic"), home).close()
