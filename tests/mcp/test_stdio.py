"""`darak mcp` as a process of its own, as an assistant's program starts it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import anyio
import pytest

import darak

pytest.importorskip("mcp", reason="the extra `mcp` is not installed")
from mcp import Client, StdioServerParameters

_NAMES = ("DARAK_HOME", "DARAK_KEYS", "PYTHON_KEYRING_BACKEND", "TZ")


def server(*options: str) -> StdioServerParameters:
    surroundings = {name: os.environ[name] for name in _NAMES}
    return StdioServerParameters(
        command=sys.executable, args=["-m", "darak.cli.main", "mcp", *options], env=surroundings
    )


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_an_assistant_asks_and_has_something_remembered(filled: Path, mode: str) -> None:
    async def talk() -> None:
        async with Client(server("--allow-remember"), mode=mode) as client:
            assert client.server_info is not None and client.server_info.name == "darak"
            answer = await client.call_tool("ask", {"question": "언제 성수동으로 이사했어?"})
            assert "2023년 4월 15일" in answer.content[0].text  # type: ignore[union-attr]
            done = await client.call_tool("remember", {"note": "The key is at Mina's."})
            assert not done.is_error

    anyio.run(talk)
    with darak.open(filled) as life:  # it has ended and let go
        assert life.search("key")[0].text == "The key is at Mina's."


def test_it_asks_the_server_that_holds_the_vault(filled: Path) -> None:
    serving = subprocess.Popen(
        [sys.executable, "-m", "darak.cli.main", "serve", "--no-browser", "--port", "0"], stdout=subprocess.PIPE
    )
    assert serving.stdout
    assert b"token=" in serving.stdout.readline()

    async def talk() -> None:
        async with Client(server("--allow-remember")) as client:
            answer = await client.call_tool("ask", {"question": "언제 성수동으로 이사했어?"})
            assert "2023년 4월 15일" in answer.content[0].text  # type: ignore[union-attr]
            assert not (await client.call_tool("remember", {"note": "Told while it serves."})).is_error
            found = await client.call_tool("search", {"query": "told serves"})
            assert "Told while it serves." in found.content[0].text  # type: ignore[union-attr]

    try:
        anyio.run(talk)
    finally:
        serving.terminate()
        serving.wait(30)
        serving.stdout.close()


def test_without_a_vault_it_says_so(home: Path) -> None:
    async def talk() -> None:
        async with Client(server()) as client:
            result = await client.call_tool("ask", {"question": "When did I move?"})
            assert result.is_error
            assert "There is no vault" in result.content[0].text  # type: ignore[union-attr]

    anyio.run(talk)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_it_is_told_to(filled: Path, number: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "darak.cli.main", "mcp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin and process.stdout
    process.stdin.write(
        b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},'
        b'"clientInfo":{"name":"t","version":"1"}}}\n'
    )
    process.stdin.flush()
    assert b'"result"' in process.stdout.readline()
    process.send_signal(number)
    try:
        process.wait(20)
    finally:
        process.kill()
    darak.open(filled).close()
