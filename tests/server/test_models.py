"""Models over HTTP: found and chosen, tested, asked in the playground, and nothing leaves without a yes and a note."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.models.server import Disconnect, ModelServer, Say, Silence, Status

from .conftest import Served


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """A server of models on this machine, found by itself as vLLM."""
    with ModelServer() as server:
        monkeypatch.setenv("DARAK_MODEL_SERVERS", f"vllm={server.url}/v1")
        yield server


@pytest.fixture
def hosted(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """The same, reached by the name of another host; this machine has none."""
    monkeypatch.setenv("DARAK_MODEL_SERVERS", "")
    real = socket.getaddrinfo

    def look_up(host: Any, *rest: Any, **more: Any) -> Any:
        return real("127.0.0.1" if host == "models.example" else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with ModelServer() as server:
        server.key = "s3cret"
        yield server


def events(response: Any) -> list[tuple[str, Any]]:
    assert response.status_code == 200, response.text
    parts = [part.split("\n") for part in response.text.split("\n\n") if part.strip()]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in parts]


def play(served: Served, **asked: Any) -> list[tuple[str, Any]]:
    return events(served.owner.post("/api/playground", json={"model": "vllm/tiny", "prompt": "Hello?"} | asked))


def add(served: Served, server: ModelServer, **more: Any) -> Any:
    url = f"http://models.example:{server.port}/v1"
    return served.owner.post("/api/models/servers", json={"url": url, "name": "far", "key": "s3cret"} | more)


def test_models_of_this_machine_are_found_and_chosen(served, backend):
    told = served.owner.get("/api/models").json()
    assert told["order"] == [] and told["earlier"] is None
    (server,) = told["servers"]
    assert server["name"] == "vllm" and server["here"] and not server["added"]
    assert [model["name"] for model in server["models"]] == ["vllm/tiny", "vllm/larger:7b"]
    served.owner.post("/api/models/use", json={"models": ["vllm/larger:7b", "vllm/tiny"]})
    (server,) = served.owner.get("/api/models").json()["servers"]
    assert [model["place"] for model in server["models"]] == [2, 1]
    now = served.owner.post("/api/models/use", json={"models": []}).json()
    assert now == {"order": [], "earlier": ["vllm/larger:7b", "vllm/tiny"]}
    assert served.owner.post("/api/models/back").json()["order"] == ["vllm/larger:7b", "vllm/tiny"]


def test_a_model_that_is_gone_is_said_to_be_and_can_be_left(served, backend, monkeypatch):
    served.owner.post("/api/models/use", json={"models": ["vllm/tiny", "vllm/larger:7b"]})
    backend.models = ["larger:7b"]
    assert served.owner.get("/api/models").json()["missing"] == ["vllm/tiny"]
    monkeypatch.setenv("DARAK_MODEL_SERVERS", "")
    assert served.owner.post("/api/models/use", json={"models": ["vllm/larger:7b"]}).json()["order"]


def test_a_server_here_that_loads_its_model_is_shown(served, backend):
    backend.places["/v1/models"] = Status(503, "Loading model")
    (found,) = served.owner.get("/api/models").json()["servers"]
    assert found["name"] == "vllm" and found["models"] == [] and "loading" in found["problem"]


@pytest.mark.parametrize("name", ["nowhere/tiny", "tiny", "vllm"])
def test_what_is_no_model_cannot_be_chosen(served, backend, name):
    assert served.owner.post("/api/models/use", json={"models": [name]}).status_code == 422
    assert served.owner.post("/api/models/test", json={"model": name}).status_code == 422
    assert served.owner.post("/api/playground", json={"model": name, "prompt": "x"}).status_code == 422


def test_a_test_tells_each_check_and_is_remembered(served, backend):
    told = events(served.owner.post("/api/models/test", json={"model": "vllm/tiny"}))
    assert [data["what"] for name, data in told if name == "check"][:2] == ["reply", "schema"]
    assert told[-1][0] == "end" and told[-1][1]["tools"]
    (server,) = served.owner.get("/api/models").json()["servers"]
    assert server["models"][0]["tested"] == told[-1][1]


def test_a_test_of_a_model_that_says_nothing_is_an_error(served, backend):
    backend.script.append(Disconnect())
    told = events(served.owner.post("/api/models/test", json={"model": "vllm/tiny"}))
    assert [name for name, _ in told] == ["check", "error"]
    assert served.owner.get("/api/models").json()["servers"][0]["models"][0]["tested"] is None


def test_the_playground_streams_and_counts(served, backend):
    backend.script.append(Say("Good morning, Seoul.", pieces=4))
    told = play(served, system="Be kind.", temperature=0.3, max_tokens=50)
    assert [name for name, _ in told] == ["words"] * 4 + ["reply"]
    reply = told[-1][1]
    assert reply["text"] == "Good morning, Seoul." and reply["model"] == "vllm/tiny" and not reply["cut"]
    assert (reply["read"], reply["written"]) == (11, 5)
    assert 0 < reply["first_seconds"] <= reply["seconds"]
    body = backend.chats[-1].body
    assert [one["content"] for one in body["messages"]] == ["Be kind.", "Hello?"]
    assert body["temperature"] == 0.3 and 50 in (body.get("max_tokens"), body.get("max_completion_tokens"))


def test_the_playground_says_what_went_wrong(served, backend):
    backend.script.append(Disconnect(after="Half of"))
    told = play(served)
    assert told[0] == ("words", {"text": "Half of"}) and told[-1][0] == "error"
    assert told[-1][1]["host"] is None and told[-1][1]["detail"]


def test_nothing_leaves_before_the_yes_for_a_host_and_what_leaves_is_noted(served, hosted):
    added = add(served, hosted)
    assert added.status_code == 201 and not added.json()["allowed"] and "s3cret" not in added.text
    assert served.owner.get("/api/models").json()["servers"][0]["models"] == []
    asked = {"model": "far/tiny", "prompt": "My secret is heron."}
    draft = served.owner.post("/api/playground/draft", json=asked).json()
    assert draft["leaves"] and not draft["allowed"] and draft["host"] == "models.example"
    assert "My secret is heron." in draft["text"] and "s3cret" not in draft["text"]
    assert events(served.owner.post("/api/playground", json=asked))[-1][1]["host"] == "models.example"
    for path in ("/api/models/test", "/api/models/worth"):
        told = events(served.owner.post(path, json={"model": "far/tiny"}))
        assert [(name, data["host"]) for name, data in told] == [("error", "models.example")]
    assert hosted.seen == [] and served.owner.get("/api/leaving/sent").json() == []

    allowed = served.owner.post("/api/leaving/allow", json={"host": f"http://models.example:{hosted.port}/v1"}).json()
    assert allowed["allowed"] == ["models.example"]
    assert events(served.owner.post("/api/playground", json=asked))[-1][0] == "reply"
    (sent,) = served.owner.get("/api/leaving/sent").json()
    body = hosted.chats[-1].raw
    assert (sent["host"], sent["model"], sent["purpose"]) == ("models.example", "tiny", "playground")
    assert sent["bytes"] == len(body) and body.decode() in draft["text"]

    served.owner.post("/api/leaving/forbid", json={"host": "models.example"})
    assert events(served.owner.post("/api/playground", json=asked))[-1][0] == "error"
    assert len(hosted.chats) == 1


def test_what_a_question_would_send_is_shown_before_the_yes(served, hosted):
    add(served, hosted)
    asked = {"model": "far/tiny", "question": "When was the dentist appointment?"}
    draft = served.owner.post("/api/leaving/draft", json=asked).json()
    assert draft["host"] == "models.example" and draft["leaves"] and not draft["allowed"]
    assert "Dentist appointment" in draft["text"] and "s3cret" not in draft["text"]
    served.owner.post("/api/leaving/keep", json={"names": ["calendar"]})
    draft = served.owner.post("/api/leaving/draft", json=asked).json()
    assert "Dentist appointment" not in draft["text"]
    assert hosted.seen == []
    assert served.owner.post("/api/leaving/draft", json=asked | {"model": "nowhere/x"}).status_code == 422


def test_models_of_another_host_are_asked_for_once(served, hosted):
    add(served, hosted)
    served.owner.post("/api/leaving/allow", json={"host": "models.example"})
    for _ in range(3):
        (server,) = served.owner.get("/api/models").json()["servers"]
        assert [model["name"] for model in server["models"]] == ["far/tiny", "far/larger:7b"]
    assert len(hosted.seen) == 1 and len(served.owner.get("/api/leaving/sent").json()) == 1


def test_a_key_goes_in_and_never_out(served, hosted):
    add(served, hosted, key=None)
    served.owner.post("/api/leaving/allow", json={"host": "models.example"})
    assert "key" in served.owner.get("/api/models").json()["servers"][0]["problem"]
    kept = served.owner.post("/api/models/servers/key", json={"server": "far", "key": "s3cret"})
    assert kept.status_code == 204
    told = served.owner.get("/api/models")
    assert told.json()["servers"][0]["models"] and "s3cret" not in told.text
    assert served.owner.post("/api/models/servers/key", json={"server": "near", "key": "x"}).status_code == 404
    assert served.owner.post("/api/models/servers/key", json={"server": "far", "key": "a b"}).status_code == 422


def test_a_server_can_be_taken_away(served, hosted):
    add(served, hosted)
    served.owner.post("/api/models/use", json={"models": ["far/tiny"]})
    assert served.owner.post("/api/models/servers/remove", json={"server": "far"}).status_code == 204
    told = served.owner.get("/api/models").json()
    assert told["servers"] == [] and told["order"] == []
    assert served.owner.post("/api/models/servers/remove", json={"server": "far"}).status_code == 422


@pytest.mark.parametrize("url", ["not a url", "ftp://models.example", "http://", "/no/such/file.gguf", "http://a b"])
def test_what_is_no_server_is_not_added(served, url):
    assert served.owner.post("/api/models/servers", json={"url": url}).status_code == 422


def test_a_file_is_added_by_its_path(served, tmp_path, monkeypatch):
    monkeypatch.setenv("DARAK_MODEL_SERVERS", "")
    Path(tmp_path / "small.gguf").write_bytes(b"GGUF" + bytes(20))
    added = served.owner.post("/api/models/servers", json={"url": str(tmp_path / "small.gguf")}).json()
    assert added["name"] == "gguf/small" and added["here"] and added["allowed"]
    (server,) = served.owner.get("/api/models").json()["servers"]
    assert [model["name"] for model in server["models"]] == ["gguf/small"]


def test_rules_keep_records_home(served):
    told = served.owner.post("/api/leaving/keep", json={"names": ["health", "purchase", "diary"]}).json()
    assert told["home"] == ["diary", "health", "purchase"] and "money" in told["rules"]
    assert served.owner.post("/api/leaving/keep", json={"names": ["weather"]}).status_code == 422
    assert served.owner.post("/api/leaving/share", json={"names": ["diary"]}).json()["home"] == ["health", "purchase"]


def test_programs_have_no_say_in_it(served, backend):
    program = served.make_key(scopes=["read", "ask", "write"])
    assert program.get("/api/models").status_code == 403
    assert program.get("/api/leaving/sent").status_code == 403
    assert program.post("/api/leaving/allow", json={"host": "models.example"}).status_code == 403
    assert program.post("/api/models/use", json={"models": ["vllm/tiny"]}).status_code == 403
    assert program.post("/api/playground", json={"model": "vllm/tiny", "prompt": "x"}).status_code == 403


def test_many_ask_at_once_while_settings_change(served, backend):
    backend.context = 4096
    failed: list[BaseException] = []

    def work(number: int) -> None:
        try:
            served.owner.post("/api/leaving/allow", json={"host": f"h{number}.example"})
            assert play(served)[-1][0] == "reply"
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    assert len(served.owner.get("/api/leaving").json()["allowed"]) == 8


def test_a_stream_ends_when_the_server_stops(served, backend):
    backend.script.append(Silence(30, after="Well"))
    threading.Timer(1.0, served.house.closing.set).start()
    told = play(served)
    assert told == [("words", {"text": "Well"})]
