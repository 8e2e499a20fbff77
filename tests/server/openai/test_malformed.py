"""Whatever is sent to `/v1`, the refusal is OpenAI's, and never a fault of the server."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.server.conftest import Served

REQUESTS = 400
ODD: list[Any] = [
    None, True, 0, -1, 1 << 70, 1e308, "", " ", "\x00", "가" * 3000, "darak", "none", "auto", "json_schema", [], {},
    [[]], [None], {"type": "object"}, {"type": "json_schema", "name": "x", "schema": {"$ref": "#/$defs/x"}},
    {"anyOf": 5}, {"properties": []}, {"properties": {"answer": True}}, {"enum": [[]]}, {"type": 7}, "{", "\ud800",
]  # fmt: skip
_SCHEMA = {"type": "object", "properties": {"answer": {"type": "string"}, "citations": {"type": "array"}}}
_FUNCTION = {"name": "look", "parameters": {"type": "object", "properties": {}}}
CHAT = {
    "model": "darak",
    "messages": [
        {"role": "system", "content": "Be kind."},
        {"role": "assistant", "tool_calls": [{"id": "c", "function": {"name": "x", "arguments": "{}"}}]},
        {"role": "tool", "tool_call_id": "c", "content": "done"},
        {"role": "user", "content": [{"type": "text", "text": "dentist?"}]},
    ],
    "stream": False,
    "stream_options": {"include_usage": True},
    "tools": [{"type": "function", "function": _FUNCTION}],
    "tool_choice": "none",
    "response_format": {"type": "json_schema", "json_schema": {"name": "x", "schema": _SCHEMA}},
    "stop": ["END"],
    "temperature": 1,
    "n": 1,
}  # fmt: skip
RESPONSE = {
    "model": "darak",
    "instructions": "Be kind.",
    "input": [
        {"type": "function_call", "call_id": "c", "name": "x", "arguments": "{}"},
        {"type": "function_call_output", "call_id": "c", "output": "done"},
        {"role": "user", "content": "dentist?"},
    ],
    "text": {"format": {"type": "json_schema", "name": "x", "schema": _SCHEMA}},
    "tools": [{"type": "function", **_FUNCTION}],
    "tool_choice": "none",
    "max_output_tokens": 9,
}
EMBEDDINGS = {"model": "darak", "input": ["x"], "encoding_format": "float"}


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container with a key in it."""
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from places(value[key])


@pytest.fixture
def program(served: Served, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setenv("DARAK_MODEL_SERVERS", "")
    client = served.make_key()
    client.app.state.keys._by_hash = {  # type: ignore[attr-defined]
        digest: (key, type(rate)(1e6, 10**6)) for digest, (key, rate) in served.owner.app.state.keys._by_hash.items()
    }
    return client


def test_the_requests_are_good_before_they_are_spoilt(program: TestClient) -> None:
    assert program.post("/v1/chat/completions", json=CHAT).status_code == 200
    assert program.post("/v1/responses", json=RESPONSE).status_code == 200


def test_no_request_brings_it_down(program: TestClient) -> None:
    choose = random.Random(7)
    statuses: set[int] = set()
    for _ in range(REQUESTS):
        path, good = choose.choice([("chat/completions", CHAT), ("responses", RESPONSE), ("embeddings", EMBEDDINGS)])
        body = copy.deepcopy(good)
        for _ in range(choose.randint(1, 3)):
            container, key = choose.choice(list(places(body)))
            container[key] = copy.deepcopy(choose.choice(ODD))
        content = json.dumps(body, allow_nan=True).encode()
        if choose.random() < 0.1:
            content = content[: choose.randrange(len(content))] + choose.choice([b"", b"\xff\xfe", b"{"])
        answer = program.post(f"/v1/{path}", content=content, headers={"content-type": "application/json"})
        statuses.add(answer.status_code)
        assert answer.status_code < 500, (path, content, answer.text)
        if answer.status_code >= 400:
            assert set(answer.json()["error"]) == {"message", "type", "param", "code"}, answer.text
    assert {200, 400, 404} <= statuses
