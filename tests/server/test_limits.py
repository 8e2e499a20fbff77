"""What a key cannot see changes nothing of what it is told: the answers are those of a memory that never held it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from darak.records.vault import Vault
from darak.server import keys

from .conftest import record, serving

PHONE = "+82 10-1234-5678"


def told(key: str, time: str, text: str, author: str = f"Mina Kim <{PHONE}>") -> dict[str, Any]:
    return record(key, time, text, author=author, thread="pier club")


SEEN = [
    *(
        told(f"s{day}", f"2024-05-{day:02d}T10:00:00", f"The heron waits at the pier, day {day}")
        for day in range(1, 15)
    ),
    told("s20", "2024-05-20T10:00:00", "The lantern is lit, see you in Busan", author="Hyunwoo <hw>"),
    told("s21", "2024-05-21T10:00:00", "오래된 편지를 찾았다", author="Hyunwoo <hw>"),
]
"""What the key may see: source "phone"."""
HIDDEN = [
    *(
        record(
            f"h{n}",
            f"2024-0{1 + n % 6}-11T09:00:00",
            f"lantern heron clinic diagnosis 진단 편지 {n}",
            source="mail",
            author=f"Sweetheart <{PHONE}>",
            people=["Dr. Hyun <hw@x.org>"],
            thread="pier club",
        )
        for n in range(40)
    ),
    record(
        "c1",
        "2024-01-01",
        "",
        source="contacts",
        kind="contact",
        title="Sweetheart",
        extra={"contact": True},
        people=[f"Sweetheart <{PHONE}>", "sweet@x.org"],
    ),
    record("e1", "2024-05-14T15:30:00", "", source="calendar", kind="event", title="Clinic appointment"),
    record("p1", "2024-05-20T12:00:00", "여권 재발급 수수료 53000원", source="card", kind="purchase", title="구청"),
    record("d1", "2019-05-20", "A day long ago in Busan", source="diary", kind="note", title="Busan"),
    {"type": "sample", "source": "watch", "metric": "steps", "value": 4000, "unit": "count", "time": "2024-05-03"},
    {"type": "sample", "source": "watch", "metric": "steps", "value": 4100, "unit": "count", "time": "2023-05-03"},
]
QUERIES = (
    "heron",
    "lantern",
    "편지",
    "진단",
    "clinic",
    "Sweetheart",
    "Dr. Hyun",
    "Mina Kim",
    "busan",
    "pier club",
    "",
    "여권",
)
QUESTIONS = (
    "When did the heron wait?",
    "When was the lantern lit?",
    "How often did I write about the heron?",
    "When did I last hear from Sweetheart?",
    "When did I last hear from Mina Kim?",
    "Who told me about the lantern?",
    "편지를 언제 찾았어?",
    "진단 결과가 뭐였지?",
    "When was my clinic appointment?",
    "여권 재발급에 얼마 썼어?",
    "How many steps did I walk in May 2024?",
    "What happened on 14 May 2024?",
    "What happened in 2019?",
    "Who is Dr. Hyun?",
    "When was I first in Busan?",
)


@pytest.fixture(params=[{"sources": ["phone"]}, {"kinds": ["message"], "sources": ["phone"], "since": "2024-05-02"}])
def limits(request: pytest.FixtureRequest) -> dict[str, Any]:
    return request.param


@contextmanager
def key_of(
    take_in: Callable[..., Any], home: Path, files: dict[str, list[dict[str, Any]]], **what: Any
) -> Iterator[TestClient]:
    """A key for a part of a memory into which these files came, one after the other."""
    with Vault.create(home, zone="Asia/Seoul", use_keyring=False) as vault:
        for name, lines in files.items():
            take_in(vault, lines, f"{name}.jsonl")
        with serving(vault) as served:
            yield served.make_key("app", **what)


def everything(app: TestClient) -> dict[str, Any]:
    """What each way in tells this key."""
    answers: dict[str, Any] = {}

    def keep(name: str, response: Any) -> Any:
        try:
            body = response.json()
        except ValueError:
            body = response.text
        answers[name] = response.status_code, body
        return body

    for path in (
        *("status", "people", "people?query=Sweetheart", "people?query=Mina", "people/proposals", "people/merges"),
        *(
            "people/1",
            "people/2",
            "people/3",
            "people/4",
            "timeline",
            "timeline?by=month",
            "timeline?by=day&since=2024",
        ),
        *("timeline?source=mail", "timeline/2024-05-14", "timeline/2024-05-03", "timeline/2019-05-20", "sources"),
        *("imports", "importers", "conversations", "examples", "examples?language=ko", "records/00000000", "audit"),
        *("keys", "models", "leaving", "export"),
    ):
        keep(path, app.get(f"/api/{path}"))
    for query in QUERIES:
        found = keep(f"search {query}", app.post("/api/search", json={"query": query, "limit": 50, "context": 3}))
        for hit in found["hits"][:3]:
            keep(f"record {hit['id']}", app.get(f"/api/records/{hit['id']}?before=50&after=50"))
    for name in ("Sweetheart", "Mina Kim", "Dr. Hyun", "nobody", "hw@x.org"):
        keep(f"of {name}", app.post("/api/search", json={"people": [name]}))
    for name in ("mail", "card", "nothing", "phone"):
        keep(f"source {name}", app.post("/api/search", json={"sources": [name]}))
    keep("thread", app.post("/api/search", json={"threads": ["pier club"], "limit": 50}))
    for question in QUESTIONS:
        keep(question, app.post("/api/ask", json={"question": question}))
    talk = {"model": "darak", "messages": [{"role": "user", "content": QUESTIONS[1]}]}
    keep("v1", app.post("/v1/chat/completions", json=talk))
    for name, asked in (
        ("search", {"query": "lantern"}),
        ("search", {"people": ["Sweetheart"]}),
        ("timeline", {"by": "day"}),
        ("ask", {"question": QUESTIONS[5]}),
    ):
        call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": asked}}
        headers = {"accept": "application/json, text/event-stream"}
        keep(f"mcp {name} {asked}", app.post("/mcp", json=call, headers=headers))
    return answers


def _timeless(answers: dict[str, Any], *more: str) -> dict[str, str]:
    """The answers without what differs from one time to the next."""
    passing = {"seconds", "created", *more}

    def clean(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: clean(one) for key, one in value.items() if key not in passing}
        return [clean(one) for one in value] if isinstance(value, list | tuple) else value

    ids = re.compile(r"data [0-9a-f]{16}|chatcmpl-[0-9a-f]+|(?<=/)(alone|after|before)(?=/)")
    return {name: ids.sub("", json.dumps(clean(answer), ensure_ascii=False)) for name, answer in answers.items()}


def test_a_key_is_told_what_a_memory_without_the_rest_would_tell(take_in, tmp_path, monkeypatch, limits):
    monkeypatch.setenv("DARAK_KEYS", str(tmp_path / "keys"))
    monkeypatch.setattr(keys, "_BURST", 10_000)
    with key_of(take_in, tmp_path / "alone", {"seen": SEEN}, **limits) as app:
        alone = everything(app)
    assert any(hit["text"] for hit in alone["search heron"][1]["hits"]) and alone["people"][1]["total"] == 2
    with key_of(take_in, tmp_path / "after", {"seen": SEEN, "hidden": HIDDEN}, **limits) as app:
        assert _timeless(everything(app)) == _timeless(alone)
    with key_of(take_in, tmp_path / "before", {"hidden": HIDDEN, "seen": SEEN}, **limits) as app:
        beside = everything(app)
    for number in ("people/2", "people/3", "people/4"):  # the numbers of people are those of the whole memory
        del alone[number], beside[number]
    assert _timeless(beside, "person", "identity") == _timeless(alone, "person", "identity")


def test_the_owners_own_name_for_somebody_is_told(take_in, tmp_path, monkeypatch):
    monkeypatch.setenv("DARAK_KEYS", str(tmp_path / "keys"))
    with Vault.create(tmp_path / "home", zone="Asia/Seoul", use_keyring=False) as vault:
        take_in(vault, [*HIDDEN, *SEEN])
        with serving(vault) as served:
            app = served.make_key("app", sources=["phone"])
            (person,) = app.get("/api/people?query=Mina").json()["people"]
            assert person["handles"][0]["name"] == person["name"] == "Mina Kim"
            renamed = {"person": person["person"], "name": "Minnie"}
            assert served.owner.post("/api/people/rename", json=renamed).status_code == 200
            assert app.get("/api/people?query=minnie").json()["people"][0]["handles"] == person["handles"]
            answer = app.post("/api/ask", json={"question": "When did I last hear from Minnie?"}).json()
            assert answer["status"] == "answered" and "14 May 2024" in answer["answer"]


@pytest.mark.parametrize("what", [{}, {"sources": ["phone"]}, {"scopes": ["read", "ask", "write"]}])
def test_no_key_is_told_where_files_lie_on_this_machine(take_in, tmp_path, monkeypatch, what):
    monkeypatch.setenv("DARAK_KEYS", str(tmp_path / "keys"))
    monkeypatch.setattr(keys, "_BURST", 10_000)
    with key_of(take_in, tmp_path / "home", {"pier": SEEN, "hidden": HIDDEN}, **what) as app:
        told = everything(app)
    assert str(tmp_path) not in json.dumps(told)
    [hit, *_] = told["search heron"][1]["hits"]
    [origin] = told[f"record {hit['id']}"][1]["origins"]
    assert origin["path"].endswith(".jsonl") and origin["locator"]
