"""A disk that is full: each way in says so in a sentence, reading goes on, and nothing that was stored is lost."""

from __future__ import annotations

import errno
import json

import pytest
from tests.server.conftest import Served

import darak
from darak.records.vault import Vault

SENTENCE = "The disk is full."


def fill(vault: Vault) -> None:
    """Lets the database grow no more, as a full disk does."""
    (pages,) = vault.rows("PRAGMA page_count")[0]
    vault.db.execute(f"PRAGMA max_page_count={pages}").fetchall()


def test_the_server_says_so_and_goes_on_reading(served: Served) -> None:
    app = served.make_key("app", scopes=["read", "ask", "write"])
    fill(served.house._pen)
    long = "The heronkeeper wrote a very long note. " * 2_000
    refused = served.owner.post("/api/remember", json={"text": long})
    assert refused.status_code == 507 and refused.json()["detail"].startswith(SENTENCE)
    call = {"name": "remember", "arguments": {"note": long[:2_000]}}
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    for _ in range(40):  # what is left of the last page is used up first
        told = app.post("/mcp", json=asked, headers={"accept": "application/json, text/event-stream"})
        if "Remembered" not in told.text:
            break
    assert told.status_code == 200 and SENTENCE in told.text
    assert served.owner.post("/api/search", json={"query": "heronkeeper pier"}).json()["hits"]
    assert served.owner.post("/api/ask", json={"question": "When is my dentist appointment?"}).status_code == 200


def test_a_stream_says_so_at_its_end(served: Served) -> None:
    fill(served.house._pen)
    asked = {"question": "When is my dentist? " + "really? " * 200, "conversation": None}
    for _ in range(20):
        told = served.owner.post("/api/ask/stream", json=asked).text
        if "event: error" in told:
            break
    assert json.loads(told.rsplit("data: ", 1)[1])["status"] == 507 and SENTENCE in told


def test_the_sdk_says_so(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("DARAK_KEYS", str(tmp_path / "keys"))
    with darak.open(tmp_path / "home", create=True) as life:
        life.remember("The heronkeeper waits")
        fill(life._vault)  # type: ignore[attr-defined]
        with pytest.raises(darak.Problem, match=SENTENCE):
            for _ in range(100):
                life.remember("The heronkeeper wrote a very long note. " * 2_000)
        assert life.search("waits")


def test_only_the_owner_is_told_which_file_is_closed(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "/home/mina/darak/vault.db")

    monkeypatch.setattr(served.owner.app.state.answering, "answer", closed)  # type: ignore[union-attr]
    asked = {"question": "When is my dentist appointment?"}
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "ask", "arguments": asked}}
    talk = {"model": "darak", "messages": [{"role": "user", "content": asked["question"]}]}
    app = served.make_key("app")
    for path, body in (
        *(("/api/ask", asked), ("/api/ask/stream", asked)),
        *(("/mcp", call), ("/v1/chat/completions", talk)),
    ):
        headers = {"accept": "application/json, text/event-stream"}
        told = app.post(path, json=body, headers=headers).text
        assert "The vault's folder may not be read" in told and "mina" not in told, path
    assert "/home/mina/darak/vault.db" in served.owner.post("/api/ask", json=asked).text
