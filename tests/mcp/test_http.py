"""`/mcp` of a running server, as an assistant's client reaches it over HTTP."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from tests.server.live import Live, listening

from darak.records.time import zone_info
from darak.records.vault import Vault
from darak.server.keys import read_log
from darak.server.limits import Limits

pytest.importorskip("mcp", reason="the extra `mcp` is not installed")
import httpx2
from mcp.client.streamable_http import streamable_http_client

from mcp import Client

from .test_tools import call, data

LIST = b'{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}'


@pytest.fixture
def served(filled: Path) -> Iterator[Live]:
    with (
        Vault.open(filled) as vault,
        listening(vault, lambda zone: datetime(2025, 6, 1, 12, tzinfo=zone_info(zone))) as live,
    ):
        yield live


def post(served: Live, key: str, body: bytes = LIST, headers: Mapping[str, str] | None = None) -> httpx.Response:
    given = {"authorization": f"Bearer {key}", "accept": "application/json, text/event-stream"}
    given |= {"content-type": "application/json", **(headers or {})}
    return httpx.post(f"{served.url}/mcp", content=body, headers=given, trust_env=False, timeout=60)


def use(served: Live, key: str, talk: Callable[[Client], Coroutine[Any, Any, None]], mode: str = "auto") -> None:
    async def run() -> None:
        headers = {"authorization": f"Bearer {key}"}
        async with (
            httpx2.AsyncClient(headers=headers, trust_env=False, timeout=60) as http,
            Client(streamable_http_client(f"{served.url}/mcp", http_client=http), mode=mode) as client,
        ):
            await talk(client)

    anyio.run(run)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_an_assistant_asks_searches_and_looks_at_a_day(served: Live, mode: str) -> None:
    async def talk(client: Client) -> None:
        assert client.server_info is not None and client.server_info.name == "darak"
        assert {tool.name for tool in (await client.list_tools()).tools} == {"ask", "search", "timeline"}
        answer, citation, *_ = data(await call(client, "ask", question="언제 성수동으로 이사했어?"))
        assert "2023년 4월 15일" in answer["answer"] and citation["source"] == "diary"
        (record, *_) = data(await call(client, "search", query="puppy"))
        assert (record["author"], record["after"][0]["text"]) == ("Seojun Kim", "Congratulations!")
        day = data(await call(client, "timeline", by="day", since="2024-03-02", until="2024-03-02"))
        assert [one["text"] for one in day][1] == "Congratulations!"
        wrong = await client.call_tool("search", {"people": ["Zebedee"]})
        assert wrong.is_error and "nobody called Zebedee" in wrong.content[0].text  # type: ignore[union-attr]

    use(served, served.key("read", "ask"), talk, mode)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_remember_is_for_keys_that_may_write(served: Live, mode: str) -> None:
    async def talk(client: Client) -> None:
        assert "Remembered at" in await call(client, "remember", note="Lent the ladder to Mina.")
        found = data(await call(client, "search", query="ladder"))
        assert (found[0]["source"], found[0]["text"]) == ("darak", "Lent the ladder to Mina.")

    use(served, served.key("read", "write", name="desk"), talk, mode)
    (number,) = served.vault.rows("SELECT n FROM record ORDER BY n DESC LIMIT 1")[0]
    (_, path), *_ = served.vault.origins(number)
    assert path.startswith("told to Darak through desk mcp:")


def test_a_key_is_offered_only_what_it_may_do(served: Live) -> None:
    def offered(key: str) -> set[str]:
        return {tool["name"] for tool in post(served, key).json()["result"]["tools"]}

    assert offered(served.key("ask", name="one")) == {"ask"}
    assert offered(served.key("read", name="two")) == {"search", "timeline"}
    limited = served.key("read", "write", limits=Limits(sources=("phone",)), name="three")
    assert offered(limited) == {"search", "timeline"}


def test_a_limited_key_sees_its_part(served: Live) -> None:
    async def talk(client: Client) -> None:
        assert await call(client, "search", query="이사") == "No record fits."
        assert data(await call(client, "ask", question="언제 성수동으로 이사했어?"))[0]["status"] == "no_record"
        assert [one["period"] for one in data(await call(client, "timeline"))] == ["2024"]

    use(served, served.key("read", "ask", limits=Limits(sources=("phone",))), talk)


def test_nobody_else_comes_in(served: Live) -> None:
    assert post(served, "darak_nothing").status_code == 401
    key = served.key("read", "ask")
    assert post(served, key, headers={"origin": "https://evil.example"}).status_code == 403
    assert post(served, key, headers={"host": "evil.example"}).status_code == 421
    assert post(served, key, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert (
        httpx.get(f"{served.url}/mcp", headers={"authorization": f"Bearer {key}"}, trust_env=False).status_code == 405
    )


def test_its_use_is_logged_for_the_owner(served: Live) -> None:
    assert post(served, served.key("read", name="desk")).status_code == 200
    deadline = time.monotonic() + 20
    while not (log := read_log(served.vault, None, 5)) and time.monotonic() < deadline:
        time.sleep(0.05)
    (_, use), *_ = log
    assert (use.key, use.route, use.status) == ("desk", "POST /mcp", 200)


MALFORMED = [
    b"", b"[]", b"{}", b"null", b"7", b'"x"', b"[" * 50_000, b"\xff\xfe", b"1" * 10_000,
    b'[{"jsonrpc":"2.0","id":1,"method":"tools/list"}]',
    b'{"jsonrpc":"2.0","id":1,"method":"tools/call"}',
    b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"nothing","arguments":{}}}',
    b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask","arguments":{"question":7}}}',
    b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask","arguments":{"question":"\\ud800"}}}',
    b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search","arguments":{"since":"2024-99-99"}}}',
    b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"timeline","arguments":{"by":"day","since":"2024-02-31","until":"2024-02-31"}}}',
    b'{"jsonrpc":"2.0","id":{},"method":"tools/list"}',
    b'{"jsonrpc":"2.0","id":1,"method":"no/such"}',
    b'{"jsonrpc":"2.0","method":"notifications/initialized"}',
]  # fmt: skip


@pytest.mark.parametrize("version", [None, "2026-07-28", "2025-06-18", "nonsense"])
def test_malformed_requests_are_no_fault_of_the_server(served: Live, version: str | None) -> None:
    key = served.key("read", "ask")
    for body in MALFORMED:
        answer = post(served, key, body, {"mcp-protocol-version": version} if version else None)
        assert answer.status_code < 500, body[:200]
    assert post(served, key).status_code == 200
