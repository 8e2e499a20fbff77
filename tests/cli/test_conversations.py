"""Conversations on the command line: gone on with, listed, searched, erased."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.server.conftest import LIFE, Running, darak_serve

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
