"""Many people at once, a server that ends under them, and requests that no browser sends. `bench/serve.py` does the
same for longer."""

from __future__ import annotations

import asyncio

import pytest
from bench.load import Load
from bench.malformed import crawl, send_all
from bench.serve import restarts, serving

from darak.server.patience import HEAD

from .conftest import LIFE

QUESTIONS = [
    "When is my dentist appointment?",
    "다락방 청소는 언제 했지?",
    "How many steps in May 2024?",
    "lantern pier",
]


@pytest.fixture
def lived(darak, lines, tmp_path, home):
    assert darak("import", lines(tmp_path / "life.jsonl", LIFE)).returncode == 0
    return home


def test_fifty_people_are_answered(lived):
    with serving(lived) as server:
        load = Load(server.url, server.token, QUESTIONS, people=50, think=(0.5, 3.0))
        asyncio.run(load.run(8))
        assert not load.failed
        assert sum(figures["requests"] for figures in load.figures().values()) > 50


def test_nothing_that_was_acknowledged_is_lost_when_the_server_ends(lived):
    told = restarts(lived, 2)
    assert told["notes"] > 0 and told["files"] > 0 and told["turns"] > 0 and told["missing"] == 0


def test_malformed_requests_over_raw_sockets_are_no_fault_of_the_server(lived):
    with serving(lived) as server, server.client() as client:
        statuses = send_all(server.address, server.token, 250, seed=1)
        assert not [status for status in statuses if status is not None and status >= 500], statuses
        assert statuses[400] and statuses[401] and statuses[422]
        assert client.get("/api/status").json()["records"] >= 6


def test_whoever_sends_a_byte_at_a_time_is_not_waited_for(lived):
    with serving(lived) as server, server.client() as client:
        assert client.get("/api/here").status_code == 200
        assert crawl(server.address, 20, HEAD + 20) == 20
        assert client.get("/api/here").status_code == 200  # over a connection that was idle for as long
